"""Where a sheet is cut and folded: marks in the waste, and only there.

Cut marks stand where a knife goes on through the paper: beside every trimmed edge, a millimetre off the bleed. What
would run through a piece, its bleed or the millimetre around it is left out, whichever piece it belongs to, so blanks
keep their marks and a mark never touches what is printed. They are black on the black plate: the sheet's own trim is
the paper, and registration colour inside a trim is a fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from notegen.layout.impose.seating import about_vertical, mirrored, seats
from notegen.model.imposition import Form, Imposing, Marks, Seat
from notegen.model.page import Line, applied
from notegen.model.sheet import SheetStock
from notegen.model.stock import Box, Side

CLEAR = 1.0
"""Millimetres between a bleed (or a trim without one) and a mark."""
LENGTH = 5.0
"""Millimetres of a corner mark."""
SHORTEST = 0.8
"""Millimetres below which what is left of a mark is not drawn."""
WIDTH = 0.0882
"""Millimetres: a quarter of a point, the thinnest line that presses hold."""
FOLD_DASH = (1.0, 0.7)
"""Millimetres of stroke and gap of a fold tick."""

Span = tuple[float, float]
"""From, to."""
Ruled = dict[tuple[bool, float], list[Span]]
"""Stretches of lines by whether they are upright, and where they cross the other axis."""


def chosen(sheet: SheetStock, how: Imposing) -> Marks:
    """Return which marks to draw: those asked for, else corner marks on plain paper, none on sheets that come cut."""
    if how.marks is not None:
        return how.marks
    return Marks.CORNER if sheet.what == "card" and not sheet.brand else Marks.NONE


def marks(sheet: SheetStock, form: Form, how: Imposing, side: Side) -> tuple[Line, ...]:
    """Return the cut marks and fold ticks of a sheet's side; a back's are its front's seen through the paper."""
    kind = chosen(sheet, how)
    if kind is Marks.NONE:
        return ()
    seated = seats(sheet, form, how.duplex, Side.FRONT)
    keep = [seat.clip.inset(-CLEAR) for seat in seated]
    cuts = _through(seated, sheet.paper) if kind is Marks.FULL else _corners(seated)
    lines = (
        *_lines(_left(cuts, keep, sheet.paper)),
        *_lines(_left(_folds(seated, form), keep, sheet.paper), FOLD_DASH),
    )
    if side is Side.FRONT or how.duplex is None:
        return lines
    upright = about_vertical(sheet.paper, how.duplex)
    return tuple(_mirrored(line, sheet.paper, upright) for line in lines)


def _corners(seated: Iterable[Seat]) -> Ruled:
    """Return short lines off the four corners of each piece."""
    found: Ruled = {}
    for seat in seated:
        box, clip = seat.box, seat.clip
        for x in (box.x, box.right):
            found.setdefault((True, round(x, 4)), []).extend(_off(clip.y, clip.top))
        for y in (box.y, box.top):
            found.setdefault((False, round(y, 4)), []).extend(_off(clip.x, clip.right))
    return found


def _off(low: float, high: float) -> tuple[Span, Span]:
    return (low - CLEAR - LENGTH, low - CLEAR), (high + CLEAR, high + CLEAR + LENGTH)


def _through(seated: Iterable[Seat], paper: tuple[float, float]) -> Ruled:
    """Return lines along every trimmed edge, from edge to edge of the paper."""
    width, height = paper
    found: Ruled = {}
    for seat in seated:
        for x in (seat.box.x, seat.box.right):
            found[True, round(x, 4)] = [(0.0, height)]
        for y in (seat.box.y, seat.box.top):
            found[False, round(y, 4)] = [(0.0, width)]
    return found


def _folds(seated: Iterable[Seat], form: Form) -> Ruled:
    """Return ticks off both ends of each fold."""
    width, height = form.size
    ends = [((x, 0.0), (x, height)) for x in form.folds] + [((0.0, y), (width, y)) for y in form.across]
    found: Ruled = {}
    for seat in seated:
        for one, other in ends:
            (x0, y0), (x1, y1) = applied(seat.at, *one), applied(seat.at, *other)
            upright = abs(x0 - x1) < abs(y0 - y1)
            clip = seat.clip
            stretch = _off(clip.y, clip.top) if upright else _off(clip.x, clip.right)
            found.setdefault((upright, round(x0 if upright else y0, 4)), []).extend(stretch)
    return found


def _left(ruled: Ruled, keep: Sequence[Box], paper: tuple[float, float]) -> Ruled:
    """Return what is left of lines on the paper outside boxes."""
    found: Ruled = {}
    for (upright, at), spans in ruled.items():
        length = paper[1] if upright else paper[0]
        if not 0 <= at <= (paper[0] if upright else paper[1]):
            continue
        blocked = [
            (box.y, box.top) if upright else (box.x, box.right)
            for box in keep
            if (box.x < at < box.right if upright else box.y < at < box.top)
        ]
        free = _without([(max(low, 0.0), min(high, length)) for low, high in spans], blocked)
        found[upright, at] = [span for span in free if span[1] - span[0] >= SHORTEST]
    return found


def _without(spans: Iterable[Span], blocked: Iterable[Span]) -> list[Span]:
    """Return stretches joined where they overlap, less those that are blocked."""
    free: list[Span] = []
    for low, high in sorted(spans):
        if free and low <= free[-1][1]:
            free[-1] = free[-1][0], max(high, free[-1][1])
        elif low < high:
            free.append((low, high))
    for low, high in blocked:
        cut = [((start, min(end, low)), (max(start, high), end)) for start, end in free]
        free = [span for pair in cut for span in pair if span[1] > span[0]]
    return free


def _lines(ruled: Ruled, dash: tuple[float, ...] = ()) -> Iterator[Line]:
    for (upright, at), spans in sorted(ruled.items()):
        for low, high in spans:
            ends = (at, low, at, high) if upright else (low, at, high, at)
            yield Line(*ends, width=WIDTH, dash=dash)


def _mirrored(line: Line, paper: tuple[float, float], upright: bool) -> Line:
    box = mirrored(Box(line.x0, line.y0, line.x1 - line.x0, line.y1 - line.y0), paper, upright=upright)
    return Line(box.x, box.y, box.right, box.top, line.width, line.paint, line.dash)

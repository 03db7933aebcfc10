"""What a page draws, held against its edges: artwork that must bleed, text that must keep clear of the cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from notegen.preflight import codes
from notegen.preflight.machine import Rectangle, Run, Sight, is_empty, meet

if TYPE_CHECKING:
    from notegen.preflight.pages import Frame, Line
    from notegen.preflight.report import Notebook

MM: Final = 72 / 25.4
NEAR: Final = 0.3
"""Millimetres inside the trim up to which an edge is taken to lie at the trim."""
SLACK: Final = 0.1
"""Millimetres by which ink may fall short of the bleed's edge: numbers are rounded."""
ROUGH: Final = 0.05
"""Millimetres by which text may come too near."""
LEAST: Final = 1.0
"""Millimetres of an area's side along the trim below which it is no artwork but the end of a rule."""
MEANT: Final = 0.5
"""The part of an edge of the trim along which something that ends there cannot do so by chance."""
SIDES: Final = ("left", "lower", "right", "upper")


def outer(sight: Sight, frame: Frame) -> list[Rectangle]:
    """Return the areas of a sight that lie at the trim or reach over it; the same form on the next page is known."""
    by = NEAR * MM / frame.unit
    x0, y0, x1, y1 = frame.trim
    box = (x0 + by, y0 + by, x1 - by, y1 - by)
    if sight.outer is None or sight.outer[0] != box:
        found = [one for one in sight.areas if one[0] < box[0] or one[1] < box[1] or one[2] > box[2] or one[3] > box[3]]
        sight.outer = box, found
    return sight.outer[1]


def bleeds(areas: list[Rectangle], frame: Frame, book: Notebook, page: int, object_: str | None) -> bool:
    """Say where artwork ends at the trim instead of in the bleed; return whether any artwork lies at the trim.

    A detail that ends near the trim on top of something that does bleed leaves no white edge and is no fault; what ends
    at the trim itself along half of it was meant to bleed, whatever is below. Shapes are taken for their boxes.
    """
    trim, mm = frame.trim, MM / frame.unit
    touches = False
    once = {area: None for area in areas if not is_empty(meet(area, trim))}
    bled = [[area for area in once if _reaches(area, side, frame)] for side in range(4)]
    for area in once:
        inside = meet(area, trim)
        if inside[2] - inside[0] < 0.1 * mm or inside[3] - inside[1] < 0.1 * mm:
            continue
        for side in range(4):
            along = (inside[3] - inside[1]) if side in (0, 2) else (inside[2] - inside[0])
            beyond = (area[side] - trim[side]) * (-1 if side < 2 else 1) / mm
            if beyond < -NEAR or along < LEAST * mm:
                continue
            touches = True
            if _reaches(area, side, frame):
                continue
            whole = (trim[3] - trim[1]) if side in (0, 2) else (trim[2] - trim[0])
            meant = abs(beyond) <= NEAR and along >= MEANT * whole
            if meant or _bare(inside, bled[side], side) >= LEAST * mm:
                words = f"artwork ends {_where(beyond)} at the {SIDES[side]} edge, and the bleed is {frame.wanted:g} mm"
                book.add(codes.ART, words, page=page, object=object_, key=f"art {SIDES[side]}")
    return touches


def _reaches(area: Rectangle, side: int, frame: Frame) -> bool:
    """Return whether an area goes as far beyond one edge of the trim as it must."""
    beyond = (area[side] - frame.trim[side]) * (-1 if side < 2 else 1) * frame.unit / MM
    return beyond >= min(frame.bleeds[side], frame.wanted) - SLACK


def _bare(inside: Rectangle, others: list[Rectangle], side: int) -> float:
    """Return how much of an area's side along the trim nothing else takes on into the bleed."""
    low, high = (1, 3) if side in (0, 2) else (0, 2)
    at, end, bare = inside[low], inside[high], 0.0
    for start, stop in sorted((one[low], one[high]) for one in others):
        if start > at:
            bare += max(0.0, min(start, end) - at)
        at = max(at, stop)
    return bare + max(0.0, end - at)


def _where(beyond: float) -> str:
    return f"{beyond:.1f} mm beyond the trim" if beyond >= 0.05 else "at the trim"


def registration(boxes: list[Rectangle], frame: Frame, book: Notebook, page: int, object_: str | None) -> None:
    """Say that registration colour, which is on every plate, is on the card."""
    trim, mm = frame.trim, MM / frame.unit
    inside = tuple((*(one + 0.1 * mm for one in trim[:2]), *(one - 0.1 * mm for one in trim[2:])))
    for one in boxes:
        shared = meet(one, (inside[0], inside[1], inside[2], inside[3]))
        if not is_empty(shared):
            book.add(codes.REGISTRATION, "registration colour is inside the trim", page=page, object=object_)
            return


def text(runs: list[Run], frame: Frame, margin: float, book: Notebook, page: int, object_: str | None) -> None:
    """Say where text comes too near to the trim; text that lies outside the bleed, in the slug, is not of the card."""
    mm = MM / frame.unit
    keep = (margin - ROUGH) * mm
    trim = frame.trim
    safe = (trim[0] + keep, trim[1] + keep, trim[2] - keep, trim[3] - keep)
    worst, count = 0.0, 0
    for run in runs:
        boxes = run.boxes
        out = (boxes[:, 0] < safe[0]) | (boxes[:, 1] < safe[1]) | (boxes[:, 2] > safe[2]) | (boxes[:, 3] > safe[3])
        if not out.any():
            continue
        for at in out.nonzero()[0]:
            over = _over(run, int(at), safe, frame.bleed)
            if over > 0:
                worst, count = max(worst, over / mm), count + 1
    if count:
        near = margin - worst
        where = f"{near:.1f} mm from the trim" if near >= 0 else f"{-near:.1f} mm beyond the trim"
        letters = "a letter comes" if count == 1 else f"{count} letters come"
        words = f"{letters} within {margin:g} mm of the trim, the nearest {where}"
        book.add(codes.SAFE, words, page=page, object=object_, key="safe")


def _over(run: Run, at: int, safe: Rectangle, bleed: Rectangle) -> float:
    """Return by how much the ink of a glyph is outside the safe area; 0 when it is inside or not on the card at all."""
    box = run.boxes[at]
    if is_empty(meet((box[0], box[1], box[2], box[3]), bleed)):
        return 0.0
    exact = _exact(run, at)
    low_x, low_y, high_x, high_y = box if exact is None else meet(exact, run.clip)
    return float(max(safe[0] - low_x, safe[1] - low_y, high_x - safe[2], high_y - safe[3]))


def _exact(run: Run, at: int) -> Rectangle | None:
    """Return the box of a glyph's mapped outline, which for a leaning glyph is smaller than its mapped box."""
    import numpy as np

    points = run.face.points(run.glyphs[at])
    if not points:
        return None
    a, b, c, d, e, f = run.matrices[at]
    some = np.array(points)
    xs, ys = some[:, 0] * a + some[:, 1] * c + e, some[:, 0] * b + some[:, 1] * d + f
    return float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())


def folds(runs: list[Run], frame: Frame, book: Notebook, page: int, object_: str | None) -> None:
    """Say that text lies across a fold: on a page that may be either side of its stock, across one of each side.

    Words in the slug are not folded.
    """
    if frame.folds and all(any(_crossed(runs, line, frame) for line in side) for side in frame.folds):
        book.add(codes.FOLD, "text lies across a fold", page=page, object=object_)


def _crossed(runs: list[Run], line: Line, frame: Frame) -> bool:
    x0, y0, x1, y1 = frame.trim
    low, high = (0, 2) if line.upright else (1, 3)
    at = frame.trim[low] + line.at * MM / frame.unit
    for run in runs:
        boxes = run.boxes
        on_card = (boxes[:, 0] < x1) & (boxes[:, 2] > x0) & (boxes[:, 1] < y1) & (boxes[:, 3] > y0)
        if (on_card & (boxes[:, low] < at) & (boxes[:, high] > at)).any():
            return True
    return False

"""What a person does with the sheets, in words: how many, how the paper is fed, how it is cut and stacked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notegen.layout.impose.cutting import chosen, marks
from notegen.layout.impose.dealing import sheets_for
from notegen.layout.impose.seating import about_vertical, seats
from notegen.model.imposition import Form, Imposing, Marks, Order
from notegen.model.page import Line
from notegen.model.purpose import Duplex
from notegen.model.sheet import SheetStock
from notegen.model.stock import Side

SAME = 0.01
"""Millimetres within which a cut and a mark are one."""


def told(pieces: int, form: Form, sheet: SheetStock, how: Imposing) -> tuple[str, ...]:
    """Return the instructions for a job, a sentence or two each. Raises NotegenError as the plan would."""
    return tuple(_told(pieces, form, sheet, how))


def _told(pieces: int, form: Form, sheet: SheetStock, how: Imposing) -> Iterator[str]:
    slots = len(sheet.slots)
    count = sheets_for(pieces, slots, how.order, how.skip)
    yield f"{_counted(pieces, 'piece')} on {_counted(count, 'sheet')} of {sheet.title}, {slots} to a sheet."
    if how.skip:
        stays = "place stays" if how.skip == 1 else f"{how.skip} places stay"
        yield f"Put the part-used sheet on top: its first {stays} blank."
    yield "Print at 100 %, without fitting to the page."
    if how.duplex is not None:
        yield from _feeding(sheet, how.duplex)
    yield from _cutting(sheet, form, how, count)


def _feeding(sheet: SheetStock, duplex: Duplex) -> Iterator[str]:
    edge = "long" if duplex is Duplex.LONG else "short"
    yield f"Two-sided: choose 'flip on {edge} edge'."
    seen = "left to right" if about_vertical(sheet.paper, duplex) else "top to bottom"
    yield (
        f"By hand: print the odd pages, turn the pile over {seen} as you look at it, keep its order, and print the "
        "even pages; try it with one sheet, with a cross on it, to learn how your printer takes paper."
    )


def _cutting(sheet: SheetStock, form: Form, how: Imposing, sheets: int) -> Iterator[str]:
    if chosen(sheet, how) is Marks.NONE and (sheet.what == "label" or sheet.brand):
        return
    drawn = [line for line in marks(sheet, form, how, Side.FRONT) if not line.dash]
    if not drawn:
        yield f"The sheet has no cut marks. {_positions(sheet, form, how)}"
    elif told := _positions(sheet, form, how, drawn):
        yield f"Not every cut has room for a mark. {told}"
    if len(sheet.slots) == 1:
        return
    if how.order is Order.STACK and sheets > 1:
        ends = "right to left" if how.right_to_left else "left to right"
        yield (
            f"Keep the sheets in order and cut them as one pile. Lay the cut piles on each other row by row from the "
            f"top, each row from {ends}, the first pile on top: they are in order."
        )
    elif sheets == 1:
        yield "The pieces are in order as they are read, row by row."
    elif how.order is Order.REPEAT:
        yield "Every sheet carries one piece, again and again."
    else:
        yield "Cut sheet by sheet; each sheet's pieces follow on the last one's."


def _positions(sheet: SheetStock, form: Form, how: Imposing, drawn: Sequence[Line] = ()) -> str:
    """Say where the knife goes, for cuts whose marks have no waste to stand in; nothing when all have theirs."""
    boxes = [seat.box for seat in seats(sheet, form, how.duplex, Side.FRONT)]
    width, height = sheet.paper
    upright = [0.0, width, *(line.x0 for line in drawn if line.x0 == line.x1)]
    level = [0.0, height, *(line.y0 for line in drawn if line.y0 == line.y1)]
    across = _apart([x for box in boxes for x in (box.x, box.right)], upright)
    along = _apart([y for box in boxes for y in (box.y, box.top)], level)
    said = [
        f"{', '.join(f'{at:g}' for at in places)} mm from the {edge}"
        for places, edge in ((across, "left"), (along, "foot"))
        if places
    ]
    if said:
        return f"Cut at {' and '.join(said)}."
    return "" if drawn else "Each sheet is one piece, uncut."


def _apart(places: Sequence[float], known: Sequence[float]) -> list[float]:
    """Return the places, to a hundredth of a millimetre, that are not among those known."""
    return sorted({round(at, 2) for at in places if all(abs(at - other) > SAME for other in known)})


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing if number == 1 else thing + 's'}"

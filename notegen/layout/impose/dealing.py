"""Who sits where: pieces are dealt to the slots of sheets, by numbers alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notegen.errors import NotegenError
from notegen.model.imposition import Order
from notegen.model.stock import Box

Dealt = tuple[tuple[int, int], ...]
"""The slots of a sheet that are used, in the order of use, and the piece in each."""


def sheets_for(pieces: int, slots: int, order: Order, skip: int = 0) -> int:
    """Return how many sheets so many pieces need; `skip` slots of the first are used up.

    Raises NotegenError when nothing of the first sheet is left.
    """
    if not 0 <= skip < slots:
        there = "1 slot" if slots == 1 else f"{slots} slots"
        raise NotegenError(f"the sheet has {there}; {skip} cannot be skipped", hint=f"skip 0 to {slots - 1}")
    return pieces if order is Order.REPEAT else -(-(pieces + skip) // slots) if pieces else 0


def deal(pieces: int, slots: Sequence[int], order: Order, skip: int = 0) -> Iterator[Dealt]:
    """Yield the sheets; `slots` are their numbers in the order in which they are used.

    Pieces that do not fill the last sheet leave blanks at the end and move nothing. In a stack, the piece of slot s on
    sheet n is number s x sheets + n, less what the first sheet lacks: each slot's pile goes on where the last ended.
    """
    sheets = sheets_for(pieces, len(slots), order, skip)
    starts = _starts(len(slots), sheets, skip)
    for sheet in range(sheets):
        used = [(at, slot) for at, slot in enumerate(slots) if sheet or at >= skip]
        numbers = [_number(order, sheet, at, len(slots), skip, starts) for at, _ in used]
        yield tuple((slot, one) for (_, slot), one in zip(used, numbers, strict=True) if one < pieces)


def _number(order: Order, sheet: int, at: int, slots: int, skip: int, starts: Sequence[int]) -> int:
    if order is Order.REPEAT:
        return sheet
    if order is Order.SHEET:
        return sheet * slots + at - skip
    return starts[at] + sheet - (1 if at < skip else 0)


def _starts(slots: int, sheets: int, skip: int) -> list[int]:
    """Return the first number of each slot's pile; piles of skipped slots are one sheet lower."""
    return [at * sheets - min(at, skip) for at in range(slots)]


def in_use(slots: Sequence[Box], *, right_to_left: bool) -> tuple[int, ...]:
    """Return the numbers of slots in the order of use: as they are listed, or each row from its right end.

    Slots are listed row by row, each from the left, so a row ends where the next slot is not further right.
    """
    rows: list[list[int]] = []
    for number, slot in enumerate(slots):
        before = slots[number - 1] if number else None
        if before is None or slot.x <= before.x or min(slot.top, before.top) <= max(slot.y, before.y):
            rows.append([])
        rows[-1].append(number)
    return tuple(number for row in rows for number in (reversed(row) if right_to_left else row))

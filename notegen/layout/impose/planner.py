"""The plan of a job: every side of every sheet, and what is printed where, before any page is made."""

from __future__ import annotations

from collections.abc import Iterator

from notegen.errors import NotegenError
from notegen.layout.impose.dealing import deal, in_use
from notegen.layout.impose.seating import seats
from notegen.model.imposition import Form, Imposing, Place, SheetSide
from notegen.model.sheet import SheetStock
from notegen.model.stock import Side


def plan(pieces: int, form: Form, sheet: SheetStock, how: Imposing) -> Iterator[SheetSide]:
    """Yield the sides of the sheets in the order in which they are printed: of each sheet the front, then the back.

    Pieces are counted from 0. Raises NotegenError when there are none, when they do not fit their slots, or when more
    slots are to be skipped than there are.
    """
    if not pieces:
        raise NotegenError("there is nothing to put on sheets")
    sides = (Side.FRONT,) if how.duplex is None else (Side.FRONT, Side.BACK)
    seated = {side: seats(sheet, form, how.duplex, side) for side in sides}
    order = in_use(sheet.slots, right_to_left=how.right_to_left)
    dealt = deal(pieces, order, how.order, how.skip)
    return (
        SheetSide(number, side, tuple(Place(piece, seated[side][slot]) for slot, piece in taken))
        for number, taken in enumerate(dealt)
        for side in sides
    )

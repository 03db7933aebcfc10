"""Pieces drawn straight onto sheets: pages for the press, one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notegen.errors import NotegenError
from notegen.layout.impose.cutting import marks
from notegen.layout.impose.dealing import sheets_for
from notegen.layout.impose.planner import plan
from notegen.layout.impose.seating import seats
from notegen.layout.impose.slug import slug, told
from notegen.layout.measured import mm
from notegen.model.imposition import Form, Imposing, Place, SheetSide
from notegen.model.page import Group, Item, Line, Page
from notegen.model.piece import Piece
from notegen.model.sheet import SheetStock
from notegen.model.stock import Box, Side

SAME = 0.01
"""Millimetres by which sizes of one job may differ."""


def sheets(pieces: Sequence[Piece], sheet: SheetStock, how: Imposing) -> Iterator[Page]:
    """Yield the pages of a job: of each sheet the front and, with `how.duplex`, the back.

    Pieces are taken from the sequence as their sheets are made; all must have the first one's size and folds. Raises
    NotegenError for a mixture, for pieces that do not fit, and when there are none.
    """
    if not pieces:
        raise NotegenError("there is nothing to put on sheets")
    form = form_of(pieces[0])
    extras = Extras(sheet, form, how, len(pieces))
    return (_page(one, pieces, form, extras) for one in plan(len(pieces), form, sheet, how))


def form_of(piece: Piece) -> Form:
    """Return what a piece has in common with all others of its job."""
    return Form(piece.size, piece.bleed, piece.folds, piece.across, piece.tumble)


class Extras:
    """What is on a sheet besides its pieces: marks, which are the same on all, and the slug."""

    def __init__(self, sheet: SheetStock, form: Form, how: Imposing, pieces: int) -> None:
        self.sheet, self.job = sheet, how.job
        self.sheets = sheets_for(pieces, len(sheet.slots), how.order, how.skip)
        self._lines: dict[Side, tuple[Line, ...]] = {side: marks(sheet, form, how, side) for side in Side}
        self._keep: dict[Side, tuple[Box, ...]] = {
            side: tuple(seat.clip for seat in seats(sheet, form, how.duplex, side)) for side in Side
        }

    def on(self, side: SheetSide, keys: Sequence[str]) -> tuple[Item, ...]:
        """Return the marks and the slug of a side; `keys` are those of its pieces, in the order of their numbers."""
        lines = self._lines[side.side]
        if self.job is None:
            return lines
        numbers = [place.piece for place in side.places]
        parts = told(self.job, side.sheet, self.sheets, side.side.value, numbers, keys)
        words = slug(parts, self.sheet.paper, self._keep[side.side], lines)
        return lines if words is None else (*lines, words)

    def label(self, side: SheetSide) -> str:
        """Return what a side is called."""
        return f"sheet {side.sheet + 1} of {self.sheets}, {side.side.value}"


def _page(side: SheetSide, pieces: Sequence[Piece], form: Form, extras: Extras) -> Page:
    taken = {place.piece: _same(pieces[place.piece], form) for place in side.places}
    groups = (_group(taken[place.piece], place, side.side) for place in side.places)
    keys = [taken[number].key for number in sorted(taken)]
    items = (*(group for group in groups if group.items), *extras.on(side, keys))
    return Page(extras.sheet.paper, items, label=extras.label(side))


def _group(piece: Piece, place: Place, side: Side) -> Group:
    return Group(piece.items(side), place.seat.at, place.seat.clip)


def _same(piece: Piece, form: Form) -> Piece:
    if max(abs(one - other) for one, other in zip(piece.size, form.size, strict=True)) > SAME:
        raise NotegenError(
            f"'{piece.key}' is {mm(*piece.size)}, and the first is {mm(*form.size)}",
            hint="print pieces of one size at a time",
        )
    if (piece.folds, piece.across, piece.tumble) != (form.folds, form.across, form.tumble):
        raise NotegenError(f"'{piece.key}' is folded otherwise than the first", hint="print one kind of card at a time")
    return piece

"""A piece: what is cut out of a sheet, with both of its sides decided."""

from __future__ import annotations

from dataclasses import dataclass

from notegen.model.page import Item
from notegen.model.stock import Side


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A card, label or envelope to be printed: its trim size and bleed in mm, and the items of each side.

    Items have their places from the lower left corner of the trim, each side as one looks at it. A side without items
    stays blank. `key` is the note's. The back is upright when the piece is turned like a leaf of a book; a piece that
    is turned like a leaf of a calendar, as a tent card is opened, says `tumble`. `folds` are x positions of vertical
    folds on the front, `across` y positions of horizontal ones, in mm.
    """

    key: str
    size: tuple[float, float]
    front: tuple[Item, ...]
    back: tuple[Item, ...] = ()
    bleed: float = 0.0
    folds: tuple[float, ...] = ()
    across: tuple[float, ...] = ()
    tumble: bool = False

    def items(self, side: Side) -> tuple[Item, ...]:
        """Return the items of one side."""
        return self.front if side is Side.FRONT else self.back

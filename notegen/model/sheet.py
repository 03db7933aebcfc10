"""A sheet stock: paper that several pieces are printed on, and where each of them is."""

from __future__ import annotations

from dataclasses import dataclass

from notegen.model.stock import Box


@dataclass(frozen=True, slots=True)
class SheetStock:
    """A sheet one can buy (Avery 5160), or plain paper cut into pieces; all lengths in mm.

    `paper` is (width, height). `slots` are the trimmed pieces, from the lower left corner of the paper, in reading
    order: row by row from the top, each from the left. `waste` is how far ink may run over a slot's edge (x, y).
    `round` is the corner radius. `what` is label, card or envelope. `brand` and `part` are what the box says.
    """

    name: str
    title: str
    paper: tuple[float, float]
    slots: tuple[Box, ...]
    source: str
    what: str = "label"
    waste: tuple[float, float] = (0.0, 0.0)
    round: float = 0.0
    brand: str = ""
    part: str = ""
    aka: tuple[str, ...] = ()

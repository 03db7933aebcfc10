"""What a file is held against: its purpose, the stock, the limits of the press."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from notegen.model.purpose import Purpose
from notegen.model.stock import Stock

TAC: Final = 300.0
"""Most ink on coated paper, in percent of the four plates: what printers ask for unless they say otherwise."""
DPI: Final = 300.0
"""Least resolution of a picture at the size it is printed."""
HAIRLINE: Final = 0.25
"""Least width of a line, in points."""
BLEED: Final = 3.0
"""Least bleed, in mm."""
SMALL: Final = 9.0
"""Points below which type is small: several plates never fit on each other well enough for it."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Limits that a file is held against; lengths in mm.

    `spots` are the names of spot colours that the printer knows of (None: any, with a warning). `safe` is how far text
    stays from the trim; None takes the stock's, and without either the check is reported as not made. `tac` is in
    percent, `dpi` in dots to the inch, `hairline` in points.
    """

    purpose: Purpose = Purpose.PRESS
    stock: Stock | None = None
    safe: float | None = None
    tac: float = TAC
    spots: frozenset[str] | None = None
    dpi: float = DPI
    hairline: float = HAIRLINE
    bleed: float = BLEED

    @property
    def margin(self) -> float | None:
        """How far text must stay from the trim, if that is known."""
        if self.safe is not None:
            return self.safe
        return self.stock.safe if self.stock is not None else None

"""A printer, and what has to be put right when it prints."""

from __future__ import annotations

from dataclasses import dataclass

from notegen.model.stock import Side


@dataclass(frozen=True, slots=True)
class Printer:
    """How far pages are moved, in mm to the right and up as one looks at the side, and stretched, for one printer.

    `front` and `back` move the two sides; `scale` stretches both about the middle of the paper, 1 leaves it as it is.
    These are corrections: a printer that prints 0.4 mm too far to the left needs 0.4 to the right.
    """

    name: str
    front: tuple[float, float] = (0.0, 0.0)
    back: tuple[float, float] = (0.0, 0.0)
    scale: tuple[float, float] = (1.0, 1.0)

    def offset(self, side: Side) -> tuple[float, float]:
        """Return how far one side is moved."""
        return self.front if side is Side.FRONT else self.back

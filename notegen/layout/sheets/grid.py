"""Pieces in rows and columns, and what can be wrong with where they lie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from notegen.model.stock import Box

ROUNDING = 0.001
"""Millimetres by which pieces may reach over the paper or into each other: what is left of rounded figures."""

SMALLEST = 5.0
"""Millimetres that a piece must measure each way."""

LARGEST = 1300.0
"""Millimetres beyond which a paper's side is taken for a wrong unit; A0 has 1189."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns and rows of pieces: the first one's place from the sheet's upper left corner, and the pitch, in mm."""

    columns: int
    rows: int
    first: tuple[float, float]
    pitch: tuple[float, float]


def slots(paper: tuple[float, float], size: tuple[float, float], grids: Iterable[Grid]) -> tuple[Box, ...]:
    """Return the pieces of some grids of one size, from the paper's lower left corner, in the order of reading."""
    width, height = size
    found = (
        Box(
            _tidy(grid.first[0] + column * grid.pitch[0]),
            _tidy(paper[1] - grid.first[1] - row * grid.pitch[1] - height),
            width,
            height,
        )
        for grid in grids
        for row in range(grid.rows)
        for column in range(grid.columns)
    )
    return in_order(found)


def in_order(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """Return boxes row by row from the top, each row from the left; a tenth of a millimetre makes no new row."""
    return tuple(sorted(boxes, key=lambda box: (-round(box.top, 1), box.x)))


def beyond(paper: tuple[float, float], boxes: Iterable[Box]) -> float:
    """Return by how many mm the furthest of some pieces reaches over the paper's edge; nought or less if none does."""
    return max(max(-box.x, -box.y, box.right - paper[0], box.top - paper[1]) for box in boxes)


def overlap(boxes: Sequence[Box]) -> tuple[float, float]:
    """Return how far the worst two pieces lie over each other, in mm across and up; nought for both if none do."""
    worst = (0.0, 0.0)
    for one, other in combinations(boxes, 2):
        over = (min(one.right, other.right) - max(one.x, other.x), min(one.top, other.top) - max(one.y, other.y))
        if min(over) > min(worst):
            worst = over
    return worst


def _tidy(length: float) -> float:
    """Return a length without the dust of binary fractions: a pitch of 66.04 taken ten times is 660.4."""
    return round(length, 6) + 0.0

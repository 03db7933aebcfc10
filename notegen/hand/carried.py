"""Places of glyphs after the drift is known: marks stay on their letters, and what runs from the right is turned round.

Drift moves each letter about its own middle. A mark that drifted by itself would leave its letter, so it takes the
letter's map, and the way from one to the other is carried through that map.
"""

from __future__ import annotations

from typing import NamedTuple

from notegen.hand.outline import Floats, Ints


class Places(NamedTuple):
    """Each glyph's map (n, 4: a b c d), its x in its word and its y; ems."""

    matrix: Floats
    x: Floats
    y: Floats


def turned(places: Places, advance: Floats, aside: Floats) -> Places:
    """Return the mirror image of places from the right: a glyph's origin is at the far end of its advance.

    `advance` and `aside`, its offset from the pen, are in ems before any drift.
    """
    a, b = places.matrix[:, 0], places.matrix[:, 1]
    over = advance - 2 * aside
    return Places(places.matrix, places.x + over * a, places.y + over * b)


def attached(places: Places, pen: Floats, offset: Floats, on: Ints) -> Places:
    """Return the places with each mark on its letter, `on[i]` places from it.

    `pen` is where each glyph's pen is in its word and `offset` (n, 2) its way from there, in ems before any drift.
    """
    (marks,) = on.nonzero()
    letters = marks + on[marks]
    matrix, x, y = places.matrix.copy(), places.x.copy(), places.y.copy()
    matrix[marks] = matrix[letters]
    a, b, c, d = matrix[marks].T
    right = pen[marks] + offset[marks, 0] - pen[letters] - offset[letters, 0]
    up = offset[marks, 1] - offset[letters, 1]
    x[marks] = x[letters] + a * right + c * up
    y[marks] = y[letters] + b * right + d * up
    return Places(matrix, x, y)

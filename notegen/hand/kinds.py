"""Letters as they are drawn, and how far apart two of them are: from tables, without going over their points."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from notegen.hand import sieve
from notegen.hand.likeness import Likeness
from notegen.hand.outline import Floats, Ints

LEAST = 0.023
"""Least root mean square distance of two drawn letters, x-heights, however their lines run; 0.02 is asked for."""
SLOPE = 0.052
"""Greatest difference of the slopes of two lines of a card."""
CLOSE = 0.05
"""Distance below which slopes are thought of."""
DOUBLES = 0.044
"""Least distance of two equal letters side by side, x-heights."""


class Group(NamedTuple):
    """The letters of some notes sorted by kinds, largest first: places, ranks, sizes of kinds, matrices (4, n).

    `base` is where each is in the table: the cell of its slot's first alternate with itself. `words` and `norms` are of
    the letters as they are drawn: what tells which cannot be close, and their mean square distances from their centres.
    `first` is the place of the first letter of each note, and the end.
    """

    place: Ints
    rank: Ints
    size: Ints
    matrix: Floats
    base: Ints
    table: Likeness
    words: sieve.Words
    norms: Floats
    first: Ints

    def draw(self, letters: Ints, dealt: Ints) -> None:
        """Work out anew what follows from the alternates and matrices of some letters."""
        own = dealt.take(letters)
        self.words[letters] = self.marks(letters, own)
        cell = self.base.take(letters) + own * (self.table.k + 1)
        self.norms[letters] = norms(self.matrix.take(letters, axis=1), self.table, cell)

    def marks(self, letters: Ints, alternates: Ints, matrix: Floats | None = None) -> sieve.Words:
        """Return what tells which letters cannot be close, drawn from alternates (..., n); see `sieve.packed`."""
        k = self.table.k
        cell = self.base.take(letters) // k + alternates
        drawn = self.matrix.take(letters, axis=1) if matrix is None else matrix
        if cell.ndim > 1:
            drawn = np.broadcast_to(drawn[:, None], (4, *cell.shape))
        return sieve.packed(self.table.parts, cell, drawn, CLOSE)


def turned(table: Likeness, one: Floats, other: Floats, cell: Ints, shared: Floats) -> Floats:
    """Return by how much the squares of distances shrink when the lines of the two run at the worst of slopes."""
    a, b, c, d = one
    e, f, g, h = 2 * other
    xx, xy, yx, yy = (plane.take(cell) for plane in table.products)
    across = np.abs(xx * (a * f - b * e) + xy * (a * h - b * g) + yx * (c * f - d * e) + yy * (c * h - d * g))
    # Turned by t the two share `shared` cos t + `across` sin t, which is greatest where tan t is their ratio.
    best = np.sqrt(shared * shared + across * across)
    saved: Floats = np.where(across < SLOPE * shared, best, (shared + SLOPE * across) / np.sqrt(1 + SLOPE * SLOPE))
    return saved - shared


def norms(matrix: Floats, table: Likeness, cell: Ints) -> Floats:
    """Return the mean square distance from their centre of letters drawn with matrices (4, n) from cells (..., n)."""
    a, b, c, d = matrix
    xx, xy, _, yy = table.products
    norms = xx.take(cell)
    norms *= a * a + b * b
    part = xy.take(cell)
    part *= 2 * (a * c + b * d)
    norms += part
    part = yy.take(cell)
    part *= c * c + d * d
    norms += part
    return norms


def twice_shared(table: Likeness, one: Floats, other: Floats, cell: Ints) -> Floats:
    """Return what the distances of letters lose because they are alike.

    `one` and `other` are their matrices (4, n), `cell` is (n) or (candidates, n).
    """
    a, b, c, d = one
    e, f, g, h = 2 * other
    weights = (a * e + b * f, a * g + b * h, c * e + d * f, c * g + d * h)
    shared: Floats = table.products[0].take(cell)
    shared *= weights[0]
    for plane, weight in zip(table.products[1:], weights[1:], strict=True):
        part = plane.take(cell)
        part *= weight
        shared += part
    return shared

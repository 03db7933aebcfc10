"""How like each other two drawn letters are: from tables of the alternates' products, without going over their points.

Let P be an outline's n points about their centre, as a matrix of two rows, and M the matrix that it is drawn with. The
mean square distance of two drawn outlines with their centres laid on each other is
    (tr(M P_a P_a' M') + tr(N P_b P_b' N') - 2 tr(M P_a P_b' N')) / n,
so four numbers P_a P_b' for each two alternates of a slot are all that is needed. They are sums of whole numbers, and
so the same on every machine.
"""

from __future__ import annotations

from threading import Lock

import numpy as np
from numpy.typing import NDArray

from notegen.hand import outline, sieve
from notegen.hand.alternates import GRID
from notegen.hand.outline import Floats, Ints
from notegen.model.pool import Pool

NEVER = 0.036
"""Two alternates farther apart than this at their nearest, whatever they are stretched and slanted to, are never near.

It is in x-heights, and 0.03 with room for a letter that is drawn smaller.
"""


class Likeness:
    """Tables of a growing pool's slots, each made when the slot is first written; safe for several threads.

    `products` has four planes, xx, xy, yx and yy, per point and in squares of x-heights: cell (row * k + a) * k + b is
    that of the alternates a and b of the slot in that row. `near` says of each cell whether the two may look alike.
    `parts` are the alternates' `sieve.directions`, row by row, and `spread` is each row's.
    """

    def __init__(self, k: int) -> None:
        self.k = k
        self._row = np.zeros(0, np.int64)
        self.products = np.zeros((4, 0))
        self.near = np.zeros(0, np.bool_)
        self.parts = np.zeros((5, sieve.LANES, 0), np.float32)
        self.spread = np.zeros(0)
        self._lock = Lock()

    def rows(self, pool: Pool, slots: Ints) -> Ints:
        """Return the rows of some slots."""
        row = self._row
        if len(row) < len(pool.texts) or (row[slots] < 0).any():
            with self._lock:
                row = self._with(pool, slots)
        return row[slots]

    def _with(self, pool: Pool, slots: Ints) -> Ints:
        """Return the rows of all slots, those of some having been made."""
        more = max(len(pool.texts) - len(self._row), 0)
        row = np.concatenate((self._row, np.full(more, -1)))
        new = np.unique(slots[row[slots] < 0])
        if len(new):
            made = [products(pool, slot) for slot in new.tolist()]
            row[new] = len(self.near) // self.k**2 + np.arange(len(new))
            self.parts = np.concatenate((self.parts, *(sieve.directions(one) for one in made)), axis=2)
            self.products = np.concatenate((self.products, *(one.reshape(-1, 4).T for one in made)), axis=1)
            self.spread = np.concatenate((self.spread, [spread(one) for one in made]))
            self.near = np.concatenate((self.near, *(nearness(one).ravel() for one in made)))
        # The rows come last: who finds one, and holds no lock, finds what is in it too.
        self._row = row
        return row


def products(pool: Pool, slot: int) -> Floats:
    """Return the products of each two alternates of a slot, (k, k, 4), per length of edge and in squares of x-heights.

    They are nothing for two that start from different drawings of the font: such letters never look alike.
    """
    table = np.zeros((pool.k, pool.k, 4))
    kinds: dict[bytes, list[int]] = {}
    for number in range(slot * pool.k, (slot + 1) * pool.k):
        points = slice(int(pool.first[number]), int(pool.first[number + 1]))
        kind = pool.on_curve[points] + 2 * pool.contour_end[points].astype(np.int8)
        kinds.setdefault(kind.tobytes(), []).append(number)
    for name, numbers in kinds.items():
        if name:
            at = np.array(numbers) - slot * pool.k
            table[at[:, None], at] = _products(pool, numbers)
    return table


def _products(pool: Pool, numbers: list[int]) -> Floats:
    """Return the products of outlines that have the same kinds of points in the same order."""
    points, length = _along(pool, numbers)
    weight = np.maximum(np.rint(length * (200 / length.max())), 1.0)
    total = weight.sum()
    middle = (points * weight[:, None]).sum(axis=1, keepdims=True) / total
    centred = np.rint((points - middle) * (2 * GRID)).transpose(0, 2, 1)
    weighted, count = (centred * weight).reshape(len(numbers) * 2, -1), len(numbers)
    # Whole numbers below 2^53 throughout: their order does not matter, and so neither does the machine.
    table = weighted @ centred.reshape(count * 2, -1).T
    each = table.reshape(count, 2, count, 2).transpose(0, 2, 1, 3).reshape(count, count, 4)
    found: Floats = each / (total * (2 * GRID * pool.x_height) ** 2)
    return found


def _along(pool: Pool, numbers: list[int]) -> tuple[Floats, Floats]:
    """Return points on the curves of outlines (outlines, n, 2), and the length of edge that each stands for (n)."""
    index = np.concatenate([np.arange(pool.first[one], pool.first[one + 1]) for one in numbers])
    points = pool.points[index].astype(np.float64)
    pieces, at = outline.curves(points, pool.on_curve[index], pool.contour_end[index])
    pieces = pieces[np.argsort(at, kind="stable")].reshape(len(numbers), -1, 3, 2)
    step = pieces[:, :, 2] - pieces[:, :, 0]
    length = np.sqrt((step * step).sum(axis=2)).mean(axis=0)
    t = np.array([1 / 6, 1 / 2, 5 / 6])[:, None]
    start, control, end = (pieces[:, :, None, part] for part in range(3))
    curve = (1 - t) * (1 - t) * start + 2 * t * (1 - t) * control + t * t * end
    return curve.reshape(len(numbers), -1, 2), np.repeat(length, len(t))


def spread(table: Floats) -> float:
    """Return the median distance of two alternates of a slot from its products (k, k, 4), x-heights."""
    shared = table[:, :, 0] + table[:, :, 3]
    own = np.diag(shared)
    square = (own[:, None] + own - 2 * shared)[~np.eye(len(own), dtype=np.bool_)]
    return float(np.sqrt(np.maximum(np.sort(square)[len(square) // 2], 0.0)))


def nearness(table: Floats) -> NDArray[np.bool_]:
    """Return which two alternates may be drawn alike: one laid on the other by any stretch and slant is near it."""
    xx, xy, yx, yy = np.moveaxis(table, 2, 0)
    own = np.arange(len(table))
    a, b, d = xx[own, own][:, None], xy[own, own][:, None], yy[own, own][:, None]
    det = np.maximum(a * d - b * b, 1e-12)
    # tr(P_b P_b') - tr(C' A^-1 C) is what is left of b when the best image of a is taken from it; C = P_a P_b'.
    taken = (d * (xx * xx + xy * xy) - 2 * b * (xx * yx + xy * yy) + a * (yx * yx + yy * yy)) / det
    left = (xx + yy)[own, own][None, :] - taken
    near: NDArray[np.bool_] = (np.minimum(left, left.T) < NEVER * NEVER) & (a + d > 0)
    return near

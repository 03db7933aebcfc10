"""The white between signs that do not join: fonts of handwriting seldom kern, so that $412.60 may read as $41260.

Small letters join their neighbours, or stand as near them as their maker wished, and are left alone. Around stops,
quotation marks, digits and between capitals, the ink of a sign is kept off its neighbour's.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

import numpy as np

from notegen.hand.outline import Floats, Ints, Shapes, flatten
from notegen.model.pool import Pool

CLEAR = 0.12
"""Least white between the ink of two signs at any height that they share, x-heights."""
APART = 0.05
"""Least white between a quotation mark and a letter's ink at any height, x-heights: over a stem it would be a dot."""
ROW = 0.125
"""Height of the rows in which ink is compared, x-heights; a sign keeps clear of the rows above and below its own."""

QUOTES = "'’‘\"“”ʼ′″"
MOST_KNOWN = 20_000
"""Slots whose sides are remembered, and pairs of them."""
_SAMPLES = 17


class Sides(NamedTuple):
    """The left and right ends of a slot's ink in each row, from row `first` upwards, and of all its ink; ems."""

    first: int
    left: Floats
    right: Floats
    start: float
    end: float


class Beside(NamedTuple):
    """The least white between two slots at one place, where the ink of the second begins and that of the first ends."""

    white: float
    start: float
    end: float


_known: dict[tuple[str, int], Sides] = {}
_pairs: dict[tuple[str, int, int], Beside] = {}


def spaced(pool: Pool, slots: Ints, advances: Floats) -> Floats:
    """Return the advances of a word's slots with the pairs that need it brought apart; ems."""
    found = advances.copy()
    for here in range(len(slots) - 1):
        before, after = int(slots[here]), int(slots[here + 1])
        found[here] += _shift(pool, before, after, float(advances[here]))
    return found


def _shift(pool: Pool, before: int, after: int, advance: float) -> float:
    """Return how much further from `before` the sign `after` has to stand, ems."""
    one, other = pool.texts[before][-1], pool.texts[after][0]
    if not is_loose(one, other):
        return 0.0
    beside = _beside(pool, before, after)
    wanted = CLEAR * pool.x_height - (beside.white + advance)
    if one in QUOTES or other in QUOTES:
        wanted = max(wanted, APART * pool.x_height - (advance + beside.start - beside.end))
    return max(wanted, 0.0)


def is_loose(one: str, other: str) -> bool:
    """Whether two neighbours are not written in one stroke: one of them is no letter, or both are capitals."""
    if unicodedata.category(one)[0] == "M" or unicodedata.category(other)[0] == "M":
        return False
    return not (one.isalpha() and other.isalpha()) or (one.isupper() and other.isupper())


def _beside(pool: Pool, before: int, after: int) -> Beside:
    """Return how two slots stand beside each other; a note's numbers are new words of the same few pairs."""
    key = pool.digest, int(pool.ids[before]), int(pool.ids[after])
    found = _pairs.get(key)
    if found is None:
        if len(_pairs) > MOST_KNOWN:
            _pairs.clear()
        left, right = _sides(pool, before), _sides(pool, after)
        found = _pairs[key] = Beside(_white(left, right), right.start, left.end)
    return found


def _white(left: Sides, right: Sides) -> float:
    """Return the least white between two signs at one place over the rows that both have ink in, or nearly; ems."""
    low = min(left.first, right.first)
    high = max(left.first + len(left.right), right.first + len(right.left))
    ends, starts = np.full(high - low + 2, -np.inf), np.full(high - low + 2, np.inf)
    ends[left.first - low + 1 :][: len(left.right)] = left.right
    starts[right.first - low + 1 :][: len(right.left)] = right.left
    reach = ends.copy()
    np.maximum(reach[1:], ends[:-1], out=reach[1:])
    np.maximum(reach[:-1], ends[1:], out=reach[:-1])
    return float((starts - reach).min())


def _sides(pool: Pool, slot: int) -> Sides:
    """Return where a slot's ink begins and ends in each row, over all its alternates."""
    # Known by what the slot is: the pools in which it is found may grow, and it stays the same.
    key = pool.digest, int(pool.ids[slot])
    found = _known.get(key)
    if found is None:
        if len(_known) > MOST_KNOWN:
            _known.clear()
        found = _known[key] = _measured(pool, slot)
    return found


def _measured(pool: Pool, slot: int) -> Sides:
    first, last = slot * pool.k, (slot + 1) * pool.k
    points = slice(int(pool.first[first]), int(pool.first[last]))
    shapes = Shapes(
        pool.points[points].astype(np.float64),
        pool.on_curve[points],
        pool.contour_end[points],
        pool.first[first : last + 1].astype(np.int64) - points.start,
    )
    lines, _ = flatten(shapes)
    part = np.linspace(0.0, 1.0, _SAMPLES)[:, None, None]
    x, y = (lines[:, 0] + part * (lines[:, 1] - lines[:, 0])).reshape(-1, 2).T
    row = np.floor(y / (ROW * pool.x_height)).astype(np.int64)
    if not len(row):
        return Sides(0, np.full(1, np.inf), np.full(1, -np.inf), 0.0, 0.0)
    lowest = int(row.min())
    count = int(row.max()) - lowest + 1
    left, right = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(left, row - lowest, x)
    np.maximum.at(right, row - lowest, x)
    return Sides(lowest, left, right, float(x.min()), float(x.max()))

"""Ink measured without the code under test: outlines flattened from their points, moved by a card's matrices."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from notegen.model.card import Card
from notegen.model.pool import Pool

Floats = NDArray[np.float64]
STEPS = 6
FINE = 0.1
"""Column width in mm of the skylines that tests compare."""


@cache
def flattened(pool: Pool) -> tuple[Floats, NDArray[np.int64]]:
    """Return the start and end of short pieces (m, 4) of every outline of a pool, in ems, and where each one begins.

    Contours are closed TrueType curves: between two control points the curve passes halfway.
    """
    points, on = pool.points.astype(np.float64), pool.on_curve
    count = len(points)
    last = np.flatnonzero(pool.contour_end)
    first = np.concatenate(([0], last[:-1] + 1))
    before, after = np.arange(count) - 1, np.arange(count) + 1
    before[first], after[last] = last, first
    start = np.where(on[before, None], points[before], (points[before] + points) / 2)
    stop = np.where(on[after, None], points[after], (points + points[after]) / 2)
    t = np.linspace(0.0, 1.0, STEPS)[:, None, None]
    curve = (1 - t) ** 2 * start + 2 * t * (1 - t) * points + t**2 * stop
    curve[:, on] = points[on]
    chain = curve.transpose(1, 0, 2).reshape(-1, 2)
    following = np.arange(len(chain)) + 1
    following[(last + 1) * STEPS - 1] = first * STEPS
    return np.concatenate((chain, chain[following]), axis=1), pool.first.astype(np.int64) * STEPS


@lru_cache(maxsize=2)
def pieces_of(card: Card) -> tuple[Floats, NDArray[np.int64]]:
    """Return all pieces of a card's ink (m, 4) in mm, and the glyph that each belongs to."""
    pieces, first = flattened(card.pool)
    counts = first[card.outline + 1] - first[card.outline]
    glyph = np.repeat(np.arange(len(card.outline)), counts)
    index = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + first[card.outline][glyph]
    a, b, c, d, e, f = card.matrix[glyph].T
    x0, y0, x1, y1 = pieces[index].T
    return np.stack((a * x0 + c * y0 + e, b * x0 + d * y0 + f, a * x1 + c * y1 + e, b * x1 + d * y1 + f), axis=1), glyph


def weight(card: Card) -> float:
    """Return how far the pen's ink reaches beyond the outlines, in mm."""
    widest = card.hand.pen.width * (1 + 2 * card.hand.pen.variation)
    return max(0.0, widest - card.pool.stroke * card.em) / 2


def ink_bounds(card: Card) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of all ink, the pen's weight included."""
    pieces, _ = pieces_of(card)
    extra = weight(card)
    x, y = pieces[:, ::2], pieces[:, 1::2]
    return x.min() - extra, y.min() - extra, x.max() + extra, y.max() + extra


def outside(card: Card) -> float:
    """Return by how many mm ink leaves the safe box; not positive when it does not."""
    left, bottom, right, top = ink_bounds(card)
    safe = card.stock.safe_box
    return max(safe.x - left, safe.y - bottom, right - safe.right, top - safe.top)


def groups(card: Card, last: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the number of the line or word that each glyph belongs to, given the flags of the last ones."""
    return np.concatenate(([0], np.cumsum(last)[:-1]))


@lru_cache(maxsize=2)
def sampled(card: Card) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Return points (x, y) on all ink, FINE mm apart at most along either axis, with each one's glyph.

    A piece's end is left out: contours are closed, so it is the start of another.
    """
    pieces, glyph = pieces_of(card)
    x0, y0, x1, y1 = pieces.T
    counts = (np.maximum(np.abs(x1 - x0), np.abs(y1 - y0)) / FINE).astype(np.int64) + 1
    piece = np.repeat(np.arange(len(pieces)), counts)
    t = (np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[piece]
    return x0[piece] * (1 - t) + x1[piece] * t, y0[piece] * (1 - t) + y1[piece] * t, glyph[piece]


def skylines(card: Card) -> tuple[Floats, Floats]:
    """Return the highest and the lowest ink of each line in columns of FINE mm (lines, columns), outlines only."""
    x, y, glyph = sampled(card)
    line = groups(card, card.line_end)[glyph]
    columns = int(card.stock.size[0] / FINE) + 2
    upper = np.full((line.max() + 1, columns), -np.inf)
    lower = np.full((line.max() + 1, columns), np.inf)
    cell = line * columns + np.clip((x / FINE).astype(np.intp), 0, columns - 1)
    np.maximum.at(upper.reshape(-1), cell, y)
    np.minimum.at(lower.reshape(-1), cell, y)
    return upper, lower


def least_distance(card: Card) -> float:
    """Return the least white between the ink of any line and of any later one above or below it, in mm."""
    upper, lower = skylines(card)
    # lower edge of every line above so far, column by column
    above = np.minimum.accumulate(lower, axis=0)[:-1]
    with np.errstate(invalid="ignore"):
        return float((above - upper[1:]).min(initial=np.inf)) - 2 * weight(card)


def least_gap(card: Card) -> float:
    """Return the least white between neighbouring words of a line, in mm, row by row of FINE mm."""
    x, y, glyph = sampled(card)
    word, line = groups(card, card.word_end), groups(card, card.line_end)
    rows = int(card.stock.size[1] / FINE) + 2
    right = np.full((word[-1] + 1, rows), -np.inf)
    left = np.full((word[-1] + 1, rows), np.inf)
    cell = word[glyph] * rows + np.clip((y / FINE).astype(np.intp), 0, rows - 1)
    np.maximum.at(right.reshape(-1), cell, x)
    np.minimum.at(left.reshape(-1), cell, x)
    same = line[card.word_end][1:] == line[card.word_end][:-1]
    return float((left[1:] - right[:-1])[same].min(initial=np.inf)) - 2 * weight(card)


def doubles(card: Card) -> list[tuple[str, bool]]:
    """Return each pair of equal neighbours in a word, as the text they stand for, and whether one shape serves both."""
    slot = card.outline // card.pool.k
    pairs = np.flatnonzero((slot[1:] == slot[:-1]) & ~card.word_end[:-1])
    return [(card.pool.texts[slot[at]] * 2, bool(card.outline[at] == card.outline[at + 1])) for at in pairs]

"""Where the ink is: the envelopes of placed glyphs, how far apart lines must be, how far apart words.

Maps are kept as columns: an array (4 or 6, n) of a b c d (e f), so that numpy runs along the glyphs; a > 0 and d > 0,
since people drift but do not mirror. A strip is one of the pool's BANDS vertical bands of an outline, after the map: a
rectangle that holds all the ink of its band, so what is measured here is never less than the ink itself. Strips are
(BANDS, n).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notegen.model.pool import BANDS, Pool
from notegen.model.writing import Writing

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

BIN = 0.5
"""Width in mm of the columns in which lines are compared: ink that passes other ink by less counts as above it."""

WORDS_APART = 0.3
"""Least gap between the ink of neighbouring words, in x-heights; people's least gap is .55 between letter edges."""

SQUEEZED = 0.9
"""The least that a gap is tightened to when one more word has to fit."""

_BAND = np.arange(BANDS, dtype=np.float64)[:, None] / BANDS


@dataclass(frozen=True, slots=True, eq=False)
class Extents:
    """Left, bottom, right and top of rectangles of ink, relative to the glyphs' pen positions."""

    left: Floats
    bottom: Floats
    right: Floats
    top: Floats


def bounds_of(pool: Pool, outline: NDArray[np.int32]) -> Floats:
    """Return x min, y min, x max and y max of outlines (4, n), in ems."""
    return _gathered(pool.bounds, outline)


def _gathered(table: NDArray[np.float32], outline: NDArray[np.int32]) -> Floats:
    """Return rows of a table as columns, in memory too: mixed orders cost numpy three times the time."""
    return np.array(table.take(outline, axis=0).T, dtype=np.float64, order="C")


def extents(bounds: Floats, columns: Floats) -> Extents:
    """Return the boxes around outlines, given their bounds (4, n), under the maps."""
    x0, y0, x1, y1 = bounds
    a, b, c, d = columns[:4]
    lean0, lean1 = c * y0, c * y1
    tilt0, tilt1 = b * x0, b * x1
    return Extents(
        a * x0 + np.minimum(lean0, lean1),
        d * y0 + np.minimum(tilt0, tilt1),
        a * x1 + np.maximum(lean0, lean1),
        d * y1 + np.maximum(tilt0, tilt1),
    )


def strips(pool: Pool, outline: NDArray[np.int32], columns: Floats) -> Extents:
    """Return the strips (BANDS, n) of outlines under the maps."""
    x0, _, x1, _ = _gathered(pool.bounds, outline)
    a, b, c, d = columns[:4]
    band = (x1 - x0) / BANDS
    start = x0 + (x1 - x0) * _BAND
    upper, lower = _gathered(pool.upper, outline), _gathered(pool.lower, outline)
    lean_up, lean_down = c * upper, c * lower
    middle, tilt = b * (start + band / 2), np.abs(b) * (band / 2)
    left = a * start
    return Extents(
        left + np.minimum(lean_up, lean_down),
        middle - tilt + d * lower,
        left + a * band + np.maximum(lean_up, lean_down),
        middle + tilt + d * upper,
    )


def overhang(writing: Writing, bounds: Floats, columns: Floats) -> tuple[Floats, Floats]:
    """Return how far each word's ink begins right of its start and ends right of its advance width, in ems."""
    box = extents(bounds, columns)
    starts = writing.words[:-1]
    left = np.minimum.reduceat(writing.x + box.left, starts)
    right = np.maximum.reduceat(writing.x + box.right, starts)
    return left, right - writing.width


def gaps(writing: Writing, columns: Floats, left: Floats, right: Floats, extra: float) -> tuple[Floats, Floats]:
    """Return the gap after each word, and how much of it may be squeezed away (ems), so that words stay apart.

    `left` and `right` are the overhangs, `extra` the pen's weight beyond the outlines. Only where the boxes of two
    words come too near are the strips of their nearest glyphs compared: an ascender may lean over the low letter that
    follows.
    """
    apart = WORDS_APART * writing.pool.x_height + 2 * extra
    least = np.zeros(len(writing.gap))
    least[:-1] = right[:-1] - left[1:] + apart
    near = np.flatnonzero(writing.gap < least)
    if near.size:
        least[near] = np.minimum(least[near], _reach(writing, columns, near, apart) + apart)
    gap = np.maximum(writing.gap, least)
    return gap, np.minimum(gap - least, gap * (1.0 - SQUEEZED))


def _reach(writing: Writing, columns: Floats, near: Ints, apart: float) -> Floats:
    """Return how far the ink of each word of `near` reaches over the ink at its height of the next, with no gap."""
    words = writing.words
    first, stop = words[near + 1], words[near + 2]
    last = first - 1
    # The last two glyphs of a word, from its end, beside the first two of the next one, from its start.
    glyphs = np.concatenate((np.maximum(words[near], last - 1), last, first, np.minimum(stop - 1, first + 1)))
    found = strips(writing.pool, writing.outline.take(glyphs), columns.take(glyphs, axis=1))
    x, y = writing.x.take(glyphs), writing.y.take(glyphs)
    x[: 2 * len(near)] -= np.tile(writing.width[near], 2)
    right, _ = _by_word(found.right + x)
    _, left = _by_word(found.left + x)
    (top, next_top), (bottom, next_bottom) = _by_word(found.top + y), _by_word(found.bottom + y - apart / 2)
    meet = (top[:, :, None] > next_bottom[:, None, :]) & (next_top[:, None, :] > bottom[:, :, None])
    reach: Floats = np.where(meet, right[:, :, None] - left[:, None, :], -apart).max(axis=(1, 2))
    return reach


def _by_word(edges: Floats) -> tuple[Floats, Floats]:
    """Return one edge of the strips (BANDS, 4 m) of words' ends and of the next words' starts, each (m, 2 BANDS)."""
    ends, starts = edges.reshape(BANDS, 2, 2, -1).transpose(1, 3, 0, 2).reshape(2, -1, 2 * BANDS)
    return ends, starts


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Glyphs standing in lines: each line's baseline passes near y = 0 in its middle, x is where it will be, in mm.

    `columns` is (6, n) with the place in its last two; `starts` is the first glyph of each line, `slope` its tangent;
    `tilt` is the slopes' mean.
    """

    pool: Pool
    outline: NDArray[np.int32]
    columns: Floats
    line: Ints
    starts: Ints
    slope: Floats
    tilt: float
    box: Extents

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self.starts)


def separations(rows: Rows, pitches: Sequence[float], clearance: float) -> list[Floats]:
    """Return how far below line j line j + k has to be at the least, for k = 1, 2, ... (entry k - 1, lines - k long).

    `pitches` (lines - 1) are the distances that are wanted; what cannot meet at these is not looked at and needs
    nothing (-inf). Distances hold for the rows as they stand, slopes included: they compare ink above ink.
    """
    # Heights are taken along the page's mean slope: a common tilt brings no two lines nearer.
    level = rows.columns[5] - rows.columns[4] * rows.tilt
    top, bottom = level + rows.box.top, level + rows.box.bottom
    # A glyph's box is tilted against that level by what its pen position does not say of its width.
    blur = float((rows.box.right - rows.box.left).max()) * max(map(abs, rows.slope.tolist())) + clearance
    highest = np.maximum.reduceat(top, rows.starts) + blur
    lowest = np.minimum.reduceat(bottom, rows.starts) - blur
    closest = min(pitches)
    # Lines further apart than this cannot meet; mostly it is 1.
    most = min(int((max(highest.tolist()) - min(lowest.tolist())) / closest), rows.lines - 1)
    # A line's glyph matters when it is higher than the lowest ink of a line above could be, and the other way round.
    floor, ceiling = np.full(rows.lines, np.inf), np.full(rows.lines, -np.inf)
    for k in range(1, most + 1):
        floor[k:] = np.minimum(floor[k:], lowest[:-k] + k * closest)
        ceiling[:-k] = np.maximum(ceiling[:-k], highest[k:] - k * closest)
    high = np.flatnonzero(top > floor.take(rows.line) - blur)
    low = np.flatnonzero(bottom < ceiling.take(rows.line) + blur)
    if not (high.size and low.size):
        return []
    upper, lower = _skylines(rows, high, low, clearance)
    # The lower skyline is kept upside down, so that one kind of merging serves both.
    return [(upper[k:] + lower[:-k]).max(axis=1) + clearance for k in range(1, most + 1)]


def _skylines(rows: Rows, high: Ints, low: Ints, clearance: float) -> Floats:
    """Return the highest ink of the glyphs `high`, and the lowest of `low` with its sign turned, by line and column."""
    both = np.concatenate((high, low))
    columns = rows.columns.take(both, axis=1)
    found = strips(rows.pool, rows.outline.take(both), columns)
    # Half the clearance on either side: ink that passes beside ink keeps its distance too.
    start = columns[4] + found.left - clearance / 2
    stop = columns[4] + found.right + clearance / 2
    left = float(start.min())
    count = int((float(stop.max()) - left) / BIN) + 1
    row = rows.line.take(both)
    row[len(high) :] += rows.lines
    row *= count
    cell = (row + ((start - left) / BIN).astype(np.intp)).ravel()
    last = (row + ((stop - left) / BIN).astype(np.intp)).ravel()
    height = np.concatenate((found.top[:, : len(high)], -found.bottom[:, len(high) :]), axis=1)
    height[:, : len(high)] += columns[5, : len(high)]
    height[:, len(high) :] -= columns[5, len(high) :]
    sky = np.full(2 * rows.lines * count, -np.inf)
    heights = height.ravel()
    for _ in range(int((last - cell).max()) + 1):
        np.maximum.at(sky, cell, heights)
        cell += 1
        np.minimum(cell, last, out=cell)
    return sky.reshape(2, rows.lines, count)

"""Where the ink is: the envelopes of placed glyphs, how far apart lines must be, how far apart words.

Maps are kept as columns: an array (4 or 6, n) of a b c d (e f), so that numpy runs along the glyphs; a > 0 and d > 0,
since people drift but do not mirror. A strip is one of the pool's BANDS vertical bands of an outline, after the map: a
rectangle that holds all the ink of its band, so what is measured here is never less than the ink itself. Strips are
(BANDS, n).
"""

from __future__ import annotations

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
    count = 2 * len(near)
    x, y = writing.x.take(glyphs), writing.y.take(glyphs)
    x[:count] -= np.tile(writing.width[near], 2)
    pairs = (2 * BANDS, len(near))
    right = (found.right + x)[:, :count].reshape(pairs)[:, None]
    left = (found.left + x)[:, count:].reshape(pairs)
    top, bottom = found.top + y + apart / 4, found.bottom + y - apart / 4
    meet = (top[:, :count].reshape(pairs)[:, None] > bottom[:, count:].reshape(pairs)) & (
        top[:, count:].reshape(pairs) > bottom[:, :count].reshape(pairs)[:, None]
    )
    reach: Floats = np.where(meet, right - left, -apart).max(axis=(0, 1))
    return reach


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Glyphs standing in lines: each line's baseline passes near y = 0 in its middle, x is where it will be, in mm.

    `columns` is (6, n) with the place in its last two; `starts` is the first glyph of each line, `slope` its tangent.
    """

    pool: Pool
    outline: NDArray[np.int32]
    columns: Floats
    line: Ints
    starts: Ints
    slope: Floats
    box: Extents

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self.starts)


def separations(rows: Rows, pitches: Floats, clearance: float) -> list[Floats]:
    """Return how far below line j line j + k has to be at the least, for k = 1, 2, ... (entry k - 1, lines - k long).

    `pitches` (lines - 1) are the distances that are wanted; what cannot meet at these is not looked at and needs
    nothing (-inf). Distances hold for the rows as they stand, slopes included: they compare ink above ink.
    """
    # Heights are taken along the page's mean slope: a common tilt brings no two lines nearer.
    level = rows.columns[5] - rows.columns[4] * rows.slope.mean()
    top, bottom = level + rows.box.top, level + rows.box.bottom
    # A glyph's box is tilted against that level by what its pen position does not say of its width.
    blur = float((rows.box.right - rows.box.left).max()) * float(np.abs(rows.slope).max()) + clearance
    highest = np.maximum.reduceat(top, rows.starts) + blur
    lowest = np.minimum.reduceat(bottom, rows.starts) - blur
    closest = float(pitches.min())
    meeting = [k for k in range(1, rows.lines) if (highest[k:] - lowest[:-k]).max() > k * closest]
    if not meeting:
        return []
    # A line's glyph matters when it is higher than the lowest ink of a line above could be, and the other way round.
    floor, ceiling = np.full(rows.lines, np.inf), np.full(rows.lines, -np.inf)
    for k in range(1, meeting[-1] + 1):
        floor[k:] = np.minimum(floor[k:], lowest[:-k] + k * closest)
        ceiling[:-k] = np.maximum(ceiling[:-k], highest[k:] - k * closest)
    high = np.flatnonzero(top > floor.take(rows.line) - blur)
    low = np.flatnonzero(bottom < ceiling.take(rows.line) + blur)
    if not (high.size and low.size):
        return []
    upper, lower = _skylines(rows, high, low, clearance)
    return [(upper[k:] - lower[:-k]).max(axis=1) + clearance for k in range(1, meeting[-1] + 1)]


def _skylines(rows: Rows, high: Ints, low: Ints, clearance: float) -> tuple[Floats, Floats]:
    """Return the highest ink of the glyphs `high` and the lowest of `low` by line and column."""
    left = float((rows.columns[4] + rows.box.left).min()) - clearance
    right = float((rows.columns[4] + rows.box.right).max()) + clearance
    count = int((right - left) / BIN) + 2
    both = np.concatenate((high, low))
    columns = rows.columns.take(both, axis=1)
    found = strips(rows.pool, rows.outline.take(both), columns)
    # Half the clearance on either side: ink that passes beside ink keeps its distance too.
    x, row = columns[4] - left, rows.line.take(both) * count
    first = row + ((x + found.left - clearance / 2) / BIN).astype(np.intp)
    last = row + ((x + found.right + clearance / 2) / BIN).astype(np.intp)
    upper, lower = np.full((rows.lines, count), -np.inf), np.full((rows.lines, count), np.inf)
    of_high, of_low = slice(None, len(high)), slice(len(high), None)
    _spread(upper, first[:, of_high], last[:, of_high], (found.top + columns[5])[:, of_high], np.maximum)
    _spread(lower, first[:, of_low], last[:, of_low], (found.bottom + columns[5])[:, of_low], np.minimum)
    return upper, lower


def _spread(sky: Floats, first: Ints, last: Ints, height: Floats, merge: np.ufunc) -> None:
    """Merge each height into the cells first..last (inclusive) of the skyline, in place."""
    cells, heights = sky.reshape(-1), height.ravel()
    for step in range(int((last - first).max()) + 1):
        merge.at(cells, np.minimum(first + step, last).ravel(), heights)

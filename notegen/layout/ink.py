"""Where the ink is: the envelopes of placed glyphs, how far apart lines must be, how far apart words.

All functions take flat arrays over glyphs. A glyph's matrix maps outline units to the caller's units with a > 0 and
d > 0: people drift, they do not mirror. A strip is one of the pool's BANDS vertical bands of an outline, after the
matrix: a rectangle that holds all the ink of its band, so what is measured here is never less than the ink itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notegen.model.pool import BANDS, Pool
from notegen.model.writing import Writing

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

BIN = 0.3
"""Width in mm of the columns in which lines are compared; about a stroke's width."""

WORDS_APART = 0.3
"""Least gap between the ink of neighbouring words, in x-heights; people's least gap is .55 between letter edges."""


@dataclass(frozen=True, slots=True, eq=False)
class Extents:
    """The box around each glyph's ink, relative to its pen position (n)."""

    left: Floats
    bottom: Floats
    right: Floats
    top: Floats


def extents(pool: Pool, outline: NDArray[np.int32], matrix: Floats) -> Extents:
    """Return the boxes of outlines under the linear maps a b c d (n, 4 or more columns)."""
    x0, y0, x1, y1 = pool.bounds[outline].T.astype(np.float64)
    a, b, c, d = matrix[:, 0], matrix[:, 1], matrix[:, 2], matrix[:, 3]
    lean0, lean1 = c * y0, c * y1
    tilt0, tilt1 = b * x0, b * x1
    return Extents(
        a * x0 + np.minimum(lean0, lean1),
        d * y0 + np.minimum(tilt0, tilt1),
        a * x1 + np.maximum(lean0, lean1),
        d * y1 + np.maximum(tilt0, tilt1),
    )


def strips(pool: Pool, outline: NDArray[np.int32], matrix: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return left, bottom, right and top of each glyph's strips (m, BANDS), relative to its pen position."""
    bounds = pool.bounds[outline].astype(np.float64)
    band = (bounds[:, 2] - bounds[:, 0]) / BANDS
    a, b, c, d = (matrix[:, column, None] for column in range(4))
    start = bounds[:, 0, None] + band[:, None] * np.arange(BANDS)
    upper, lower = pool.upper[outline], pool.lower[outline]
    lean_up, lean_down = c * upper, c * lower
    half = band[:, None] / 2
    middle, tilt = b * (start + half), np.abs(b) * half
    left = a * start
    return (
        left + np.minimum(lean_up, lean_down),
        middle - tilt + d * lower,
        left + a * band[:, None] + np.maximum(lean_up, lean_down),
        middle + tilt + d * upper,
    )


def overhang(writing: Writing) -> tuple[Floats, Floats]:
    """Return how far each word's ink begins right of its start and ends right of its advance width, in ems."""
    box = extents(writing.pool, writing.outline, writing.matrix)
    starts = writing.words[:-1]
    left = np.minimum.reduceat(writing.x + box.left, starts)
    right = np.maximum.reduceat(writing.x + box.right, starts)
    return left, right - writing.width


def gaps(writing: Writing, left: Floats, right: Floats, extra: float) -> tuple[Floats, Floats]:
    """Return the gap after each word and the least it may be squeezed to (ems), so that words stay apart.

    `left` and `right` are the overhangs, `extra` the pen's weight beyond the outlines. Only where the boxes of two
    words come too near are the strips of their nearest glyphs compared: an ascender may lean over the low letter that
    follows.
    """
    apart = WORDS_APART * writing.pool.x_height + 2 * extra
    least = np.zeros(len(writing.gap))
    boxed = right[:-1] - left[1:] + apart
    near = np.flatnonzero(writing.gap[:-1] < boxed / SQUEEZED)
    if near.size:
        least[near] = np.minimum(boxed[near], _reach(writing, near, apart))
    return np.maximum(writing.gap, least), least


SQUEEZED = 0.9
"""The least that a gap is tightened to when one more word has to fit."""


def _reach(writing: Writing, near: Ints, apart: float) -> Floats:
    """Return the gap after each of the words `near` that keeps the ink of the next one `apart` from it."""
    before, after = _ends(writing, near)
    tolerance = apart / 2
    x_right, x_left = before[2][:, :, None], after[0][:, None, :]
    over = (before[3][:, :, None] + tolerance > after[1][:, None, :]) & (
        after[3][:, None, :] + tolerance > before[1][:, :, None]
    )
    reach: Floats = np.where(over, x_right - x_left, -np.inf).max(axis=(1, 2))
    return np.asarray(np.maximum(reach + apart, 0.0))


def _ends(writing: Writing, near: Ints) -> tuple[list[Floats], list[Floats]]:
    """Return the strips of the last two glyphs of words, from the word's end, and of the first two of the next ones."""
    words = writing.words
    last, first = words[near + 1] - 1, words[near + 1]
    tails = np.stack([np.maximum(words[near], last - 1), last], axis=1).ravel()
    heads = np.stack([first, np.minimum(words[near + 2] - 1, first + 1)], axis=1).ravel()
    sides: list[list[Floats]] = []
    for glyphs, origin in ((tails, np.repeat(writing.width[near], 2)), (heads, np.zeros(2 * len(near)))):
        x0, y0, x1, y1 = strips(writing.pool, writing.outline[glyphs], writing.matrix[glyphs])
        x = (writing.x[glyphs] - origin)[:, None]
        y = writing.y[glyphs][:, None]
        sides.append([side.reshape(len(near), -1) for side in (x0 + x, y0 + y, x1 + x, y1 + y)])
    return sides[0], sides[1]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Glyphs standing in lines: each line's baseline passes through y = 0 in its middle, x is where it will be, in mm.

    `matrix` is (n, 6) with the shift from the line in its last columns; `starts` is the first glyph of each line and
    `slope` its tangent.
    """

    pool: Pool
    outline: NDArray[np.int32]
    matrix: Floats
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

    `pitches` (lines - 1) are the distances that are wanted; pairs that cannot meet at these are not looked at and need
    nothing (-inf). Distances hold for baselines at the middle of each line, slopes included: they compare ink.
    """
    # Heights are taken along the page's mean slope: a common tilt brings no two lines nearer.
    tilt = rows.matrix[:, 4] * rows.slope.mean()
    top = rows.matrix[:, 5] + rows.box.top - tilt
    bottom = rows.matrix[:, 5] + rows.box.bottom - tilt
    width = np.abs(rows.box.right - rows.box.left).max() * 0.1
    highest, lowest = top.max() + width, bottom.min() - width
    closest = float(pitches.min())
    high = np.flatnonzero(top > closest - clearance + lowest)
    low = np.flatnonzero(bottom < highest + clearance - closest)
    if not (high.size and low.size):
        return []
    reach = highest - lowest + clearance
    ceiling, floor = _skylines(rows, high, low, clearance)
    found: list[Floats] = []
    for k in range(1, rows.lines):
        if k * closest > reach:
            break
        found.append((ceiling[k:] - floor[:-k]).max(axis=1) + clearance)
    return found


def _skylines(rows: Rows, high: Ints, low: Ints, clearance: float) -> tuple[Floats, Floats]:
    """Return the highest ink of the glyphs `high` and the lowest of `low` by line and column."""
    left = float((rows.matrix[:, 4] + rows.box.left).min()) - clearance
    right = float((rows.matrix[:, 4] + rows.box.right).max()) + clearance
    columns = int((right - left) / BIN) + 2
    ceiling = np.full((rows.lines, columns), -np.inf)
    floor = np.full((rows.lines, columns), np.inf)
    for glyphs, sky, side, merge in ((high, ceiling, 3, np.maximum), (low, floor, 1, np.minimum)):
        matrix = rows.matrix[glyphs]
        found = strips(rows.pool, rows.outline[glyphs], matrix)
        x = matrix[:, 4, None] - left
        # Half the clearance on either side: ink that passes beside ink keeps its distance too.
        first = ((x + found[0] - clearance / 2) / BIN).astype(np.intp)
        last = ((x + found[2] + clearance / 2) / BIN).astype(np.intp)
        height = (found[side] + matrix[:, 5, None]).ravel()
        row = np.repeat(rows.line[glyphs] * columns, BANDS)
        _spread(sky.reshape(-1), row + first.ravel(), row + last.ravel(), height, merge)
    return ceiling, floor


def _spread(sky: Floats, first: Ints, last: Ints, height: Floats, merge: np.ufunc) -> None:
    """Merge each height into the columns first..last (inclusive) of the flat skyline, in place."""
    for step in range(int((last - first).max()) + 1):
        merge.at(sky, np.minimum(first + step, last), height)

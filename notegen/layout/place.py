"""From broken lines to placed glyphs: every line turned about its middle, clear of the ones above, and contained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from notegen.layout.breaking import Line
from notegen.layout.ink import Floats, Rows, extents, separations, strips
from notegen.model.stock import Box
from notegen.model.writing import LINES, Writing


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Lines of glyphs that keep clear of each other: baselines `y` (lines) below the first, and the ink's edges, in mm."""

    rows: Rows
    y: Floats
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """From the highest ink to the lowest."""
        return self.top - self.bottom


def set_rows(writing: Writing, lines: Sequence[Line], gap: Floats, give: Floats, em: float, x: float) -> Rows:
    """Return the glyphs of lines whose frame begins at `x` mm, each line about y = 0; `gap` and `give` per word in ems.

    The page's mean slope is common to all lines, as if the card had lain askew; what a line differs from it turns
    about the line's own middle, so that neither end of it runs into its neighbours.
    """
    count = len(lines)
    first = np.array([line.first for line in lines], dtype=np.intp)
    last = np.array([line.last for line in lines], dtype=np.intp)
    start = np.array([line.x for line in lines])
    of_word = np.repeat(np.arange(count), last - first)
    tight = np.array([line.tight for line in lines])[of_word]
    advance = writing.width + gap - tight * give
    before = np.cumsum(advance) - advance
    word_x = before + (start - before[first])[of_word]
    middle = (start + word_x[last - 1] + writing.width[last - 1]) * (em / 2) + x
    starts = writing.words[first].astype(np.intp)
    line = np.repeat(np.arange(count), writing.words[last] - writing.words[first])
    slope = _slopes(writing, count)
    pen = (np.repeat(word_x, np.diff(writing.words)) + writing.x) * em + x
    common = sum(slope.tolist()) / count
    lift = common * middle - slope * middle
    matrix = _turned(writing.matrix, slope[line], em)
    matrix[:, 4] = pen
    matrix[:, 5] = writing.y * em + slope[line] * pen + (lift - common * (middle[0] if count else 0.0))[line]
    return Rows(
        writing.pool, writing.outline, matrix, line, starts, slope, extents(writing.pool, writing.outline, matrix)
    )


def _slopes(writing: Writing, count: int) -> Floats:
    return writing.slope[np.minimum(np.arange(count), LINES - 1)]


def _turned(linear: Floats, slope: Floats, em: float) -> Floats:
    """Return (n, 6) matrices: the linear maps turned by the slopes and scaled to mm, with an empty shift."""
    matrix = np.empty((len(linear), 6))
    scale = em / np.sqrt(1.0 + slope * slope)
    a, b, c, d = linear.T
    matrix[:, 0] = (a - slope * b) * scale
    matrix[:, 1] = (b + slope * a) * scale
    matrix[:, 2] = (c - slope * d) * scale
    matrix[:, 3] = (d + slope * c) * scale
    return matrix


def contained(rows: Rows, box: Box) -> Rows | None:
    """Return the rows with every line moved sideways into the box, or None when a line is longer than the box."""
    left = np.minimum.reduceat(rows.matrix[:, 4] + rows.box.left, rows.starts)
    right = np.maximum.reduceat(rows.matrix[:, 4] + rows.box.right, rows.starts)
    shift = np.maximum(box.x - left, 0.0) - np.maximum(right - box.right, 0.0)
    if not shift.any():
        return rows
    if (left + shift < box.x - 1e-9).any() or (right + shift > box.right + 1e-9).any():
        return None
    matrix = rows.matrix.copy()
    matrix[:, 4] += shift[rows.line]
    return replace(rows, matrix=matrix)


def stack(rows: Rows, pitches: Sequence[float], clearance: float) -> Block:
    """Return the lines under each other at the wanted distances (lines - 1), or further where their ink asks for it."""
    apart = separations(rows, np.array(pitches), clearance) if pitches else []
    needs = [need.tolist() for need in apart]
    y = [0.0]
    for line, pitch in enumerate(pitches, start=1):
        here = y[-1] - pitch
        for above, need in enumerate(needs[:line], start=1):
            here = min(here, y[line - above] - need[line - above])
        y.append(here)
    heights = np.array(y)
    top = np.maximum.reduceat(rows.matrix[:, 5] + rows.box.top, rows.starts) + heights
    bottom = np.minimum.reduceat(rows.matrix[:, 5] + rows.box.bottom, rows.starts) + heights
    return Block(rows, heights, float(top.max()), float(bottom.min()))


def matrices(block: Block, lift: float) -> Floats:
    """Return the final matrices of a block whose first baseline is lifted to `lift` mm."""
    matrix = block.rows.matrix.copy()
    matrix[:, 5] += (block.y + lift)[block.rows.line]
    return matrix


def ink_box(rows: Rows, matrix: Floats, extra: float) -> Box:
    """Return the box around all ink, the pen's weight beyond the outlines included.

    Only glyphs whose own box reaches near an edge are measured strip by strip: the corners of a leaning glyph's box are
    beyond its ink.
    """
    x, y, box = matrix[:, 4], matrix[:, 5], rows.box
    left, bottom, right, top = x + box.left, y + box.bottom, x + box.right, y + box.top
    near = float(np.abs(matrix[:, 1:3]).max()) * 1.5
    edge = np.flatnonzero(
        (left < left.min() + near)
        | (bottom < bottom.min() + near)
        | (right > right.max() - near)
        | (top > top.max() - near)
    )
    sides = strips(rows.pool, rows.outline[edge], matrix[edge])
    x0, x1 = float((sides[0] + x[edge, None]).min()) - extra, float((sides[2] + x[edge, None]).max()) + extra
    y0, y1 = float((sides[1] + y[edge, None]).min()) - extra, float((sides[3] + y[edge, None]).max()) + extra
    return Box(x0, y0, x1 - x0, y1 - y0)


def ends(count: int, after: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Return flags (count) that are set at the glyph before each of the positions."""
    flags = np.zeros(count, dtype=np.bool_)
    flags[after - 1] = True
    return flags

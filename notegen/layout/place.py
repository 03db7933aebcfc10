"""From broken lines to placed glyphs: every line turned about its middle, clear of the ones above, and contained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from notegen.layout.breaking import Line
from notegen.layout.ink import Floats, Ints, Rows, extents, separations, strips
from notegen.model.stock import Box
from notegen.model.writing import LINES, Writing


@dataclass(frozen=True, slots=True, eq=False)
class Spaced:
    """What does not depend on the size, in ems: gaps and their give per word, bounds and maps per glyph."""

    gap: Floats
    give: Floats
    bounds: Floats
    columns: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Lines of glyphs that keep clear of each other: baselines `y` (lines) below the first, edges of the ink, in mm."""

    rows: Rows
    y: Floats
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """From the highest ink to the lowest."""
        return self.top - self.bottom


def set_rows(writing: Writing, spaced: Spaced, lines: Sequence[Line], em: float, x: float) -> Rows:
    """Return the glyphs of lines whose frame begins at `x` mm, each line near y = 0.

    The page's mean slope is common to all lines, as if the card had lain askew; what a line differs from it turns
    about the line's own middle, so that neither end of it runs into its neighbours.
    """
    count = len(lines)
    first, last, start, tight = _table(lines)
    of_word = np.repeat(np.arange(count), last - first)
    advance = writing.width + spaced.gap - tight.take(of_word) * spaced.give
    before = np.cumsum(advance) - advance
    word_x = before + (start - before.take(first)).take(of_word)
    middle = (start + word_x.take(last - 1) + writing.width.take(last - 1)) * (em / 2) + x
    stops = writing.words.take(last)
    starts = writing.words.take(first).astype(np.intp)
    line = np.repeat(np.arange(count), stops - starts)
    slope = writing.slope.take(np.minimum(np.arange(count), LINES - 1))
    common = sum(slope.tolist()) / count
    lift = common * (middle - middle[0]) - slope * middle
    columns = _turned(spaced.columns, slope.take(line), em)
    columns[4] = (np.repeat(word_x, np.diff(writing.words)) + writing.x) * em + x
    columns[5] = writing.y * em + slope.take(line) * columns[4] + lift.take(line)
    box = extents(spaced.bounds, columns)
    return Rows(writing.pool, writing.outline, columns, line, starts, slope, common, box)


def _table(lines: Sequence[Line]) -> tuple[Ints, Ints, Floats, Floats]:
    """Return the first and last words, the starts and the tightness of lines as arrays."""
    _, first, last, start, tight = zip(*lines, strict=True)
    return np.array(first, np.intp), np.array(last, np.intp), np.array(start), np.array(tight)


def _turned(linear: Floats, slope: Floats, em: float) -> Floats:
    """Return columns (6, n): the linear maps (4, n) turned by the slopes and scaled to mm, with an empty place."""
    columns = np.empty((6, len(slope)))
    scale = em / np.sqrt(1.0 + slope * slope)
    scaled = linear * scale
    turned = scaled * slope
    columns[0] = scaled[0] - turned[1]
    columns[1] = scaled[1] + turned[0]
    columns[2] = scaled[2] - turned[3]
    columns[3] = scaled[3] + turned[2]
    return columns


def contained(rows: Rows, box: Box) -> Rows | None:
    """Return the rows with every line moved sideways into the box, or None when a line is longer than the box."""
    left = np.minimum.reduceat(rows.columns[4] + rows.box.left, rows.starts)
    right = np.maximum.reduceat(rows.columns[4] + rows.box.right, rows.starts)
    shift = np.maximum(box.x - left, 0.0) - np.maximum(right - box.right, 0.0)
    if not shift.any():
        return rows
    if ((left + shift < box.x - 1e-9) | (right + shift > box.right + 1e-9)).any():
        return None
    columns = rows.columns.copy()
    columns[4] += shift.take(rows.line)
    return replace(rows, columns=columns)


def stack(rows: Rows, pitches: Sequence[float], clearance: float) -> Block:
    """Return the lines under each other at the wanted distances (lines - 1), or further where their ink asks for it."""
    apart = separations(rows, pitches, clearance) if pitches else []
    needs = [need.tolist() for need in apart]
    y = [0.0]
    for line, pitch in enumerate(pitches, start=1):
        here = y[-1] - pitch
        for above, need in enumerate(needs[:line], start=1):
            here = min(here, y[line - above] - need[line - above])
        y.append(here)
    heights = np.array(y)
    top = np.maximum.reduceat(rows.columns[5] + rows.box.top, rows.starts) + heights
    bottom = np.minimum.reduceat(rows.columns[5] + rows.box.bottom, rows.starts) + heights
    return Block(rows, heights, float(top.max()), float(bottom.min()))


def lifted(block: Block, lift: float) -> Floats:
    """Return the final columns (6, n) of a block whose first line is lifted by `lift` mm."""
    columns = block.rows.columns.copy()
    columns[5] += (block.y + lift).take(block.rows.line)
    return columns


def ink_box(rows: Rows, columns: Floats, extra: float) -> Box:
    """Return the box around all ink, the pen's weight beyond the outlines included.

    Only glyphs whose own box reaches near an edge are measured strip by strip: the corners of a leaning glyph's box are
    beyond its ink.
    """
    x, y, box = columns[4], columns[5], rows.box
    left, bottom, right, top = x + box.left, y + box.bottom, x + box.right, y + box.top
    side, rise = 1.5 * float(np.abs(columns[2]).max()), 1.5 * float(np.abs(columns[1]).max())
    edge = np.flatnonzero(
        (left <= left.min() + side)
        | (bottom <= bottom.min() + rise)
        | (right >= right.max() - side)
        | (top >= top.max() - rise)
    )
    found = strips(rows.pool, rows.outline.take(edge), columns.take(edge, axis=1))
    x, y = x.take(edge), y.take(edge)
    x0, x1 = float((found.left + x).min()) - extra, float((found.right + x).max()) + extra
    y0, y1 = float((found.bottom + y).min()) - extra, float((found.top + y).max()) + extra
    return Box(x0, y0, x1 - x0, y1 - y0)


def ends(count: int, after: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Return flags (count) that are set at the glyph before each of the positions."""
    flags = np.zeros(count, dtype=np.bool_)
    flags[after - 1] = True
    return flags

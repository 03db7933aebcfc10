"""From broken lines to placed glyphs: every line turned about its middle, clear of the ones above, and contained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from notegen.layout.breaking import Line
from notegen.layout.ink import Floats, Ints, Need, Rows, extents, separations, strips
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
    first, last, start, tight = _table(lines)
    of_word = np.arange(len(lines)).repeat(last - first)
    advance = writing.width + spaced.gap
    if tight.any():
        advance -= tight.take(of_word) * spaced.give
    word_x = np.add.accumulate(advance) - advance
    word_x += (start - word_x.take(first)).take(of_word)
    middle = (start + word_x.take(last - 1) + writing.width.take(last - 1)) * (em / 2) + x
    starts = writing.words.take(first).astype(np.intp)
    counts = writing.words.take(last) - starts
    slope = writing.slope.take(np.minimum(np.arange(len(lines)), LINES - 1))
    common = sum(slope.tolist()) / len(lines)
    columns = np.empty((6, len(writing.x)))
    _turn(spaced.columns, slope, counts, em, columns)
    pen, height = columns[4], columns[5]
    np.add(word_x.repeat(np.diff(writing.words)), writing.x, out=pen)
    pen *= em
    pen += x
    np.multiply(writing.y, em, out=height)
    height += slope.repeat(counts) * pen
    height += (common * (middle - middle[0]) - slope * middle).repeat(counts)
    return Rows(
        writing.pool, writing.outline, columns, starts, counts, common, extents(spaced.bounds, columns)
    )


def _table(lines: Sequence[Line]) -> tuple[Ints, Ints, Floats, Floats]:
    """Return the first and last words, the starts and the tightness of lines as arrays."""
    _, first, last, start, tight = zip(*lines, strict=True)
    return np.array(first, np.intp), np.array(last, np.intp), np.array(start), np.array(tight)


def _turn(linear: Floats, slope: Floats, counts: Ints, em: float, columns: Floats) -> None:
    """Set the maps in columns (6, n) to the linear maps (4, n), turned by the slopes of lines and scaled to mm."""
    scaled = linear * (em / np.sqrt(1.0 + slope * slope)).repeat(counts)
    turned = scaled * slope.repeat(counts)
    np.subtract(scaled[::2], turned[1::2], out=columns[:4:2])
    np.add(scaled[1::2], turned[::2], out=columns[1:4:2])


def contained(rows: Rows, box: Box) -> Rows | None:
    """Return the rows with every line moved sideways into the box, or None when a line is longer than the box."""
    left = np.minimum.reduceat(rows.box.left, rows.starts)
    right = np.maximum.reduceat(rows.box.right, rows.starts)
    shift = np.maximum(box.x - left, 0.0) - np.maximum(right - box.right, 0.0)
    if not shift.any():
        return rows
    if ((left + shift < box.x - 1e-9) | (right + shift > box.right + 1e-9)).any():
        return None
    columns = rows.columns.copy()
    by = shift.repeat(rows.counts)
    columns[4] += by
    moved = rows.box._replace(left=rows.box.left + by, right=rows.box.right + by)
    return replace(rows, columns=columns, box=moved)


def stack(rows: Rows, pitches: Sequence[float], clearance: float) -> Block:
    """Return the lines under each other at the wanted distances (lines - 1), or further where their ink asks for it."""
    needs = sorted(separations(rows, pitches, clearance), key=_lower) if pitches else []
    pushed = {line: list(found) for line, found in groupby(needs, _lower)}
    y = [0.0]
    for line, pitch in enumerate(pitches, start=1):
        here = y[-1] - pitch
        for need in pushed.get(line, ()):
            here = min(here, y[need.upper] - need.distance)
        y.append(here)
    heights = np.array(y)
    top = np.maximum.reduceat(rows.box.top, rows.starts) + heights
    bottom = np.minimum.reduceat(rows.box.bottom, rows.starts) + heights
    return Block(rows, heights, float(top.max()), float(bottom.min()))


def _lower(need: Need) -> int:
    return need.lower


def lifted(block: Block, lift: float) -> Rows:
    """Return the rows of a block in their final places: its first line is lifted by `lift` mm."""
    columns, box = block.rows.columns.copy(), block.rows.box
    by = (block.y + lift).repeat(block.rows.counts)
    columns[5] += by
    return replace(block.rows, columns=columns, box=box._replace(bottom=box.bottom + by, top=box.top + by))


def ink_box(rows: Rows, extra: float) -> Box:
    """Return the box around all ink, the pen's weight included, of rows in their final places.

    Only glyphs whose own box reaches near an edge are measured strip by strip: the corners of a leaning glyph's box are
    beyond its ink.
    """
    left, bottom, right, top = rows.box
    columns = rows.columns
    side, rise = 1.5 * float(np.abs(columns[2]).max()), 1.5 * float(np.abs(columns[1]).max())
    outermost = left <= left.min() + side
    outermost |= bottom <= bottom.min() + rise
    outermost |= right >= right.max() - side
    outermost |= top >= top.max() - rise
    (edge,) = outermost.nonzero()
    columns = columns.take(edge, axis=1)
    found = strips(rows.pool, rows.outline.take(edge), columns)
    x, y = columns[4], columns[5]
    x0, x1 = float((found.left + x).min()) - extra, float((found.right + x).max()) + extra
    y0, y1 = float((found.bottom + y).min()) - extra, float((found.top + y).max()) + extra
    return Box(x0, y0, x1 - x0, y1 - y0)


def ends(count: int, after: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Return flags (count) that are set at the glyph before each of the positions."""
    flags = np.zeros(count, dtype=np.bool_)
    flags[after - 1] = True
    return flags

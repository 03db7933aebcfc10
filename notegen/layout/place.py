"""From broken lines to placed glyphs: every line turned about its middle, clear of the ones above, and contained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from notegen.layout.breaking import Line
from notegen.layout.ink import Extents, Floats, Need, Rows, extents, separations, strips
from notegen.model.stock import Box
from notegen.model.writing import LINES, Writing


@dataclass(frozen=True, slots=True, eq=False)
class Spaced:
    """What does not depend on the size, in ems.

    Per word `gap` and `give`, how much of the gap after it may be squeezed away. Per glyph `bounds` (4, n) and
    `columns` (4, n), its map, and `x`, its pen position on one endless line.
    """

    gap: Floats
    give: Floats
    bounds: Floats
    columns: Floats
    x: Floats


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
    _, first, last, begin, tight = zip(*lines, strict=True)
    endless = spaced.x - _squeezed(writing, spaced, first, last, tight) if any(tight) else spaced.x
    stops = writing.words.take(last).astype(np.intp)
    starts = writing.words.take(first).astype(np.intp)
    counts = stops - starts
    slopes = writing.slope[: len(lines)].tolist()
    slopes += slopes[-1:] * (len(lines) - LINES)
    common = sum(slopes) / len(lines)
    from_x = (endless.take(starts) - writing.x.take(starts)).tolist()
    to_x = endless.take(stops - 1) - writing.x.take(stops - 1) + writing.width.take(np.subtract(last, 1))
    shift = [(here - there) * em + x for here, there in zip(begin, from_x, strict=True)]
    middle = [
        (here + end - there) * (em / 2) + x + here * (em / 2)
        for here, there, end in zip(begin, from_x, to_x.tolist(), strict=True)
    ]
    lift = [common * (here - middle[0]) - slope * here for here, slope in zip(middle, slopes, strict=True)]
    scale = [em / sqrt(1.0 + slope * slope) for slope in slopes]
    of_line = np.array((shift, lift, scale, slopes)).repeat(counts, axis=1)
    columns = np.empty((6, len(writing.x)))
    _turn(spaced.columns * of_line[2], of_line[3], columns)
    place = np.multiply((endless, writing.y), em, out=columns[4:])
    place += of_line[:2]
    place[1] += of_line[3] * place[0]
    return Rows(writing.pool, writing.outline, columns, starts, counts, common, extents(spaced.bounds, columns))


def _squeezed(
    writing: Writing, spaced: Spaced, first: Sequence[int], last: Sequence[int], tight: Sequence[float]
) -> Floats:
    """Return by how much the squeezed gaps of a line bring each glyph nearer to the line's start."""
    before = spaced.give.cumsum() - spaced.give
    of_word = np.subtract(last, first)
    nearer = (before - before.take(first).repeat(of_word)) * np.repeat(tight, of_word)
    glyphs: Floats = nearer.repeat(np.diff(writing.words))
    return glyphs


def _turn(scaled: Floats, slope: Floats, columns: Floats) -> None:
    """Set the maps in columns (6, n) to the maps `scaled` (4, n), turned by the slopes (n)."""
    turned = scaled * slope
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
    return replace(rows, columns=columns, box=Extents(rows.box.across + by, rows.box.upright))


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
    rows = block.rows
    columns = rows.columns.copy()
    by = (block.y + lift).repeat(rows.counts)
    columns[5] += by
    box = Extents(rows.box.across, rows.box.upright + by)
    return Rows(rows.pool, rows.outline, columns, rows.starts, rows.counts, rows.tilt, box)


def ink_box(rows: Rows, extra: float) -> Box:
    """Return the box around all ink, the pen's weight included, of rows in their final places.

    Only glyphs whose own box reaches near an edge are measured strip by strip: the corners of a leaning glyph's box are
    beyond its ink.
    """
    (left, right), (bottom, top) = rows.box
    _, rise, side, *_ = (1.5 * np.abs(rows.columns[:3]).max(axis=1)).tolist()
    outermost = left <= left.min() + side
    outermost |= bottom <= bottom.min() + rise
    outermost |= right >= right.max() - side
    outermost |= top >= top.max() - rise
    (edge,) = outermost.nonzero()
    found = strips(rows.pool, rows.outline.take(edge), rows.columns.take(edge, axis=1))
    x0, x1 = float(found.left.min()) - extra, float(found.right.max()) + extra
    y0, y1 = float(found.bottom.min()) - extra, float(found.top.max()) + extra
    return Box(x0, y0, x1 - x0, y1 - y0)


def ends(count: int, after: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Return flags (count) that are set at the glyph before each of the positions."""
    flags = np.zeros(count, dtype=np.bool_)
    flags[after - 1] = True
    return flags

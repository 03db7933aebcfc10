"""One line of writing cut into words, and what each word shows: how it leans, how tall it is, where it stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from notegen.hand.measure.ink import Ink, otsu
from notegen.hand.measure.lines import Line
from notegen.hand.outline import Floats, Ints

ANGLES = np.arange(-30, 61)
"""Slants that are tried, degrees."""
_TANGENTS = np.tan(np.radians(ANGLES))

BAND = (1.25, 1.6)
"""The part of a line in which gaps are looked for: its top above the baseline and its height, x-heights."""


@dataclass(frozen=True, slots=True, eq=False)
class Strokes:
    """Ink as horizontal runs of pixels: run i is in row `row[i]`, from `start[i]` to `stop[i]` (half open)."""

    row: Ints
    start: Ints
    stop: Ints

    def between(self, left: int, right: int) -> Strokes:
        """Return the runs cut off at two columns."""
        near = (self.start < right) & (self.stop > left)
        return Strokes(self.row[near], np.maximum(self.start[near], left), np.minimum(self.stop[near], right))


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """A line's ink: the line, the box around it, its runs, and the gaps between its columns of upright letters.

    Columns are sheared so that letters stand upright, and begin at `origin`. `gaps` are their widths in pixels, each
    after column `before`; `ends` are the first and the last column that have ink.
    """

    line: Line
    top: int
    bottom: int
    left: int
    right: int
    strokes: Strokes
    origin: int
    before: Ints
    gaps: Ints
    ends: tuple[int, int]


def write_out(ink: Ink, line: Line, parts: Ints, chosen: Ints, x_height: float) -> Written | None:
    """Return a line with its gaps, from the numbers of its parts and of their pixels; None for less than four parts."""
    if len(parts) < 4:
        return None
    y, x = ink.y[chosen], ink.x[chosen]
    strokes = _runs(y, x)
    lean = slant(strokes) or 0
    baseline = np.rint(line.slope * x + line.level - BAND[0] * x_height).astype(np.int64)
    row = y - baseline
    band = (row >= 0) & (row < int(BAND[1] * x_height))
    box = (
        int(ink.top[parts].min()),
        int(ink.bottom[parts].max()),
        int(ink.left[parts].min()),
        int(ink.right[parts].max()),
    )
    left = box[2]
    sheared = np.rint(x[band] - left + (row[band] - BAND[0] * x_height) * np.tan(np.radians(lean))).astype(np.int64)
    if not len(sheared):
        return Written(line, *box, strokes, left, sheared, sheared, (0, 0))
    origin = int(sheared.min())
    filled = np.flatnonzero(np.bincount(sheared - origin))
    apart = np.diff(filled)
    (wide,) = (apart > 1).nonzero()
    ends = int(filled[0]), int(filled[-1])
    return Written(line, *box, strokes, left + origin, filled[wide], apart[wide] - 1, ends)


def _runs(y: Ints, x: Ints) -> Strokes:
    """Return the runs of pixels given row by row."""
    begins = np.ones(len(y), np.bool_)
    begins[1:] = (np.diff(y) != 0) | (np.diff(x) != 1)
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(y)) - 1
    return Strokes(y[first], x[first], x[last] + 1)


def slant(strokes: Strokes) -> int | None:
    """Return the slant in degrees: that at which the ink, sheared upright, stands in the highest columns.

    None when there are fewer than 80 pixels.
    """
    if (strokes.stop - strokes.start).sum() < 80:
        return None
    highest, lowest = int(strokes.row.min()), int(strokes.row.max())
    shifts = np.rint(np.arange(highest - lowest, 1) * _TANGENTS[:, None]).astype(np.int64)
    moved = shifts[:, strokes.row - highest]
    start, stop = strokes.start + moved, strokes.stop + moved
    left = int(start.min())
    width = int(stop.max()) - left + 1
    offset = np.arange(len(ANGLES))[:, None] * width - left
    size = len(ANGLES) * width
    change = np.bincount((start + offset).ravel(), minlength=size)
    change -= np.bincount((stop + offset).ravel(), minlength=size)
    columns = np.cumsum(change.reshape(len(ANGLES), width), axis=1)
    return int(ANGLES[np.argmax((columns * columns).sum(axis=1))])


def word_gap(gaps: Ints, x_height: float) -> float | None:
    """Return the width in pixels from which a gap parts two words; None when there are too few gaps to tell."""
    if len(gaps) < 20:
        return None
    logs = np.log(gaps[gaps > 0.08 * x_height])
    if len(logs) < 15 or logs.min() == logs.max():
        return None
    counts, edges = np.histogram(logs, bins=256)
    parting = np.exp(otsu(counts, (edges[:-1] + edges[1:]) / 2))
    return float(np.clip(parting, 0.35 * x_height, 1.3 * x_height))


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of one line: `width` of each and `gap` between them, and for those long enough the rest, x-heights.

    `base` is how far each stands below the line, `height` its x-height as a part of the page's, `slant` in degrees.
    `feet` is how far each letter's foot is below the line.
    """

    width: Floats
    gap: Floats
    feet: Floats
    base: Floats
    height: Floats
    slant: Floats


def words(written: Written, parting: float, x_height: float) -> Words:
    """Cut a line into its words, at gaps of at least `parting` pixels, and measure them."""
    line = written.line
    wide = written.gaps >= parting
    cut = written.before[wide]
    start = np.append(written.ends[0], cut + written.gaps[wide] + 1) + written.origin
    stop = np.append(cut, written.ends[1]) + written.origin
    x, y = line.feet.T
    off = (y - (line.slope * x + line.level)) / x_height
    base, height, lean = [], [], []
    for left, right in zip(start.tolist(), stop.tolist(), strict=True):
        if right - left < 1.5 * x_height:
            continue
        inside = (x >= left) & (x <= right)
        if inside.sum() >= 2:
            base.append(float(np.median(off[inside])))
        strokes = written.strokes.between(left, right)
        tall = _height(written, strokes, (left + right) / 2, x_height)
        if 0.4 * x_height < tall < 1.8 * x_height:
            height.append(tall / x_height)
        leaning = slant(strokes) if right - left > 2.5 * x_height else None
        if leaning is not None:
            lean.append(leaning)
    gap = written.gaps[wide] / x_height
    return Words((stop - start + 1) / x_height, gap[gap < 5], off, np.array(base), np.array(height), np.array(lean))


def _height(written: Written, strokes: Strokes, middle: float, x_height: float) -> int:
    """Return how tall a word's small letters are in pixels: down from where its rows of ink get thin; 0 if unclear."""
    foot = int(written.line.at(middle) - written.top)
    size = written.bottom - written.top
    if foot < 5 or not len(strokes.row):
        return 0
    rows = np.bincount(strokes.row - written.top, weights=strokes.stop - strokes.start, minlength=size)
    profile = ndimage.gaussian_filter1d(rows, 0.06 * x_height + 0.5)
    body = profile[max(0, int(foot - x_height)) : foot + 1]
    if not len(body):
        return 0
    row = min(int(foot - 0.45 * x_height), size - 1)
    while row > 0 and profile[row] > 0.36 * body.max():
        row -= 1
    return foot - row

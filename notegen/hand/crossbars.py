"""Where the crossbar of a t or an f is, though it is one outline with its stem: the longest straight run of ink across.

A bar is moved by moving the plane about it: what is on its line moves all the way, what is above and below less and
less. Nothing is cut, so nothing can kink or come apart, and the stem slides along itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from notegen.hand import outline
from notegen.hand.outline import Flags, Floats, Ints, Shapes

LETTERS = frozenset("tfŧđħ")
HEIGHTS = (0.5, 1.6)
"""Heights at which a bar crosses its stem, x-heights."""
STEEPEST = 0.5
"""Greatest slope of a bar, a tangent."""
SHORTEST = 0.42
"""Shortest bar, x-heights."""
REACH = 0.32
"""Distance from the bar's line at which nothing moves with it, x-heights; more for a thick pen."""
_ROWS, _SLOPES = 28, 11


@dataclass(frozen=True, slots=True, eq=False)
class Bars:
    """The crossbar of each drawing: where it crosses the stem, its slope, how the stem leans, half its length, ems.

    `reach` is 0 for a drawing without one.
    """

    at: Floats
    slope: Floats
    lean: Floats
    half: Floats
    reach: Floats

    def near(self, base: Ints, points: Floats) -> tuple[Floats, Floats]:
        """Return how much of a bar's motion points of drawings take (0 to 1), and how far out on it they are."""
        away = points - self.at[base]
        off = np.abs(away[:, 1] - self.slope[base] * away[:, 0]) / np.maximum(self.reach[base], 1e-9)
        beyond = np.abs(away[:, 0]) / np.maximum(self.half[base], 1e-9) - 1.0
        part, aside = np.clip(1 - off * off, 0.0, 1.0), np.clip(1 - beyond, 0.0, 1.0)
        return part * part * aside * (self.reach[base] > 0), away[:, 0]


def bars(shapes: Shapes, texts: Sequence[str], stroke: float, x_height: float) -> Bars:
    """Return the crossbars of drawings of the texts."""
    found = np.zeros((len(texts), 6))
    for number, text in enumerate(texts):
        if text and unicodedata.normalize("NFD", text)[0] in LETTERS:
            one = outline.take(shapes, np.array([number]))
            if len(one.points):
                found[number] = _bar(one, stroke, x_height)
    return Bars(found[:, :2], found[:, 2], found[:, 3], found[:, 4], found[:, 5])


def _bar(shape: Shapes, stroke: float, x_height: float) -> tuple[float, ...]:
    """Return x and y of the crossing, slope, lean, half length and reach; zeros when there is no bar."""
    lines, _ = outline.flatten(shape)
    low, _, high, _ = outline.bounds(shape)[0]
    x = np.arange(low, high, stroke / 3)
    middle = (low + high) / 2
    height = np.linspace(*HEIGHTS, _ROWS) * x_height
    slope = np.linspace(-STEEPEST, STEEPEST, _SLOPES)
    y = height[:, None, None] + slope[None, :, None] * (x - middle)
    inked = _inside(lines, np.broadcast_to(x, y.shape).ravel(), y.ravel()).reshape(y.shape)
    length, end = _longest(inked)
    score = length * (stroke / 3) - 0.15 * x_height * np.abs(slope)
    row, tilt = np.unravel_index(int(score.argmax()), score.shape)
    run = float(length[row, tilt]) * stroke / 3
    if run < max(SHORTEST * x_height, 3 * stroke):
        return (0.0,) * 6
    last = int(end[row, tilt])
    span = float(x[last] - run), float(x[last])
    level = float(height[row]), float(slope[tilt])
    stem = _stem(lines, span, (level[0] - level[1] * middle, level[1]), stroke)
    if stem is None:
        return (0.0,) * 6
    at, lean = stem
    half = max(at - span[0], span[1] - at) + stroke / 2
    return at, level[0] + level[1] * (at - middle), level[1], lean, half, max(REACH * x_height, 2.6 * stroke)


def _stem(
    lines: Floats, span: tuple[float, float], line: tuple[float, float], stroke: float
) -> tuple[float, float] | None:
    """Return where the stem crosses a bar and how it leans, or None where nothing crosses it."""
    x = np.arange(span[0], span[1], stroke / 4)
    places = []
    for off in (-2.4, -1.6, 1.6, 2.4):
        inked = _inside(lines, x, line[0] + line[1] * x + off * stroke)
        places.append((off, float(x[inked].mean())) if inked.any() and not inked.all() else None)
    below = [place for place in places[:2] if place]
    above = [place for place in places[2:] if place]
    if not below or not above:
        return None
    (low, left), (high, right) = below[-1], above[0]
    return (left + right) / 2, (right - left) / ((high - low) * stroke)


def _inside(lines: Floats, x: Floats, y: Floats) -> Flags:
    """Return which places are inked: the edges to their right go round them."""
    (x0, y0), (x1, y1) = lines[:, 0].T, lines[:, 1].T
    rise = np.where(y0 == y1, 1.0, y1 - y0)
    winding = np.zeros(len(x), np.int64)
    for start in range(0, len(x), 4096):
        span = slice(start, start + 4096)
        up, at = y[span, None], x[span, None]
        spans = (y0 <= up) != (y1 <= up)
        right = x0 + (up - y0) / rise * (x1 - x0) > at
        winding[span] = (np.where(y1 > y0, 1, -1) * (spans & right)).sum(axis=1)
    inked: Flags = winding != 0
    return inked


def _longest(inked: Flags) -> tuple[Ints, Ints]:
    """Return the length of the longest run of ink along the last axis, and where it ends."""
    at = np.arange(inked.shape[-1])
    since = at - np.maximum.accumulate(np.where(inked, -1, at), axis=-1)
    return since.max(axis=-1), since.argmax(axis=-1)

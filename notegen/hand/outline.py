"""Outlines as flat arrays: many TrueType shapes at once, without a loop over glyphs.

A shape is a run of points; contours close by themselves, and between two control points in a row a point on the curve
is implied. Points go with the ink on their right (clockwise outside), so that the left normal points out of the ink.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from notegen.model.pool import BANDS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

MITRE = 1.5
"""Longest normal, in units of the pen's weight: a sharper corner is cut off."""
_STEPS = 4
"""Straight pieces that each curve is measured with; the bound on what they miss is added."""


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """Shape i has the points `first[i]:first[i + 1]`; `contour_end` marks the last point of each contour."""

    points: Floats
    on_curve: Flags
    contour_end: Flags
    first: Ints

    def __len__(self) -> int:
        return len(self.first) - 1

    @property
    def owner(self) -> Ints:
        """The shape of each point."""
        return np.repeat(np.arange(len(self)), np.diff(self.first))


def ranges(starts: Ints, counts: Ints) -> Ints:
    """Return the numbers of all ranges one after another: start, start + 1, ... for `count` numbers each."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    index: Ints = np.arange(total) + np.repeat(starts - (ends - counts), counts)
    return index


def take(shapes: Shapes, which: Ints) -> Shapes:
    """Return copies of some shapes, in the order asked for."""
    counts = np.diff(shapes.first)[which]
    index = ranges(shapes.first[:-1][which], counts)
    first = np.concatenate(([0], np.cumsum(counts)))
    return Shapes(shapes.points[index], shapes.on_curve[index], shapes.contour_end[index], first)


def join(shapes: list[Shapes]) -> Shapes:
    """Return one set that holds the shapes of all, in order."""
    counts = np.concatenate([np.diff(one.first) for one in shapes] or [np.zeros(0, np.int64)])
    return Shapes(
        np.concatenate([one.points for one in shapes] or [np.zeros((0, 2))]),
        np.concatenate([one.on_curve for one in shapes] or [np.zeros(0, np.bool_)]),
        np.concatenate([one.contour_end for one in shapes] or [np.zeros(0, np.bool_)]),
        np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
    )


def apart(shapes: Shapes) -> list[Shapes]:
    """Return each shape as a set of its own."""
    first = shapes.first.tolist()
    return [
        Shapes(shapes.points[a:b], shapes.on_curve[a:b], shapes.contour_end[a:b], np.array([0, b - a]))
        for a, b in pairwise(first)
    ]


def contours(contour_end: Flags) -> tuple[Ints, Ints]:
    """Return the first and the last point of each contour."""
    ends = np.flatnonzero(contour_end)
    return np.concatenate(([0], ends[:-1] + 1))[: len(ends)], ends


def neighbours(contour_end: Flags) -> tuple[Ints, Ints]:
    """Return, for each point, the point before it and the point after it on its contour."""
    starts, ends = contours(contour_end)
    after = np.arange(1, len(contour_end) + 1)
    after[ends] = starts
    before = np.arange(-1, len(contour_end) - 1)
    before[starts] = ends
    return before, after


def curves(points: Floats, on_curve: Flags, contour_end: Flags) -> tuple[Floats, Ints]:
    """Return the quadratic pieces (n, 3, 2), lines among them, and the point that each belongs to."""
    before, after = neighbours(contour_end)
    off = np.flatnonzero(~on_curve)
    line = np.flatnonzero(on_curve & on_curve[after])
    control = points[off]
    ends = [
        np.where(on_curve[side][:, None], points[side], (control + points[side]) / 2)
        for side in (before[off], after[off])
    ]
    bent = np.stack((ends[0], control, ends[1]), axis=1)
    start, stop = points[line], points[after[line]]
    straight = np.stack((start, (start + stop) / 2, stop), axis=1)
    return np.concatenate((bent, straight)), np.concatenate((off, line))


def flatten(shapes: Shapes, steps: int = _STEPS) -> tuple[Floats, Ints]:
    """Return the curves cut into straight pieces (n, 2 ends, 2) and the shape of each."""
    pieces, at = curves(shapes.points, shapes.on_curve, shapes.contour_end)
    t = np.arange(steps + 1) / steps
    weights = np.stack(((1 - t) * (1 - t), 2 * t * (1 - t), t * t))
    samples = sum(pieces[:, i, None, :] * weights[i][None, :, None] for i in range(3))
    lines = np.stack((samples[:, :-1], samples[:, 1:]), axis=2)
    return lines.reshape(-1, 2, 2), np.repeat(shapes.owner[at], steps)


def bounds(shapes: Shapes) -> Floats:
    """Return (x min, y min, x max, y max) of each shape, exact at the extremes of its curves; zeros for a blank one."""
    pieces, at = curves(shapes.points, shapes.on_curve, shapes.contour_end)
    start, control, end = pieces[:, 0], pieces[:, 1], pieces[:, 2]
    bend = start - 2 * control + end
    flat = bend == 0
    t = np.clip((start - control) / np.where(flat, 1.0, bend), 0, 1)
    extreme = (1 - t) * (1 - t) * start + 2 * t * (1 - t) * control + t * t * end
    extreme = np.where(flat, start, extreme)
    low = np.minimum(np.minimum(start, end), extreme)
    high = np.maximum(np.maximum(start, end), extreme)
    owner = shapes.owner[at]
    box = np.zeros((len(shapes), 4))
    box[:, :2], box[:, 2:] = np.inf, -np.inf
    for axis in range(2):
        np.minimum.at(box[:, axis], owner, low[:, axis])
        np.maximum.at(box[:, 2 + axis], owner, high[:, axis])
    box[np.diff(shapes.first) == 0] = 0
    return box


def bands(shapes: Shapes, box: Floats) -> tuple[Floats, Floats]:
    """Return the highest and the lowest ink of each shape in BANDS strips; never inside the curve.

    A strip without ink of its own, which a shape of separate parts may have, takes the box's middle height for both.
    """
    lines, owner = flatten(shapes)
    pieces, _ = curves(shapes.points, shapes.on_curve, shapes.contour_end)
    # A curve leaves the chord of one of n equal parts of it by at most its bend over 4 n n, along each axis.
    slack = np.repeat(np.abs(pieces[:, 0] - 2 * pieces[:, 1] + pieces[:, 2]) / (4 * _STEPS * _STEPS), _STEPS, axis=0)
    low, high = lines.min(axis=1) - slack, lines.max(axis=1) + slack
    scale = BANDS / np.maximum(box[:, 2] - box[:, 0], 1e-9)[owner]
    left, right = (
        np.clip((x - box[owner, 0]) * scale, 0, BANDS - 1e-6).astype(np.int64) for x in (low[:, 0], high[:, 0])
    )
    counts = right - left + 1
    cell = ranges(owner * BANDS + left, counts)
    upper = np.full(len(shapes) * BANDS, -np.inf)
    lower = np.full(len(shapes) * BANDS, np.inf)
    np.maximum.at(upper, cell, np.repeat(high[:, 1], counts))
    np.minimum.at(lower, cell, np.repeat(low[:, 1], counts))
    middle = np.repeat((box[:, 1] + box[:, 3]) / 2, BANDS)
    empty = np.isinf(upper)
    upper[empty], lower[empty] = middle[empty], middle[empty]
    return upper.reshape(-1, BANDS), lower.reshape(-1, BANDS)


def normals(points: Floats, contour_end: Flags) -> Floats:
    """Return, for each point, the shift out of the ink that moves both its edges by one; at most MITRE long.

    At a hairpin, where the edges go back on themselves, it points along the tip.
    """
    before, after = neighbours(contour_end)
    arriving, leaving = _unit(points - points[before]), _unit(points[after] - points)
    arriving = np.where((arriving == 0).all(axis=1, keepdims=True), leaving, arriving)
    leaving = np.where((leaving == 0).all(axis=1, keepdims=True), arriving, leaving)
    total = arriving + leaving
    left = np.stack((-total[:, 1], total[:, 0]), axis=1)
    length = np.sqrt((left * left).sum(axis=1, keepdims=True))
    tip = length < 0.3
    along = np.where(tip, _unit(arriving - leaving), _unit(left))
    # The mean of two unit normals is cos(half the turn) long, and a mitre is one over that.
    reach = np.where(tip, 1.0, np.minimum(2 / np.maximum(length, 0.3), MITRE))
    return along * reach


def _unit(vectors: Floats) -> Floats:
    length = np.sqrt((vectors * vectors).sum(axis=1, keepdims=True))
    return vectors / np.where(length == 0, 1.0, length)


def areas(points: Floats, contour_end: Flags) -> Floats:
    """Return the signed area of each contour's control polygon; clockwise is positive."""
    _, after = neighbours(contour_end)
    cross = points[after, 0] * points[:, 1] - points[:, 0] * points[after, 1]
    starts, _ = contours(contour_end)
    return np.add.reduceat(cross, starts) / 2 if len(starts) else np.zeros(0)

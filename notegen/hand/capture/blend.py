"""Blends: a letter between two tries of it, as its writer might make it another time.

Two outlines of the same build are walked in step: their contours are matched, and each point of one gets the point of
the other that it fits best in place and direction, in order (dynamic time warping, all contour pairs at once). The
blend lies between such points. It is kept only when its strokes are as thick as its parents' are.
"""

from __future__ import annotations

import numpy as np

from notegen.hand.capture import trace
from notegen.hand.outline import Floats, Shapes

POINTS = 160
"""Points that each contour is walked in."""
TURN = 0.55
"""Weight of direction beside place, mm for the opposite direction."""
FARTHEST = 0.5
"""Root mean square distance between matched points beyond which two outlines are no pair, x-heights."""
THICKNESS = 0.14
"""Part by which a blend's strokes may be thicker or thinner than its parents' are on average."""


def blend(one: Shapes, other: Shapes, part: float, x_height: float, stroke: float) -> Shapes | None:
    """Return the outline `part` of the way from one to another, all in mm, or None when they are no pair."""
    first, second = trace.rings(one, 8), trace.rings(other, 8)
    order = _matched(first, second)
    if order is None:
        return None
    made = []
    for mine, place in zip(first, order, strict=True):
        a, b = _even(mine), _even(second[place])
        b = _turned(a, b)
        steps = _walk(a, b)
        gap = a[steps[:, 0]] - b[steps[:, 1]]
        middle = a.mean(axis=0) - b.mean(axis=0)
        if float(np.sqrt(((gap - middle) ** 2).sum(axis=1).mean())) > FARTHEST * x_height:
            return None
        made.append(a[steps[:, 0]] * (1 - part) + b[steps[:, 1]] * part)
    if not _is_as_thick(made, first, second, part):
        return None
    return trace.smooth(made, stroke)


def _matched(first: list[Floats], second: list[Floats]) -> list[int] | None:
    """Return, for each contour, the other outline's that it becomes; None when the outlines are built differently."""
    signs = [sorted(np.sign(_area(ring)) for ring in rings) for rings in (first, second)]
    if not first or signs[0] != signs[1]:
        return None
    free = list(range(len(second)))
    order = []
    middle = [np.concatenate(rings).mean(axis=0) for rings in (first, second)]
    for ring in first:
        same = [one for one in free if np.sign(_area(second[one])) == np.sign(_area(ring))]
        here = ring.mean(axis=0) - middle[0]
        best = min(same, key=lambda one: float(np.abs(second[one].mean(axis=0) - middle[1] - here).sum()))
        free.remove(best)
        order.append(best)
    return order


def _area(ring: Floats) -> float:
    after = np.roll(ring, -1, axis=0)
    return float((ring[:, 0] * after[:, 1] - after[:, 0] * ring[:, 1]).sum() / 2)


def _even(ring: Floats) -> Floats:
    """Return POINTS points at even steps along a closed contour."""
    closed = np.concatenate((ring, ring[:1]))
    length = np.sqrt((np.diff(closed, axis=0) ** 2).sum(axis=1))
    travelled = np.concatenate(([0.0], np.cumsum(length)))
    want = np.arange(POINTS) * (travelled[-1] / POINTS)
    return np.stack([np.interp(want, travelled, closed[:, axis]) for axis in range(2)], axis=1)


def _turned(a: Floats, b: Floats) -> Floats:
    """Return the second contour begun where it fits the first best, both about their middles."""
    here, there = a - a.mean(axis=0), b - b.mean(axis=0)
    costs = [float(((here - np.roll(there, -shift, axis=0)) ** 2).sum()) for shift in range(0, POINTS, 2)]
    return np.roll(b, -2 * int(np.argmin(costs)), axis=0)


def _walk(a: Floats, b: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Return the pairs of points (n, 2) by which both contours are walked from start to end in step."""
    here, there = a - a.mean(axis=0), b - b.mean(axis=0)
    along = [np.roll(one, -2, axis=0) - np.roll(one, 2, axis=0) for one in (here, there)]
    along = [one / np.maximum(np.sqrt((one * one).sum(axis=1, keepdims=True)), 1e-9) for one in along]
    cost = ((here[:, None] - there[None]) ** 2).sum(axis=2) + TURN * TURN * (1 - along[0] @ along[1].T) / 2
    total = np.full((POINTS + 1, POINTS + 1), np.inf)
    total[0, 0] = 0.0
    # One diagonal after another: all its cells hang on the two diagonals before it alone.
    for diagonal in range(2, 2 * POINTS + 1):
        i = np.arange(max(1, diagonal - POINTS), min(POINTS, diagonal - 1) + 1)
        j = diagonal - i
        before = np.minimum(total[i - 1, j - 1], 1e-4 + np.minimum(total[i - 1, j], total[i, j - 1]))
        total[i, j] = before + cost[i - 1, j - 1]
    return _back(total)


def _back(total: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    i = j = POINTS
    steps = []
    while i > 0 and j > 0:
        steps.append((i - 1, j - 1))
        options = ((total[i - 1, j - 1], i - 1, j - 1), (total[i - 1, j], i - 1, j), (total[i, j - 1], i, j - 1))
        _, i, j = min(options)
    return np.array(steps[::-1], np.int64)


def _thickness(rings: list[Floats]) -> float:
    edge = sum(float(np.sqrt((np.diff(ring, axis=0, append=ring[:1]) ** 2).sum(axis=1)).sum()) for ring in rings)
    return 2 * abs(sum(_area(ring) for ring in rings)) / max(edge, 1e-9)


def _is_as_thick(made: list[Floats], first: list[Floats], second: list[Floats], part: float) -> bool:
    wanted = _thickness(first) * (1 - part) + _thickness(second) * part
    return abs(_thickness(made) - wanted) < THICKNESS * wanted

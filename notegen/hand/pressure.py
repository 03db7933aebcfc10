"""How hard the pen is pressed along a letter's strokes, and where these end in the air.

Both follow from a drawing's edge alone: a free end is where the edge goes round a tip no wider than a stroke, a turn is
where it bends within a few strokes' widths.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from notegen.hand import outline
from notegen.hand.outline import Floats, Ints, Shapes
from notegen.hand.simplify import STEP, Edge, even, sample, whole

TAPER = 0.6
"""Length over which a free end is near, x-heights along the edge."""
TIP_WINDOW = 0.9
"""Stretch of edge on each side of a tip over which it turns round, stroke widths."""
WIDEST_TIP = 1.7
"""Distance of the two edges beside a tip, stroke widths."""
TURN_WINDOW = 0.22
"""Stretch of edge on each side over which a turn is one, x-heights."""
START, TURN, WANDER = 1.4, 1.1, 0.85
"""How much heavier starts and turns are, and the random field's share; the variance of all is about 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Strokes:
    """For each point of some drawings: nearness to a free end (0 to 1), and how much heavier than usual it is."""

    tip: Floats
    heavy: Floats


def strokes(shapes: Shapes, stroke: float, x_height: float) -> Strokes:
    """Return where the strokes of some drawings end and turn."""
    if not len(shapes.points):
        return Strokes(np.zeros(0), np.zeros(0))
    edge = sample(shapes)
    tip = _near(_tips(edge, stroke), edge, TAPER * x_height)
    turn = _near(even(_turns(edge, x_height), edge, 3), edge, TURN_WINDOW * x_height)
    at = _samples_of(shapes, edge)
    near = tip[at]
    near = near * near * (3 - 2 * near)
    heavy = START * near * _earliness(shapes) + TURN * turn[at] * (1 - near)
    share = _share(shapes)
    # Points are many at turns: only by length of edge is the usual pressure, and so the usual stroke, the pen's own.
    whole_edge = np.bincount(shapes.owner, share, len(shapes))
    mean = np.bincount(shapes.owner, heavy * share, len(shapes)) / np.maximum(whole_edge, 1e-12)
    return Strokes(near, heavy - mean[shapes.owner])


def _share(shapes: Shapes) -> Floats:
    """Return how long the edge is that each point stands for: half of the way to either neighbour."""
    before, after = outline.neighbours(shapes.contour_end)
    step = shapes.points[after] - shapes.points
    length = np.sqrt((step * step).sum(axis=1))
    halves: Floats = (length + length[before]) / 2
    return halves


def _directions(edge: Edge, window: float) -> tuple[Floats, Ints, Ints]:
    """Return the cosine of the turn of the edge about each sample, and the samples a window before and after it."""
    reach = np.maximum(np.rint(window / edge.step), 1).astype(np.int64)
    base, count = edge.starts[edge.contour], edge.counts[edge.contour]
    place = np.arange(len(edge.points)) - base
    behind, ahead = base + (place - reach) % count, base + (place + reach) % count
    step = edge.points[edge.after] - edge.points[edge.before]
    step = step / np.maximum(np.sqrt((step * step).sum(axis=1, keepdims=True)), 1e-12)
    return (step[behind] * step[ahead]).sum(axis=1), behind, ahead


def _tips(edge: Edge, stroke: float) -> Floats:
    """Return how much of a free end each sample of the edge is, 0 to 1."""
    cosine, behind, ahead = _directions(edge, TIP_WINDOW * stroke)
    chord = edge.points[ahead] - edge.points[behind]
    middle = (edge.points[ahead] + edge.points[behind]) / 2 - edge.points
    along = edge.points[edge.after] - edge.points[edge.before]
    inside = along[:, 0] * middle[:, 1] - along[:, 1] * middle[:, 0] < 0
    narrow = (chord * chord).sum(axis=1) < (WIDEST_TIP * stroke) ** 2
    # A dot is all tip: it has no stroke that could end.
    length = (edge.counts[edge.contour] * edge.step) > 6 * stroke
    found = np.clip((-cosine - 0.4) / 0.4, 0.0, 1.0)
    return np.where(inside & narrow & length, found, 0.0)


def _turns(edge: Edge, x_height: float) -> Floats:
    cosine, _, _ = _directions(edge, TURN_WINDOW * x_height / 2)
    return np.clip((0.6 - cosine) / 1.2, 0.0, 1.0)


def _near(values: Floats, edge: Edge, reach: float) -> Floats:
    """Return the values falling to 0 on both sides of the edge within the reach."""
    fall = edge.step / reach
    for _ in range(int(reach / STEP) + 2):
        values = np.maximum(values, np.maximum(values[edge.before], values[edge.after]) - fall)
    return values


def _samples_of(shapes: Shapes, edge: Edge) -> Ints:
    """Return the sample of the edge that is nearest to each point, along it."""
    pieces, at = outline.curves(shapes.points, shapes.on_curve, shapes.contour_end)
    t = (np.arange(5) / 4)[:, None, None]
    dense = (1 - t) * (1 - t) * pieces[:, 0] + 2 * t * (1 - t) * pieces[:, 1] + t * t * pieces[:, 2]
    steps = np.diff(dense, axis=0)
    length = np.zeros(len(shapes.points))
    length[at] = whole(np.sqrt((steps * steps).sum(axis=2)).sum(axis=0))
    starts, ends = outline.contours(shapes.contour_end)
    contour = np.repeat(np.arange(len(starts)), ends - starts + 1)
    run = np.cumsum(length) - length
    place = run - run[starts][contour] + np.where(shapes.on_curve, 0.0, length / 2)
    total = np.maximum(np.add.reduceat(length, starts)[contour], 1e-12)
    count = edge.counts[contour]
    return edge.starts[contour] + np.rint(place / total * count).astype(np.int64) % count


def _earliness(shapes: Shapes) -> Floats:
    """Return how early in its letter a pen comes by each point: 1 at the top left, 0 at the bottom right."""
    box = outline.bounds(shapes)[shapes.owner]
    size = np.maximum(box[:, 2:] - box[:, :2], 1e-6)
    part = (shapes.points - box[:, :2]) / size
    return np.clip(0.5 + (part[:, 1] - part[:, 0]) / 2, 0.0, 1.0)


def pressure(wander: Floats, heavy: Floats) -> Floats:
    """Return the pen's pressure: a smooth random field of variance 1, and what is heavier by its place."""
    return np.clip(WANDER * wander + heavy, -3.0, 3.0)

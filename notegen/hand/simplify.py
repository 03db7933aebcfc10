"""Outlines drawn anew with few points: a smooth curve through what the pen did, without the scanner's roughness.

Each contour becomes one closed quadratic B-spline, which TrueType can hold as it is. Its knots are dense where the edge
bends and sparse where it runs straight; its control points are moved until the curve lies on the edge. A contour that
cannot be followed within the tolerance keeps its own points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from notegen.hand import outline
from notegen.hand.outline import Flags, Floats, Ints, Shapes

TOLERANCE = 0.25
"""Farthest that a new contour may be from the old one, stroke widths: what a sharp tip loses, and no pen has."""
_AIM = 0.0012
"""Distance that the density of knots aims at, ems."""
STEP = 0.011
"""Distance of the samples along an edge, ems."""
_LONGEST = 0.22
"""Longest distance between knots, ems: a straight stroke must still be able to bend."""
_ROUNDS = 12
_PARTS = 4_294_967_296.0
_DENSER = (1.0, 1.6)
"""Densities tried, one after another, for the contours that are not yet followed well enough."""


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """Contours sampled at even steps: `points`, the contour of each, and the neighbours along it."""

    points: Floats
    contour: Ints
    starts: Ints
    counts: Ints
    before: Ints
    after: Ints
    step: Floats


def simplify(shapes: Shapes, tolerance: float) -> Shapes:
    """Return the shapes with each contour replaced where a curve with fewer points is within the tolerance of it, ems.

    What becomes of a shape does not depend on the others that are done with it.
    """
    starts, ends = outline.contours(shapes.contour_end)
    counts = ends - starts + 1
    alone = Shapes(shapes.points, shapes.on_curve, shapes.contour_end, np.append(starts, len(shapes.points)))
    chosen = [
        (shapes.points[start : end + 1], shapes.on_curve[start : end + 1])
        for start, end in zip(starts, ends, strict=True)
    ]
    waiting = np.arange(len(starts))
    for density in _DENSER:
        if len(waiting) == 0:
            break
        controls, first, error = _fit(sample(outline.take(alone, waiting)), density)
        good = (error < tolerance) & (np.diff(first) + 1 < counts[waiting])
        for number in np.flatnonzero(good):
            chosen[waiting[number]] = _closed(controls[first[number] : first[number + 1]])
        waiting = waiting[~good]
    return _assemble(shapes, starts, chosen) if chosen else shapes


def _closed(controls: Floats) -> tuple[Floats, Flags]:
    """Return a contour's points: its controls, and one on the curve to begin at, which every reader understands."""
    begin = (controls[:1] + controls[-1:]) / 2
    return np.concatenate((begin, controls)), np.arange(len(controls) + 1) == 0


def _assemble(shapes: Shapes, starts: Ints, chosen: list[tuple[Floats, Flags]]) -> Shapes:
    lengths = np.array([len(points) for points, _ in chosen])
    contour_end = np.zeros(int(lengths.sum()), np.bool_)
    contour_end[np.cumsum(lengths) - 1] = True
    per_shape = np.bincount(shapes.owner[starts], lengths, len(shapes)).astype(np.int64)
    return Shapes(
        np.concatenate([points for points, _ in chosen]),
        np.concatenate([flags for _, flags in chosen]),
        contour_end,
        np.concatenate(([0], np.cumsum(per_shape))),
    )


def sample(shapes: Shapes) -> Edge:
    """Return all contours sampled at even steps of about STEP."""
    pieces, at = outline.curves(shapes.points, shapes.on_curve, shapes.contour_end)
    order = np.argsort(at, kind="stable")
    pieces, at = pieces[order], at[order]
    t = np.arange(4) / 4
    weights = np.stack(((1 - t) * (1 - t), 2 * t * (1 - t), t * t))
    dense = sum(pieces[:, i, None, :] * weights[i][None, :, None] for i in range(3)).reshape(-1, 2)
    contour_of_point: Ints = np.cumsum(shapes.contour_end) - shapes.contour_end
    contour: Ints = np.repeat(contour_of_point[at], 4)
    last = np.append(contour[1:] != contour[:-1], True)
    first, ends = outline.contours(last)
    _, after = outline.neighbours(last)
    length = whole(np.sqrt(((dense[after] - dense) ** 2).sum(axis=1)))
    total = np.add.reduceat(length, first)
    counts = np.maximum(np.ceil(total / STEP).astype(np.int64), 16)
    travelled = np.concatenate(([0.0], np.cumsum(length)))
    step = total / counts
    which = np.repeat(np.arange(len(first)), counts)
    along = outline.ranges(np.zeros(len(first), np.int64), counts)
    want = travelled[first][which] + np.rint(along * step[which] * _PARTS) / _PARTS
    cell = np.clip(np.searchsorted(travelled, want, side="right") - 1, first[which], ends[which])
    part = np.clip((want - travelled[cell]) / np.where(length[cell] == 0, 1, length[cell]), 0, 1)[:, None]
    points = dense[cell] * (1 - part) + dense[after[cell]] * part
    starts = np.cumsum(counts) - counts
    closing = np.zeros(len(points), np.bool_)
    closing[starts + counts - 1] = True
    before, after = outline.neighbours(closing)
    return Edge(points, which, starts, counts, before, after, step[which])


def whole(values: Floats) -> Floats:
    """Return values as whole parts of 2^32, at least one, so that sums of them are exact whatever was summed before."""
    return np.maximum(np.rint(values * _PARTS), 1.0) / _PARTS


def even(values: Floats, edge: Edge, times: int) -> Floats:
    """Return values smoothed along their contours."""
    for _ in range(times):
        values = (values[edge.before] + 2 * values + values[edge.after]) / 4
    return values


def _density(edge: Edge) -> Floats:
    """Return how many knots each sample asks for per em: as a circle of its curvature needs for the aimed distance."""
    smooth = even(edge.points, edge, 6)
    bend = smooth[edge.before] - 2 * smooth + smooth[edge.after]
    curvature = np.sqrt((bend * bend).sum(axis=1)) / (edge.step * edge.step)
    return even(np.cbrt(curvature * curvature / (100 * _AIM)) + 1 / _LONGEST, edge, 10)


def _fit(edge: Edge, denser: float) -> tuple[Floats, Ints, Floats]:
    """Return all contours' control points, where each contour's begin, and how far each is from its edge at most.

    The control points are found by moving each towards what its samples miss, over and over: it comes to the least
    squares, needs no solver, and does the whole face at once.
    """
    weight = whole(_density(edge) * edge.step * denser)
    total = np.add.reduceat(weight, edge.starts)
    count = np.maximum(np.ceil(total).astype(np.int64), 5)
    first = np.concatenate(([0], np.cumsum(count)))
    run = np.cumsum(weight)
    place = (run - weight - (run - weight)[edge.starts][edge.contour]) * (count / total)[edge.contour]
    cell = np.minimum(place.astype(np.int64), count[edge.contour] - 1)
    t = place - cell
    shares = np.stack(((1 - t) * (1 - t), 1 + 2 * t - 2 * t * t, t * t)) / 2
    base, size = first[:-1][edge.contour], count[edge.contour]
    index = np.stack([base + (cell + i) % size for i in range(3)])
    controls = _gathered(edge.points, index, shares, int(first[-1]))
    for _ in range(_ROUNDS):
        missed = edge.points - _curve(controls, index, shares)
        controls = controls + _gathered(missed, index, shares, int(first[-1]))
    missed = edge.points - _curve(controls, index, shares)
    distance = np.sqrt((missed * missed).sum(axis=1))
    return controls, first, np.maximum.reduceat(distance, edge.starts)


def _curve(controls: Floats, index: Ints, shares: Floats) -> Floats:
    curve: Floats = controls[index[0]] * shares[0][:, None]
    for i in (1, 2):
        curve += controls[index[i]] * shares[i][:, None]
    return curve


def _gathered(values: Floats, index: Ints, shares: Floats, count: int) -> Floats:
    """Return the mean of the samples' values around each control point, weighted by its share in them."""
    flat, weight = index.ravel(), shares.ravel()
    norm = np.maximum(np.bincount(flat, weight, count), 1e-9)
    columns = [np.bincount(flat, weight * np.tile(values[:, axis], 3), count) / norm for axis in range(2)]
    return np.stack(columns, axis=1)

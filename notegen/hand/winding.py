"""Contours made to go with the ink on their right, so that a normal always points out of it.

A filled shape looks the same whichever way round its edge is drawn, and some fonts draw an accent's letter backwards;
the pen's weight, which moves edges along their normals, would then make that letter thin where it should grow.
"""

from __future__ import annotations

import numpy as np

from notegen.hand import outline
from notegen.hand.outline import Floats, Shapes


def orient(shape: Shapes) -> Shapes:
    """Return a set of one shape with every outer contour clockwise; a hole, inside another contour, stays as it is."""
    starts, ends = outline.contours(shape.contour_end)
    backwards = np.flatnonzero(outline.areas(shape.points, shape.contour_end) < 0)
    if len(backwards) == 0:
        return shape
    index = np.arange(len(shape.points))
    rings = [shape.points[start : end + 1] for start, end in zip(starts, ends, strict=True)]
    for number in backwards:
        others = (ring for other, ring in enumerate(rings) if other != number)
        if not any(is_inside(rings[number][0], ring) for ring in others):
            start, end = starts[number], ends[number]
            index[start : end + 1] = index[start : end + 1][::-1]
    return Shapes(shape.points[index], shape.on_curve[index], shape.contour_end, shape.first)


def is_inside(point: Floats, ring: Floats) -> bool:
    """Whether a ray to the right crosses the ring an odd number of times."""
    after = np.roll(ring, -1, axis=0)
    spans = (ring[:, 1] > point[1]) != (after[:, 1] > point[1])
    rise = np.where(spans, after[:, 1] - ring[:, 1], 1.0)
    crossing = ring[:, 0] + (point[1] - ring[:, 1]) / rise * (after[:, 0] - ring[:, 0])
    return bool(np.count_nonzero(spans & (crossing > point[0])) % 2)

"""How broad the strokes of a drawing are: what a pen's width is compared with, so that it comes out on paper.

Area over edge, the plain measure, counts crossings twice and came out up to a tenth too broad; a pen of 0.34 mm then
wrote 0.30. So the ink is crossed at right angles from every piece of its edge.
"""

from __future__ import annotations

import numpy as np

from notegen.hand import outline
from notegen.hand.outline import Floats, Shapes

WITHIN = 0.92
"""Width that a meter finds inside the strokes (circles that fit, along the middle line) over the width straight across:
0.89 to 0.95 in eight hands, less where strokes bend more."""


def usual(shapes: Shapes) -> float:
    """Return the usual width of the strokes of some drawings: the median along their edges."""
    across, length = zip(*(_across(one) for one in outline.apart(shapes)), strict=True)
    widths, weights = np.concatenate(across), np.concatenate(length)
    order = np.argsort(widths, kind="stable")
    total = np.cumsum(weights[order])
    return float(widths[order][np.searchsorted(total, total[-1] / 2)]) * WITHIN


def _across(shape: Shapes) -> tuple[Floats, Floats]:
    """Return how broad the ink is straight across from each piece of one drawing's edge, and the pieces' lengths."""
    lines, _ = outline.flatten(shape)
    start, step = lines[:, 0], lines[:, 1] - lines[:, 0]
    length = np.sqrt((step * step).sum(axis=1))
    drawn = length > 1e-9
    middle, along = (start + step / 2)[drawn], step[drawn] / length[drawn, None]
    inward = np.stack((along[:, 1], -along[:, 0]), axis=1)[:, None]
    from_here = start[None] - middle[:, None]
    turn = _cross(inward, step[None])
    flat = np.abs(turn) < 1e-12
    turn[flat] = 1.0
    distance = _cross(from_here, step[None]) / turn
    place = _cross(from_here, inward) / turn
    met = ~flat & (place >= 0) & (place <= 1) & (distance > 1e-6)
    nearest = np.where(met, distance, np.inf).min(axis=1)
    found = np.isfinite(nearest)
    return nearest[found], length[drawn][found]


def _cross(a: Floats, b: Floats) -> Floats:
    crossed: Floats = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return crossed

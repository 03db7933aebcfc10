"""Outlines of ink: smooth closed curves with few points along the edges of strokes, finer than the pixels.

The edge runs where the ink's level field crosses zero, found between pixels by linear interpolation; the curves are the
closed quadratic splines that `hand.simplify` fits to any font's outlines, so no tracing library is needed.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from notegen.hand import outline
from notegen.hand.capture.ink import Grey, Mask
from notegen.hand.outline import Floats, Shapes
from notegen.hand.simplify import simplify

SPECK = 0.35
"""Smallest area of an outline or of a hole, in squares of the stroke's width."""
EM = 8.0
"""Size at which writing is about as large as a font's letters in their em, mm: an x-height of 3.2 mm is 0.4."""
FINER = 1.5
"""By how much the curves are fitted more closely than those of a font, whose outlines were fitted once before."""
CLOSE = 0.6
"""Part of a font's tolerance within which a curve has to follow the edge."""
OUTSIDE = -0.5
"""Level of what belongs to no part of the letter."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field of pixels lies: its upper left pixel's middle is at (`left`, `top`) mm, y upwards."""

    left: float
    top: float
    per_mm: float


def trace(field: Grey, mask: Mask, place: Place, stroke: float) -> Shapes:
    """Return the outline, a set of one shape in mm, of the ink that a mask points out in a level field.

    `field` (height, width) is positive in ink; only ink of the mask's connected parts is traced. `stroke` is the pen's
    width in mm. Outer contours go clockwise and holes the other way.
    """
    from skimage.measure import find_contours

    near = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    # Just beyond the mask's rim the field must go on falling, or the contour is pulled to the pixels' raster.
    own = np.where(near, field, np.minimum(field, OUTSIDE))
    own = np.where(near & ~mask, np.minimum(own, -1e-4), own)
    padded = np.pad(own, 1, constant_values=OUTSIDE)
    found: list[Floats] = []
    for contour in find_contours(padded, 0.0, positive_orientation="high"):  # type: ignore[no-untyped-call]
        ring = np.stack((contour[:-1, 1] - 1, 1 - contour[:-1, 0]), axis=1)[::-1] / place.per_mm
        if len(ring) >= 8 and abs(_area(ring)) > SPECK * stroke * stroke:
            found.append(ring + np.array((place.left, place.top)))
    if not found:
        return Shapes(np.zeros((0, 2)), np.zeros(0, np.bool_), np.zeros(0, np.bool_), np.array([0, 0]))
    return smooth(found, stroke)


def smooth(closed: list[Floats], stroke: float) -> Shapes:
    """Return closed polygons, mm, as a set of one shape of smooth curves."""
    return _fitted(polygons(closed), stroke)


def _fitted(rough: Shapes, stroke: float) -> Shapes:
    """Return the curves fitted as if the letter were FINER times as large, and so that much closer to the edge."""
    scale = FINER / EM
    large = Shapes(rough.points * scale, rough.on_curve, rough.contour_end, rough.first)
    fitted = simplify(large, stroke * scale * CLOSE)
    return Shapes(fitted.points / scale, fitted.on_curve, fitted.contour_end, fitted.first)


def polygons(closed: list[Floats]) -> Shapes:
    """Return rings of points as a set of one shape."""
    ends = np.cumsum([len(ring) for ring in closed]) - 1
    closing = np.zeros(int(ends[-1]) + 1, np.bool_)
    closing[ends] = True
    return Shapes(np.concatenate(closed), np.ones(len(closing), np.bool_), closing, np.array([0, len(closing)]))


def fill(shapes: Shapes, place: Place, size: tuple[int, int], steps: int = 6) -> Mask:
    """Return the pixels (height, width = `size`) inside an outline: what a trace can be compared with."""
    # OpenCV also colours the pixels that an edge runs through: four times as fine, that is an eighth of a pixel.
    pixels = np.zeros((size[0] * 4, size[1] * 4), np.uint8)
    fixed = [
        np.rint((np.stack((ring[:, 0] - place.left, place.top - ring[:, 1]), axis=1) * place.per_mm * 4 + 1.5) * 256)
        .astype(np.int32)
        .reshape(-1, 1, 2)
        for ring in rings(shapes, steps)
    ]
    if fixed:
        cv2.fillPoly(pixels, fixed, 255, shift=8)
    return np.asarray(cv2.resize(pixels, size[::-1], interpolation=cv2.INTER_AREA) > 127, np.bool_)


def rings(shapes: Shapes, steps: int = 6) -> list[Floats]:
    """Return each contour as a polygon, each of its curves cut into `steps` straight pieces."""
    starts, ends = outline.contours(shapes.contour_end)
    return [
        _dense(
            Shapes(
                shapes.points[start : end + 1],
                shapes.on_curve[start : end + 1],
                shapes.contour_end[start : end + 1],
                np.array([0, end + 1 - start]),
            ),
            steps,
        )
        for start, end in zip(starts, ends, strict=True)
    ]


def _dense(one: Shapes, steps: int) -> Floats:
    """Return a closed contour's points, its curves cut into straight pieces in writing order."""
    pieces, at = outline.curves(one.points, one.on_curve, one.contour_end)
    pieces = pieces[np.argsort(at, kind="stable")]
    t = np.arange(steps) / steps
    weights = np.stack(((1 - t) * (1 - t), 2 * t * (1 - t), t * t))
    dense: Floats = np.einsum("nkd,kt->ntd", pieces, weights).reshape(-1, 2)
    return dense


def _area(ring: Floats) -> float:
    after = np.roll(ring, -1, axis=0)
    return float((ring[:, 0] * after[:, 1] - after[:, 0] * ring[:, 1]).sum() / 2)

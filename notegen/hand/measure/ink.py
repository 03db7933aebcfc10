"""Which pixels of a page are ink of its writing, joined up into parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from skimage.morphology import skeletonize

from notegen.hand.outline import Flags, Floats, Ints

Grey = NDArray[np.uint8]

DARKEST, LIGHTEST = 120.0, 215.0
"""The threshold between ink and paper stays between these, of 0 (black) to 255."""

SPECK = 0.00015
"""Parts smaller than this, in square inches, are dust."""

TALLEST, WIDEST = 0.9, 4.0
"""Parts larger than this, in inches, are no letters."""

SOLID, HOLE = 0.6, 0.12
"""A part that fills so much of its box, and is larger than HOLE inches both ways, is a hole or a blot."""

NEAR = 12
"""Half a stroke's width, in pixels, up to which it is found by trying the neighbours."""


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """The ink of a page: `mask` (H, W), and its pixels in rows: `y`, `x` and the number of the part each is in.

    Parts are pixels that touch, corners included; `top`, `bottom`, `left`, `right` (half open) are their boxes and
    `middle` (parts, 2) the (y, x) of their centres of mass. Lengths are in pixels.
    """

    mask: Flags
    y: Ints
    x: Ints
    part: Ints
    top: Ints
    bottom: Ints
    left: Ints
    right: Ints
    middle: Floats

    def __len__(self) -> int:
        return len(self.top)


def find(grey: Grey, dpi: float) -> Ink:
    """Return the ink of a page, without dust, holes, blots and what runs over its edges."""
    labels, count = ndimage.label(grey < threshold(grey), structure=np.ones((3, 3)))
    y, x = np.nonzero(labels)
    part = labels[y, x].astype(np.int64) - 1
    boxes = _boxes(labels, count)
    keep = _writing(boxes, np.bincount(part, minlength=count), grey.shape, dpi)
    kept = keep[part]
    y, x, part = y[kept], x[kept], (np.cumsum(keep) - 1)[part[kept]]
    mask = np.zeros(grey.shape, np.bool_)
    mask[y, x] = True
    top, bottom, left, right = boxes[:, keep]
    weight = np.bincount(part, minlength=len(top))
    middle = np.stack([np.bincount(part, weights=at, minlength=len(top)) / weight for at in (y, x)], axis=1)
    return Ink(mask, y, x, part, top, bottom, left, right, middle)


def threshold(grey: Grey) -> float:
    """Return the grey below which a pixel is ink: Otsu's, kept where a pen can be."""
    counts = np.bincount(grey.ravel(), minlength=256)
    (seen,) = counts.nonzero()
    if len(seen) < 2:
        return DARKEST
    histogram, edges = np.histogram(np.arange(256), bins=256, range=(seen[0], seen[-1]), weights=counts)
    return min(max(otsu(histogram, (edges[:-1] + edges[1:]) / 2), DARKEST), LIGHTEST)


def otsu(counts: Floats, centres: Floats) -> float:
    """Return the centre that parts a histogram into the two classes furthest apart (Otsu 1979)."""
    counts = counts.astype(np.float64)
    below, above = np.cumsum(counts), np.cumsum(counts[::-1])[::-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_below = np.cumsum(counts * centres) / below
        mean_above = (np.cumsum((counts * centres)[::-1]) / above[::-1])[::-1]
    between = below[:-1] * above[1:] * (mean_below[:-1] - mean_above[1:]) ** 2
    return float(centres[np.argmax(between)])


def _boxes(labels: NDArray[np.int32], count: int) -> Ints:
    """Return top, bottom, left, right of each part, (4, parts)."""
    found = ndimage.find_objects(labels, count)
    sides = [(rows.start, rows.stop, columns.start, columns.stop) for rows, columns in found]
    return np.array(sides, np.int64).reshape(-1, 4).T


def _writing(boxes: Ints, area: Ints, shape: tuple[int, ...], dpi: float) -> Flags:
    """Return which parts can be writing."""
    top, bottom, left, right = boxes
    height, width = bottom - top, right - left
    keep = area >= SPECK * dpi * dpi
    keep &= (left > 0) & (top > 0) & (right < shape[1]) & (bottom < shape[0])
    keep &= (height <= TALLEST * dpi) & (width <= WIDEST * dpi)
    blot = (np.minimum(height, width) > HOLE * dpi) & (area > SOLID * height * width)
    kept: Flags = keep & ~blot
    return kept


def widths(ink: Ink) -> tuple[Floats, Ints, Ints]:
    """Return the stroke's width in pixels at each point of its skeleton, and the points' y and x."""
    top, left = max(int(ink.top.min()) - 1, 0), max(int(ink.left.min()) - 1, 0)
    crop = ink.mask[top : int(ink.bottom.max()) + 1, left : int(ink.right.max()) + 1]
    y, x = np.nonzero(skeletonize(crop))  # type: ignore[no-untyped-call]
    y, x = y + top, x + left
    return 2 * to_paper(ink.mask, y, x) - 1, y, x


def to_paper(mask: Flags, y: Ints, x: Ints) -> Floats:
    """Return the distance from each of these ink pixels to the nearest that is none."""
    across = mask.shape[1] + 2 * NEAR
    padded = np.ones((mask.shape[0] + 2 * NEAR, across), np.bool_)
    padded[NEAR:-NEAR, NEAR:-NEAR] = mask
    flat = padded.ravel()
    at = (y + NEAR) * across + x + NEAR
    distance = np.full(len(at), np.inf)
    waiting = np.arange(len(at))
    for dy, dx, far in _neighbours():
        paper = ~flat[at[waiting] + (dy * across + dx)]
        distance[waiting[paper]] = far
        waiting = waiting[~paper]
        if not len(waiting):
            return distance
    distance[waiting] = _far_from_paper(mask, y[waiting], x[waiting])
    return distance


@cache
def _neighbours() -> list[tuple[int, int, float]]:
    """Return the offsets to all pixels within NEAR, the nearest first, and how far they are."""
    span = range(-NEAR, NEAR + 1)
    every = [(dy, dx, (dy * dy + dx * dx) ** 0.5) for dy in span for dx in span]
    return sorted((one for one in every if 0 < one[2] <= NEAR), key=lambda one: one[2])


def _far_from_paper(mask: Flags, y: Ints, x: Ints) -> Floats:
    """Return the distance to paper of pixels deep within ink, by a search tree over the paper's edge."""
    from scipy.spatial import cKDTree

    edge = ndimage.binary_dilation(mask) & ~mask
    distance, _ = cKDTree(np.argwhere(edge)).query(np.stack((y, x), axis=1))
    found: Floats = distance
    return found

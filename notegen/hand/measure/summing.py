"""From the lines of a page to its figures: the part that pixels and placed glyphs share."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

LONG = 25
"""A line's slope counts from so many x-heights of length."""

APART = 1 / 3
"""A line that begins further in than this part of the text's width is no part of the left edge: a date, a signature.

On none of the human pages did one of the writer's own lines.
"""


def robust_line(x: Floats, y: Floats) -> tuple[float, float]:
    """Return slope and level of a line through points, by the median of the slopes of all pairs (Theil and Sen)."""
    first, second = _pairs(len(x))
    across = x[second] - x[first]
    apart = np.abs(across) > 1e-6
    if not apart.any():
        return 0.0, float(np.median(y))
    slope = float(np.median((y[second] - y[first])[apart] / across[apart]))
    return slope, float(np.median(y - slope * x))


@lru_cache(maxsize=512)
def _pairs(count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    first, second = np.triu_indices(count, 1)
    return first, second


def slopes(tangent: Floats, length: Floats, x_height: float) -> Floats:
    """Return the slopes in degrees, uphill positive, of the lines that are long enough; `tangent` has y downwards."""
    degrees: Floats = np.degrees(np.arctan(-tangent[length > LONG * x_height]))
    return degrees


def pitches(level: Floats) -> Floats:
    """Return the distances between lines at these heights, y downwards, without those across a paragraph's gap."""
    pitch = np.diff(level)
    usual = float(np.median(pitch)) if len(pitch) else 0.0
    near: Floats = pitch[(pitch > 0.6 * usual) & (pitch < 1.6 * usual)]
    return near


def edge(left: Floats, right: Floats) -> tuple[float, Floats, float]:
    """Return how far the left edge drifts per line, how far each line begins from where that would have it, its range.

    Lines that are set apart, such as a date on the right, are left out.
    """
    first, last = left.min(), right.max()
    (own,) = (left <= first + APART * (last - first)).nonzero()
    number, begins = own.astype(np.float64), left[own]
    drift, start = robust_line(number, begins) if len(own) > 3 else (0.0, 0.0)
    return drift, begins - (drift * number + start), float(np.ptp(begins))


def middle(values: Floats) -> float | None:
    """Return the median, None without values."""
    return float(np.median(values)) if len(values) else None


def mean(values: Floats) -> float | None:
    """Return the mean, None without values."""
    return float(values.mean()) if len(values) else None


def spread(values: Floats, least: int) -> float | None:
    """Return the standard deviation, None for fewer than `least` values."""
    return float(values.std()) if len(values) >= least else None


def variation(values: Floats, least: int) -> float | None:
    """Return the coefficient of variation, None for fewer than `least` values."""
    return float(values.std() / values.mean()) if len(values) >= least else None


def robust_spread(values: Floats, least: int) -> float | None:
    """Return the standard deviation as the median deviation tells it, None for fewer than `least` values."""
    if len(values) < least:
        return None
    return 1.4826 * float(np.median(np.abs(values - np.median(values))))


def times(value: float | None, factor: float) -> float | None:
    """Return a value in another unit."""
    return None if value is None else value * factor

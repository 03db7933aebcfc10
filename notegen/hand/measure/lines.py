"""Where a page's lines of writing run: followed through blurred ink, then fitted through the feet of the letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage
from scipy.signal import find_peaks

from notegen.hand.measure.ink import Ink
from notegen.hand.measure.summing import robust_line
from notegen.hand.outline import Flags, Floats, Ints, ranges

STEEPEST = 0.15
"""Greatest slope (tangent) at which a line is followed."""

BLUR = (0.45, 3.5)
"""How far ink is blurred down and across before lines are followed, x-heights (standard deviations)."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of writing: y = `slope` x + `level` in pixels, y downwards, through the `feet` (n, 2: x, y) of letters."""

    slope: float
    level: float
    feet: Floats

    def at(self, x: float) -> float:
        """Return the baseline's y at x."""
        return self.slope * x + self.level


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """A page's ink in strips `step` pixels wide that begin at `x`: `sums` of each (H, strips), `blurred` at their x."""

    step: int
    x: Ints
    sums: Floats
    blurred: Floats


Track = list[tuple[int, int]]
"""Points (strip, y) along the middle of a line."""


def strips(ink: Ink, x_height: float) -> Columns:
    """Cut the page into strips of 0.8 x-heights and blur it along its lines."""
    width = ink.mask.shape[1]
    step = max(4, int(x_height * 0.8))
    x = np.arange(0, width, step)
    sums = np.add.reduceat(ink.mask, x, axis=1, dtype=np.int32).astype(np.float64)
    blurred = _across(ink, x, width, BLUR[1] * x_height)
    return Columns(step, x, sums, ndimage.gaussian_filter1d(blurred, BLUR[0] * x_height, axis=0))


def _across(ink: Ink, x: Ints, width: int, sigma: float) -> Floats:
    """Return the page blurred across (Gaussian, cut at 4 sigma, mirrored at the edges) at some columns alone."""
    top, bottom = int(ink.top.min()), int(ink.bottom.max())
    kernel = np.exp(-0.5 * (np.arange(width)[:, None] - x) ** 2 / sigma**2)
    reach = int(4 * sigma + 0.5)
    near = np.abs(np.arange(width)[:, None] - x) <= reach
    kernel *= near
    for mirrored in (-1 - np.arange(width), 2 * width - 1 - np.arange(width)):
        away = mirrored[:, None] - x
        kernel += np.exp(-0.5 * away**2 / sigma**2) * (np.abs(away) <= reach)
    total = np.exp(-0.5 * np.arange(-reach, reach + 1) ** 2 / sigma**2).sum()
    blurred = np.zeros((ink.mask.shape[0], len(x)))
    blurred[top:bottom] = ink.mask[top:bottom].astype(np.float32) @ (kernel / total).astype(np.float32)
    return blurred


def follow(columns: Columns, x_height: float) -> list[Track]:
    """Return the middles of the lines, followed from left to right; those shorter than 10 x-heights are left out."""
    tracks: list[Track] = []
    step, highest = columns.step / x_height, columns.blurred.max()
    for strip, profile in enumerate(columns.blurred.T):
        peaks, _ = find_peaks(
            profile, distance=max(3, 1.3 * x_height), height=0.10 * highest, prominence=0.04 * highest
        )
        free = [int(peak) for peak in peaks]
        for track in sorted(tracks, key=len, reverse=True):
            if (strip - track[-1][0]) * step > 8 or not free:
                continue
            expected = _expected(track, strip, columns.step)
            nearest = min(free, key=lambda peak: abs(peak - expected))
            if abs(nearest - expected) < 0.75 * x_height:
                track.append((strip, nearest))
                free.remove(nearest)
        tracks += [[(strip, peak)] for peak in free]
    return [track for track in tracks if (track[-1][0] - track[0][0]) * step > 10]


def _expected(track: Track, strip: int, step: int) -> float:
    """Return the y at which a line is expected in a strip, from its last twelve points."""
    last, y = track[-1]
    recent = track[-12:]
    if len(recent) <= 4:
        return y
    n = len(recent)
    mean_x = sum(at for at, _ in recent) / n
    mean_y = sum(at for _, at in recent) / n
    over = sum((x - mean_x) * (y - mean_y) for x, y in recent)
    tangent = over / sum((x - mean_x) ** 2 for x, _ in recent) / step
    return y + min(max(tangent, -STEEPEST), STEEPEST) * (strip - last) * step


def body(columns: Columns, tracks: Sequence[Track], x_height: float) -> tuple[int, int]:
    """Return the x-height and how far the baseline is below the middle of a line, in pixels.

    They are where the ink about all lines, row by row, is half of its most.
    """
    reach = int(3 * x_height)
    strip, y = np.array([point for track in tracks for point in track]).T
    padded = np.pad(columns.sums, ((reach, reach), (0, 0)))
    profile = padded[y[:, None] + np.arange(2 * reach + 1), strip[:, None]].sum(axis=0)
    profile = ndimage.gaussian_filter1d(profile, max(1, 0.05 * x_height))
    low = high = int(np.argmax(profile))
    half = 0.5 * profile[low]
    while low > 0 and profile[low] > half:
        low -= 1
    while high < 2 * reach and profile[high] > half:
        high += 1
    return high - low, high - reach


def feet(ink: Ink, x_height: float) -> Floats:
    """Return the (x, y) of all places where a part of the ink reaches lowest, or lower than beside it."""
    tall = ink.bottom - ink.top >= 0.35 * x_height
    count = np.where(tall, ink.right - ink.left, 0)
    first = np.cumsum(count) - count
    lowest = np.full(int(count.sum()), -1, np.int64)
    of = tall[ink.part]
    part, y = ink.part[of], ink.y[of]
    np.maximum.at(lowest, first[part] + ink.x[of] - ink.left[part], y - ink.top[part])
    chosen = np.flatnonzero(tall)
    count, first = count[chosen], first[chosen]
    sigma = max(0.8, 0.05 * x_height)
    reach, apart = int(4 * sigma + 0.5), max(2, int(np.ceil(0.35 * x_height))) + 1
    # Each part's outline is mirrored at its ends as a blur wants it, and set apart from the next.
    room = count + 2 * reach
    local = ranges(np.full(len(count), -reach), room)
    long = np.repeat(count, room)
    mirrored = local % (2 * long)
    mirrored = np.where(mirrored < long, mirrored, 2 * long - 1 - mirrored)
    padded = ndimage.gaussian_filter1d(lowest[np.repeat(first, room) + mirrored].astype(np.float64), sigma)
    inside = (local >= 0) & (local < long)
    total = int(count.sum()) + apart * (len(count) + 1)
    profile = np.full(total, -99.0)
    place = ranges(first_of(count) + apart * np.arange(1, len(count) + 1), count)
    profile[place] = padded[inside]
    peaks, _ = find_peaks(profile, distance=max(2, 0.35 * x_height), prominence=0.12 * x_height)
    at = np.searchsorted(place, peaks)
    owner = chosen[np.repeat(np.arange(len(count)), count)[at]]
    return np.stack((ink.left[owner] + local[inside][at], ink.top[owner] + lowest[at]), axis=1).astype(np.float64)


def first_of(count: Ints) -> Ints:
    """Return where each run begins when runs of these lengths follow each other."""
    starts: Ints = np.cumsum(count) - count
    return starts


def fit(columns: Columns, tracks: Sequence[Track], standing: Floats, x_height: float, below: float) -> list[Line]:
    """Return the lines, from the top: a robust fit through the feet near each track."""
    found = [line for track in tracks if (line := _fitted(columns, track, standing, x_height, below))]
    middle = columns_middle(columns)
    return list(_merged(sorted(found, key=lambda line: line.at(middle)), x_height))


def columns_middle(columns: Columns) -> float:
    """Return the middle of the page's width, to a strip."""
    return float(columns.x[-1] + columns.step) / 2


def _fitted(columns: Columns, track: Track, standing: Floats, x_height: float, below: float) -> Line | None:
    strip, y = np.array(track, np.float64).T
    x = strip * columns.step
    slope, level = robust_line(x, y)
    near = (standing[:, 0] > x[0] - 6 * x_height) & (standing[:, 0] < x[-1] + 6 * x_height)
    feet = standing[near]
    feet = feet[np.abs(feet[:, 1] - (slope * feet[:, 0] + level + below)) < 0.7 * x_height]
    if len(feet) < 8:
        return None
    for _ in range(4):
        slope, level = robust_line(*feet.T)
        closer = feet[np.abs(feet[:, 1] - (slope * feet[:, 0] + level)) < 0.45 * x_height]
        if len(closer) in (len(feet), *range(8)):
            break
        feet = closer
    return Line(slope, level, feet)


def _merged(lines: Sequence[Line], x_height: float) -> Iterator[Line]:
    """Join neighbours that are pieces of one line."""
    last: Line | None = None
    for line in lines:
        if last is None:
            last = line
            continue
        x = (line.feet[:, 0].mean() + last.feet[:, 0].mean()) / 2
        if abs(line.at(x) - last.at(x)) < 0.8 * x_height:
            feet = np.concatenate((last.feet, line.feet))
            slope, level = robust_line(*feet.T)
            off = feet[:, 1] - (slope * feet[:, 0] + level)
            last = Line(slope, level, feet[np.abs(off) < 0.5 * x_height])
            continue
        yield last
        last = line
    if last is not None:
        yield last


def lines_of(ink: Ink, lines: Sequence[Line], x_height: float) -> Ints:
    """Return the line that each part of the ink belongs to, -1 for none: the one whose letters' middle is nearest."""
    y, x = ink.middle.T
    away = np.abs(np.stack([y - (line.slope * x + line.level - 0.5 * x_height) for line in lines]))
    nearest = away.argmin(axis=0)
    belongs: Flags = away.min(axis=0) < 1.6 * x_height
    return np.where(belongs, nearest, -1)

"""Which drawn letters of a kind cannot be near each other: told by a few numbers, without working out their distance.

A drawn letter is a vector; its components along LANES directions at right angles are never farther apart than the
letters are. They are kept as whole steps, one in each byte of a word, so that one subtraction compares all of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from notegen.hand.outline import Floats, Ints

LANES = 7
"""Directions; the eighth byte tells neighbouring kinds apart."""
_STEPS = 15
"""Steps in the distance that is asked about; two that are nearer differ by no more than so many."""
_MOST = 111
"""Greatest number of steps in a byte: with _RAISED it fills it."""
_AT_ONCE = 4096
"""Letters that are packed at once: what is worked with stays in a processor's first caches."""
_KIND = np.uint64(64 << 56)
_RAISED = np.uint64(0x9090909090909090)
"""128 + 16 in each byte: none borrows from the next, and a difference from -16 to 15 leaves the high bits alone."""
_HIGH, _AS_THEY_WERE = np.uint64(0xE0E0E0E0E0E0E0E0), np.uint64(0x8080808080808080)

_EACH, _LAST = np.uint64(0x0001000100010001), np.uint64(48)

Words = NDArray[np.uint64]


def directions(table: Floats) -> NDArray[np.float32]:
    """Return what finds the components of a slot's letters, (4, LANES, k): for each of a, b, c, d, and each alternate.

    `table` are the products of its alternates (k, k, 4); the directions are those in which these differ most.
    """
    square = table[:, :, 0] + table[:, :, 3]
    centred = square - square.mean(axis=0) - square.mean(axis=1)[:, None] + square.mean()
    values, vectors = np.linalg.eigh((centred + centred.T) / 2)
    values, vectors = values[::-1][:LANES], vectors[:, ::-1][:, :LANES]
    some = values > 1e-9
    weights = np.where(some, vectors / np.sqrt(np.where(some, values, 1.0)), 0.0)
    found = np.zeros((5, LANES, len(table)))
    # A point is drawn at (a x + c y, b x + d y).
    found[:4, : weights.shape[1]] = np.einsum("bl,bap->pla", weights, table[:, :, [0, 2, 1, 3]])
    # Counted from the mean of the letters as they are.
    found[4] = (found[0] + found[3]).mean(axis=1)[:, None]
    return found.astype(np.float32)


def packed(parts: NDArray[np.float32], cell: Ints, matrix: Floats, within: float) -> Words:
    """Return the components of letters, packed.

    `parts` are all slots' (5, LANES, slots * k), and `cell` are places in its last axis.
    `matrix` is (4, ...) as `cell` is (...); `within` is the distance to be asked about, x-heights.
    """
    scale = _STEPS / (within * 1.001)
    cells, drawn = cell.ravel(), (matrix * scale).astype(np.float32).reshape(4, -1)
    lanes = np.zeros((len(cells), 8), np.uint8)
    for start in range(0, len(cells), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        total = parts[4].take(cells[some], axis=1)
        total *= np.float32(-scale)
        for plane, factor in zip(parts[:4], drawn, strict=True):
            part = plane.take(cells[some], axis=1)
            part *= factor[some]
            total += part
        total += np.float32((_MOST + 1) / 2)
        np.clip(total, 0, _MOST, out=total)
        lanes[some, :LANES] = total.astype(np.uint8).T
    return lanes.view("<u8").reshape(cell.shape).astype(np.uint64, copy=False)


def may_be_near(one: Words, other: Words) -> NDArray[np.bool_]:
    """Return which letters may be nearer to others than the distance that they were packed for; most others are not."""
    apart = one + _RAISED
    apart -= other
    apart &= _HIGH
    near: NDArray[np.bool_] = apart == _AS_THEY_WERE
    return near


def are_near(one: Words, other: Words) -> NDArray[np.bool_]:
    """Return the same with fewer that are not, for letters of which `may_be_near` is so."""
    apart = (one + _RAISED - other).view(np.uint8).astype(np.int16)
    apart -= np.int16(0x90)
    np.abs(apart, out=apart)
    # Components were cut off to whole steps.
    apart -= np.int16(1)
    np.maximum(apart, np.int16(0), out=apart)
    apart *= apart
    # Four of them in each word: none reaches 2^9, so one product adds them up in its highest part.
    halves = apart.view(np.uint64).reshape(-1, 2)
    square = halves[:, 0] + halves[:, 1]
    square *= _EACH
    square >>= _LAST
    near: NDArray[np.bool_] = square <= np.uint64(_STEPS * _STEPS)
    return near


def pairs(words: Words, rank: Ints, count: Ints) -> tuple[Ints, Ints]:
    """Return each two letters of one kind that may be near, the later and the earlier one.

    Letters stand kind by kind, largest kinds first; `rank` is each one's place in its kind, `count` the kind's size.
    """
    kind = np.cumsum(rank == 0)
    words = np.where(kind & 1, words | _KIND, words)
    raised = words + _RAISED
    most = int(count[0]) if len(count) else 0
    # So many letters are of kinds larger than each size: of those, two that far apart are of one kind or the next.
    ends = np.searchsorted(-count, -np.arange(most), side="left").tolist()
    later: list[Ints] = []
    lags: list[int] = []
    for lag in range(1, most):
        apart = raised[lag : ends[lag]] - words[: ends[lag] - lag]
        apart &= _HIGH
        later.append(np.flatnonzero(apart == _AS_THEY_WERE))
        lags.append(lag)
    if not later:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    earlier = np.concatenate(later)
    last = earlier + np.repeat(lags, [len(one) for one in later])
    near = np.flatnonzero(are_near(words.take(last), words.take(earlier)))
    return last.take(near), earlier.take(near)

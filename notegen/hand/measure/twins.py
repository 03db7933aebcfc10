"""How alike the most alike letters of a card are: what readers name first is two of one letter that look the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from notegen.hand.outline import Floats, Ints, ranges
from notegen.model.card import Card


@dataclass(frozen=True, slots=True)
class Alike:
    """The least difference between two of one letter, as a part of the x-height: in a row, and anywhere on the card.

    Outlines are laid over each other at the mean of their points and compared point by point (root of the mean square).
    None where no letter is there twice. Shapes of different numbers of points are different drawings, and not compared.
    """

    double: float | None
    any: float | None


def least(card: Card) -> Alike:
    """Return how alike the most alike letters of a card are."""
    x_height = card.pool.x_height * card.em
    counts = np.diff(card.pool.first)[card.outline]
    slot = card.outline // card.pool.k
    doubles, every = [np.inf], [np.inf]
    for same in _groups(slot.astype(np.int64), counts):
        apart = _differences(_drawn(card, same)) / x_height
        every.append(float(apart.min()))
        (beside,) = ((np.diff(same) == 1) & ~card.word_end[same[:-1]]).nonzero()
        doubles += apart[_pair(beside, len(same))].tolist()
    return Alike(_finite(min(doubles)), _finite(min(every)))


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _groups(slot: Ints, counts: Ints) -> list[Ints]:
    """Return the numbers of the glyphs of each letter that is there twice with as many points, in order."""
    kind = slot * (int(counts.max()) + 1) + counts
    order = np.argsort(kind, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(kind[order])) + 1)
    return [group for group in groups if len(group) > 1 and counts[group[0]]]


def _drawn(card: Card, glyphs: Ints) -> Floats:
    """Return the points of these glyphs about their mean, in mm, (glyphs, points, 2)."""
    pool, outline = card.pool, card.outline[glyphs]
    count = int(pool.first[outline[0] + 1] - pool.first[outline[0]])
    at = ranges(pool.first[outline].astype(np.int64), np.full(len(outline), count))
    points = pool.points[at].astype(np.float64).reshape(len(outline), count, 2)
    linear = card.matrix[glyphs][:, :4].reshape(-1, 2, 2)
    moved = points @ linear
    centred: Floats = moved - moved.mean(axis=1, keepdims=True)
    return centred


def _differences(drawn: Floats) -> Floats:
    """Return the root mean square distance between the points of each pair, in the order of `np.triu_indices`."""
    count, points, _ = drawn.shape
    flat = drawn.reshape(count, -1)
    square = (flat * flat).sum(axis=1)
    first, second = np.triu_indices(count, 1)
    apart = square[first] + square[second] - 2 * (flat @ flat.T)[first, second]
    rms: Floats = np.sqrt(np.maximum(apart, 0.0) / points)
    return rms


def _pair(first: Ints, count: int) -> Ints:
    """Return where the pairs (i, i + 1) are among the pairs of `count` things."""
    return first * count - first * (first + 1) // 2

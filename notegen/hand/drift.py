"""Correlated drift: how baseline, slant, height and width wander along a note, and margins from line to line.

Independent jitter of each letter looks wrong; people drift. The figures are those at which the same meter gave the same
numbers as on 98 pages by 100 writers. Each quantity reads one long smooth random tape from a place that the note's seed
chooses, at the pen's running position, so that a note costs a handful of array operations.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from notegen.hand import dice
from notegen.hand.outline import Floats, Ints
from notegen.hand.tidiness import loosened
from notegen.model.hand import Hand
from notegen.model.writing import LINES

TAPE = 1 << 16
SAMPLES = float(np.sqrt(66.0))
"""Samples of the tape in one correlation length (at which the correlation has fallen to 0.61)."""

RADIAN = np.pi / 180


LENGTHS = np.array((22.0, 3.5, 5.0, 2.2, 1.8))
"""Correlation lengths, x-heights: a line's slow bend, the bounce of words, slant, height, width."""

LIMITS = np.array((14.0 * RADIAN, 0.18, 0.18))[:, None]
"""Furthest that slant, height and width go: letters stay legible, and strokes, which grow with them, stay the pen's."""

GAP_FLOOR = 0.65, 0.6
"""Narrowest gap between words as white between their ink: in x-heights, and as a part of the hand's mean gap."""
STEEPEST = 2.2
"""Slope of the steepest page, degrees."""
MARGIN_REACH = (-1.5, 5.0)
"""How far the left edge may drift out and in, mm."""
FIRST_LINES = np.array((0.55, 0.75, 0.9))
"""How much of the page's slope a card's first lines take: the edge of the card is still near to guide them."""


@dataclass(frozen=True, slots=True, eq=False)
class Drift:
    """What happens at each pen position: baseline shift (x-heights), its tilt, slant (tangent), height and width."""

    shift: Floats
    tilt: Floats
    slant: Floats
    height: Floats
    width: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """What each line of each card takes, (cards, lines): slope (tangent), left edge (mm), pitch (factor)."""

    slope: Floats
    left: Floats
    pitch: Floats


def along(at: Floats, hand: Hand, seeds: NDArray[np.uint64], counts: Ints) -> Drift:
    """Return the drift at pen positions in x-heights, counted over the whole note.

    There are `counts` positions for each note, one note after another, and a seed for each.
    """
    starts = (dice.bit_rows(seeds, len(LENGTHS)) & np.uint64(TAPE - 1)).astype(np.float64)
    values, steps = _read(at, starts.T, counts, _spreads(hand))
    np.clip(values[2:], -LIMITS, LIMITS, out=values[2:])
    return Drift(
        shift=values[0] + values[1],
        tilt=steps[0] + steps[1],
        slant=values[2],
        height=1 + values[3],
        width=1 + values[4],
    )


@lru_cache(maxsize=64)
def _spreads(hand: Hand) -> Floats:
    """Return the standard deviation of each wander, shape (wanders, 1)."""
    usual = loosened(hand.habits, hand.tidiness)
    spreads = np.array((usual.bend, usual.bounce, usual.slant * RADIAN, usual.height, usual.width))[:, None]
    spreads.setflags(write=False)
    return spreads


def _read(at: Floats, starts: Floats, counts: Ints, spreads: Floats) -> tuple[Floats, Floats]:
    """Return each wander's value and its change per x-height at each position, (wanders, positions).

    `starts` is where on the tape each begins for each note, (wanders, notes), of which the notes have `counts`
    positions. One wander after the other: what is worked with then stays in a processor's caches.
    """
    tape = _tape()
    speeds = SAMPLES / LENGTHS
    places, steps = np.empty((2, len(LENGTHS), len(at)))
    for place, step, speed, start, spread in zip(places, steps, speeds, starts, spreads[:, 0], strict=True):
        np.multiply(at, speed, out=place)
        np.add(place, np.repeat(start, counts), out=place)
        cell = place.astype(np.int64)
        np.subtract(place, cell, out=place)
        cell &= TAPE - 1
        here = tape.take(cell)
        cell += 1
        tape.take(cell, out=step, mode="clip")
        np.subtract(step, here, out=step)
        np.multiply(place, step, out=place)
        np.add(place, here, out=place)
        np.multiply(place, spread, out=place)
        np.multiply(step, spread * speed, out=step)
    return places, steps


@cache
def _tape() -> Floats:
    """Return smooth noise of variance 1 that closes on itself (one sample repeated at the end).

    Whole numbers are summed four times over ten neighbours, which is nearly a Gaussian smoothing, and exact.
    """
    noise = dice.bits(dice.seed_of("notegen", "tape"), TAPE) & np.uint64(0xFFFF)
    smooth = noise.astype(np.int64) - 32_768
    for _ in range(4):
        total = np.cumsum(np.concatenate((smooth[-10:], smooth)))
        smooth = total[10:] - total[:-10]
    squares = (smooth >> 8) ** 2
    spread = float(np.sqrt(int(squares.sum()) / TAPE)) * 256
    tape = np.concatenate((smooth, smooth[:1])) / spread
    tape.setflags(write=False)
    return tape


def log_spread(variation: float) -> float:
    """Return the standard deviation of the logarithm of a log-normal quantity with this coefficient of variation."""
    square = variation * variation
    # The logarithm's series, products alone, so that it is the same everywhere; variations are below 0.6.
    return float(np.sqrt(square * (1 - square / 2 + square * square / 3 - square * square * square / 4)))


def gaps(counts: Ints, hand: Hand, seeds: NDArray[np.uint64]) -> Floats:
    """Return the widths of word gaps in x-heights: log-normal, about the hand's mean.

    There are `counts` gaps for each of the seeds, one after another.
    """
    spread = log_spread(loosened(hand.habits, hand.tidiness).gap)
    # e^x as (1 + x/64)^64, products alone, so that it is the same everywhere.
    grown = 1 + dice.ragged_normals(seeds, counts) * (spread / 64)
    for _ in range(6):
        grown = grown * grown
    return grown * (hand.word_gap / (1 + spread * spread / 2))


def least_gap(hand: Hand) -> float:
    """Return the narrowest white that the hand leaves between two words, x-heights."""
    return max(GAP_FLOOR[0], GAP_FLOOR[1] * hand.word_gap)


def lines(hand: Hand, seeds: NDArray[np.uint64]) -> Lines:
    """Return the tables of the lines of each seed's card; slope and left edge of a line follow those before it."""
    usual = loosened(hand.habits, hand.tidiness)
    draws = dice.mild_normal_rows(seeds, 2 + 3 * (LINES + 2))
    page, inward = draws[:, :1], draws[:, 1:2]
    turn, edge, pitch = draws[:, 2:].reshape(-1, 3, LINES + 2).transpose(1, 0, 2)
    askew = np.minimum(np.maximum(usual.page_slope[0] + usual.page_slope[1] * page, -STEEPEST), STEEPEST)
    follow = (turn[:, 2:] + 0.6 * turn[:, 1:-1] + 0.3 * turn[:, :-2]) * (usual.line_slope / np.sqrt(1.45))
    ragged = (edge[:, 1:-1] + 0.5 * edge[:, :-2]) * (usual.margin / np.sqrt(1.25))
    wander = _line_numbers() * (usual.drift[0] + usual.drift[1] * inward)
    reach = np.minimum(np.maximum(wander, MARGIN_REACH[0]), MARGIN_REACH[1])
    return Lines(
        slope=_tangent((follow + askew * _settling()) * RADIAN),
        left=reach + ragged,
        pitch=1 + pitch[:, :LINES] * usual.pitch,
    )


@cache
def _settling() -> Floats:
    """Return how much of the page's slope each line takes."""
    return np.concatenate((FIRST_LINES, np.ones(LINES - len(FIRST_LINES))))


@cache
def _line_numbers() -> Floats:
    return np.arange(LINES, dtype=np.float64)


def _tangent(angle: Floats) -> Floats:
    """Return the tangent of small angles by products alone, so that it is the same everywhere."""
    return angle * (1 + angle * angle / 3)

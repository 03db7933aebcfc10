"""Drawings pushed about as a hand does when it makes the same letter again.

Each outline is turned and stretched a little and moved by a smooth random field, its strokes keeping their width; dots,
accents and crossbars are put down anew. At the places where a stroke joins another letter nothing moves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notegen.hand import dice, outline
from notegen.hand.bases import SMALL, Bases
from notegen.hand.outline import Floats, Ints, Shapes

Seeds = NDArray[np.uint64]

SHAPE_NOISE = 0.035
"""Standard deviation of the displacement field in x and in y, x-heights (measured on real pages)."""
REACH = 0.95
"""Knots of the field, x-heights apart: its correlation falls to 0.6 in a little less."""
TURN = 1.7
"""Standard deviation of an alternate's own rotation, degrees."""
STRETCH = 0.05
"""Standard deviation of an alternate's own width and height: with the drift's .08 and .09, what people show (an a's
width varies by .13 on one page, its height by .12)."""
DOT = (0.12, 0.08)
"""Standard deviation of the place of a letter's dot or accent, x-heights (x, y); the two dots of an ë go together."""
ASIDE = 0.2
"""What each of several parts moves on its own, as a part of that."""
TOWARDS = 0.25
"""What of that is left of a move towards the letter."""
CALM = 0.35
"""What the parts of signs that are no letters (a colon, an exclamation mark) move, as a part of that."""
PIN = 0.32
"""Distance from a join, x-heights, at which changes have 40 % of their way to go."""
LIVELY = 0.056
"""Root mean square displacement that a letter's points are to have about their centre's own, x-heights, whatever its
joins hold back."""
MOST = 2.6
"""Most by which the displacement of a letter held at both ends is made larger to get there."""
SMALLEST = 3.5
"""How many times more than a letter the smallest sign turns and stretches at most."""
THINNER = 0.5
"""Most of a stroke's width by which a change of it is undone."""
CROSSBAR = (0.06, 0.07, 0.12)
"""Standard deviations of a crossbar's height (x-heights), tilt (tangent) and length (part of it)."""
DASH, MOST_DASH = 0.07, 0.6
"""How far half of all dots are drawn out to dashes, for each standard deviation: x-heights, and part of their size."""
DOT_SIZE = 0.35
"""Greatest width or height of a dot, x-heights."""
LATTICE = 8
"""Knots of the field along each side; it repeats beyond."""


def warp(bases: Bases, which: Ints, eager: Floats, of: tuple[float, float], seeds: Seeds) -> Shapes:
    """Return the outlines of all slots' alternates, slot by slot; `of` are the pen's stroke and the x-height, ems."""
    stroke, x_height = of
    chosen = which.ravel()
    copies = outline.take(bases.shapes, chosen)
    point = outline.ranges(bases.shapes.first[:-1][chosen], np.diff(copies.first))
    drawn = Drawn(bases, chosen, copies.owner, point, which.shape[1])
    edge = bases.edge[point]
    # The other edge of the stroke goes along, so that the width of the pen's line can be kept.
    shift, inside = _pushed(drawn, copies.points, x_height, seeds), copies.points - edge * stroke
    lively = _lively(shift, drawn.number, chosen, len(bases.shapes))
    gain = np.clip(LIVELY * x_height / np.maximum(lively, 1e-9), 1.0, MOST)[drawn.base, None]
    across = ((shift - _pushed(drawn, inside, x_height, seeds)) * edge).sum(axis=1, keepdims=True) * gain
    free = freedom(copies.points, bases.pins[drawn.base], x_height)[:, None]
    shift = shift * gain - edge * free * (np.clip(across, -THINNER * stroke, THINNER * stroke) / 2)
    shift += _run_on(drawn, copies.points, x_height)
    shift += _bar_moved(drawn, copies.points, x_height, seeds)
    shift += _own_place(drawn, seeds) * (x_height * eager[drawn.slot])[:, None]
    shift += _dashed(drawn, copies.points, seeds) * eager[drawn.slot][:, None]
    return Shapes(copies.points + shift, copies.on_curve, copies.contour_end, copies.first)


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """For each point of all alternates: its outline's number and its point in the bases."""

    bases: Bases
    chosen: Ints
    number: Ints
    point: Ints
    each: int

    @property
    def base(self) -> Ints:
        """The drawing of each point."""
        return self.chosen[self.number]

    @property
    def slot(self) -> Ints:
        """The slot of each point."""
        return self.number // self.each

    def dealt(self, drawn: Floats) -> Floats:
        """Return what was drawn for slots and their alternates, (slots, each, ...), for each point."""
        return drawn.reshape(-1, *drawn.shape[2:])[self.number]


def _pushed(drawn: Drawn, at: Floats, x_height: float, seeds: Seeds) -> Floats:
    """Return how far places move by their outline's own turn and stretch and by the field; nothing moves at a join."""
    bases, each = drawn.bases, drawn.each
    shift = _own_turn(drawn, at - bases.centre[drawn.base], seeds)
    knots = dice.normal_rows(dice.stream(seeds, "field"), each * LATTICE * LATTICE * 2).reshape(-1, 2)
    start = dice.uniform_rows(dice.stream(seeds, "start"), each * 2).reshape(-1, 2)
    shift += field(at / x_height, drawn.number, knots, start) * (SHAPE_NOISE * x_height)
    shift *= freedom(at, bases.pins[drawn.base], x_height)[:, None]
    return shift


def _own_turn(drawn: Drawn, away: Floats, seeds: Seeds) -> Floats:
    """Return the displacement of each point by its outline's own small rotation and stretch about its centre."""
    turn, wide, high = (
        drawn.dealt(dice.normal_rows(dice.stream(seeds, name), drawn.each)) * spread
        for name, spread in (("turn", TURN * np.pi / 180), ("wide", STRETCH), ("high", STRETCH))
    )
    # Small signs, such as a full stop, differ by more of their size.
    small = np.clip(SMALL / np.maximum(drawn.bases.size, 0.01), 1.0, SMALLEST)[drawn.base]
    turn, wide, high = turn * small, wide * small, high * small
    return np.stack((away[:, 0] * wide - away[:, 1] * turn, away[:, 1] * high + away[:, 0] * turn), axis=1)


def _run_on(drawn: Drawn, at: Floats, x_height: float) -> Floats:
    """Return how far points move because a joining stroke runs on a little: drift must not open what only touches."""
    away = at - drawn.bases.pins[drawn.base, 1]
    square = (away * away).sum(axis=1) / (PIN * x_height) ** 2
    onward = drawn.bases.reach[drawn.base] / (1 + 4 * square)
    return np.stack((onward, np.zeros_like(onward)), axis=1)


def _bar_moved(drawn: Drawn, at: Floats, x_height: float, seeds: Seeds) -> Floats:
    """Return how far points move because a crossbar is put down anew: higher or lower, tilted, longer or shorter."""
    bars, base = drawn.bases.bars, drawn.base
    if not bars.reach.any():
        return np.zeros_like(at)
    own = drawn.dealt(dice.mild_normal_rows(dice.stream(seeds, "bar"), drawn.each * 3).reshape(-1, drawn.each, 3))
    rise, tilt, longer = (own * np.array(CROSSBAR)).T
    near, out = bars.near(base, at)
    near = near * freedom(at, drawn.bases.pins[base], x_height) * freedom(at, drawn.bases.held[base], x_height)
    lean, slope = bars.lean[base], bars.slope[base]
    across = rise * x_height * lean + longer * out
    up = rise * x_height + tilt * out + longer * out * slope
    return np.stack((across * near, up * near), axis=1)


def _dashed(drawn: Drawn, at: Floats, seeds: Seeds) -> Floats:
    """Return how far the points of dots move because a dot may be a dash, rising a little, put down in passing."""
    bases, part = drawn.bases, drawn.bases.part[drawn.point]
    dots = (bases.loose[part] > 0) & (bases.extent[part] < DOT_SIZE)
    hurry = drawn.dealt(dice.mild_normal_rows(dice.stream(seeds, "dash"), drawn.each * 2).reshape(-1, drawn.each, 2))
    longer = np.maximum(hurry[:, 0], 0.0) * dots * np.minimum(DASH / np.maximum(bases.extent[part], 0.01), MOST_DASH)
    away = at - bases.middle[part]
    rise = 0.25 + 0.3 * hurry[:, 1]
    along = (away[:, 0] + rise * away[:, 1]) / (1 + rise * rise)
    return np.stack((along * longer, along * rise * longer), axis=1)


def field(at: Floats, number: Ints, knots: Floats, start: Floats) -> Floats:
    """Return a smooth random field of variance 1 at points in x-heights, a different one for each outline.

    It is a cubic spline through random knots REACH apart, LATTICE squared for each outline, whose columns are those
    of the field; `start` says where in them an outline begins. Whole arithmetic, so that it is the same everywhere.
    """
    place = at / REACH + start[number] + LATTICE
    cell = np.floor(place)
    weights = _spline(place - cell)
    cell_x, cell_y = (cell.astype(np.int64) % LATTICE).T
    total = np.zeros((len(at), knots.shape[1]))
    row = number * LATTICE
    for i in range(4):
        line = (row + (cell_x + i) % LATTICE) * LATTICE
        for j in range(4):
            knot = knots[line + (cell_y + j) % LATTICE]
            total += knot * (weights[i, :, 0] * weights[j, :, 1])[:, None]
    # The squares of a cubic spline's weights add up to 151/315 on average, along each axis.
    total *= 315 / 151
    return total


def _spline(t: Floats) -> Floats:
    """Return the four weights of a uniform cubic spline, shape (4, ...)."""
    s = 1 - t
    middle = (3 * t * t * t - 6 * t * t + 4) / 6
    other = (3 * s * s * s - 6 * s * s + 4) / 6
    return np.stack((s * s * s / 6, middle, other, t * t * t / 6))


def freedom(points: Floats, pins: Floats, x_height: float) -> Floats:
    """Return how far each point may move: 0 at a join, 1 beyond its reach; smooth, so that no stroke gets a kink."""
    gap = points[:, None, :] - pins
    square = (gap * gap).sum(axis=2) / (PIN * x_height) ** 2
    held = 1 / (1 + square * square * 1.5)
    free: Floats = (1 - held[:, 0]) * (1 - held[:, 1])
    return free


def _lively(shift: Floats, number: Ints, which: Ints, count: int) -> Floats:
    """Return, for each drawing, the root mean square of its outlines' displacements about each one's mean."""
    outlines = len(which)
    size = np.maximum(np.bincount(number, minlength=outlines), 1)
    mean = np.stack([np.bincount(number, shift[:, axis], outlines) / size for axis in range(2)], axis=1)
    own = shift - mean[number]
    square = np.bincount(number, (own * own).sum(axis=1), outlines) / size
    lively: Floats = np.sqrt(np.bincount(which, square, count) / np.maximum(np.bincount(which, minlength=count), 1))
    return lively


def _own_place(drawn: Drawn, seeds: Seeds) -> Floats:
    """Return the displacement of dots, accents and other parts that lie apart, in x-heights."""
    bases = drawn.bases
    part = bases.part[drawn.point]
    which = part - np.searchsorted(bases.part_shape, np.arange(len(bases.shapes)))[drawn.base]
    most, each = int(which.max(initial=0)) + 1, drawn.each
    own = dice.mild_normal_rows(dice.stream(seeds, "place"), most * each * 2).reshape(-1, most, each, 2)
    together = drawn.dealt(dice.mild_normal_rows(dice.stream(seeds, "together"), each * 2).reshape(-1, each, 2))
    own = own[drawn.slot, which, drawn.number % each]
    shift: Floats = (together + ASIDE * own) * np.array(DOT) * bases.loose[part][:, None]
    # Away from the letter as far as it likes, towards it only a little: a dot that meets its i makes an r of it.
    towards = shift[:, 1] * bases.loose[part] < 0
    shift[towards, 1] *= TOWARDS
    return shift

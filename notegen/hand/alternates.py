"""The pool: many shapes of each letter of a face, as one writer would make them on one page.

Nobody makes the same letter twice. Each alternate is the font's own drawing (or one of its own alternates), turned and
stretched a little, pushed about by a smooth random field of about one x-height's reach, with its dots and accents put
down anew. Where a stroke leaves for the next letter the changes die out, so that any alternate joins any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notegen.hand import dice, outline, pressure
from notegen.hand.face import Face
from notegen.hand.outline import Floats, Ints, Shapes
from notegen.hand.slots import Slot, advance
from notegen.model.pool import Pool

Seeds = NDArray[np.uint64]

VERSION = 13
"""Changes whenever the same face would get other outlines; part of every pool's digest."""

K = 16
CANDIDATES = 24
"""Alternates tried for each letter, of which the K that are farthest from each other are kept."""
GRID = 2048
"""Outlines are rounded to 1/GRID em, so that every machine gets the same."""

SHAPE_NOISE = 0.035
"""Standard deviation of the displacement field in x and in y, x-heights (measured on real pages)."""
REACH = 1.15
"""Knots of the field, x-heights apart: its correlation falls to 0.6 in about one x-height."""
TURN = 1.3
"""Standard deviation of an alternate's own rotation, degrees."""
STRETCH = 0.022
"""Standard deviation of an alternate's own width and height."""
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
LIVELY = 0.052
"""Root mean square displacement that a letter's points are to have, x-heights, whatever its joins hold back."""
MOST = 2.2
"""Most by which the displacement of a letter held at both ends is made larger to get there."""
BAND = (-0.35, 1.25)
"""Heights, in x-heights, between which strokes join letters."""
OTHER = 0.25
"""Most that a font's own alternate may differ from the letter in width, top or bottom, x-heights."""
_LATTICE = 8


@dataclass(frozen=True, slots=True, eq=False)
class Bases:
    """The drawings that alternates start from, and what holds each of them: parts and pins.

    `part` numbers each point's part, `loose` says how freely each part moves (0: it is the letter itself; negative: it
    hangs below), `pins` (shapes, 2, 2) are the places where strokes come in and leave (far away when there are none).
    """

    shapes: Shapes
    part: Ints
    loose: Floats
    part_shape: Ints
    pins: Floats
    centre: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """A slot before its alternates are made: its id, text and advance, and the drawings that they start from."""

    id: int
    text: str
    advance: float
    drawings: tuple[Shapes, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """What all slots of a pool share, ems."""

    stroke: float
    x_height: float
    ascent: float
    descent: float


def sketch(face: Face, content: str, slot: Slot) -> Sketch:
    """Return what a slot of a face starts from; `content` names the face, whatever is done to its size and weight."""
    drawings = [_drawing(face, slot.glyphs)]
    if len(slot.glyphs) == 1:
        drawings += _variants(face, slot.glyphs[0][0], drawings[0])
    number = dice.seed_of("slot", content, ",".join(str(glyph) for glyph, _ in slot.glyphs), slot.text)
    return Sketch(number, slot.text, advance(face, slot), tuple(drawings))


def make_pool(sketches: Sequence[Sketch], of: Measures, name: str, digest: str) -> Pool:
    """Return a pool of K outlines for each sketch; those of one do not depend on the others."""
    drawings = outline.join([drawing for one in sketches for drawing in one.drawings])
    options = np.array([len(one.drawings) for one in sketches], np.int64)
    which = (np.cumsum(options) - options)[:, None] + np.arange(CANDIDATES) % options[:, None]
    advances = np.array([one.advance for one in sketches])
    bases = _bases(drawings, advances, which, of.x_height)
    eager = np.array([1.0 if not one.text or one.text[0].isalpha() else CALM for one in sketches])
    seeds = np.array([one.id for one in sketches], np.uint64)
    tried = _warp(bases, which, eager, of.x_height, seeds)
    kept = _farthest(tried, len(sketches))
    warped = outline.take(tried, kept)
    weight, tip = _pressed(bases, which.ravel()[kept], warped, of, seeds)
    points = np.rint(warped.points * GRID) / GRID
    shapes = Shapes(points, warped.on_curve, warped.contour_end, warped.first)
    box = outline.bounds(shapes)
    upper, lower = outline.bands(shapes, box)
    return Pool(
        name=name,
        digest=digest,
        k=K,
        texts=tuple(one.text for one in sketches),
        ids=seeds,
        advances=advances,
        first=shapes.first.astype(np.int32),
        points=points.astype(np.float32),
        on_curve=shapes.on_curve,
        contour_end=shapes.contour_end,
        normals=outline.normals(points, shapes.contour_end).astype(np.float32),
        weight=weight.astype(np.float32),
        tip=tip.astype(np.float32),
        bounds=box.astype(np.float32),
        upper=upper.astype(np.float32),
        lower=lower.astype(np.float32),
        stroke=of.stroke,
        x_height=of.x_height,
        ascent=of.ascent,
        descent=of.descent,
    )


def _pressed(bases: Bases, chosen: Ints, warped: Shapes, of: Measures, seeds: Seeds) -> tuple[Floats, Floats]:
    """Return the pen's pressure at each point of the outlines, and how near it is to the free end of a stroke."""
    strokes = pressure.strokes(bases.shapes, of.stroke, of.x_height)
    held = _freedom(bases.shapes.points, bases.pins[bases.shapes.owner], of.x_height)
    point = outline.ranges(bases.shapes.first[:-1][chosen], np.diff(warped.first))
    knots = dice.normal_rows(dice.stream(seeds, "pressure"), K * _LATTICE * _LATTICE).reshape(-1, 1)
    wander = _field(warped.points / of.x_height, warped.owner, knots, np.zeros((len(chosen), 2)))
    return pressure.pressure(wander[:, 0], strokes.heavy[point]), (strokes.tip * held)[point]


def _variants(face: Face, glyph: int, own: Shapes) -> list[Shapes]:
    """Return the font's other drawings of a letter, each with its ink where the letter's own ink has its middle.

    One of quite another size, or with another number of contours, is left out: a form for joining would run into its
    neighbours, an h without its ascender reads as an n, and a b that is open as an h.
    """
    found: list[Shapes] = []
    box = outline.bounds(own)[0]
    size = box[2] - box[0], box[3], box[1]
    for other in face.variants.get(glyph, ()):
        drawn = face.glyphs.take([other])
        ink = outline.bounds(drawn)[0]
        differs = np.abs(np.array([ink[2] - ink[0], ink[3], ink[1]]) - size).max()
        alike = np.count_nonzero(drawn.contour_end) == np.count_nonzero(own.contour_end)
        if alike and differs < OTHER * face.x_height:
            shift = (box[0] + box[2] - ink[0] - ink[2]) / 2
            found.append(_drawing(face, ((other, float(shift)),)))
    return found


def _drawing(face: Face, glyphs: tuple[tuple[int, float], ...]) -> Shapes:
    parts = face.glyphs.take([glyph for glyph, _ in glyphs])
    shift = np.array([pen for _, pen in glyphs])[parts.owner]
    points = parts.points + np.stack((shift, np.zeros_like(shift)), axis=1)
    return Shapes(points, parts.on_curve, parts.contour_end, np.array([0, len(points)]))


def _bases(drawings: Shapes, advances: Floats, which: Ints, x_height: float) -> Bases:
    part, loose, part_shape = _parts(drawings, x_height)
    of_shape = np.zeros(len(drawings))
    of_shape[which] = advances[:, None]
    centre = np.stack((of_shape / 2, np.full(len(drawings), x_height / 2)), axis=1)
    return Bases(drawings, part, loose, part_shape, _pins(drawings, of_shape, x_height), centre)


def _parts(shapes: Shapes, x_height: float) -> tuple[Ints, Floats, Ints]:
    """Return each point's part, how loose each part is, and the shape that each part belongs to.

    Contours whose boxes overlap are one part; the largest part of a shape is the letter itself.
    """
    starts, ends = outline.contours(shapes.contour_end)
    low = np.minimum.reduceat(shapes.points, starts) if len(starts) else np.zeros((0, 2))
    high = np.maximum.reduceat(shapes.points, starts) if len(starts) else np.zeros((0, 2))
    owner = shapes.owner[starts]
    part_of = np.zeros(len(starts), np.int64)
    loose: list[float] = []
    part_shape: list[int] = []
    for shape in range(len(shapes)):
        mine = np.flatnonzero(owner == shape)
        groups = _overlapping(low[mine], high[mine])
        size = [
            float((high[mine[group]].max(axis=0) - low[mine[group]].min(axis=0)).max() / x_height) for group in groups
        ]
        largest = int(np.argmax(size)) if size else -1
        for number, group in enumerate(groups):
            part_of[mine[group]] = len(loose)
            hangs = high[mine[group], 1].max() < high[mine[groups[largest]], 1].max()
            free = 0.0 if number == largest else min(1.0, max(0.25, 1.25 - size[number]))
            loose.append(-free if hangs else free)
            part_shape.append(shape)
    part = np.repeat(part_of, ends - starts + 1)
    return part, np.array(loose), np.array(part_shape, np.int64)


def _overlapping(low: Floats, high: Floats) -> list[Ints]:
    """Return the groups of boxes that touch each other, directly or through others."""
    label = np.arange(len(low))
    touch = ((low[:, None] <= high[None]) & (low[None] <= high[:, None])).all(axis=2)
    for _ in range(len(low)):
        spread = np.where(touch, label[None], len(low)).min(axis=1, initial=len(low))
        if (spread == label).all():
            break
        label = spread
    return [np.flatnonzero(label == one) for one in np.unique(label)]


def _pins(shapes: Shapes, advances: Floats, x_height: float) -> Floats:
    """Return where strokes come in from the letter before and leave for the next, or places far away."""
    lines, owner = outline.flatten(shapes, 3)
    at = lines[:, 0]
    joining = (at[:, 1] > BAND[0] * x_height) & (at[:, 1] < BAND[1] * x_height)
    pins = np.full((len(shapes), 2, 2), 1e3)
    for side, reach in enumerate((at[:, 0], advances[owner] - at[:, 0])):
        order = np.lexsort((reach, owner))[::1]
        order = order[joining[order]]
        shape, first = np.unique(owner[order], return_index=True)
        nearest = order[first]
        joined = reach[nearest] < 0.04 * x_height
        pins[shape[joined], side] = at[nearest[joined]]
    return pins


def _warp(bases: Bases, which: Ints, eager: Floats, x_height: float, seeds: Seeds) -> Shapes:
    """Return the outlines of all slots' alternates, slot by slot."""
    chosen = which.ravel()
    copies = outline.take(bases.shapes, chosen)
    counts = np.diff(copies.first)
    point = outline.ranges(bases.shapes.first[:-1][chosen], counts)
    number = copies.owner
    base = chosen[number]
    away = copies.points - bases.centre[base]
    shift = _own_turn(away, number, seeds)
    knots = dice.normal_rows(dice.stream(seeds, "field"), CANDIDATES * _LATTICE * _LATTICE * 2).reshape(-1, 2)
    start = dice.uniform_rows(dice.stream(seeds, "start"), CANDIDATES * 2).reshape(-1, 2)
    shift += _field(copies.points / x_height, number, knots, start) * (SHAPE_NOISE * x_height)
    shift *= _freedom(copies.points, bases.pins[base], x_height)[:, None]
    shift *= _gain(shift, base, len(bases.shapes), x_height)[base, None]
    place = _own_place(bases, chosen, number, bases.part[point], seeds)
    shift += place * (x_height * eager[number // CANDIDATES])[:, None]
    return Shapes(copies.points + shift, copies.on_curve, copies.contour_end, copies.first)


def _own_turn(away: Floats, number: Ints, seeds: Seeds) -> Floats:
    """Return the displacement of each point by its outline's own small rotation and stretch about its centre."""
    turn, wide, high = (
        dice.normal_rows(dice.stream(seeds, name), CANDIDATES).ravel()[number] * spread
        for name, spread in (("turn", TURN * np.pi / 180), ("wide", STRETCH), ("high", STRETCH))
    )
    return np.stack((away[:, 0] * wide - away[:, 1] * turn, away[:, 1] * high + away[:, 0] * turn), axis=1)


def _field(at: Floats, number: Ints, knots: Floats, start: Floats) -> Floats:
    """Return a smooth random field of variance 1 at points in x-heights, a different one for each outline.

    It is a cubic spline through random knots REACH apart, _LATTICE squared for each outline, whose columns are those
    of the field; `start` says where in them an outline begins. Whole arithmetic, so that it is the same everywhere.
    """
    place = at / REACH + start[number] + _LATTICE
    cell = np.floor(place)
    weights = _spline(place - cell)
    cell_x, cell_y = (cell.astype(np.int64) % _LATTICE).T
    total = np.zeros((len(at), knots.shape[1]))
    row = number * _LATTICE
    for i in range(4):
        line = (row + (cell_x + i) % _LATTICE) * _LATTICE
        for j in range(4):
            knot = knots[line + (cell_y + j) % _LATTICE]
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


def _freedom(points: Floats, pins: Floats, x_height: float) -> Floats:
    """Return how far each point may move: 0 at a join, 1 beyond its reach; smooth, so that no stroke gets a kink."""
    gap = points[:, None, :] - pins
    square = (gap * gap).sum(axis=2) / (PIN * x_height) ** 2
    held = 1 / (1 + square * square * 1.5)
    free: Floats = (1 - held[:, 0]) * (1 - held[:, 1])
    return free


def _gain(shift: Floats, base: Ints, count: int, x_height: float) -> Floats:
    """Return, for each drawing, by how much its displacements are to grow to be LIVELY."""
    square = np.bincount(base, (shift * shift).sum(axis=1), count) / np.maximum(np.bincount(base, minlength=count), 1)
    gain: Floats = np.clip(LIVELY * x_height / np.sqrt(np.maximum(square, 1e-12)), 1.0, MOST)
    return gain


def _farthest(tried: Shapes, slots: int) -> Ints:
    """Return the numbers of K outlines for each slot: of the closest pair one is left out, until K remain."""
    kept = np.ones((slots, CANDIDATES), np.bool_)
    gaps = np.full((slots, CANDIDATES, CANDIDATES), np.inf)
    counts = np.diff(tried.first).reshape(slots, CANDIDATES)
    for slot in range(slots):
        for size in np.unique(counts[slot]):
            same = np.flatnonzero(counts[slot] == size)
            first = tried.first[slot * CANDIDATES + same]
            points = tried.points[first[:, None] + np.arange(size)].reshape(len(same), -1)
            apart = ((points[:, None] - points[None]) ** 2).sum(axis=2) / max(size, 1)
            apart[np.arange(len(same)), np.arange(len(same))] = np.inf
            gaps[slot, same[:, None], same[None]] = apart
    rows = np.arange(slots)
    for _ in range(CANDIDATES - K):
        # Of the two, the later one goes: the first K are as good, and the order of the font's own alternates stays.
        flat = gaps.reshape(slots, CANDIDATES * CANDIDATES)
        worst = flat.argmin(axis=1)
        last = CANDIDATES - 1 - kept[:, ::-1].argmax(axis=1)
        out = np.where(np.isinf(flat[rows, worst]), last, np.maximum(worst // CANDIDATES, worst % CANDIDATES))
        kept[rows, out] = False
        gaps[rows, out], gaps[rows, :, out] = np.inf, np.inf
    return np.flatnonzero(kept.ravel())


def _own_place(bases: Bases, chosen: Ints, number: Ints, part: Ints, seeds: Seeds) -> Floats:
    """Return the displacement of dots, accents and other parts that lie apart, in x-heights."""
    first_part = np.searchsorted(bases.part_shape, np.arange(len(bases.shapes)))
    which = part - first_part[chosen[number]]
    most = int(which.max(initial=0)) + 1
    own = dice.mild_normal_rows(dice.stream(seeds, "place"), most * CANDIDATES * 2).reshape(-1, most, CANDIDATES, 2)
    together = dice.mild_normal_rows(dice.stream(seeds, "together"), CANDIDATES * 2).reshape(-1, CANDIDATES, 2)
    slot, alternate = number // CANDIDATES, number % CANDIDATES
    own, together = own[slot, which, alternate], together[slot, alternate]
    shift: Floats = (together + ASIDE * own) * np.array(DOT) * bases.loose[part][:, None]
    # Away from the letter as far as it likes, towards it only a little: a dot that meets its i makes an r of it.
    towards = shift[:, 1] * bases.loose[part] < 0
    shift[towards, 1] *= TOWARDS
    return shift

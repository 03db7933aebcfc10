"""The pool: many shapes of each letter of a face, as one writer would make them on one page.

Nobody makes the same letter twice. Each alternate is the font's own drawing (or one of its own alternates), turned and
stretched a little, pushed about by a smooth random field of about one x-height's reach, with its dots and accents put
down anew. Where a stroke leaves for the next letter the changes die out, so that any alternate joins any other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from notegen.hand import dice, outline
from notegen.hand.face import Face
from notegen.hand.outline import Floats, Ints, Shapes
from notegen.hand.slots import Slot, advance
from notegen.model.pool import Pool

VERSION = 11
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


def make_pool(face: Face, slots: tuple[Slot, ...], name: str, digest: str) -> Pool:
    """Return the pool of a face: K outlines for each slot."""
    drawings, which = _drawings(face, slots)
    advances = np.array([advance(face, slot) for slot in slots])
    bases = _bases(drawings, advances, which, face.x_height)
    eager = np.array([1.0 if slot.text[0].isalpha() else CALM for slot in slots])
    tried = _warp(bases, which, eager, face.x_height, dice.seed_of(digest))
    warped = outline.take(tried, _farthest(tried, len(slots)))
    return _finish(warped, face, slots, advances, name, digest)


def _drawings(face: Face, slots: tuple[Slot, ...]) -> tuple[Shapes, Ints]:
    """Return the distinct drawings, and for each slot and alternate (slots, CANDIDATES) the one that it starts from."""
    shapes: list[Shapes] = []
    which = np.zeros((len(slots), CANDIDATES), np.int64)
    for row, slot in enumerate(slots):
        options = [_drawing(face, slot.glyphs)]
        if len(slot.glyphs) == 1:
            options += _variants(face, slot.glyphs[0][0], options[0])
        which[row] = len(shapes) + np.arange(CANDIDATES) % len(options)
        shapes += options
    return outline.join(shapes), which


def _variants(face: Face, glyph: int, own: Shapes) -> list[Shapes]:
    """Return the font's other drawings of a letter, each with its ink where the letter's own ink has its middle.

    One of quite another size, or with another number of contours, is left out: a form for joining would run into its
    neighbours, an h without its ascender reads as an n, and a b that is open as an h.
    """
    found: list[Shapes] = []
    box = outline.bounds(own)[0]
    size = box[2] - box[0], box[3], box[1]
    for other in face.variants.get(glyph, ()):
        drawn = outline.take(face.glyphs, np.array([other]))
        ink = outline.bounds(drawn)[0]
        differs = np.abs(np.array([ink[2] - ink[0], ink[3], ink[1]]) - size).max()
        alike = np.count_nonzero(drawn.contour_end) == np.count_nonzero(own.contour_end)
        if alike and differs < OTHER * face.x_height:
            shift = (box[0] + box[2] - ink[0] - ink[2]) / 2
            found.append(_drawing(face, ((other, float(shift)),)))
    return found


def _drawing(face: Face, glyphs: tuple[tuple[int, float], ...]) -> Shapes:
    parts = outline.take(face.glyphs, np.array([glyph for glyph, _ in glyphs]))
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


def _warp(bases: Bases, which: Ints, eager: Floats, x_height: float, seed: int) -> Shapes:
    """Return the outlines of all slots' alternates, slot by slot."""
    chosen = which.ravel()
    copies = outline.take(bases.shapes, chosen)
    counts = np.diff(copies.first)
    point = outline.ranges(bases.shapes.first[:-1][chosen], counts)
    number = copies.owner
    base = chosen[number]
    away = copies.points - bases.centre[base]
    shift = _own_turn(away, number, len(chosen), seed)
    shift += _field(copies.points / x_height, number, len(chosen), seed) * (SHAPE_NOISE * x_height)
    shift *= _freedom(copies.points, bases.pins[base], x_height)[:, None]
    shift *= _gain(shift, base, len(bases.shapes), x_height)[base, None]
    place = _own_place(bases, chosen, number, bases.part[point], seed)
    shift += place * (x_height * eager[number // CANDIDATES])[:, None]
    return Shapes(copies.points + shift, copies.on_curve, copies.contour_end, copies.first)


def _own_turn(away: Floats, number: Ints, count: int, seed: int) -> Floats:
    """Return the displacement of each point by its outline's own small rotation and stretch about its centre."""
    turn = dice.normals(dice.seed_of(seed, "turn"), count)[number] * (TURN * np.pi / 180)
    wide = dice.normals(dice.seed_of(seed, "wide"), count)[number] * STRETCH
    high = dice.normals(dice.seed_of(seed, "high"), count)[number] * STRETCH
    return np.stack((away[:, 0] * wide - away[:, 1] * turn, away[:, 1] * high + away[:, 0] * turn), axis=1)


def _field(at: Floats, number: Ints, count: int, seed: int) -> Floats:
    """Return a smooth random field of variance 1 at points in x-heights, a different one for each outline.

    It is a cubic spline through random knots REACH apart; whole arithmetic, so that it is the same everywhere.
    """
    knots = dice.normals(dice.seed_of(seed, "field"), count * _LATTICE * _LATTICE * 2).reshape(-1, 2)
    start = dice.uniforms(dice.seed_of(seed, "start"), count * 2).reshape(-1, 2)
    place = at / REACH + start[number] + _LATTICE
    cell = np.floor(place)
    weights = _spline(place - cell)
    cell_x, cell_y = (cell.astype(np.int64) % _LATTICE).T
    total = np.zeros_like(at)
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
        flat = gaps.reshape(slots, -1)
        worst = flat.argmin(axis=1)
        last = CANDIDATES - 1 - kept[:, ::-1].argmax(axis=1)
        out = np.where(np.isinf(flat[rows, worst]), last, np.maximum(worst // CANDIDATES, worst % CANDIDATES))
        kept[rows, out] = False
        gaps[rows, out], gaps[rows, :, out] = np.inf, np.inf
    return np.flatnonzero(kept.ravel())


def _own_place(bases: Bases, chosen: Ints, number: Ints, part: Ints, seed: int) -> Floats:
    """Return the displacement of dots, accents and other parts that lie apart, in x-heights."""
    parts = np.bincount(bases.part_shape, minlength=len(bases.shapes))[chosen]
    offset = np.cumsum(parts) - parts
    first_part = np.searchsorted(bases.part_shape, np.arange(len(bases.shapes)))
    index = offset[number] + part - first_part[chosen[number]]
    own = dice.mild_normals(dice.seed_of(seed, "place"), int(parts.sum()) * 2).reshape(-1, 2)
    together = dice.mild_normals(dice.seed_of(seed, "together"), len(chosen) * 2).reshape(-1, 2)
    shift: Floats = (together[number] + ASIDE * own[index]) * np.array(DOT) * bases.loose[part][:, None]
    # Away from the letter as far as it likes, towards it only a little: a dot that meets its i makes an r of it.
    towards = shift[:, 1] * bases.loose[part] < 0
    shift[towards, 1] *= TOWARDS
    return shift


def _finish(warped: Shapes, face: Face, slots: tuple[Slot, ...], advances: Floats, name: str, digest: str) -> Pool:
    points = np.rint(warped.points * GRID) / GRID
    shapes = Shapes(points, warped.on_curve, warped.contour_end, warped.first)
    box = outline.bounds(shapes)
    upper, lower = outline.bands(shapes, box)
    return Pool(
        name=name,
        digest=digest,
        k=K,
        texts=tuple(slot.text for slot in slots),
        advances=advances,
        first=shapes.first.astype(np.int32),
        points=points.astype(np.float32),
        on_curve=shapes.on_curve,
        contour_end=shapes.contour_end,
        normals=outline.normals(points, shapes.contour_end).astype(np.float32),
        bounds=box.astype(np.float32),
        upper=upper.astype(np.float32),
        lower=lower.astype(np.float32),
        stroke=face.stroke,
        x_height=face.x_height,
        ascent=face.ascent,
        descent=face.descent,
    )

"""The pool: many shapes of each letter of a face, as one writer would make them on one page.

Nobody makes the same letter twice. Each alternate is the font's own drawing (or one of its own alternates), turned and
stretched a little, pushed about by a smooth random field of about one x-height's reach, with its dots and accents put
down anew. Where a stroke leaves for the next letter the changes die out, so that any alternate joins any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from notegen.hand import dice, outline, pressure
from notegen.hand.bases import Bases, bases
from notegen.hand.face import Face
from notegen.hand.growing import Growing
from notegen.hand.outline import Floats, Ints, Shapes
from notegen.hand.slots import Slot, advance
from notegen.hand.warp import CALM, LATTICE, Seeds, field, freedom, warp
from notegen.model.pool import Pool

VERSION = 27
"""Changes whenever the same face would get other outlines; part of every pool's digest."""

K = 16
CANDIDATES = 24
"""Alternates tried for each letter, of which the K that are farthest from each other are kept."""
CHUNK = 64
"""Slots made at a time: arrays that a processor's cache holds take half the time."""
GRID = 2048
"""Outlines are rounded to 1/GRID em, so that every machine gets the same."""

OTHER = 0.25
"""Most that a font's own alternate may differ from the letter in width, top or bottom, x-heights."""


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """A slot before its alternates are made: its id, text and advance, and the drawings that they start from."""

    id: int
    text: str
    advance: float
    drawings: tuple[Shapes, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """What all slots of a pool share, ems: `run_on` is how much further strokes that join letters go than drawn."""

    stroke: float
    x_height: float
    ascent: float
    descent: float
    run_on: float = 0.0


def sketch(face: Face, content: str, slot: Slot) -> Sketch:
    """Return what a slot of a face starts from; `content` names the face, whatever is done to its size and weight."""
    drawings = [_drawing(face, slot.glyphs)]
    if len(slot.glyphs) == 1:
        drawings += _variants(face, slot.glyphs[0][0], drawings[0])
    number = dice.seed_of("slot", content, ",".join(str(glyph) for glyph, _ in slot.glyphs), slot.text)
    return Sketch(number, slot.text, advance(face, slot), tuple(drawings))


def make_pool(sketches: Sequence[Sketch], of: Measures, name: str, digest: str) -> Pool:
    """Return a pool of K outlines for each sketch; those of one do not depend on the others."""
    parts = [_make(sketches[start : start + CHUNK], of, name, digest) for start in range(0, len(sketches) or 1, CHUNK)]
    whole = Growing(parts[0])
    for part in parts[1:]:
        whole.add(part)
    return whole.pool


def _make(sketches: Sequence[Sketch], of: Measures, name: str, digest: str) -> Pool:
    drawings = outline.join([drawing for one in sketches for drawing in one.drawings])
    options = np.array([len(one.drawings) for one in sketches], np.int64)
    which = (np.cumsum(options) - options)[:, None] + np.arange(CANDIDATES) % options[:, None]
    advances = np.array([one.advance for one in sketches])
    texts = [one.text for one in sketches]
    origin = bases(drawings, advances, which, texts, (of.stroke, of.x_height), of.run_on)
    eager = np.array([1.0 if not one.text or one.text[0].isalpha() else CALM for one in sketches])
    seeds = np.array([one.id for one in sketches], np.uint64)
    tried = warp(origin, which, eager, (of.stroke, of.x_height), seeds)
    kept = _farthest(tried, len(sketches))
    warped = outline.take(tried, kept)
    weight, tip = _pressed(origin, which.ravel()[kept], warped, of, seeds)
    points = np.rint(warped.points * GRID) / GRID
    shapes = Shapes(points, warped.on_curve, warped.contour_end, warped.first)
    box = outline.bounds(shapes)
    upper, lower = outline.bands(shapes, box)
    return Pool(
        name=name,
        digest=digest,
        k=K,
        texts=tuple(texts),
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


def _pressed(origin: Bases, chosen: Ints, warped: Shapes, of: Measures, seeds: Seeds) -> tuple[Floats, Floats]:
    """Return the pen's pressure at each point of the outlines, and how near it is to the free end of a stroke."""
    strokes = pressure.strokes(origin.shapes, of.stroke, of.x_height)
    held = freedom(origin.shapes.points, origin.pins[origin.shapes.owner], of.x_height)
    point = outline.ranges(origin.shapes.first[:-1][chosen], np.diff(warped.first))
    knots = dice.normal_rows(dice.stream(seeds, "pressure"), K * LATTICE * LATTICE).reshape(-1, 1)
    wander = field(warped.points / of.x_height, warped.owner, knots, np.zeros((len(chosen), 2)))
    return pressure.pressure(wander[:, 0], strokes.heavy[point]), (strokes.tip * held)[point]


def _variants(face: Face, glyph: int, own: Shapes) -> list[Shapes]:
    """Return the font's other drawings of a letter, each with its ink where the letter's own ink has its middle.

    One of quite another size, or with another number of contours, is left out: a form for joining would run into its
    neighbours, an h without its ascender reads as an n, and a b that is open as an h. In a person's own hand all are
    kept: each was written as that letter.
    """
    found: list[Shapes] = []
    box = outline.bounds(own)[0]
    size = box[2] - box[0], box[3], box[1]
    for other in face.variants.get(glyph, ()):
        drawn = face.glyphs.take([other])
        ink = outline.bounds(drawn)[0]
        differs = np.abs(np.array([ink[2] - ink[0], ink[3], ink[1]]) - size).max()
        alike = np.count_nonzero(drawn.contour_end) == np.count_nonzero(own.contour_end)
        if face.own or (alike and differs < OTHER * face.x_height):
            shift = (box[0] + box[2] - ink[0] - ink[2]) / 2
            found.append(_drawing(face, ((other, float(shift)),)))
    return found


def _drawing(face: Face, glyphs: tuple[tuple[int, float], ...]) -> Shapes:
    parts = face.glyphs.take([glyph for glyph, _ in glyphs])
    shift = np.array([pen for _, pen in glyphs])[parts.owner]
    points = parts.points + np.stack((shift, np.zeros_like(shift)), axis=1)
    return Shapes(points, parts.on_curve, parts.contour_end, np.array([0, len(points)]))


def _farthest(tried: Shapes, slots: int) -> Ints:
    """Return the numbers of K outlines for each slot: of the closest pair one is left out, until K remain."""
    kept = np.ones((slots, CANDIDATES), np.bool_)
    gaps = np.full((slots, CANDIDATES, CANDIDATES), np.inf)
    counts = np.diff(tried.first).reshape(slots, CANDIDATES)
    for slot in range(slots):
        for size in np.unique(counts[slot]):
            same = np.flatnonzero(counts[slot] == size)
            first = tried.first[slot * CANDIDATES + same]
            points = tried.points[first[:, None] + np.arange(size)]
            points = (points - points.mean(axis=1, keepdims=True) if size else points).reshape(len(same), -1)
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

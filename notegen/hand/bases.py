"""What alternates start from: a letter's drawings, their loose parts, where they join, and their crossbars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from notegen.hand import outline
from notegen.hand.crossbars import Bars, bars
from notegen.hand.outline import Floats, Ints, Shapes

SMALL = 0.6
"""Size below which signs are no letters, x-heights."""
BAND = (-0.35, 1.25)
"""Heights, in x-heights, between which strokes join letters."""

EXIT, ENTRY, BARS = 0.04, 0.06, 0.1
"""Distance from the end of a letter's space at which a stroke leaves it, from its beginning at which one comes in, and
from its end at which a crossbar touches the next letter, x-heights."""


@dataclass(frozen=True, slots=True, eq=False)
class Bases:
    """The drawings that alternates start from, and what holds each of them: parts and pins.

    `part` numbers each point's part, `loose` says how freely each part moves (0: it is the letter itself; negative: it
    hangs below), `middle` is each part's, `extent` the greater of its width and height in x-heights, and `size` that of
    a drawing's largest part. A drawing turns and grows about its `centre`; `edge` are its unit normals.

    `pins` (shapes, 2, 2) are the places where strokes come in and leave (far away when there are none), `held` those
    where crossbars touch the next letter; `reach` is how much further a stroke runs on where it leaves, ems.
    """

    shapes: Shapes
    part: Ints
    loose: Floats
    part_shape: Ints
    middle: Floats
    extent: Floats
    size: Floats
    pins: Floats
    reach: Floats
    centre: Floats
    edge: Floats
    bars: Bars
    held: Floats


def bases(
    drawings: Shapes, advances: Floats, which: Ints, texts: Sequence[str], of: tuple[float, float], run_on: float
) -> Bases:
    """Return what the alternates of slots start from; `which` (slots, n) are the drawings of each.

    `of` are the pen's stroke and the x-height, `run_on` how much further strokes that join letters go than drawn; ems.
    """
    stroke, x_height = of
    part, loose, part_shape = _parts(drawings, x_height)
    slot = np.zeros(len(drawings), np.int64)
    slot[which] = np.arange(len(which))[:, None]
    of_shape = advances[slot]
    middle, extent = _measured(drawings, part, len(loose))
    crossed = bars(drawings, [texts[number] for number in slot.tolist()], stroke, x_height)
    size, largest = np.zeros(len(drawings)), np.zeros(len(drawings), np.int64)
    order = np.lexsort((extent, part_shape))
    size[part_shape[order]], largest[part_shape[order]] = extent[order] / x_height, order
    upright = np.stack((of_shape / 2, np.full(len(drawings), x_height / 2)), axis=1)
    normals = outline.normals(drawings.points, drawings.contour_end)
    return Bases(
        shapes=drawings,
        part=part,
        loose=loose,
        part_shape=part_shape,
        middle=middle,
        extent=extent / x_height,
        pins=_pins(drawings, of_shape, x_height),
        reach=np.full(len(drawings), run_on),
        size=size,
        # A joiner is blank, and may be drawn alone: then no shape has a part.
        centre=np.where(size[:, None] < SMALL, middle[largest], upright) if len(middle) else upright,
        edge=normals / np.sqrt((normals * normals).sum(axis=1, keepdims=True)),
        bars=crossed,
        held=_held(crossed, of_shape, x_height),
    )


def _held(crossed: Bars, advances: Floats, x_height: float) -> Floats:
    """Return the right ends of the crossbars that run into the next letter (shapes, 2, 2), others far away."""
    across = np.stack((crossed.half, crossed.half * crossed.slope), axis=1)
    ends = crossed.at + across
    touching = (crossed.reach > 0) & (ends[:, 0] > advances - BARS * x_height)
    held = np.where(touching[:, None], ends, 1e3)
    return np.stack((held, held), axis=1)


def _measured(shapes: Shapes, part: Ints, count: int) -> tuple[Floats, Floats]:
    """Return each part's middle, and the greater of its width and height."""
    low, high = np.full((count, 2), np.inf), np.full((count, 2), -np.inf)
    np.minimum.at(low, part, shapes.points)
    np.maximum.at(high, part, shapes.points)
    return (low + high) / 2, (high - low).max(axis=1, initial=0.0)


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
    for side, (reach, most) in enumerate(((at[:, 0], ENTRY), (advances[owner] - at[:, 0], EXIT))):
        order = np.lexsort((reach, owner))[::1]
        order = order[joining[order]]
        shape, first = np.unique(owner[order], return_index=True)
        nearest = order[first]
        joined = reach[nearest] < most * x_height
        pins[shape[joined], side] = at[nearest[joined]]
    return pins

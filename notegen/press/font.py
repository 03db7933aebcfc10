"""The outlines that were used, as one TrueType font whose strokes are as wide as the pen.

Each point moves along its normal by half of what the pen's stroke there is wider than the face's: a pen presses more in
some places, and its strokes may thin out where they end. So letters of any size are written with one pen.

The tables are written directly: they hold nothing but what the outlines say, so the same outlines give the same bytes,
and a thousand outlines take some milliseconds (fontTools' FontBuilder compiles point by point).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from notegen.model.hand import MOST_PRESSED
from notegen.press.sfnt import Metrics, sfnt, smaller_tables

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from notegen.model.hand import Pen
    from notegen.model.pool import Pool

    Floats: TypeAlias = NDArray[np.float64]

UNITS = 1000
"""Units in an em: 6 to 9 µm at the sizes of handwriting, and one byte for most steps."""

SPACE_WIDTH = 0.28
"""The advance of the space glyph, ems; it is a sign for readers and moves nothing."""

WIDEST = 1.5
"""The largest advance that is told, ems. It moves nothing either, but pdfium takes lines that are nearer than half the
width of a letter for one, and a whole signature is a letter."""

THINNEST = -0.30
"""How far an edge moves in at most, as a part of the stroke: hairlines are about two thirds of the usual stroke."""

THICKEST = 0.45
"""How far an edge moves out at most, as a part of the stroke; beyond it, counters close."""

BROADEST = 0.17
"""Stroke that any face bears, x-heights: thin ones have the room. One page in twenty has strokes above 0.13."""

KEPT_OPEN = 0.4
"""How far the edge of a counter moves in at most, as a part of its radius: the eye of an e stays one."""

DOT = 2.6
"""How long a dot is at most, pens' widths: what is longer is a dash."""

RESERVED = 2
"""Glyphs before the first outline: .notdef and the space."""

ON, X_SHORT, Y_SHORT, X_SAME, Y_SAME = 1, 2, 4, 16, 32


@dataclass(frozen=True, slots=True, eq=False)
class FontProgram:
    """A TrueType font. `widths` per glyph and `box` (x min, y min, x max, y max) are in thousandths of an em."""

    name: str
    data: bytes
    widths: tuple[int, ...]
    texts: tuple[str, ...]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    stem: int


@dataclass(frozen=True, slots=True, eq=False)
class _Points:
    """The points of all glyphs, one after the other; glyph i has those from `start[i]` to `start[i + 1]`."""

    start: NDArray[np.int64]
    xy: NDArray[np.int32]
    on_curve: NDArray[np.bool_]
    contour_end: NDArray[np.bool_]


def bearable(pool: Pool) -> tuple[float, float]:
    """Return the finest and the broadest stroke (ems) that a face's shapes bear."""
    return pool.stroke * (1 + 2 * THINNEST), max(pool.stroke * (1 + 2 * THICKEST), BROADEST * pool.x_height)


def _deltas(wide: Floats, pool: Pool) -> Floats:
    """Return how far (ems) each edge moves for strokes to become so many ems wide, as far as shapes bear it."""
    moved: Floats = (np.clip(wide, *bearable(pool)) - pool.stroke) / 2
    return moved


def strokes(pen: Pen, em: float, weight: NDArray[np.float32], tip: NDArray[np.float32]) -> Floats:
    """Return how wide (ems) the pen's stroke is at points that are pressed by `weight` and near a `tip`."""
    pressed = np.clip(weight.astype(np.float64), -MOST_PRESSED, MOST_PRESSED)
    # A stroke thins out late: half of its taper is in the last third of what is near its end, about 0.2 x-heights.
    near = tip.astype(np.float64)
    wide: Floats = (pen.width / em) * (1.0 + pen.variation * pressed) * (1.0 - pen.taper * near * near * near)
    return wide


def build_font(pool: Pool, outlines: Sequence[int], *, em: float, pen: Pen, name: str) -> FontProgram:
    """Make a font of `outlines` of the pool, glyph RESERVED + i being the i-th of them."""
    chosen = np.asarray(outlines, np.int64)
    points = _collect(pool, chosen, pen, em)
    boxes = _boxes(points)
    slots = chosen // pool.k
    widths = (
        0,
        round(SPACE_WIDTH * UNITS),
        *np.rint(np.minimum(pool.advances[slots], WIDEST) * UNITS).astype(int).tolist(),
    )
    texts = ("", " ", *(pool.texts[slot] for slot in slots.tolist()))
    metrics = Metrics(
        name=name,
        units=UNITS,
        widths=widths,
        bearings=(0, 0, *boxes[:, 0].tolist()),
        box=_whole_box(boxes),
        ascent=round(pool.ascent * UNITS),
        descent=-abs(round(pool.descent * UNITS)),
        x_height=round(pool.x_height * UNITS),
        characters=_characters(texts),
    )
    glyphs, offsets = _glyphs(points, boxes)
    tables = {
        **smaller_tables(metrics, most_points=_most(points), most_contours=_most_contours(points)),
        b"glyf": glyphs or b"\0",
        b"loca": offsets.astype(">u4").tobytes(),
    }
    stem = round(min(max(pen.width / em, bearable(pool)[0]), bearable(pool)[1]) * UNITS)
    return FontProgram(name, sfnt(tables), widths, texts, metrics.box, metrics.ascent, metrics.descent, stem)


def _collect(pool: Pool, chosen: NDArray[np.int64], pen: Pen, em: float) -> _Points:
    """Return the points of the outlines, moved along their normals so that strokes are as wide as the pen's are."""
    first = pool.first.astype(np.int64)
    counts = first[chosen + 1] - first[chosen]
    start = np.concatenate(([0], np.cumsum(counts)))
    index = np.arange(start[-1]) + np.repeat(first[chosen] - start[:-1], counts)
    xy, ends = pool.points[index].astype(np.float64), pool.contour_end[index]
    delta = _deltas(strokes(pen, em, pool.weight[index], pool.tip[index]), pool)
    if delta.max(initial=0.0) > 0:
        delta = np.minimum(delta, KEPT_OPEN * _rooms(xy, ends))
    delta += _short_of_a_dot(xy + delta[:, None] * pool.normals[index], ends, min(pen.width / em, bearable(pool)[1]))
    moved = xy + delta[:, None] * pool.normals[index]
    return _Points(start, np.rint(moved * UNITS).astype(np.int32), pool.on_curve[index], ends)


def _short_of_a_dot(xy: Floats, contour_end: NDArray[np.bool_], pen: float) -> Floats:
    """Return how much further the edges of dots have to move out: a pen put down leaves a dot of its own width."""
    if not len(xy):
        return np.zeros(0)
    first, counts, _, area = _contours(xy, contour_end)
    size = np.maximum.reduceat(xy, first) - np.minimum.reduceat(xy, first)
    is_dot = (area > 0) & (size.max(axis=1) < DOT * pen)
    lacking: Floats = np.where(is_dot, np.maximum(pen - size.min(axis=1), 0.0) / 2, 0.0)
    return lacking.repeat(counts)


def _rooms(xy: Floats, contour_end: NDArray[np.bool_]) -> Floats:
    """Return about the radius of the white that each point looks into: that of a counter, endless outside of one."""
    if not len(xy):
        return np.zeros(0)
    first, counts, step, area = _contours(xy, contour_end)
    edge = np.add.reduceat(np.sqrt((step * step).sum(axis=1)), first)
    # A circle's radius is twice its area over its edge.
    room: Floats = np.where(area < 0, 2 * np.abs(area) / np.maximum(edge, 1e-9), np.inf)
    return room.repeat(counts)


def _contours(
    xy: Floats, contour_end: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats, Floats]:
    """Return each contour's first point and number of points, each point's step to the next, and contours' areas.

    Outer contours run clockwise and have areas above 0, counters the other way.
    """
    last = np.flatnonzero(contour_end)
    first = np.concatenate(([0], last[:-1] + 1))
    after = np.arange(1, len(xy) + 1)
    after[last] = first
    step = xy[after] - xy
    area = np.add.reduceat(step[:, 0] * xy[:, 1] - xy[:, 0] * step[:, 1], first) / 2
    return first, last - first + 1, step, area


def _boxes(points: _Points) -> NDArray[np.int32]:
    """Return (x min, y min, x max, y max) of each glyph's points, zeros for a blank one."""
    boxes = np.zeros((len(points.start) - 1, 4), np.int32)
    drawn = np.flatnonzero(np.diff(points.start))
    if len(drawn):
        starts = points.start[drawn]
        boxes[drawn, :2] = np.minimum.reduceat(points.xy, starts, axis=0)
        boxes[drawn, 2:] = np.maximum.reduceat(points.xy, starts, axis=0)
    return boxes


def _whole_box(boxes: NDArray[np.int32]) -> tuple[int, int, int, int]:
    if not len(boxes):
        return 0, 0, 0, 0
    low, high = boxes[:, :2].min(axis=0).tolist(), boxes[:, 2:].max(axis=0).tolist()
    return low[0], low[1], high[0], high[1]


def _characters(texts: Sequence[str]) -> dict[int, int]:
    """Return the first glyph of each single character, so that the font also works outside of a PDF."""
    found: dict[int, int] = {}
    for glyph, text in enumerate(texts):
        if len(text) == 1:
            found.setdefault(ord(text), glyph)
    return found


def _most(points: _Points) -> int:
    return int(np.diff(points.start).max(initial=0))


def _most_contours(points: _Points) -> int:
    ends = np.concatenate(([0], np.cumsum(points.contour_end)))
    return int(np.diff(ends[points.start]).max(initial=0))


def _steps(points: _Points) -> NDArray[np.int32]:
    """Return each point relative to the one before it in its glyph."""
    steps = np.diff(points.xy, axis=0, prepend=np.zeros((1, 2), np.int32))
    begins = points.start[:-1][np.diff(points.start) > 0]
    steps[begins] = points.xy[begins]
    return steps


def _axis(steps: NDArray[np.int32], short: int, same: int) -> tuple[NDArray[np.uint8], bytes, NDArray[np.int64]]:
    """Encode one coordinate of all points: its flag bits, its bytes, and where each point's bytes begin."""
    size = np.abs(steps)
    is_short = (size > 0) & (size < 256)
    is_long = size >= 256
    flags = (is_short * np.uint8(short)) | ((is_short & (steps > 0)) | (steps == 0)) * np.uint8(same)
    pair = np.empty((len(steps), 2), np.uint8)
    pair[:, 0] = np.where(is_long, (steps >> 8) & 255, size)
    pair[:, 1] = steps & 255
    kept = np.column_stack((is_short | is_long, is_long))
    begins = np.concatenate(([0], np.cumsum(kept.sum(axis=1))))
    return flags.astype(np.uint8), pair[kept].tobytes(), begins


def _glyphs(points: _Points, boxes: NDArray[np.int32]) -> tuple[bytes, NDArray[np.int64]]:
    """Return the `glyf` table and the offsets for `loca`, the reserved glyphs blank."""
    steps = _steps(points)
    x_flags, xs, x_at = _axis(steps[:, 0], X_SHORT, X_SAME)
    y_flags, ys, y_at = _axis(steps[:, 1], Y_SHORT, Y_SAME)
    flags = (points.on_curve * np.uint8(ON) | x_flags | y_flags).astype(np.uint8).tobytes()
    ends = np.flatnonzero(points.contour_end)
    ends_at = np.searchsorted(ends, points.start).tolist()
    parts: list[bytes] = []
    lengths = [0] * RESERVED
    start, x_at, y_at = points.start.tolist(), x_at[points.start].tolist(), y_at[points.start].tolist()
    for glyph, box in enumerate(boxes.tolist()):
        a, b = start[glyph], start[glyph + 1]
        if a == b:
            lengths.append(0)
            continue
        own = (ends[ends_at[glyph] : ends_at[glyph + 1]] - a).astype(">u2")
        data = b"".join(
            (
                struct.pack(">5h", len(own), *box),
                own.tobytes() + b"\0\0",
                flags[a:b],
                xs[x_at[glyph] : x_at[glyph + 1]],
                ys[y_at[glyph] : y_at[glyph + 1]],
            )
        )
        parts.append(data + b"\0" * (-len(data) % 4))
        lengths.append(len(parts[-1]))
    return b"".join(parts), np.concatenate(([0], np.cumsum(lengths)))

"""From broken lines to placed glyphs: every line turned about its middle, clear of the ones above, and contained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from notegen.layout.breaking import Line
from notegen.layout.ink import Extents, Floats, Ints, Need, Rows, Script, extents, separations, strips
from notegen.layout.turning import reordered
from notegen.model.stock import Box
from notegen.model.writing import LINES, Flow, Writing


@dataclass(frozen=True, slots=True, eq=False)
class Spaced:
    """A script with its words apart, in ems, as if each writing stood on one endless line.

    `x` is the pen position of each glyph; `give` is how much of all gaps before each word may be squeezed away.
    """

    script: Script
    give: Floats
    x: Floats


class Setting(NamedTuple):
    """How one writing of a block is to be set: its lines, the em and the frame's left edge in mm, a slope per line.

    `flow` is the writing's.
    """

    lines: Sequence[Line]
    em: float
    x: float
    slopes: list[float]
    flow: Flow | None = None


class Kept(NamedTuple):
    """Bands across cards that stay free of ink: how high, in mm, before each line and below each card's last one."""

    before: Sequence[float]
    after: Sequence[float]


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Lines that keep clear of each other: baselines `y` below the first of the card; top and bottom of each card.

    What is kept free below the last line is above the bottom. `floor` is, where bands are kept free, the lowest ink of
    all lines of the card down to each line, from the first baseline; empty otherwise.
    """

    rows: Rows
    y: list[float]
    top: list[float]
    bottom: list[float]
    floor: list[float] = field(default_factory=list)


def slopes_of(writing: Writing, count: int) -> list[float]:
    """Return the slopes of a writing's first lines."""
    slopes: list[float] = writing.slope[:count].tolist()
    return slopes + slopes[-1:] * (count - LINES)


def set_rows(spaced: Spaced, settings: Sequence[Setting]) -> Rows:
    """Return the glyphs of lines whose frames begin at `x` mm, each line near y = 0.

    A page's mean slope is common to all its lines, as if the card had lain askew; what a line differs from it turns
    about the line's own middle, so that neither end of it runs into its neighbours.
    """
    script = spaced.script
    first: list[int] = []
    last: list[int] = []
    of_line: list[tuple[float, ...]] = []
    tilts = []
    for word, (lines, em, x, slopes, _) in zip(script.firsts, settings, strict=False):
        tilt = sum(slopes) / len(slopes)
        tilts.append(tilt)
        first += [word + line.first for line in lines]
        last += [word + line.last for line in lines]
        of_line += [
            (line.x, line.tight, line.narrow, slope, em, x, tilt) for line, slope in zip(lines, slopes, strict=True)
        ]
    cards = [0, *accumulate(len(setting.lines) for setting in settings)]
    begin, tight, narrow, slope, em_here, x_here, common = np.array(of_line).T
    endless = spaced.x - _squeezed(spaced, first, last, tight) if tight.any() else spaced.x
    if narrow.any():
        glyphs, part = _narrowed(script, last, narrow)
        endless = endless.copy()
        endless[glyphs] -= part * script.place[0].take(glyphs)
    widths = script.width.take(np.subtract(last, 1)) * (1.0 - narrow)
    stops, starts = script.words.take(last), script.words.take(first)
    counts = stops - starts
    margin = begin - endless.take(starts) + script.place[0].take(starts)
    final = script.words.take(np.subtract(last, 1))
    length = endless.take(final) - script.place[0].take(final) + widths
    middle = (begin + length + margin) * (em_here / 2) + x_here
    top_middle = middle.take(cards[:-1]).repeat(np.diff(cards))
    lift = common * (middle - top_middle) - slope * middle
    scale = em_here / np.sqrt(1.0 + slope * slope)
    table = np.array((margin * em_here + x_here, lift, em_here, scale, slope)).repeat(counts, axis=1)
    columns = np.empty((6, len(endless)))
    _turn(script.maps * table[3], table[4], columns)
    columns[4], columns[5] = reordered(script, settings, endless), script.place[1]
    columns[4:] *= table[2]
    columns[4:] += table[:2]
    columns[5] += table[4] * columns[4]
    box = extents(script.bounds, columns)
    return Rows(script.pool, script.outline, columns, starts, counts, box, cards, tilts)


def _squeezed(spaced: Spaced, first: Sequence[int], last: Sequence[int], tight: Floats) -> Floats:
    """Return by how much the squeezed gaps of a line bring each glyph nearer to the line's start."""
    of_word = np.subtract(last, first)
    nearer = spaced.give - spaced.give.take(first).repeat(of_word)
    whole = spaced.give.take(np.subtract(last, 1)) - spaced.give.take(first)
    # The share of a gap grows evenly along the line, as far as none gives more than it may.
    bent = np.minimum(1.0, 1.0 / np.maximum(tight, 0.5) - 1.0)
    table = np.array((tight * (1.0 - bent), tight * bent / np.maximum(whole, 1e-12))).repeat(of_word, axis=1)
    nearer *= table[0] + table[1] * nearer
    glyphs: Floats = nearer.repeat(np.diff(spaced.script.words))
    return glyphs


def _narrowed(script: Script, last: Sequence[int], narrow: Floats) -> tuple[Ints, Floats]:
    """Return the glyphs of the words that are written narrower to end a line, and by what part each is.

    Letters move together and keep their shapes: the hand has dealt them so that no two on the card are alike.
    """
    (lines,) = narrow.nonzero()
    words = np.subtract(last, 1).take(lines)
    first, stop = script.words.take(words), script.words.take(words + 1)
    counts = stop - first
    ends = counts.cumsum()
    glyphs = np.arange(counts.sum()) + (first - ends + counts).repeat(counts)
    return glyphs, narrow.take(lines).repeat(counts)


def _turn(scaled: Floats, slope: Floats, columns: Floats) -> None:
    """Set the maps in columns (6, n) to the maps `scaled` (4, n), turned by the slopes (n)."""
    turned = scaled * slope
    np.subtract(scaled[::2], turned[1::2], out=columns[:4:2])
    np.add(scaled[1::2], turned[::2], out=columns[1:4:2])


def contained(rows: Rows, boxes: Sequence[Box]) -> tuple[Rows, list[bool]]:
    """Return the rows with every line moved sideways into its card's box, and which cards have no line too long."""
    edges = np.array([(box.x, box.right) for box in boxes]).repeat(rows.per_card, axis=0)
    left = np.minimum.reduceat(rows.box.left, rows.starts)
    right = np.maximum.reduceat(rows.box.right, rows.starts)
    shift = np.maximum(edges[:, 0] - left, 0.0) - np.maximum(right - edges[:, 1], 0.0)
    if not shift.any():
        return rows, [True] * len(boxes)
    out = (left + shift < edges[:, 0] - 1e-9) | (right + shift > edges[:, 1] + 1e-9)
    fits = (~np.logical_or.reduceat(out, rows.cards[:-1])).tolist()
    by = shift.repeat(rows.counts)
    columns = rows.columns.copy()
    columns[4] += by
    return replace(rows, columns=columns, box=Extents(rows.box.across + by, rows.box.upright)), fits


def stack(rows: Rows, pitches: Sequence[float], clearances: Sequence[float], kept: Kept | None = None) -> Stack:
    """Return the lines under each other at the wanted distances, or further where their ink asks for it.

    There is a pitch before every line, 0 before a card's first, and a clearance for every card.
    """
    tops = np.maximum.reduceat(rows.box.top, rows.starts)
    bottoms = np.minimum.reduceat(rows.box.bottom, rows.starts)
    floor: list[float] = []
    pushed: dict[int, list[Need]] = {}
    for need in separations(rows, pitches, clearances):
        pushed.setdefault(need.lower, []).append(need)
    y: list[float] = []
    firsts = set(rows.cards)
    for line, pitch in enumerate(pitches):
        here = 0.0 if line in firsts else y[-1] - pitch
        for need in pushed.get(line, ()):
            here = min(here, y[need.upper] - need.distance)
        if kept is not None:
            if kept.before[line]:
                here = min(here, floor[-1] - kept.before[line] - float(tops[line]))
            lowest = here + float(bottoms[line])
            floor.append(lowest if line in firsts else min(floor[-1], lowest))
        y.append(here)
    cards = rows.cards[:-1]
    bottom = np.minimum.reduceat(bottoms + y, cards)
    if kept is not None:
        bottom -= kept.after
    return Stack(rows, y, np.maximum.reduceat(tops + y, cards).tolist(), bottom.tolist(), floor)


def lifted(stack: Stack, lifts: Sequence[float]) -> Rows:
    """Return the rows of a stack in their final places: the first line of each card is lifted by so many mm."""
    rows = stack.rows
    columns = rows.columns.copy()
    by = (np.array(stack.y) + np.repeat(lifts, rows.per_card)).repeat(rows.counts)
    columns[5] += by
    return replace(rows, columns=columns, box=Extents(rows.box.across, rows.box.upright + by))


def ink_boxes(rows: Rows, extras: Sequence[float]) -> list[Box]:
    """Return the box around all ink of each card in its final place, the pen's weight `extras` included.

    Only glyphs whose own box reaches near an edge are measured strip by strip: the corners of a leaning glyph's box are
    beyond its ink.
    """
    starts = rows.starts.take(rows.cards[:-1])
    counts = np.diff(starts, append=len(rows.outline))
    slack = 1.5 * np.maximum.reduceat(np.abs(rows.columns[1:3]), starts, axis=1)
    least = np.array([np.minimum.reduceat(edge, starts) for edge in (rows.box.left, rows.box.bottom)]) + slack[::-1]
    most = np.array([np.maximum.reduceat(edge, starts) for edge in (rows.box.right, rows.box.top)]) - slack[::-1]
    near = np.concatenate((least, most)).repeat(counts, axis=1)
    outermost = (rows.box.left <= near[0]) | (rows.box.bottom <= near[1])
    outermost |= (rows.box.right >= near[2]) | (rows.box.top >= near[3])
    (edge,) = outermost.nonzero()
    found = strips(rows.pool, rows.outline.take(edge), rows.columns.take(edge, axis=1))
    first = edge.searchsorted(starts)
    sides = (
        np.minimum.reduceat(found.left.min(axis=0), first) - extras,
        np.minimum.reduceat(found.bottom.min(axis=0), first) - extras,
        np.maximum.reduceat(found.right.max(axis=0), first) + extras,
        np.maximum.reduceat(found.top.max(axis=0), first) + extras,
    )
    return [Box(x0, y0, x1 - x0, y1 - y0) for x0, y0, x1, y1 in zip(*(side.tolist() for side in sides), strict=True)]


def ends(count: int, after: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Return flags (count) that are set at the glyph before each of the positions."""
    flags = np.zeros(count, dtype=np.bool_)
    flags[after - 1] = True
    return flags

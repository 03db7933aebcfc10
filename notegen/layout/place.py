"""From broken lines to placed glyphs: every line turned about its middle, clear of the ones above, and contained."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from notegen.layout.breaking import Line
from notegen.layout.ink import Extents, Floats, Ints, Need, Rows, Script, extents, separations, strips
from notegen.layout.spaced import Spaced
from notegen.layout.turning import reordered
from notegen.model.stock import Box
from notegen.model.writing import LINES, Flow, Writing


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
    tilts = [sum(slopes) / len(slopes) for _, _, _, slopes, _ in settings]
    cards = [0, *accumulate([len(setting.lines) for setting in settings])]
    table = zip(settings, tilts, script.firsts, strict=False)
    of_card = np.array([[setting.em, setting.x, tilt, word] for setting, tilt, word in table])
    em_here, x_here, common, word = of_card.T.repeat(np.diff(cards), axis=1)
    _, begins, finishes, *shape = zip(*chain.from_iterable([setting.lines for setting in settings]), strict=True)
    begin, tight, narrow = map(np.array, shape)
    slope = np.array([*chain.from_iterable([setting.slopes for setting in settings])])
    word = word.astype(np.intp)
    first, last = word + begins, word + finishes
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
    em, of_slope = em_here.repeat(counts), slope.repeat(counts)
    columns = np.empty((6, len(endless)))
    _turn(script.maps, scale.repeat(counts), of_slope, columns)
    x, y = columns[4:]
    np.multiply(reordered(script, settings, endless), em, out=x)
    x += (margin * em_here + x_here).repeat(counts)
    np.multiply(script.place[1], em, out=y)
    y += lift.repeat(counts)
    of_slope *= x
    y += of_slope
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


def _turn(maps: Floats, scale: Floats, slope: Floats, columns: Floats) -> None:
    """Set the maps in columns (6, n) to the maps (4, n), scaled and turned by the slopes (n).

    One row at a time: numpy gets memory for larger arrays from the system, page by page.
    """
    for row in (0, 2):
        along, up = maps[row] * scale, maps[row + 1] * scale
        np.subtract(along, up * slope, out=columns[row])
        along *= slope
        np.add(up, along, out=columns[row + 1])


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
    cards = rows.cards
    needs = separations(rows, pitches, clearances)
    of_line: dict[int, list[Need]] = {}
    for need in needs:
        of_line.setdefault(need.lower, []).append(need)
    floor: list[float] = []
    if kept is None:
        y = _freely(pitches, cards)
        binding = {need.lower for need in needs if y[need.lower] > y[need.upper] - need.distance}
        pushed = {bisect_right(cards, line) - 1 for line in binding}
    else:
        y, pushed = [0.0] * len(pitches), set(range(len(cards) - 1))
    for card in sorted(pushed):
        _settle(rows, range(cards[card], cards[card + 1]), pitches, of_line, y, kept, floor)
    first, by = _firsts(rows), np.repeat(y, rows.counts)
    bottom = np.minimum.reduceat(rows.box.bottom + by, first)
    if kept is not None:
        bottom -= kept.after
    return Stack(rows, y, np.maximum.reduceat(rows.box.top + by, first).tolist(), bottom.tolist(), floor)


def restacked(done: Stack, cards: Sequence[int], again: Stack) -> Stack:
    """Return a stack of which some cards are as in another one, which has their rows."""
    y, top, bottom, floor = (list(values) for values in (done.y, done.top, done.bottom, done.floor))
    for number, card in enumerate(cards):
        mine = slice(*done.rows.cards[card : card + 2])
        theirs = slice(*again.rows.cards[number : number + 2])
        y[mine] = again.y[theirs]
        if floor:
            floor[mine] = again.floor[theirs]
        top[card], bottom[card] = again.top[number], again.bottom[number]
    return Stack(done.rows, y, top, bottom, floor)


def _freely(pitches: Sequence[float], cards: Sequence[int]) -> list[float]:
    """Return the baselines of lines that nothing pushes."""
    y: list[float] = []
    for first, stop in pairwise(cards):
        y.append(0.0)
        y += accumulate([-pitch for pitch in pitches[first + 1 : stop]])
    return y


def _settle(
    rows: Rows,
    lines: range,
    pitches: Sequence[float],
    needs: Mapping[int, Sequence[Need]],
    y: list[float],
    kept: Kept | None,
    floor: list[float],
) -> None:
    """Set the baselines of one card's lines, and with bands that are kept free its floor; `needs` are by lower line."""
    for line in lines:
        here = 0.0 if line == lines[0] else y[line - 1] - pitches[line]
        for need in needs.get(line, ()):
            here = min(here, y[need.upper] - need.distance)
        if kept is not None:
            upright = rows.box.upright[:, rows.starts[line] : rows.starts[line] + rows.counts[line]]
            if kept.before[line]:
                here = min(here, floor[-1] - kept.before[line] - float(upright[1].max()))
            lowest = here + float(upright[0].min())
            floor.append(lowest if line == lines[0] else min(floor[-1], lowest))
        y[line] = here


def _firsts(rows: Rows) -> Ints:
    """Return the first glyph of each card."""
    return rows.starts.take(rows.cards[:-1])


def lifts_of(stack: Stack, lifts: Sequence[float]) -> Floats:
    """Return by how many mm each glyph of a stack is lifted to its place, the first line of each card by `lifts`."""
    by: Floats = (np.array(stack.y) + np.repeat(lifts, stack.rows.per_card)).repeat(stack.rows.counts)
    return by


def ink_boxes(rows: Rows, by: Floats, extras: Sequence[float]) -> list[Box]:
    """Return the box around all ink of each card, the pen's weight `extras` included, its glyphs lifted `by` mm (n).

    Only glyphs whose own box reaches near an edge are measured strip by strip: the corners of a leaning glyph's box are
    beyond its ink.
    """
    starts = _firsts(rows)
    counts = np.diff(starts, append=len(rows.outline))
    # No glyph's box is further beyond its ink than this; more slack than a card needs changes nothing but the time.
    upright, across = (1.5 * np.abs(row).max() for row in rows.columns[1:3])
    left, right = rows.box.across
    bottom, top = rows.box.bottom + by, rows.box.top + by
    outermost = left <= (np.minimum.reduceat(left, starts) + across).repeat(counts)
    outermost |= bottom <= (np.minimum.reduceat(bottom, starts) + upright).repeat(counts)
    outermost |= right >= (np.maximum.reduceat(right, starts) - across).repeat(counts)
    outermost |= top >= (np.maximum.reduceat(top, starts) - upright).repeat(counts)
    (edge,) = outermost.nonzero()
    columns = rows.columns.take(edge, axis=1)
    columns[5] += by.take(edge)
    found = strips(rows.pool, rows.outline.take(edge), columns)
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

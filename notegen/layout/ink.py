"""Where the ink is: the envelopes of placed glyphs, how far apart lines must be, how far apart words.

Maps are kept as columns: an array (4 or 6, n) of a b c d (e f), so that numpy runs along the glyphs; a > 0 and d > 0,
since people drift but do not mirror. A strip is one of the pool's BANDS vertical bands of an outline, after the map: a
rectangle that holds all the ink of its band, so what is measured here is never less than the ink itself. Strips are
(BANDS, n).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from notegen.model.pool import BANDS, Pool
from notegen.model.writing import LINES, Writing

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

WORDS_APART = 0.3
"""Least gap between the ink of neighbouring words, in x-heights; people's least gap is .55 between letter edges."""

SQUEEZED = 0.9
"""The least that a gap is tightened to when one more word has to fit."""

_BAND = np.arange(BANDS, dtype=np.float64)[:, None] / BANDS


SPAN = 1e4
"""A length in mm that no card has: lines laid side by side this far apart can be searched at once."""

NEARLY = 1e-3
"""A length in mm that is more than rounding and less than anything seen."""


class Extents(NamedTuple):
    """Rectangles of ink: `across` is left and right, `upright` bottom and top, in one array (2, ...) each."""

    across: Floats
    upright: Floats

    @property
    def left(self) -> Floats:
        """The left edges."""
        left: Floats = self.across[0]
        return left

    @property
    def right(self) -> Floats:
        """The right edges."""
        right: Floats = self.across[1]
        return right

    @property
    def bottom(self) -> Floats:
        """The lower edges."""
        bottom: Floats = self.upright[0]
        return bottom

    @property
    def top(self) -> Floats:
        """The upper edges."""
        top: Floats = self.upright[1]
        return top


def bounds_of(pool: Pool, outline: NDArray[np.int32]) -> Floats:
    """Return x min, y min, x max and y max of outlines (4, n), in ems."""
    return _gathered(pool.bounds, outline)


def _gathered(table: NDArray[np.float32], outline: NDArray[np.int32]) -> Floats:
    """Return rows of a table as columns, in memory too: mixed orders cost numpy three times the time."""
    return np.array(table.take(outline, axis=0).T, dtype=np.float64, order="C")


def extents(bounds: Floats, columns: Floats) -> Extents:
    """Return the boxes around outlines, given their bounds (4, n), under the maps (4 or 6, n), at their places if any.

    One row at a time: numpy gets memory for larger arrays from the system, page by page.
    """
    x, y = np.empty((2, 2, bounds.shape[1]))
    _spread(bounds[::2], columns[0], bounds[1::2], columns[2], x)
    _spread(bounds[1::2], columns[3], bounds[::2], columns[1], y)
    if len(columns) > 4:
        for edges, place in ((x, columns[4]), (y, columns[5])):
            edges[0] += place
            edges[1] += place
    return Extents(x, y)


def _spread(own: Floats, scale: Floats, other: Floats, shear: Floats, edges: Floats) -> None:
    """Set both edges along one axis: what the bounds along it are scaled to, and what those along the other shear."""
    low, high = other[0] * shear, other[1] * shear
    np.multiply(own[0], scale, out=edges[0])
    np.multiply(own[1], scale, out=edges[1])
    edges[0] += np.minimum(low, high)
    edges[1] += np.maximum(low, high, out=high)


def strips(pool: Pool, outline: NDArray[np.int32], columns: Floats) -> Extents:
    """Return the strips (BANDS, n) of outlines under the maps (4 or 6, n), at their places if any."""
    x0, _, x1, _ = _gathered(pool.bounds, outline)
    a, b, c, d = columns[:4]
    band = (x1 - x0) / BANDS
    start = x0 + (x1 - x0) * _BAND
    upper, lower = _gathered(pool.upper, outline), _gathered(pool.lower, outline)
    lean_up, lean_down = c * upper, c * lower
    middle, tilt = b * (start + band / 2), np.abs(b) * (band / 2)
    left = a * start
    across, upright = np.empty((2, *left.shape)), np.empty((2, *left.shape))
    np.add(left, np.minimum(lean_up, lean_down), out=across[0])
    np.add(left + a * band, np.maximum(lean_up, lean_down), out=across[1])
    np.add(middle - tilt, d * lower, out=upright[0])
    np.add(middle + tilt, d * upper, out=upright[1])
    if len(columns) > 4:
        across += columns[4]
        upright += columns[5]
    return Extents(across, upright)


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """The writings of a block, one after the other: one hand, one pool; lengths in ems.

    Per glyph `outline`, `bounds` (4, n), `maps` (4, n) and `place` (2, n), x from the start of its word and y. Word w
    has the glyphs `words[w]` to `words[w + 1]`, `width` and the wished `gap`. Writing i has the words from `firsts[i]`
    to `firsts[i + 1]`. `close` are the words, if any, that no space follows.
    """

    pool: Pool
    outline: NDArray[np.int32]
    bounds: Floats
    maps: Floats
    place: Floats
    words: Ints
    width: Floats
    gap: Floats
    firsts: list[int]
    close: Ints | None = None


def script(writings: Sequence[Writing]) -> Script:
    """Return writings of one pool as one script."""
    if len(writings) == 1:
        (one,) = writings
        outline, matrix, width, gap, words = one.outline, one.matrix, one.width, one.gap, one.words.astype(np.intp)
        place = np.array((one.x, one.y))
    else:
        outline, matrix, width, gap = (
            np.concatenate([getattr(one, name) for one in writings]) for name in ("outline", "matrix", "width", "gap")
        )
        place = np.array([np.concatenate([getattr(one, name) for one in writings]) for name in ("x", "y")])
        glyphs = [0, *accumulate([len(one.outline) for one in writings])]
        words = np.concatenate([*[one.words[:-1] for one in writings], [0]]).astype(np.intp)
        words += np.repeat(glyphs, [*[len(one.words) - 1 for one in writings], 1])
    firsts = [0, *accumulate(len(one.width) for one in writings)]
    # Pools grow while a batch is written; the longest has the outlines of all others under the same numbers.
    pool = max((one.pool for one in writings), key=lambda pool: len(pool.texts))
    maps = np.array(matrix.T, order="C")
    return Script(pool, outline, bounds_of(pool, outline), maps, place, words, width, gap, firsts, _close(writings))


def _close(writings: Sequence[Writing]) -> Ints | None:
    """Return the words of a block that no space follows, or None when there are none."""
    if all(one.flow is None for one in writings):
        return None
    spaced = [np.ones(len(one.width), np.bool_) if one.flow is None else one.flow.spaced for one in writings]
    close: Ints = np.logical_not(np.concatenate(spaced)).nonzero()[0]
    return close


def overhang(script: Script) -> tuple[Floats, Floats]:
    """Return how far each word's ink begins right of its start and ends right of its advance width, in ems."""
    x = np.empty((2, len(script.outline)))
    _spread(script.bounds[::2], script.maps[0], script.bounds[1::2], script.maps[2], x)
    x[0] += script.place[0]
    x[1] += script.place[0]
    starts = script.words[:-1]
    return np.minimum.reduceat(x[0], starts), np.maximum.reduceat(x[1], starts) - script.width


def gaps(script: Script, left: Floats, right: Floats, extra: float) -> tuple[Floats, Floats]:
    """Return the gap after each word, and how much of it may be squeezed away (ems), so that words stay apart.

    `left` and `right` are the overhangs, `extra` the pen's weight beyond the outlines. Only where the boxes of two
    words come too near are the strips of their nearest glyphs compared: an ascender may lean over the low letter that
    follows.
    """
    apart = WORDS_APART * script.pool.x_height + 2 * extra
    least = np.zeros(len(script.gap))
    least[:-1] = right[:-1] - left[1:] + apart
    # Nothing follows a writing's last word.
    least[np.subtract(script.firsts[1:], 1)] = 0.0
    (near,) = (script.gap < least).nonzero()
    if near.size:
        least[near] = np.minimum(least[near], _reach(script, near, apart) + apart)
    if script.close is not None:
        least[script.close] = script.gap[script.close]
    gap = np.maximum(script.gap, least)
    return gap, np.minimum(gap - least, gap * (1.0 - SQUEEZED))


def _reach(script: Script, near: Ints, apart: float) -> Floats:
    """Return how far the ink of each word of `near` reaches over the ink at its height of the next, with no gap."""
    words = script.words
    first, stop = words[near + 1], words[near + 2]
    last = first - 1
    # The last two glyphs of a word, from its end, beside the first two of the next one, from its start.
    glyphs = np.concatenate((np.maximum(words[near], last - 1), last, first, np.minimum(stop - 1, first + 1)))
    found = strips(script.pool, script.outline.take(glyphs), script.maps.take(glyphs, axis=1))
    x, y = script.place.take(glyphs, axis=1)
    x[: 2 * len(near)] -= np.tile(script.width[near], 2)
    right, _ = _by_word(found.right + x)
    _, left = _by_word(found.left + x)
    (top, next_top), (bottom, next_bottom) = _by_word(found.top + y), _by_word(found.bottom + y - apart / 2)
    meet = (top[:, :, None] > next_bottom[:, None, :]) & (next_top[:, None, :] > bottom[:, :, None])
    reach: Floats = np.where(meet, right[:, :, None] - left[:, None, :], -apart).max(axis=(1, 2))
    return reach


def _by_word(edges: Floats) -> tuple[Floats, Floats]:
    """Return one edge of the strips (BANDS, 4 m) of words' ends and of the next words' starts, each (m, 2 BANDS)."""
    ends, starts = edges.reshape(BANDS, 2, 2, -1).transpose(1, 3, 0, 2).reshape(2, -1, 2 * BANDS)
    return ends, starts


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Glyphs standing in lines: each line's baseline passes near y = 0 in its middle, x is where it will be, in mm.

    `columns` is (6, n) with the place in its last two; `starts` is the first glyph of each line, `counts` how many it
    has. `box` is around each glyph's ink, in mm on the card. `cards` is the first line of each card, and the end;
    `tilts` are the means of their lines' slopes.
    """

    pool: Pool
    outline: NDArray[np.int32]
    columns: Floats
    starts: Ints
    counts: Ints
    box: Extents
    cards: list[int]
    tilts: list[float]

    @property
    def per_card(self) -> Ints:
        """How many lines each card has."""
        return np.diff(self.cards)

    def only(self, cards: Sequence[int]) -> Rows:
        """Return the rows of some cards, in order."""
        lines = [slice(*self.cards[card : card + 2]) for card in cards]
        ends = np.append(self.starts, len(self.outline))
        glyphs = np.concatenate([np.arange(ends[some.start], ends[some.stop]) for some in lines])
        counts = np.concatenate([self.counts[some] for some in lines])
        return Rows(
            self.pool,
            self.outline.take(glyphs),
            self.columns.take(glyphs, axis=1),
            counts.cumsum() - counts,
            counts,
            Extents(self.box.across.take(glyphs, axis=1), self.box.upright.take(glyphs, axis=1)),
            [0, *accumulate(some.stop - some.start for some in lines)],
            [self.tilts[card] for card in cards],
        )


class Need(NamedTuple):
    """How far below line `upper` line `lower` has to be at the least, in mm, because of one pair of glyphs."""

    upper: int
    lower: int
    distance: float


def separations(rows: Rows, pitches: Sequence[float], clearances: Sequence[float]) -> list[Need]:
    """Return what keeps lines apart that would come too near each other at the distances `pitches`.

    There is a pitch before every line (0 before a card's first) and a clearance for every card. Ink is too near when
    less than the clearance is left above it, and when it passes beside other ink by less. Needs hold for the rows as
    they stand, slopes included: they compare ink above ink.
    """
    high, low, clearance = _near_boxes(rows, pitches, clearances)
    if not len(high):
        return []
    both, m = np.concatenate((high, low)), len(high)
    found = strips(rows.pool, rows.outline.take(both), rows.columns.take(both, axis=1))
    left, right = found.left, found.right + np.concatenate((clearance, clearance))
    meet = (left[:, None, :m] < right[None, :, m:]) & (left[None, :, m:] < right[:, None, :m])
    height = np.where(meet, found.top[:, None, :m] - found.bottom[:, m:], -np.inf)
    apart = height.max(axis=(0, 1)) + clearance
    line = rows.starts.searchsorted(both, "right") - 1
    return list(map(Need, line[m:].tolist(), line[:m].tolist(), apart.tolist()))


def _near_boxes(rows: Rows, pitches: Sequence[float], clearances: Sequence[float]) -> tuple[Ints, Ints, Floats]:
    """Return pairs of glyphs, the first of a lower line than the second, whose boxes come too near, and the clearances.

    Most cards have two or three, so that nothing but boxes needs to be looked at for all other glyphs.
    """
    level = np.repeat(rows.tilts, rows.per_card).repeat(rows.counts)
    level *= rows.columns[4]
    bottom, top = rows.box.bottom - level, rows.box.top - level
    bands = _bands(rows, (bottom, top), pitches, clearances)
    (high,) = (top > bands.floor.repeat(rows.counts)).nonzero()
    (low,) = (bottom < bands.ceiling.repeat(rows.counts)).nonzero()
    if not (len(high) and len(low)):
        return high[:0], low[:0], level[:0]
    line = np.arange(len(pitches)).repeat(rows.counts)
    aside = SPAN * (np.arange(len(pitches)) + LINES * np.arange(len(clearances)).repeat(rows.per_card))
    upper, lower = _beside(rows.box, high, low, aside.take(line), bands.most, max(clearances))
    dropped = bands.drops.take(line.take(upper)), bands.drops.take(line.take(lower))
    clear = np.repeat(clearances, rows.per_card).take(line.take(upper))
    near = rows.box.top.take(upper) - dropped[0] + clear > rows.box.bottom.take(lower) - dropped[1]
    return upper[near], lower[near], clear[near]


class _Bands(NamedTuple):
    """What the glyphs of each line are compared by, and how many lines apart ink may meet at most.

    A glyph above the `floor` may meet a line above, one below the `ceiling` one below. `drops` is how far a line is
    below its card's first.
    """

    floor: Floats
    ceiling: Floats
    drops: Floats
    most: int


def _bands(rows: Rows, upright: tuple[Floats, Floats], pitches: Sequence[float], clearances: Sequence[float]) -> _Bands:
    """Return what lines are compared by.

    `upright` is bottom and top of all glyphs from their page's mean slope, along which whole lines are compared: a
    common tilt brings no two of them nearer.
    """
    counts = rows.per_card
    # A row for each card, with a place for each line and nothing behind the last.
    known = np.arange(counts.max()) < counts[:, None]
    bottoms, tops, apart = np.full((3, *known.shape), np.inf)
    bottoms[known] = np.minimum.reduceat(upright[0], rows.starts)
    tops[known] = -np.maximum.reduceat(upright[1], rows.starts)
    apart[known] = pitches
    drops = np.where(known, apart, 0.0).cumsum(axis=1)
    widest, clear = float((rows.box.right - rows.box.left).max()), np.array(clearances)
    # Pen positions of glyphs that meet are no further apart than this, so the tilt between them is no larger.
    margin = (clear + np.abs(rows.tilts) * (2.0 * widest + clear))[:, None]
    # A glyph matters when it is higher than the lowest ink of all lines above, and the other way round.
    floor, ceiling = np.full((2, *known.shape), np.inf)
    np.minimum.accumulate((bottoms - drops)[:, :-1], axis=1, out=floor[:, 1:])
    ceiling[:, :-1] = np.minimum.accumulate((tops + drops)[:, :0:-1], axis=1)[:, ::-1]
    # Lines further apart than this cannot meet; mostly it is 1.
    reach = margin[:, 0] - tops.min(axis=1) - bottoms.min(axis=1)
    closest = np.maximum(apart[:, 1:].min(axis=1, initial=np.inf), 1e-9)
    most = np.minimum(reach / closest, counts - 1).max()
    return _Bands((floor + drops - margin)[known], (drops - ceiling + margin)[known], drops[known], max(1, int(most)))


def _beside(
    box: Extents, high: Ints, low: Ints, aside: NDArray[np.floating], most: int, clearance: float
) -> tuple[Ints, Ints]:
    """Return the pairs of `high` and `low` glyphs, 1 to `most` lines apart, that stand above each other.

    `aside` (n) is how far aside each glyph is laid for searching: each line SPAN to the right of the one above. Glyphs
    of a line follow each other from left to right but for overhangs, so a running greatest right edge and a running
    least left edge give each high glyph one range of low ones, found by bisection.
    """
    beyond = aside.take(low)
    until = np.maximum.accumulate(box.right.take(low) + beyond)
    since = np.minimum.accumulate((box.left.take(low) + beyond)[::-1])[::-1]
    beyond = aside.take(high)
    left, right = box.left.take(high) + beyond, box.right.take(high) + beyond
    apart = SPAN * np.arange(1, most + 1)[:, None]
    # What is found here is compared exactly later on: NEARLY makes good what large numbers round away.
    first = until.searchsorted((left - (clearance + NEARLY) - apart).ravel(), "right")
    count = np.maximum(since.searchsorted((right + (clearance + NEARLY) - apart).ravel()) - first, 0)
    stop = count.cumsum()
    index = np.arange(stop[-1]) + (first + count - stop).repeat(count)
    return np.tile(high, most).repeat(count), low.take(index)

"""The same figures from a card's placed glyphs, without pixels: what the meter would read if paper had no grain.

A glyph's foot is its lowest ink, a word's edges are those of its ink after the line was sheared upright, as the meter
has them. Needs neither scipy nor scikit-image. What only pixels have (the ink's darkness, a line's profile) is None.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from notegen.hand.measure import repeats, summing, twins
from notegen.hand.measure.figures import PageFigures
from notegen.hand.outline import Flags, Floats, Ints, Shapes, flatten, ranges, take
from notegen.model.card import Card

BAND = (-0.35, 1.25)
"""The part of a line in which gaps are looked for, x-heights above its baseline."""

ROWS = 40
"""Rows of ink that are looked at in one x-height."""

REACH = 0.45
"""A glyph whose lowest ink is further than this from the line stands on another: a descender, an apostrophe."""

ANGLES = np.arange(-30, 61)
"""Slants, degrees to the right, and how far their histogram is blurred."""
BLUR = 6.0


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A card's ink as short straight pieces (m, 2 ends, 2) in mm, y upwards, and the glyph of each.

    `line` and `word` number those of each glyph; `foot` (n, 2) is the lowest point of each, `inked` tells those with
    ink. `weight` is how far the pen's ink reaches beyond the outlines, mm.
    """

    pieces: Floats
    glyph: Ints
    line: Ints
    word: Ints
    foot: Floats
    inked: Flags
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A card's lines, y upwards: y = `slope` x + `level`; how far each glyph's foot is above, and which are `near`."""

    slope: Floats
    level: Floats
    above: Floats
    near: Flags


def said(card: Card) -> list[list[str]]:
    """Return the words of each line of a card, as its glyphs spell them."""
    lines: list[list[str]] = [[""]]
    ends = zip(card.outline.tolist(), card.word_end.tolist(), card.line_end.tolist(), strict=True)
    for outline, word_ends, line_ends in ends:
        lines[-1][-1] += card.pool.texts[outline // card.pool.k]
        if line_ends:
            lines.append([""])
        elif word_ends:
            lines[-1].append("")
    return lines[:-1]


def exact(card: Card) -> PageFigures:
    """Return the figures of a card from its outlines and their matrices; those that need pixels are None."""
    placed = _placed(card)
    fitted = _fitted(placed, card.pool.x_height * card.em)
    x_height = _x_height(placed, fitted, card.pool.x_height * card.em)
    lean = float(_leans(placed.pieces, np.zeros(len(placed.glyph), np.int64), 1)[0])
    left, right = _words(placed, fitted, lean, x_height)
    first = np.flatnonzero(np.diff(_line_of_word(placed), prepend=-1))
    gap = np.delete(left[1:] - right[:-1], first[1:] - 1) / x_height
    gap = gap[gap < 5]
    edges = _edges(placed)
    slopes = summing.slopes(-fitted.slope, edges[1] - edges[0], x_height)
    middle = float(np.median(edges.mean(axis=0)))
    pitch = summing.pitches(-(fitted.slope * middle + fitted.level))
    drift, off, reach = summing.edge(*edges)
    slant = _leans(placed.pieces, placed.word[placed.glyph], len(left))[right - left > 2.5 * x_height]
    widths: dict[str, list[float]] = {}
    for word, width in zip((word for line in said(card) for word in line), (right - left).tolist(), strict=True):
        widths.setdefault(word, []).append(width)
    alike = twins.least(card)
    pen = card.hand.pen
    return PageFigures(
        n_lines=len(fitted.slope),
        x_height_mm=x_height,
        pitch=summing.middle(pitch / x_height),
        pitch_mm=summing.middle(pitch),
        pitch_cv=summing.variation(pitch, 3),
        slope=summing.mean(slopes),
        slope_sd=summing.spread(slopes, 3),
        base_sd=summing.spread(fitted.above[fitted.near] / x_height, 2),
        wordbase_sd=summing.spread(_word_bases(placed, fitted) / x_height, 11),
        gap=summing.mean(gap),
        gap_cv=summing.variation(gap, 11),
        n_gaps=len(gap),
        word_height_cv=None,
        slant=lean,
        slant_sd=summing.robust_spread(slant, 11),
        left_drift_mm=drift,
        left_sd_mm=float(off.std()),
        left_mad_mm=summing.robust_spread(off, 1),
        left_range_mm=reach,
        stroke_mm=pen.width,
        stroke=pen.width / x_height,
        stroke_cv=None,
        dark_cv=None,
        same_word_cv=repeats.spread(widths),
        double_rms=alike.double,
        twin_rms=alike.any,
    )


def _placed(card: Card) -> Placed:
    pool = card.pool
    shapes = Shapes(pool.points.astype(np.float64), pool.on_curve, pool.contour_end, pool.first.astype(np.int64))
    pieces, glyph = flatten(take(shapes, card.outline.astype(np.int64)))
    a, b, c, d, e, f = (column[:, None] for column in card.matrix[glyph].T)
    x, y = pieces[..., 0], pieces[..., 1]
    moved = np.stack((a * x + c * y + e, b * x + d * y + f), axis=2)
    count = len(card.outline)
    foot = np.full((count, 2), np.inf)
    order = np.lexsort((moved[:, 0, 1], glyph))
    seen, at = np.unique(glyph[order], return_index=True)
    foot[seen] = moved[order[at], 0]
    inked = np.zeros(count, np.bool_)
    inked[seen] = True
    return Placed(
        moved,
        glyph,
        np.cumsum(card.line_end) - card.line_end,
        np.cumsum(card.word_end) - card.word_end,
        foot,
        inked,
        (card.hand.pen.width - pool.stroke * card.em) / 2,
    )


def _fitted(placed: Placed, x_height: float) -> Fitted:
    """Fit each line through the feet of its glyphs, as the meter does: again and again through those that are near."""
    count = int(placed.line[-1]) + 1
    slope, level = np.zeros(count), np.zeros(count)
    above = np.full(len(placed.line), np.inf)
    near = np.zeros(len(placed.line), np.bool_)
    for line in range(count):
        (glyphs,) = (placed.inked & (placed.line == line)).nonzero()
        x, y = placed.foot[glyphs].T
        close = np.abs(y - np.median(y)) < 2 * x_height
        for reach in (1.0, 0.7, REACH, REACH):
            slope[line], level[line] = summing.robust_line(x[close], y[close])
            off = y - (slope[line] * x + level[line])
            close = np.abs(off) < reach * x_height
        above[glyphs], near[glyphs] = off, close
    return Fitted(slope, level, above, near)


def _x_height(placed: Placed, fitted: Fitted, nominal: float) -> float:
    """Return the height over which rows of ink are at least half as full as the fullest, as the meter has it, mm.

    The ink in a row is the sum of where outlines cross it, upwards and downwards of opposite sign.
    """
    line = placed.line[placed.glyph][:, None]
    across, up = placed.pieces[..., 0], placed.pieces[..., 1]
    high = (up - (fitted.slope[line] * across + fitted.level[line])) / (nominal / ROWS)
    low, top = np.sort(high, axis=1).T
    first = np.ceil(low).astype(np.int64)
    count = np.maximum(np.ceil(top).astype(np.int64) - first, 0)
    piece = np.repeat(np.arange(len(count)), count)
    row = ranges(first, count)
    part = (row - high[piece, 0]) / (high[piece, 1] - high[piece, 0])
    crossed = across[piece, 0] + part * (across[piece, 1] - across[piece, 0])
    width = np.where(high[piece, 1] > high[piece, 0], -crossed, crossed) + placed.weight
    near = np.abs(row) < 3 * ROWS
    profile = np.bincount(row[near] + 3 * ROWS, weights=width[near], minlength=6 * ROWS)
    offset = np.arange(-ROWS // 4, ROWS // 4 + 1)
    profile = np.convolve(profile, np.exp(-0.5 * (offset / (0.05 * ROWS)) ** 2), mode="same")
    middle = int(np.argmax(profile))
    thin = np.flatnonzero(profile <= profile[middle] / 2)
    below, above = thin[thin < middle], thin[thin > middle]
    if not (len(below) and len(above)):
        return nominal
    return float(above[0] - below[-1]) / ROWS * nominal + 2 * placed.weight


def _line_of_word(placed: Placed) -> Ints:
    """Return the line of each word."""
    first = np.flatnonzero(np.diff(placed.word, prepend=-1))
    return placed.line[first]


def _leans(pieces: Floats, group: Ints, count: int) -> Floats:
    """Return the slant of each group of pieces in degrees: the direction that most of the outline's height runs in."""
    across, up = (pieces[:, 1] - pieces[:, 0]).T
    angle = np.degrees(np.arctan2(np.where(up < 0, -across, across), np.abs(up)))
    upright = (angle >= ANGLES[0]) & (angle <= ANGLES[-1])
    cell = group[upright] * len(ANGLES) + np.rint(angle[upright]).astype(np.int64) - ANGLES[0]
    height = np.bincount(cell, weights=np.abs(up[upright]), minlength=count * len(ANGLES)).reshape(count, -1)
    blurred = height @ np.exp(-0.5 * ((ANGLES[:, None] - ANGLES) / BLUR) ** 2)
    leans: Floats = ANGLES[blurred.argmax(axis=1)].astype(np.float64)
    return leans


def _words(placed: Placed, fitted: Fitted, lean: float, x_height: float) -> tuple[Floats, Floats]:
    """Return where each word's ink begins and ends when its line is sheared upright, mm."""
    x, y = placed.pieces[:, 0].T
    line = placed.line[placed.glyph]
    high = y - (fitted.slope[line] * x + fitted.level[line])
    inside = (high >= BAND[0] * x_height) & (high <= BAND[1] * x_height)
    upright = x - high * np.tan(np.radians(lean))
    word = placed.word[placed.glyph]
    count = int(placed.word[-1]) + 1
    left, right = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(left, word[inside], upright[inside])
    np.maximum.at(right, word[inside], upright[inside])
    return left - placed.weight, right + placed.weight


def _word_bases(placed: Placed, fitted: Fitted) -> Floats:
    """Return how far each word of two letters or more stands above its line, mm."""
    glyphs = np.flatnonzero(fitted.near)
    word = placed.word[glyphs]
    first = np.flatnonzero(np.diff(word, prepend=-1))
    groups = np.split(fitted.above[glyphs], first[1:])
    return np.array([np.median(group) for group in groups if len(group) >= 2])


def _edges(placed: Placed) -> Floats:
    """Return where the ink of each line begins and ends, (2, lines), mm."""
    count = int(placed.line[-1]) + 1
    line = placed.line[placed.glyph]
    left, right = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(left, line, placed.pieces[:, 0, 0])
    np.maximum.at(right, line, placed.pieces[:, 0, 0])
    return np.stack((left - placed.weight, right + placed.weight))

"""How large to write: the hand's usual size, smaller when the note is long, larger when the card would look empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import NamedTuple

import numpy as np

from notegen.layout.breaking import EARLY, Line, Start, Stretch, Words, break_passage
from notegen.layout.ink import Floats, Ints, Rows, gaps, overhang, script
from notegen.layout.leading import TIGHTEST, Pitches, pitches
from notegen.layout.manner import Manner, airs, manners
from notegen.layout.place import Kept, Setting, Stack, contained, restacked, set_rows, slopes_of, stack
from notegen.layout.scale import Scale, pen_beyond, scale_of
from notegen.layout.spaced import Spaced
from notegen.layout.turning import across
from notegen.model.note import Role
from notegen.model.stock import Box, Stock
from notegen.model.writing import LINES, Passage, Writing

EMPTY = 0.5
"""A note that fills less of its card than this is written larger."""

FILLED = 0.68
"""How full a note that is written larger may make the card."""

FILL = 0.94
"""How full people's lines are on average, for guessing how many lines there will be."""


class Draft(NamedTuple):
    """A writing made ready for trying sizes; lengths in ems.

    Per passage, `lengths` is how long it is on one endless line, `airs` the white before it, in pitches, and `free` the
    room that is kept below it for a person's pen, in mm. `safe` is the stock's safe box, in mm, and `slope` the
    steepest of the writing's lines. `guesses` is about which part of the frame's height the note takes at each size of
    the ladder.
    """

    writing: Writing
    stock: Stock
    scale: Scale
    safe: Box
    manner: Manner
    words: Words
    left: Sequence[float]
    slope: float
    guesses: list[float]
    lengths: tuple[float, ...]
    airs: tuple[float, ...]
    free: tuple[float, ...]


class Way(NamedTuple):
    """One size to try, in mm: x-height, em, the frame for the note, least white between lines, the pen's own width."""

    x_height: float
    em: float
    frame: Box
    clearance: float
    extra: float


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Writings of one hand for one stock, made ready together."""

    drafts: tuple[Draft, ...]
    spaced: Spaced


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A block at one size for each writing, its lines below each other; `over` is by how many mm each is too tall.

    `fits` says of each whether none of its lines is too long.
    """

    ways: tuple[Way, ...]
    lines: tuple[tuple[Line, ...], ...]
    stack: Stack
    over: tuple[float, ...]
    fits: tuple[bool, ...]


def prepare(writings: Sequence[Writing], stock: Stock) -> Block:
    """Measure what does not depend on the size, of writings of one hand."""
    hand, text = writings[0].hand, script(writings)
    scale = scale_of(hand, text.pool.x_height, text.pool.stroke, stock)
    em = hand.x_height[0] / text.pool.x_height
    left, right = overhang(text)
    gap, give = gaps(text, left, right, pen_beyond(hand, text.pool, em) / em)
    stop = text.width + gap
    before = give.copy()
    # Each writing is added up for itself: what stands beside it in the block must not change its last bit.
    spans = [slice(first, last) for first, last in pairwise(text.firsts)]
    for span in spans:
        np.add.accumulate(stop[span], out=stop[span])
        np.add.accumulate(before[span], out=before[span])
    end = stop - gap
    start = end - text.width
    before -= give
    reach = end + right
    for span in spans:
        np.maximum.accumulate(reach[span], out=reach[span])
    letters = np.diff(text.words)
    whim = np.concatenate([one.whim for one in writings])
    columns = _Columns(start, text.width, left, reach, before, whim, letters)
    drafts = _drafts(writings, stock, scale, columns, (end, spans))
    return Block(drafts, Spaced(text, before, start.repeat(letters) + text.place[0]))


class _Columns(NamedTuple):
    """What `Words` has of one note, of all words of a block."""

    start: Floats
    width: Floats
    left: Floats
    reach: Floats
    give: Floats
    whim: Floats
    letters: Ints


def _drafts(
    writings: Sequence[Writing], stock: Stock, scale: Scale, columns: _Columns, ends: tuple[Floats, Sequence[slice]]
) -> tuple[Draft, ...]:
    """Return the drafts of a block's writings; `ends` are where words end, and the words of each writing."""
    # Of the numbers few are looked at, so they stay where they are.
    *table, letters = [column.data for column in columns]
    end, spans = ends[0].data, ends[1]
    slopes = np.abs([one.slope[:24] for one in writings]).max(axis=1)
    shapes = [
        _shape(one, manner, end[span], table[0][span])
        for one, manner, span in zip(writings, manners(writings), spans, strict=True)
    ]
    early = _early(columns.whim, [*[span.start for span in spans], spans[-1].stop])
    of_card = zip(writings, spans, early, slopes.tolist(), _guesses(scale, slopes, shapes), shapes, strict=True)
    return tuple(
        [
            Draft(
                one,
                stock,
                scale,
                scale.safe,
                shape.manner,
                Words._make((*[column[span] for column in table], own, letters[span])),
                one.left.data,
                slope,
                guesses,
                *shape[1:],
            )
            for one, span, own, slope, guesses, shape in of_card
        ]
    )


class _Shape(NamedTuple):
    """A writing's manner, and of each passage the length in ems, the air before it and the room kept below it."""

    manner: Manner
    lengths: tuple[float, ...]
    airs: tuple[float, ...]
    free: tuple[float, ...]


def _shape(writing: Writing, manner: Manner, end: Sequence[float], start: Sequence[float]) -> _Shape:
    passages = writing.passages
    return _Shape(
        manner,
        tuple([end[passage.last - 1] - start[passage.first] for passage in passages]),
        airs(tuple([passage.role for passage in passages]), manner.indent > 0.0),
        tuple([sum([space.height for space in passage.below]) if passage.below else 0 for passage in passages]),
    )


def _guesses(scale: Scale, slopes: Floats, shapes: Sequence[_Shape]) -> list[list[float]]:
    """Return about which part of the frame's height each note of a block takes at each size of the ladder."""
    ladder = np.array(scale.ladder)
    sizes = [scale.at(x_height) for x_height in scale.ladder]
    em, comfort, extra, _, height, _ = np.array(sizes).T
    side = extra + slopes[:, None] * em + 0.1
    width = (scale.safe.width - 2 * side - 1.8 * comfort) / em * FILL
    # A last line is half full on average: counting it whole would call a two-line note three lines long.
    pitches = np.zeros(width.shape)
    lengths = zip_longest(*[shape.lengths for shape in shapes], fillvalue=-np.inf)
    for length in lengths:
        column = np.array(length)[:, None]
        pitches += np.where(column < 0.0, 0.0, np.maximum(1.0, column / width + 0.4))
    pitches += np.array([sum(shape.airs) for shape in shapes])[:, None]
    # The first line's ascenders and the last one's descenders take about what one pitch less leaves.
    pitch = scale.hand.leading * ladder
    free = np.array([sum(shape.free) for shape in shapes])[:, None]
    guesses: list[list[float]] = (((pitches - 1) * pitch + 3.0 * ladder + free) / height).tolist()
    return guesses


def _early(whim: Floats, firsts: Sequence[int]) -> list[list[int]]:
    """Return, for each writing, the words before which a whim may end the line."""
    after = (whim < EARLY).nonzero()[0]
    bounds = after.searchsorted(firsts).tolist()
    words = (after + 1).tolist()
    return [
        [word - first for word in words[low:high]] for first, (low, high) in zip(firsts, pairwise(bounds), strict=False)
    ]


def way(draft: Draft, x_height: float) -> Way:
    """Return the frame for a size: comfortable at the hand's usual size, the whole safe box at its least."""
    size, safe = draft.scale.at(x_height), draft.safe
    # Letters that lean with their line reach a little further than their line is long.
    side = size.extra + draft.slope * size.em + 0.1
    width = safe.width - 2 * side - 1.8 * size.comfort
    frame = Box(safe.x + side + 1.1 * size.comfort, size.y, width, size.height)
    return Way(x_height, size.em, frame, size.clearance, size.extra)


def sizes(draft: Draft) -> Iterator[float]:
    """Yield the x-heights to try, the best guess first, then ever smaller ones."""
    ladder, start = draft.scale.ladder, draft.scale.usual
    guesses = draft.guesses
    if guesses[start] < EMPTY:
        while start > 0 and guesses[start - 1] <= FILLED:
            start -= 1
    else:
        while start < len(ladder) - 1 and guesses[start] * TIGHTEST > 1.0:
            start += 1
    yield from ladder[start:]
    if ladder[-1] > draft.writing.hand.x_height[0] * 1.001:
        yield draft.writing.hand.x_height[0]


def fit(block: Block, ways: Sequence[Way], lines: Sequence[tuple[Line, ...]]) -> Fit:
    """Return the notes laid out, each in its way; the lines of one that is too tall are as near as they may be.

    A note with a line too long for its card is said to be one line too tall.
    """
    drafts = block.drafts
    settings = [
        Setting(found, trial.em, trial.frame.x, slopes_of(draft.writing, len(found)), draft.writing.flow)
        for draft, trial, found in zip(drafts, ways, lines, strict=True)
    ]
    safes = [draft.safe.inset(trial.extra) for draft, trial in zip(drafts, ways, strict=True)]
    rows, fits = contained(set_rows(block.spaced, settings), safes)
    wished = pitches(drafts, ways, lines, 1.0)
    done = _stacked(rows, wished, drafts, ways, lines)
    heights = [safe.height for safe in safes]
    near = [
        number
        for number, (fit, shrink) in enumerate(zip(fits, wished.shrink, strict=True))
        if fit and shrink > TIGHTEST and done.top[number] - done.bottom[number] > heights[number]
    ]
    if near:
        own = [drafts[number] for number in near], [ways[number] for number in near], [lines[number] for number in near]
        done = restacked(done, near, _stacked(rows.only(near), pitches(*own, TIGHTEST), *own))
    leading = drafts[0].writing.hand.leading
    over = [
        top - bottom - height if fit else trial.x_height * leading
        for top, bottom, height, fit, trial in zip(done.top, done.bottom, heights, fits, ways, strict=True)
    ]
    return Fit(tuple(ways), tuple(lines), done, tuple(over), tuple(fits))


def _stacked(
    rows: Rows, wished: Pitches, drafts: Sequence[Draft], ways: Sequence[Way], lines: Sequence[tuple[Line, ...]]
) -> Stack:
    return stack(rows, wished.before, [trial.clearance for trial in ways], _kept(drafts, ways, lines))


def _kept(drafts: Sequence[Draft], ways: Sequence[Way], lines: Sequence[tuple[Line, ...]]) -> Kept | None:
    """Return the bands that stay free for a person's pen, with room for the printed one's ink above and below.

    None when no writing of the block asks for any, as is usual.
    """
    if not any(any(draft.free) for draft in drafts):
        return None
    before: list[float] = []
    for draft, trial, found in zip(drafts, ways, lines, strict=True):
        before.append(0.0)
        for upper, lower in pairwise(found):
            free = draft.free[upper.passage] if lower.passage != upper.passage else 0.0
            before.append(free + 2 * trial.extra if free else 0.0)
    return Kept(before, [draft.free[-1] for draft in drafts])


def break_lines(draft: Draft, trial: Way) -> tuple[Line, ...]:
    """Return the lines of the whole note for one size."""
    width = trial.frame.width / trial.em
    count = int(trial.frame.height / (draft.writing.hand.leading * trial.x_height * TIGHTEST)) + 1
    # Where the frame has no white to spare, the line that begins furthest out begins at its edge: it stays ragged.
    spare = (trial.frame.x - draft.safe.x) / trial.em
    shift = max(0.0, -min(draft.left[:count], default=0.0) - spare)
    flow = draft.writing.flow
    against = flow.turns.against if flow is not None and flow.turns is not None else ()
    lines: list[Line] = []
    tail: _Tail | None = None
    for number, passage in enumerate(draft.writing.passages):
        if tail is None and passage.role in _TAIL:
            tail = _tail(draft, width, len(lines), shift)
        start = _start(draft, passage, number, width, shift, tail)
        stretch = Stretch(number, passage.first, passage.last, start, -spare, width)
        found = break_passage(draft.words, stretch, len(lines))
        lines.extend(across(draft.words, found, width) if number in against else found)
    return tuple(lines)


_TAIL = (Role.CLOSING, Role.SIGNATURE)


@dataclass(frozen=True, slots=True)
class _Tail:
    """Where closing and signature begin, and the number of their first line."""

    x: float
    line: int


def _tail(draft: Draft, width: float, line: int, shift: float) -> _Tail:
    passages = zip(draft.writing.passages, draft.lengths, strict=True)
    longest = max([length for passage, length in passages if passage.role in _TAIL])
    wanted = draft.manner.ending * width
    room = width - longest - 2.0 * draft.writing.pool.x_height
    if min(wanted, room) < 0.25 * width:
        return _Tail(draft.left[min(line, LINES - 1)] + shift, line)
    return _Tail(min(wanted, room), line)


def _start(draft: Draft, passage: Passage, number: int, width: float, shift: float, tail: _Tail | None) -> Start:
    """Return where the lines of a passage begin."""
    left, manner = draft.left, draft.manner
    unit = draft.writing.pool.x_height
    if passage.role in _TAIL and tail is not None:
        edge = left[min(tail.line, LINES - 1)]
        return lambda line, _: max(0.0, tail.x + 0.6 * (left[min(line, LINES - 1)] - edge))
    if passage.role is Role.DATE:
        x = max(0.0, width - draft.lengths[number] - manner.date * unit)
        return lambda line, _: x
    # A paragraph begins now further in, now further out; how far is the whim of its first word.
    own = draft.words.whim[passage.first] - 0.5
    indent = (
        (manner.indent * (1.0 + 0.4 * own) if manner.indent else 0.9 * own) * unit if passage.role is Role.BODY else 0.0
    )
    return lambda line, first: left[min(line, LINES - 1)] + shift + (indent if first else 0.0)

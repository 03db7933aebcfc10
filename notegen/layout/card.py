"""One card from one writing: the first size that fits, put where a person would begin, or why none does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from notegen.layout.breaking import TooLong
from notegen.layout.codes import LONG_WORD, OVERFLOW
from notegen.layout.fitting import FILL, TIGHTEST, Block, Draft, Fit, Way, break_lines, fit, prepare, sizes, way
from notegen.layout.place import ends, ink_boxes, lifted
from notegen.layout.reading import readable, said
from notegen.layout.stocks import builtin
from notegen.layout.turning import is_from_right, mirrored, mirrored_stock, turned_back
from notegen.model.card import Card
from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.model.note import Role
from notegen.model.room import Room
from notegen.model.stock import Box, Kind, Stock
from notegen.model.writing import Writing

BLOCK = 32
"""How many writings are laid out together: numpy's calls cost more than a card's few hundred glyphs."""


def lay_out(writing: Writing, stock: Stock) -> Checked[Card]:
    """Place a writing on a stock; see `notegen.layout.lay_out`."""
    if is_from_right(writing):
        return _turned_back(_alone(mirrored(writing), mirrored_stock(stock), 0), writing, stock)
    return _alone(writing, stock, 0)


def _alone(writing: Writing, stock: Stock, skip: int) -> Checked[Card]:
    """Try one size after the other, each with ever closer lines; the first `skip` attempts are known to fail."""
    block = prepare([writing], stock)
    (draft,) = block.drafts
    over = 0.0
    long_word: int | None = None
    attempts = ((x_height, widest) for x_height in sizes(draft) for widest in (1.0, TIGHTEST))
    for x_height, widest in islice(attempts, skip, None):
        trial = way(draft, x_height)
        try:
            lines = break_lines(draft, trial)
        except TooLong as trouble:
            long_word = trouble.word
            continue
        long_word = None
        found = fit(block, [trial], [lines], widest)
        if found.over[0] <= 0.0:
            return Checked(_cards(block, found)[0])
        over = found.over[0]
    if long_word is not None:
        return Checked(None, (_too_long(draft, long_word),))
    return Checked(None, (_overflow(draft, over),))


def lay_out_all(writings: Iterable[Writing], stock: Stock) -> Iterator[Checked[Card]]:
    """Place writings on cards of one stock; see `notegen.layout.lay_out_all`."""
    for (_, _, turned), same in groupby(writings, key=lambda one: (one.pool.digest, one.hand, is_from_right(one))):
        while block := list(islice(same, BLOCK)):
            if turned:
                laid = _together([mirrored(one) for one in block], mirrored_stock(stock))
                yield from (_turned_back(card, one, stock) for card, one in zip(laid, block, strict=True))
            else:
                yield from _together(block, stock)


def _turned_back(laid: Checked[Card], writing: Writing, stock: Stock) -> Checked[Card]:
    """Return the card whose mirror image was laid out."""
    return laid if laid.value is None else replace(laid, value=turned_back(laid.value, writing.pool, stock))


def _together(writings: list[Writing], stock: Stock) -> Iterator[Checked[Card]]:
    """Lay out writings at the first size of each; those that do not fit at that are laid out by themselves."""
    block = prepare(writings, stock)
    ways = [way(draft, next(sizes(draft))) for draft in block.drafts]
    try:
        lines = [break_lines(draft, trial) for draft, trial in zip(block.drafts, ways, strict=True)]
    except TooLong:
        yield from (_alone(one, stock, 0) for one in writings)
        return
    found = fit(block, ways, lines, 1.0)
    cards = _cards(block, found)
    for writing, card, over in zip(writings, cards, found.over, strict=True):
        yield Checked(card) if over <= 0.0 else _alone(writing, stock, 1)


def _cards(block: Block, found: Fit) -> list[Card]:
    """Return the cards of a block; of no use for a note that is too tall."""
    text, drafts = block.spaced.script, block.drafts
    lifts = [
        _lift(draft, trial, top, bottom)
        for draft, trial, top, bottom in zip(drafts, found.ways, found.stack.top, found.stack.bottom, strict=True)
    ]
    rows = lifted(found.stack, lifts)
    matrix = np.array(rows.columns.T, order="C")
    spaced = text.words[1:] if text.close is None else np.delete(text.words[1:], text.close)
    word_end = ends(len(matrix), spaced)
    line_end = ends(len(matrix), rows.starts + rows.counts)
    glyphs = text.words.take(text.firsts).tolist()
    ink = ink_boxes(rows, [trial.extra for trial in found.ways])
    lightness = _lightness(drafts, np.diff(text.words))
    cards = [
        Card(
            key=draft.writing.key,
            stock=draft.stock,
            hand=draft.writing.hand,
            pool=draft.writing.pool,
            em=trial.em,
            text=draft.writing.text,
            outline=draft.writing.outline,
            matrix=matrix[first:stop],
            word_end=word_end[first:stop],
            line_end=line_end[first:stop],
            ink=box,
            lightness=None if lightness is None else lightness[first:stop],
            said=said(draft.writing, lines),
            rooms=free,
        )
        for draft, trial, lines, box, free, (first, stop) in zip(
            drafts, found.ways, found.lines, ink, _rooms(block, found, lifts), pairwise(glyphs), strict=True
        )
    ]
    return [readable(*each) for each in zip(cards, [draft.writing for draft in drafts], found.lines, strict=True)]


def _rooms(block: Block, found: Fit, lifts: Sequence[float]) -> list[tuple[Room, ...]]:
    """Return where each card of a block is kept free for a person's pen, from the top."""
    floor = found.stack.floor
    if not floor:
        return [()] * len(block.drafts)
    first = accumulate((len(lines) for lines in found.lines), initial=0)
    rooms: list[tuple[Room, ...]] = []
    for draft, trial, lines, start, lift in zip(block.drafts, found.ways, found.lines, first, lifts, strict=False):
        own: list[Room] = []
        for number, passage in enumerate(draft.writing.passages):
            last = max(index for index, line in enumerate(lines) if line.passage == number)
            top = floor[start + last] + lift - trial.extra
            for space in passage.below:
                top -= space.height
                own.append(Room(space.use, Box(draft.safe.x, top, draft.safe.width, space.height)))
        rooms.append(tuple(own))
    return rooms


def _lightness(drafts: Sequence[Draft], letters: NDArray[np.integer[Any]]) -> NDArray[np.int8] | None:
    """Return the lightness of each glyph of a block; its writings are of one hand and so of one ink."""
    of_words = [draft.writing.lightness for draft in drafts]
    known = [words for words in of_words if words is not None]
    return np.concatenate(known).repeat(letters) if len(known) == len(of_words) else None


def _lift(draft: Draft, trial: Way, block_top: float, block_bottom: float) -> float:
    """Return the height of the first baseline: near the top for a long note, so that a short one is centred by eye."""
    frame, safe, height = trial.frame, draft.safe.inset(trial.extra), block_top - block_bottom
    white = frame.height - height
    if white < 0:
        above = white / 2
    else:
        # A note that fills half the card or less is centred by eye; a longer one begins at the top with some air.
        emptiness = min(1.0, 2 * white / frame.height)
        above = white * (0.2 + (draft.manner.above - 0.2) * emptiness)
    top = min(safe.top, frame.top - above)
    return max(top, safe.y + height) - block_top


def _too_long(draft: Draft, word: int) -> Diagnostic:
    writing = draft.writing
    outlines = writing.outline[writing.words[word] : writing.words[word + 1]].tolist()
    text = "".join(writing.pool.texts[outline // writing.pool.k] for outline in outlines)
    return Diagnostic(
        LONG_WORD,
        Severity.ERROR,
        f"the word '{text}' is longer than a line of {draft.stock.name} in the hand {writing.hand.name}",
        hint=f"write it shorter, or in two words{_or_larger(draft.stock, 1.0)}",
        note=writing.key,
    )


def _overflow(draft: Draft, over: float) -> Diagnostic:
    """Say how long the note may be: `over` is by how many mm it is too tall at the hand's least size."""
    writing, hand = draft.writing, draft.writing.hand
    total = len(" ".join(writing.text.split()))
    pitch = hand.leading * hand.x_height[0] * TIGHTEST
    lines = int(over / pitch) + 1
    cut = min(total, -(-int(lines * _characters_per_line(draft)) // 10) * 10)
    room = max(0, (total - cut) // 10 * 10)
    free = sum(draft.free)
    beside = f" beside {free:g} mm for a person's pen" if free else ""
    return Diagnostic(
        OVERFLOW,
        Severity.ERROR,
        f"the note has {total} characters; the hand {hand.name} on {draft.stock.name} has room for about {room}"
        f"{beside}; cut about {cut}",
        hint=f"shorten the note{_or_larger(draft.stock, total / max(room, 1))}, or choose a hand that writes smaller",
        note=writing.key,
    )


def _characters_per_line(draft: Draft) -> float:
    """Return how many characters of the body a line holds at the hand's least size."""
    writing = draft.writing
    body = [p for p in writing.passages if p.role is Role.BODY] or list(writing.passages)
    least = way(draft, writing.hand.x_height[0])
    lines = sum(length for p, length in zip(writing.passages, draft.lengths, strict=True) if p in body) * least.em
    words = writing.text.split()
    characters = sum(len(word) + 1 for p in body for word in words[p.first : p.last])
    return characters / max(lines / least.frame.width / FILL, 1.0)


def _or_larger(stock: Stock, times: float) -> str:
    """Return `, or take X` for the smallest bundled card with so many times the room, if there is one.

    Cards of the same trade that are folded alike are named before others.
    """
    trade = stock.name.partition("-")[0]
    larger = [
        (not other.name.startswith(f"{trade}-"), other.fold is not stock.fold, _room(other), other.name)
        for other in builtin()
        if other.kind is Kind.CARD
        and _room(other) >= times * _room(stock)
        and other.panel.box.width > stock.panel.box.width
    ]
    return f", or take {min(larger)[-1]}" if larger else ""


def _room(stock: Stock) -> float:
    return stock.safe_box.width * stock.safe_box.height

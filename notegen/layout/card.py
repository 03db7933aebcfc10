"""One card from one writing: the first size that fits, put where a person would begin, or why none does."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from notegen.layout.breaking import TooLong
from notegen.layout.codes import LONG_WORD, OVERFLOW
from notegen.layout.fitting import FILL, Block, Draft, Fit, Way, break_lines, fit, prepare, sizes, way
from notegen.layout.leading import TIGHTEST
from notegen.layout.place import ends, ink_boxes, lifts_of
from notegen.layout.reading import readable, said
from notegen.layout.spaced import Spaced, joined
from notegen.layout.stocks import builtin
from notegen.layout.turning import is_from_right, mirrored, mirrored_stock, turned_back
from notegen.model.card import Card
from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.model.note import Role
from notegen.model.room import Room
from notegen.model.stock import Box, Kind, Stock
from notegen.model.writing import Writing

BLOCK = 64
"""How many writings are laid out together: numpy's calls cost more than a card's few hundred glyphs."""


np.empty(31 << 17)
"""Memory as large as was once freed, glibc keeps for the next block; else the system gives it anew, page by page.

It does so for sizes up to 32 MiB (mallopt(3), M_MMAP_THRESHOLD). Nothing is written here, so this takes no memory.
"""


def lay_out(writing: Writing, stock: Stock) -> Checked[Card]:
    """Place a writing on a stock; see `notegen.layout.lay_out`."""
    (laid,) = lay_out_all([writing], stock)
    return laid


def lay_out_all(writings: Iterable[Writing], stock: Stock) -> Iterator[Checked[Card]]:
    """Place writings on cards of one stock; see `notegen.layout.lay_out_all`."""
    for (_, _, turned), same in groupby(writings, key=lambda one: (one.pool.digest, one.hand, is_from_right(one))):
        if not turned:
            yield from _in_blocks(same, stock)
            continue
        own: deque[Writing] = deque()
        for laid in _in_blocks(_mirrored(same, own), mirrored_stock(stock)):
            yield _turned_back(laid, own.popleft(), stock)


def _mirrored(writings: Iterable[Writing], own: deque[Writing]) -> Iterator[Writing]:
    """Yield the mirror images of writings, and keep these."""
    for writing in writings:
        own.append(writing)
        yield mirrored(writing)


def _turned_back(laid: Checked[Card], writing: Writing, stock: Stock) -> Checked[Card]:
    """Return the card whose mirror image was laid out."""
    return laid if laid.value is None else replace(laid, value=turned_back(laid.value, writing.pool, stock))


class _Try:
    """A note that is being laid out: what is left to try, how it is tried now, and what came of it."""

    __slots__ = ("attempts", "draft", "laid", "lines", "over", "spaced", "way", "word")

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.spaced: Spaced | None = None
        self.attempts = sizes(draft)
        self.over = 0.0
        self.word: int | None = None
        self.laid: Checked[Card] | None = None

    def turn(self) -> bool:
        """Break the note as the next size wants it; False, and it is known why, when there is nothing left to try."""
        for x_height in self.attempts:
            self.way = way(self.draft, x_height)
            try:
                self.lines, self.word = break_lines(self.draft, self.way), None
            except TooLong as trouble:
                self.word = trouble.word
            else:
                return True
        why = _overflow(self.draft, self.over) if self.word is None else _too_long(self.draft, self.word)
        self.laid = Checked(None, (why,))
        return False


def _in_blocks(writings: Iterable[Writing], stock: Stock) -> Iterator[Checked[Card]]:
    """Lay out writings of one hand in their order; what does not fit at once is tried again with the next block."""
    rest, waiting, again = iter(writings), deque[_Try](), list[_Try]()
    while True:
        # Nobody waits long for the one before: what is finished is kept in memory meanwhile.
        room = max(0, BLOCK - len(again)) if len(waiting) < 3 * BLOCK else 0
        block = list(islice(rest, room))
        again = _attempted(again, block, stock, waiting)
        while waiting and (laid := waiting[0].laid) is not None:
            waiting.popleft()
            yield laid
        if len(block) < room and not again:
            return


def _attempted(again: list[_Try], new: list[Writing], stock: Stock, waiting: deque[_Try]) -> list[_Try]:
    """Try notes once, the new ones for the first time, which join those that wait; return those to try again."""
    made = prepare(new, stock) if new else None
    tries = [*again, *(map(_Try, made.drafts) if made else ())]
    waiting += tries[len(again) :]
    able = [number for number, one in enumerate(tries) if one.turn()]
    if not able:
        return []
    spaced = _of_all(tries, able, made)
    tries = [tries[number] for number in able]
    block = Block(tuple([one.draft for one in tries]), spaced)
    found = fit(block, [one.way for one in tries], [one.lines for one in tries])
    if min(found.over) <= 0.0:
        for one, card, over in zip(tries, _cards(block, found), found.over, strict=True):
            one.laid = Checked(card) if over <= 0.0 else None
    left = []
    for number, (one, over) in enumerate(zip(tries, found.over, strict=True)):
        one.over = over
        if one.laid is None:
            one.spaced = spaced.part(number)
            left.append(one)
    return left


def _of_all(tries: Sequence[_Try], able: Sequence[int], made: Block | None) -> Spaced:
    """Return the words of the notes that are tried: of those for the first time they are in a block."""
    if made is not None and len(able) == len(tries) == len(made.drafts):
        return made.spaced
    before = len(tries) - (len(made.drafts) if made else 0)
    parts: list[Spaced] = []
    for number in able:
        kept = tries[number].spaced
        if kept is None:
            assert made is not None
            kept = made.spaced.part(number - before)
        parts.append(kept)
    return joined(parts)


def _cards(block: Block, found: Fit) -> list[Card]:
    """Return the cards of a block; of no use for a note that is too tall."""
    text, drafts = block.spaced.script, block.drafts
    lifts = [
        _lift(draft, trial, top, bottom)
        for draft, trial, top, bottom in zip(drafts, found.ways, found.stack.top, found.stack.bottom, strict=True)
    ]
    rows, by = found.stack.rows, lifts_of(found.stack, lifts)
    # As columns in memory: what is done with them is done along the glyphs.
    matrix = rows.columns.copy().T
    matrix[:, 5] += by
    spaced = text.words[1:] if text.close is None else np.delete(text.words[1:], text.close)
    word_end = ends(len(matrix), spaced)
    line_end = ends(len(matrix), rows.starts + rows.counts)
    glyphs = text.words.take(text.firsts).tolist()
    ink = ink_boxes(rows, by, [trial.extra for trial in found.ways])
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

"""A note becomes a Writing: words shaped once, alternates dealt so that no near neighbours share one, drift laid over.

Words are kept in a bank of flat arrays per hand; a note is then a gather from it and a few operations over all its
letters at once.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from notegen.hand import dice, drift, pools
from notegen.hand.missing import unwritable
from notegen.hand.outline import Floats, Ints, ranges
from notegen.hand.shape import Shaper
from notegen.model.diagnostic import Checked
from notegen.model.hand import Hand
from notegen.model.note import Note
from notegen.model.writing import Passage, Writing

Starts = NDArray[np.int64]
"""For a list of words, the first glyph of each and the end of the last."""


class Bank:
    """The words that a hand has shaped so far, in flat arrays: slot, advance and offset of each letter.

    Arrays grow by doubling and filled parts never change, so a reader needs no lock.
    """

    def __init__(self, shaper: Shaper) -> None:
        self.shaper = shaper
        self._numbers: dict[str, int] = {}
        self._lock = Lock()
        self._used = 0
        self._spans = np.zeros((256, 2), np.int64)
        self._slots = np.zeros(2048, np.int64)
        self._places = np.zeros((2048, 3))

    def gather(self, words: list[str]) -> tuple[Ints, Floats, Starts]:
        """Return the slots and the (advance, x offset, y offset) of all letters, and where each word starts."""
        numbers = self._numbers
        try:
            which = [numbers[word] for word in words]
        except KeyError:
            which = [self._number(word) for word in words]
        spans = self._spans[which]
        index = ranges(spans[:, 0], spans[:, 1])
        starts = np.zeros(len(words) + 1, np.int64)
        np.cumsum(spans[:, 1], out=starts[1:])
        return self._slots[index], self._places[index], starts

    def _number(self, word: str) -> int:
        with self._lock:
            known = self._numbers.get(word)
            return self._add(word) if known is None else known

    def _add(self, word: str) -> int:
        shaped = self.shaper.set_word(word)
        number, start, end = len(self._numbers), self._used, self._used + len(shaped.slots)
        self._slots = _room(self._slots, end)
        self._places = _room(self._places, end)
        self._spans = _room(self._spans, number + 1)
        self._slots[start:end] = shaped.slots
        self._places[start:end, 0] = shaped.advances
        self._places[start:end, 1:] = shaped.offsets
        self._spans[number] = start, end - start
        self._used = end
        self._numbers[word] = number
        return number


def _room(array: NDArray[np.generic], count: int) -> NDArray[np.generic]:
    if count <= len(array):
        return array
    larger = np.zeros((max(count, 2 * len(array)), *array.shape[1:]), array.dtype)
    larger[: len(array)] = array
    return larger


@lru_cache(maxsize=16)
def _bank(shaper: Shaper) -> Bank:
    return Bank(shaper)


def write(note: Note, hand: Hand, seed: int) -> Checked[Writing]:
    """Write a note in a hand; the same note key, hand name and seed give the same writing on any machine.

    What the hand cannot write is an error for each character; there is no Writing only when nothing is left to write.
    """
    shaper = pools.shaper(hand)
    found = unwritable(note, hand, shaper)
    words, passages = _words(note, shaper)
    if not words:
        return Checked(None, found)
    return Checked(_written(note, hand, _bank(shaper), words, passages, seed), found)


def _words(note: Note, shaper: Shaper) -> tuple[list[str], tuple[Passage, ...]]:
    """Return the words that leave ink, and the passages that they make up."""
    words: list[str] = []
    passages: list[Passage] = []
    for block in note.blocks:
        first = len(words)
        words += [word for word in note.text[block.start : block.end].split() if not shaper.is_blank(word)]
        if len(words) > first:
            passages.append(Passage(block.role, first, len(words)))
    return words, tuple(passages)


def _written(note: Note, hand: Hand, bank: Bank, words: list[str], passages: tuple[Passage, ...], seed: int) -> Writing:
    pool = bank.shaper.pool
    base = dice.seed_of("write", note.key, hand.name, seed)
    slots, places, starts = bank.gather(words)
    gap = drift.gaps(len(words), hand, base + 1) * pool.x_height
    matrix, x, y, width = _moved(places, starts, gap, hand, pool.x_height, base + 2)
    lines = drift.lines(hand, base + 3)
    em = hand.x_height[1] / pool.x_height
    return Writing(
        key=note.key,
        hand=hand,
        pool=pool,
        text=note.text,
        passages=passages,
        outline=(slots * pool.k + deal(slots, pool.k, base + 4)).astype(np.int32),
        matrix=matrix,
        x=x,
        y=y,
        words=starts.astype(np.int32),
        width=width,
        gap=gap,
        whim=dice.uniforms(base + 5, len(words)),
        slope=lines.slope,
        left=lines.left / em,
        pitch=lines.pitch,
    )


def _moved(
    places: Floats, starts: Starts, gap: Floats, hand: Hand, x_height: float, seed: int
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return each letter's matrix (a b c d), its x in its word and its y, and each word's width; lengths in ems."""
    counts = np.diff(starts)
    advance = places[:, 0]
    before = np.cumsum(gap) - gap
    middle = np.cumsum(advance) - advance / 2 + np.repeat(before, counts)
    wander = drift.along(middle / x_height, hand, seed)
    stretched = advance * wander.width
    pen = np.zeros(len(advance) + 1)
    np.cumsum(stretched, out=pen[1:])
    at_word = pen[starts]
    x = pen[:-1] - np.repeat(at_word[:-1], counts) + places[:, 1] * wander.width
    # The drift is that of the letter's middle; its origin lies half an advance to the left on the same tilt.
    y = wander.shift * x_height - wander.tilt * stretched / 2 + places[:, 2] * wander.height
    matrix = np.empty((len(advance), 4))
    matrix[:, 0] = wander.width
    matrix[:, 1] = wander.tilt * wander.width
    matrix[:, 2] = wander.slant * wander.height
    matrix[:, 3] = wander.height
    return matrix, x, y, at_word[1:] - at_word[:-1]


def deal(slots: Ints, k: int, seed: int) -> Ints:
    """Return an alternate for each letter; none comes again before its slot has been written k / 2 times more.

    Each slot goes through one half of its alternates in an order of its own, then through the other half, and so on:
    doubles always differ, and a shape that comes back has at least k / 2 of its kind in between.
    """
    half = k // 2
    order = np.argsort(slots, kind="stable")
    ordered = slots[order]
    fresh = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    rank = np.arange(len(slots)) - np.repeat(fresh, np.diff(np.append(fresh, len(slots))))
    turn, place = np.divmod(rank, half)
    key = (ordered.astype(np.uint64) << np.uint64(20)) + np.uint64(seed & dice.MASK)
    side = turn + (dice.scramble(key.copy()) & np.uint64(1)).astype(np.int64)
    luck = dice.scramble(key + (turn + 1).astype(np.uint64)).astype(np.int64) & 0x7FFFFFFF
    stride = ((luck >> 8) * 2 + 1) % half
    dealt = np.empty(len(slots), np.int64)
    dealt[order] = (side % 2) * half + (luck + stride * place) % half
    return dealt

"""A note becomes a Writing: words shaped once, alternates dealt so that no near neighbours share one, drift laid over.

Words are kept in a bank of flat arrays per hand; a note is then a gather from it and a few operations over all its
letters at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from notegen.hand import dice, drift, flow, pools
from notegen.hand.carried import Places, carried, closed_up
from notegen.hand.dealing import alternates
from notegen.hand.fallbacks import lending
from notegen.hand.flowing import Key, Plan, is_unusual, plan
from notegen.hand.likeness import Likeness
from notegen.hand.missing import unwritable
from notegen.hand.outline import Floats, Ints, ranges
from notegen.hand.shape import Shaper
from notegen.model.diagnostic import Checked
from notegen.model.hand import Hand
from notegen.model.note import Note
from notegen.model.pool import Pool
from notegen.model.writing import Passage, Writing

Number = TypeVar("Number", bound=np.generic)
Starts = NDArray[np.int64]
"""For a list of words, the first glyph of each and the end of the last."""


class Bank:
    """The words that a hand has shaped so far, in flat arrays: slot, advance and offset of each letter.

    Arrays grow by doubling and filled parts never change, so a reader needs no lock.
    """

    def __init__(self, shaper: Shaper) -> None:
        self.shaper = shaper
        self._edges = _edges(shaper.pool)
        self.likeness = Likeness(shaper.pool.k)
        self._numbers: dict[Key, int] = {}
        self._pieces: dict[Key, tuple[tuple[int, int], ...]] = {}
        self._lock = Lock()
        self._used = 0
        self._spans = np.zeros((256, 2), np.int64)
        self._slots = np.zeros(2048, np.int64)
        self._places = np.zeros((2048, 4))

    @property
    def edges(self) -> Floats:
        """How far the ink of each slot usually begins and ends beyond where its pen does: (left, right), ems."""
        pool, edges = self.shaper.pool, self._edges
        if len(edges) < len(pool.texts):
            edges = self._edges = np.concatenate((edges, _edges(pool, len(edges))))
        return edges

    def gather(self, words: Sequence[Key]) -> tuple[Ints, Floats, Starts]:
        """Return the slots and the (advance, x offset, y offset, on) of all letters, and where each word starts.

        `on` is how many places away the letter is that a mark is attached to, 0 for one that stands by itself.
        """
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

    def pieces(self, word: Key) -> tuple[tuple[int, int], ...]:
        """Return the (first glyph, level) of each part of a word that runs in one direction."""
        return self._pieces.get(word, ((0, 0),))

    def _number(self, word: Key) -> int:
        with self._lock:
            known = self._numbers.get(word)
            return self._add(word) if known is None else known

    def _add(self, word: Key) -> int:
        shaped = self.shaper.set_word(word)
        number, start, end = len(self._numbers), self._used, self._used + len(shaped.slots)
        self._slots = _room(self._slots, end)
        self._places = _room(self._places, end)
        self._spans = _room(self._spans, number + 1)
        self._slots[start:end] = shaped.slots
        self._places[start:end, 0] = shaped.advances
        self._places[start:end, 1:3] = shaped.offsets
        if shaped.on is not None:
            self._places[start:end, 3] = shaped.on
        if shaped.pieces:
            self._pieces[word] = shaped.pieces
        self._spans[number] = start, end - start
        self._used = end
        self._numbers[word] = number
        return number


def _room(array: NDArray[Number], count: int) -> NDArray[Number]:
    if count <= len(array):
        return array
    larger: NDArray[Number] = np.zeros((max(count, 2 * len(array)), *array.shape[1:]), array.dtype)
    larger[: len(array)] = array
    return larger


def _edges(pool: Pool, start: int = 0) -> Floats:
    """Return, from a slot on, how far its ink usually begins and ends beyond where its pen does: (left, right), ems."""
    boxes = pool.bounds[start * pool.k :].reshape(-1, pool.k, 4).astype(np.float64).mean(axis=1)
    return np.stack((-boxes[:, 0], boxes[:, 2] - pool.advances[start:]), axis=1)


@lru_cache(maxsize=64)
def _bank(shaper: Shaper) -> Bank:
    return Bank(shaper)


def write(note: Note, hand: Hand, seed: int) -> Checked[Writing]:
    """Write a note in a hand; the same note key, hand name and seed give the same writing on any machine.

    What the hand cannot write is an error for each character; there is no Writing only when nothing is left to write.
    """
    shaper = pools.shaper(hand)
    if is_unusual(note.text):
        return _write_otherwise(note, hand, shaper, seed)
    easy = shaper.knows(note.text)
    lender = hand if easy else lending(note.text, hand, shaper)
    if lender is not hand:
        return write(note, lender, seed)
    found = () if easy and not note.text.isspace() and note.text else unwritable(note, hand, shaper)
    words, passages = _words(note, None if easy else shaper)
    if not words:
        return Checked(None, found)
    return Checked(_written(note, hand, _bank(shaper), words, passages, seed), found)


def _write_otherwise(note: Note, hand: Hand, shaper: Shaper, seed: int) -> Checked[Writing]:
    """Write a note that does not simply run from left to right with spaces between its words."""
    found = unwritable(note, hand, shaper)
    planned = plan(note, shaper.is_blank)
    if not planned.words:
        return Checked(None, found)
    return Checked(_written(note, hand, _bank(shaper), planned.words, planned.passages, seed, planned), found)


def _words(note: Note, shaper: Shaper | None) -> tuple[list[str], tuple[Passage, ...]]:
    """Return the words, and the passages that they make up; with a shaper, without the words that leave no ink."""
    words: list[str] = []
    passages: list[Passage] = []
    for block in note.blocks:
        first = len(words)
        parts = note.text[block.start : block.end].split()
        words += [part for part in parts if not shaper.is_blank(part)] if shaper else parts
        if len(words) > first:
            passages.append(Passage(block.role, first, len(words), block.below))
    return words, tuple(passages)


def _written(
    note: Note,
    hand: Hand,
    bank: Bank,
    words: Sequence[Key],
    passages: tuple[Passage, ...],
    seed: int,
    planned: Plan | None = None,
) -> Writing:
    base = dice.seed_of("write", note.key, hand.name, seed)
    slots, places, starts = bank.gather(words)
    # Only now, for the pool grows with words that nobody wrote before.
    pool = bank.shaper.pool
    edges = bank.edges[slots]
    if planned is not None and planned.from_right:
        edges = edges[:, ::-1]
    gap = _gaps(edges, starts, hand, pool.x_height, base + 1)
    if planned is not None:
        gap = closed_up(gap, edges, starts, planned, pool.x_height)
    matrix, x, y, width = _moved(places, starts, gap, hand, pool.x_height, base + 2)
    course = None
    if planned is not None or places[:, 3].any():
        placed, course = carried(Places(matrix, x, y), places, starts, planned, [bank.pieces(word) for word in words])
        matrix, x, y = placed
    dealt, matrix = alternates(slots, matrix, pool, bank.likeness, base + 4)
    lines = drift.lines(hand, base + 3)
    em = hand.x_height[1] / pool.x_height
    return Writing(
        key=note.key,
        hand=hand,
        pool=pool,
        text=note.text,
        passages=passages,
        outline=(slots * pool.k + dealt).astype(np.int32),
        matrix=matrix,
        x=x,
        y=y,
        words=starts.astype(np.int32),
        width=width,
        gap=gap,
        whim=_whims(base + 5, len(words), planned),
        slope=lines.slope,
        left=lines.left / em,
        pitch=lines.pitch,
        habit=dice.seed_of("habit", hand.name, seed),
        flow=course,
        lightness=flow.lightness(len(words), base + 90) if hand.ink.shade else None,
    )


def _whims(seed: int, count: int, planned: Plan | None) -> Floats:
    """Return the whim of each word; a character that no space follows is not a word, and few lines end early there."""
    found = dice.uniforms(seed, count)
    return found if planned is None else np.where(planned.spaced, found, np.sqrt(found))


def _gaps(edges: Floats, starts: Starts, hand: Hand, x_height: float, seed: int) -> Floats:
    """Return the gap after each word, ems: never so narrow that the two would be read as one."""
    drawn = drift.gaps(len(starts) - 1, hand, seed)
    stand_out = edges[starts[1:] - 1, 1] / x_height
    stand_out[:-1] += edges[starts[1:-1], 0] / x_height
    gap: Floats = np.maximum(drawn, stand_out + drift.least_gap(hand)) * x_height
    return gap


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

"""The words that a hand has shaped so far, kept in flat arrays from which whole notes are gathered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from notegen.hand.flowing import Key
from notegen.hand.likeness import Likeness
from notegen.hand.outline import Floats, Ints, ranges
from notegen.hand.shape import Shaper
from notegen.model.pool import Pool

Number = TypeVar("Number", bound=np.generic)
Starts = NDArray[np.int64]
"""For a list of words, the first glyph of each and the end of the last."""


class Bank:
    """The words that a hand has shaped so far: slot, advance and offset of each letter.

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
        self._spans = np.zeros((2, 256), np.int64)
        self._slots = np.zeros(2048, np.int64)
        self._places = np.zeros((4, 2048))

    @property
    def edges(self) -> Floats:
        """How far the ink of each slot usually begins and ends beyond where its pen does: (left, right), ems."""
        pool, edges = self.shaper.pool, self._edges
        if len(edges) < len(pool.texts):
            edges = self._edges = np.concatenate((edges, _edges(pool, len(edges))))
        return edges

    def gather(self, words: Sequence[Key]) -> tuple[Ints, Floats, Starts]:
        """Return the slots of all letters, their (4, n) advance, x offset, y offset and on, and where each word starts.

        `on` is how many places away the letter is that a mark is attached to, 0 for one that stands by itself.
        """
        numbers = self._numbers
        try:
            which = [numbers[word] for word in words]
        except KeyError:
            which = [self._number(word) for word in words]
        first, count = self._spans[:, which]
        index = ranges(first, count)
        starts = np.zeros(len(words) + 1, np.int64)
        np.cumsum(count, out=starts[1:])
        return self._slots.take(index), self._places.take(index, axis=1), starts

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
        self._places[0, start:end] = shaped.advances
        self._places[1:3, start:end] = shaped.offsets.T
        if shaped.on is not None:
            self._places[3, start:end] = shaped.on
        if shaped.pieces:
            self._pieces[word] = shaped.pieces
        self._spans[:, number] = start, end - start
        self._used = end
        self._numbers[word] = number
        return number


def _room(array: NDArray[Number], count: int) -> NDArray[Number]:
    """Return an array whose last axis has room for so many."""
    has = array.shape[-1]
    if count <= has:
        return array
    larger: NDArray[Number] = np.zeros((*array.shape[:-1], max(count, 2 * has)), array.dtype)
    larger[..., :has] = array
    return larger


def _edges(pool: Pool, start: int = 0) -> Floats:
    """Return, from a slot on, how far its ink usually begins and ends beyond where its pen does: (left, right), ems."""
    boxes = pool.bounds[start * pool.k :].reshape(-1, pool.k, 4).astype(np.float64).mean(axis=1)
    return np.stack((-boxes[:, 0], boxes[:, 2] - pool.advances[start:]), axis=1)


@lru_cache(maxsize=64)
def bank_of(shaper: Shaper) -> Bank:
    """Return the bank of what a shaper has set."""
    return Bank(shaper)

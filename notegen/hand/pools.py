"""The book of a hand, made once in a process, and the shaper that goes with it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from threading import Lock

from notegen.hand import book as books
from notegen.hand import coverage
from notegen.hand.book import Book
from notegen.hand.fallbacks import fallbacks
from notegen.hand.shape import Shaper, shaper_of
from notegen.model.hand import Fallback, Hand
from notegen.model.pool import Pool

_making = Lock()


def font_path(hand: Hand) -> Path:
    """Return where a hand's font file is: as given, or below the built-in `fonts`."""
    return books.font_path(hand.font)


def pool(hand: Hand) -> Pool:
    """Return the hand's pool of alternates as it is now.

    Raises UnreadableFile when its font cannot be read, NotegenError when the font may not be embedded.
    """
    return book(hand).pool


def book(hand: Hand) -> Book:
    """Return what the hand's pool grows in; it is made from disk, or anew, the first time."""
    return shaper(hand).book


@lru_cache(maxsize=64)
def shaper(hand: Hand) -> Shaper:
    """Return what sets the hand's words; hands that differ in pen or size alone share it."""
    # One at a time: two books of one hand would number their slots each in its own way.
    with _making:
        face = str(font_path(hand)), hand.face_index, hand.name
        return _shaper(*face, fallbacks(hand), coverage.own(hand.scripts), hand.run_on)


@lru_cache(maxsize=64)
def _shaper(
    font: str, index: int, name: str, others: tuple[Fallback, ...], scripts: tuple[str, ...], run_on: float
) -> Shaper:
    return shaper_of(Book(name, font, index, others, run_on), scripts)

"""Where lines end: greedily, as a hand does, which does not know yet how long the next word will be.

Lengths are in ems. A person stops a little early now and then, presses one more word onto a line now and then, and
would rather squeeze than leave one short word alone. Which of these happens is decided by the writing's whims.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

EARLY = 0.08
"""A whim below this ends a line that is full enough, although the next word would fit."""

FULL = 0.8
"""How full a line must be before anybody thinks of ending it early."""

PRESSED = 0.5
"""A whim from here on presses one more word onto the line when tighter gaps make room for it."""

WIDOW = 0.16
"""A last word alone on its line is a widow when it is shorter than this part of the line."""


@dataclass(frozen=True, slots=True)
class Words:
    """All words of a note as if on one endless line: lists, since they are looked up one by one.

    `start` is where each word begins; `left` is where its ink begins, relative to that, and `reach` the furthest that
    any ink up to it goes. `give` is how much of all gaps before it may be squeezed away; `whim` is the writing's.
    `early` are the words, in order, before which a whim may end the line.
    """

    start: list[float]
    width: list[float]
    left: list[float]
    reach: list[float]
    give: list[float]
    whim: list[float]
    early: list[int]


class Line(NamedTuple):
    """Words first..last (half open) on one line that starts at x; `tight` (0 to 1) says how much its gaps give."""

    passage: int
    first: int
    last: int
    x: float
    tight: float


Start = Callable[[int, bool], float]
"""Where a line starts, by its number on the card and whether it is the first of its passage."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One passage to be broken: its number and words; the ink of its lines may reach from `edge` to `room`."""

    number: int
    first: int
    last: int
    start: Start
    edge: float
    room: float


class TooLong(Exception):
    """A word that no line can hold."""

    def __init__(self, word: int) -> None:
        super().__init__(word)
        self.word = word


def break_passage(words: Words, stretch: Stretch, number: int) -> list[Line]:
    """Return the lines of a passage whose first line is line `number` of the card.

    Raises TooLong for a word that is longer than an empty line.
    """
    lines = _greedy(words, stretch, number, words.early, PRESSED)
    if len(lines) > 1 and _is_widow(words, stretch, lines[-1]):
        closer = _greedy(words, stretch, number, [], 0.0)
        if len(closer) < len(lines):
            return closer
    return lines


def _is_widow(words: Words, stretch: Stretch, line: Line) -> bool:
    return line.last - line.first == 1 and words.width[line.first] < WIDOW * stretch.room


def _greedy(words: Words, stretch: Stretch, number: int, early: list[int], pressed: float) -> list[Line]:
    lines: list[Line] = []
    word = stretch.first
    while word < stretch.last:
        line = _fill(words, stretch, word, number + len(lines), early, pressed)
        lines.append(line)
        word = line.last
    return lines


def _fill(words: Words, stretch: Stretch, first: int, number: int, early: list[int], pressed: float) -> Line:
    """Return the line that begins with the word `first`."""
    x = max(stretch.start(number, first == stretch.first), stretch.edge - words.left[first])
    room = stretch.room - x
    end = words.start[first] + room
    stop = bisect_right(words.reach, end, first, stretch.last)
    if stop == first:
        raise TooLong(first)
    if stop == stretch.last:
        return Line(stretch.number, first, stop, x, 0.0)
    early_stop = _early(words, first, stop, words.start[first] + FULL * room, early)
    if early_stop < stop:
        return Line(stretch.number, first, early_stop, x, 0.0)
    if words.whim[stop] >= pressed:
        give = words.give[stop] - words.give[first]
        if 0.0 < words.reach[stop] - end <= give:
            return Line(stretch.number, first, stop + 1, x, (words.reach[stop] - end) / give)
    return Line(stretch.number, first, stop, x, 0.0)


def _early(words: Words, first: int, stop: int, full: float, early: list[int]) -> int:
    """Return the word before which the writer ends the line for no reason but a whim, or `stop`."""
    for word in reversed(early[bisect_right(early, first) : bisect_left(early, stop)]):
        if words.start[word - 1] + words.width[word - 1] <= full:
            break
        stop = word
    return stop

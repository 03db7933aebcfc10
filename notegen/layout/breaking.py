"""Where lines end: greedily, as a hand does, which does not know yet how long the next word will be.

Lengths are in ems. A person stops a little early now and then, presses one more word onto a line now and then, and
would rather squeeze than leave one short word alone. Which of these happens is decided by the writing's whims.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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
    """What breaking needs to know of each word: lists, since a loop reads them one by one.

    `left` and `right` are where the ink begins and ends, relative to the word's start. `gap` is the gap after it,
    `give` how much of that may be squeezed away.
    """

    left: list[float]
    right: list[float]
    width: list[float]
    gap: list[float]
    give: list[float]
    whim: list[float]


@dataclass(frozen=True, slots=True)
class Line:
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
    """One passage to be broken: its number and words; its lines may reach `room` ems from the frame's left."""

    number: int
    first: int
    last: int
    start: Start
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
    lines = _greedy(words, stretch, number, EARLY, PRESSED)
    if len(lines) > 1 and _is_widow(words, stretch, lines[-1]):
        closer = _greedy(words, stretch, number, 0.0, 0.0)
        if len(closer) < len(lines):
            return closer
    return lines


def _is_widow(words: Words, stretch: Stretch, line: Line) -> bool:
    return line.last - line.first == 1 and words.width[line.first] < WIDOW * stretch.room


def _greedy(words: Words, stretch: Stretch, number: int, early: float, pressed: float) -> list[Line]:
    lines: list[Line] = []
    word = stretch.first
    while word < stretch.last:
        line = _fill(words, stretch, word, number + len(lines), early, pressed)
        lines.append(line)
        word = line.last
    return lines


def _fill(words: Words, stretch: Stretch, first: int, number: int, early: float, pressed: float) -> Line:
    """Return the line that begins with the word `first`."""
    start = stretch.start(number, first == stretch.first)
    room = stretch.room - start
    right, width, gap = words.right, words.width, words.gap
    if right[first] > room:
        raise TooLong(first)
    x = width[first]
    for word in range(first + 1, stretch.last):
        # The gap that ends here belongs to the word before.
        at = x + gap[word - 1]
        if at + right[word] > room:
            tight = _squeeze(words, first, word, at + right[word] - room)
            if tight <= 1.0 and words.whim[word] >= pressed:
                return Line(stretch.number, first, word + 1, start, tight)
            return Line(stretch.number, first, word, start, 0.0)
        if words.whim[word - 1] < early and x > FULL * room:
            return Line(stretch.number, first, word, start, 0.0)
        x = at + width[word]
    return Line(stretch.number, first, stretch.last, start, 0.0)


def _squeeze(words: Words, first: int, word: int, excess: float) -> float:
    """Return which part of the give of the gaps before `word` takes the excess away; more than 1 when it cannot be."""
    give = sum(words.give[first:word])
    return excess / give if give > 0 else 2.0

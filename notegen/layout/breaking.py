"""Where lines end: greedily, as a hand does, which does not know yet how long the next word will be.

Lengths are in ems. A person stops a little early now and then, presses one more word onto a line now and then, and
would rather squeeze than leave one short word alone. Which of these happens is decided by the writing's whims.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

EARLY = 0.08
"""A whim below this ends a line that is full enough, although the next word would fit."""

FULL = 0.8
"""How full a line must be before anybody thinks of ending it early."""

PRESSED = 0.65
"""A whim from here on presses one more word onto the line when tighter gaps make room for it."""

NARROW = 0.05, 0.10
"""How much nearer the letters of a word are written that is pressed onto the end of a line, at least and at most."""

INSET = 0.8
"""How much of what its letters move is sure to be saved by a narrower word, whose last letter may be a broad one."""

NEARING = 0.5
"""How tight a full line becomes although nothing presses: whoever nears the edge of the card moves up a little."""

WIDOW = 8
"""A word of fewer letters is a widow when it stands alone on the last line of a passage."""

SLIGHTLY = 0.8
"""How much of what its gaps give a line is squeezed to take a widow up: 8 % of the gaps, since they give 10 %."""

STILL_FULL = 0.65
"""How full a line has to stay that gives its last word to a widow for company."""


class Words(NamedTuple):
    """All words of a note as if on one endless line; they are looked up one by one, so these are no arrays of numpy's.

    `start` is where each word begins; `left` is where its ink begins, relative to that, and `reach` the furthest that
    any ink up to it goes. `give` is how much of all gaps before it may be squeezed away; `whim` is the writing's.
    `early` are the words, in order, before which a whim may end the line; `letters` is how many a word has.
    """

    start: Sequence[float]
    width: Sequence[float]
    left: Sequence[float]
    reach: Sequence[float]
    give: Sequence[float]
    whim: Sequence[float]
    early: Sequence[int]
    letters: Sequence[int]


class Line(NamedTuple):
    """Words first..last (half open) on one line that starts at x.

    `tight` (0 to 1) says how much its gaps give, the later ones more; its last word is `narrow` (a part) narrower.
    """

    passage: int
    first: int
    last: int
    x: float
    tight: float
    narrow: float = 0.0


Start = Callable[[int, bool], float]
"""Where a line starts, by its number on the card and whether it is the first of its passage."""


class Stretch(NamedTuple):
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
    if len(lines) > 1 and _is_widow(words, lines[-1]):
        return (
            _taken_up(words, stretch, lines)
            or _closer(words, stretch, lines, number)
            or _accompanied(words, stretch, lines, number)
            or lines
        )
    return lines


def _is_widow(words: Words, line: Line) -> bool:
    return line.last - line.first == 1 and words.letters[line.first] < WIDOW


def _taken_up(words: Words, stretch: Stretch, lines: list[Line]) -> list[Line] | None:
    """Return the lines with the widow on the line before, slightly squeezed, or None when it has no room for it."""
    *kept, before, widow = lines
    over = words.reach[widow.first] - words.start[before.first] - (stretch.room - before.x)
    give = words.give[widow.first] - words.give[before.first]
    if over > SLIGHTLY * give:
        return None
    return [*kept, before._replace(last=widow.last, tight=over / give if over > 0.0 else 0.0, narrow=0.0)]


def _closer(words: Words, stretch: Stretch, lines: list[Line], number: int) -> list[Line] | None:
    """Return the passage written more closely from its beginning, or None when that does not save the widow's line.

    It comes before company for the widow: on a full card the line saved may be the one that is missing.
    """
    closer = _greedy(words, stretch, number, [], 0.0)
    return closer if len(closer) < len(lines) else None


def _accompanied(words: Words, stretch: Stretch, lines: list[Line], number: int) -> list[Line] | None:
    """Return the lines with one more word on the last, or None when that would leave the line before too short."""
    *kept, before, widow = lines
    moved = before.last - 1
    room = stretch.room - before.x
    if words.start[moved - 1] + words.width[moved - 1] - words.start[before.first] < STILL_FULL * room:
        return None
    x = _begin(words, stretch, moved, number + len(kept) + 1)
    if words.reach[widow.first] - words.start[moved] > stretch.room - x:
        return None
    return [*kept, before._replace(last=moved, tight=0.0, narrow=0.0), Line(stretch.number, moved, widow.last, x, 0.0)]


def _greedy(words: Words, stretch: Stretch, number: int, early: Sequence[int], pressed: float) -> list[Line]:
    """Return lines that are filled one after the other: one loop, since a card has a dozen and a batch many cards."""
    start, reach, whim = words.start, words.reach, words.whim
    passage, first, last, begin, edge, room = stretch
    lines: list[Line] = []
    while first < last:
        x = max(begin(number, not lines), edge - words.left[first])
        end = start[first] + (room - x)
        stop = bisect_right(reach, end, first, last)
        if stop == first:
            raise TooLong(first)
        if stop == last:
            lines.append(Line(passage, first, stop, x, 0.0))
            break
        early_stop = _early(words, first, stop, start[first] + FULL * (room - x), early) if early else stop
        if early_stop < stop:
            line = Line(passage, first, early_stop, x, 0.0)
        else:
            pressing = _pressed(words, first, stop, end) if whim[stop] >= pressed else None
            end_of_line, how = (stop, (NEARING,)) if pressing is None else (stop + 1, pressing)
            line = Line(passage, first, end_of_line, x, *how)
        lines.append(line)
        first, number = line.last, number + 1
    return lines


def _pressed(words: Words, first: int, stop: int, end: float) -> tuple[float, float] | None:
    """Return how tight and narrow a line from `first` gets when word `stop` is pressed onto it; None if it cannot."""
    give, over = words.give[stop] - words.give[first], words.reach[stop] - end
    moves = INSET * words.width[stop] * (1.0 - 1.0 / max(words.letters[stop], 1))
    narrow = min(max((over - give) / moves, NARROW[0]), NARROW[1]) if moves else 0.0
    over -= narrow * moves
    if over > give:
        return None
    return max(over / give, NEARING) if give else 0.0, narrow


def _begin(words: Words, stretch: Stretch, first: int, number: int) -> float:
    """Return where line `number` of the card begins when `first` is its first word: its ink stays inside the edge."""
    return max(stretch.start(number, first == stretch.first), stretch.edge - words.left[first])


def _early(words: Words, first: int, stop: int, full: float, early: Sequence[int]) -> int:
    """Return the word before which the writer ends the line for no reason but a whim, or `stop`."""
    low = bisect_right(early, first)
    for index in range(bisect_left(early, stop, low) - 1, low - 1, -1):
        word = early[index]
        if words.start[word - 1] + words.width[word - 1] <= full:
            break
        stop = word
    return stop

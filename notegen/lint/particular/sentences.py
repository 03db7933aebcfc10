"""A letter's sentences, each with what it weighs: towards a letter to everyone, or to one person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from notegen.lint.particular.lexicon import Theme, theme
from notegen.lint.particular.traits import CUSTOMARY, HOLDS, PAST, Trait, traits

_END: Final = re.compile(r"[.!?…\n](?:(?<=\n)\s*\n|(?<!\n)(?<![.!?…].)[.!?…]*+[\"'”’)\]]*+(?=\s|$))")
"""Nothing is tried twice: a row of thousands of marks is read once."""
_ABBREVIATED: Final = re.compile(
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|St|Prof|Rev|No|Sr|Jr|Messrs|vs|e\.g|i\.e|approx|[A-Z])\.$"
)
_TOKEN: Final = re.compile(r"\d[\w.,:/%]*|[^\W\d_]+(?:['’-][^\W\d_]+)*['’]?")
_MONTHS: Final = frozenset({"March", "May", "August"})
"""Months that are words as well, and so are told by their capital."""
_SUBJECT: Final = frozenset("you i he she they it who".split())
_BETWEEN: Final = frozenset("never once even also just already still had have both all always only".split())
"""Words that may stand between who did it and what they did."""

POINTS: Final = {
    Trait.PRAISE: 24, Trait.OURS: 18, Trait.EXCLAIMED: 18, Trait.BUSINESS: 14, Trait.PROMISE: 14, Trait.CHEER: 12,
    Trait.ALL: 10, Trait.OFFERS: 9, Trait.PLAIN: 7, Trait.HYPE: 6, Trait.ARE: 4, Trait.TRADES: 2, Trait.ABSTRACT: 1,
    Trait.NOT: -3, Trait.WAS: -6, Trait.NAME: -8, Trait.KIN: -8, Trait.DEED: -11, Trait.NUMBER: -11,
    Trait.HUMAN: -12, Trait.OUTSIDE: -13, Trait.WHEN: -14, Trait.TOLD: -14, Trait.MINE: -17,
}  # fmt: skip
"""What one such word adds to its sentence; see verdict for where the figures come from."""
START: Final = -2.4
KEPT: Final = 4096
"""Sentences that are remembered: the notes of a batch have most of theirs in common."""
REMEMBERED: Final = 1000
"""Characters of the longest of them."""
DAMPING: Final = 4
"""Words that are added to a sentence's length, so that a very short one says little."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters start..end (half open) of a letter.

    `weight` is above zero for what would fit anyone; `holds` counts the things, names, days, numbers, persons and deeds
    in it, `things` the things of a trade (cake, roof), `english` the words that any English text has.
    """

    start: int
    end: int
    words: int
    weight: float
    holds: int
    things: int
    english: int


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the places of the sentences in a stretch of a text."""
    begin = start
    for match in _END.finditer(text, start, end):
        if not _ABBREVIATED.search(text, max(begin, match.start() - 9), match.end()):
            yield from _bare(text, begin, match.end())
            begin = match.end()
    yield from _bare(text, begin, end)


def weigh(text: str, start: int, end: int, known: frozenset[str]) -> Sentence:
    """Weigh a sentence; `known` are the names of reader and writer in lower case."""
    sentence = text[start:end]
    if len(sentence) > REMEMBERED:
        return Sentence(start, end, *_weighed(_words(sentence), sentence.endswith("!"), known))
    words, weighed = _kept(sentence)
    if not known.isdisjoint([word.low for word in words]):
        weighed = _weighed(words, sentence.endswith("!"), known)
    return Sentence(start, end, *weighed)


_Weighed = tuple[int, float, int, int, int]
"""The words, the weight, what it holds, the things and the English words of a sentence."""


class _Word(NamedTuple):
    """What a word adds wherever it stands: points, what it holds, things of a trade; first, and after another word."""

    low: str
    first: tuple[int, int, int]
    inside: tuple[int, int, int]
    is_month: bool
    english: bool
    subject: bool
    between: bool
    past: bool


@lru_cache(maxsize=KEPT)
def _kept(sentence: str) -> tuple[tuple[_Word, ...], _Weighed]:
    words = _words(sentence)
    return words, _weighed(words, sentence.endswith("!"), frozenset())


def _words(sentence: str) -> tuple[_Word, ...]:
    if "’" in sentence:
        sentence = sentence.replace("’", "'")
    found = _TOKEN.findall(sentence)
    if "'" in sentence:
        found = [token.rstrip("'") for token in found]
    return tuple(map(_word, found))


@lru_cache(maxsize=2 * KEPT)
def _word(word: str) -> _Word:
    low = word.lower()
    found = inside = traits(low)
    if word in _MONTHS:
        inside = (Trait.WHEN,)
    elif word[0].isupper() and Trait.OUTSIDE in found:
        inside = (Trait.NAME,)
    english = not word[0].isdigit() and theme(low) is Theme.FUNCTION
    first, later = _worth(found), _worth(inside)
    return _Word(low, first, later, word in _MONTHS, english, low in _SUBJECT, low in _BETWEEN, _is_past(low))


def _worth(found: tuple[Trait, ...]) -> tuple[int, int, int]:
    points = sum(POINTS.get(trait, 0) for trait in found)
    return points, sum(trait in HOLDS for trait in found), sum(trait is Trait.TRADES for trait in found)


def _weighed(words: Sequence[_Word], exclaimed: bool, known: frozenset[str]) -> _Weighed:
    """Weigh a sentence's words; those that are known names weigh nothing."""
    points = POINTS[Trait.EXCLAIMED] if exclaimed else 0
    holds = things = english = 0
    told = False
    for index, word in enumerate(words):
        english += word.english
        if word.low not in known or (index and word.is_month):
            more, held, of_a_trade = word.inside if index else word.first
            points, holds, things = points + more, holds + held, things + of_a_trade
        if told and word.past:
            points, holds = points + POINTS[Trait.DEED], holds + 1
        told = told if word.between else word.subject
    return len(words), START + points / (len(words) + DAMPING), holds, things, english


def _is_past(word: str) -> bool:
    return (word in PAST or (word.endswith("ed") and len(word) > 4)) and word not in CUSTOMARY


def _bare(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    stretch = text[start:end]
    begin = start + len(stretch) - len(stretch.lstrip())
    if stretch.strip():
        yield begin, begin + len(stretch.strip())

"""A letter's sentences, each with what it weighs: towards a letter to everyone, or to one person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from notegen.lint.particular.lexicon import Theme, theme
from notegen.lint.particular.traits import CUSTOMARY, HOLDS, PAST, Trait, traits

_END: Final = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s|$)|\n\s*\n")
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
    if len(sentence) <= REMEMBERED and known.isdisjoint(_lowered(sentence)):
        return Sentence(start, end, *_weighed(sentence))
    return Sentence(start, end, *_weighed.__wrapped__(sentence, known))


@lru_cache(maxsize=KEPT)
def _lowered(sentence: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _words(sentence))


@lru_cache(maxsize=KEPT)
def _weighed(sentence: str, known: frozenset[str] = frozenset()) -> tuple[int, float, int, int, int]:
    """Return the words, the weight, what it holds, the things and the English words of a sentence."""
    words = _words(sentence)
    count = _counted(words, known)
    if sentence.endswith("!"):
        count[Trait.EXCLAIMED] += 1
    points = sum(POINTS.get(trait, 0) * times for trait, times in count.items())
    holds = sum(times for trait, times in count.items() if trait in HOLDS)
    english = sum(theme(word.lower()) is Theme.FUNCTION for word in words)
    return len(words), START + points / (len(words) + DAMPING), holds, count[Trait.TRADES], english


def _words(sentence: str) -> list[str]:
    return [token.replace("’", "'").rstrip("'") for token in _TOKEN.findall(sentence)]


def _counted(words: list[str], known: frozenset[str]) -> Counter[Trait]:
    """Count the traits of a sentence's words."""
    count: Counter[Trait] = Counter()
    before = ""
    for index, word in enumerate(words):
        low = word.lower()
        found = () if low in known else traits(low)
        if index and word in _MONTHS:
            found = (Trait.WHEN,)
        elif index and word[0].isupper() and Trait.OUTSIDE in found:
            found = (Trait.NAME,)
        count.update(found)
        if before in _SUBJECT and _is_past(low):
            count[Trait.DEED] += 1
        before = before if low in _BETWEEN else low
    return count


def _is_past(word: str) -> bool:
    return (word in PAST or (word.endswith("ed") and len(word) > 4)) and word not in CUSTOMARY


def _bare(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    stretch = text[start:end]
    begin = start + len(stretch) - len(stretch.lstrip())
    if stretch.strip():
        yield begin, begin + len(stretch.strip())

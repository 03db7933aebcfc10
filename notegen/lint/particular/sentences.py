"""A letter's sentences, each with what it weighs: towards a letter to everyone, or to one person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from notegen.lint.particular.lexicon import Theme, theme
from notegen.lint.particular.traits import CUSTOMARY, HOLDS, PAST, Trait, traits

_END: Final = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n\s*\n")
_ABBREVIATED: Final = re.compile(r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|St|Prof|Rev|No|Sr|Jr|Messrs|vs|e\.g|i\.e|approx|[A-Z])\.$")
_TOKEN: Final = re.compile(r"\d[\w.,:/%]*|[^\W\d_]+(?:['’-][^\W\d_]+)*['’]?")
_SUBJECT: Final = frozenset("you i he she they it who".split())

POINTS: Final = {
    Trait.PRAISE: 22, Trait.OURS: 18, Trait.EXCLAIMED: 16, Trait.PROMISE: 14, Trait.BUSINESS: 13, Trait.OFFERS: 13,
    Trait.ALL: 9, Trait.HYPE: 6, Trait.CHEER: 6, Trait.PLAIN: 5, Trait.ABSTRACT: 4, Trait.ARE: 2,
    Trait.WHERE: -2, Trait.NOT: -4, Trait.WAS: -5, Trait.OUTSIDE: -6, Trait.NAME: -6, Trait.NUMBER: -10,
    Trait.DEED: -10, Trait.TOLD: -12, Trait.MINE: -14, Trait.HUMAN: -20, Trait.WHEN: -22, Trait.KIN: -24,
}  # fmt: skip
"""What one such word adds to its sentence; see verdict for where the figures come from."""
START: Final = -2.2
DAMPING: Final = 4
"""Words that are added to a sentence's length, so that a very short one says little."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters start..end (half open) of a letter.

    `weight` is above zero for what would fit anyone; `holds` counts the things, names, days, numbers, persons and deeds
    in it, `english` the words that any English text has.
    """

    start: int
    end: int
    words: int
    weight: float
    holds: int
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
    count: Counter[Trait] = Counter()
    words = [token[0].replace("’", "'").rstrip("'") for token in _TOKEN.finditer(text, start, end)]
    before = ""
    for index, word in enumerate(words):
        low = word.lower()
        found = () if low in known else traits(low)
        if Trait.OUTSIDE in found and word[0].isupper() and index:
            found = (Trait.NAME,)
        count.update(found)
        if before in _SUBJECT and _is_past(low):
            count[Trait.DEED] += 1
        before = low
    if text.endswith("!", start, end):
        count[Trait.EXCLAIMED] += 1
    return _summed(start, end, words, count)


def _summed(start: int, end: int, words: list[str], count: Counter[Trait]) -> Sentence:
    points = sum(POINTS.get(trait, 0) * times for trait, times in count.items())
    holds = sum(times for trait, times in count.items() if trait in HOLDS)
    english = sum(theme(word.lower()) is Theme.FUNCTION for word in words)
    return Sentence(start, end, len(words), START + points / (len(words) + DAMPING), holds, english)


def _is_past(word: str) -> bool:
    return (word in PAST or (word.endswith("ed") and len(word) > 4)) and word not in CUSTOMARY


def _bare(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    stretch = text[start:end]
    begin = start + len(stretch) - len(stretch.lstrip())
    if stretch.strip():
        yield begin, begin + len(stretch.strip())

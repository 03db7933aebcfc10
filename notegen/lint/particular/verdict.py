"""Whether a letter, by its words alone, was written to one person or would fit anyone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from notegen.lint.particular.sentences import Sentence, split, weigh
from notegen.model.note import Block, Role

FITS_ANYONE: Final = -1.2
GREY: Final = -2.0
SURE: Final = -2.5
PER_HOLD: Final = 0.15
MOST_HELD: Final = 15.0
ENOUGH: Final = 25
PER_MISSING: Final = 0.07
ENGLISH: Final = 0.28
"""Share of English function words below which a text is not judged; English letters have 0.35 and more."""

_GREETED: Final = re.compile(r"^[ \t]*(?:dear|hi|hello|hey)\b([^\n]{0,48})$", re.IGNORECASE | re.MULTILINE)
_WORD: Final = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")
_NAMED: Final = (Role.GREETING, Role.CLOSING, Role.SIGNATURE)


class Fit(Enum):
    """Whom a letter would fit."""

    ONE = "one"
    UNSURE = "unsure"
    ANYONE = "anyone"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A letter's sentences and what they come to: `score` grows the better the letter would fit anyone."""

    fit: Fit
    score: float
    sentences: tuple[Sentence, ...]

    @property
    def is_surely_personal(self) -> bool:
        """Whether nobody would doubt that the letter was written to one person."""
        words = sum(one.words for one in self.sentences)
        return self.fit is Fit.ONE and words >= ENOUGH and self.score < SURE

    @property
    def holding(self) -> int:
        """The number of sentences that hold something of their reader's."""
        return sum(one.holds > 0 and one.weight <= 0 for one in self.sentences)


@lru_cache(maxsize=8)
def judge(text: str, blocks: tuple[Block, ...]) -> Verdict:
    """Judge a letter: its greeting, closing and signature give the names, the rest the sentences."""
    greetings = list(_GREETED.finditer(text))
    begin = max((match.end() for match in greetings), default=0)
    parts = [text[one.start : one.end] for one in blocks if one.role in _NAMED]
    parts += [match[1] for match in greetings]
    known = frozenset(word.lower().replace("’", "'") for part in parts for word in _WORD.findall(part))
    return _verdict(tuple(_weighed(text, begin, blocks, known)))


def _weighed(text: str, begin: int, blocks: Iterable[Block], known: frozenset[str]) -> Iterator[Sentence]:
    for block in blocks:
        if block.role in (Role.BODY, Role.POSTSCRIPT) and block.end > begin:
            for start, end in split(text, max(begin, block.start), block.end):
                yield weigh(text, start, end, known)


def _verdict(sentences: tuple[Sentence, ...]) -> Verdict:
    words = sum(one.words for one in sentences)
    if not words or sum(one.english for one in sentences) < ENGLISH * words:
        return Verdict(Fit.UNREAD, 0.0, sentences)
    mean = sum(one.weight * one.words for one in sentences) / words
    held = min(MOST_HELD, 100 * sum(one.holds for one in sentences) / words)
    score = mean - PER_HOLD * held
    return Verdict(_fit(score, words, sentences), score, sentences)


def _fit(score: float, words: int, sentences: tuple[Sentence, ...]) -> Fit:
    doubt = PER_MISSING * max(0, ENOUGH - words)
    if score > FITS_ANYONE + doubt:
        return Fit.ANYONE
    names_a_thing = any(one.holds or one.things for one in sentences)
    return Fit.UNSURE if score > GREY + (doubt if names_a_thing else 0) else Fit.ONE

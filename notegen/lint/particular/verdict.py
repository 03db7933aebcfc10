"""Whether a letter, by its words alone, was written to one person or would fit anyone.

A sentence is weighed by its words (sentences.POINTS): those that praise, promise, sell or speak of the firm count up,
those that tell, name, count, or are outside the vocabulary of form letters count down; the sum is divided by length.
A letter's score is the mean weight of its words less PER_HOLD for each thing, name, day, number, person or deed in a
hundred words. The score separates; the thresholds only say how sure one wants to be.

The points come from a logistic regression over the 1,300 sentences of tests/letters (tune and plain), with a ridge
penalty and rounded by hand, so that no word's points rest on a few letters. Without any phrase rule, on sets of letters
that took no part in the fit:

    fitted on                judged          bad letters found   good letters blamed
    48 + 57 by two writers   120, a third    41 of 50            0 of 70
    those, half the third    60, the rest    22 of 26            0 of 34
    all of them              all 225         92 of 100           0 of 125

Good letters of the three writers score -6 to -1.8, most of them below -3; bad ones -1 to 5, but for those whose fault
is not that they are generic (a link under true words). FITS_ANYONE is nearer to the bad ones than to the good, because
what it misses phrase rules may still find, while an error on a good letter costs trust. Under ENOUGH words there is
little to go by, and both thresholds rise by PER_MISSING a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from notegen.lint.particular.sentences import Sentence, split, weigh
from notegen.model.note import Block, Role

FITS_ANYONE: Final = -1.4
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

"""A text cut into sentences and words once, for the rules that compare it with facts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"(\w+(?:['.-]\w+)*)")
LONGEST: Final = 80
"""Words at which a sentence is cut, so that no text can make the rules slow."""
_END: Final = re.compile(
    r"[.!?…\n](?:(?<=\n)|(?<![.!?…].)(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bDr\.)(?<!\bSt\.)"
    r"[.!?…]*+[\"')]*+(?=\s|$))"
)
"""Nothing is tried twice: a row of thousands of marks is read once. A first character that is told outright is quick
to be looked for."""


class Sentence(NamedTuple):
    """Words first..last (half open) of a text; characters start..end."""

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sayings:
    """Plain text with its words: `low[i]` in small letters, at starts[i]..ends[i]; `bag` holds each once.

    `small` is the text in small letters, unless that is longer.
    """

    text: str
    small: str
    low: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[Sentence, ...]
    bag: frozenset[str]

    def word(self, index: int) -> str:
        """Return a word as it is written."""
        return self.text[self.starts[index] : self.ends[index]]

    def joined(self, first: int, last: int) -> bool:
        """Return whether only blanks or hyphens stand between the words first..last (both included)."""
        gaps = (self.text[self.ends[i] : self.starts[i + 1]] for i in range(first, last))
        return all(not gap.strip(" \n-") and gap.count("\n") < 2 for gap in gaps)

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that a character belongs to."""
        index = bisect_right(self.sentences, offset, key=lambda one: one.start) - 1
        return self.sentences[max(index, 0)]

    def before(self, index: int, many: int) -> tuple[str, ...]:
        """Return the words before one, in its sentence, at most so many, in small letters."""
        sentence = self.sentence_at(self.starts[index])
        return self.low[max(sentence.first, index - many) : index]

    def within(self, sentence: Sentence) -> tuple[str, ...]:
        """Return a sentence's words, in small letters."""
        return self.low[sentence.first : sentence.last]

    def find(self, words: frozenset[str]) -> Iterator[int]:
        """Yield the places of some words, in order; nothing is looked through when none is there."""
        if not self.bag.isdisjoint(words):
            yield from (index for index, word in enumerate(self.low) if word in words)


def sayings(text: str) -> Sayings:
    """Cut plain text into sentences and words."""
    small = text.lower()
    small = small if len(small) == len(text) else text
    # Every second part is a word; lengths give the places without an object for each.
    parts = _WORD.split(small)
    edges = list(accumulate(map(len, parts)))
    starts, ends, low = edges[:-1:2], edges[1::2], parts[1::2]
    if "'s" in small:
        ends = [end - 2 if word[-2:] == "'s" else end for end, word in zip(ends, low, strict=True)]
        low = [small[start:end] for start, end in zip(starts, ends, strict=True)]
    return Sayings(text, small, tuple(low), tuple(starts), tuple(ends), tuple(_sentences(text, starts)), frozenset(low))


def _sentences(text: str, starts: list[int]) -> Iterator[Sentence]:
    begin = first = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        last = bisect_left(starts, end, first)
        while last - first > LONGEST:
            cut = starts[first + LONGEST]
            yield Sentence(first, first + LONGEST, begin, cut)
            begin, first = cut, first + LONGEST
        if last > first or end == len(text):
            yield Sentence(first, last, begin, end)
        begin, first = end, last

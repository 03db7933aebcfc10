"""What it has and has not: "the heated seats" when a fact says that there are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from notegen.lint.claims.claim import Claim
from notegen.lint.knowing import Fact, Known
from notegen.lint.nouns import stem
from notegen.lint.sayings import Sayings

_PREFIX: Final = re.compile(r"^(?:has|have|is|was|with|wants|got|includes?|been)_")
_NEGATIVE: Final = frozenset(
    "no not without never didn't don't doesn't wasn't isn't none skip skipped skipping declined refused nor lacks minus"
    " hasn't haven't won't wouldn't instead rather nobody missing pass passed".split()
)
_OPEN: Final = frozenset("if wish wished would could maybe perhaps some someday next other old considered".split())
_ASKING: Final = frozenset(("no", "without", "lacks", "minus"))


def features(said: Sayings, known: Known) -> Iterator[Claim]:
    """Find features that flags deny, and denials of those that flags give."""
    for fact in known.facts:
        if isinstance(fact.value, bool) and not fact.path.startswith(("problem", "shop")):
            yield from _flagged(said, fact, known)


def _flagged(said: Sayings, fact: Fact, known: Known) -> Iterator[Claim]:
    words = tuple(stem(word) for word in _PREFIX.sub("", fact.leaf.lower()).split("_") if word)
    if not words or len("".join(words)) < 3:
        return
    for first, last in _mentions(said, words):
        sentence = said.sentence_at(said.starts[first])
        around = frozenset(said.low[max(sentence.first, first - 6) : first])
        around |= frozenset(said.low[last + 1 : min(sentence.last, last + 4)]) - {"never"}
        open_words = frozenset(said.within(sentence)) - set(words)
        if not _OPEN.isdisjoint(open_words) or _belongs_to_another(said, first, words):
            continue
        if fact.value is False and around.isdisjoint(_NEGATIVE) and not _is_told(words, fact, known):
            yield Claim(said.starts[first], said.ends[last], fact.path, "no")
        elif fact.value is True and not _ASKING.isdisjoint(said.before(first, 2)):
            negative = first - 1 if said.low[first - 1] in _ASKING else first - 2
            yield Claim(said.starts[negative], said.ends[last], fact.path, "yes")


def _mentions(said: Sayings, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each place where a feature is named: "heated seats", "left-handed"."""
    hyphened = "-".join(words)
    for first, word in enumerate(said.low):
        last = first + len(words) - 1
        if word == hyphened and len(words) > 1:
            yield first, first
        elif stem(word) == words[0] and last < len(said.low) and said.joined(first, last):
            if all(stem(said.low[first + step]) == one for step, one in enumerate(words)):
                yield first, last


def _belongs_to_another(said: Sayings, first: int, words: tuple[str, ...]) -> bool:
    """Return whether the words before say that it is somebody else's, or one word stands where it may be a verb."""
    before = said.before(first, 2)
    if {"his", "her", "their", "my", "our", "neighbour", "neighbor"} & set(before):
        return True
    return len(words) == 1 and bool(before) and before[-1] in ("to", "i", "we", "they")


def _is_told(words: tuple[str, ...], fact: Fact, known: Known) -> bool:
    """Return whether another fact speaks of it, so that it is no slip."""
    return all(any(stem(told) == word for told in known.told.low) for word in words)

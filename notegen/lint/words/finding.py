"""Phrases found in a text, stretch by stretch and by its runs of four letters: only what it could hold is tried."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from notegen.lint.plain import Plain
from notegen.lint.words.needs import folded
from notegen.lint.words.phrase import Match, Phrase, compiled
from notegen.lint.words.stretches import KEPT, LONGEST, crosses, stretches
from notegen.model.rule import Rule

_GRAM: Final = 4
_CUT: Final = re.compile(r"[.!?] |  ")
"""What a literal holds that lies on both sides of a cut, in folded text."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Phrases that are looked for together, with where each literal they need leads.

    `grams` leads from four letters to the literals that are looked for when a text holds them, `short` are the literals
    that have no four letters, `leads` goes from a literal to the phrases whose first group holds it, and `free` need
    nothing. `across` are the phrases that must be looked for in a whole text, because they may fit across a cut between
    two stretches of it, and `cut` those of their literals that may lie on both sides of one.
    """

    phrases: tuple[Phrase, ...]
    grams: Mapping[str, tuple[str, ...]]
    short: tuple[str, ...]
    leads: Mapping[str, tuple[int, ...]]
    free: tuple[int, ...]
    across: frozenset[int]
    cut: tuple[str, ...]

    def led_to(self, haystack: str) -> set[int]:
        """Return the phrases of whose first group folded text holds a literal."""
        seen = self.grams.keys() & _grams(haystack)
        there = [literal for gram in seen for literal in self.grams[gram] if literal in haystack]
        there += [literal for literal in self.short if literal in haystack]
        return {index for literal in there for index in self.leads[literal]}

    def possible(self, text: str) -> list[int]:
        """Return the phrases that plain text could hold, in their order."""
        chosen: set[int] = set(self.free)
        for stretch in stretches(text):
            chosen.update(_hints(self, stretch) if len(stretch) <= LONGEST else _hints.__wrapped__(self, stretch))
        haystack = folded(text)
        chosen.update(index for literal in self.cut if literal in haystack for index in self.leads[literal])
        return [index for index in sorted(chosen) if self._may_hold(index, haystack)]

    def _may_hold(self, index: int, haystack: str) -> bool:
        """Return whether the other groups are there; of a phrase that was found in a stretch they are."""
        if index not in self.across:
            return True
        return all(any(need in haystack for need in group) for group in self.phrases[index].needs[1:])


@lru_cache(maxsize=KEPT)
def _hints(words: Words, stretch: str) -> tuple[int, ...]:
    """Return the phrases that are found in a stretch, and those that a whole text could hold because of it."""
    haystack = folded(stretch)
    return tuple(index for index in words.led_to(haystack) if _is_hinted(words, index, stretch, haystack))


def _is_hinted(words: Words, index: int, stretch: str, haystack: str) -> bool:
    if index in words.across:
        return True
    phrase = words.phrases[index]
    return phrase.needed_in(haystack) and compiled(phrase.find).search(stretch) is not None


@dataclass(frozen=True, slots=True, eq=False)
class OwnRules:
    """Rules of a shop's own, and their phrases."""

    rules: tuple[Rule, ...]
    words: Words


def indexed(
    phrases: Sequence[Phrase],
    grams: Mapping[str, tuple[str, ...]] | None = None,
    across: Iterable[int] | None = None,
) -> Words:
    """Return phrases ready to be looked for; `grams` and `across` if they are known already."""
    leads: dict[str, list[int]] = {}
    for index, phrase in enumerate(phrases):
        for literal in phrase.needs[0] if phrase.needs else ():
            leads.setdefault(literal, []).append(index)
    if across is None:
        across = (index for index, one in enumerate(phrases) if one.judges_whole or not one.needs or crosses(one.find))
    wide = frozenset(across)
    return Words(
        tuple(phrases),
        grams_of(leads) if grams is None else grams,
        tuple(literal for literal in leads if len(literal) < _GRAM),
        {literal: tuple(found) for literal, found in leads.items()},
        tuple(index for index, phrase in enumerate(phrases) if not phrase.needs),
        wide,
        tuple(one for one, under in leads.items() if _CUT.search(one) and not wide.isdisjoint(under)),
    )


def grams_of(literals: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the literals of four letters and more, each under the four of its letters that fewest others have."""
    long = {literal: _grams(literal) for literal in literals if len(literal) >= _GRAM}
    shared = Counter(gram for grams in long.values() for gram in set(grams))
    found: dict[str, list[str]] = {}
    for literal, grams in long.items():
        found.setdefault(min(grams, key=shared.__getitem__), []).append(literal)
    return {gram: tuple(under) for gram, under in found.items()}


def _grams(text: str) -> list[str]:
    return [text[index : index + _GRAM] for index in range(len(text) - _GRAM + 1)]


def search(text: Plain, *sets: Words, whole: bool = True) -> tuple[Match, ...]:
    """Return every phrase of some sets in a text, phrase by phrase, each in reading order.

    Text that is only part of a note is not judged for what it lacks or has too often.
    """
    return tuple(
        Match(phrase, *text.original(start, end), use)
        for words in sets
        for phrase in (words.phrases[index] for index in words.possible(text.text))
        if whole or not phrase.judges_whole
        for start, end, use in phrase.faults(text.text)
    )

"""Phrases found in a text, in one pass over its stretches of four letters: only what it could hold is tried at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from notegen.lint.plain import Plain
from notegen.lint.words.needs import folded
from notegen.lint.words.phrase import Match, Phrase
from notegen.model.rule import Rule

_GRAM: Final = 4


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Phrases that are looked for together, with where each literal they need leads.

    `grams` leads from four letters to the literals that are looked for when a text holds them, `short` are the literals
    that have no four letters, `leads` goes from a literal to the phrases whose first group holds it, and `free` need
    nothing.
    """

    phrases: tuple[Phrase, ...]
    grams: Mapping[str, tuple[str, ...]]
    short: tuple[str, ...]
    leads: Mapping[str, tuple[int, ...]]
    free: tuple[int, ...]

    def possible(self, haystack: str, seen: frozenset[str]) -> Iterator[Phrase]:
        """Yield the phrases that folded text could hold; `seen` are its stretches of four letters."""
        there = {literal for gram in self.grams.keys() & seen for literal in self.grams[gram] if literal in haystack}
        there.update(literal for literal in self.short if literal in haystack)
        chosen = {index for literal in there for index in self.leads.get(literal, ())}
        for index in sorted(chosen.union(self.free)):
            phrase = self.phrases[index]
            if all(any(need in haystack for need in group) for group in phrase.needs[1:]):
                yield phrase


@dataclass(frozen=True, slots=True, eq=False)
class OwnRules:
    """Rules of a shop's own, and their phrases."""

    rules: tuple[Rule, ...]
    words: Words


def indexed(phrases: Sequence[Phrase], grams: Mapping[str, tuple[str, ...]] | None = None) -> Words:
    """Return phrases ready to be looked for; `grams` if they are known already."""
    leads: dict[str, list[int]] = {}
    for index, phrase in enumerate(phrases):
        for literal in phrase.needs[0] if phrase.needs else ():
            leads.setdefault(literal, []).append(index)
    return Words(
        tuple(phrases),
        grams_of(leads) if grams is None else grams,
        tuple(literal for literal in leads if len(literal) < _GRAM),
        {literal: tuple(found) for literal, found in leads.items()},
        tuple(index for index, phrase in enumerate(phrases) if not phrase.needs),
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
    haystack = folded(text.text)
    seen = frozenset(_grams(haystack))
    return tuple(
        Match(phrase, *text.original(start, end), use)
        for words in sets
        for phrase in words.possible(haystack, seen)
        if whole or not phrase.judges_whole
        for start, end, use in phrase.faults(text.text)
    )

"""Phrases found in a text, in one pass over its trigrams: only what the text could hold is tried at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from notegen.lint.plain import Plain
from notegen.lint.words.needs import folded
from notegen.lint.words.phrase import Match, Phrase

_GRAM: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Phrases that are looked for together, with where each literal they need leads.

    `grams` leads from three letters to the literals that begin with them, `short` are the literals that have no three
    letters, `leads` goes from a literal to the phrases whose first group holds it, and `free` need nothing.
    """

    phrases: tuple[Phrase, ...]
    grams: Mapping[str, tuple[str, ...]]
    short: tuple[str, ...]
    leads: Mapping[str, tuple[int, ...]]
    free: tuple[int, ...]

    def possible(self, haystack: str, seen: frozenset[str]) -> Iterator[Phrase]:
        """Yield the phrases that folded text could hold; `seen` are its trigrams."""
        there = {literal for gram in self.grams.keys() & seen for literal in self.grams[gram] if literal in haystack}
        there.update(literal for literal in self.short if literal in haystack)
        chosen = {index for literal in there for index in self.leads.get(literal, ())}
        for index in sorted(chosen.union(self.free)):
            phrase = self.phrases[index]
            if all(not there.isdisjoint(group) for group in phrase.needs):
                yield phrase


def indexed(phrases: Sequence[Phrase]) -> Words:
    """Return phrases ready to be looked for."""
    grams: dict[str, list[str]] = {}
    leads: dict[str, list[int]] = {}
    for index, phrase in enumerate(phrases):
        for literal in phrase.needs[0] if phrase.needs else ():
            leads.setdefault(literal, []).append(index)
    literals = dict.fromkeys(literal for phrase in phrases for group in phrase.needs for literal in group)
    for literal in literals:
        if len(literal) >= _GRAM:
            grams.setdefault(literal[:_GRAM], []).append(literal)
    return Words(
        tuple(phrases),
        {gram: tuple(found) for gram, found in grams.items()},
        tuple(literal for literal in literals if len(literal) < _GRAM),
        {literal: tuple(found) for literal, found in leads.items()},
        tuple(index for index, phrase in enumerate(phrases) if not phrase.needs),
    )


def search(text: Plain, *sets: Words, whole: bool = True) -> tuple[Match, ...]:
    """Return every phrase of some sets in a text, phrase by phrase, each in reading order.

    Text that is only part of a note is not judged for what it lacks or has too often.
    """
    haystack = folded(text.text)
    seen = frozenset(haystack[index : index + _GRAM] for index in range(len(haystack)))
    return tuple(
        Match(phrase, *text.original(start, end), use)
        for words in sets
        for phrase in words.possible(haystack, seen)
        if whole or not phrase.judges_whole
        for start, end, use in phrase.faults(text.text)
    )

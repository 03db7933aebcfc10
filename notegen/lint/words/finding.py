"""Phrases found in a text, stretch by stretch and word by word: only what it could hold is tried."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from notegen.lint.plain import Plain
from notegen.lint.words.index import Index, index_of, rare_sign
from notegen.lint.words.needs import folded, folded_words, lowered
from notegen.lint.words.phrase import Match, Phrase, compiled
from notegen.lint.words.stretches import KEPT, LONGEST, crosses, stretches
from notegen.model.rule import Rule

KNOWN: Final = 16_384
"""Words of texts of which is kept what the index says."""
RECENT: Final = 64
"""Stretches that are kept folded."""

_CUT: Final = re.compile(r"[.!?] |  ")
"""What a literal holds that lies on both sides of a cut, in folded text."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Phrases that are looked for together, with where each literal they need leads.

    `leads` goes from a literal to the phrases whose first group holds it, and `free` need nothing. `across` are the
    phrases that must be looked for in a whole text, because they may fit across a cut between two stretches of it, and
    `cut` those of their literals that may lie on both sides of one. `marks` are the index's,
    under a sign of theirs that few texts have; `learnt` keeps what the index says of a word.
    """

    phrases: tuple[Phrase, ...]
    index: Index
    leads: Mapping[str, tuple[int, ...]]
    free: tuple[int, ...]
    across: frozenset[int]
    cut: tuple[str, ...]
    marks: Mapping[str, tuple[str, ...]]
    learnt: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def led_to(self, haystack: str, words: Iterable[str]) -> set[int]:
        """Return the phrases of whose first group folded text, with its words, holds a literal."""
        found = {mark for sign, marks in self.marks.items() if sign in haystack for mark in marks if mark in haystack}
        for word in words:
            under = self.learnt.get(word)
            if under is None:
                under = self._learn(word)
            if under:
                found.update([literal for literal in under if literal in haystack])
        return {index for literal in found for index in self.leads[literal]}

    def _learn(self, word: str) -> tuple[str, ...]:
        if len(self.learnt) >= KNOWN:
            self.learnt.clear()
        under = self.learnt[word] = self.index.under(word)
        return under

    def possible(self, text: str) -> list[int]:
        """Return the phrases that plain text could hold, in their order."""
        chosen: set[int] = set(self.free)
        for stretch in stretches(text):
            chosen.update(_hints(self, stretch) if len(stretch) <= LONGEST else _hints.__wrapped__(self, stretch))
        if self.cut:
            low = lowered(text)
            chosen.update(index for literal in self.cut if literal in low for index in self.leads[literal])
        if self.across.isdisjoint(chosen):
            return sorted(chosen)
        haystack = folded(text)
        return [index for index in sorted(chosen) if self._may_hold(index, haystack)]

    def _may_hold(self, index: int, haystack: str) -> bool:
        """Return whether the other groups are there; of a phrase that was found in a stretch they are."""
        return index not in self.across or self.phrases[index].rest_in(haystack)


@lru_cache(maxsize=KEPT)
def _hints(words: Words, stretch: str) -> tuple[int, ...]:
    """Return the phrases that are found in a stretch, and those that a whole text could hold because of it."""
    haystack, those = _seen(stretch)
    return tuple([index for index in words.led_to(haystack, those) if _is_hinted(words, index, stretch, haystack)])


@lru_cache(maxsize=RECENT)
def _seen(stretch: str) -> tuple[str, frozenset[str]]:
    """Return a stretch folded, and its words: phrases and moves are looked for in it one after the other."""
    haystack, words = folded_words(stretch)
    return haystack, frozenset(words)


def _is_hinted(words: Words, index: int, stretch: str, haystack: str) -> bool:
    """Return whether a phrase of whose first group a literal was found is in a stretch, or may reach beyond it."""
    if index in words.across:
        return True
    phrase = words.phrases[index]
    return phrase.rest_in(haystack) and compiled(phrase.find).search(stretch) is not None


@dataclass(frozen=True, slots=True, eq=False)
class OwnRules:
    """Rules of a shop's own, and their phrases."""

    rules: tuple[Rule, ...]
    words: Words


def indexed(
    phrases: Sequence[Phrase],
    made: Index | None = None,
    across: Iterable[int] | None = None,
    texts: Iterable[str] = (),
) -> Words:
    """Return phrases ready to be looked for; `made`, their index, and `across` if they are known already.

    `texts` tell which words are usual.
    """
    leads: dict[str, list[int]] = {}
    for index, phrase in enumerate(phrases):
        for literal in phrase.needs[0] if phrase.needs else ():
            leads.setdefault(literal, []).append(index)
    if across is None:
        across = (index for index, one in enumerate(phrases) if one.judges_whole or not one.needs or crosses(one.find))
    wide = frozenset(across)
    made = index_of(leads, (word for text in texts for word in folded_words(text)[1])) if made is None else made
    marks: dict[str, list[str]] = {}
    for mark in made.marks:
        marks.setdefault(rare_sign(mark) or mark, []).append(mark)
    return Words(
        tuple(phrases),
        made,
        {literal: tuple(found) for literal, found in leads.items()},
        tuple(index for index, phrase in enumerate(phrases) if not phrase.needs),
        wide,
        tuple(one for one, under in leads.items() if _CUT.search(one) and not wide.isdisjoint(under)),
        {sign: tuple(several) for sign, several in marks.items()},
    )


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

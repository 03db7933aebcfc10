"""Phrases that mind what is known of the customer: when they speak, and which fact they offer instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from notegen.lint.words.phrase import Match, Phrase
from notegen.model.facts import Facts


def minding(matches: Iterable[Match], facts: Facts | None) -> Iterator[Match]:
    """Yield the matches whose phrases have something to say of this customer.

    Where nothing is known, as in a template by itself, a phrase that waits for a fact is silent, and one that a fact
    would silence speaks.
    """
    for match in matches:
        phrase = match.phrase
        if any(_has(facts, path) for path in phrase.unless_fact):
            continue
        if all(_has(facts, path) for path in phrase.requires_fact):
            yield match


def hint_of(phrase: Phrase, facts: Facts | None) -> str:
    """Return what to do about a phrase; the first fact on offer that the customer has is named."""
    path = next((path for path in phrase.offers if _has(facts, path)), None)
    return phrase.hint if path is None else f"{phrase.hint}; {path} is known: {_shown(facts, path)}"


def _has(facts: Facts | None, path: str) -> bool:
    value = facts.get(path) if facts is not None else None
    return value is not None and value is not False and value not in ("", ())


def _shown(facts: Facts | None, path: str) -> str:
    value = facts.get(path) if facts is not None else None
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    return "yes" if value is True else str(value)

"""Findings made of phrases: what the words files list, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from notegen.lint.reading import Found, Medium, Reading
from notegen.lint.rules.particulars import is_surely_personal
from notegen.model.diagnostic import Severity

FORGIVABLE: Final = frozenset({"impersonal-address", "vague-object", "stock-gratitude", "service-boilerplate"})
"""Rules about words that are only worn: one such phrase in a letter full of its reader is a warning."""


def found(reading: Reading, rule: str) -> Iterator[Found]:
    """Yield what the phrases of one rule found, each with its own severity."""
    for match in reading.matches_of(rule):
        phrase = match.phrase
        severity = (
            Severity.WARNING if phrase.severity is Severity.ERROR and _is_forgiven(reading, rule) else phrase.severity
        )
        yield Found(match.start, match.end, phrase.message, phrase.hint, severity)


def found_as(reading: Reading, rule: str, severity: Severity) -> Iterator[Found]:
    """Yield what the phrases of one rule found, all with the same severity."""
    for match in reading.matches_of(rule):
        yield Found(match.start, match.end, match.phrase.message, match.phrase.hint, severity)


def _is_forgiven(reading: Reading, rule: str) -> bool:
    """Return whether a worn phrase stands in a finished letter that was surely written to one person."""
    if reading.medium is not Medium.LETTER or rule not in FORGIVABLE:
        return False
    return is_surely_personal(reading)

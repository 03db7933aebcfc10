"""Findings made of phrases: what the words files list, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator

from notegen.lint.reading import Found, Reading
from notegen.model.diagnostic import Severity


def found(reading: Reading, rule: str) -> Iterator[Found]:
    """Yield what the phrases of one rule found, each with its own severity."""
    for match in reading.matches_of(rule):
        phrase = match.phrase
        yield Found(match.start, match.end, phrase.message, phrase.hint, phrase.severity)


def found_as(reading: Reading, rule: str, severity: Severity) -> Iterator[Found]:
    """Yield what the phrases of one rule found, all with the same severity."""
    for match in reading.matches_of(rule):
        yield Found(match.start, match.end, match.phrase.message, match.phrase.hint, severity)

"""Findings made of phrases: what the words files list, rule by rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from notegen.lint.reading import Found, Medium, Reading
from notegen.lint.rules.particulars import is_long_enough, is_surely_personal
from notegen.lint.words.aware import hint_of
from notegen.lint.words.phrase import Match
from notegen.model.diagnostic import Severity

FORGIVABLE: Final = frozenset({"impersonal-address", "vague-object", "stock-gratitude", "service-boilerplate"})
"""Rules about words that are only worn: a few such phrases in a letter to one person are warnings."""
FORGIVEN: Final = 2
"""Worn phrases that a letter surely written to one person may have; one that is less sure may have one."""
AMBIGUOUS: Final = frozenset({"ask.act-now", "urg.deadline"})
"""Phrases that press a buyer, or a friend to save the soup."""

_QUOTED: Final = re.compile(r'"[^"\n]{1,80}"|“[^”\n]{1,80}”')


def found(reading: Reading, rule: str) -> Iterator[Found]:
    """Yield what the phrases of one rule found, each with its own severity."""
    for match in reading.matches_of(rule):
        phrase = match.phrase
        excused = phrase.severity is Severity.ERROR and (_is_forgiven(reading, match) or is_quoted(reading, match))
        severity = Severity.WARNING if excused else phrase.severity
        yield _found(reading, match, severity)


def found_as(reading: Reading, rule: str, severity: Severity) -> Iterator[Found]:
    """Yield what the phrases of one rule found, all with the same severity."""
    for match in reading.matches_of(rule):
        yield _found(reading, match, severity)


def _found(reading: Reading, match: Match, severity: Severity) -> Found:
    """Return a phrase that was found, with what to write instead if it says so."""
    phrase, use = match.phrase, match.use
    hint = hint_of(phrase, reading.context.facts)
    if use is not None:
        hint = f"write '{use}'; {hint}" if use else hint
    instead = use if phrase.fix else None
    return Found(match.start, match.end, phrase.message, hint, severity, instead=instead)


def _is_forgiven(reading: Reading, match: Match) -> bool:
    """Return whether a worn phrase stands in a finished letter that was written to one person."""
    if reading.medium is not Medium.LETTER or not _is_worn(match):
        return False
    worn = sum(_is_worn(other) and other.phrase.severity is Severity.ERROR for other in reading.matches)
    if is_surely_personal(reading):
        return worn <= FORGIVEN
    return worn == 1 and match.phrase.rule != "impersonal-address" and is_long_enough(reading)


def _is_worn(match: Match) -> bool:
    return match.phrase.rule in FORGIVABLE or match.phrase.id in AMBIGUOUS


def is_quoted(reading: Reading, match: Match) -> bool:
    """Return whether a letter that was surely written to one person quotes the words: "[name]" on page 31."""
    if reading.medium is not Medium.LETTER or not is_surely_personal(reading):
        return False
    return any(one.start() < match.start and match.end < one.end() for one in _QUOTED.finditer(reading.note.text))

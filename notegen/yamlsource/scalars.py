"""What a word without quotes means: as YAML 1.2 reads it where 1.1 surprises people, with yes and no still flags.

`02134` (a postcode), `12:30` (a time), `1_000`, `0x1F`, `1e5` and `.inf` are text. A date with a time is its date.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from notegen.model.facts import Value

MOST_DIGITS: Final = 18
"""Digits of a number; what is longer is an identifier and stays text."""

_WORDS: Final[dict[str, bool | None]] = {
    form: value
    for word, value in (
        ("true", True),
        ("yes", True),
        ("on", True),
        ("false", False),
        ("no", False),
        ("off", False),
        ("null", None),
    )
    for form in (word, word.title(), word.upper())
} | {"~": None, "": None}

_INT: Final = re.compile(rf"[-+]?(?:0|[1-9][0-9]{{0,{MOST_DIGITS - 1}}})")
_FLOAT: Final = re.compile(rf"[-+]?(?:0|[1-9][0-9]{{0,{MOST_DIGITS - 1}}})?\.[0-9]{{1,{MOST_DIGITS}}}")
_DATE: Final = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]*)?)?[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?)?)?"
)


class ImpossibleDate(ValueError):
    """Digits in the form of a date that no calendar has."""


def resolve(text: str) -> Value:
    """Return what a plain scalar stands for; raises ImpossibleDate for the 30th of February."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "-+.0123456789":
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if as_date := read_date(text):
        return as_date
    return text


def read_date(text: str) -> date | None:
    """Return the date of `2026-03-04` or `2026-03-04 10:00`, None for another form; raises ImpossibleDate."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise ImpossibleDate(str(error)) from None

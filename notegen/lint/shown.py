"""Whether printed words show a fact: its value, or what follows from it, such as the weekday of a date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from notegen.model.facts import Value

_WORD: Final = re.compile(r"[^\W_]+")
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_EMPTY: Final = frozenset("the an of and for with in on at to by from or your our my its".split())


def shows(value: Value, words: str) -> bool:
    """Return whether some of the words are the value's own, or are of the kind that can follow from it.

    A single letter, an article or a preposition shows nothing, and neither do digits that were counted from a text.
    """
    if isinstance(value, Mapping):
        return any(shows(inside, words) for inside in value.values())
    if isinstance(value, tuple):
        return any(shows(inside, words) for inside in value)
    found = _WORD.findall(words.casefold())
    if isinstance(value, bool) or value is None:
        return any(_says(word) for word in found)
    if isinstance(value, date | int | float):
        return any(word[0].isdigit() or _says(word) for word in found)
    whole = value.casefold()
    return any(_says(word) and word in whole for word in found) or (bool(whole) and whole in words.casefold())


def _says(word: str) -> bool:
    """Return whether a word is more than an article: "two", "Mai", "金"."""
    return (len(word) > 2 or _LATIN.fullmatch(word) is None) and word not in _EMPTY

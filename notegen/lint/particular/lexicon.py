"""The vocabulary of the form letter: words that thank-you letters, brochures and service talk are made of.

One file a theme, one word a line, sorted. A word in its base form stands for its plain inflections too ("promise" for
"promised", "promises", "promising"). Common nouns for things that form letters do not name (jam, hinge, donkey) stay
outside: such a word is what tells a letter to one person from a letter to everyone. A word in two themes belongs to the
first of them in THEMES.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from notegen.files import read_source

_FOLDER: Final = Path(__file__).parent / "themes"
_SHORTEST: Final = 3
"""Letters that must be left when an ending is taken off a word."""
_ABSTRACT: Final = (
    "tion", "sion", "ment", "ments", "ness", "ity", "ities", "ance", "ence", "ship", "ships", "tions", "sions", "ism",
    "ive", "ively", "ful", "fully", "ous", "ously", "able", "ably", "ible", "ibly", "ical", "ically", "ational", "ise",
    "ize", "ised", "ized", "ising", "izing", "isation", "ization", "ology", "ologies", "ancy", "ency", "ants",
    "ences", "ances", "ential", "antial", "ual", "ually", "ory", "ary", "ial", "ially", "tely", "ently", "antly",
    "ingly",
)  # fmt: skip
"""Endings of words that name no thing: praise and promises, in the main."""
_ABSTRACT_FROM: Final = 8
"""Letters from which such an ending is believed (cushion, garment and basement are shorter)."""


class Theme(StrEnum):
    """What the words of one file are for."""

    FUNCTION = "function"
    PRAISE = "praise"
    PROMISE = "promise"
    BUSINESS = "business"
    OFFERS = "offers"
    PLAIN = "plain"
    TRADES = "trades"
    CHEER = "cheer"


@lru_cache(maxsize=8192)
def theme(word: str) -> Theme | None:
    """Return the theme of a word in lower case, or None for one that is outside the lexicon."""
    known = themes()
    found = next((known[form] for form in _forms(word) if form in known), None)
    if found is None and "-" in word:
        parts = [theme(part) for part in word.split("-") if part]
        return parts[-1] if parts and None not in parts else None
    return found


def is_abstract(word: str) -> bool:
    """Return whether a word has the ending of one that names no thing."""
    return len(word) >= _ABSTRACT_FROM and word.endswith(_ABSTRACT)


@cache
def themes() -> dict[str, Theme]:
    """Return the theme of every word in the files."""
    known: dict[str, Theme] = {}
    for one in reversed(Theme):
        known.update(dict.fromkeys(read_source(_FOLDER / f"{one.value}.txt").text.split(), one))
    return known


def _forms(word: str) -> Iterator[str]:
    """Yield a word and what may be its base form."""
    yield word
    for ending, instead in (("'s", ""), ("s'", "s"), ("s'", "")):
        if word.endswith(ending):
            word = word.removesuffix(ending) + instead
            yield word
    for ending, instead in _ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) >= _SHORTEST:
            yield base + instead
            if not instead and base[-1] == base[-2] and ending in {"ed", "ing"}:
                yield base[:-1]


_ENDINGS: Final = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("ly", ""),
    ("ily", "y"), ("ly", "le"), ("ally", "al"),
)  # fmt: skip

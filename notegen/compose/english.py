"""Small English grammar: articles, possessives, ordinals."""

from __future__ import annotations

import re
from typing import Final

_CONSONANT: Final = re.compile(
    r"(?:eu|ewe|ubi|uk(?!e?l)|ur[aiou]|us[aeiou]|uti|ute(?![a-z])|uni(?!n|m)|u-|one|once|o-?ne-|ou?ija)", re.I
)
"""Words that begin with a vowel and are said with a "y" or "w": a European, a used car, a unit, a one-off."""

_SILENT: Final = re.compile(r"(?:hour|honest|honou?r|heir)", re.I)
_LETTERS: Final = frozenset("AEFHILMNORSX")
"""Letters whose names begin with a vowel: an F-150, an SUV."""

_VOWEL_NUMBERS: Final = re.compile(r"(?:8\d*|11|18)(?![\d])|(?:11|18)(?:,?\d{3})+(?!\d)|8[\d,]*")


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th, 11th."""
    ending = "th" if abs(number) % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(abs(number) % 10, "th")
    return f"{number}{ending}"


def possessive(name: str) -> str:
    """Return "Chris's", "the Joneses'", "Ana's": only a plural with its article takes the bare apostrophe."""
    plural = re.match(r"the\s+\S*s$", name, re.I)
    return name + ("'" if plural else "'s")


def with_article(words: str) -> str:
    """Return the words with "a" or "an", as they are said: an Outback, a used car, an F-150, a RAV4."""
    return ("an " if _vowel_sound(words.lstrip("\"'“‘(")) else "a ") + words


def _vowel_sound(words: str) -> bool:
    first = re.match(r"[^\W\d_]+", words)
    if first is None:
        return bool(_VOWEL_NUMBERS.match(words))
    word = str(first[0])
    if (len(word) == 1 and not words[1:2].isspace()) or _spelled_out(word):
        return word[0].upper() in _LETTERS
    if _SILENT.match(word):
        return True
    return word[0].lower() in "aeiouàáâäéèêëíïóôöúü" and not _CONSONANT.match(str(words))


def _spelled_out(word: str) -> bool:
    """Return whether capitals are read letter by letter: SUV, BMW, MX; not RAV, NASA, ACURA."""
    if not word.isupper() or len(word) > 4 or len(word) < 2:
        return False
    return not re.search(r"[^AEIOU][AEIOU][^AEIOU]|^[AEIOU][^AEIOU][AEIOU]", word) or word in ("SUV", "MUV")

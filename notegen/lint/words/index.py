"""Which literals a text could hold, told word by word.

Each literal stands under one of its words, as far as the literal says what that word is: the whole word, its beginning,
its end, or letters in it. Of several words the one is taken that fewest words of some texts fit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

LETTERS: Final = 4
"""Letters of a beginning, of an end, or within a word, by which literals are kept."""

USUAL: Final = " .,'-!?\x01"
"""Signs that most texts have, and the one before what is said of a text."""

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Index:
    """Literals by what a word must be for a text to hold them.

    `marks` have no word, or a sign that few texts have, and are always looked for.
    `whole` leads from words, `heads` from their first one to four letters, `tails` from their last, `grams` from four
    letters anywhere in a word, and `bits` from fewer.
    """

    whole: Mapping[str, tuple[str, ...]]
    heads: Mapping[str, tuple[str, ...]]
    tails: Mapping[str, tuple[str, ...]]
    grams: Mapping[str, tuple[str, ...]]
    bits: Mapping[str, tuple[str, ...]]
    marks: tuple[str, ...]

    def under(self, word: str) -> tuple[str, ...]:
        """Return the literals that a text with this word could hold."""
        found = list(self.whole.get(word, ()))
        for letters in range(1, min(LETTERS, len(word)) + 1):
            found += self.heads.get(word[:letters], ())
            found += self.tails.get(word[-letters:], ())
        for gram in self.grams.keys() & _grams(word):
            found += self.grams[gram]
        for bit, literals in self.bits.items():
            if bit in word:
                found += literals
        return tuple(found)


def index_of(literals: Iterable[str], words: Iterable[str] = ()) -> Index:
    """Return the index of some literals; `words` are those of texts like the ones that they will be looked for in."""
    usual = _usual(words)
    parts: dict[str, dict[str, list[str]]] = {name: {} for name in ("whole", "heads", "tails", "grams", "bits")}
    marks: list[str] = []
    for literal in literals:
        keys = [key for match in _WORD.finditer(literal) for key in _keys(literal, match)]
        if keys and not rare_sign(literal):
            kind, best = min(keys, key=lambda key: (usual[key], -len(key[1])))
            parts[kind].setdefault(best, []).append(literal)
        else:
            marks.append(literal)
    return Index(
        **{kind: {key: tuple(one) for key, one in part.items()} for kind, part in parts.items()}, marks=tuple(marks)
    )


def rare_sign(literal: str) -> str:
    """Return the first sign of a literal that few texts have, or nothing."""
    return next((sign for sign in literal if not sign.isalnum() and sign not in USUAL), "")


def _keys(literal: str, match: re.Match[str]) -> list[tuple[str, str]]:
    """Return what one word of a literal says of the word that a text must have."""
    word = match[0]
    if match.start() and match.end() < len(literal):
        return [("whole", word)]
    if match.start():
        return [("heads", word[:LETTERS])]
    if match.end() < len(literal):
        return [("tails", word[-LETTERS:])]
    return [("grams", gram) for gram in _grams(word)] or [("bits", word)]


def _usual(words: Iterable[str]) -> Counter[tuple[str, str]]:
    """Count how many words of some texts each key fits; a few letters anywhere are taken for the rarest of all."""
    found: Counter[tuple[str, str]] = Counter()
    for word, many in Counter(words).items():
        found["whole", word] += many
        for letters in range(1, min(LETTERS, len(word)) + 1):
            found["heads", word[:letters]] += many
            found["tails", word[-letters:]] += many
        for gram in set(_grams(word)):
            found["grams", gram] += many
    return found


def _grams(text: str) -> list[str]:
    return [text[index : index + LETTERS] for index in range(len(text) - LETTERS + 1)]

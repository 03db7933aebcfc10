"""How a note runs: its words, which of them a space follows, and what runs from right to left.

Most notes are words from left to right with spaces between, for which nothing of this is worked out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from notegen.hand import words
from notegen.hand.words import WIDE, Word
from notegen.model.note import Note
from notegen.model.writing import Passage
from notegen.plain import bidi

_UNUSUAL = re.compile(
    f"[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff{WIDE}]"
)


class Turned(NamedTuple):
    """A word with the level of each of its characters, in a note that runs from the right or not."""

    text: str
    levels: tuple[int, ...]
    from_right: bool


Key = str | Turned
"""What a word is known by: its text, when it runs as Latin does."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The words of a note and how they run; see `Flow` and `Turns` for `spaced`, `gaps` and `against`."""

    words: tuple[Key, ...]
    said: tuple[str, ...]
    spaced: tuple[bool, ...]
    passages: tuple[Passage, ...]
    from_right: bool
    gaps: tuple[int, ...]
    against: frozenset[int]

    @property
    def is_turned(self) -> bool:
        """Whether part of the note runs against the rest, or all of it from the right."""
        return any(isinstance(word, Turned) for word in self.words)


class _Part(NamedTuple):
    """One passage: its words as in the note, their levels, those of the white after them, and its own direction."""

    words: list[Word]
    levels: list[tuple[int, ...]]
    gaps: list[int]
    base: int


def is_unusual(text: str) -> bool:
    """Whether some of a text runs otherwise than words from left to right with spaces between."""
    return not text.isascii() and _UNUSUAL.search(text) is not None


def plan(note: Note, is_blank: Callable[[str], bool]) -> Plan:
    """Return the words of a note and how they run; words that leave no ink are left out."""
    parts: list[_Part] = []
    passages: list[Passage] = []
    split = words.split if words.has_no_spaces(note.text) else words.split_names
    first = 0
    for block in note.blocks:
        part = _part([word for word in split(note.text[block.start : block.end]) if not is_blank(word.text)])
        if part.words:
            parts.append(part)
            passages.append(Passage(block.role, first, first + len(part.words), block.below))
            first += len(part.words)
    from_right = sum(len(part.words) * (1 if part.base else -1) for part in parts) > 0
    every = [(word, levels) for part in parts for word, levels in zip(part.words, part.levels, strict=True)]
    return Plan(
        words=tuple(_key(word.text, levels, from_right) for word, levels in every),
        said=tuple(word.text for word, _ in every),
        spaced=tuple(word.spaced for word, _ in every),
        passages=tuple(passages),
        from_right=from_right,
        gaps=tuple(gap for part in parts for gap in part.gaps),
        against=frozenset(number for number, part in enumerate(parts) if bool(part.base) is not from_right),
    )


def _key(text: str, levels: tuple[int, ...], from_right: bool) -> Key:
    return Turned(unicodedata.normalize("NFC", text), levels, from_right) if from_right or any(levels) else text


def _part(found: list[Word]) -> _Part:
    """Return a passage; its direction is that of its first letter."""
    composed = [unicodedata.normalize("NFC", word.text) for word in found]
    whole = "".join(one + " " * word.spaced for one, word in zip(composed, found, strict=True))
    base = bidi.base_level(whole)
    levels = [0] * len(whole) if not base and bidi.is_plain(whole) else bidi.levels(whole, base)
    lengths = [len(one) + word.spaced for one, word in zip(composed, found, strict=True)]
    starts = list(accumulate(lengths, initial=0))
    spans = [(start, start + len(one)) for start, one in zip(starts, composed, strict=False)]
    return _Part(
        found,
        [tuple(levels[start:end]) for start, end in spans],
        [levels[end] if end < len(levels) else base for _, end in spans],
        base,
    )

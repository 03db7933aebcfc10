"""What a sentence of a letter does, as data: thanks, an offer, a reminder.

Unlike the phrases of `lint.words`, which are faults wherever they stand, these are looked for only when a rule asks,
because the rest of the note makes the move out of place. The file maps names to

    said    expressions over plain text, in any case; a space stands for any white space
    bad     texts in which it is found
    good    near misses

Notes are read by a JSON copy that a test holds equal, in which each expression has what it needs, as phrases have.
`pytest --update-golden tests/lint/test_talk.py` writes the copy anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from notegen.errors import NotegenError
from notegen.files import read_source
from notegen.lint.plain import Plain
from notegen.lint.words.bundle import copy_of, thawed
from notegen.lint.words.finding import Words
from notegen.lint.words.needs import needs_of
from notegen.lint.words.phrase import Phrase
from notegen.model.diagnostic import Severity

_FOLDER: Final = Path(__file__).parent
COPY: Final = _FOLDER / "moves.json"


@dataclass(frozen=True, slots=True)
class Talk:
    """One move: how it is said."""

    name: str
    said: tuple[str, ...]
    bad: tuple[str, ...]
    good: tuple[str, ...]

    def spans(self, text: Plain) -> Iterator[tuple[int, int]]:
        """Yield where it is said, as offsets of the text that was made plain."""
        for pattern in self.said:
            for match in _compiled(pattern).finditer(text.text):
                if match.start() < match.end():
                    yield text.original(*match.span())


def spoken(text: Plain) -> dict[str, tuple[tuple[int, int], ...]]:
    """Return where a text makes each move, by the move's name, as offsets of the text that was made plain."""
    words = _copied()
    found: dict[str, list[tuple[int, int]]] = {}
    for index in words.possible(text.text):
        phrase = words.phrases[index]
        found.setdefault(phrase.rule, []).extend(text.original(*span) for span in phrase.spans(text.text))
    return {move: tuple(spans) for move, spans in found.items()}


@cache
def moves() -> Mapping[str, Talk]:
    """Return the moves that a letter can make, by name, with their examples."""
    from notegen.yamlsource import parse

    checked = parse(read_source(_FOLDER / "moves.yaml"))
    tree: Any = checked.value[0].value if checked.ok and checked.value else None
    if not isinstance(tree, Mapping):
        raise NotegenError("moves.yaml is damaged", hint="install notegen-cards again")
    return {
        name: Talk(name, *(tuple(entry.get(key, ())) for key in ("said", "bad", "good")))
        for name, entry in tree.items()
    }


def copy() -> str:
    """Return what the copy holds."""
    return copy_of([_phrase(talk, number) for talk in moves().values() for number in range(len(talk.said))])


def _phrase(talk: Talk, number: int) -> Phrase:
    find = talk.said[number].replace(" ", r"\s")
    name = f"{talk.name}.{number + 1}"
    return Phrase(name, talk.name, Severity.ERROR, find, "", "", needs_of(find), bad=talk.bad, good=talk.good)


@cache
def _copied() -> Words:
    return thawed(COPY)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s"), re.IGNORECASE)

"""What a note talks about, as data: topics that customers ask not to hear of, and moves that a letter can make.

Unlike the phrases of `lint.words`, which are faults wherever they stand, these are looked for only when a rule asks:
a topic when this customer named it, a move when the rest of the note makes it out of place. A file maps names to

    named   how a customer's wish names it (topics only)
    said    expressions over plain text, in any case; a space stands for any white space
    bad     texts in which it is found (moves; the topics' are in the corpus of the tests)
    good    near misses
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from notegen.errors import NotegenError
from notegen.files import read_source
from notegen.lint.plain import Plain
from notegen.yamlsource import parse

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Talk:
    """One topic or move: how it is named, how it is said."""

    name: str
    named: str
    said: tuple[str, ...]
    bad: tuple[str, ...]
    good: tuple[str, ...]

    def is_named_in(self, wish: str) -> bool:
        """Return whether a customer's wish names this topic."""
        return bool(self.named) and _compiled(self.named).search(wish) is not None

    def spans(self, text: Plain) -> Iterator[tuple[int, int]]:
        """Yield where it is said, as offsets of the text that was made plain."""
        for pattern in self.said:
            for match in _compiled(pattern).finditer(text.text):
                if match.start() < match.end():
                    yield text.original(*match.span())


@cache
def topics() -> Mapping[str, Talk]:
    """Return the topics that a customer may ask not to hear of, by name."""
    return _load("topics")


@cache
def moves() -> Mapping[str, Talk]:
    """Return the moves that a letter can make, by name."""
    return _load("moves")


def _load(stem: str) -> Mapping[str, Talk]:
    checked = parse(read_source(_FOLDER / f"{stem}.yaml"))
    tree: Any = checked.value[0].value if checked.ok and checked.value else None
    if not isinstance(tree, Mapping):
        raise NotegenError(f"{stem}.yaml is damaged", hint="install notegen-cards again")
    return {
        name: Talk(name, entry.get("named", ""), *(tuple(entry.get(key, ())) for key in ("said", "bad", "good")))
        for name, entry in tree.items()
    }


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile on first need: most notes ask for none."""
    return re.compile(pattern.replace(" ", r"\s"), re.IGNORECASE)

"""What a sentence of a letter does, as data: thanks, an offer, a reminder.

Unlike the phrases of `lint.words`, which are faults wherever they stand, these are looked for only when a rule asks,
because the rest of the note makes the move out of place. The file maps names to

    said    expressions over plain text, in any case; a space stands for any white space
    bad     texts in which it is found
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


@cache
def moves() -> Mapping[str, Talk]:
    """Return the moves that a letter can make, by name."""
    checked = parse(read_source(_FOLDER / "moves.yaml"))
    tree: Any = checked.value[0].value if checked.ok and checked.value else None
    if not isinstance(tree, Mapping):
        raise NotegenError("moves.yaml is damaged", hint="install notegen-cards again")
    return {
        name: Talk(name, *(tuple(entry.get(key, ())) for key in ("said", "bad", "good")))
        for name, entry in tree.items()
    }


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile on first need: most notes ask for none."""
    return re.compile(pattern.replace(" ", r"\s"), re.IGNORECASE)

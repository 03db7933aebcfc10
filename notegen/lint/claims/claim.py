"""A claim that the facts deny, and the words around which claims are judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from notegen.lint.sayings import Sayings


@dataclass(frozen=True, slots=True)
class Claim:
    """Characters start..end of plain text say something that the fact at `path` denies.

    `means` is what the fact says, in words; empty when its own value says it. `sure` is whether the text can hardly
    mean anything else.
    """

    start: int
    end: int
    path: str
    means: str = ""
    sure: bool = True


OTHERS: Final = frozenset(
    "a an another his her their my our other old older previous former first last next some any every no each like"
    " than whose earlier second".split()
)
"""Before a noun: it may be another thing than the one that was sold."""
POINTING: Final = frozenset("the your that this those these both all new".split())


def is_other(said: Sayings, index: int, *, allowing: frozenset[str] = frozenset()) -> bool:
    """Return whether the word before one, or a possessive just before that, points to another thing."""
    before = said.before(index, 2)
    if not before:
        return False
    if any(_is_possessive(said, index - 1 - back) for back in range(min(2, len(before)))):
        return True
    return any(word in OTHERS and word not in allowing for word in before if word in OTHERS)


def _is_possessive(said: Sayings, index: int) -> bool:
    ending = said.text[said.ends[index] : said.ends[index] + 2].lower()
    return ending == "'s" or (ending[:1] == "'" and said.low[index].endswith("s"))

"""Whom a finished letter is for, among the customers of a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from notegen.errors import NotegenError, nearest
from notegen.model.facts import Facts

SHOWN: Final = 12
"""Customers that a message names."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_GREETED: Final = re.compile(r"^[ \t]*(?:dear|hi|hello|hey)\b([^\n]*)$", re.IGNORECASE | re.MULTILINE)


def choose(people: Sequence[Facts], letter: str, only: str | None = None) -> Facts:
    """Return the customer with a key or name, or the one whose names are in the greeting, then in the letter.

    Raises NotegenError with the keys when it could be several, or nobody.
    """
    if only is not None:
        return _called(people, only)
    if len(people) == 1:
        return people[0]
    greeted = " ".join(match[1] for match in _GREETED.finditer(letter))
    best = _best(people, greeted) or _best(people, letter)
    both = [one for one in best if one in _best(best, letter)] or best
    if len(both) == 1:
        return both[0]
    which = f"could be for {_keys(both)}" if both else "names none of the customers"
    hint = f"name one with --only: {_keys(both or people)}"
    raise NotegenError(f"the letter {which}", hint=hint)


def _called(people: Sequence[Facts], only: str) -> Facts:
    labels = {label.casefold(): one for one in people for label in (str(one.get("customer.name") or one.key), one.key)}
    if only.casefold() in labels:
        return labels[only.casefold()]
    near = nearest(only, labels)
    hint = f"did you mean '{near}'?" if near else f"there are: {_keys(people)}"
    raise NotegenError(f"there is no customer '{only}'", hint=hint)


def _best(people: Sequence[Facts], text: str) -> list[Facts]:
    """Return those of whose names most words are in a text; nobody when there is none."""
    words = {word.casefold() for word in _WORD.findall(text)}
    scores = [len(_names(one) & words) for one in people]
    most = max(scores, default=0)
    return [one for one, score in zip(people, scores, strict=True) if score == most > 0]


def _names(one: Facts) -> set[str]:
    texts = (one.get(f"customer.{leaf}") for leaf in ("name", "first_name", "last_name", "greeting"))
    words = {word.casefold() for text in texts if isinstance(text, str) for word in _WORD.findall(text)}
    return words - {"mr", "mrs", "ms", "miss", "dr", "and"}


def _keys(people: Sequence[Facts]) -> str:
    return ", ".join(one.key for one in people[:SHOWN]) + (" ..." if len(people) > SHOWN else "")

"""What a path through a template takes for granted about a customer: yes or no to questions about their facts.

An `Atom` is one question. Some answers settle others: a colour that is there belongs to a sale that is there, a list
without a first item has no second. `follows` knows how; nothing is stored that follows from something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple


class Atom(NamedTuple):
    """A question that a template asks about the facts.

    `there`: can the fact be printed, and is it no gap? `true`: does a number or a yes-or-no count as true? `more`: has a
    list more than `at` items, a record anything in it? `is`: does the fact equal the constant written `said`? `said`:
    is a condition that is known by its text alone true? It cannot be when `path`, if it names one, is not there.
    """

    kind: str
    path: str
    at: int = 0
    said: str = ""


Known = Mapping[Atom, bool]
NOTHING: Final[Known] = {}
_FALSE: Final = frozenset(("0", "0.0", "False", "''", "None"))


def there(path: str) -> Atom:
    """Return the question whether a fact is there."""
    return Atom("there", path)


def more(path: str, at: int = 0) -> Atom:
    """Return the question whether a list has more than `at` items."""
    return Atom("more", path, at)


def answer(known: Known, asked: Atom) -> bool | None:
    """Return what is known about a question, or None."""
    direct = known.get(asked)
    if direct is not None:
        return direct
    for given, value in known.items():
        found = follows(given, value, asked)
        if found is not None:
            return found
    return None


@lru_cache(maxsize=65536)
def follows(given: Atom, value: bool, asked: Atom) -> bool | None:
    """Return the answer to a question that follows from the answer to another, or None."""
    if given == asked:
        return value
    if not given.path or not asked.path:
        return None
    return _from_yes(given, asked) if value else _from_no(given, asked)


def _from_yes(given: Atom, asked: Atom) -> bool | None:
    """A yes about a fact means that it is there, and so is all above it."""
    step = _step(given.path, asked.path)
    if asked.kind == "there" and (step or given.path == asked.path):
        return True
    if asked.kind == "more":
        at = given.at if given.path == asked.path and given.kind == "more" else _index(step) if step else -1
        return True if at >= asked.at else None
    if given.path != asked.path or given.kind not in ("is", "true"):
        return None
    if asked.kind == "is":
        return False if given.kind == "is" or asked.said in _FALSE else None
    return given.said not in _FALSE if asked.kind == "true" else None


def _from_no(given: Atom, asked: Atom) -> bool | None:
    """A no to `there` or `more` is a no to everything about the fact and what is in it."""
    step = _step(asked.path, given.path)
    if given.kind == "there":
        return False if step or asked.path == given.path else None
    if given.kind == "more":
        at = asked.at if asked.path == given.path and asked.kind == "more" else _index(step) if step else -1
        return False if at >= given.at else None
    if given.kind == "true" and asked.kind == "is" and asked.path == given.path:
        return None if asked.said in _FALSE else False
    return None


def _step(path: str, above: str) -> str:
    """Return the first step from a path to one below it, or an empty string."""
    return path[len(above) + 1 :].partition(".")[0] if path.startswith(f"{above}.") else ""


def _index(step: str) -> int:
    return int(step) if step.isdigit() else 0


class Interest:
    """How often each question is asked, and when last: what is asked once need not be remembered.

    `epoch` counts the statements of a walk; the questions are counted in a first walk in which nothing is remembered.
    """

    def __init__(self) -> None:
        self.times: dict[Atom, int] = {}
        self.last: dict[Atom, int] = {}
        self._until: dict[Atom, int] | None = None

    def ask(self, atom: Atom, epoch: int) -> None:
        """Count a question."""
        self.times[atom] = self.times.get(atom, 0) + 1
        self.last[atom] = max(epoch, self.last.get(atom, 0))

    def settle(self) -> None:
        """Work out until when each answer may matter: to the same question, or to one about the same fact."""
        times: dict[str, int] = {}
        last: dict[str, int] = {}
        exact: dict[str, tuple[int, int]] = {}
        for atom, count in self.times.items():
            for path in (atom.path, *_above(atom.path)):
                times[path] = times.get(path, 0) + count
                last[path] = max(last.get(path, 0), self.last[atom])
            seen = exact.get(atom.path, (0, 0))
            exact[atom.path] = (seen[0] + count, max(seen[1], self.last[atom]))
        self._until = {}
        for atom, count in self.times.items():
            around = [exact[path] for path in _above(atom.path) if path in exact] if atom.path else []
            total = (times[atom.path] if atom.path else count) + sum(one[0] for one in around)
            latest = max([last[atom.path] if atom.path else self.last[atom], *(one[1] for one in around)])
            self._until[atom] = latest if total > 1 else -1

    def until(self, atom: Atom) -> int:
        """Return the last epoch at which an answer matters; one that was never counted may matter for ever."""
        return 1 << 60 if self._until is None else self._until.get(atom, 1 << 60)


def _above(path: str) -> Iterable[str]:
    while "." in path:
        path = path.rpartition(".")[0]
        yield path

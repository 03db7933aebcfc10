"""What a path through a template takes for granted about a customer: yes or no to questions about their facts.

An `Atom` is one question. Some answers settle others: a colour that is there belongs to a sale that is there, a list
without a first item has no second. `follows` knows how; nothing is stored that follows from something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from notegen.model.facts import index_of


class Atom(NamedTuple):
    """A question that a template asks about the facts.

    `there`: can the fact be printed, and is it no gap? `true`: does a number or a yes-or-no count as true? `more`: has
    a list more than `at` items, a record anything in it? `is`: does the fact equal the constant written `said`? `said`:
    is a condition that is known by its text alone true? It cannot be when `path`, if it names one, is not there.
    """

    kind: str
    path: str
    at: int = 0
    said: str = ""


Base = Mapping[Atom, bool]
"""What holds on every path."""

_FALSE: Final = frozenset(("0", "0.0", "False", "''", "None"))


def there(path: str) -> Atom:
    """Return the question whether a fact is there."""
    return Atom("there", path)


def more(path: str, at: int = 0) -> Atom:
    """Return the question whether a list has more than `at` items."""
    return Atom("more", path, at)


def settled(base: Base, asked: Atom) -> bool | None:
    """Return the answer that follows from what holds on every path, or None."""
    for given, value in base.items():
        found = follows(given, value, asked)
        if found is not None:
            return found
    return None


def follows(given: Atom, value: bool, asked: Atom) -> bool | None:
    """Return the answer to a question that follows from the answer to another, or None."""
    if given == asked:
        return value
    if not given.path or not asked.path:
        return None
    return _from_yes(given, asked) if value else _from_no(given, asked)


def _from_yes(given: Atom, asked: Atom) -> bool | None:
    """Return what a yes about a fact says: it is there, and so is all above it."""
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
    """Return what a no says: to `there` or `more`, it is a no to everything about the fact and what is in it."""
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
    return index_of(step) or 0


class Known(NamedTuple):
    """Answers that are taken for granted, by the numbers of their questions: those that are yes, those that are no."""

    yes: int = 0
    no: int = 0

    def and_also(self, number: int, value: bool) -> Known:
        """Return what is known with one more answer."""
        return Known(self.yes | 1 << number, self.no) if value else Known(self.yes, self.no | 1 << number)

    def but(self, mask: int) -> Known:
        """Return what is known without some answers."""
        return Known(self.yes & ~mask, self.no & ~mask)


NOTHING: Final = Known()


class Questions:
    """All questions of a template, numbered, and for each number the answers to others that settle it."""

    def __init__(self) -> None:
        self.atoms: list[Atom] = []
        self._numbers: dict[Atom, int] = {}
        self._at: dict[str, list[int]] = {}
        self._below: dict[str, list[int]] = {}
        self._yes_if_yes: list[int] = []
        self._no_if_yes: list[int] = []
        self._no_if_no: list[int] = []

    def number(self, atom: Atom) -> int:
        """Return the number of a question."""
        found = self._numbers.get(atom)
        return self._add(atom) if found is None else found

    def answer(self, known: Known, number: int) -> bool | None:
        """Return what is known about a question, or None."""
        if known.yes & self._yes_if_yes[number]:
            return True
        if known.yes & self._no_if_yes[number] or known.no & self._no_if_no[number]:
            return False
        return None

    def _add(self, atom: Atom) -> int:
        number = self._numbers[atom] = len(self.atoms)
        self.atoms.append(atom)
        self._yes_if_yes.append(1 << number)
        self._no_if_yes.append(0)
        self._no_if_no.append(1 << number)
        if atom.path:
            above = list(_above(atom.path))
            for path in (atom.path, *above):
                for other in self._at.get(path, ()):
                    self._link(number, other)
            for other in self._below.get(atom.path, ()):
                self._link(number, other)
            self._at.setdefault(atom.path, []).append(number)
            for path in above:
                self._below.setdefault(path, []).append(number)
        return number

    def _link(self, one: int, other: int) -> None:
        """Note what the answers to two questions say about each other."""
        for given, asked in ((one, other), (other, one)):
            after_yes = follows(self.atoms[given], True, self.atoms[asked])
            if after_yes is not None:
                (self._yes_if_yes if after_yes else self._no_if_yes)[asked] |= 1 << given
            if follows(self.atoms[given], False, self.atoms[asked]) is False:
                self._no_if_no[asked] |= 1 << given


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

    def endings(self) -> Iterable[tuple[Atom, int]]:
        """Return the questions of which the answers matter for a while, with the last epoch of each."""
        return () if self._until is None else ((atom, last) for atom, last in self._until.items() if last >= 0)


def _above(path: str) -> Iterable[str]:
    while "." in path:
        path = path.rpartition(".")[0]
        yield path

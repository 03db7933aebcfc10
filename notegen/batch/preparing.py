"""Preparing a batch: every gang done by whoever works, and then what only all of them together show.

What a customer's note comes to is in the packs. Here is only what a parent must know of all of them at once, in
columns: who gets a card, and where in the packs it is; who gets none, and why.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby, islice
from typing import TYPE_CHECKING, Protocol

from notegen.batch.columns import Texts
from notegen.batch.packs import Pack, Packs, lost, pack_of
from notegen.batch.wholes import Amended, Whole
from notegen.errors import NotegenError, nearest
from notegen.model.diagnostic import Diagnostic, has_errors
from notegen.model.ledger import identity
from notegen.pipeline.batching import UNREADABLE, LeftOut, quietly
from notegen.pipeline.deck import Deck, number_of
from notegen.pipeline.gangs import Job, Task, do, packed

if TYPE_CHECKING:
    from notegen.facts.gangs import Gang
    from notegen.model.drawn import Drawn
    from notegen.model.hand import Hand
    from notegen.model.person import Person
    from notegen.model.stock import Stock

SHOWN = 1000
"""Findings that are kept to be shown; of a batch in which there are more, the rest is counted."""


class Workers(Protocol):
    """Whoever does the work, in any order; tasks are taken a few at a time."""

    def run(self, function: Callable[[Task], Pack], tasks: Iterable[Task]) -> Iterator[tuple[int, Pack]]:
        """Yield the number of each task, from 0, and what it came to."""
        ...


@dataclass(frozen=True, slots=True)
class Had:
    """Somebody who is not to get this card, or not again; `why` says when it was, and in which run."""

    key: str
    name: str
    why: str


@dataclass(slots=True)
class Prepared:
    """A batch that is ready to be looked at.

    A card is known by its number, from 0, in the order of the facts: `gang` and `place` say where it is in the packs,
    `look` is the number of its stock and hand among `looks`, `day` that of its sale and period among `days`; `keys` are
    the customers'. `asked` are the keys of everybody who was asked for. `errors` and `warnings` count all findings,
    `found` holds the first SHOWN of each.
    `digest` is that of all documents.
    """

    job: Job
    packs: Packs
    gangs: int = 0
    asked: Texts = field(default_factory=Texts)
    keys: Texts = field(default_factory=Texts)
    gang: array[int] = field(default_factory=lambda: array("I"))
    place: array[int] = field(default_factory=lambda: array("H"))
    look: array[int] = field(default_factory=lambda: array("H"))
    looks: list[tuple[Stock, Hand]] = field(default_factory=list)
    day: array[int] = field(default_factory=lambda: array("I"))
    days: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    had: list[Had] = field(default_factory=list)
    perhaps: list[Had] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    errors: int = 0
    warnings: int = 0
    digest: str = ""

    def deck(self, order: Sequence[int] | None = None) -> Deck:
        """Return the cards, in the order of the facts or in another."""
        return Deck(self.keys, self.looks, self.look, self.card, order)

    def card(self, number: int) -> Drawn:
        """Return a card by its number. Raises NotegenError when its pack is gone."""
        cards = self.packs.cards(self.gang[number])
        if cards is None:
            raise lost(self.packs, self.gang[number])
        return cards[self.place[number]]

    def identity(self, number: int) -> str:
        """Return the one string that says which card this is; no pack is read."""
        return identity(self.keys[number], self.job.occasion, *self.days[self.day[number]])

    def people(self) -> Iterator[tuple[int, Person]]:
        """Yield the number of each card and its customer, in the order of the facts."""
        number = 0
        while number < len(self.keys):
            gang = self.gang[number]
            people = self.packs.persons(gang)
            if people is None:
                raise lost(self.packs, gang)
            by_card = {one.card: one for one in people if one.card is not None}
            while number < len(self.keys) and self.gang[number] == gang:
                yield number, by_card[self.place[number]]
                number += 1

    def keep(self, numbers: Sequence[int]) -> None:
        """Keep these cards alone; they are numbered anew."""
        self.keys = Texts(self.keys[number] for number in numbers)
        self.gang, self.place, self.look, self.day = (
            array(column.typecode, (column[number] for number in numbers))
            for column in (self.gang, self.place, self.look, self.day)
        )

    def note(self, one: Diagnostic) -> None:
        """Count a finding, and keep it while there are few."""
        kind = self.errors if one.is_error else self.warnings
        if kind < SHOWN:
            self.found.append(one)
        if one.is_error:
            self.errors += 1
        else:
            self.warnings += 1


def prepare(
    job: Job,
    gangs: Iterable[Gang],
    workers: Workers,
    packs: Packs,
    *,
    limit: int | None = None,
    progress: Callable[[int], None] = quietly,
) -> Prepared:
    """Do every gang that has no whole pack yet, and gather what they came to.

    `limit` is how many of those who are asked for are taken, from the first. `progress` is told of customers as they
    are done. Nothing is printed.
    """
    sent = packed(job)
    known: list[str] = []
    # Names that are asked for may stand anywhere; without them the first gangs are enough.
    enough = Enough(None if job.only else limit)

    def tasks() -> Iterator[Task]:
        for gang in gangs:
            if enough.reached:
                return
            known.append(gang.digest)
            there = packs.people(gang.number)
            if there is not None and there[0].digest == gang.digest:
                enough.add(gang.number, len(there[1].people))
                progress(len(there[1].people))
                continue
            yield Task(sent, gang)

    for _, pack in workers.run(made_pack, tasks()):
        packs.write(pack)
        enough.add(pack.number, pack.people)
        progress(pack.people)
    made = gathered(job, packs, len(known), limit)
    made.digest = sha256("\n".join(known[: made.gangs]).encode()).hexdigest()
    return made


def made_pack(task: Task) -> Pack:
    """Do a gang and return what is to be kept of it; this is what a worker does."""
    return pack_of(task.gang, do(task))


class Enough:
    """Whether as many customers as are wanted are done, counted without a gap from the first gang."""

    def __init__(self, limit: int | None) -> None:
        self._left = limit
        self._next = 0
        self._ahead: dict[int, int] = {}

    @property
    def reached(self) -> bool:
        """Whether no further gang is wanted."""
        return self._left is not None and self._left <= 0

    def add(self, number: int, people: int) -> None:
        """Count a gang."""
        if self._left is None:
            return
        self._ahead[number] = people
        while self._next in self._ahead:
            self._left -= self._ahead.pop(self._next)
            self._next += 1


def gathered(job: Job, packs: Packs, gangs: int, limit: int | None) -> Prepared:
    """Go through the packs in order and gather what a parent must know."""
    made = Prepared(job, packs, gangs)
    with Whole(job, packs) as whole:
        _gather(made, whole, limit)
    return made


def _gather(made: Prepared, whole: Whole, limit: int | None) -> None:
    job, packs = made.job, made.packs
    labels: dict[str, str] = {}
    days: dict[tuple[str, str], int] = {}
    for number in range(made.gangs):
        read = packs.people(number)
        if read is None:
            raise lost(packs, number)
        _, done = read
        labels.update((label.casefold(), key) for key, name in done.seen for label in (key, name))
        room = None if limit is None else limit - len(made.asked)
        whole.add(done, (one.place for one in done.people[:room]))
        for finding in done.loose:
            made.note(finding)
        made.left_out.extend(LeftOut(place, UNREADABLE, (why,)) for place, why in done.unreadable)
        for one in done.people[:room]:
            _enter(made, number, one, days)
        if limit is not None and not job.only and len(made.asked) >= limit:
            # Several workers may have done more gangs than one alone would; what is found must not depend on that.
            made.gangs = number + 1
            break
    made.days = list(days)
    _check_names(job, labels)
    _amend(made, list(whole.amendments()))
    for finding in whole.loose():
        made.note(finding)


def _amend(made: Prepared, amendments: Sequence[Amended]) -> None:
    """Enter what was found of customers only when all were there; who has an error gets no card."""
    gone: set[tuple[int, int]] = set()
    # What two customers of one key share is found of both of them.
    for finding in dict.fromkeys(finding for one in amendments for finding in one.found):
        made.note(finding)
    bad = _reasons(amendments)
    for gang, places in groupby(sorted(bad), key=lambda where: where[0]):
        read = made.packs.persons(gang)
        if read is None:
            raise lost(made.packs, gang)
        people = {person.place: person for person in read}
        for where in places:
            person = people[where[1]]
            if person.card is None:
                continue
            gone.add((gang, person.card))
            made.left_out.append(LeftOut(person.key, person.name, tuple(dict.fromkeys(bad[where]))))
    if gone:
        made.keep([n for n in range(len(made.keys)) if (made.gang[n], made.place[n]) not in gone])


def _reasons(amendments: Iterable[Amended]) -> dict[tuple[int, int], list[str]]:
    """Return why customers get no card, by gang and place; only those who have an error."""
    bad: dict[tuple[int, int], list[str]] = {}
    for one in amendments:
        if has_errors(one.found):
            reasons = (finding.message for finding in one.found if finding.is_error)
            bad.setdefault((one.gang, one.place), []).extend(reasons)
    return bad


def _enter(made: Prepared, gang: int, one: Person, days: dict[tuple[str, str], int]) -> None:
    made.asked.append(one.key)
    for finding in one.found:
        made.note(finding)
    if one.card is None or one.stock is None or one.hand is None:
        made.left_out.append(LeftOut(one.key, one.name, one.reasons))
        return
    made.keys.append(one.key)
    made.gang.append(gang)
    made.place.append(one.card)
    made.look.append(number_of(made.looks, one.stock, one.hand))
    made.day.append(days.setdefault((one.sale, one.period), len(days)))


def _check_names(job: Job, labels: Mapping[str, str]) -> None:
    """Raise NotegenError for a name that was asked for and that nobody has."""
    for name in sorted(job.only - labels.keys()):
        near = nearest(name, labels)
        there = ", ".join(islice(dict.fromkeys(labels.values()), 12))
        more = " ..." if len(set(labels.values())) > 12 else ""
        hint = f"did you mean '{near}'?" if near else f"there are: {there}{more}"
        raise NotegenError(f"there is no customer '{name}'", hint=hint)

"""A gang of customers through all stages: from their documents to content streams that only want a page.

That is what a worker does. What it takes and gives back are values, so that any process on any machine may do it.
"""

from __future__ import annotations

import pickle
from calendar import isleap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from typing import TYPE_CHECKING

from notegen import facts, lint, settings
from notegen.facts.traces import trace
from notegen.model.diagnostic import Diagnostic
from notegen.model.facts import Facts
from notegen.model.person import Person, Sorting
from notegen.pipeline.batching import Batch, name_of, prepare, unreadable
from notegen.pipeline.cards import Drawing, drawing
from notegen.pipeline.done import Done
from notegen.pipeline.drafting import draft
from notegen.pipeline.passing import counted
from notegen.pipeline.wishes import Wishes

if TYPE_CHECKING:
    from notegen.facts.gangs import Gang
    from notegen.model.card import Card
    from notegen.model.purpose import Setup
    from notegen.model.template import Template
    from notegen.settings import Settings

AHEAD = timedelta(days=61)
"""A card of the season that is printed so long before a year begins is for that year."""

_DAYS = {"birthday": "customer.birthday", "anniversary": "sale.date"}


@dataclass(frozen=True, slots=True)
class Job:
    """What a batch is of, the same for all its gangs: shop, wishes, template, and what the inks are printed with.

    `only` are the keys and names, case-folded, of those who were asked for; empty for everybody.
    """

    shop: Settings
    wishes: Wishes
    template: Template
    setup: Setup
    only: frozenset[str] = frozenset()

    @property
    def occasion(self) -> str:
        """What the card is for; a customer gets one card for it."""
        return self.template.occasion or self.template.name

    @property
    def seed(self) -> int:
        """The number that, with the customer, decides every stroke."""
        return self.shop.seed if self.wishes.seed is None else self.wishes.seed


@dataclass(frozen=True, slots=True)
class Task:
    """One gang to be done; `job` is a pickled Job."""

    job: bytes
    gang: Gang

    @property
    def label(self) -> str:
        """What the gang is called when it cannot be done."""
        first = self.gang.first + 1
        return f"customers {first:,} to {first + len(self.gang.sources) - 1:,}"


def packed(job: Job) -> bytes:
    """Return a job as it is sent to workers."""
    return pickle.dumps(job, protocol=pickle.HIGHEST_PROTOCOL)


@lru_cache(maxsize=2)
def _desk(job: bytes) -> tuple[Job, Drawing]:
    """Open what all gangs of a job share, once in a process."""
    unpacked: Job = pickle.loads(job)
    return unpacked, drawing(unpacked.shop, unpacked.wishes)


def do(task: Task) -> Done:
    """Do all that there is to do to a gang before its cards are put into a file."""
    from notegen.press import draw

    job, made = _desk(task.job)
    loaded = facts.load_gang(task.gang, job.shop.schema, job.wishes.today)
    everybody = [settings.with_shop(one, job.shop, job.wishes.today) for one in loaded.value or ()]
    chosen = [(place, one) for place, one in enumerate(everybody) if _is_asked(one, job)]
    bad = counted(about(loaded.diagnostics, everybody, chosen), job.shop, job.wishes)
    people = [one for _, one in chosen]
    batch = prepare(people, bad, job.template, made, homes={}, whole=False)
    cards = draw(batch.cards, job.setup)
    own = _by_customer((*bad, *batch.diagnostics))
    keys = {one.key for one in people}
    loose = tuple(one for note, found in own.items() if note not in keys for one in found)
    notes = {one.facts.key: one.note for one in batch.drafts}
    brief = lint.brief
    return Done(
        number=task.gang.number,
        people=tuple(_people(chosen, batch, own, job)),
        cards=tuple(cards),
        loose=loose,
        seen=tuple((one.key, name_of(one)) for one in everybody) if job.only else (),
        traces=tuple(map(trace, everybody)),
        briefs=tuple([brief(notes.get(one.key), one) for one in everybody]),
        unreadable=tuple((one.key, one.reasons[0]) for one in unreadable(people, bad)),
    )


def again(job: Job, people: Sequence[tuple[Facts, tuple[Facts, ...]]]) -> list[tuple[Diagnostic, ...]]:
    """Judge the notes of customers anew, each with the others of the household beside it."""
    return [draft(one, job.template, job.shop, job.wishes, home).diagnostics for one, home in people]


def reread(job: Job, gang: Gang, places: Sequence[int], many: int) -> list[Facts]:
    """Return the facts of some customers of a gang once more; `many` are all customers that were found in it.

    Where each document was a customer, the places are those of documents, and no other is read.
    """
    every = many == len(gang.sources)
    wanted = replace(gang, sources=tuple(gang.sources[place] for place in places)) if every else gang
    people = facts.load_gang(wanted, job.shop.schema, job.wishes.today).value or ()
    chosen = people if every else [people[place] for place in places]
    return [settings.with_shop(one, job.shop, job.wishes.today) for one in chosen]


def about(
    found: Sequence[Diagnostic], everybody: Sequence[Facts], chosen: Sequence[tuple[int, Facts]]
) -> tuple[Diagnostic, ...]:
    """Return the findings that concern those who were asked for: all of them when nobody is passed over."""
    if len(chosen) == len(everybody):
        return tuple(found)
    keys = {one.key for _, one in chosen}
    return tuple(one for one in found if one.note in keys)


def _is_asked(one: Facts, job: Job) -> bool:
    return not job.only or bool(job.only & {one.key.casefold(), name_of(one).casefold()})


def _people(
    chosen: Sequence[tuple[int, Facts]],
    batch: Batch,
    own: dict[str | None, tuple[Diagnostic, ...]],
    job: Job,
) -> Iterator[Person]:
    from notegen.facts.gangs import digest_of

    cards = {card.key: (number, card) for number, card in enumerate(batch.cards)}
    drawings = tuple(drawings_of(batch.cards))
    reasons = {one.key: one.reasons for one in batch.left_out}
    notes = {one.facts.key: one.note for one in batch.drafts}
    for place, one in chosen:
        note = notes.get(one.key)
        number, card = cards.get(one.key, (None, None))
        yield Person(
            key=one.key,
            name=name_of(one),
            place=place,
            sale=_day(one, "sale.date"),
            period=period_of(one, job),
            digest=digest_of(one.source),
            drawing=drawings[number] if number is not None else "",
            sorting=sorting_of(one, job),
            text=note.text if note is not None else "",
            parts=tuple(note.blocks) if note is not None else (),
            reasons=reasons.get(one.key, ()),
            found=own.pop(one.key, ()),  # of several with one key the first has what was found of them all
            card=number,
            stock=card.stock if card is not None else None,
            hand=card.hand if card is not None else None,
        )


def drawing_of(card: Card) -> str:
    """Return a digest of every stroke of a card, whatever its outlines are numbered in this process."""
    return next(drawings_of((card,)))


def drawings_of(cards: Sequence[Card]) -> Iterator[str]:
    """Yield the digest of every stroke of each of some dozens of cards, which takes a tenth less than one by one.

    Matrices count to 1/10,000 mm: a press shows a hundred times less.
    """
    import numpy as np

    for _, of_pool in groupby(cards, key=lambda card: id(card.pool)):
        some = list(of_pool)
        which, alternate = np.divmod(np.concatenate([card.outline for card in some]), some[0].pool.k)
        ids, alternate = some[0].pool.ids[which].astype("<u8"), alternate.astype("<i4")
        placed = np.concatenate([card.matrix for card in some])
        placed *= 1e4
        placed = np.rint(placed, out=placed).astype("<i4")
        start = 0
        for card in some:
            end = start + len(card.outline)
            parts = [column[start:end].tobytes() for column in (ids, alternate, placed)]
            yield blake2b(b"".join(parts), digest_size=16).hexdigest()
            start = end


def _by_customer(found: Iterable[Diagnostic]) -> dict[str | None, tuple[Diagnostic, ...]]:
    own: dict[str | None, list[Diagnostic]] = {}
    for one in found:
        own.setdefault(one.note, []).append(one)
    return {key: tuple(dict.fromkeys(several)) for key, several in own.items()}


def _day(one: Facts, path: str) -> str:
    day = one.get(path)
    return day.isoformat() if isinstance(day, date) else ""


def period_of(one: Facts, job: Job) -> str:
    """Return the year that a yearly card is for, "" for a card that a customer gets once.

    A card for every birthday or anniversary is for the one that is nearest; where the day is not known, and for a card
    that comes every year, it is for the year of the day on which it is written, and from AHEAD before its end the next.
    """
    today, every = job.wishes.today, job.template.every
    if every is None or today is None:
        return ""
    day = one.get(_DAYS[every]) if every in _DAYS else None
    if not isinstance(day, date):
        return str((today + AHEAD).year)
    years = (today.year - 1, today.year, today.year + 1)
    return str(min(years, key=lambda year: abs((_in_year(day, year) - today).days)))


def _in_year(day: date, year: int) -> date:
    # Who was born on the 29th of February keeps it on the 1st of March.
    return date(year, 3, 1) if (day.month, day.day) == (2, 29) and not isleap(year) else day.replace(year=year)


def sorting_of(one: Facts, job: Job) -> Sorting:
    """Return what a batch may be ordered by: the address as it is written, and the name by its last word."""

    def said(path: str) -> str:
        return str(one.get(f"customer.{path}") or "").strip()

    name = said("last_name") or " ".join(reversed(said("name").split(" ")[-1:]))
    street = said("address.street")
    return Sorting(said("address.country").upper(), said("address.postcode").upper(), street, name.casefold())

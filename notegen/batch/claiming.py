"""Which cards of a batch somebody has had already, and what the ledger is told of those that are to be printed."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from notegen.batch.preparing import Had, Prepared
from notegen.model.ledger import Claimed, Look, NewNote, Person, State
from notegen.pipeline.drafting import locale_of
from notegen.pipeline.posting import sender_country
from notegen.pipeline.rewriting import hand_as_text, parts_as_text

if TYPE_CHECKING:
    from notegen.batch.work import Work
    from notegen.ledger import Ledger
    from notegen.model import person
    from notegen.pipeline.gangs import Job

AT_ONCE: Final = 2000
"""Cards that the ledger is asked about at a time."""


class Turns:
    """How many cards each customer of a batch has had of this occasion: 0 for almost all."""

    def __init__(self) -> None:
        self._many: dict[int, int] = {}

    def of(self, number: int) -> int:
        """Return how many cards were there before the one with this number."""
        return self._many.get(number, 0)

    def set(self, number: int, turn: int) -> None:
        """Remember that a card is not the first."""
        self._many[number] = turn


def leave_out(prepared: Prepared, book: Ledger, run: str | None, *, again: bool) -> Turns:
    """Take out of a batch whoever has had this card, or asked to be forgotten; return which turn each card is.

    Cards that `run` itself has claimed stay. With `again`, those who have had the card get another one.
    """
    from notegen.ledger import suppressed, taken

    turns = Turns()
    kept: list[int] = []
    waiting: list[tuple[int, person.Person]] = []

    def look() -> None:
        identities = [prepared.identity(number) for number, _ in waiting]
        held = taken(book, identities, run or "")
        fresh: list[person.Person] = []
        gone = suppressed(book, [Person(one.key, one.name, one.sorting.postcode) for _, one in waiting])
        for which, (number, one) in zip(identities, waiting, strict=True):
            claimed = held.get(which)
            if one.key in gone:
                prepared.had.append(Had(one.key, one.name, "asked to be forgotten"))
            elif claimed is None:
                kept.append(number)
                fresh.append(one)
            elif claimed.run == run or again:
                kept.append(number)
                turns.set(number, claimed.again + (claimed.run != run))
            else:
                prepared.had.append(Had(one.key, one.name, _said(claimed)))
        prepared.perhaps.extend(_perhaps(prepared, book, fresh))
        waiting.clear()

    for number, one in prepared.people():
        waiting.append((number, one))
        if len(waiting) == AT_ONCE:
            look()
    look()
    return _renumbered(prepared, kept, turns)


def _perhaps(prepared: Prepared, book: Ledger, fresh: list[person.Person]) -> Iterator[Had]:
    """Yield those who get their first card, and have perhaps had it when their name or sale was written otherwise."""
    from notegen.ledger import alike

    asked = ((Person(one.key, one.name, one.sorting.postcode), one.sale, one.period) for one in fresh)
    found = list(alike(book, prepared.job.occasion, asked))
    listed = frozenset(prepared.asked) if found else frozenset()
    names = {one.key: one.name for one in fresh}
    for other in found:
        if other.customer == other.asked or other.customer not in listed:  # who is in the list too is somebody else
            why = f"{_state(other.state)} {other.at:%Y-%m-%d}, run {other.run}"
            yield Had(other.asked, names[other.asked], f"{other.name} ({other.customer}): {why}")


def _renumbered(prepared: Prepared, kept: list[int], turns: Turns) -> Turns:
    if len(kept) == len(prepared.keys):
        return turns
    moved = Turns()
    for number, old in enumerate(kept):
        if turns.of(old):
            moved.set(number, turns.of(old))
    prepared.keep(kept)
    return moved


def _state(state: State) -> str:
    return "waiting to be printed" if state in (State.PREPARED, State.APPROVED) else str(state)


def _said(claimed: Claimed) -> str:
    return f"has this card already: {_state(claimed.state)} {claimed.at:%Y-%m-%d}, run {claimed.run}"


def notes(work: Work) -> Iterator[NewNote]:
    """Yield what the ledger is told of each card that is to be printed, in the order of the facts."""
    job = work.order.job
    costs, home, enveloped = job.shop.costs, sender_country(job.shop), work.enveloped
    digest = template_digest(job)
    locale = locale_of(job.template, job.shop, job.wishes)
    for number, one in work.people():
        assert one.stock is not None
        assert one.hand is not None
        abroad = one.sorting.country not in ("", home)
        yield NewNote(
            customer=one.key,
            name=one.name,
            occasion=job.occasion,
            sale=one.sale,
            period=one.period,
            look=Look(job.template.name, digest, hand_as_text(one.hand), one.stock.name, locale),
            facts_digest=one.digest,
            text=one.text,
            parts=parts_as_text(one.parts),
            seed=job.seed,
            drawing=one.drawing,
            cost=costs.of_card(enveloped=enveloped, abroad=abroad),
            currency=job.shop.currency if costs.known else "",
            postcode=one.sorting.postcode,
            again=work.turns.of(number),
        )


def template_digest(job: Job) -> str:
    """Return a digest of a template with all that it includes."""
    texts = (job.template.source.text, *(one.text for _, one in sorted(job.template.library.items())))
    return sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()

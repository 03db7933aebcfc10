"""A batch that is ready to be printed: its cards in their order, dressed, with their marks, envelopes and slip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

from notegen import lint, pipeline
from notegen.batch.claiming import Turns, leave_out
from notegen.batch.ordering import By, order_of
from notegen.batch.preparing import Prepared, Workers, prepare
from notegen.facts.gangs import gangs
from notegen.model.diagnostic import Checked, Diagnostic, has_errors
from notegen.model.note import Note
from notegen.pipeline.batching import Batch
from notegen.pipeline.drafting import Draft
from notegen.pipeline.opening import facts_files
from notegen.pipeline.posting import sender_country

if TYPE_CHECKING:
    from notegen.batch.packs import Packs
    from notegen.ledger import Ledger
    from notegen.model.card import Card
    from notegen.model.dress import Dress
    from notegen.model.facts import Facts
    from notegen.model.person import Person
    from notegen.model.signature import Signature
    from notegen.model.slip import Row
    from notegen.model.stock import Stock
    from notegen.pipeline.deck import Deck
    from notegen.pipeline.gangs import Job
    from notegen.pipeline.mailing import Mailing
    from notegen.pipeline.printing import Printing


@dataclass(frozen=True, slots=True)
class Files:
    """What is to be written: the cards, perhaps with their addresses, and perhaps their envelopes and the slip.

    A place is a path or a URL; `cards` None is a file in the run's own folder. `split` is the number of files that the
    cards are cut into.
    """

    cards: Path | str | None = None
    envelopes: Path | str | None = None
    slip: Path | str | None = None
    addressed: bool = False
    frames: bool = False
    split: int = 1

    @property
    def need_facts(self) -> bool:
        """Whether the customers' addresses are wanted, not only their cards."""
        return self.addressed or self.envelopes is not None or self.slip is not None


@dataclass(frozen=True, slots=True)
class Order:
    """What a batch was asked for.

    `again` is the reason why those who have had this card get another one, `signature` the drawing that cards are
    signed with.
    """

    facts: tuple[Path | str, ...]
    job: Job
    how: Printing
    files: Files
    by: By = By.FACTS
    limit: int | None = None
    again: str | None = None
    signature: Signature | None = None


@dataclass(slots=True)
class Work:
    """A batch that is ready to be printed, with all that was found on the way.

    `agreed` says whether cards, envelopes and slip are of the same people; nothing is printed when they are not.
    """

    order: Order
    prepared: Prepared
    turns: Turns
    deck: Deck
    wear: Checked[Mapping[str, Dress]]
    codes: Mapping[str, str] = field(default_factory=dict)
    mailing: Mailing | None = None
    envelope: Stock | None = None
    rows: tuple[Row, ...] = ()
    agreed: bool = True

    @property
    def has_errors(self) -> bool:
        """Whether anything was found that keeps somebody from getting a card."""
        return self.prepared.errors > 0

    def people(self) -> Iterator[tuple[int, Person]]:
        """Yield the number of each card that is to be printed and its customer, in the order of the facts."""
        printed = bytearray(len(self.prepared.keys))
        for number in self.deck.order:
            printed[number] = 1
        return ((number, one) for number, one in self.prepared.people() if printed[number])

    @property
    def enveloped(self) -> bool:
        """Whether the cards go into envelopes, as far as is known."""
        return any(stock.envelope is not None for stock in self.deck.stocks.values()) and not self.order.files.addressed


def ready(
    order: Order,
    workers: Workers,
    packs: Packs,
    book: Ledger | None = None,
    run: str | None = None,
    progress: Callable[[int], None] = pipeline.quietly,
) -> Work:
    """Do all that comes before the first page: every note written and judged, and who has had it already left out."""
    prepared = prepare(order.job, gangs(facts_files(order.facts)), workers, packs, limit=order.limit, progress=progress)
    turns = Turns() if book is None else leave_out(prepared, book, run, again=order.again is not None)
    deck = prepared.deck(order_of(prepared, order.by))
    work = Work(order, prepared, turns, deck, Checked({}))
    if order.how.matching and not order.files.addressed:
        work.codes = pipeline.codes_of(_batch(work, ()), order.job.seed)
    if order.files.need_facts and len(deck):
        _address(work)
    work.wear = pipeline.dresses(work.deck, order.how)
    if order.files.addressed:
        pipeline.refuse_pictures(work.wear.value or {}, work.deck)
    for one in work.wear.diagnostics:
        prepared.note(one)
    return work


def _batch(work: Work, drafts: tuple[Draft, ...]) -> Batch:
    made = work.prepared
    # Who addresses cards and lists them asks for their customers, stocks and hands, which drawn cards have.
    return Batch(cast("Sequence[Card]", work.deck), tuple(made.left_out), (), drafts, (), made.asked)


def _address(work: Work) -> None:
    """Address the envelopes, or the cards' other sides, and list the slip; who has no address gets no card."""
    order, job = work.order, work.order.job
    loaded = pipeline.load_facts(order.facts, job.shop, job.wishes.today)
    everybody = loaded.value or ()
    wanted = set(work.deck.keys)
    people = [one for one in everybody if one.key in wanted]
    drawing = pipeline.drawing(job.shop, job.wishes)
    batch = _batch(work, tuple(_drafts(work, {one.key: one for one in people})))
    found: list[Diagnostic] = []
    if order.files.envelopes is not None or order.files.addressed:
        to = (batch, people, job.shop, drawing.stocks, work.codes, lint.fellows(everybody))
        sent = pipeline.enveloped(*to, bare=order.files.addressed, frames=order.files.frames)
        batch, work.mailing, work.envelope = sent.batch, sent.mailing, sent.stock
        work.prepared.left_out = list(batch.left_out)
        work.deck = work.deck.only({*(piece.key for piece in sent.mailing.pieces)})
        found.extend(sent.mailing.diagnostics)
    work.rows = pipeline.slip_rows(batch, drawing)
    envelopes = work.mailing is not None and not order.files.addressed
    keys = [piece.key for piece in work.mailing.pieces] if envelopes and work.mailing is not None else None
    odds = pipeline.agree(work.rows, list(work.deck.keys), keys)
    work.agreed = not has_errors(odds)
    for one in dict.fromkeys((*found, *pipeline.unprintable(work.rows), *odds)):
        work.prepared.note(one)


def _drafts(work: Work, people: Mapping[str, Facts]) -> Iterator[Draft]:
    template = work.order.job.template
    for _, one in work.prepared.people():
        facts = people.get(one.key)
        if facts is not None:
            yield Draft(facts, template, Note(one.key, template.name, one.text, parts=one.parts), ())


def cost_of(work: Work) -> int | None:
    """Return what a batch costs, in hundredths of the shop's currency; None when the shop does not say."""
    costs = work.order.job.shop.costs
    if not costs.known:
        return None
    home = sender_country(work.order.job.shop)
    return sum(
        costs.of_card(enveloped=work.enveloped, abroad=one.sorting.country not in ("", home))
        for _, one in work.people()
    )

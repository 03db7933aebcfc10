"""Notes become cards: which hand and stock each takes, and the writing and laying out of many."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from notegen.errors import NotegenError, UnknownName
from notegen.model.diagnostic import Checked, Diagnostic, Severity, has_errors
from notegen.model.note import Note
from notegen.model.room import Signing
from notegen.model.source import Span
from notegen.pipeline import looks
from notegen.pipeline.drafting import Draft
from notegen.pipeline.opening import card_stock, hands, stocks
from notegen.pipeline.signing import signing_of, unsigned, unsigned_finding
from notegen.pipeline.wishes import Wishes
from notegen.registry import Registry

if TYPE_CHECKING:
    from notegen.model.card import Card
    from notegen.model.hand import Hand
    from notegen.model.signature import Signature
    from notegen.model.stock import Stock
    from notegen.model.writing import Writing
    from notegen.settings import Settings

T = TypeVar("T")

HAND = "quick-ballpoint"
STOCK = "us-a2"
"""What is used when neither the command, the customer, the template nor the shop says."""


@dataclass(frozen=True, slots=True)
class Means:
    """What one note is written with and on."""

    drafted: Draft
    hand: Hand
    stock: Stock


@dataclass(frozen=True, slots=True)
class Drawing:
    """How notes become cards: the registries to choose from, and what was wished."""

    shop: Settings
    hands: Registry[Hand]
    stocks: Registry[Stock]
    wishes: Wishes
    dressed: dict[tuple[str, str | None], Hand] = field(default_factory=dict)
    signature: Signature | None = None
    sign: Signing = Signing.PRINTED

    @property
    def seed(self) -> int:
        """The number that, with the customer, decides every stroke."""
        return self.shop.seed if self.wishes.seed is None else self.wishes.seed

    def means(self, drafted: Draft) -> Checked[Means]:
        """Choose hand and stock: the command's, the customer's preference, the template's, the shop's, the usual."""
        hand = _chosen(self.hands.get, drafted, "hand", (self.wishes.hand, drafted.template.hand, self.shop.hand, HAND))
        asked = (self.wishes.stock, drafted.template.stock, self.shop.stock, STOCK)
        stock = _chosen(partial(card_stock, self.stocks), drafted, "stock", asked)
        found = hand.diagnostics + stock.diagnostics
        if hand.value is None or stock.value is None:
            return Checked(None, found)
        own = self.dress(hand.value, drafted)
        if own.value is None:
            return Checked(None, found + own.diagnostics)
        return Checked(Means(drafted, own.value, stock.value), found)

    def dress(self, hand: Hand, drafted: Draft) -> Checked[Hand]:
        """Return a hand with the pen, ink and tidiness that are wished, and in the ink that a customer prefers."""
        preferred = drafted.facts.get("preferences.ink")
        ink = str(preferred) if preferred and self.wishes.ink is None else None
        key = hand.name, ink
        if key not in self.dressed:
            try:
                self.dressed[key] = looks.dressed(hand, looks.wished(self.shop, self.wishes, ink))
            except NotegenError as error:
                place = drafted.facts.spans.get("preferences.ink")
                said = Diagnostic("F018", Severity.ERROR, error.message, place, error.hint, note=drafted.facts.key)
                return Checked(None, (said,))
        return Checked(self.dressed[key])

    def cards(self, drafts: Iterable[Draft]) -> Iterator[tuple[Draft, Checked[Card]]]:
        """Write and lay out notes that may go on; they come back stock by stock, hand by hand, each with its card."""
        ready: dict[str, list[Means]] = {}
        for drafted in drafts:
            chosen = self.means(drafted)
            if chosen.value is None:
                yield drafted, Checked(None, chosen.diagnostics)
            else:
                ready.setdefault(chosen.value.stock.name, []).append(chosen.value)
        for group in ready.values():
            yield from self._of_one_stock(sorted(group, key=lambda one: one.hand.name))

    def _of_one_stock(self, group: Sequence[Means]) -> Iterator[tuple[Draft, Checked[Card]]]:
        """Write lazily and lay out in blocks, which takes less than half the time of one by one."""
        from notegen.layout import lay_out_all

        waiting: deque[tuple[Draft, tuple[Diagnostic, ...]]] = deque()
        failed: list[tuple[Draft, Checked[Card]]] = []

        def writings() -> Iterator[Writing]:
            for drafted, written in self._written(group):
                if written.value is None or has_errors(written.diagnostics):
                    failed.append((drafted, Checked(None, _placed(written.diagnostics, drafted))))
                else:
                    waiting.append((drafted, written.diagnostics))
                    yield written.value

        for laid in lay_out_all(writings(), group[0].stock):
            drafted, found = waiting.popleft()
            yield drafted, Checked(laid.value, _placed(found + laid.diagnostics, drafted))
        yield from failed

    def _written(self, group: Sequence[Means]) -> Iterator[tuple[Draft, Checked[Writing]]]:
        """Write and sign notes hand by hand; some dozens are read ahead, which takes a fraction of the time."""
        from notegen.hand import sign, write_all

        for hand, of_hand in groupby(group, key=lambda one: one.hand):
            read: deque[tuple[Draft, tuple[Diagnostic, ...]]] = deque()
            for written in write_all(self._to_write_all(of_hand, read), hand, self.seed):
                drafted, told = read.popleft()
                if written.value is None or has_errors(written.diagnostics):
                    yield drafted, written
                else:
                    made = sign(written.value, self.signature, self.seed) if self.signature else written.value
                    yield drafted, Checked(made, told + written.diagnostics)

    def _to_write_all(
        self, group: Iterable[Means], read: deque[tuple[Draft, tuple[Diagnostic, ...]]]
    ) -> Iterator[Note]:
        """Yield the words that are printed of each note; what is told of them goes into `read`."""
        for one in group:
            note, told = self._to_write(one.drafted)
            read.append((one.drafted, told))
            yield note

    def _to_write(self, drafted: Draft) -> tuple[Note, tuple[Diagnostic, ...]]:
        """Return the words that are printed: all of them, or all but the name that a person signs with."""
        note = drafted.note
        assert note is not None
        return (note, ()) if self.sign is Signing.PRINTED else (unsigned(note), unsigned_finding(note))


def drawing(shop: Settings, wishes: Wishes) -> Drawing:
    """Make ready to draw: the hands and stocks there are, with the names that were wished checked at once."""
    sign = signing_of(shop, wishes)
    drawn = signature_of(shop, wishes) if sign is Signing.PRINTED else None
    made = Drawing(shop, hands(shop), stocks(shop), wishes, signature=drawn, sign=sign)
    for name in (wishes.hand, shop.hand):
        if name is not None:
            made.hands.get(name)
    for name in (wishes.stock, shop.stock):
        if name is not None:
            card_stock(made.stocks, name)
    looks.dressed(next(iter(made.hands)), looks.wished(shop, wishes))
    return made


def signature_of(shop: Settings, wishes: Wishes) -> Signature | None:
    """Return the drawing that cards are signed with: the command's, else the shop's; None for a name in letters."""
    path = wishes.signature or shop.signature
    if path is None:
        return None
    from notegen.hand.signature import load

    return load(path)


def as_wished(hand: Hand, wishes: Wishes) -> Hand:
    """Return a hand with the pen, ink and tidiness that the command line asks for, whatever the shop says."""
    return looks.dressed(hand, looks.of_command(wishes))


def specimen(text: str, hand: Hand, stock: Stock, seed: int) -> Checked[Card]:
    """Write any words on a card, without facts or template: for looking at a hand."""
    from notegen.hand import write
    from notegen.layout import lay_out

    written = write(Note(f"specimen of {hand.name}", "specimen", text), hand, seed)
    if written.value is None or has_errors(written.diagnostics):
        return Checked(None, written.diagnostics)
    laid = lay_out(written.value, stock)
    return Checked(laid.value, written.diagnostics + laid.diagnostics)


def _chosen(get: Callable[[str], T], drafted: Draft, kind: str, asked: tuple[str | None, ...]) -> Checked[T]:
    """Return the first that was asked for; the customer's preference comes after the command's."""
    command, *rest = asked
    preferred = drafted.facts.get(f"preferences.{kind}")
    name = next(str(one) for one in (command, preferred, *rest) if one)
    try:
        return Checked(get(name))
    except UnknownName as error:
        return Checked(None, (_unknown(error, drafted, kind, by_customer=not command and bool(preferred)),))


def _unknown(error: UnknownName, drafted: Draft, kind: str, *, by_customer: bool) -> Diagnostic:
    """Say where the name that stands for nothing was written: in the customer's facts or in the front matter."""
    code, places = ("F018", drafted.facts.spans) if by_customer else ("T002", drafted.template.places)
    span = places.get(f"preferences.{kind}" if by_customer else kind)
    return Diagnostic(code, Severity.ERROR, error.message, span, error.hint, note=drafted.facts.key)


def _placed(found: Sequence[Diagnostic], drafted: Draft) -> tuple[Diagnostic, ...]:
    """Give a card's findings a place: they concern the whole template."""
    if not found:
        return ()
    template = drafted.template
    place = template.places.get("name") or Span(template.source, 0, 0)
    return tuple(one if one.span else replace(one, span=place) for one in found)

"""Customers' facts become envelopes and labels: who gets one, to which address, in which post's zones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from notegen.errors import NotegenError
from notegen.layout import mail_codes
from notegen.layout.address_block import no_address
from notegen.layout.envelope import Cover, Manner, envelope, room
from notegen.layout.label import ADDRESS, SENDER, label
from notegen.layout.mark import envelope_mark, marks
from notegen.lint.wishes import wishes
from notegen.model.diagnostic import Checked, Diagnostic, Severity, has_errors
from notegen.model.facts import Facts
from notegen.model.mail import Mailpiece
from notegen.model.page import PlacedCard
from notegen.model.piece import Piece
from notegen.model.stock import Kind
from notegen.pipeline.barcodes import Series
from notegen.pipeline.batching import LeftOut, Progress, left_out, name_of, quietly, unreadable
from notegen.pipeline.destinations import Destination, Sender, destination, sender_of
from notegen.pipeline.posting import sender_country
from notegen.post import mailcheck, zones

if TYPE_CHECKING:
    from notegen.model.mail import Barcode, Face
    from notegen.model.stock import Stock
    from notegen.pipeline.handwritten import Pen
    from notegen.settings import Settings

NO_MAIL = "asked for no mail"

ORDINARY = {"US": "us-letter", "GB": "gb-letter", "DE": "de-standardbrief", "JP": "jp-standard"}
"""The class of an envelope that a plain stamp pays for, by country."""

BARE = {"US": "us-card", "GB": "gb-letter", "DE": "de-postkarte", "JP": "jp-hagaki"}
"""The class of a card that goes without an envelope, by country."""

Homes = Mapping[str, tuple[Facts, ...]]
"""The others of each customer's household, by key."""

Made = Callable[[int, Facts, Destination], Checked[Piece]]


@dataclass(frozen=True, slots=True)
class Posting:
    """How envelopes are made: the stock, the post they are handed to, and what besides the address is on them.

    `post` is a country's ISO code, None for the sender's own. `series` numbers the barcodes, None for none; `corner`
    puts them at the lower right. `pen` writes the addresses by hand, None sets them in plain type. `codes` are the
    texts of matching marks for the backs of envelopes, by customer's key.
    """

    stock: Stock
    post: str | None = None
    sender: bool = True
    series: Series | None = None
    corner: bool = False
    manner: Manner = field(default_factory=Manner)
    pen: Pen | None = None
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mailing:
    """The pieces in the order of the customers, who gets none and why, and everything that was found."""

    pieces: tuple[Piece, ...]
    left_out: tuple[LeftOut, ...]
    diagnostics: tuple[Diagnostic, ...]


def envelopes(
    people: Sequence[Facts],
    bad: Sequence[Diagnostic],
    shop: Settings,
    how: Posting,
    progress: Progress = quietly,
    homes: Homes | None = None,
) -> Mailing:
    """Make an envelope for everybody who may be written to; `bad` are the findings of loading, by customer's key.

    A person with an error gets none and is named, as is one who asked for no mail, which is no error. Nobody gets one
    when the shop's own address has an error.
    """
    home = sender_country(shop)
    face = zones.face(how.post or home, how.stock.size)
    sender: Checked[Sender] = sender_of(shop, upright=face.upright) if how.sender else Checked(None)
    about = (*sender.diagnostics, *_about(shop, how, face))
    if has_errors(about):
        return Mailing((), (), (*bad, *about))

    def made(number: int, one: Facts, to: Destination) -> Checked[Piece]:
        bars: Checked[Barcode] = Checked(None)
        if how.series is not None and len(to.lines) > 1:
            bars = how.series.barcode(number, one.key, to, home)
        written: Checked[tuple[PlacedCard, ...]] = Checked(())
        if how.pen is not None:
            written = how.pen.write(one.key, to.lines, room(face), face.size[0])
        if written.value is None:
            return Checked(None, (*bars.diagnostics, *written.diagnostics))
        cover = Cover(
            one.key,
            to.lines,
            sender=sender.value.lines(to.address.country) if sender.value else (),
            barcode=bars.value,
            corner=how.corner or how.pen is not None,
            columns=to.columns if how.pen is None else None,
            from_columns=sender.value.columns if sender.value else None,
            written=written.value,
        )
        laid = envelope(cover, face, how.manner)
        return Checked(_marked(laid.value, how), (*bars.diagnostics, *written.diagnostics, *laid.diagnostics))

    mailing = _mailing(people, bad, (shop, face.upright), made, progress, homes or {})
    return replace(mailing, diagnostics=(*about, *mailing.diagnostics))


def labels(
    people: Sequence[Facts],
    bad: Sequence[Diagnostic],
    shop: Settings,
    size: tuple[float, float],
    progress: Progress = quietly,
    homes: Homes | None = None,
) -> Mailing:
    """Make an address label of (width, height) mm for everybody who may be written to; see `envelopes`."""

    def made(_number: int, one: Facts, to: Destination) -> Checked[Piece]:
        return label(one.key, to.lines, size, ADDRESS)

    return _mailing(people, bad, (shop, False), made, progress, homes or {})


def return_labels(shop: Settings, size: tuple[float, float], count: int) -> Mailing:
    """Make so many labels with the shop's own address; raises NotegenError when the shop does not say it."""
    sender = sender_of(shop)
    if sender.value is None:
        if sender.diagnostics:
            return Mailing((), (), sender.diagnostics)
        raise NotegenError("the shop does not say its address", hint="add `address:` under `shop:` in notegen.yaml")
    laid = label("return", sender.value.lines(), size, SENDER)
    place = shop.spans.get("shop.address")
    found = tuple(replace(one, span=place, note=None) for one in laid.diagnostics)
    return Mailing((laid.value,) * count if laid.value is not None else (), (), (*sender.diagnostics, *found))


def _mailing(
    people: Sequence[Facts],
    bad: Sequence[Diagnostic],
    sent: tuple[Settings, bool],
    made: Made,
    progress: Progress,
    homes: Homes,
) -> Mailing:
    """Make a piece for everybody; `sent` is the shop, and whether its mail is upright."""
    spoiled = {one.note for one in bad if one.is_error}
    shop, upright = sent
    home = sender_country(shop)
    pieces: list[Piece] = []
    left = list(unreadable(people, bad))
    found: list[Diagnostic] = list(bad)
    for one in people:
        progress(1)
        if declines(one, homes.get(one.key, ())):
            left.append(LeftOut(one.key, name_of(one), (NO_MAIL,)))
            continue
        if one.key in spoiled:
            left.append(left_out(one, (b for b in bad if b.note == one.key)))
            continue
        to = destination(one, shop, home, upright=upright)
        laid: Checked[Piece] = made(len(pieces), one, to.value) if to.value is not None else Checked(None)
        said = (*to.diagnostics, *laid.diagnostics)
        own = tuple(_placed(finding, one, shop) for finding in said or _unsaid(one, laid.value))
        found.extend(own)
        if laid.value is None or has_errors(own):
            left.append(left_out(one, own))
        else:
            pieces.append(laid.value)
    return Mailing(tuple(pieces), tuple(left), tuple(found))


def matching(keys: Sequence[str], seed: int) -> dict[str, str]:
    """Return what is printed on the back of each card and its envelope, by key; `keys` are everybody's, in order.

    Those who are left out count too, so that cards and envelopes agree whoever is left out of either.
    """
    return {key: mark.text for key, mark in zip(keys, marks(keys, seed), strict=True)}


def is_addressed(stock: Stock) -> bool:
    """Return whether a stock has an address on it: an envelope, or a card that goes without one."""
    return stock.kind is Kind.ENVELOPE or any(panel.name.startswith("address") for panel in stock.panels)


def _marked(piece: Piece | None, how: Posting) -> Piece | None:
    """Return an envelope with its matching mark on the back; a card that goes bare has nothing to match."""
    code = how.codes.get(piece.key) if piece is not None and how.stock.kind is Kind.ENVELOPE else None
    if piece is None or code is None:
        return piece
    _, items = envelope_mark(how.stock, code)
    return replace(piece, back=(*piece.back, *items))


def declines(one: Facts, household: Sequence[Facts] = ()) -> bool:
    """Return whether somebody asked that nothing be sent: themselves, or for the household one who lives with them."""
    shared = (wish for other in household for wish in wishes(other) if wish.for_household)
    return any(wish.no_mail for wish in (*wishes(one), *shared))


def _unsaid(one: Facts, piece: Piece | None) -> tuple[Diagnostic, ...]:
    """Return an error for a customer who has no piece for no reason that was told: there is no address."""
    return (no_address(one.key),) if piece is None else ()


def _placed(finding: Diagnostic, one: Facts, shop: Settings) -> Diagnostic:
    """Return a finding with a place: the customer's address, or the shop's for what is wrong with that."""
    if finding.code == mail_codes.SENDER_TOO_LONG:
        return replace(finding, span=shop.spans.get("shop.address"), note=None)
    place = one.spans.get("customer.address") or one.spans.get("customer.name")
    return finding if finding.span else replace(finding, span=place)


def _about(shop: Settings, how: Posting, face: Face) -> Iterator[Diagnostic]:
    """Yield what is to be said of all envelopes at once."""
    if how.sender and shop.shop.get("address") is None:
        message = "the shop does not say its address, so the envelopes have none to be returned to"
        hint = "add `address:` under `shop:` in notegen.yaml, or say --no-return"
        yield Diagnostic(mail_codes.NO_SENDER, Severity.WARNING, message, shop.spans.get("shop.name"), hint)
    yield from _of_class(face, card=how.stock.kind is Kind.CARD)
    if how.pen is not None:
        message = "the addresses are written by hand, which posts cannot read by machine"
        hint = "leave --handwritten away where the mail must be sorted by machine"
        yield Diagnostic(mail_codes.HANDWRITTEN, Severity.WARNING, message, hint=hint)


def _of_class(face: Face, *, card: bool) -> Iterator[Diagnostic]:
    """Yield what keeps an envelope or a card of this size out of the ordinary class of its post."""
    name = (BARE if card else ORDINARY).get(face.country)
    if name is None:
        return
    ruled = mailcheck.ruling(Mailpiece(face.size, card=card), mailcheck.mail_class(name))
    for breach in ruled.breaches:
        message = f"this {'card' if card else 'envelope'} is no {ruled.mail_class.title}: {breach.message}"
        yield Diagnostic(mail_codes.CLASS, Severity.WARNING, message, hint=f"{breach.mend} ({breach.source})")

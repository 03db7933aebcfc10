"""A batch that is ready to be mailed: cards, their envelopes and the packing slip, of the same people in one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from notegen.errors import NotegenError
from notegen.layout.envelope import Manner
from notegen.model.dress import Dress, panel_of
from notegen.model.facts import Facts
from notegen.pipeline.batching import Batch, LeftOut
from notegen.pipeline.deck import Deck
from notegen.pipeline.mailing import Mailing, Posting, envelopes, is_addressed, matching
from notegen.pipeline.posting import sender_country

if TYPE_CHECKING:
    from notegen.model.card import Card
    from notegen.model.drawn import Drawn
    from notegen.model.stock import Stock
    from notegen.registry import Registry
    from notegen.settings import Settings


@dataclass(frozen=True, slots=True)
class Enveloped:
    """A batch without those who have no address, and the envelopes of the others, in the order of the cards.

    For cards that are mailed bare, the envelopes are their other sides.
    """

    batch: Batch
    mailing: Mailing
    stock: Stock


def codes_of(batch: Batch, seed: int) -> dict[str, str]:
    """Return the matching mark of everybody who was asked for, by key."""
    return matching(batch.keys, seed)


def enveloped(
    batch: Batch,
    people: Sequence[Facts],
    shop: Settings,
    stocks: Registry[Stock],
    codes: Mapping[str, str],
    homes: Mapping[str, tuple[Facts, ...]] | None = None,
    *,
    bare: bool = False,
    frames: bool = False,
) -> Enveloped:
    """Make the envelopes of a batch's cards; who has none is left out of the cards, too, with the reasons.

    With `bare`, the address goes on the cards' own other side, and with `frames` what a post wants on plain paper: in
    Japan the word for a postcard, and the frames of its postcode. Raises NotegenError when cards go into envelopes of
    several kinds or into none, or are no postcards.
    """
    post = sender_country(shop)
    if frames and post != "JP":
        raise NotegenError(
            f"frames are of Japanese postcodes, and this mail goes by the post of {post}", hint="leave out --frames"
        )
    by_key = {one.key: one for one in people}
    cards = Deck.of(batch.cards)
    wanted = [by_key[key] for key in cards.keys]
    stock = stocks.get(_postcard(batch) if bare else _envelope(batch))
    manner = Manner(frames=frames, postcard=bare)
    made = envelopes(wanted, (), shop, Posting(stock, manner=manner, codes={} if bare else codes), homes=homes)
    there = {piece.key for piece in made.pieces}
    kept = cards.only(there)
    left: tuple[LeftOut, ...] = (*batch.left_out, *made.left_out)
    return Enveloped(replace(batch, cards=cast("Sequence[Card]", kept), left_out=left), made, stock)


def refuse_pictures(wear: Mapping[str, Dress], cards: Sequence[Card | Drawn]) -> None:
    """Raise NotegenError when a postcard has a picture where its address goes."""
    for card in cards[:1]:
        for picture in wear.get(card.stock.name, Dress()).pictures:
            panel = panel_of(card.stock, picture.panel)
            if panel is not None and panel.side is not card.stock.side:
                raise NotegenError(
                    f"{picture.art.path} and the address would be on one side of {card.stock.name}",
                    hint="leave the picture out, or take a card with an envelope",
                )


def _postcard(batch: Batch) -> str:
    """Return the name of the stock of all cards, which are mailed without an envelope."""
    stocks = Deck.of(batch.cards).stocks
    wrong = next((stock for stock in stocks.values() if not is_addressed(stock)), None)
    if wrong is not None:
        hint = f"it goes into {wrong.envelope}: --envelopes FILE" if wrong.envelope else "take a postcard: --stock NAME"
        raise NotegenError(f"{wrong.name} has no side for an address", hint=hint)
    if len(stocks) > 1:
        raise NotegenError(f"the cards are of several stocks: {', '.join(stocks)}", hint="print one kind: --stock NAME")
    return next(iter(stocks))


def _envelope(batch: Batch) -> str:
    """Return the name of the envelope that all cards go into."""
    stocks = Deck.of(batch.cards).stocks
    names = {name: stock.envelope for name, stock in stocks.items()}
    postcards = [name for name, stock in stocks.items() if is_addressed(stock)]
    if postcards:
        raise NotegenError(f"{postcards[0]} is mailed without an envelope", hint="--addressed prints its other side")
    bare = [name for name, envelope in names.items() if envelope is None]
    if bare:
        raise NotegenError(
            f"{bare[0]} goes into no envelope that is known",
            hint="leave out --envelopes, or name one in the stock's file: `envelope: env-a2`",
        )
    kinds = sorted({envelope for envelope in names.values() if envelope is not None})
    if len(kinds) > 1:
        raise NotegenError(
            f"the cards go into envelopes of several kinds: {', '.join(kinds)}",
            hint="print one kind of card at a time: --stock NAME",
        )
    return kinds[0]

"""A batch that is ready to be mailed: cards, their envelopes and the packing slip, of the same people in one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notegen.errors import NotegenError
from notegen.model.facts import Facts
from notegen.pipeline.batching import Batch, LeftOut
from notegen.pipeline.mailing import Mailing, Posting, envelopes, matching

if TYPE_CHECKING:
    from notegen.model.stock import Stock
    from notegen.registry import Registry
    from notegen.settings import Settings


@dataclass(frozen=True, slots=True)
class Enveloped:
    """A batch without those who have no envelope, and the envelopes of the others, in the order of the cards."""

    batch: Batch
    mailing: Mailing


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
) -> Enveloped:
    """Make the envelopes of a batch's cards; who has none is left out of the cards, too, with the reasons.

    Raises NotegenError when cards go into envelopes of several kinds or into none.
    """
    by_key = {one.key: one for one in people}
    wanted = [by_key[card.key] for card in batch.cards]
    how = Posting(stocks.get(_envelope(batch)), codes=codes)
    made = envelopes(wanted, (), shop, how, homes=homes)
    there = {piece.key for piece in made.pieces}
    cards = tuple(card for card in batch.cards if card.key in there)
    left: tuple[LeftOut, ...] = (*batch.left_out, *made.left_out)
    return Enveloped(replace(batch, cards=cards, left_out=left), made)


def _envelope(batch: Batch) -> str:
    """Return the name of the envelope that all cards go into."""
    names = {card.stock.name: card.stock.envelope for card in batch.cards}
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

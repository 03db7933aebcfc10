"""A customer on the way through a batch: who it is, what became of the note, and where its card is."""

from __future__ import annotations

from dataclasses import dataclass

from notegen.model.diagnostic import Diagnostic
from notegen.model.hand import Hand
from notegen.model.note import Block
from notegen.model.rebuilt import rebuilt
from notegen.model.stock import Stock


@rebuilt
@dataclass(frozen=True, slots=True)
class Sorting:
    """What a batch may be ordered by: a country's code, a postcode, a street with its number, a name by its family."""

    country: str = ""
    postcode: str = ""
    street: str = ""
    family: str = ""


@rebuilt
@dataclass(frozen=True, slots=True)
class Person:
    """One customer of a batch.

    `place` is the number of the document in its gang. `sale` is the day of the sale and `period` the year that a yearly
    card is for, "" where there is none: with `key` they say which card this is. `digest` is that of the customer's
    facts, `drawing` that of every stroke of the card. `text` and `parts` are the words of the note, `reasons` why there
    is no card, `found` everything that was found. `card` is the number of the card among those of the gang, `stock` and
    `hand` what it is written on and in; None when there is none.
    """

    key: str
    name: str
    place: int
    sale: str = ""
    period: str = ""
    digest: str = ""
    drawing: str = ""
    sorting: Sorting = Sorting()
    text: str = ""
    parts: tuple[Block, ...] = ()
    reasons: tuple[str, ...] = ()
    found: tuple[Diagnostic, ...] = ()
    card: int | None = None
    stock: Stock | None = None
    hand: Hand | None = None

"""What is remembered of cards and batches: the words that the ledger and its readers share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from notegen.model.diagnostic import Severity

_BETWEEN: Final = "\x1f"
"""Parts the four words of an identity; no name and no date has one."""


class State(StrEnum):
    """How far one card has come; each is a word that people use of mail."""

    PREPARED = "prepared"
    APPROVED = "approved"
    PRINTED = "printed"
    MAILED = "mailed"
    RETURNED = "returned"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class RunState(StrEnum):
    """How far one batch has come. `printing`: its files are being written, or were when it was killed."""

    PREPARED = "prepared"
    APPROVED = "approved"
    PRINTING = "printing"
    PRINTED = "printed"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What a file of a run is."""

    CARDS = "cards"
    ENVELOPES = "envelopes"
    SLIP = "slip"
    REPRINT = "reprint"


def identity(customer: str, occasion: str, sale: str, period: str) -> str:
    """Return the one string that says which card this is: the same customer, occasion, sale and period, the same card.

    `sale` is the sale's date or "", `period` a year or "" (birthdays and anniversaries come again).
    """
    words = (customer, occasion, sale, period)
    joined = _BETWEEN.join(words)
    if joined.count(_BETWEEN) < len(words):
        return joined
    return _BETWEEN.join(word.replace(_BETWEEN, " ") for word in words)


@dataclass(frozen=True, slots=True)
class NewRun:
    """A batch that is about to claim its cards.

    `name` is "" to be given the next of the day (2026-11-28-1). `command` is what was typed, word by word, `context`
    the digest of all that every card of the run depends on, `folder` where its packs are and `target` the file that
    was asked for.
    """

    template: str
    command: tuple[str, ...] = ()
    context: str = ""
    folder: str = ""
    target: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A batch as it stands; `at` is when its state last changed, `notes` how many cards it claimed."""

    name: str
    state: RunState
    made: datetime
    at: datetime
    template: str
    command: tuple[str, ...]
    context: str
    folder: str
    target: str
    notes: int


@dataclass(frozen=True, slots=True)
class Look:
    """What decides a card's drawing beside its words and its seed; most cards of a run share one.

    `hand` is JSON of the hand's name, pen, ink, tidiness and whatever else was chosen.
    """

    template: str
    template_digest: str
    hand: str
    stock: str
    locale: str


@dataclass(frozen=True, slots=True)
class NewNote:
    """One card that a run claims.

    `again` is 0 for the first card of this identity and n for the n-th one on purpose. `parts` is JSON of the roles of
    the note's blocks, `cost` in hundredths of `currency` (cents). `name` and `postcode` are what a person who
    asked to be forgotten is recognised by under another key; `household` is "" when nobody shares the address.
    """

    customer: str
    name: str
    occasion: str
    sale: str
    period: str
    look: Look
    facts_digest: str
    text: str
    parts: str
    seed: int
    drawing: str
    cost: int = 0
    currency: str = ""
    postcode: str = ""
    household: str = ""
    again: int = 0

    @property
    def identity(self) -> str:
        """Which card this is."""
        return identity(self.customer, self.occasion, self.sale, self.period)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A card that somebody has already: which, by which run, in which state, since when (the last change)."""

    identity: str
    again: int
    name: str
    run: str
    state: State
    at: datetime


@dataclass(frozen=True, slots=True)
class Alike:
    """A card that is perhaps the one that `asked` (a key) would get: of whom, by which run, its state, since when."""

    asked: str
    customer: str
    name: str
    run: str
    state: State
    at: datetime


@dataclass(frozen=True, slots=True)
class FileMade:
    """A finished file of a run; `number` counts the files of one kind from 1, `sha256` is in hexadecimal."""

    kind: Kind
    number: int
    path: str
    sha256: str
    bytes: int
    pages: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card is: the number of the run's file of cards, from 1, and the page in it, from 1."""

    identity: str
    again: int
    file: int
    page: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One card as it stands, with all that is kept of it; `path` and `page` are None before it is printed.

    A card of somebody who asked to be forgotten has `customer`, `name`, `text` and the digests empty. `id` counts the
    cards of the ledger from 1, `file` the run's files of cards from 1.
    """

    id: int
    run: str
    state: State
    at: datetime
    note: NewNote
    file: int | None
    path: str | None
    page: int | None

    @property
    def identity(self) -> str:
        """Which card this is."""
        return self.note.identity


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a card: a change of its state, or (`what` is "reprinted") a second drawing of it."""

    what: str
    at: datetime
    by: str
    reason: str
    path: str | None
    page: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cards of a run are in each state, and what they cost together by currency, in hundredths."""

    run: Run
    states: Mapping[State, int]
    cost: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Again:
    """A card that was printed once more: its number in the ledger, and the page of the new file."""

    note: int
    page: int


@dataclass(frozen=True, slots=True)
class Marked:
    """How many cards came into a state, and how many were there, or further, already."""

    done: int
    already: int


@dataclass(frozen=True, slots=True)
class Person:
    """By what a customer is recognised: the key, or the name together with the postcode."""

    customer: str
    name: str
    postcode: str


@dataclass(frozen=True, slots=True)
class Held:
    """A file of a run that holds pages of people who asked to be forgotten; of cards and reprints `pages` says which.

    `file` is the file as it was when it was written: one with another SHA-256 is not it.
    """

    run: str
    file: FileMade
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Erased:
    """What was forgotten: so many cards, the runs that they were of, and the files that still hold their pages."""

    notes: int
    runs: tuple[Run, ...]
    files: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong with the ledger, or (a warning) with what it speaks of; `run` is "" for the whole."""

    severity: Severity
    message: str
    run: str = ""

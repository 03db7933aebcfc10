"""Rows of the ledger as values, and values as rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice
from typing import Any, Final, TypeVar

from notegen.ledger.trouble import UnreadableRow
from notegen.model.ledger import Claimed, Entry, Event, FileMade, Kind, Look, NewNote, Run, RunState, State

T = TypeVar("T")

CHUNK: Final = 500
"""Cards that are looked up and written at a time."""
FILE: Final = "files.kind, files.number, files.path, files.sha256, files.bytes, files.pages"
SEALED: Final = (
    "identity, again, customer, name, postcode, household, occasion, sale, period, look, facts_digest, text, parts,"
    " seed, drawing, cost, currency"
)
"""What never changes about a card, in the order in which it is sealed."""
RUN: Final = "name, state, made, at, template, command, context, folder, target, notes"
ENTRY: Final = """notes.id, runs.name, notes.state, notes.at, files.number, files.path, notes.page,
  looks.template, looks.template_digest, looks.hand, looks.stock, looks.locale,
  notes.customer, notes.name, notes.occasion, notes.sale, notes.period, notes.facts_digest, notes.text, notes.parts,
  notes.seed, notes.drawing, notes.cost, notes.currency, notes.postcode, notes.household, notes.again"""
ENTRIES: Final = (
    f"SELECT {ENTRY} FROM notes JOIN runs ON runs.id = notes.run JOIN looks ON looks.id = notes.look"
    " LEFT JOIN files ON files.id = notes.file"
)


def stamp(now: datetime) -> str:
    """Return a moment as it is kept: UTC, to the second, so that text sorts as time does."""
    assert now.tzinfo is not None, "a moment without a time zone could be any of 24"
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(kept: str) -> datetime:
    """Return a moment that was kept, in UTC."""
    with readable():
        return datetime.fromisoformat(kept)


def run(row: tuple[Any, ...]) -> Run:
    """Return the run of a row of RUN."""
    with readable():
        name, state, made, at, template, command, *rest = row
        words = tuple(json.loads(command))
        context, folder, target, notes = rest
        at_last = moment(at)
        return Run(name, RunState(state), moment(made), at_last, template, words, context, folder, target, int(notes))


def state_of(kept: str) -> State:
    """Return a state that was kept."""
    with readable():
        return State(kept)


def claimed(row: tuple[Any, ...]) -> Claimed:
    """Return a claim: identity, again, the customer's name, the run's, state, time."""
    with readable():
        identity, again, name, held, state, at = row
        return Claimed(identity, int(again), name, held, State(state), moment(at))


def entry(row: tuple[Any, ...]) -> Entry:
    """Return the card of a row of ENTRIES."""
    with readable():
        number, name, state, at, file, path, page, *rest = row
        look, (customer, who, occasion, sale, period, facts, text, parts, seed, *others) = Look(*rest[:5]), rest[5:]
        note = NewNote(customer, who, occasion, sale, period, look, facts, text, parts, int(seed or 0), *others)
        return Entry(number, name, State(state), moment(at), note, file, path, page)


@contextmanager
def readable() -> Iterator[None]:
    """Say of what is no value of its kind that the row is broken: SQLite does not look at what it returns."""
    try:
        yield
    except (ValueError, TypeError, ArithmeticError) as error:
        raise UnreadableRow(str(error)) from None


@contextmanager
def unlooked(connection: sqlite3.Connection) -> Iterator[None]:
    """Return rows as they are in the block, for whoever looks for what is wrong with them."""
    usual, connection.row_factory = connection.row_factory, None
    try:
        yield
    finally:
        connection.row_factory = usual


def sealed(note: NewNote, look: int) -> tuple[object, ...]:
    """Return the values of SEALED for a new card."""
    return (
        *(note.identity, note.again, note.customer, note.name, note.postcode, note.household, note.occasion),
        *(note.sale, note.period, look, note.facts_digest, note.text, note.parts, str(note.seed), note.drawing),
        *(note.cost, note.currency),
    )


def seal(values: Sequence[object]) -> bytes:
    """Return the digest of values of SEALED, 8 bytes: it is against rot, not against people."""
    return blake2b("\x1f".join(map(str, values)).encode("utf-8", "surrogatepass"), digest_size=8).digest()


def event(row: tuple[Any, ...]) -> Event:
    """Return an event: what, time, by whom, reason, path, page."""
    with readable():
        what, at, *rest = row
        return Event(what, moment(at), *rest)


def tell(connection: sqlite3.Connection, number: int, what: str, at: str, by: str = "", reason: str = "") -> None:
    """Enter what happened to a whole run."""
    connection.execute(
        "INSERT INTO events (run, note, what, at, by, reason) VALUES (?, NULL, ?, ?, ?, ?)",
        (number, what, at, by, reason),
    )


def file(row: tuple[Any, ...]) -> FileMade:
    """Return the file of a row of FILE."""
    with readable():
        kind, *rest = row
        return FileMade(Kind(kind), *rest)


def marks(values: Sequence[object]) -> str:
    """Return a question mark for each value: JSON, the other way to hand over many, ends at a character 0."""
    return ",".join("?" * len(values))


def chunks(things: Iterable[T]) -> Iterator[list[T]]:
    """Cut what comes into lists of CHUNK."""
    source = iter(things)
    while chunk := list(islice(source, CHUNK)):
        yield chunk

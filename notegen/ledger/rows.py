"""Rows of the ledger as values, and values as rows."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from typing import Any, Final

from notegen.model.ledger import Claimed, Entry, Event, Look, NewNote, Run, RunState, State

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
    return datetime.fromisoformat(kept)


def run(row: tuple[Any, ...]) -> Run:
    """Return the run of a row of RUN."""
    name, state, made, at, template, command, *rest = row
    words = tuple(json.loads(command))
    return Run(name, RunState(state), moment(made), moment(at), template, words, *rest)


def claimed(row: tuple[Any, ...]) -> Claimed:
    """Return a claim: identity, again, the customer's name, the run's, state, time."""
    identity, again, name, held, state, at = row
    return Claimed(identity, again, name, held, State(state), moment(at))


def entry(row: tuple[Any, ...]) -> Entry:
    """Return the card of a row of ENTRIES."""
    number, name, state, at, file, path, page, *rest = row
    customer, who, occasion, sale, period, *others = rest[5:]
    note = NewNote(customer, who, occasion, sale, period, Look(*rest[:5]), *others)
    return Entry(number, name, State(state), moment(at), note, file, path, page)


def event(row: tuple[Any, ...]) -> Event:
    """Return an event: what, time, by whom, reason, path, page."""
    what, at, *rest = row
    return Event(what, moment(at), *rest)


def tell(connection: sqlite3.Connection, number: int, what: str, at: str, by: str = "", reason: str = "") -> None:
    """Enter what happened to a whole run."""
    connection.execute(
        "INSERT INTO events (run, note, what, at, by, reason) VALUES (?, NULL, ?, ?, ?, ?)",
        (number, what, at, by, reason),
    )

"""Whether the ledger is sound, agrees with itself, and with the files that it speaks of."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeAlias

from notegen.ledger import rows
from notegen.ledger.opening import Ledger
from notegen.model.diagnostic import Severity
from notegen.model.ledger import Finding, identity

DigestOf: TypeAlias = Callable[[str], str | None]
"""Returns the SHA-256 of the file at a kept path, in hexadecimal, or None when there is none."""

MOST: Final = 20
"""Findings of one kind that are named; the rest is counted."""

# What happened to a card alone comes after what happened to its run, save that a run may be withdrawn later.
_LAST: Final = """
SELECT runs.name, notes.id, notes.state, own.id, own.what, whole.id, whole.what FROM notes
JOIN runs ON runs.id = notes.run
LEFT JOIN (SELECT run, max(id) AS id, what FROM events WHERE note IS NULL GROUP BY run) AS whole
  ON whole.run = notes.run
LEFT JOIN events AS own ON own.id = (SELECT max(id) FROM events WHERE events.note = notes.id)
"""
_PLACES: Final = """
SELECT runs.name, notes.id, CASE
  WHEN notes.state IN ('prepared', 'approved') THEN 'is ' || notes.state || ' and has a page'
  WHEN files.id IS NULL OR page IS NULL THEN 'is ' || notes.state || ' and on no page'
  WHEN files.run <> notes.run THEN 'is in the file of another run'
  ELSE 'is on page ' || page || ' of ' || files.pages END
FROM notes JOIN runs ON runs.id = notes.run LEFT JOIN files ON files.id = notes.file
WHERE erased = 0 AND notes.state <> 'withdrawn' AND CASE
  WHEN notes.state IN ('prepared', 'approved') THEN files.id IS NOT NULL
  ELSE files.id IS NULL OR page IS NULL OR files.run <> notes.run OR page > files.pages END
"""
_RUNS: Final = """
SELECT runs.name, runs.state, runs.notes, count(notes.id), coalesce(sum(notes.state <> 'withdrawn' AND CASE runs.state
  WHEN 'prepared' THEN notes.state <> 'prepared'
  WHEN 'withdrawn' THEN 1
  WHEN 'printed' THEN notes.state IN ('prepared', 'approved')
  ELSE notes.state <> 'approved' END), 0)
FROM runs LEFT JOIN notes ON notes.run = runs.id GROUP BY runs.id ORDER BY runs.id
"""


def verify(book: Ledger, digest_of: DigestOf) -> tuple[Finding, ...]:
    """Return all that is wrong: with the file, with what it says, and (warnings) with the files that it speaks of.

    A file that is broken is not asked what it says.
    """
    with book.reading() as connection, rows.readable(), rows.unlooked(connection):
        broken = (*_integrity(connection), *_foreign(connection))
        if broken:
            return broken
        found: list[Finding] = []
        for check in (_states, _places, _seals):
            found += _capped(check(connection))
        found += _runs(connection)
        if connection.execute("SELECT 1 FROM meta WHERE name = 'unscoured'").fetchone():
            found.append(Finding(Severity.ERROR, "somebody was erased, and the file may still have bytes of them"))
        found += _files(connection, digest_of)
        return tuple(found)


def _integrity(connection: sqlite3.Connection) -> Iterator[Finding]:
    try:
        for (told,) in connection.execute(f"PRAGMA integrity_check({MOST})"):
            if told != "ok":
                yield Finding(Severity.ERROR, f"the file is damaged: {told}")
    except sqlite3.DatabaseError as error:
        yield Finding(Severity.ERROR, f"the file is damaged: {error}")


def _foreign(connection: sqlite3.Connection) -> Iterator[Finding]:
    try:
        for table, number, other, _ in connection.execute("PRAGMA foreign_key_check"):
            yield Finding(Severity.ERROR, f"row {number} of {table} speaks of one of {other} that is not there")
    except sqlite3.DatabaseError as error:
        yield Finding(Severity.ERROR, f"the file is damaged: {error}")


def _capped(those: Iterable[Finding]) -> Iterator[Finding]:
    more = 0
    for count, one in enumerate(those):
        if count < MOST:
            yield one
        else:
            more += 1
    if more:
        yield Finding(Severity.ERROR, f"... and {more:,} more like the last")


def _wrong(run: str, note: int, what: str) -> Finding:
    return Finding(Severity.ERROR, f"card {note} of run {run} {what}", run)


def _states(connection: sqlite3.Connection) -> Iterator[Finding]:
    for run, note, state, own, alone, whole, all_of_it in connection.execute(_LAST):
        withdrawn_since = all_of_it == "withdrawn" and (own is None or whole > own)
        last = all_of_it if own is None or (withdrawn_since and alone != "withdrawn") else alone
        told = "printed" if last == "reprinted" else last
        if told != state:
            yield _wrong(run, note, f"is {state}, but the last that happened to it is: {last or 'nothing'}")


def _places(connection: sqlite3.Connection) -> Iterator[Finding]:
    for run, note, what in connection.execute(_PLACES):
        yield _wrong(run, note, what)


def _seals(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Find cards whose words or keys are not those that were entered."""
    asked = f"SELECT runs.name, notes.id, erased, seal, {_qualified()} FROM notes JOIN runs ON runs.id = notes.run"
    # A flipped bit can leave what is no text; it is read as bytes then, which no seal fits.
    connection.text_factory = _text
    try:
        for run, note, erased, seal, *values in connection.execute(asked):
            if not _fits(values, seal):
                yield _wrong(run, note, "is not as it was entered")
            elif not erased and values[0] != identity(values[2], *values[6:9]):
                yield _wrong(run, note, "has an identity that is not its customer's, occasion's, sale's and period's")
    finally:
        connection.text_factory = str


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _qualified() -> str:
    return ", ".join(f"notes.{one.strip()}" for one in rows.SEALED.split(","))


def _fits(values: list[Any], seal: object) -> bool:
    return all(isinstance(one, str | int) for one in values) and rows.seal(values) == seal


def _runs(connection: sqlite3.Connection) -> Iterator[Finding]:
    for run, state, said, there, odd in connection.execute(_RUNS):
        if said != there:
            yield Finding(Severity.ERROR, f"run {run} has {there:,} cards, but claimed {said:,}", run)
        if odd:
            yield Finding(Severity.ERROR, f"run {run} is {state}, but {odd:,} of its cards are not", run)
        if state == "printing":
            yield Finding(Severity.WARNING, f"run {run} was begun and its printing did not end", run)


def _files(connection: sqlite3.Connection, digest_of: DigestOf) -> Iterator[Finding]:
    """Look at each file that a finished run made; a path that was written to again is the later run's."""
    asked = (
        "WITH there AS (SELECT runs.name, files.* FROM files JOIN runs ON runs.id = files.run WHERE state = 'printed')"
        " SELECT name, path, sha256, holds FROM there WHERE id IN (SELECT max(id) FROM there GROUP BY path) ORDER BY id"
    )
    for run, path, sha256, holds in connection.execute(asked):
        found = digest_of(path)
        if found is None:
            yield Finding(Severity.WARNING, f"{path} of run {run} is not there any more", run)
        elif found != sha256:
            yield Finding(Severity.WARNING, f"{path} of run {run} is not as it was printed", run)
        elif holds:
            yield Finding(Severity.ERROR, f"{path} of run {run} still holds somebody who was erased", run)

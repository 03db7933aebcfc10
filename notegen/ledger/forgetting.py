"""Forgetting a person: what is kept of them goes, to the last byte; a salted hash stays, so that they stay forgotten.

What stays of a card is what says nothing of anybody: that there was one, of which run and occasion, its state, its cost
and its page. The hashes are HMAC-SHA256 with a salt of the ledger's own; who holds the file and guesses a name can
check the guess, and nobody else can.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from notegen.errors import NotegenError, UnknownName, UnwritableFile
from notegen.ledger import rows
from notegen.ledger.opening import Ledger
from notegen.ledger.suppressing import hashes, plainly
from notegen.ledger.trouble import BusyLedger, WrongState, worded
from notegen.model.ledger import Erased, FileMade, Held, Person, State

LEAST_SALT: Final = 16
"""Bytes of a salt that nobody guesses."""
_SHORT: Final = 3
"""Letters below which a name is looked for as a whole word of a command, not inside its words."""
_GONE: Final = "(erased)"

_FORGET: Final = """
UPDATE notes SET identity = 'erased-' || id, again = 0, customer = '', name = '', postcode = '', household = '',
  sale = '', period = '', facts_digest = '', text = '', parts = '', seed = '', drawing = '', erased = 1
WHERE id = ?
"""
_HOLDS: Final = """
UPDATE files SET holds = 1 WHERE id IN (
  SELECT file FROM notes WHERE id IN (SELECT value FROM json_each(?1))
  UNION SELECT file FROM events WHERE note IN (SELECT value FROM json_each(?1))
  UNION SELECT files.id FROM files JOIN notes ON notes.run = files.run AND notes.file IS NOT NULL
    WHERE notes.id IN (SELECT value FROM json_each(?1)) AND kind IN ('envelopes', 'slip')
)
"""
# A path that a later run has written to is the later run's: what was there before is gone.
_OVERWRITTEN: Final = """
UPDATE files SET holds = 0 WHERE holds = 1 AND EXISTS (
  SELECT 1 FROM files AS later JOIN runs ON runs.id = later.run
  WHERE later.path = files.path AND later.id > files.id AND runs.state = 'printed'
)
"""
_PEOPLE: Final = """
SELECT customer, name, postcode FROM notes
WHERE erased = 0 AND (folded(customer) = ?1 OR name <> '' AND folded(name) IN (
  SELECT folded(name) FROM notes WHERE erased = 0 AND (folded(customer) = ?1 OR folded(name) = ?1)
)) ORDER BY id
"""
_CARDS: Final = """
SELECT notes.id, notes.run, notes.state, runs.state, runs.name, customer, notes.name, postcode
FROM notes JOIN runs ON runs.id = notes.run WHERE erased = 0 AND notes.customer = ?
"""
_PAGES: Final = """
SELECT page FROM notes WHERE erased = 1 AND file = ?1
UNION SELECT events.page FROM events JOIN notes ON notes.id = events.note WHERE erased = 1 AND events.file = ?1
ORDER BY 1
"""


def people(book: Ledger, customer: str) -> tuple[Person, ...]:
    """Return everybody whom a key or a name, in any case, may mean, and the other keys of the same name and postcode.

    Those of one name and another postcode, or none, are there too: whoever asks must say which are meant.
    """
    with book.reading() as connection:
        found = connection.execute(_PEOPLE, (customer.casefold(),))
        return tuple(dict.fromkeys(Person(*row) for row in found))


def erase(book: Ledger, customers: Collection[str], salt: bytes, now: datetime) -> Erased:
    """Forget the customers of these keys, suppress them from now on, and leave no byte of them in the file.

    Their cards that are not printed are withdrawn. `salt` is used the first time, and kept. What the files of their
    runs still hold is returned; `scrubbed` says that one holds it no more. Raises UnknownName for a key that no card
    has, WrongState when a run that has a card of theirs is being printed, and BusyLedger when another process keeps
    old pages alive: they are forgotten then, and `scour` has to be done again.
    """
    with book.writing() as connection:
        key = _salted(connection, salt)
        found = [row for one in dict.fromkeys(customers) for row in connection.execute(_CARDS, (one,))]
        _all_known(connection, customers, {row[5] for row in found})
        for *_, state, run, _, name, _ in found:
            if state == "printing":
                raise WrongState(f"run {run} with a card of {name} is being printed", hint="finish it or withdraw it")
        for row in found:
            _suppress(connection, key, Person(*row[5:]), now)
        connection.execute(_HOLDS, (json.dumps([row[0] for row in found]),))
        connection.execute(_OVERWRITTEN)
        for number, run, state, *_ in found:
            _forget(connection, number, run, rows.state_of(state), rows.stamp(now))
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('unscoured', ?)", (rows.stamp(now),))
        _clean_runs(connection, {word for row in found for word in row[5:7] if word})
        touched = connection.execute(
            f"SELECT {rows.RUN} FROM runs WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            (json.dumps(sorted({row[1] for row in found})),),
        )
        runs = tuple(rows.run(row) for row in touched)
    try:
        scour(book)
    except UnwritableFile as error:
        raise UnwritableFile(
            f"{error.message}: who was erased is out of the ledger, but not yet out of every byte of its file",
            hint="make room, and erase again",
        ) from None
    return Erased(len(found), runs, held(book))


def suppress(book: Ledger, those: Collection[Person], salt: bytes, now: datetime) -> None:
    """Keep from now on that these people asked to be forgotten, whether or not they have had a card."""
    with book.writing() as connection:
        key = _salted(connection, salt)
        for one in those:
            _suppress(connection, key, one, now)


def _all_known(connection: sqlite3.Connection, customers: Collection[str], known: set[str]) -> None:
    missing = next((one for one in customers if one not in known), None)
    if missing is not None:
        keys = connection.execute("SELECT DISTINCT customer FROM notes WHERE erased = 0")
        raise UnknownName("customer in the ledger", missing, (one for (one,) in keys))


def _salted(connection: sqlite3.Connection, salt: bytes) -> bytes:
    """Return the ledger's salt; the first one that is offered becomes it."""
    if len(salt) < LEAST_SALT:
        raise NotegenError(
            f"a salt of {len(salt)} bytes can be guessed", hint=f"give {LEAST_SALT} random bytes or more"
        )
    connection.execute("INSERT OR IGNORE INTO meta (name, value) VALUES ('salt', ?)", (salt.hex(),))
    return bytes.fromhex(connection.execute("SELECT value FROM meta WHERE name = 'salt'").fetchone()[0])


def _forget(connection: sqlite3.Connection, number: int, run: int, state: State, at: str) -> None:
    if state in (State.PREPARED, State.APPROVED):
        connection.execute("UPDATE notes SET state = 'withdrawn', at = ? WHERE id = ?", (at, number))
        connection.execute(
            "INSERT INTO events (run, note, what, at, by, reason) VALUES (?, ?, 'withdrawn', ?, '', '')",
            (run, number, at),
        )
    connection.execute("UPDATE events SET reason = '' WHERE note = ?", (number,))
    connection.execute(_FORGET, (number,))
    values = connection.execute(f"SELECT {rows.SEALED} FROM notes WHERE id = ?", (number,)).fetchone()
    connection.execute("UPDATE notes SET seal = ? WHERE id = ?", (rows.seal(values), number))


def _clean_runs(connection: sqlite3.Connection, names: Collection[str]) -> None:
    """Take the names out of what was typed and told of any run: `--only NAME` and a reason may hold one."""
    for number, command, folder, target in connection.execute(
        "SELECT id, command, folder, target FROM runs"
    ).fetchall():
        words = [_GONE if _speaks_of(word, names) else word for word in json.loads(command)]
        places = ["" if _speaks_of(word, names) else word for word in (folder, target)]
        connection.execute(
            "UPDATE runs SET command = ?, folder = ?, target = ? WHERE id = ?",
            (json.dumps(words, ensure_ascii=False), *places, number),
        )
    # A reason is told in passing, of "Zwicky" or of "Ana": whoever that is, its loss costs little.
    parts = {part for name in names for part in plainly(name).split() if len(part) >= _SHORT and part.isalpha()}
    for number, reason in connection.execute("SELECT id, reason FROM events WHERE reason <> ''").fetchall():
        if _speaks_of(reason, names) or not parts.isdisjoint(plainly(reason).split()):
            connection.execute("UPDATE events SET reason = '' WHERE id = ?", (number,))


def _speaks_of(text: str, names: Collection[str]) -> bool:
    plain = plainly(text)
    return any(name in plain if len(name) > _SHORT else name in plain.split() for name in map(plainly, names) if name)


def scour(book: Ledger) -> None:
    """Write the file anew without what was deleted from it, and empty its log; done before, it may be done again.

    Raises BusyLedger while another process reads, and UnwritableFile for a full disk: it needs the ledger's size twice.
    """
    with worded(book.path, book.wait):
        for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            row = book.connection.execute(statement).fetchone()
            if row is not None and row[0]:
                raise BusyLedger(
                    f"another notegen is reading {book.path}: what was erased is still in its log",
                    hint="close it and erase again",
                )
        book.connection.execute("DELETE FROM meta WHERE name = 'unscoured'")


def unscoured(book: Ledger) -> bool:
    """Return whether somebody was erased of whom the file may still have bytes, since `scour` could not be done."""
    with book.reading() as connection:
        return connection.execute("SELECT 1 FROM meta WHERE name = 'unscoured'").fetchone() is not None


def held(book: Ledger) -> tuple[Held, ...]:
    """Return the files that still hold people who were erased: cards and reprints, and their runs' other files.

    A file under the same path with another SHA-256 is another file: nothing is to be done to it.
    """
    with book.reading() as connection:
        files = connection.execute(
            f"SELECT files.id, runs.name, {rows.FILE} FROM files JOIN runs ON runs.id = files.run"
            " WHERE holds = 1 ORDER BY files.id"
        ).fetchall()
        return tuple(
            Held(run, rows.file(tuple(file)), tuple(page for (page,) in connection.execute(_PAGES, (number,))))
            for number, run, *file in files
        )


def scrubbed(book: Ledger, run: str, made: FileMade, moved: Mapping[int, int]) -> None:
    """Say that a file of a run, the one of this kind and number, holds nobody any more who was erased.

    `made` is the file as it is now; as it was when it is no longer there. `moved` gives the new page of each old one
    whose number changed. Raises NotegenError for a file that the run has not.
    """
    with book.writing() as connection:
        row = connection.execute(
            "SELECT files.id FROM files JOIN runs ON runs.id = files.run"
            " WHERE runs.name = ? AND kind = ? AND number = ?",
            (run, made.kind, made.number),
        ).fetchone()
        if row is None:
            raise NotegenError(
                f"run {run} has no file {made.number} of {made.kind}", hint="`held` says which there are"
            )
        for table, whose in (("notes", "id"), ("events", "note")):
            connection.execute(
                f"UPDATE {table} SET file = NULL, page = NULL WHERE file = ?"
                f" AND {whose} IN (SELECT id FROM notes WHERE erased = 1)",
                row,
            )
            # One statement: pages that change places must not meet on the way.
            connection.execute(
                f"UPDATE {table} SET page = (SELECT value FROM json_each(?1) WHERE key = {table}.page)"
                f" WHERE file = ?2 AND page IN (SELECT key + 0 FROM json_each(?1))",
                (json.dumps(moved), *row),
            )
        connection.execute(
            "UPDATE files SET path = ?, sha256 = ?, bytes = ?, pages = ?, holds = 0 WHERE id = ?",
            (made.path, made.sha256, made.bytes, made.pages, *row),
        )


def _suppress(connection: sqlite3.Connection, salt: bytes, person: Person, now: datetime) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO suppressed (hash, at) VALUES (?, ?)",
        ((one, rows.stamp(now)) for one in hashes(salt, person)),
    )

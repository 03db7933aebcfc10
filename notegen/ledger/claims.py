"""A run's way through the ledger: it claims its cards, is approved, prints, or is withdrawn.

Each step is one transaction that begins with the lock on writing, so what it looked at is still so when it writes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from notegen.errors import NotegenError, UnknownName
from notegen.ledger import rows
from notegen.ledger.opening import Ledger
from notegen.ledger.suppressing import suppressed_of
from notegen.ledger.trouble import Suppressed, Taken, WrongState
from notegen.model.ledger import Claimed, FileMade, Kind, Look, NewNote, NewRun, Person, Place, Run, RunState, State

MOST_TAKEN: Final = 1000
"""How many cards `Taken` names; beyond, it counts."""

_TAKEN: Final = """
SELECT notes.identity, max(notes.again), notes.name, runs.name, notes.state, notes.at
FROM notes JOIN runs ON runs.id = notes.run
WHERE notes.identity IN ({}) AND notes.state <> 'withdrawn' GROUP BY notes.identity
"""
_HOLDERS: Final = """
SELECT notes.identity, notes.again, notes.name, runs.name, notes.state, notes.at
FROM notes JOIN runs ON runs.id = notes.run WHERE notes.identity IN ({}) AND notes.state <> 'withdrawn'
"""
_NOTE: Final = """
INSERT INTO notes (run, identity, again, state, at, customer, name, postcode, household, occasion, sale, period, look,
  facts_digest, text, parts, seed, drawing, cost, currency, seal)
VALUES (?, ?, ?, 'prepared', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def taken(book: Ledger, identities: Iterable[str], run: str = "") -> dict[str, Claimed]:
    """Return those of the identities that some run has, with the last card of each (the highest `again`).

    Where `run` has one, it is that one, whoever has a later. Cards of withdrawn runs are nobody's.
    """
    found: dict[str, Claimed] = {}
    with book.reading() as connection:
        for chunk in rows.chunks(identities):
            for claimed in _claimed(connection, chunk):
                found[claimed.identity] = claimed
            for row in connection.execute(f"{_HOLDERS.format(rows.marks(chunk))} AND runs.name = ?", (*chunk, run)):
                found[row[0]] = rows.claimed(row)
    return found


def begin(book: Ledger, run: NewRun, notes: Iterable[NewNote], now: datetime) -> Run:
    """Claim the cards of a run, all or none, and return the run as it was entered; its state is prepared.

    `notes` are read once, a few hundred at a time, while nobody else can write: let them come from what is ready.
    Raises Taken when somebody has some of the cards or two of these are one, Suppressed for who asked to be forgotten,
    and NotegenError for a run of no card or a name that another run has.
    """
    at = rows.stamp(now)
    with book.writing() as connection:
        name = run.name or _next_name(connection, now)
        if connection.execute("SELECT 1 FROM runs WHERE name = ?", (name,)).fetchone():
            raise NotegenError(f"there is a run {name} already", hint="resume it, or give this one another name")
        command = json.dumps(run.command, ensure_ascii=False)
        values = (name, at, at, run.template, command, run.context, run.folder, run.target)
        number = connection.execute(
            "INSERT INTO runs (name, state, made, at, template, command, context, folder, target, notes)"
            " VALUES (?, 'prepared', ?, ?, ?, ?, ?, ?, ?, 0)",
            values,
        ).lastrowid
        assert number is not None
        count = _claim(connection, number, notes, at)
        if not count:
            raise NotegenError("a run of no cards is no run", hint="somebody must be left to write to")
        connection.execute("UPDATE runs SET notes = ? WHERE id = ?", (count, number))
        rows.tell(connection, number, State.PREPARED, at)
    return run_named(book, name)


def _claim(connection: sqlite3.Connection, run: int, notes: Iterable[NewNote], at: str) -> int:
    looks: dict[Look, int] = {}
    count, total = 0, 0
    clashes: list[Claimed] = []
    for chunk in rows.chunks(notes):
        # Whoever was erased while these were being written must not come back with them.
        gone = suppressed_of(connection, (Person(one.customer, one.name, one.postcode) for one in chunk))
        if gone:
            raise Suppressed(sorted(gone))
        keys = [(note.identity, note.again) for note in chunk]
        wanted = set(keys)
        found = _holders(connection, wanted)
        if len(wanted) < len(keys):
            found += _twice(connection, run, chunk, at)
        if found:
            total += len(found)
            clashes += found[: MOST_TAKEN - len(clashes)]
        if not clashes:
            connection.executemany(_NOTE, (_values(connection, run, note, looks, at) for note in chunk))
        count += len(chunk)
    if clashes:
        raise Taken(clashes, total)
    return count


def _holders(connection: sqlite3.Connection, wanted: set[tuple[str, int]]) -> list[Claimed]:
    identities = sorted({identity for identity, _ in wanted})
    held = connection.execute(_HOLDERS.format(rows.marks(identities)), identities)
    return [rows.claimed(row) for row in held if (row[0], row[1]) in wanted]


def _twice(connection: sqlite3.Connection, run: int, chunk: Sequence[NewNote], at: str) -> list[Claimed]:
    """Return the cards that stand in one chunk twice; those of two chunks are found as this run's own."""
    seen: set[tuple[str, int]] = set()
    double: list[Claimed] = []
    for note in chunk:
        key = (note.identity, note.again)
        if key in seen:
            (name,) = connection.execute("SELECT name FROM runs WHERE id = ?", (run,)).fetchone()
            double.append(Claimed(*key, note.name, name, State.PREPARED, rows.moment(at)))
        seen.add(key)
    return double


def _values(
    connection: sqlite3.Connection, run: int, note: NewNote, looks: dict[Look, int], at: str
) -> tuple[object, ...]:
    if note.look not in looks:
        looks[note.look] = _look(connection, note.look)
    kept = rows.sealed(note, looks[note.look])
    return (run, kept[0], kept[1], at, *kept[2:], rows.seal(kept))


def _look(connection: sqlite3.Connection, look: Look) -> int:
    values = (look.template, look.template_digest, look.hand, look.stock, look.locale)
    connection.execute(
        "INSERT OR IGNORE INTO looks (template, template_digest, hand, stock, locale) VALUES (?, ?, ?, ?, ?)", values
    )
    (number,) = connection.execute(
        "SELECT id FROM looks WHERE template = ? AND template_digest = ? AND hand = ? AND stock = ? AND locale = ?",
        values,
    ).fetchone()
    return int(number)


def approve(book: Ledger, run: str, now: datetime, by: str) -> Run:
    """Say that a prepared run may be printed; one that was approved before stays as it is.

    Raises UnknownName for no such run, and WrongState for one that is printed or withdrawn.
    """
    with book.writing() as connection:
        found = _run(connection, run)
        if found.state is RunState.PREPARED:
            _move(connection, run, RunState.APPROVED, rows.stamp(now))
            rows.tell(connection, _id(connection, run), State.APPROVED, rows.stamp(now), by)
        elif found.state is not RunState.APPROVED:
            raise WrongState(f"run {run} is {found.state}", hint="only a prepared run can be approved")
    return run_named(book, run)


def pressed(book: Ledger, run: str, files: Iterable[FileMade], now: datetime) -> Run:
    """Note the files of an approved run before they get their names, so that who resumes it knows them when they have.

    A run that was killed may do it again; what it noted before is replaced. Raises UnknownName and WrongState.
    """
    with book.writing() as connection:
        found = _run(connection, run)
        if found.state not in (RunState.APPROVED, RunState.PRINTING):
            raise WrongState(f"run {run} is {found.state}", hint=_before_printing(found))
        number = _id(connection, run)
        connection.execute("DELETE FROM files WHERE run = ?", (number,))
        _enter_files(connection, number, files)
        _set_run(connection, run, RunState.PRINTING, rows.stamp(now))
    return run_named(book, run)


def printed(book: Ledger, run: str, places: Iterable[Place], now: datetime) -> Run:
    """Say where every card of a run is, its files being whole under their names; a run that is printed stays as it is.

    Raises UnknownName, WrongState when `pressed` was not said, and NotegenError unless each of the run's cards has
    exactly one place in a file that was named.
    """
    with book.writing() as connection:
        found = _run(connection, run)
        if found.state is RunState.PRINTED:
            return found
        if found.state is not RunState.PRINTING:
            raise WrongState(f"run {run} is {found.state}", hint=_before_printing(found))
        number, at = _id(connection, run), rows.stamp(now)
        files = dict(
            connection.execute("SELECT number, id FROM files WHERE run = ? AND kind = ?", (number, Kind.CARDS))
        )
        for chunk in rows.chunks(places):
            _place(connection, number, chunk, files, at)
        missing = connection.execute(
            "SELECT count(*) FROM notes WHERE run = ? AND state NOT IN ('printed', 'withdrawn')", (number,)
        ).fetchone()[0]
        if missing:
            raise NotegenError(f"run {run}: {missing:,} of its cards are on no page", hint="print the run again")
        _set_run(connection, run, RunState.PRINTED, at)
        rows.tell(connection, number, State.PRINTED, at)
    return run_named(book, run)


def _place(connection: sqlite3.Connection, run: int, chunk: Sequence[Place], files: dict[int, int], at: str) -> None:
    unknown = next((place for place in chunk if place.file not in files), None)
    if unknown is not None:
        raise NotegenError(f"the run has no file {unknown.file} of cards", hint="name its files before their places")
    done = connection.executemany(
        "UPDATE notes SET state = 'printed', at = ?, file = ?, page = ?"
        " WHERE identity = ? AND again = ? AND state = 'approved' AND state <> 'withdrawn' AND run = ?",
        ((at, files[place.file], place.page, place.identity, place.again, run) for place in chunk),
    ).rowcount
    if done != len(chunk):
        raise NotegenError("a card has two places, or is not of this run", hint="print the run again")


def withdraw(book: Ledger, run: str, now: datetime, reason: str) -> Run:
    """Give back all cards of a run, as if it had never claimed them; the reason is kept. Nothing of it may be mailed.

    Raises UnknownName, and WrongState when some of its cards are on their way or were withdrawn before.
    """
    at = rows.stamp(now)
    with book.writing() as connection:
        found, number = _run(connection, run), _id(connection, run)
        gone = connection.execute(
            "SELECT count(*) FROM notes WHERE run = ? AND state IN ('mailed', 'returned', 'answered')", (number,)
        ).fetchone()[0]
        if gone:
            raise WrongState(
                f"run {run}: {gone:,} of its cards were mailed", hint="what was mailed cannot be taken back"
            )
        if found.state is RunState.WITHDRAWN:
            raise WrongState(f"run {run} is withdrawn already")
        _move(connection, run, RunState.WITHDRAWN, at)
        rows.tell(connection, number, State.WITHDRAWN, at, reason=reason)
    return run_named(book, run)


def run_named(book: Ledger, name: str) -> Run:
    """Return a run as it stands. Raises UnknownName."""
    with book.reading() as connection:
        return _run(connection, name)


def files_of(book: Ledger, run: str) -> tuple[FileMade, ...]:
    """Return the files that a run noted, cards first, in their order. Raises UnknownName."""
    with book.reading() as connection:
        number = _id(connection, run)
        found = connection.execute(f"SELECT {rows.FILE} FROM files WHERE run = ? ORDER BY kind, number", (number,))
        return tuple(rows.file(row) for row in found)


def runs(book: Ledger) -> tuple[Run, ...]:
    """Return all runs, oldest first."""
    with book.reading() as connection:
        return tuple(rows.run(row) for row in connection.execute(f"SELECT {rows.RUN} FROM runs ORDER BY id"))


def unfinished(book: Ledger) -> tuple[Run, ...]:
    """Return the runs that claimed cards and did not print them, oldest first."""
    return tuple(one for one in runs(book) if one.state not in (RunState.PRINTED, RunState.WITHDRAWN))


def next_name(book: Ledger, now: datetime) -> str:
    """Return the name that the next run of the day would get; another process may be quicker."""
    with book.reading() as connection:
        return _next_name(connection, now)


def _next_name(connection: sqlite3.Connection, now: datetime) -> str:
    day = now.date().isoformat()
    names = connection.execute("SELECT name FROM runs WHERE name GLOB ?", (f"{day}-*",))
    numbers = [int(tail) for (name,) in names if (tail := name.removeprefix(f"{day}-")).isdecimal()]
    return f"{day}-{max(numbers, default=0) + 1}"


def _run(connection: sqlite3.Connection, name: str) -> Run:
    row = connection.execute(f"SELECT {rows.RUN} FROM runs WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise UnknownName("run", name, (one for (one,) in connection.execute("SELECT name FROM runs")))
    return rows.run(row)


def _id(connection: sqlite3.Connection, name: str) -> int:
    row = connection.execute("SELECT id FROM runs WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise UnknownName("run", name, (one for (one,) in connection.execute("SELECT name FROM runs")))
    return int(row[0])


def _set_run(connection: sqlite3.Connection, run: str, state: RunState, at: str) -> None:
    connection.execute("UPDATE runs SET state = ?, at = ? WHERE name = ?", (state, at, run))


def _move(connection: sqlite3.Connection, run: str, state: RunState, at: str) -> None:
    """Set the state of a run and of all its cards that were not withdrawn."""
    _set_run(connection, run, state, at)
    connection.execute(
        "UPDATE notes SET state = ?, at = ? WHERE run = ? AND state <> 'withdrawn'", (state, at, _id(connection, run))
    )


def _enter_files(connection: sqlite3.Connection, run: int, files: Iterable[FileMade]) -> None:
    connection.executemany(
        "INSERT INTO files (run, kind, number, path, sha256, bytes, pages) VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((run, one.kind, one.number, one.path, one.sha256, one.bytes, one.pages) for one in files),
    )


def _before_printing(run: Run) -> str:
    if run.state is RunState.PREPARED:
        return f"approve it first: notegen approve {run.name}"
    return "its files are named before its cards have places" if run.state is RunState.APPROVED else "begin a new run"


def _claimed(connection: sqlite3.Connection, identities: Sequence[str]) -> Iterator[Claimed]:
    for row in connection.execute(_TAKEN.format(rows.marks(identities)), identities):
        yield rows.claimed(row)

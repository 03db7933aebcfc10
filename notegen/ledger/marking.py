"""What becomes of single cards after they are printed: mailed, returned, answered, printed once more, withdrawn.

    prepared ─► approved ─► printed ─► mailed ─► returned | answered
        └──────────┴───────────┴─► withdrawn

The first two steps are a run's (`claims`). A card that is printed again is a printed card again, whatever became of
the first: it still has to be mailed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from notegen.errors import NotegenError
from notegen.ledger import rows
from notegen.ledger.opening import Ledger
from notegen.ledger.trouble import WrongState
from notegen.model.ledger import Again, FileMade, Kind, Marked, State

NEXT: Final[Mapping[State, tuple[State, ...]]] = MappingProxyType(
    {
        State.PREPARED: (State.WITHDRAWN,),
        State.APPROVED: (State.WITHDRAWN,),
        State.PRINTED: (State.MAILED, State.WITHDRAWN),
        State.MAILED: (State.RETURNED, State.ANSWERED),
        State.RETURNED: (),
        State.ANSWERED: (),
        State.WITHDRAWN: (),
    }
)
"""What a card in each state can be marked as."""
_PAST: Final = {State.MAILED: (State.MAILED, State.RETURNED, State.ANSWERED)}
"""States that say of themselves that another was reached before."""
_AGAIN: Final = (State.PRINTED, State.MAILED, State.RETURNED)
"""States of a card that may be printed once more: it was spilled on, lost in the post, or came back."""
_FIRST: Final = {
    State.PREPARED: "approve its run and print it first",
    State.APPROVED: "print its run first",
    State.PRINTED: "it can be mailed",
    State.MAILED: "it can be returned or answered",
}

_CARDS: Final = """
SELECT notes.id, notes.run, notes.state, notes.at, notes.name, notes.occasion, runs.name, runs.state
FROM json_each(?) AS asked JOIN notes ON notes.id = asked.value JOIN runs ON runs.id = notes.run
"""


def mark(book: Ledger, notes: Iterable[int], state: State, now: datetime, by: str = "", reason: str = "") -> Marked:
    """Bring cards (their numbers in the ledger) into a state, all or none; those that are there already stay.

    `now` may be earlier than the time of the call, of what is told later, but not than the day of the card's last
    change. Raises WrongState, naming a card that cannot be marked so and what it can, and NotegenError for numbers
    that no card has.
    """
    done, already = 0, 0
    with book.writing() as connection:
        for chunk in rows.chunks(notes):
            found = connection.execute(_CARDS, (json.dumps(chunk),)).fetchall()
            if len(found) < len(set(chunk)):
                raise NotegenError("the ledger has no such card", hint="`notegen log --json` has their numbers")
            move = [row for row in found if rows.state_of(row[2]) not in _PAST.get(state, (state,))]
            for row in move:
                _judge(row, state, now)
            already += len(found) - len(move)
            done += len(move)
            _enter(connection, move, state, (now, by, reason))
    return Marked(done, already)


def _judge(row: Sequence[Any], state: State, now: datetime) -> None:
    _, _, kept, at, _, _, _, run_state = row
    has = rows.state_of(kept)
    if state not in NEXT[has]:
        hint = _FIRST.get(has, f"nothing comes after {has}")
        raise WrongState(f"{_called(row)} is {has} and cannot be marked as {state}", hint=hint)
    if state is State.WITHDRAWN and has is State.APPROVED and run_state == "printing":
        raise WrongState(f"{_called(row)} is being printed", hint="finish its run or withdraw it first")
    if now.date() < rows.moment(at).astimezone(now.tzinfo).date():
        raise WrongState(
            f"{_called(row)} was {has} on {at[:10]} and cannot have been {state} on {now.date()}",
            hint="give a later day",
        )


def _called(row: Sequence[Any]) -> str:
    return f"{row[4] or 'a forgotten customer'}'s card ({row[5]}, run {row[6]})"


def _enter(
    connection: sqlite3.Connection, cards: Sequence[Sequence[Any]], state: State, told: tuple[datetime, str, str]
) -> None:
    now, by, reason = rows.stamp(told[0]), *told[1:]
    # A day without an hour may fall before the hour at which the card was printed on it.
    when = [(max(now, at), number, run) for number, run, _, at, *_ in cards]
    connection.executemany(
        "UPDATE notes SET state = ?, at = ? WHERE id = ?", ((state, at, number) for at, number, _ in when)
    )
    connection.executemany(
        "INSERT INTO events (run, note, what, at, by, reason) VALUES (?, ?, ?, ?, ?, ?)",
        ((run, number, state, at, by, reason) for at, number, run in when),
    )


def reprinted(book: Ledger, cards: Sequence[Again], file: FileMade, now: datetime, by: str, reason: str) -> None:
    """Enter that cards were printed once more, into one new file, and why; they are printed cards again.

    The file is entered with each run that it has cards of, with the next number of its reprints; the number it comes
    with is not looked at. Raises WrongState for a card that was never printed, and NotegenError without a reason.
    """
    if not reason.strip():
        raise NotegenError("a card is printed again for a reason", hint="say which: --reason 'paper jam'")
    pages = {card.note: card.page for card in cards}
    with book.writing() as connection:
        found = connection.execute(_CARDS, (json.dumps(list(pages)),)).fetchall()
        if len(found) < len(pages):
            raise NotegenError("the ledger has no such card", hint="`notegen log --json` has their numbers")
        for row in found:
            if rows.state_of(row[2]) not in _AGAIN:
                raise WrongState(f"{_called(row)} is {row[2]}", hint="only what was printed can be printed again")
        files = {run: _reprint(connection, run, file) for run in sorted({row[1] for row in found})}
        at = rows.stamp(now)
        for number, run, *_ in found:
            connection.execute("UPDATE notes SET state = 'printed', at = max(at, ?) WHERE id = ?", (at, number))
            connection.execute(
                "INSERT INTO events (run, note, what, at, by, reason, file, page)"
                " VALUES (?, ?, 'reprinted', ?, ?, ?, ?, ?)",
                (run, number, at, by, reason, files[run], pages[number]),
            )


def _reprint(connection: sqlite3.Connection, run: int, file: FileMade) -> int:
    (number,) = connection.execute(
        "SELECT coalesce(max(number), 0) + 1 FROM files WHERE run = ? AND kind = ?", (run, Kind.REPRINT)
    ).fetchone()
    made = connection.execute(
        "INSERT INTO files (run, kind, number, path, sha256, bytes, pages) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (run, Kind.REPRINT, number, file.path, file.sha256, file.bytes, file.pages),
    ).lastrowid
    assert made is not None
    return made

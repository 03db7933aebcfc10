"""Cards are read in the order in which they were claimed, by all that may choose them."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from ledgers import NOW, RUN, later, ledger_of, new, note, notes, print_run

from notegen import ledger
from notegen.ledger import DamagedLedger, Wanted
from notegen.model.ledger import State, Tally

CARDS = [note("ana", name="Ana Reyes"), note("bo", name="Ana"), note("cy", "birthday"), note("cy")]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), [1, 2, 3, 4, 5]),
        (Wanted("ana"), [1]),
        (Wanted("ANA"), [1, 2]),
        (Wanted("ana reyes"), [1]),
        (Wanted("cy"), [3, 4]),
        (Wanted("cy", occasion="birthday"), [3]),
        (Wanted("cy", limit=1), [4]),
        (Wanted("nobody"), []),
        (Wanted(run="2026-11-28-2"), [5]),
        (Wanted(state=State.MAILED), [2]),
        (Wanted(since=later(3)), [1, 2, 3, 4]),
        (Wanted(since=later(4)), [2]),
        (Wanted(until=later(3)), [1, 3, 4, 5]),
        (Wanted(limit=2), [4, 5]),
        (Wanted(state=State.PRINTED, limit=2), [3, 4]),
    ],
)
def test_cards_are_chosen(wanted: Wanted, found: list[int], tmp_path: Path) -> None:
    with ledger_of(tmp_path, CARDS) as book:
        ledger.mark(book, [2], State.MAILED, later(9))
        ledger.begin(book, RUN, [note("dee")], NOW)
        assert [one.id for one in ledger.entries(book, wanted)] == found


def test_customers_are_known_by_key_and_name_and_have_neighbours(tmp_path: Path) -> None:
    with ledger_of(tmp_path, CARDS) as book:
        assert [ledger.knows(book, one) for one in ("bo", "BO", "ana REYES", "reyes")] == [True, True, True, False]
        assert ledger.names(book, "Anna") == {"ana", "Ana", "Ana Reyes"}


def test_a_ledger_is_read_without_being_held_whole(tmp_path: Path) -> None:
    """Others write between two cards, and the reader goes on in its own moment."""
    with ledger_of(tmp_path, notes(2000)) as book, ledger.read_ledger(book.path) as reader:
        for number, _ in enumerate(ledger.entries(reader)):
            if number == 1000:
                ledger.mark(book, range(1, 2001), State.MAILED, later(9))
        assert number == 1999


def test_runs_are_tallied(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        first = print_run(book, [*notes(3), note("yen", cost=120, currency="JPY")])
        ledger.mark(book, [1], State.MAILED, later(9))
        ledger.mark(book, [2], State.WITHDRAWN, later(9), reason="torn")
        second = ledger.begin(book, RUN, notes(1, first=9), NOW)
        assert ledger.tallies(book) == (
            Tally(first, {State.MAILED: 1, State.PRINTED: 2, State.WITHDRAWN: 1}, {"USD": 290, "JPY": 120}),
            Tally(second, {State.PREPARED: 1}, {"USD": 145}),
        )


@pytest.mark.parametrize("value", [9e999, -9e999, "x", b"1", None])
@pytest.mark.parametrize("cell", ["runs.notes", "runs.made", "notes.at", "notes.again"])
def test_a_number_or_time_that_is_none_is_damage(cell: str, value: object, tmp_path: Path) -> None:
    table, column = cell.split(".")
    with ledger_of(tmp_path, CARDS[:1]) as book, closing(sqlite3.connect(book.path)) as other:
        other.execute("PRAGMA ignore_check_constraints = 1")
        with suppress(sqlite3.IntegrityError):
            other.execute(f"UPDATE {table} SET {column} = ?", (value,))
        other.commit()
        with suppress(DamagedLedger):
            ledger.runs(book)
            list(ledger.entries(book))
            ledger.mark(book, [1], State.MAILED, later(9))

"""Verify finds what is wrong with the file, with what it says, and with the files that it speaks of."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from ledgers import NOW, RUN, later, ledger_of, made, new, notes, print_run

from notegen import ledger
from notegen.errors import NotegenError
from notegen.model.diagnostic import Severity
from notegen.model.ledger import Finding, State


def found(folder: Path, change: str = "") -> list[str]:
    """Change a ledger behind its back and return what verify says."""
    with new(folder) as book:
        if change:
            book.connection.execute("PRAGMA foreign_keys = OFF")
            book.connection.execute("PRAGMA ignore_check_constraints = ON")
            book.connection.execute(change)
        return [one.message for one in ledger.verify(book, lambda _: "f" * 64)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("", ""),
        (
            "UPDATE notes SET text = 'Dear Customer,' WHERE id = 2",
            "card 2 of run 2026-11-28-1 is not as it was entered",
        ),
        ("UPDATE notes SET cost = 0 WHERE id = 2", "card 2 of run 2026-11-28-1 is not as it was entered"),
        ("UPDATE notes SET text = x'ff' WHERE id = 2", "card 2 of run 2026-11-28-1 is not as it was entered"),
        (
            "UPDATE notes SET state = 'mailed' WHERE id = 2",
            "card 2 of run 2026-11-28-1 is mailed, but the last that happened to it is: printed",
        ),
        ("DELETE FROM events WHERE note = 1", "card 1 of run 2026-11-28-1 is mailed, but the last that happened"),
        ("UPDATE notes SET page = NULL WHERE id = 2", "card 2 of run 2026-11-28-1 is printed and on no page"),
        ("UPDATE notes SET page = 4 WHERE id = 2", "card 2 of run 2026-11-28-1 is on page 4 of 3"),
        ("UPDATE notes SET file = 9 WHERE id = 2", "row 2 of notes speaks of one of files that is not there"),
        ("DELETE FROM notes WHERE id = 3", "run 2026-11-28-1 has 2 cards, but claimed 3"),
        ("UPDATE runs SET state = 'approved'", "run 2026-11-28-1 is approved, but 3 of its cards are not"),
        ("UPDATE runs SET state = 'printing'", "run 2026-11-28-1 was begun and its printing did not end"),
        ("UPDATE files SET sha256 = 'e'", "cards.pdf of run 2026-11-28-1 is not as it was printed"),
    ],
)
def test_what_was_changed_behind_its_back_is_found(tmp_path: Path, change: str, words: str) -> None:
    with ledger_of(tmp_path, notes(3)) as book:
        ledger.mark(book, [1], State.MAILED, later(5))
    told = found(tmp_path, change)
    assert any(words in one for one in told) if words else told == []


def test_what_is_wrong_many_times_is_counted(tmp_path: Path) -> None:
    ledger_of(tmp_path, notes(50)).close()
    told = found(tmp_path, "UPDATE notes SET seal = x'00'")
    assert (len(told), told[-1]) == (21, "... and 30 more like the last")


def test_files_that_are_gone_or_changed_are_warnings_and_overwritten_ones_are_not_asked_for(tmp_path: Path) -> None:
    with ledger_of(tmp_path, notes(1)) as book:
        print_run(book, notes(1, first=1))
        asked: list[str] = []
        gone = ledger.verify(book, asked.append)
        assert gone == (
            Finding(Severity.WARNING, "cards.pdf of run 2026-11-28-2 is not there any more", "2026-11-28-2"),
        )
        assert asked == ["cards.pdf"]
        (changed,) = ledger.verify(book, lambda _: "0" * 64)
        assert (changed.severity, changed.message) == (
            Severity.WARNING,
            "cards.pdf of run 2026-11-28-2 is not as it was printed",
        )


def test_runs_on_their_way_are_sound(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        for number in range(4):
            name = ledger.begin(book, RUN, notes(2, first=2 * number), NOW).name
            if number:
                ledger.approve(book, name, NOW, "")
            if number == 2:
                ledger.pressed(book, name, [made()], NOW)
            if number == 3:
                ledger.withdraw(book, name, NOW, "no")
        assert [one.message for one in ledger.verify(book, lambda _: None)] == [
            "run 2026-11-28-3 was begun and its printing did not end"
        ]


@pytest.mark.parametrize("seed", range(40))
def test_a_flipped_byte_is_found_or_changes_nothing_that_a_card_says(tmp_path: Path, seed: int) -> None:
    """What is neither found nor harmless may only be what has no seal: when, by whom, why."""
    ledger_of(tmp_path, notes(40)).close()
    path = tmp_path / "notegen.db"
    whole, dice = path.read_bytes(), random.Random(seed)
    data = bytearray(whole)
    at = dice.randrange(len(data))
    data[at] ^= 1 << dice.randrange(8)
    path.write_bytes(data)
    try:
        with new(tmp_path) as book:
            clean = ledger.verify(book, lambda _: "f" * 64) == ()
            kept = [one.note for one in ledger.entries(book)]
    except NotegenError:
        return
    assert not clean or kept == notes(40)

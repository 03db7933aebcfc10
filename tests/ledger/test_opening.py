"""A ledger is made whole, checked before it is touched, and brought up to date step by step."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from ledgers import NOW, RUN, ledger_of, new, notes, print_run

from notegen import ledger
from notegen.errors import NotegenError, UnwritableFile
from notegen.ledger import BusyLedger, DamagedLedger, NewerLedger, NoLedger, opening, schema

V1 = Path(__file__).parent / "v1.sql"


def files(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes, save the index that any reader makes."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}


def test_a_new_ledger_says_what_it_is(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        pragmas = {
            name: book.connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in (
                "application_id",
                "user_version",
                "journal_mode",
                "foreign_keys",
                "synchronous",
                "secure_delete",
            )
        }
    assert pragmas == {
        "application_id": int.from_bytes(b"note", "big"),
        "user_version": len(schema.STEPS),
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 2,
        "secure_delete": 1,
    }
    assert [path.name for path in tmp_path.iterdir()] == ["notegen.db"]


def test_looking_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoLedger, match="nothing has been printed from this folder yet"):
        ledger.read_ledger(tmp_path / "notegen.db")
    with pytest.raises(NoLedger):
        ledger.open_ledger(tmp_path / "notegen.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_reader_cannot_write_and_leaves_no_file_behind(tmp_path: Path) -> None:
    ledger_of(tmp_path, notes(3)).close()
    before = files(tmp_path)
    with ledger.read_ledger(tmp_path / "notegen.db") as book:
        assert len(list(ledger.entries(book))) == 3
        with pytest.raises(UnwritableFile), book.writing() as connection:
            connection.execute("DELETE FROM events")
    assert files(tmp_path) == before


def test_a_folder_that_is_not_there_and_one_that_has_the_name_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFile, match="there is no folder"):
        ledger.open_ledger(tmp_path / "gone" / "notegen.db", create=True)
    (tmp_path / "notegen.db").mkdir()
    with pytest.raises(NotegenError, match=r"notegen\.db cannot be read: Is a directory"):
        ledger.open_ledger(tmp_path / "notegen.db", create=True)


def test_a_folder_that_may_not_be_written_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger_of(tmp_path, notes(3)).close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with ledger.read_ledger(tmp_path / "notegen.db") as book:
        assert len(list(ledger.entries(book))) == 3
    assert list(files(tmp_path)) == ["notegen.db"]
    with pytest.raises(UnwritableFile, match="nothing may be written there"):
        ledger.open_ledger(tmp_path / "notegen.db", create=False)
    with pytest.raises(UnwritableFile, match="nothing may be written in"):
        ledger.open_ledger(tmp_path / "other.db", create=True)


def test_a_full_disk_is_told_and_nothing_is_half_there(tmp_path: Path) -> None:
    with ledger_of(tmp_path, notes(3)) as book:
        pages = book.connection.execute("PRAGMA page_count").fetchone()[0]
        book.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(UnwritableFile, match="the disk is full"):
            ledger.begin(book, RUN, notes(900, first=3), NOW)
        assert [run.notes for run in ledger.runs(book)] == [3]
        assert ledger.verify(book, lambda _: "f" * 64) == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (b"customer: {name: Ana}\n", "it is no database"),
        (b"SQLite format 3\0", "it is no database"),
        (b"SQLite format 3\0" + bytes(100), "another program|no database|not a database"),
    ],
)
def test_what_is_no_ledger_is_left_as_it_is(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "notegen.db"
    path.write_bytes(content)
    for opened in (lambda: ledger.open_ledger(path, create=True), lambda: ledger.read_ledger(path)):
        with pytest.raises(DamagedLedger, match=words) as told:
            opened()
        assert "notegen backup --restore FILE" in (told.value.hint or "")
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notegen.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE accounts (name)")
    before = path.read_bytes()
    with pytest.raises(DamagedLedger, match="another program"):
        ledger.open_ledger(path, create=True)
    assert path.read_bytes() == before


@pytest.mark.parametrize("spoil", ["header", "pages", "truncated", "tail"])
def test_a_damaged_ledger_is_found_and_left_byte_for_byte(tmp_path: Path, spoil: str) -> None:
    ledger_of(tmp_path, notes(200)).close()
    path = tmp_path / "notegen.db"
    data = bytearray(path.read_bytes())
    match spoil:
        case "header":
            data[18:40] = bytes(22)
        case "pages":
            for page in range(1, len(data) // 4096):
                data[page * 4096 : page * 4096 + 12] = b"\xff" * 12
        case "truncated":
            del data[4096 * 5 + 17 :]
        case _:
            del data[-4096:]
    path.write_bytes(data)
    for opened in (lambda: ledger.open_ledger(path, create=True), lambda: ledger.read_ledger(path)):
        with pytest.raises(DamagedLedger):
            opened()
    assert path.read_bytes() == data


def test_a_log_whose_ledger_is_gone_is_not_given_to_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "notegen.db-wal").write_bytes(b"of another ledger")
    with pytest.raises(DamagedLedger, match="not there, but its log is"):
        new(tmp_path)


def test_a_ledger_of_a_newer_notegen_is_refused(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        book.connection.execute("PRAGMA user_version = 99")
    before = (tmp_path / "notegen.db").read_bytes()
    with pytest.raises(NewerLedger, match="version 99 of the ledger; this one knows 1"):
        new(tmp_path)
    with pytest.raises(NewerLedger):
        ledger.read_ledger(tmp_path / "notegen.db")
    assert (tmp_path / "notegen.db").read_bytes() == before


def test_a_stored_ledger_of_the_first_version_opens(tmp_path: Path) -> None:
    """The file is what the first version wrote: it must open in every later one, with all it says."""
    path = tmp_path / "notegen.db"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(V1.read_text(encoding="utf-8"))
    with ledger.open_ledger(path, create=False) as book:
        assert ledger.verify(book, lambda _: "f" * 64) == ()
        kept = list(ledger.entries(book))
        assert [one.note for one in kept] == notes(2)
        assert [event.what for event in ledger.events(book, kept[0].id)] == [
            "prepared",
            "approved",
            "printed",
            "mailed",
        ]


def test_a_step_is_done_once_and_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger_of(tmp_path, notes(3)).close()
    first = schema.STEPS
    broken = (*first, "ALTER TABLE notes ADD COLUMN stamp TEXT;\nCREATE TABLE notes (id);\n")
    monkeypatch.setattr(opening, "STEPS", broken)
    before = (tmp_path / "notegen.db").read_bytes()
    with pytest.raises(NotegenError, match="already exists"):
        new(tmp_path)
    assert (tmp_path / "notegen.db").read_bytes() == before
    monkeypatch.setattr(
        opening, "STEPS", (*first, "ALTER TABLE notes ADD COLUMN stamp TEXT NOT NULL DEFAULT 'none';\n")
    )
    with ledger.read_ledger(tmp_path / "notegen.db") as book:
        assert book.connection.execute("SELECT DISTINCT stamp FROM notes").fetchall() == [("none",)]
        assert book.connection.execute("PRAGMA user_version").fetchone() == (2,)
    with new(tmp_path) as book:
        assert len(list(ledger.entries(book))) == 3


def test_a_ledger_that_another_keeps_is_told_since_when(tmp_path: Path) -> None:
    with ledger_of(tmp_path, notes(1)) as book, book.writing():
        with ledger.open_ledger(book.path, create=False, wait=0.01) as other:
            with pytest.raises(BusyLedger, match=r"more than 0\.01 s \(the last it shows is of 2026-11-28T10:33:00Z\)"):
                ledger.begin(other, RUN, notes(1, first=1), NOW)
            assert len(list(ledger.entries(other))) == 1


def test_what_is_read_in_the_middle_is_of_one_moment(tmp_path: Path) -> None:
    with new(tmp_path) as book, ledger.read_ledger(book.path) as reader:
        print_run(book, notes(3))
        seen = ledger.entries(reader)
        next(seen)
        ledger.begin(book, RUN, notes(3, first=3), NOW)
        assert len(list(seen)) == 2
        assert len(list(ledger.entries(reader))) == 6


def test_paths_are_kept_from_the_shop_and_found_again(tmp_path: Path) -> None:
    book = tmp_path / "shop" / "notegen.db"
    inside, outside = tmp_path / "shop" / "runs" / "1" / "cards.pdf", tmp_path / "cards.pdf"
    assert ledger.kept_path(book, inside) == "runs/1/cards.pdf"
    assert ledger.kept_path(book, outside) == str(outside)
    assert [ledger.whole_path(book, ledger.kept_path(book, one)) for one in (inside, outside)] == [inside, outside]

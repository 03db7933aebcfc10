"""A backup is whole or not there; a restored one takes the place of a damaged ledger, which is kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from ledgers import NOW, RUN, ledger_of, new, notes

from notegen import ledger
from notegen.errors import NotegenError, UnwritableFile
from notegen.ledger import DamagedLedger


def spoiled(path: Path) -> bytes:
    """Break all pages but the first of a ledger and return what it is then."""
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 12] = b"\xff" * 12
    path.write_bytes(data)
    return bytes(data)


def test_a_backup_is_a_ledger_of_the_moment(tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with ledger_of(tmp_path, notes(300)) as book:
        size = ledger.backup(book, copy)
        assert size == copy.stat().st_size
        ledger.begin(book, RUN, notes(1, first=300), NOW)
        with ledger.read_ledger(copy) as other:
            assert [one.note for one in ledger.entries(other)] == notes(300)
        assert ledger.backup(book, copy) >= size
        with ledger.read_ledger(copy) as other:
            assert len(ledger.runs(other)) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "notegen.db"]


def test_a_backup_replaces_nothing_but_a_backup(tmp_path: Path) -> None:
    facts = tmp_path / "customers.yaml"
    facts.write_text("customer: {name: Ana}\n")
    with ledger_of(tmp_path, notes(1)) as book:
        with pytest.raises(NotegenError, match="is the ledger itself"):
            ledger.backup(book, tmp_path / "notegen.db")
        with pytest.raises(NotegenError, match=r"customers\.yaml is there and is no ledger"):
            ledger.backup(book, facts)
        with pytest.raises(UnwritableFile, match="there is no folder"):
            ledger.backup(book, tmp_path / "gone" / "copy.db")
    assert facts.read_text() == "customer: {name: Ana}\n"


def test_a_backup_that_cannot_be_finished_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with ledger_of(tmp_path, notes(1)) as book:
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(UnwritableFile, match="No space left on device"):
            ledger.backup(book, tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir() if "notegen.db" not in path.name] == []


def test_the_copy_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a power cut leaves is the old file or the whole new one, whatever order the disk likes."""
    order: list[str] = []
    replace, fsync = os.replace, os.fsync
    monkeypatch.setattr(os, "replace", lambda *names: (order.append("name"), replace(*names))[1])
    monkeypatch.setattr(
        os,
        "fsync",
        lambda handle: (order.append("folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "file"), fsync(handle))[
            1
        ],
    )
    with ledger_of(tmp_path, notes(1)) as book:
        order.clear()
        ledger.backup(book, tmp_path / "copy.db")
    assert order == ["file", "name", "folder"]


def test_a_damaged_ledger_is_kept_beside_the_backup_that_takes_its_place(tmp_path: Path) -> None:
    path, copy = tmp_path / "notegen.db", tmp_path / "copy.db"
    with ledger_of(tmp_path, notes(300)) as book:
        ledger.backup(book, copy)
    for number in (1, 2):
        bad = spoiled(path)
        with pytest.raises(DamagedLedger):
            new(tmp_path)
        aside = ledger.restore(copy, path, NOW)
        assert aside == tmp_path / f"notegen.db.damaged-{number}"
        assert aside.read_bytes() == bad
        with new(tmp_path) as book:
            assert [one.note for one in ledger.entries(book)] == notes(300)
            assert ledger.verify(book, lambda _: "f" * 64) == ()


def test_at_no_moment_of_a_restore_there_is_no_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever came by then would begin an empty one, and print everything again."""
    path, copy = tmp_path / "notegen.db", tmp_path / "copy.db"
    with ledger_of(tmp_path, notes(3)) as book:
        ledger.backup(book, copy)
    path.write_bytes(b"spoiled")
    replace = os.replace

    def seen(source: object, target: object) -> None:
        assert path.read_bytes() == b"spoiled"
        replace(source, target)  # type: ignore[arg-type]
        assert path.exists()

    monkeypatch.setattr(os, "replace", seen)
    assert ledger.restore(copy, path, NOW) == tmp_path / "notegen.db.damaged-1"


def test_the_log_of_a_damaged_ledger_goes_with_it(tmp_path: Path) -> None:
    path, copy = tmp_path / "notegen.db", tmp_path / "copy.db"
    with ledger_of(tmp_path, notes(3)) as book:
        ledger.backup(book, copy)
        log = Path(f"{path}-wal").read_bytes()
    spoiled(path)
    Path(f"{path}-wal").write_bytes(log)
    data = bytearray(path.read_bytes())
    data[:16] = bytes(16)
    path.write_bytes(data)
    ledger.restore(copy, path, NOW)
    assert (tmp_path / "notegen.db.damaged-1-wal").read_bytes() == log
    with new(tmp_path) as book:
        assert len(list(ledger.entries(book))) == 3


def test_a_missing_ledger_is_restored(tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with ledger_of(tmp_path, notes(3)) as book:
        ledger.backup(book, copy)
    (tmp_path / "notegen.db").unlink()
    assert ledger.restore(copy, tmp_path / "notegen.db", NOW) is None
    with new(tmp_path) as book:
        assert len(list(ledger.entries(book))) == 3


def test_a_sound_ledger_is_not_replaced(tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with ledger_of(tmp_path, notes(3)) as book:
        ledger.backup(book, copy)
        ledger.begin(book, RUN, notes(1, first=3), NOW)
    with pytest.raises(NotegenError, match="is sound: a backup in its place would forget"):
        ledger.restore(copy, tmp_path / "notegen.db", NOW)
    with new(tmp_path) as book:
        assert len(list(ledger.entries(book))) == 4


def test_a_damaged_or_missing_backup_is_refused_and_nothing_moves(tmp_path: Path) -> None:
    path, copy = tmp_path / "notegen.db", tmp_path / "copy.db"
    with ledger_of(tmp_path, notes(300)) as book:
        ledger.backup(book, copy)
    spoiled(copy)
    bad = spoiled(path)
    with pytest.raises(DamagedLedger, match=r"copy\.db is damaged"):
        ledger.restore(copy, path, NOW)
    with pytest.raises(NotegenError, match="there is no file"):
        ledger.restore(tmp_path / "gone.db", path, NOW)
    assert path.read_bytes() == bad
    assert not (tmp_path / "notegen.db.damaged-1").exists()

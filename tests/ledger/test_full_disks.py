"""A disk that is full, for real: a ledger, a backup and a restored ledger are whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from ledgers import NOW, ledger_of, new, notes

from benchmarks import disks
from notegen import ledger
from notegen.errors import UnwritableFile

pytestmark = pytest.mark.skipif(not disks.can_mount(), reason="needs the right to mount")
SIZES = [*range(16, 360, 24), 368]
"""KiB of disks; on the last there is room for all."""


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


def test_a_new_ledger_is_whole_or_not_there(disk: Path) -> None:
    told = set()
    for kib in SIZES:
        with disks.small_disk(disk, kib):
            try:
                new(disk).close()
            except UnwritableFile as error:
                told.add(str(error).split(": ")[-1])
                assert not list(disk.glob(".*"))
            disks.grow(disk, 4096)
            with new(disk) as book:
                assert ledger.verify(book, lambda _: None) == ()
    assert told <= {"the disk is full", "No space left on device"}


@pytest.mark.parametrize("restores", [False, True], ids=["backup", "restore"])
def test_a_copy_is_whole_or_not_there(tmp_path: Path, disk: Path, restores: bool) -> None:
    book = ledger_of(tmp_path, notes(60))
    ledger.backup(book, tmp_path / "kept.db")
    failed = 0
    for kib in SIZES:
        with disks.small_disk(disk, kib):
            target = disk / "notegen.db"
            try:
                ledger.restore(tmp_path / "kept.db", target, NOW) if restores else ledger.backup(book, target)
            except UnwritableFile as error:
                assert str(error).split(": ")[-1] in ("the disk is full", "No space left on device")
                failed += 1
            if list(disk.iterdir()):
                with ledger.read_ledger(target) as copy:
                    assert ledger.verify(copy, lambda _: "f" * 64) == ()
                    assert len(list(ledger.entries(copy))) == 60
    book.close()
    assert 0 < failed < len(SIZES)

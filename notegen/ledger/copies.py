"""Copies of the ledger: a backup is whole or not there, and a restored one takes the place of nothing that is lost.

A copy is made under another name by SQLite's own backup, which sees one moment of a ledger that others are writing to.
It is checked from end to end, written out to the disk, and only then gets its name; then the folder is written out too.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from notegen.errors import NotegenError, UnwritableFile
from notegen.files import check_place
from notegen.ledger import rows
from notegen.ledger.opening import WAIT, Ledger, beside, connect, look_over, open_ledger, sweep, sync_folder, unworded
from notegen.ledger.trouble import DamagedLedger, worded


def backup(book: Ledger, target: Path) -> int:
    """Copy a ledger, as it is at one moment, into a file; return its bytes. An older backup of that name is replaced.

    Raises NotegenError for the ledger itself, a file that is no ledger, and a copy that is not sound, and
    UnwritableFile.
    """
    if target.exists():
        if target.samefile(book.path):
            raise NotegenError(f"{target} is the ledger itself", hint="name another file")
        try:
            look_over(target, book.wait)
        except DamagedLedger:
            raise NotegenError(f"{target} is there and is no ledger", hint="name a file that is not there") from None
    with _copied(book.connection, target, book.wait) as made:
        size = made.stat().st_size
        os.replace(made, target)
    sync_folder(target.parent)
    return size


def restore(copy: Path, path: Path, now: datetime, *, wait: float = WAIT) -> Path | None:
    """Put a backup in the place of a damaged or missing ledger; return where the damaged one is kept, if there was one.

    Raises DamagedLedger for a backup that is not sound, and NotegenError where a sound ledger stands: what it has and
    the backup has not would be forgotten, and printed again.
    """
    if not copy.exists():
        raise NotegenError(f"there is no file {copy}", hint="name a backup that `notegen backup` has made")
    look_over(copy, wait)
    _refuse_sound(path, wait)
    with closing(connect(copy, "ro", wait)) as source, _copied(source, path, wait) as made:
        aside = _set_aside(path)
        os.replace(made, path)
    sync_folder(path.parent)
    with open_ledger(path, create=False, wait=wait) as book, book.writing() as connection:
        connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('restored', ?)", (rows.stamp(now),))
    return aside


def _refuse_sound(path: Path, wait: float) -> None:
    if not os.path.lexists(path):
        return
    try:
        look_over(path, wait)
        with worded(path, wait), closing(connect(path, "ro", wait)) as connection:
            _examine(connection, path)
    except DamagedLedger:
        return
    raise NotegenError(
        f"{path} is sound: a backup in its place would forget what was recorded since",
        hint="move it away first if that is what you want",
    )


@contextmanager
def _copied(source: sqlite3.Connection, target: Path, wait: float) -> Iterator[Path]:
    """Make a checked copy in a folder beside the target, for the block to rename."""
    check_place(target)
    try:
        sweep(target)
        with beside(target) as folder:
            made = folder / target.name
            made.touch()
            with worded(target, wait):
                with closing(sqlite3.connect(made, isolation_level=None)) as copy:
                    source.backup(copy)
                with closing(unworded(made, "ro", wait)) as copy:
                    _examine(copy, target)
            with made.open("rb+") as stream:
                os.fsync(stream.fileno())
            yield made
    except OSError as error:
        raise UnwritableFile(
            f"cannot write {target}: {error.strerror or error}", hint="choose another folder"
        ) from None


def _examine(connection: sqlite3.Connection, path: Path) -> None:
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise DamagedLedger(path, str(found))


def _set_aside(path: Path) -> Path | None:
    """Give a damaged ledger another name, with its log: a log beside another file would be taken for that one's."""
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.name}.damaged-{number}")):
        number += 1
    if os.path.lexists(f"{path}-wal"):
        os.replace(f"{path}-wal", f"{aside}-wal")
    Path(f"{path}-shm").unlink(missing_ok=True)
    if not os.path.lexists(path):
        return None
    try:
        # At no moment there is no ledger: another process would begin an empty one, and print everything again.
        os.link(path, aside)
    except OSError:
        os.replace(path, aside)
    return aside

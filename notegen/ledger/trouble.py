"""What can go wrong with the ledger, in words: SQLite's errors never reach a person as they are.

NotegenError
├── DamagedLedger       not a database, another program's, or broken; never written to
├── NewerLedger         made by a notegen that knows more
├── BusyLedger          another process has been writing for too long
├── NoLedger            nothing was printed from this folder yet
├── Taken               cards that somebody has already
├── Suppressed          a card for somebody who asked to be forgotten
└── WrongState          what cannot follow what has happened
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from notegen.errors import NotegenError, UnwritableFile
from notegen.model.ledger import Claimed

RESTORE: Final = "nothing was changed; `notegen backup --restore FILE` puts a backup in its place and keeps this file"
_DAMAGE: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_BUSY: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_PLACE: Final = {
    sqlite3.SQLITE_READONLY: "nothing may be written there",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_IOERR: "the disk does not do what it is told",
    sqlite3.SQLITE_PERM: "it is not permitted",
}


_PERHAPS_FULL: Final = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
"""What SQLite says, too, when there is no room for the log or its index."""
_LITTLE: Final = 64 * 1024
"""Bytes that a disk has left when it counts as full: the log's index grows by 32 KiB, https://sqlite.org/walformat.html."""


class DamagedLedger(NotegenError):
    """A file in the ledger's place that is no ledger or a broken one; it was left as it is, byte for byte."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path} is damaged: {what}", hint=RESTORE)


class NewerLedger(NotegenError):
    """A ledger that a later notegen has made; this one would not know what it means."""


class BusyLedger(NotegenError):
    """Another process has kept the ledger for longer than anybody should wait."""


class NoLedger(NotegenError):
    """There is no ledger: nothing has been printed from this folder yet."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"nothing has been printed from this folder yet: there is no {path}",
            hint="name the shop with --shop DIR, or the file with --ledger FILE",
        )


class Taken(NotegenError):
    """Cards that cannot be claimed because somebody has them already; `claimed` says which, `total` how many."""

    def __init__(self, claimed: Sequence[Claimed], total: int) -> None:
        first = claimed[0]
        others = f" and {total - 1:,} more" if total > 1 else ""
        super().__init__(
            f"{first.name}'s card is {first.state} in run {first.run} already{others}; nothing was claimed",
            hint="run the batch again: it leaves them out",
        )
        self.claimed = tuple(claimed)
        self.total = total


class Suppressed(NotegenError):
    """A card for somebody who asked to be forgotten; `customers` are their keys."""

    def __init__(self, customers: Sequence[str]) -> None:
        others = f" and {len(customers) - 1:,} more" if len(customers) > 1 else ""
        super().__init__(
            f"{customers[0]}{others} asked to be forgotten; nothing was claimed",
            hint="run the batch again: it leaves them out",
        )
        self.customers = tuple(customers)


class WrongState(NotegenError):
    """Something that cannot follow what has happened to a card or a run, such as mailing what was never printed."""


class UnreadableRow(Exception):
    """A row with a state, a time or a number that is none; never leaves this package."""


@contextmanager
def worded(path: Path, waited: float) -> Iterator[None]:
    """Turn what SQLite raises in the block into words about the file; `waited` is the busy timeout in seconds."""
    try:
        yield
    except sqlite3.Error as error:
        raise _in_words(path, error, waited) from None
    except UnicodeDecodeError:
        # SQLite quotes a broken table in its message, and Python cannot read that.
        raise DamagedLedger(path, "what it says is no text") from None
    except UnicodeEncodeError as error:
        raise NotegenError(
            f"cannot write to {path}: {error.object[error.start : error.end]!r} is half a character",
            hint="put the text right where it comes from",
        ) from None
    except UnreadableRow as error:
        raise DamagedLedger(path, f"what it says cannot be read: {error}") from None


def busy(path: Path, waited: float, last: str | None) -> BusyLedger:
    """Return the words for a file that another process keeps; `last` is when something was last entered, if ever."""
    since = f" (the last it shows is of {last})" if last else ""
    return BusyLedger(
        f"another notegen has been writing to {path} for more than {waited:g} s{since}",
        hint="wait for it to end, or stop it: it leaves nothing half done",
    )


def _in_words(path: Path, error: sqlite3.Error, waited: float) -> NotegenError:
    # The low byte is the kind, the rest a variety of it: https://sqlite.org/rescode.html
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _DAMAGE or str(error).startswith("Could not decode"):
        return DamagedLedger(path, str(error))
    if code in _BUSY:
        return busy(path, waited, None)
    if code in _PLACE:
        what = _PLACE[sqlite3.SQLITE_FULL if code in _PERHAPS_FULL and _is_full(path) else code]
        return UnwritableFile(f"cannot write {path}: {what}", hint="nothing was recorded; put it right and do it again")
    return NotegenError(f"the ledger {path} could not do it: {error}", hint="`notegen verify` looks the file over")


def _is_full(path: Path) -> bool:
    """Return whether the disk that a file is on, or is to be on, has next to no room or no more files to give."""
    try:
        disk = os.statvfs(path.resolve().parent)
    except (OSError, AttributeError):  # Windows has none
        return False
    return disk.f_bavail * disk.f_frsize < _LITTLE or (disk.f_files > 0 and disk.f_favail == 0)

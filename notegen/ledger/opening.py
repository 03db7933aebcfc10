"""Opening the ledger: checked before it is touched, made whole or not at all, brought up to date step by step.

A new ledger is made under another name and gets its own by a link, which fails when somebody else was quicker. What is
in the ledger's place is first looked at without being able to write; only a sound ledger is opened for writing.
"""

from __future__ import annotations

import glob
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from types import TracebackType
from typing import Any, Final, Self

from notegen.errors import UnwritableFile
from notegen.files import check_place
from notegen.ledger.schema import APPLICATION, STEPS
from notegen.ledger.trouble import DamagedLedger, NewerLedger, NoLedger, UnreadableRow, busy, worded

FILE: Final = "notegen.db"
WAIT: Final = 60.0
"""Seconds to wait for another process that is writing; claiming 100,000 cards takes it about five."""
_MAGIC: Final = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger; close it, or use it in a `with` block. It belongs to the thread that opened it."""

    path: Path
    connection: sqlite3.Connection
    wait: float = WAIT

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        with worded(self.path, self.wait):
            self.connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Do all of the block or nothing of it, while nobody else writes; SQLite's errors come out in words."""
        with worded(self.path, self.wait):
            self._begin()
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                # A full disk has ended the transaction already.
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def _begin(self) -> None:
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            # Reading is free while another writes.
            (last,) = self.connection.execute("SELECT max(at) FROM events").fetchone()
            raise busy(self.path, self.wait, last) from None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read the ledger as it is at one moment, whatever others write meanwhile."""
        with worded(self.path, self.wait):
            ours = not self.connection.in_transaction
            if ours:
                self.connection.execute("BEGIN")
            try:
                yield self.connection
            finally:
                if ours and self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")


def kept_path(ledger: Path, path: Path) -> str:
    """Return a path as the ledger keeps it: from the ledger's folder when it is below it, whole otherwise."""
    whole, folder = path.resolve(), ledger.resolve().parent
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else str(whole)


def whole_path(ledger: Path, kept: str) -> Path:
    """Return the path of what `kept_path` gave."""
    return ledger.resolve().parent / kept


def open_ledger(path: Path, *, create: bool, wait: float = WAIT) -> Ledger:
    """Open a ledger to write in it; without `create` it must be there. An older one is brought up to date.

    Raises NoLedger, DamagedLedger, NewerLedger, BusyLedger, and UnwritableFile for a folder that is not there, that
    nobody may write in, or a full disk.
    """
    if not os.path.lexists(path):
        if not create:
            raise NoLedger(path)
        _make(path, wait)
    sweep(path)
    look_over(path, wait)
    if not _writable(path):
        raise UnwritableFile(f"cannot write {path}: nothing may be written there", hint="nothing was recorded")
    ledger = Ledger(path, connect(path, "rw", wait), wait)
    try:
        _update(ledger)
    except BaseException:
        ledger.connection.close()
        raise
    return ledger


def read_ledger(path: Path, *, wait: float = WAIT) -> Ledger:
    """Open a ledger to look at it; nothing is made or changed. Raises NoLedger, DamagedLedger and NewerLedger."""
    if not os.path.lexists(path):
        raise NoLedger(path)
    version = look_over(path, wait)
    if version < len(STEPS):
        # It can be read once it is as the code expects it; only its owner can do that.
        open_ledger(path, create=False, wait=wait).close()
    # Who could write lets the log go when it is closed; a reader leaves it, empty, beside the file.
    mode = "rw" if _writable(path) else "ro"
    ledger = Ledger(path, connect(path, mode, wait), wait)
    ledger.connection.execute("PRAGMA query_only = ON")
    return ledger


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)


def connect(path: Path, mode: str, wait: float) -> sqlite3.Connection:
    """Connect to a file in SQLite's mode "rw" or "ro", with all that a ledger's connections have; makes no file."""
    with worded(path, wait):
        return unworded(path, mode, wait)


def unworded(path: Path, mode: str, wait: float) -> sqlite3.Connection:
    """Connect as `connect` does, for a file that no message should name. Raises sqlite3.Error."""
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    # A folder that cannot be written to has no room for the log's index; nobody can be writing there either.
    if mode == "ro" and not os.access(path.resolve().parent, os.W_OK) and not Path(f"{path.resolve()}-wal").exists():
        uri += "&immutable=1"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=wait)
    try:
        connection.row_factory = _sound
        connection.create_function("folded", 1, str.casefold, deterministic=True)
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON", "fullfsync = ON"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _sound(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a row as it is. Raises UnreadableRow for bytes anywhere but in a seal: no other cell ever holds any."""
    if bytes in map(type, row):
        for name, value in zip((one[0] for one in cursor.description), row, strict=True):
            if isinstance(value, bytes) and name != "seal":
                raise UnreadableRow(f"{name} is no text")
    return row


def _make(path: Path, wait: float) -> None:
    check_place(path)
    # In this order: another process that makes one gives it its name before it has a log.
    if os.path.lexists(f"{path}-wal") and not os.path.lexists(path):
        raise DamagedLedger(path, "it is not there, but its log is")
    try:
        with beside(path) as folder:
            made = folder / path.name
            made.touch()
            with worded(path, wait), closing(unworded(made, "rw", wait)) as connection:
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
                _step(connection, 0)
                # The log comes last and empty: what it held would stay behind, unsaid, if the disk were full now.
                connection.execute("PRAGMA journal_mode = WAL")
            with suppress(FileExistsError):
                os.link(made, path)
    except OSError as error:
        raise UnwritableFile(f"cannot write {path}: {error.strerror or error}", hint="choose another folder") from None
    sync_folder(path.parent)


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Make a folder beside a path that goes when the block ends; its lock is held meanwhile."""
    prefix, suffix = f".{path.name}.", ".part"
    if os.name == "nt":
        with TemporaryDirectory(prefix=prefix, suffix=suffix, dir=path.parent) as name:
            yield Path(name)
        return
    while True:
        folder = Path(mkdtemp(prefix=prefix, suffix=suffix, dir=path.parent))
        handle = _held(folder)
        if handle is not None and folder.is_dir():
            break
        if handle is not None:
            os.close(handle)  # somebody swept before it was locked
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def sweep(path: Path) -> None:
    """Remove what processes that were killed while they made a ledger have left beside it."""
    if os.name == "nt":
        return
    for left in path.parent.glob(f"{glob.escape(f'.{path.name}.')}*.part"):
        handle = _held(left)
        if handle is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(handle)


def _held(folder: Path) -> int | None:
    """Take the lock of a folder and return its handle; None when another process has it, or it is gone."""
    import fcntl

    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    except OSError:
        pass  # a system without locks
    return handle


def sync_folder(folder: Path) -> None:
    """See to it that the names in a folder survive a power cut; systems that cannot are let be."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def look_over(path: Path, wait: float) -> int:
    """Return the version of a sound ledger; raise for anything else, without having been able to change it."""
    try:
        with path.open("rb") as stream:
            head = stream.read(100)
    except OSError as error:
        raise UnwritableFile(f"{path} cannot be read: {error.strerror or error}", hint="name a file") from None
    if head[:16] != _MAGIC or len(head) < 100:
        raise DamagedLedger(path, "it is empty" if not head else "it is no database")
    with worded(path, wait), closing(connect(path, "ro", wait)) as connection:
        if _number(connection, "application_id") != APPLICATION:
            raise DamagedLedger(path, "it is a database of another program")
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise DamagedLedger(path, str(found))
        version = _number(connection, "user_version")
    if version > len(STEPS):
        raise NewerLedger(
            f"{path} was made by a newer notegen (version {version} of the ledger; this one knows {len(STEPS)})",
            hint="use the newer notegen; nothing was changed",
        )
    if version < 1:
        raise DamagedLedger(path, "it has no tables")
    return version


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _update(ledger: Ledger) -> None:
    while (version := _number(ledger.connection, "user_version")) < len(STEPS):
        with worded(ledger.path, ledger.wait):
            _step(ledger.connection, version)


def _step(connection: sqlite3.Connection, version: int) -> None:
    """Do the step that follows a version, unless another process has just done it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _number(connection, "user_version") == version:
            # executescript would commit what is open.
            for statement in _statements(STEPS[version]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version + 1}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""

"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import glob
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from notegen.errors import UnwritableFile
from notegen.files import remote


def check_place(place: Path | str) -> None:
    """Raise UnwritableFile where no file can be: something else has the name, or the folder is not there."""
    if isinstance(place, str) and remote.is_remote(place):
        remote.check(place)
        return
    path = remote.local(place)
    if path.exists() and not path.is_file():
        what = "a folder" if path.is_dir() else "no ordinary file"
        raise UnwritableFile(f"cannot write {path}: it is {what}", hint="name a file")
    if not path.parent.is_dir():
        raise UnwritableFile(f"cannot write {path}: there is no folder {path.parent}", hint="make it first")
    if not os.access(path.parent, os.W_OK):
        raise UnwritableFile(
            f"cannot write {path}: nothing may be written in {path.parent}", hint="choose another folder"
        )


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Finished files that are to get their names together: those of this machine, by name, and those elsewhere."""

    here: dict[Path, Path]
    sent: list[remote.Sent]
    held: list[int]


_WAITING: ContextVar[_Waiting | None] = ContextVar("waiting", default=None)
"""What waits for its name; None where each file gets its own at once."""


@contextmanager
def together(known: Callable[[Mapping[Path, Path]], None] | None = None) -> Iterator[None]:
    """Give all files that are written in the block their names when it ends well, and none of them when it does not.

    By then all are whole on the disk and synced, and their folders are synced after the last has its name; only a
    folder or another system that fails in that moment can part them. `known` is told, before any has its name, where
    each file of this machine is meanwhile; when it raises, none gets one.
    """
    waiting = _Waiting({}, [], [])
    token = _WAITING.set(waiting)
    try:
        yield
        if known is not None:
            known(waiting.here)
        for path, temporary in waiting.here.items():
            _name(temporary, path)
        for folder in dict.fromkeys(path.parent for path in waiting.here):
            sync_folder(folder)
        for one in waiting.sent:
            one.settle()
    finally:
        _WAITING.reset(token)
        for temporary in waiting.here.values():
            temporary.unlink(missing_ok=True)
        for handle in waiting.held:
            os.close(handle)
        for one in waiting.sent:
            one.drop()


@contextmanager
def replacing(place: Path | str, approve: Callable[[Path], None] | None = None) -> Iterator[BinaryIO]:
    """Open a temporary file beside `place` that takes its place when the block ends well, else vanishes.

    `approve` is shown the finished temporary file; when it raises, the file vanishes too. A link keeps pointing to
    where it points, and a file that is replaced keeps its permissions. The file is synced before it gets its name and
    its folder after that, so a power cut leaves the old file or the new one. Raises UnwritableFile when the folder is
    missing or not permitted, when something other than a file has that name, or when the disk is full.

    A URL is written on this machine first, and sent when it is whole, under another name and then moved. Where the file
    system cannot move at once, as on S3 and other object stores, which copy and then delete, a reader may for a moment
    see two files, and one that is not done when the machine stops leaves a `.part` behind, but never half a file.
    """
    if isinstance(place, str) and remote.is_remote(place):
        with _sent(place, approve) as stream:
            yield stream
        return
    path = remote.local(place)
    path = path.resolve() if path.is_symlink() else path
    check_place(path)
    # Who may read a file of customers stays as it was.
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    try:
        handle, temporary, held = _beside(path)
    except OSError as error:
        raise UnwritableFile(f"cannot write {path}: {error.strerror or error}", hint="choose another folder") from None
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.chmod(temporary, mode)
            os.fsync(stream.fileno())
        if approve is not None:
            approve(temporary)
        held = _settle(temporary, path, held)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UnwritableFile(f"cannot write {path}: {error.strerror or error}") from None
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    finally:
        if held is not None:
            os.close(held)


def _beside(path: Path) -> tuple[int, Path, int | None]:
    """Make a temporary file beside a path, once those that killed processes have left there are gone.

    Returns a handle to write with, the file, and a second handle that holds its lock until it has its name.
    """
    if os.name == "nt":
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        return handle, Path(name), None
    import fcntl

    for left in path.parent.glob(f".{glob.escape(path.name)}.*.part"):
        _sweep(left)
    while True:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        with suppress(OSError):  # a system without locks keeps what is left
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(handle).st_nlink:
            return handle, Path(name), os.dup(handle)
        os.close(handle)  # somebody swept before it was locked


def _sweep(left: Path) -> None:
    """Remove a temporary file that nobody writes any more."""
    import fcntl

    with suppress(OSError), left.open("rb") as stream:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        left.unlink(missing_ok=True)


def is_at_work(left: Path) -> bool:
    """Return whether a process is at work on a temporary file or in a temporary folder: it holds its lock.

    On Windows nobody can tell, and nobody is.
    """
    if os.name == "nt":
        return False
    import fcntl

    try:
        handle = os.open(left, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        pass  # a system without locks
    finally:
        os.close(handle)
    return False


def _settle(temporary: Path, path: Path, held: int | None) -> int | None:
    """Give a file its name, or let it wait for the others; return the handle that is to be closed now."""
    waiting = _WAITING.get()
    if waiting is not None:
        waiting.here[path] = temporary
        if held is not None:
            waiting.held.append(held)
        return None
    _name(temporary, path)
    sync_folder(path.parent)
    return held


def _name(temporary: Path, path: Path) -> None:
    try:
        os.replace(temporary, path)
    except OSError as error:
        raise UnwritableFile(f"cannot write {path}: {error.strerror or error}") from None


def sync_folder(folder: Path) -> None:
    """Make names safe from a power cut, where the system can: a folder cannot be opened everywhere."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno in _LOST:
            raise UnwritableFile(f"cannot write in {folder}: {error.strerror or error}") from None
    finally:
        os.close(handle)


_LOST: Final = frozenset((errno.EIO, errno.ENOSPC, errno.EDQUOT))
"""What a disk says when a name may be lost in a power cut; by other answers the system never syncs folders."""


@contextmanager
def _sent(url: str, approve: Callable[[Path], None] | None) -> Iterator[BinaryIO]:
    remote.check(url)
    try:
        with tempfile.TemporaryDirectory(prefix="notegen-") as folder:
            whole = Path(folder) / "whole"
            with whole.open("wb") as stream:
                yield stream
            if approve is not None:
                approve(whole)
            one = remote.send(whole, url)
    except OSError as error:
        raise UnwritableFile(f"cannot write {url}: {error.strerror or error}") from None
    waiting = _WAITING.get()
    if waiting is not None:
        waiting.sent.append(one)
        return
    try:
        one.settle()
    finally:
        one.drop()


def write_bytes(place: Path | str, data: bytes) -> None:
    """Write a whole file or nothing."""
    with replacing(place) as stream:
        stream.write(data)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import BinaryIO

from notegen.errors import UnwritableFile


def check_place(path: Path) -> None:
    """Raise UnwritableFile where no file can be: something else has the name, or the folder is not there."""
    if path.exists() and not path.is_file():
        what = "a folder" if path.is_dir() else "no ordinary file"
        raise UnwritableFile(f"cannot write {path}: it is {what}", hint="name a file")
    if not path.parent.is_dir():
        raise UnwritableFile(f"cannot write {path}: there is no folder {path.parent}", hint="make it first")
    if not os.access(path.parent, os.W_OK):
        raise UnwritableFile(
            f"cannot write {path}: nothing may be written in {path.parent}", hint="choose another folder"
        )


_WAITING: ContextVar[dict[Path, Path] | None] = ContextVar("waiting", default=None)
"""Finished files that are to get their names together, by name; None where each gets its own at once."""


@contextmanager
def together(known: Callable[[Mapping[Path, Path]], None] | None = None) -> Iterator[None]:
    """Give all files that are written in the block their names when it ends well, and none of them when it does not.

    By then all are whole on the disk; only a folder that changes in the same moment can part them. `known` is told,
    before any has its name, where each is meanwhile; when it raises, none gets one.
    """
    waiting: dict[Path, Path] = {}
    token = _WAITING.set(waiting)
    try:
        yield
        if known is not None:
            known(waiting)
        for path, temporary in waiting.items():
            try:
                os.replace(temporary, path)
            except OSError as error:
                raise UnwritableFile(f"cannot write {path}: {error.strerror or error}") from None
    finally:
        _WAITING.reset(token)
        for temporary in waiting.values():
            temporary.unlink(missing_ok=True)


@contextmanager
def replacing(path: Path, approve: Callable[[Path], None] | None = None) -> Iterator[BinaryIO]:
    """Open a temporary file beside `path` that takes its place when the block ends well, and vanishes when it does not.

    `approve` is shown the finished temporary file; when it raises, the file vanishes too. A link keeps pointing to
    where it points, and a file that is replaced keeps its permissions. Raises UnwritableFile when the folder is missing
    or not permitted, when something other than a file has that name, or when the disk is full.
    """
    path = path.resolve() if path.is_symlink() else path
    check_place(path)
    # Who may read a file of customers stays as it was.
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise UnwritableFile(f"cannot write {path}: {error.strerror or error}", hint="choose another folder") from None
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if approve is not None:
            approve(Path(temporary))
        os.chmod(temporary, mode)
        waiting = _WAITING.get()
        if waiting is None:
            os.replace(temporary, path)
        else:
            waiting[path] = Path(temporary)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise UnwritableFile(f"cannot write {path}: {error.strerror or error}") from None
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_bytes(path: Path, data: bytes) -> None:
    """Write a whole file or nothing."""
    with replacing(path) as stream:
        stream.write(data)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

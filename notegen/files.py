"""Reading text files, and writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from notegen.errors import UnreadableFile, UnwritableFile
from notegen.model.source import Source

LARGEST = 64 * 1024 * 1024
"""Bytes beyond which a text file is refused: no facts file or letter is that long."""


def read_source(path: Path, name: str | None = None) -> Source:
    """Read a UTF-8 text file; a byte-order mark is dropped and every line end becomes a line feed.

    Raises UnreadableFile for what is missing, a folder, not permitted, too large, binary or not UTF-8.
    """
    shown = name or str(path)
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(f"{shown} is larger than {LARGEST // 1024**2} MiB", hint="split it into several files")
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(f"there is no file {shown}") from None
    except IsADirectoryError:
        raise UnreadableFile(f"{shown} is a folder, not a file") from None
    except OSError as error:
        raise UnreadableFile(f"{shown} cannot be read: {error.strerror or error}") from None
    return Source(shown, decode(data, shown))


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8 (UTF-16 when it begins with a byte-order mark) and normalise line ends."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(
            f"{name} is not UTF-8 text: byte 0x{data[error.start]:02x} in line {line}", hint="save it as UTF-8"
        ) from None
    if "\0" in text:
        raise UnreadableFile(f"{name} is a binary file, not text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


@contextmanager
def replacing(path: Path, approve: Callable[[Path], None] | None = None) -> Iterator[BinaryIO]:
    """Open a temporary file beside `path` that takes its place when the block ends well, and vanishes when it does not.

    `approve` is shown the finished temporary file; when it raises, the file vanishes too. A link keeps pointing to
    where it points, and a file that is replaced keeps its permissions. Raises UnwritableFile when the folder is missing
    or not permitted, when something other than a file has that name, or when the disk is full.
    """
    path = path.resolve() if path.is_symlink() else path
    if path.exists() and not path.is_file():
        what = "a folder" if path.is_dir() else "no ordinary file"
        raise UnwritableFile(f"cannot write {path}: it is {what}", hint="name a file")
    if not path.parent.is_dir():
        raise UnwritableFile(f"cannot write {path}: there is no folder {path.parent}", hint="make it first")
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
        os.replace(temporary, path)
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

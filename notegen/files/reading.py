"""Text files, read whole or in chunks, with the same words about what is wrong with them."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from notegen.errors import UnreadableFile
from notegen.files import remote
from notegen.model.source import Source

LARGEST: Final = 64 * 1024 * 1024
"""Bytes beyond which a text file is refused when it is read whole: no letter is that long."""

WRITTEN: Final = 32 * 1024
"""Bytes beyond which a template or a letter is refused: a card holds about 1,000 characters, and rules compare each
sentence with the others."""

CHUNK: Final = 256 * 1024
"""Bytes that are read at a time from a file of any length."""


def read_source(path: Path | str, name: str | None = None) -> Source:
    """Read a UTF-8 text file; a byte-order mark is dropped and every line end becomes a line feed.

    Raises UnreadableFile for what is missing, a folder, not permitted, too large, binary or not UTF-8.
    """
    shown = name or str(path)
    return Source(shown, decode(read_bytes(path, LARGEST, name=shown, large="split it into several files"), shown))


def read_written(path: Path | str, name: str | None = None) -> Source:
    """Read a template or a letter, as read_source does; raises UnreadableFile for more than WRITTEN bytes, too."""
    shown = name or str(path)
    large = "no card holds so many words: take the letter or the template alone"
    return Source(shown, decode(read_bytes(path, WRITTEN, name=shown, large=large), shown))


def read_bytes(path: Path | str, largest: int, *, name: str | None = None, kind: str = "a file", large: str) -> bytes:
    """Read a file of at most `largest` bytes, named by its path or a URL.

    `kind` and `large` say what is wanted and what to do with more. What never ends, such as a device, is read no
    further than that. Raises UnreadableFile for what is missing, a folder, not permitted or too large.
    """
    shown = name or str(path)
    with _opened(path, shown, kind) as stream:
        data = stream.read(largest + 1) if stream.size() <= largest else None
    if data is None or len(data) > largest:
        most = f"{largest // 1024**2:,} MiB" if largest >= 1024**2 else f"{largest // 1024:,} KiB"
        raise UnreadableFile(f"{shown} is larger than {most}", hint=large)
    return data


def digest(path: Path | str) -> str:
    """Return the SHA-256 of a file of any length, named by its path or a URL, in hexadecimal. Raises UnreadableFile."""
    made = sha256()
    with _opened(path, str(path), "a file") as stream:
        for data in iter(lambda: stream.read(CHUNK), b""):
            made.update(data)
    return made.hexdigest()


def read_text(path: Path | str, name: str | None = None) -> Iterator[str]:
    """Yield the text of a file of any length, named by its path or a URL, in chunks, as `read_source` has it whole.

    Raises UnreadableFile as that does, but for the length: for bytes that are no text when they are reached, and at
    the end for a file that was written to while it was read.
    """
    shown = name or str(path)
    with _opened(path, shown, "a file") as stream:
        before = stream.state()
        yield from _decoded(iter(lambda: stream.read(CHUNK), b""), shown)
        if stream.state() != before:
            raise UnreadableFile(
                f"{shown} was changed while it was read", hint="wait until it is written, and read again"
            )


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8 (UTF-16 when it begins with a byte-order mark) and normalise line ends."""
    return "".join(_decoded((data,), name))


@dataclass(frozen=True, slots=True)
class _File:
    """A file of this machine that is being read; see remote.Incoming."""

    stream: BinaryIO

    def read(self, most: int) -> bytes:
        return self.stream.read(most)

    def size(self) -> int:
        return os.fstat(self.stream.fileno()).st_size

    def state(self) -> object:
        now = os.fstat(self.stream.fileno())
        return now.st_size, now.st_mtime_ns


@contextmanager
def _opened(path: Path | str, shown: str, kind: str) -> Iterator[_File | remote.Incoming]:
    if isinstance(path, str) and remote.is_remote(path):
        with remote.incoming(path, shown) as incoming:
            yield incoming
        return
    try:
        with remote.local(path).open("rb") as stream:
            yield _File(stream)
    except FileNotFoundError:
        raise UnreadableFile(f"there is no file {shown}") from None
    except IsADirectoryError:
        raise UnreadableFile(f"{shown} is a folder, not {kind}") from None
    except UnicodeError:
        raise
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"{shown} cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _decoded(chunks: Iterable[bytes], name: str) -> Iterator[str]:
    """Yield text from bytes that are cut anywhere; a carriage return waits for the line feed that may follow it."""
    reader: codecs.IncrementalDecoder | None = None
    lines, waiting, begun = 1, "", b""
    for chunk in chunks:
        begun += chunk
        if reader is None and len(begun) < 2:
            continue  # a byte-order mark of UTF-16 has two bytes
        reader = reader or _decoder(begun)
        text = waiting + _next(reader, begun, lines, name)
        lines += begun.count(b"\n")
        begun = b""
        waiting = "\r" if text.endswith("\r") else ""
        yield _lines(text.removesuffix(waiting) if waiting else text)
    last = _next(reader or _decoder(begun), begun, lines, name, final=True)
    yield _lines(waiting + last)


def _decoder(begun: bytes) -> codecs.IncrementalDecoder:
    wide = begun[:2] in (b"\xff\xfe", b"\xfe\xff")
    return codecs.getincrementaldecoder("utf-16" if wide else "utf-8-sig")()


def _next(reader: codecs.IncrementalDecoder, chunk: bytes, lines: int, name: str, *, final: bool = False) -> str:
    try:
        text = reader.decode(chunk, final)
    except UnicodeDecodeError as error:
        # What the decoder holds back from the chunk before is less than a character, and has no line end in it.
        line = lines + error.object.count(b"\n", 0, error.start)
        raise UnreadableFile(
            f"{name} is not UTF-8 text: byte 0x{error.object[error.start]:02x} in line {line}", hint="save it as UTF-8"
        ) from None
    if "\0" in text:
        raise UnreadableFile(f"{name} is a binary file, not text")
    return text


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

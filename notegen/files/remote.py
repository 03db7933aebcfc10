"""Files that are named by a URL, on whatever file system fsspec knows; the only home of fsspec.

`file://` URLs are paths and need no fsspec. What else is wanted (s3fs, gcsfs, adlfs, ...) fsspec says itself.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from notegen.errors import NotegenError, UnreadableFile, UnwritableFile

_T = TypeVar("_T")
_FILE: Final = "file://"


def is_remote(place: Path | str) -> bool:
    """Return whether a place is a URL of anything but a file of this machine; a Path never is."""
    return isinstance(place, str) and "://" in place and not place.startswith(_FILE)


def local(place: Path | str) -> Path:
    """Return the path of a place on this machine; a `file://` before it is taken off."""
    return Path(place.removeprefix(_FILE)) if isinstance(place, str) else place


@dataclass(frozen=True, slots=True)
class Incoming:
    """A remote file that is being read, under the name that messages call it."""

    shown: str
    system: Any
    path: str
    stream: Any

    def read(self, most: int) -> bytes:
        """Return at most so many bytes, and none at the end."""
        return bytes(_tried(UnreadableFile, f"{self.shown} cannot be read", lambda: self.stream.read(most)))

    def size(self) -> int:
        """Return the bytes of the file, 0 when the system does not say."""
        return int(_tried(UnreadableFile, f"{self.shown} cannot be read", lambda: self.system.size(self.path)) or 0)

    def state(self) -> object:
        """Return what is another when the file has changed: what the system tells of it."""
        self.system.invalidate_cache()
        return _tried(UnreadableFile, f"{self.shown} cannot be read", lambda: self.system.ukey(self.path))


@contextmanager
def incoming(url: str, shown: str) -> Iterator[Incoming]:
    """Open a URL for reading. Raises UnreadableFile, or NotegenError where fsspec or one of its parts is missing."""
    system, path = _found(url)
    failed = f"{shown} cannot be read"
    if _tried(UnreadableFile, failed, lambda: system.isdir(path)):
        raise UnreadableFile(f"{shown} is a folder, not a file")
    try:
        stream = _tried(UnreadableFile, failed, lambda: system.open(path, "rb"), FileNotFoundError)
    except FileNotFoundError:
        raise UnreadableFile(f"there is no file {shown}") from None
    try:
        yield Incoming(shown, system, path, stream)
    finally:
        stream.close()


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that is whole at its destination, under another name beside its own."""

    url: str
    system: Any
    temporary: str
    path: str

    def settle(self) -> None:
        """Give it its name, in place of what had it."""
        _tried(UnwritableFile, f"cannot write {self.url}", lambda: self.system.mv(self.temporary, self.path))

    def drop(self) -> None:
        """Take it away if it has no name yet, as well as can be."""
        with suppress(Exception):
            if self.system.exists(self.temporary):
                self.system.rm_file(self.temporary)


def send(whole: Path, url: str) -> Sent:
    """Copy a finished file of this machine beside the place that a URL names. Raises UnwritableFile."""
    system, path = _found(url)
    folder, _, name = path.rpartition("/")
    temporary = f"{folder}/.{name}.{secrets.token_hex(4)}.part".removeprefix("" if folder else "/")
    sent = Sent(url, system, temporary, path)
    try:
        _tried(UnwritableFile, f"cannot write {url}", lambda: system.put_file(str(whole), temporary))
    except BaseException:
        sent.drop()
        raise
    return sent


def check(url: str) -> None:
    """Raise NotegenError where nothing can be written to a URL as far as can be told without trying."""
    system, path = _found(url)
    if _tried(UnwritableFile, f"cannot write {url}", lambda: system.isdir(path)):
        raise UnwritableFile(f"cannot write {url}: it is a folder", hint="name a file")


def _found(url: str) -> tuple[Any, str]:
    """Return the file system of a URL and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise NotegenError(
            f"{url} is opened by fsspec, which is not installed", hint="pip install 'notegen-cards[dask]'"
        ) from None
    try:
        system, path = url_to_fs(url)
    except ImportError as error:
        raise NotegenError(f"{url} cannot be opened: {error}", hint="install what fsspec asks for") from None
    except Exception as error:
        raise NotegenError(f"{url} cannot be opened: {_said(error)}", hint="look at the beginning of the URL") from None
    return system, str(path)


def _tried(kind: type[NotegenError], failed: str, act: Callable[[], _T], *but: type[Exception]) -> _T:
    """Return what a file system answers; each has exceptions of its own, and all mean that it did not work."""
    try:
        return act()
    except but:
        raise
    except Exception as error:
        raise kind(f"{failed}: {_said(error)}") from None


def _said(error: Exception) -> str:
    return getattr(error, "strerror", None) or " ".join(str(error).split()) or type(error).__name__

"""Findings on disk, one file for each unit of work: read back as they were, and harmless when lost or damaged.

A file is named by the digest of all that its findings depend on, begins with a digest of what it holds, and is written
beside its place and renamed, so several processes may share a folder. Beyond LARGEST the files unused longest go.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final

from notegen.errors import NotegenError
from notegen.files import write_bytes
from notegen.pipeline.judged import Judged, packed, unpacked
from notegen.resources import cache_folder

LARGEST: Final = 64 * 1024 * 1024
"""Bytes that the folder may hold."""
_TROUBLE: Final = (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError)


def folder() -> Path:
    """Return the folder that findings are kept in."""
    return cache_folder() / "lint"


@dataclass(slots=True)
class Store:
    """Findings by key; `place` is None when nothing is to be kept."""

    place: Path | None
    written: int = field(default=0)

    def get(self, key: str | None) -> Judged | None:
        """Return what was kept under a key, or None when there is nothing that is sound."""
        tree = self.tree(key)
        try:
            return unpacked(tree) if tree is not None else None
        except _TROUBLE:
            return None

    def put(self, key: str | None, judged: Judged) -> None:
        """Keep the findings of a unit."""
        self.put_tree(key, lambda: packed(judged))

    def tree(self, key: str | None) -> Any:
        """Return the JSON that was kept under a key, or None."""
        if self.place is None or key is None:
            return None
        path = self.place / f"{key}.json"
        try:
            digest, _, data = path.read_bytes().partition(b"\n")
            if digest.decode() != _sum(data):
                return None
            os.utime(path)
            return json.loads(data)
        except _TROUBLE:
            return None

    def put_tree(self, key: str | None, make: Callable[[], Any]) -> None:
        """Keep JSON; when it cannot be written, the next run makes it again."""
        if self.place is None or key is None:
            return
        try:
            data = json.dumps(make(), separators=(",", ":")).encode()
            self.place.mkdir(parents=True, exist_ok=True)
            write_bytes(self.place / f"{key}.json", _sum(data).encode() + b"\n" + data)
            self.written += 1
        except (OSError, NotegenError):
            self.place = None

    def prune(self, largest: int = LARGEST) -> None:
        """Remove the files unused longest until the rest is small enough, if this run wrote any.

        What another run has removed meanwhile is passed over.
        """
        if self.place is None or not self.written:
            return
        try:
            kept = sorted(_stamped(self.place))
            size = sum(bytes_ for _, bytes_, _ in kept)
            for _, bytes_, path in kept:
                if size <= largest:
                    break
                Path(path).unlink(missing_ok=True)
                size -= bytes_
        except OSError:
            return


def clear() -> int:
    """Remove all findings that are kept: they quote the facts they are about. Return how many files went."""
    place, gone = folder(), 0
    if place.is_dir():
        for path in place.iterdir():
            if path.is_file():
                path.unlink(missing_ok=True)
                gone += 1
    return gone


def _stamped(place: Path) -> Iterator[tuple[int, int, str]]:
    """Yield when each file was used last, its size and its path."""
    with os.scandir(place) as entries:
        for one in entries:
            with suppress(FileNotFoundError):
                found = one.stat()
                if S_ISREG(found.st_mode):
                    yield found.st_mtime_ns, found.st_size, one.path


def _sum(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()

"""Findings on disk, one file for each unit of work: read back as they were, and harmless when lost or damaged.

A file is named by the digest of all that its findings depend on, begins with a digest of what it holds, and is written
beside its place and renamed, so several processes may share a folder. Beyond LARGEST the files unused longest go.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
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
        """Remove the files unused longest until the rest is small enough, if this run wrote any."""
        if self.place is None or not self.written:
            return
        try:
            kept = [(one.stat().st_mtime_ns, one.stat().st_size, one.path) for one in os.scandir(self.place)]
            size = sum(one[1] for one in kept)
            for _, bytes_, path in sorted(kept):
                if size <= largest:
                    break
                os.unlink(path)
                size -= bytes_
        except OSError:
            return


def _sum(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()

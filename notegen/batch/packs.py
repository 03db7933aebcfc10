"""Packs: what became of each gang, on disk until the batch is printed, so that a run that was stopped goes on.

A pack is a file of two parts, the customers and their cards, each with its length and a digest, and says what it was
made with. One that is not whole, or that was made with something else, is as good as none, and its gang is done again.
What is read is not trusted to be more than data: nothing but the value types that packs are made of is ever built from
it.
"""

from __future__ import annotations

import io
import os
import pickle
import struct
from collections import OrderedDict
from contextlib import suppress
from dataclasses import is_dataclass, replace
from enum import Enum
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from notegen.errors import NotegenError, UnwritableFile
from notegen.facts.gangs import Gang
from notegen.model.drawn import Drawn
from notegen.pipeline.done import Done

MAGIC: Final = b"notegen pack 2\n"
_HEAD: Final = struct.Struct("<QQ16s16s16s")
_DIGEST: Final = 16

AT_HAND: Final = 12
"""Packs whose cards are kept in memory: a sheet of cut stacks takes its cards from as many places as it has slots."""

_PACKAGES: Final = ("notegen.model.", "notegen.facts.", "notegen.lint.", "notegen.pipeline.done")
_NAMES: Final = {
    ("array", "array"),
    ("array", "_array_reconstructor"),
    ("builtins", "frozenset"),
    ("datetime", "date"),
    ("pathlib", "PosixPath"),
    ("pathlib", "WindowsPath"),
    ("pathlib", "PurePosixPath"),
    ("copyreg", "_reconstructor"),
    ("builtins", "object"),
    ("numpy", "ndarray"),
    ("numpy", "dtype"),
    ("numpy.core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy.core.numeric", "_frombuffer"),
    ("numpy._core.numeric", "_frombuffer"),
}
_TROUBLE: Final = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, ImportError,
                   struct.error, pickle.UnpicklingError, MemoryError, RecursionError)  # fmt: skip


class _Reader(pickle.Unpickler):
    """Builds values of ours and of what they hold, and calls nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class that packs hold; raises UnpicklingError for any other thing."""
        if (module, name) in _NAMES:
            return super().find_class(module, name)
        if module.startswith(_PACKAGES) and "." not in name:
            found = super().find_class(module, name)
            if is_dataclass(found) or (isinstance(found, type) and issubclass(found, (tuple, Enum))):
                return found
        raise pickle.UnpicklingError(f"a pack holds no {module}.{name}")


class Packs:
    """The packs in one folder, by the numbers of their gangs; the customers of a pack, or its cards, when asked for.

    `of` says what all packs are made with besides their gangs' facts, in a text of any length; a pack that was made
    with something else is not read.
    """

    def __init__(self, folder: Path, of: str = "") -> None:
        self.folder = folder
        self._of = _sum(of.encode("utf-8", "surrogatepass"))
        self._cards: OrderedDict[int, tuple[Drawn, ...]] = OrderedDict()

    def path(self, number: int) -> Path:
        """Return where the pack of a gang is."""
        return self.folder / f"{number:06}.pack"

    def write(self, gang: Gang, done: Done) -> None:
        """Keep what became of a gang; a pack that was there before is replaced.

        Nothing is synced: a pack that a power cut takes away is made again. Raises UnwritableFile.
        """
        first = pickle.dumps((gang, replace(done, cards=())), protocol=5)
        second = pickle.dumps(done.cards, protocol=5)
        path = self.path(done.number)
        beside = path.with_suffix(".part")
        try:
            self.folder.mkdir(exist_ok=True)
            with beside.open("wb") as stream:
                stream.write(MAGIC + _HEAD.pack(len(first), len(second), _sum(first), _sum(second), self._of))
                stream.write(first)
                stream.write(second)
            os.replace(beside, path)
        except OSError as error:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            said = error.strerror or error
            raise UnwritableFile(f"cannot write {path}: {said}", hint="nothing was printed") from None
        self._cards.pop(done.number, None)

    def people(self, number: int) -> tuple[Gang, Done] | None:
        """Return a gang and its customers, without their cards; None when there is no whole pack."""
        try:
            with self.path(number).open("rb") as stream:
                first, second, digest, _ = _head(stream, self._of)
                data = stream.read(first)
                if _sum(data) != digest or os.fstat(stream.fileno()).st_size != stream.tell() + second:
                    return None
            read = _Reader(io.BytesIO(data)).load()
        except _TROUBLE:
            return None
        return read if _is_of(read, (Gang, Done)) else None

    def cards(self, number: int) -> tuple[Drawn, ...] | None:
        """Return the cards of a gang; None when there is no whole pack."""
        if number in self._cards:
            self._cards.move_to_end(number)
            return self._cards[number]
        try:
            with self.path(number).open("rb") as stream:
                first, second, _, digest = _head(stream, self._of)
                stream.seek(first, os.SEEK_CUR)
                data = stream.read(second)
            if _sum(data) != digest:
                return None
            cards = _Reader(io.BytesIO(data)).load()
        except _TROUBLE:
            return None
        if not isinstance(cards, tuple) or not _is_of(cards, (Drawn,) * len(cards)):
            return None
        self._cards[number] = cards
        while len(self._cards) > AT_HAND:
            self._cards.popitem(last=False)
        return cards

    @property
    def are_some(self) -> bool:
        """Whether any gang has a pack."""
        return any(self.folder.glob("*.pack"))

    def remove(self) -> None:
        """Remove all packs and, if nothing else is in it, their folder."""
        for path in [*self.folder.glob("*.pack"), *self.folder.glob("*.part")]:
            path.unlink(missing_ok=True)
        with suppress(OSError):
            self.folder.rmdir()


def _head(stream: Any, wanted: bytes) -> tuple[int, int, bytes, bytes]:
    """Read what a pack begins with. Raises ValueError for a file that is no pack, or none of what is wanted."""
    if stream.read(len(MAGIC)) != MAGIC:
        raise ValueError("no pack")
    first, second, digest, other, of = _HEAD.unpack(stream.read(_HEAD.size))
    if of != wanted:
        raise ValueError("a pack that was made with something else")
    size = os.fstat(stream.fileno()).st_size
    if len(MAGIC) + _HEAD.size + first + second != size:
        raise ValueError("a pack that is not whole")
    return first, second, digest, other


def _is_of(read: object, kinds: tuple[type, ...]) -> bool:
    """Return whether what was read is a tuple of these kinds, one each."""
    return isinstance(read, tuple) and len(read) == len(kinds) and all(map(isinstance, read, kinds))


def _sum(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST).digest()


def lost(packs: Packs, number: int) -> NotegenError:
    """Return what is to be said when a pack that was there is gone or spoiled."""
    return NotegenError(
        f"{packs.path(number)} is gone or was changed while the batch was being made",
        hint="start again: what is missing is made anew",
    )

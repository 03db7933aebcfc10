"""Packs: what became of each gang, on disk until the batch is printed, so that a run that was stopped goes on.

A pack is a file of three parts, which are read apart: the gang with what was found of nobody and what a whole batch
must know, the customers, and their cards. It has the length and a checksum of each, and says what it was made with. One
that is not whole, or that was made with something else, is as good as none, and its gang is done again. The checksums
are against rot and halves: a digest that nobody can forge takes five times as long, and would keep nobody out.
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
from dataclasses import dataclass, is_dataclass, replace
from enum import Enum
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from notegen.errors import NotegenError, UnwritableFile
from notegen.facts.gangs import Gang
from notegen.model.drawn import Drawn
from notegen.model.person import Person
from notegen.pipeline.done import Done

MAGIC: Final = b"notegen pack 3\n"
_HEAD: Final = struct.Struct("<QQQIII16s")
_BESIDE, _PEOPLE, _CARDS = range(3)
"""The parts of a pack, in their order."""

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


@dataclass(frozen=True, slots=True)
class Pack:
    """What became of a gang, ready to be written: its number, how many customers there are in it, and its parts."""

    number: int
    people: int
    parts: tuple[bytes, bytes, bytes]


def pack_of(gang: Gang, done: Done) -> Pack:
    """Return what is to be kept of a gang; whoever does the gang does this, too, so that a parent has bytes alone."""
    beside = gang, replace(done, people=(), cards=())
    first, second, third = (pickle.dumps(part, protocol=5) for part in (beside, done.people, done.cards))
    return Pack(done.number, len(done.people), (first, second, third))


class Packs:
    """The packs in one folder, by the numbers of their gangs; the customers of a pack, or its cards, when asked for.

    `of` says what all packs are made with besides their gangs' facts, in a text of any length; a pack that was made
    with something else is not read.
    """

    def __init__(self, folder: Path, of: str = "") -> None:
        self.folder = folder
        self._of = blake2b(of.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        self._cards: OrderedDict[int, tuple[Drawn, ...]] = OrderedDict()

    def path(self, number: int) -> Path:
        """Return where the pack of a gang is."""
        return self.folder / f"{number:06}.pack"

    def write(self, pack: Pack) -> None:
        """Keep what became of a gang; a pack that was there before is replaced.

        Nothing is synced: a pack that a power cut takes away is made again. Raises UnwritableFile.
        """
        parts, path = pack.parts, self.path(pack.number)
        beside = path.with_suffix(".part")
        try:
            self.folder.mkdir(exist_ok=True)
            with beside.open("wb") as stream:
                stream.write(MAGIC + _HEAD.pack(*map(len, parts), *map(crc32, parts), self._of))
                for part in parts:
                    stream.write(part)
            os.replace(beside, path)
        except OSError as error:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            said = error.strerror or error
            raise UnwritableFile(f"cannot write {path}: {said}", hint="nothing was printed") from None
        self._cards.pop(pack.number, None)

    def people(self, number: int) -> tuple[Gang, Done] | None:
        """Return a gang and its customers, without their cards; None when there is no whole pack."""
        read = self._read(number, _BESIDE)
        people = self.persons(number)
        if people is None or not _is_of(read, (Gang, Done)):
            return None
        gang, done = read
        return gang, replace(done, people=people)

    def persons(self, number: int) -> tuple[Person, ...] | None:
        """Return the customers of a gang alone, which takes half the time; None when there is no whole pack."""
        read = self._read(number, _PEOPLE)
        return read if isinstance(read, tuple) and _is_of(read, (Person,) * len(read)) else None

    def cards(self, number: int) -> tuple[Drawn, ...] | None:
        """Return the cards of a gang; None when there is no whole pack."""
        if number in self._cards:
            self._cards.move_to_end(number)
            return self._cards[number]
        cards = self._read(number, _CARDS)
        if not isinstance(cards, tuple) or not _is_of(cards, (Drawn,) * len(cards)):
            return None
        self._cards[number] = cards
        while len(self._cards) > AT_HAND:
            self._cards.popitem(last=False)
        return cards

    def _read(self, number: int, part: int) -> Any:
        """Return one part of a pack as it is; None when there is no whole pack."""
        try:
            with self.path(number).open("rb") as stream:
                lengths, sums = _head(stream, self._of)
                stream.seek(sum(lengths[:part]), os.SEEK_CUR)
                data = stream.read(lengths[part])
            return _Reader(io.BytesIO(data)).load() if crc32(data) == sums[part] else None
        except _TROUBLE:
            return None

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


def _head(stream: Any, wanted: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Read what a pack begins with: lengths and checksums of its parts.

    Raises ValueError for a file that is no pack, or none of what is wanted.
    """
    if stream.read(len(MAGIC)) != MAGIC:
        raise ValueError("no pack")
    *numbers, of = _HEAD.unpack(stream.read(_HEAD.size))
    if of != wanted:
        raise ValueError("a pack that was made with something else")
    lengths, sums = tuple(numbers[:3]), tuple(numbers[3:])
    if len(MAGIC) + _HEAD.size + sum(lengths) != os.fstat(stream.fileno()).st_size:
        raise ValueError("a pack that is not whole")
    return lengths, sums


def _is_of(read: object, kinds: tuple[type, ...]) -> bool:
    """Return whether what was read is a tuple of these kinds, one each."""
    return isinstance(read, tuple) and len(read) == len(kinds) and all(map(isinstance, read, kinds))


def lost(packs: Packs, number: int) -> NotegenError:
    """Return what is to be said when a pack that was there is gone or spoiled."""
    return NotegenError(
        f"{packs.path(number)} is gone or was changed while the batch was being made",
        hint="start again: what is missing is made anew",
    )

"""Numbers and whose they are, of which only those that may be two people's are ever held in memory.

A hundred thousand customers live in nearly as many places. Each pair goes to a temporary file, and two maps of bits say
of which numbers another was seen that falls on the same bit; in the end the file is read once, and only those are kept.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from tempfile import SpooledTemporaryFile
from typing import IO, Final

from notegen.errors import NotegenError

SPILL: Final = 1 << 20
"""Bytes that are kept in memory before the file goes to the disk."""
BITS: Final = 1 << 23
"""Bits of each map: with half a million numbers one in twenty shares a bit with another by chance."""
_ROW: Final = struct.Struct("<QI")
_ROWS: Final = 8192
_WAITING: Final = 1 << 14
"""Bytes that are gathered before they go to the file."""
_SORTED_HERE: Final = 200_000
"""Numbers that are put in order without numpy, which takes longer to load, and more room than 100,000 cards do."""


class Pairs:
    """Pairs of a number of 64 bits and a running number, which come in ascending order of the latter."""

    def __init__(self) -> None:
        """Begin without any."""
        self._spill: IO[bytes] = SpooledTemporaryFile(max_size=SPILL)
        self._seen, self._twice = bytearray(BITS // 8), bytearray(BITS // 8)
        self._waiting = bytearray()
        self._rows = self._kept = 0

    def close(self) -> None:
        """Give the temporary file back."""
        self._spill.close()

    def __del__(self) -> None:
        """Close what nobody closed: a batch that is given up half way leaves nothing open."""
        self._spill.close()

    def add(self, numbers: Iterable[int], who: int) -> None:
        """Take in the numbers of the next one. Raises NotegenError when the disk is full."""
        seen = self._seen
        for number in numbers:
            place = number % BITS
            byte, bit = place >> 3, 1 << (place & 7)
            if seen[byte] & bit:
                self._twice[byte] |= bit
            seen[byte] |= bit
            self._waiting += _ROW.pack(number, who)
            self._rows += 1
        if len(self._waiting) >= _WAITING:
            self._keep()

    def _keep(self) -> None:
        """Put what is waiting into the file."""
        try:
            self._spill.seek(self._kept * _ROW.size)
            self._spill.write(self._waiting)
        except OSError as error:
            raise unkept(error) from error
        self._kept = self._rows
        self._waiting.clear()

    def groups(self) -> Iterator[tuple[int, list[int]]]:
        """Yield each number that stands there more than once with whose it is, by where it first stands."""
        numbers, whose = array("Q"), array("I")
        for number, who in self._read():
            place = number % BITS
            if self._twice[place >> 3] & (1 << (place & 7)):
                numbers.append(number)
                whose.append(who)
        for group in alike(numbers):
            yield numbers[group[0]], [whose[place] for place in group]

    def of(self, who: int) -> list[int]:
        """Return the numbers of one."""
        self._keep()
        low, high = 0, self._rows
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._row(middle)[1] < who else (low, middle)
        found: list[int] = []
        while low < self._rows and (row := self._row(low))[1] == who:
            found.append(row[0])
            low += 1
        return found

    def _row(self, number: int) -> tuple[int, int]:
        self._spill.seek(number * _ROW.size)
        first, second = _ROW.unpack(self._spill.read(_ROW.size))
        return first, second

    def _read(self) -> Iterator[tuple[int, int]]:
        self._keep()
        for start in range(0, self._rows, _ROWS):
            self._spill.seek(start * _ROW.size)
            yield from _ROW.iter_unpack(self._spill.read(min(_ROWS, self._rows - start) * _ROW.size))


def unkept(error: OSError) -> NotegenError:
    """Return what is to be said when a temporary file cannot be written."""
    why = error.strerror or str(error)
    message = f"what the notes of this batch have in common could not be kept: {why}"
    return NotegenError(message, hint="make room where temporary files go")


def alike(numbers: array[int]) -> Iterator[list[int]]:
    """Yield the places in a column of each number that stands there more than once, by where it first stands."""
    order: Sequence[int]
    if len(numbers) < _SORTED_HERE:
        order = sorted(range(len(numbers)), key=numbers.__getitem__)
    else:
        import numpy as np

        order = array("Q", np.argsort(np.frombuffer(numbers, np.uint64), kind="stable").astype(np.ulonglong).tobytes())
    starts = array("I")
    begin = 0
    for _, group in groupby(order, key=numbers.__getitem__):
        many = sum(1 for _ in group)
        if many > 1:
            starts.extend((order[begin], begin, begin + many))
        begin += many
    for first in sorted(range(0, len(starts), 3), key=starts.__getitem__):
        yield list(order[starts[first + 1] : starts[first + 2]])

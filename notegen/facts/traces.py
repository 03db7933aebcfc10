"""Who may be in a batch twice, found without holding the batch: a few numbers of each customer, kept in columns.

What makes two customers alike (`F017` one key, `F030` one person) is that something of theirs is equal. So a worker
hashes those things, the parent keeps the hashes, and only customers who share one are loaded again and compared: the
rest can have no part in any finding. Two things with one hash cost a needless look, and never a finding.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import zip_longest
from typing import TypeAlias

from notegen.facts.hygiene.same import marks
from notegen.facts.load import compare, repeated
from notegen.model.diagnostic import Diagnostic
from notegen.model.facts import Facts

Trace: TypeAlias = "tuple[int, ...]"
"""What a customer is compared by, each as a number of 64 bits: the key, then what `F030` looks at; 0 is nothing."""


def trace(one: Facts) -> Trace:
    """Return the numbers of one customer; they are the same in every process."""
    return (_number(one.key), *(_number(mark) if mark else 0 for mark, _ in marks(one)))


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") or 1


class Traces:
    """The traces of a whole batch: 40 bytes a customer."""

    def __init__(self) -> None:
        self._columns: list[array[int]] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, several: Iterable[Trace]) -> None:
        """Take the traces of the customers that come next, in the order of the facts."""
        for one in several:
            for place, (column, number) in enumerate(zip_longest(self._columns, one)):
                if column is None:
                    self._columns.append(array("Q", bytes(8 * self._count)))
                self._columns[place].append(number or 0)
            self._count += 1

    def alike(self) -> tuple[int, ...]:
        """Return the running numbers, from 0 and ascending, of those who share something with somebody else."""
        import numpy as np

        found = np.zeros(self._count, bool)
        for column in self._columns:
            numbers = np.frombuffer(column, np.uint64)
            order = np.argsort(numbers, kind="stable").astype(np.uint32)
            ranked = numbers[order]
            same = (ranked[1:] == ranked[:-1]) & (ranked[1:] != 0)
            found[order[1:][same]] = True
            found[order[:-1][same]] = True
        return tuple(map(int, np.flatnonzero(found)))


def compared(people: Iterable[Facts]) -> tuple[Diagnostic, ...]:
    """Return what loading file by file finds by comparing customers with each other, then what `repeated` finds.

    `people` are all customers, or of them those that are `alike`, in the order of the facts: the findings are the same.
    """
    several = tuple(people)
    within = (finding for one in _files(several) for finding in compare(one))
    return (*within, *repeated(several))


def _files(people: Iterable[Facts]) -> Iterator[list[Facts]]:
    """Yield the customers of each file; one that is read a second time begins again at an earlier line."""
    here: list[Facts] = []
    for one in people:
        last = here[-1].source if here else one.source
        if here and (last.name != one.source.name or last.first_line >= one.source.first_line):
            yield here
            here = []
        here.append(one)
    if here:
        yield here

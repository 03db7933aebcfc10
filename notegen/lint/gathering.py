"""The notes of a batch gathered one by one, in columns of numbers: 100,000 of them take about 10 MB.

An engine makes a Brief of each note where the note is made, and hands them to a `Together` in the order of the facts.
When all are in, `batch.judged_together` says what only the whole batch shows. It asks for the few notes that it must
see again by their running number: the first brief is 0, and a customer without a note counts. `Homes` does the same
for the wishes that people of one household share.

What is needed only if notes have something in common (their runs and sentences) goes to a temporary file once it
outgrows SPILL bytes, and is read back note by note.
"""

from __future__ import annotations

import struct
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import IO, Final, NamedTuple, TypeAlias

from notegen.lint.briefs import KIND, Brief
from notegen.lint.households import KINDS
from notegen.lint.pairs import Pairs, unkept

ALIKE: Final = 0.8
"""Share of the runs of three words of the shorter note, found in the other, from which two notes are near-identical."""
LEAST_RUNS: Final = 6
"""Runs of three words that a note must have to be compared at all."""
COMPARED: Final = 10
"""Different notes of one place that each further note is compared with."""
LEAST_NOTES: Final = 8
"""Notes of a batch from which shares are judged."""
SPILL: Final = 1 << 20
"""Bytes of runs and sentences that are kept in memory."""
_WAITING: Final = 1 << 16
"""Bytes of them that are gathered before they go to the file."""

_HOUSEHOLD: Final = KINDS.index("household")
_HEAD: Final = struct.Struct("<II")
_BUCKETS: Final = 1 << 16
"""Counters that sentences share; only those of a full one are counted by themselves."""

Runs: TypeAlias = frozenset[int]


class Twin(NamedTuple):
    """Note `one` is nearly the same as the earlier `other`, and both go to one place of a kind of households.KINDS."""

    kind: str
    one: int
    other: int


class Memory(NamedTuple):
    """A sentence that was remembered of `first`, and of `strangers`, who do not live there."""

    sentence: int
    first: int
    strangers: Sequence[int]


class Common(NamedTuple):
    """Of `total` words `shared` are in sentences that most notes have; the first of them is in note `first`."""

    shared: int
    total: int
    notes: int
    first: int
    sentence: int


class Together:
    """The notes of one batch, as their briefs come in; `spill` is a file to keep what need not be in memory."""

    def __init__(self, spill: IO[bytes] | None = None) -> None:
        """Begin a batch."""
        self._spill: IO[bytes] = spill if spill is not None else SpooledTemporaryFile(max_size=SPILL)
        self._waiting = bytearray()
        self._ends = self._out = 0
        self._at = array("Q")
        self._keys = array("Q")
        self._cards = array("Q")
        self._written = bytearray()
        self._places, self._remembered = Pairs(), Pairs()
        self._buckets = array("I", bytes(4 * _BUCKETS))
        self._total = 0

    def __enter__(self) -> Together:
        """Return it; what it keeps on the disk is gone when the block is left."""
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Give the temporary file back."""
        for one in (self._spill, self._places, self._remembered):
            one.close()

    def __len__(self) -> int:
        """Return how many briefs there are."""
        return len(self._keys)

    @property
    def notes(self) -> int:
        """How many of them have a note."""
        return sum(self._written)

    def add(self, brief: Brief) -> int:
        """Take the next brief in, and return its running number; raises NotegenError when the disk is full."""
        here = len(self._keys)
        self._keys.append(brief.key)
        self._cards.append(brief.card)
        self._written.append(brief.written)
        self._at.append(self._ends)
        if brief.written:
            self._places.add(brief.places, here)
            self._remembered.add(brief.remembered, here)
            self._total += brief.total
            for one in set(brief.sentences):
                self._buckets[one % _BUCKETS] += 1
            self._waiting += _HEAD.pack(len(brief.runs), len(brief.sentences))
            for column in (brief.runs, brief.sentences, brief.words):
                self._waiting += column.tobytes()
            self._ends = self._out + len(self._waiting)
            if len(self._waiting) >= _WAITING:
                self._keep()
        return here

    def _keep(self) -> None:
        """Put what is waiting into the file."""
        try:
            self._spill.seek(self._out)
            self._spill.write(self._waiting)
        except OSError as error:
            raise unkept(error) from error
        self._out = self._ends
        self._waiting.clear()

    def _kept(self, one: int) -> tuple[array[int], array[int], array[int]]:
        """Return the runs, the sentences and their words of a note."""
        if self._waiting:
            self._keep()
        self._spill.seek(self._at[one])
        runs, sentences = _HEAD.unpack(self._spill.read(_HEAD.size))
        columns = array("Q"), array("Q"), array("I")
        for column, many in zip(columns, (runs, sentences, sentences), strict=True):
            column.frombytes(self._spill.read(many * column.itemsize))
        return columns

    def twins(self) -> Iterator[Twin]:
        """Yield the notes that are like an earlier one to the same place, each once, with the first that it is like."""
        seen: set[int] = set()
        for place, there in self._places.groups():
            if there[0] == there[-1]:
                continue
            kind = KINDS[place & KIND]
            for one, other in self._twins_of(there):
                if self._cards[one] not in seen:
                    seen.add(self._cards[one])
                    yield Twin(kind, one, other)

    def _twins_of(self, there: Sequence[int]) -> Iterator[tuple[int, int]]:
        different: list[tuple[int, Runs]] = []
        for one in there:
            runs = frozenset(self._kept(one)[0])
            if len(runs) < LEAST_RUNS:
                continue
            twin = next((other for other, others in different if _are_alike(runs, others)), None)
            if twin is None:
                different = [*different[-COMPARED + 1 :], (one, runs)]
            elif self._keys[twin] != self._keys[one]:
                yield one, twin

    def memories(self) -> Iterator[Memory]:
        """Yield the sentences that are told as remembered to people who do not live together."""
        for sentence, group in self._remembered.groups():
            by_key: dict[int, int] = {}
            for one in group:
                by_key.setdefault(self._keys[one], one)
            first, *others = by_key.values()
            home = {place for place in self._places.of(first) if place & KIND == _HOUSEHOLD} if others else set()
            strangers = [one for one in others if home.isdisjoint(self._places.of(one))]
            if strangers:
                yield Memory(sentence, first, strangers)

    def common(self, share: float, most: float) -> Common | None:
        """Return what most notes have in common when it is more than `most` of the words of a batch; else None."""
        notes = self.notes
        enough = share * notes
        if notes < LEAST_NOTES or not any(count > enough for count in self._buckets):
            return None
        counts: Counter[int] = Counter()
        words: Counter[int] = Counter()
        firsts: dict[int, int] = {}
        for here, (sentences, lengths) in self._said():
            for one in set(sentences):
                if self._buckets[one % _BUCKETS] > enough:
                    counts[one] += 1
            for one, length in zip(sentences, lengths, strict=True):
                if one in counts:
                    words[one] += length
                    firsts.setdefault(one, here)
        common = [one for one in firsts if counts[one] > enough]
        shared = sum(words[one] for one in common)
        if not self._total or shared <= most * self._total:
            return None
        return Common(shared, self._total, notes, firsts[common[0]], common[0])

    def _said(self) -> Iterator[tuple[int, tuple[array[int], array[int]]]]:
        for one in range(len(self)):
            if self._written[one]:
                yield one, self._kept(one)[1:]


class Homes:
    """Who lives with whom, as briefs come in: of use only where somebody has a wish for the whole household."""

    def __init__(self) -> None:
        """Begin a batch."""
        self._keys = array("Q")
        self._shares = bytearray()
        self._places = Pairs()

    def close(self) -> None:
        """Give the temporary file back."""
        self._places.close()

    def add(self, brief: Brief) -> int:
        """Take the next brief in, and return its running number."""
        here = len(self._keys)
        self._keys.append(brief.key)
        self._shares.append(brief.shares)
        self._places.add((place for place in brief.places if place & KIND == _HOUSEHOLD), here)
        return here

    def bound(self) -> dict[int, tuple[int, ...]]:
        """Return who must be judged again: by running number, the fellows whose wishes hold for them, too.

        A note judged with just these as its household has the findings that it has with all of its fellows.
        """
        if not any(self._shares):
            return {}
        sharing = {key for key, shares in zip(self._keys, self._shares, strict=True) if shares}
        fellows: dict[int, dict[int, int]] = {}
        for _, home in self._places.groups():
            asking = {self._keys[one]: one for one in home if self._keys[one] in sharing}
            for key in dict.fromkeys(self._keys[one] for one in home) if asking else ():
                others = {other: one for other, one in asking.items() if other != key}
                fellows.setdefault(key, {}).update(others)
        bound = {key: tuple(o for o in others.values() if self._shares[o]) for key, others in fellows.items()}
        return {one: bound[key] for one, key in enumerate(self._keys) if bound.get(key)}


def _are_alike(one: Runs, other: Runs) -> bool:
    return len(one & other) >= ALIKE * min(len(one), len(other))

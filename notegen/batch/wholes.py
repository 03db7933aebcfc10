"""What only all gangs of a batch together show: the same customer twice, wishes of a household, notes that are alike.

Each gang leaves a few numbers of each of its customers here. In the end they say which few customers must be looked at
again; these are read once more from the packs, and the rules that judge a small batch at once judge them.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from notegen import lint
from notegen.batch.packs import Packs, lost
from notegen.facts.traces import Traces, compared
from notegen.lint.gathering import Homes, Together
from notegen.model.diagnostic import Diagnostic
from notegen.pipeline.drafting import composed
from notegen.pipeline.gangs import again, reread
from notegen.pipeline.passing import counted, kept

if TYPE_CHECKING:
    from notegen.model.facts import Facts
    from notegen.model.note import Note
    from notegen.pipeline.done import Done
    from notegen.pipeline.gangs import Job


@dataclass(frozen=True, slots=True)
class Amended:
    """What was found of one customer only when all were there: the gang, the place in it, and the findings."""

    gang: int
    place: int
    found: tuple[Diagnostic, ...]


class Whole:
    """The numbers of all customers of a batch, asked for or not, in the order of the facts."""

    def __init__(self, job: Job, packs: Packs) -> None:
        self._job, self._packs = job, packs
        self._traces, self._together, self._homes = Traces(), Together(), Homes()
        self._firsts = array("Q")
        self._asked = bytearray()

    def __enter__(self) -> Whole:
        """Return it; what it keeps on the disk is gone when the block is left."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give the temporary files back, also when the batch came to nothing."""
        self._homes.close()
        self._together.__exit__()

    def add(self, done: Done, asked: Iterable[int]) -> None:
        """Take the customers of the next gang in; `asked` are the places of those whose notes are wanted."""
        wanted = set(asked)
        self._firsts.append(len(self._asked))
        self._traces.add(done.traces)
        for place, brief in enumerate(done.briefs):
            is_asked = place in wanted
            self._asked.append(is_asked)
            self._homes.add(brief)
            self._together.add(brief if is_asked else replace(brief, written=False))

    def amendments(self) -> Iterator[Amended]:
        """Yield what customers have that others have, too, and what those they live with have wished."""
        yield from self._doubles()
        yield from self._bound()

    def loose(self) -> Iterator[Diagnostic]:
        """Yield what is wrong with the batch and with nobody's note alone."""
        share = self._job.shop.lint.repeated_share
        found = tuple(lint.judged_together(self._together, self._composed, share=share))
        sources = dict.fromkeys(one.span.source for one in found if one.span is not None)
        texts = (*sources, self._job.template.source, *self._job.template.library.values())
        yield from kept(found, dict.fromkeys(texts), self._job.shop, self._job.wishes)

    def _doubles(self) -> Iterator[Amended]:
        numbers = self._traces.alike()
        if not numbers:
            return
        people = self._facts(numbers)
        found: dict[str | None, dict[Diagnostic, None]] = {}
        for finding in counted(compared(people), self._job.shop, self._job.wishes):
            found.setdefault(finding.note, {})[finding] = None
        for number, one in zip(numbers, people, strict=True):
            if one.key in found and self._asked[number]:
                yield self._amended(number, tuple(found[one.key]))

    def _bound(self) -> Iterator[Amended]:
        bound = {number: fellows for number, fellows in self._homes.bound().items() if self._asked[number]}
        for number, fellows in bound.items():
            one, *others = self._facts((number, *fellows))
            before, after = again(self._job, [(one, ()), (one, tuple(others))])
            added = tuple(finding for finding in after if finding not in before)
            if added:
                yield self._amended(number, added)

    def _amended(self, number: int, found: tuple[Diagnostic, ...]) -> Amended:
        gang = bisect_right(self._firsts, number) - 1
        return Amended(gang, number - self._firsts[gang], found)

    def _composed(self, numbers: Sequence[int]) -> list[tuple[Note, Facts]]:
        made = []
        for one in self._facts(numbers):
            note = composed(one, self._job.template, self._job.shop, self._job.wishes).value
            assert note is not None, "only those who have a note are looked at again"
            made.append((note, one))
        return made

    def _facts(self, numbers: Sequence[int]) -> list[Facts]:
        """Read some customers again, in the order of their numbers as they are given."""
        found: dict[int, Facts] = {}
        places = sorted((bisect_right(self._firsts, number) - 1, number) for number in set(numbers))
        for gang, several in groupby(places, key=lambda one: one[0]):
            read = self._packs.people(gang)
            if read is None:
                raise lost(self._packs, gang)
            wanted = [number for _, number in several]
            gang_read, done = read
            at = [number - self._firsts[gang] for number in wanted]
            people = reread(self._job, gang_read, at, len(done.briefs))
            found.update(zip(wanted, people, strict=True))
        return [found[number] for number in numbers]

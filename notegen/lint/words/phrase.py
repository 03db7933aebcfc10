"""A phrase of a rule, and a phrase found in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from notegen.model.diagnostic import Severity


class Kind(StrEnum):
    """What a phrase does with what its expression finds; told by the keys that it has."""

    EXISTENCE = "existence"
    SUBSTITUTION = "substitution"
    OCCURRENCE = "occurrence"
    CONDITIONAL = "conditional"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One expression of one rule; `rule` is the rule's name, `find` ready to compile.

    `needs` are groups of lower-case literals: a text that lacks all of one group cannot hold the phrase. They are
    derived from the expression. `use` is what to write instead, and `fix` says that it may be written unseen. `most`
    and `least` bound how often it may stand in a note. `then` is what must stand there too.
    """

    id: str
    rule: str
    severity: Severity
    find: str
    message: str
    hint: str
    needs: tuple[tuple[str, ...], ...] = ()
    use: str | None = None
    fix: bool = False
    most: int | None = None
    least: int | None = None
    then: str | None = None
    unless_fact: tuple[str, ...] = ()
    requires_fact: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    good: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """What it does with what it finds."""
        if self.use is not None:
            return Kind.SUBSTITUTION
        if self.then is not None:
            return Kind.CONDITIONAL
        return Kind.EXISTENCE if self.most is None and self.least is None else Kind.OCCURRENCE

    @property
    def judges_whole(self) -> bool:
        """Whether it can be judged only when all of a note is there."""
        return self.kind in (Kind.OCCURRENCE, Kind.CONDITIONAL)

    def rest_in(self, haystack: str) -> bool:
        """Return whether folded text that holds a literal of the first group holds one of every other, too."""
        for group in self.needs[1:]:
            for need in group:
                if need in haystack:
                    break
            else:
                return False
        return True

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where its expression fits in plain text."""
        return (match.span() for match in compiled(self.find).finditer(text) if match.end() > match.start())

    def faults(self, text: str) -> Iterator[tuple[int, int, str | None]]:
        """Yield where plain text is at fault, each with what to write instead if that is known."""
        if self.use is not None:
            for match in compiled(self.find).finditer(text):
                yield match.start(), match.end(), match.expand(self.use)
        elif self.judges_whole:
            yield from ((start, end, None) for start, end in self._faults_of_whole(text))
        else:
            yield from ((start, end, None) for start, end in self.spans(text))

    def _faults_of_whole(self, text: str) -> Iterator[tuple[int, int]]:
        there = list(self.spans(text))
        if self.then is not None:
            yield from there[:1] if there and compiled(self.then).search(text) is None else ()
        elif self.most is not None and len(there) > self.most:
            yield there[self.most]
        elif self.least is not None and len(there) < self.least and text.strip():
            first = text.split(maxsplit=1)[0]
            yield text.index(first), text.index(first) + len(first)


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found at start..end (half open) of the text that was made plain; `use` may be written instead."""

    phrase: Phrase
    start: int
    end: int
    use: str | None = None


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile on first need: few phrases are ever tried, and compiling all of them would slow every start."""
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)

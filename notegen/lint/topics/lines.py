"""Lines of the files of topics, made ready to be looked for.

Most lines are in lower case and are looked for in lower-case text, which is several times as fast as ignoring case; the
few that tell capitals apart (`(?-i:...)`) are looked for in the text as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

_EXACT: Final = "(?-i:"
_LETTERS: Final = re.compile(r"\\.|[^\\]+", re.DOTALL)
_JOIN: Final = re.compile(r" (?:&&?|!!) ")
_SENTENCE: Final = re.compile(r"""(?:[^.!?…\n]|[.!?…](?!["')”’]*(?:\s|$)))+""")
_PRYING: Final = re.compile(
    r"""\b(?:i|we)(?:\ (?:am|are|was|were|so|very|all|both|still|only|can|could|always)|'m|'re){0,2}
    \ (?:hope|bet|hear|heard|guess|suppose|imagine|wonder|trust|gather|suspect|worry|sorry|glad|relieved|happy|thrilled
    |believe)\b|\bmust\ (?:be|have|feel|find|miss|seem)\b""",
    re.VERBOSE,
)
"""How a sentence goes about what is the reader's own affair: by a guess, a good wish, hearsay."""
Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Text:
    """A note's text, the same in lower case, and where its sentences stand."""

    exact: str
    folded: str
    sentences: tuple[Bounds, ...]

    @classmethod
    def of(cls, text: str) -> Text:
        """Make a text ready; where lower case has another length, it is done letter by letter."""
        lower = text.lower()
        if len(lower) != len(text):
            lower = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
        return cls(text, lower, tuple(match.span() for match in _SENTENCE.finditer(text)))

    def with_before(self, within: Bounds) -> Bounds:
        """Return a sentence together with the one before it in its paragraph."""
        before = max((start for start, end in self.sentences if end <= within[0]), default=within[0])
        return within if "\n" in self.exact[before : within[0]] else (before, within[1])

    def is_prying(self, within: Bounds) -> bool:
        """Return whether a sentence asks or guesses or wishes, rather than tells."""
        return self.exact[within[1] : within[1] + 1] == "?" or _PRYING.search(self.folded, *within) is not None


@dataclass(frozen=True, slots=True)
class Either:
    """Lines of which any may be found: those for lower-case text, and those for the text as it stands."""

    folded: re.Pattern[str] | None
    exact: re.Pattern[str] | None

    def spans(self, text: Text, within: Bounds | None = None) -> Iterator[Bounds]:
        """Yield where one of them stands."""
        start, end = within or (0, len(text.exact))
        for pattern, where in ((self.folded, text.folded), (self.exact, text.exact)):
            if pattern is not None:
                yield from (
                    match.span() for match in pattern.finditer(where, start, end) if match.start() < match.end()
                )

    def first(self, text: Text, within: Bounds | None = None) -> Bounds | None:
        """Return where one of them stands, if any does."""
        return next(self.spans(text, within), None)


@dataclass(frozen=True, slots=True)
class Together:
    """Lines that count only together: in one sentence, or anywhere in one note; and what may stand nowhere near."""

    parts: tuple[Either, ...]
    in_sentence: bool
    unless: Either | None

    def spans(self, text: Text) -> Iterator[Bounds]:
        """Yield where the first of them stands, when the others stand near."""
        first, *others = self.parts
        for within in text.sentences if self.in_sentence else ((0, len(text.exact)),):
            span = first.first(text, within)
            if span and all(one.first(text, within) for one in others) and not self._is_explained(text, within):
                yield span

    def _is_explained(self, text: Text, within: Bounds) -> bool:
        """Return whether this sentence or the one before it says whom it is about."""
        return self.unless is not None and self.unless.first(text, text.with_before(within)) is not None


@dataclass(frozen=True, slots=True)
class Said:
    """Lines of a topic: those that say enough alone, those that need company, and what the latter begin with."""

    alone: Either
    together: tuple[Together, ...]
    begins: Either

    def spans(self, text: Text) -> Iterator[Bounds]:
        """Yield where any of them stands."""
        yield from self.alone.spans(text)
        if self.begins.first(text):
            for one in self.together:
                yield from one.spans(text)


def said(lines: tuple[str, ...]) -> Said:
    """Make the `said` of a topic ready."""
    joined = [line for line in lines if _JOIN.search(line)]
    alone = either(tuple(line for line in lines if not _JOIN.search(line)))
    return Said(alone, tuple(map(_together, joined)), either(tuple(_JOIN.split(line)[0] for line in joined)))


def _together(line: str) -> Together:
    parts, _, unless = line.partition(" !! ")
    return Together(
        tuple(either((part,)) for part in _JOIN.split(parts)),
        in_sentence=" && " not in parts,
        unless=either((unless,)) if unless else None,
    )


@cache
def either(lines: tuple[str, ...]) -> Either:
    """Compile lines once, however many topics have them."""
    exact = tuple(line for line in lines if _EXACT in line)
    folded = tuple(_lower(line) for line in lines if _EXACT not in line)
    return Either(_compiled(folded, re.NOFLAG), _compiled(exact, re.IGNORECASE))


def _lower(line: str) -> str:
    """Return an expression in lower case; what follows a backslash is left as it is."""
    return _LETTERS.sub(lambda part: part[0] if part[0][0] == "\\" else part[0].lower(), line)


def _compiled(lines: tuple[str, ...], flags: re.RegexFlag) -> re.Pattern[str] | None:
    if not lines:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(lines)})(?!\w)".replace(" ", r"\s"), flags)

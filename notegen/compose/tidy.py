"""Whitespace as a note wants it, and what the characters of the tidied note came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from notegen.compose.rope import UNMARKED, Mark, Rope
from notegen.model.note import Piece, Trust
from notegen.model.source import Span

_SPACE: Final = re.compile(r"[ \t\n]{2,}")

_tuple: Final = tuple.__new__

_UNTIDY: Final = ("  ", " \n", "\n ", "\n\n\n", "\t")
"""Without any of these a text has nothing that the expression would find; looking for them is ten times as fast."""


def kept(text: str) -> list[tuple[int, int]]:
    """Return the slices of a text that a note keeps.

    No blanks at the ends of lines, one space for several, at most one blank line between paragraphs, nothing around the
    whole. No-break spaces are words' own business.
    """
    found: list[tuple[int, int]] = []
    at = len(text) - len(text.lstrip(" \t\n"))
    end = max(at, len(text.rstrip(" \t\n")))
    if not any(space in text for space in _UNTIDY):
        return [(at, end)]
    for match in _SPACE.finditer(text, at, end):
        white = match[0]
        if white == "\n\n":
            continue
        start = match.start()
        found.append((at, start))
        first = white.find("\n")
        if first < 0:
            found.append((start, start + 1))
        else:
            found.append((start + first, start + first + 1))
            second = white.find("\n", first + 1)
            if second >= 0:
                found.append((start + second, start + second + 1))
        at = match.end()
    found.append((at, end))
    return found


def tidy(text: str) -> str:
    """Return a plain text as a note wants it."""
    return cut(text, kept(text))


def cut(text: str, slices: Iterable[tuple[int, int]]) -> str:
    """Return slices of a text, put together."""
    return "".join([text[start:end] for start, end in slices])


def pieces(parts: Iterable[str], slices: Iterable[tuple[int, int]], fallback: Span) -> tuple[Piece, ...]:
    """Return the pieces of what is kept of several texts, one after another: runs of one origin.

    Literal ones have exactly their own characters for origin; what has no place gets `fallback`.
    """
    made: list[Piece] = []
    done = start = 0
    mark, base, follows = UNMARKED, -1, -2
    for length, other, place in _runs_kept(parts, slices):
        if place != follows or other != mark:
            if done > start:
                made.append(_piece(start, done, mark, base, fallback))
            start, mark, base = done, other, place
        done += length
        follows = base + done - start if base >= 0 else -1
    if done > start:
        made.append(_piece(start, done, mark, base, fallback))
    return tuple(made)


def _runs_kept(parts: Iterable[str], slices: Iterable[tuple[int, int]]) -> Iterator[tuple[int, Mark, int]]:
    """Yield how long each run is that the slices keep, its mark, and where in the source it begins (or -1)."""
    rest = iter((*slices, (_NOWHERE, _NOWHERE)))
    begin, stop = next(rest)
    at = 0
    for part in parts:
        for start, end, mark, base in part._runs if isinstance(part, Rope) else ((0, len(part), UNMARKED, -1),):
            first, last = start + at, end + at
            while begin < last:
                here = begin if begin > first else first
                there = stop if stop < last else last
                if here < there:
                    yield there - here, mark, base + here - first if base >= 0 else -1
                if stop > last:
                    break
                begin, stop = next(rest)
        at += len(part)


_NOWHERE: Final = 1 << 62
"""Beyond the end of any text."""


def _piece(start: int, end: int, mark: Mark, base: int, fallback: Span) -> Piece:
    origin, reads, trust = mark
    if origin is None:
        return _tuple(Piece, (start, end, fallback, reads, Trust.STATIC))
    if base >= 0 and (base != origin.start or base + end - start != origin.end):
        origin = Span(origin.source, base, base + end - start)
    return _tuple(Piece, (start, end, origin, reads, trust))

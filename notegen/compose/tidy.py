"""Whitespace as a note wants it, and what the characters of the tidied note came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from notegen.compose.rope import Mark, Rope, cuts
from notegen.model.note import Piece, Trust
from notegen.model.source import Span

_SPACE: Final = re.compile(r"(?:[ \t]+\n|\n(?:[ \t]|\n[ \t\n]))[ \t\n]*|[ \t]{2,}")


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
        found.append((at, match.start()))
        first = match[0].find("\n")
        if first < 0:
            found.append((match.start(), match.start() + 1))
        else:
            found.append((match.start() + first, match.start() + first + 1))
            second = match[0].find("\n", first + 1)
            if second >= 0:
                found.append((match.start() + second, match.start() + second + 1))
        at = match.end()
    found.append((at, end))
    return found


def tidy(text: str) -> str:
    """Return a plain text as a note wants it."""
    return "".join(text[start:end] for start, end in kept(text))


def tidy_rope(rope: Rope) -> Rope:
    """Return a rope as a note wants it."""
    return cuts(rope, kept(str.__str__(rope)))


def pieces(rope: Rope, fallback: Span) -> Iterator[Piece]:
    """Yield the pieces of a note: runs of one origin, literal ones with exactly their own characters for origin."""
    if not rope._runs:
        return
    start, end, mark, base = rope._runs[0]
    for first, last, other, place in rope._runs[1:]:
        goes_on = place == (base + end - start if base >= 0 else -1) and other == mark
        if not goes_on:
            yield _piece(start, end, mark, base, fallback)
            start, mark, base = first, other, place
        end = last
    yield _piece(start, end, mark, base, fallback)


def _piece(start: int, end: int, mark: Mark, base: int, fallback: Span) -> Piece:
    if mark.origin is None:
        return Piece(start, end, fallback, mark.reads, Trust.STATIC)
    origin = Span(mark.origin.source, base, base + end - start) if base >= 0 else mark.origin
    return Piece(start, end, origin, mark.reads, mark.trust)

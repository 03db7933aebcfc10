"""Fixes put into a text: those that do not overlap, at once; everything else in the text stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notegen.model.source import Span


@dataclass(frozen=True, slots=True)
class Change:
    """Other characters in place of start..end (half open) of a text."""

    start: int
    end: int
    replacement: str


def located(span: Span, text: str) -> tuple[int, int] | None:
    """Return where in a whole file's text a span is, whose source may be one document cut from the file.

    None when the file does not hold the source at its first line: it has changed since it was judged.
    """
    source = span.source
    line = 0
    for _ in range(source.first_line - 1):
        line = text.find("\n", line) + 1
        if line == 0:
            return None
    # A document that follows a line of dots begins at the end of that line.
    stop = text.find("\n", line)
    start = text.find(source.text, line, (len(text) if stop < 0 else stop) + len(source.text))
    return (start + span.start, start + span.end) if start >= 0 else None


def compatible(changes: Sequence[Change]) -> tuple[bool, ...]:
    """Return for each change whether it can be made together with the others that can: the first in the text wins.

    Changes may touch but not overlap, and two insertions at one place exclude each other; the same change given twice
    is made once and counts as made for both.
    """
    order = sorted(range(len(changes)), key=lambda index: (changes[index].start, changes[index].end))
    fits = [False] * len(changes)
    last: Change | None = None
    for index in order:
        one = changes[index]
        if last is None or one == last or _after(last, one):
            fits[index] = True
            last = one
    return tuple(fits)


def _after(first: Change, second: Change) -> bool:
    """Return whether a change begins where another has ended, and is not a second insertion at its place."""
    return second.start >= first.end and not second.start == second.end == first.start == first.end


def applied(text: str, changes: Sequence[Change]) -> str:
    """Return a text with changes made that are compatible with one another."""
    parts: list[str] = []
    done = 0
    for one in sorted(set(changes), key=lambda change: (change.start, change.end)):
        parts += (text[done : one.start], one.replacement)
        done = one.end
    return "".join((*parts, text[done:]))

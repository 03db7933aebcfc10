"""The mistakes that end a command: a missing file, an unknown name, a folder that cannot be written.

    NotegenError            exit status 2, one sentence and a hint
    ├── UnknownName         no such hand, stock, rule or template; names the nearest one
    ├── UnreadableFile      missing, a folder, binary, not UTF-8
    └── UnwritableFile      no such folder, no permission, a full disk

Problems in what a person wrote (a blank name, an overfull card) are not here: they are `Diagnostic` values.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

MOST_NAMES: Final = 60
"""How many names a hint lists."""


class NotegenError(Exception):
    """A mistake in how notegen was asked to do something; ends the command with exit status 2."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.message, self.hint)


def _rebuild(cls: type[NotegenError], message: str, hint: str | None) -> NotegenError:
    """Make the error again in another process, whatever its constructor takes."""
    error = cls.__new__(cls)
    NotegenError.__init__(error, message, hint=hint)
    return error


class UnknownName(NotegenError):
    """A name that stands for nothing; the hint gives the nearest that does."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        near = nearest(name, names)
        more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
        there = ", ".join(names[:MOST_NAMES]) + more
        hint = f"did you mean '{near}'?" if near else f"there are: {there or 'none'}"
        super().__init__(f"there is no {kind} called '{name}'", hint=hint)


class UnreadableFile(NotegenError):
    """A file that cannot be read as text."""


class UnwritableFile(NotegenError):
    """A place that cannot be written to."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like `name` (ignoring case), or None when nothing is close."""
    folded = {candidate.casefold(): candidate for candidate in known}
    close = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None

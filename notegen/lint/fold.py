"""One fault of a template is one finding, however many customers it meets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from notegen.model.diagnostic import Diagnostic


def distinct(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return findings with those of the same code, place and message folded into the first.

    When it was found in several notes the message ends by saying in how many, and `note` is None. What was found in a
    template and in a note that it makes is one finding, with the note's places. Folding what is folded changes nothing.
    """
    first: dict[tuple[object, ...], Diagnostic] = {}
    notes: dict[tuple[object, ...], dict[str, None]] = {}
    for one in diagnostics:
        place = (one.span.source.name, one.span.source.first_line, one.span.start, one.span.end) if one.span else None
        key = (one.code, place, one.message)
        held = first.setdefault(key, one)
        if held.printed is None and one.printed is not None:
            first[key] = replace(held, note=one.note, printed=one.printed, related=held.related or one.related)
        notes.setdefault(key, {}).update({one.note: None} if one.note is not None else {})
    return tuple(_counted(one, len(notes[key])) for key, one in first.items())


def _counted(one: Diagnostic, notes: int) -> Diagnostic:
    return one if notes < 2 else replace(one, message=f"{one.message} (in {notes:,} notes)", note=None)

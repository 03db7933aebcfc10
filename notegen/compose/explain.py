"""Saying where each piece of a note came from, for `notegen write --explain`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from notegen.compose.findings import place_in
from notegen.model.facts import Facts
from notegen.model.note import Note, Trust


@dataclass(frozen=True, slots=True)
class Row:
    """A piece of a note: its words, its place in the template, and its facts with their places."""

    text: str
    origin: str
    facts: str
    trust: Trust


def explain(note: Note, facts: Facts) -> tuple[Row, ...]:
    """Return a row for each piece that has words in it."""
    return tuple(_rows(note, facts))


def _rows(note: Note, facts: Facts) -> Iterator[Row]:
    for piece in note.pieces:
        words = " ".join(note.text[piece.start : piece.end].split())
        if words:
            read = "; ".join(_fact(path, facts) for path in piece.reads)
            yield Row(words, str(piece.origin), read, piece.trust)


def _fact(path: str, facts: Facts) -> str:
    """Name a fact and where it is written; one that was derived has no place of its own."""
    place = facts.spans.get(path)
    if place is not None:
        return f"{path} ({place})"
    above, span = place_in(facts, path)
    return f"{path} (from {above} at {span})" if above else path

"""From characters of a note to what somebody can edit: the template's own characters, or a fact's line in the YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from notegen.model.facts import Facts
from notegen.model.note import Note, Piece
from notegen.model.source import Source, Span

_OPENING = re.compile(r"\{\{[-+]?\s*$")
_CLOSING = re.compile(r"\s*[-+]?\}\}")


def with_origin(note: Note) -> Note:
    """Return the note, or one whose text is its own origin when nothing is known about where it came from."""
    if note.pieces or not note.text:
        return note
    source = Source(f"note {note.key}", note.text)
    return Note(note.key, note.template, note.text, (Piece(0, len(note.text), Span(source, 0, len(note.text))),))


def pieces_of(note: Note, start: int, end: int) -> tuple[Piece, ...]:
    """Return the pieces that show ink in start..end."""
    return tuple(
        [
            piece
            for piece in note.pieces
            if piece.start < end and start < piece.end and not _shown(note, piece, start, end).isspace()
        ]
    )


def locate(note: Note, start: int, end: int) -> Span | None:
    """Return the place in the template of start..end, exact to the character where both ends are literal text.

    What facts printed is placed at the whole of its `{{ ... }}`. None when no piece covers it.
    """
    pieces = pieces_of(note, start, end)
    if not pieces:
        return None
    first, last = pieces[0], pieces[-1]
    source = first.origin.source
    begin = _edges(note, first, max(start, first.start), min(end, first.end))
    if last.origin.source != source:
        return Span(source, *begin)
    finish = _edges(note, last, max(start, last.start), min(end, last.end))
    if finish[1] <= begin[0]:
        return Span(source, *begin)
    return Span(source, begin[0], finish[1])


def fact_span(facts: Facts | None, path: str) -> Span | None:
    """Return the YAML place of a fact, or of the nearest thing above it that has one."""
    while facts is not None and path:
        if path in facts.spans:
            return facts.spans[path]
        path = path.rpartition(".")[0]
    return None


def narrowed(span: Span, text: str) -> Span:
    """Return the part of a span that holds a text, when it holds it once; else the span."""
    if not text or span.text.count(text) != 1:
        return span
    start = span.start + span.text.index(text)
    return Span(span.source, start, start + len(text))


def _shown(note: Note, piece: Piece, start: int, end: int) -> str:
    return note.text[max(start, piece.start) : min(end, piece.end)]


def _edges(note: Note, piece: Piece, start: int, end: int) -> tuple[int, int]:
    """Return start and end in the template of a part of one piece."""
    origin = piece.origin
    printed, written = note.text[piece.start : piece.end], origin.text
    if printed != written:
        printed, written = _alike(printed), _alike(written)
    if piece.reads and (printed != written or _braces(origin) != (origin.start, origin.end)):
        return _braces(origin)
    if printed == written:
        return origin.start + start - piece.start, origin.start + end - piece.start
    ink = [index for index, character in enumerate(written) if not character.isspace()]
    before = sum(not character.isspace() for character in printed[: start - piece.start])
    within = sum(not character.isspace() for character in printed[start - piece.start : end - piece.start])
    if "".join(written.split()) != "".join(printed.split()) or not within:
        return _braces(origin)
    return origin.start + ink[before], origin.start + ink[before + within - 1] + 1


def _alike(text: str) -> str:
    """Return a text as a filter block may have left it: in any case, if that keeps every character in its place."""
    folded = text.lower()
    return folded if len(folded) == len(text) else text


def _braces(origin: Span) -> tuple[int, int]:
    """Return an expression's place with the braces around it."""
    text = origin.source.text
    opening = _OPENING.search(text, max(0, origin.start - 40), origin.start)
    closing = _CLOSING.match(text, origin.end)
    if opening and closing:
        return opening.start(), closing.end()
    return origin.start, origin.end


def reads_of(pieces: tuple[Piece, ...]) -> Iterator[str]:
    """Yield the paths of the facts behind some pieces, each once, in order."""
    return iter(dict.fromkeys(path for piece in pieces for path in piece.reads))


def first_line(note: Note, start: int, end: int) -> int:
    """Return where the first line of start..end ends."""
    return start + sum(1 for _ in takewhile(lambda character: character != "\n", note.text[start:end]))

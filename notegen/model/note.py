"""A note: its words, and for every character where it came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from notegen.model.rebuilt import rebuilt
from notegen.model.room import Space
from notegen.model.source import Span


class Trust(StrEnum):
    """How sure a piece's origin is: exact, aligned after an opaque filter, or only the expression's references."""

    EXACT = "exact"
    ALIGNED = "aligned"
    STATIC = "static"


class Piece(NamedTuple):
    """Characters start..end (half open) of a note that share one origin.

    `origin` is the literal or the expression in the template (or a file it includes) that printed them; `reads` are
    the dotted paths of the facts they came from, empty for literal text. A tuple, since a note has about twenty and a
    frozen dataclass takes three times as long to make.
    """

    start: int
    end: int
    origin: Span
    reads: tuple[str, ...] = ()
    trust: Trust = Trust.EXACT


class Role(StrEnum):
    """What a part of a note is to its reader."""

    DATE = "date"
    GREETING = "greeting"
    BODY = "body"
    CLOSING = "closing"
    SIGNATURE = "signature"
    POSTSCRIPT = "postscript"


@rebuilt
@dataclass(frozen=True, slots=True)
class Block:
    """Characters start..end of a note that are one greeting, one paragraph, or one line of a signature.

    `below` is the white that is kept for a person's own pen before the next part, from the top.
    """

    role: Role
    start: int
    end: int
    below: tuple[Space, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A composed note: `text` has a blank line between paragraphs, `template` is the name of its template.

    `parts` are the parts of the note where they are known already; without them they are read from the text.
    """

    key: str
    template: str
    text: str
    pieces: tuple[Piece, ...] = ()
    parts: tuple[Block, ...] | None = None

    def piece_at(self, offset: int) -> Piece | None:
        """Return the piece that a character belongs to."""
        index = bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1
        if index < 0 or offset >= self.pieces[index].end:
            return None
        return self.pieces[index]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The parts of the note, in order."""
        return blocks_of(self.text) if self.parts is None else self.parts


_POSTSCRIPT = re.compile(r"(?:P\.?\s?)+S\.?\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\S.*(?:\n(?!\s*\n|[ \t]*(?i:(?:P\.?[ ]?)+S[.:])).*)*")
"""Lines up to a blank one, or to one that begins with P.S. and a mark."""

_SENTENCE_END = re.compile(r"[.!?…。！？।॥][\"'”’)」』）]*$")
_WIDE_SENTENCE_END = re.compile(r"[。！？][」』）]*$")
"""The end of a sentence in a script that has no spaces by which to tell a sentence from a name."""

_ABBREVIATION = re.compile(r"\b(?:(?:[^\W\d_]\.)*[^\W\d_]|Ph\.D|Jr|Sr|Esq|Inc|Ltd|Co|Corp|Bros|Dept|St|Ave|Rd|Blvd)\.$")
_BETWEEN_NAMES = frozenset("and und et y e og och en of the de la di da du van der den von".split())
_FAREWELL = (
    r"(?:warmly|sincerely|yours|regards|wishes|cheers|love|fondly|gratefully|grüße|grüßen|grüsse|grüssen|gruß|gruss"
    r"|herzlich|herzlichst|hochachtungsvoll|cordialement|amitiés|amicalement|salutations|bises|bien à vous|bien à toi"
    r"|saludos|atentamente|cordialmente|abrazo|abrazos|saluti|abbraccio|cumprimentos|abraço|groet|groeten|hilsen"
    r"|hilsener|hilsner|hälsning|hälsningar|敬具|敬白|かしこ|草々|此致|敬礼|敬禮|谨上|敬上)"
)
_CLOSING = re.compile(rf"(?:{_FAREWELL}\b[^.?]*|[^.?]*\b{_FAREWELL}!?)", re.IGNORECASE)
"""A closing without a comma, as German and French have it: it begins or ends with such a word."""

_SALUTATION = re.compile(r"(?:dear|hello|hi|hey|hiya|good (?:morning|afternoon|evening))\b", re.IGNORECASE)
"""The first words of a greeting that may go without its comma."""

_ADDRESS = re.compile(r"[^。！？]*(?:様|さま|殿|先生|さん|へ)")
"""A Japanese greeting, which ends with how the reader is addressed and often without a mark."""

_GREETING_ENDS = (",", ":", "!", "—", "–", "、", "，", "：", "！")

SHORT = 48
"""Longest line, in characters, that is taken for a greeting, a closing or a line of a signature."""


@lru_cache(maxsize=256)
def blocks_of(text: str) -> tuple[Block, ...]:
    """Return the parts of a text; whatever is done to a gang's notes, one thing after another, asks for them."""
    return tuple(_blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    paragraphs = [(match.start(), match.end()) for match in _PARAGRAPH.finditer(text)]
    paragraphs = [(start, start + len(text[start:end].rstrip())) for start, end in paragraphs]
    head = _head(text, paragraphs)
    tail = _tail(text, paragraphs, head)
    yield from (Block(role, *paragraphs[index]) for index, role in enumerate(head))
    for start, end in paragraphs[len(head) : tail]:
        yield Block(Role.BODY, start, end)
    yield from _ending(text, paragraphs[tail:])


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [(start + line.start(), start + line.end()) for line in re.finditer(r"\S[^\n]*", text[start:end])]


def _head(text: str, paragraphs: list[tuple[int, int]]) -> list[Role]:
    """Return the roles of the paragraphs that come before the body: a date line, a greeting."""
    roles: list[Role] = []
    for start, end in paragraphs[:2]:
        line = text[start:end]
        if "\n" in line or len(line) > SHORT:
            break
        if line.endswith(_GREETING_ENDS) or _is_bare_greeting(line):
            return [*roles, Role.GREETING] if len(paragraphs) > len(roles) + 1 else roles
        if roles or _SENTENCE_END.search(line) or not any(character.isdigit() for character in line):
            break
        roles.append(Role.DATE)
    return []


def _is_bare_greeting(line: str) -> bool:
    if _SENTENCE_END.search(line):
        return False
    return _SALUTATION.match(line) is not None or _ADDRESS.fullmatch(line) is not None


def _tail(text: str, paragraphs: list[tuple[int, int]], head: list[Role]) -> int:
    """Return the index of the paragraph at which the ending (closing, signature, postscript) begins."""
    last = len(paragraphs)
    while last > len(head) and _POSTSCRIPT.match(text, paragraphs[last - 1][0]):
        last -= 1
    if last <= max(len(head), 1) or not _is_ending(text, *paragraphs[last - 1]):
        return last
    before = last - 2
    if before >= len(head) and _is_closing(text[slice(*paragraphs[before])]):
        return before
    return last - 1


def _is_closing(line: str) -> bool:
    if "\n" in line or len(line) > SHORT:
        return False
    return line.endswith((",", "、", "，")) or (len(line.split()) < 6 and _CLOSING.fullmatch(line) is not None)


def _is_sentence(line: str) -> bool:
    """Return whether a line ends as a sentence does, and not as the names "Dr. B. Jr." and "Reyes & Co." do."""
    if _WIDE_SENTENCE_END.search(line):
        return True
    if " " not in line or not _SENTENCE_END.search(line) or _is_closing(line):
        return False
    names = all(not word[0].islower() or word in _BETWEEN_NAMES for word in line.split())
    return not (names and _ABBREVIATION.search(line))


def _is_ending(text: str, start: int, end: int) -> bool:
    lines = [text[first:last].rstrip() for first, last in _lines(text, start, end)]
    if len(lines) > 5 or any(len(line) > SHORT for line in lines):
        return False
    return not any(map(_is_sentence, lines))


def _ending(text: str, paragraphs: list[tuple[int, int]]) -> Iterator[Block]:
    closed = False
    for start, end in paragraphs:
        if _POSTSCRIPT.match(text, start):
            yield Block(Role.POSTSCRIPT, start, end)
            continue
        for first, last in _lines(text, start, end):
            line = text[first:last].rstrip()
            role = Role.SIGNATURE if closed or not _is_closing(line) else Role.CLOSING
            closed = True
            yield Block(role, first, first + len(line))

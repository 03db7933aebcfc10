"""Text made plain for matching, with the way back to every character the writer typed.

One space between words, soft wraps joined, hard line breaks kept, curly quotes straightened, odd spaces, zero-width
characters and soft hyphens folded away, words broken by a hyphen at a line end joined. A phrase is found whatever its
wrapping, and a finding still points at the writer's own line and column.

A line break is soft when the next word would not have fitted on the line, judged by the longest line of its paragraph
(and at least NARROWEST columns): greedy wrapping at any such width gives the same plain text. In patterns a space
matches a soft and a hard break alike; only `^` and `$` tell them apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

NARROWEST: Final = 30
"""Columns: a line shorter than this is not taken to be full, so that short lines keep their ends."""

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_BLANK = rf"\s{_INVISIBLE}"
_FOLD: Final = re.compile(
    rf"(?P<hyphen>(?<=[^\W\d_])[-\u2010\u00ad][^\S\n]*\n[^\S\n]*(?=[^\W\d_A-Z]))"
    rf"|(?P<blank>(?: (?=[{_BLANK}])|[^\S ]|[{_INVISIBLE}])[{_BLANK}]*|\A | \Z)"
    r"|(?P<sign>[\u2018\u2019\u02bc\u2032\u201b\u201c\u201d\u201e\u2033\u2010\u2011])"
)
_SIGNS: Final = {
    **dict.fromkeys("\u2018\u2019\u02bc\u2032\u201b", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u2033", '"'),
}
_OWN_LINE: Final = re.compile(
    r"\*?(?:from|to|cc|bcc|sent|date|subject|reply-to|importance):|sent from|-- ?$|-{5}|(?:https?|file)://", re.I
)


_UNTIDY: Final = re.compile(
    r"[^\n -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u05ff\u2012-\u201f\u2026\u2032\u2033\u20ac"
    r"\u3001-\u30ff\u4e00-\u9fff\uff01-\uffee]"
    r"|[ \n](?:[ ]|\n\n)|[ -]\n|\A\s|\s\Z"
)
"""What makes a text longer than its plain form, or may: most notes have nothing of it, and keep every offset."""
_GAPS: Final = ("  ", " \n", "\n ", "-\n", "\n\n\n")
"""The same, of a text in ASCII alone."""
_STRAIGHT: Final = str.maketrans({**_SIGNS, "\u2010": "-", "\u2011": "-"})
_SINGLE: Final = re.compile(r"(?<!\n)\n(?!\n)")


@dataclass(frozen=True, slots=True)
class Plain:
    """Plain text; stretch i begins at `starts[i]` here and at `origins[i]` in the text that it was made from."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, offset: int) -> int:
        """Return where a character of the plain text stands in the original."""
        index = bisect_right(self.starts, offset) - 1
        return self.origins[index] + offset - self.starts[index]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the original's start and end (half open) of a stretch that is not empty."""
        return self.origin(start), self.origin(end - 1) + 1


def plain(text: str) -> Plain:
    """Make a text plain."""
    if _is_tidy(text):
        return Plain(_straightened(text), (0,), (0,))
    hard = frozenset(_hard_breaks(text))
    parts: list[str] = []
    starts, origins = [0], [0]
    length = done = 0
    for match in _FOLD.finditer(text):
        kept, folded = text[done : match.start()], _folded(match, hard, len(text))
        parts += (kept, folded)
        length += len(kept)
        starts += (length, length + len(folded))
        origins += (match.start(), match.end())
        length += len(folded)
        done = match.end()
    parts.append(text[done:])
    return Plain("".join(parts), tuple(starts), tuple(origins))


def _is_tidy(text: str) -> bool:
    """Return whether nothing makes a text longer than its plain form; most notes are plain ASCII."""
    if not text.isascii():
        return _UNTIDY.search(text) is None
    if not text.replace("\n", "").isprintable() or text[:1].isspace() or text[-1:].isspace():
        return False
    return not any(one in text for one in _GAPS)


def _straightened(text: str) -> str:
    """Return a text in which no white space is to be folded: with straight signs, and soft breaks as spaces."""
    if not text.isascii():
        text = text.translate(_STRAIGHT)
    if _SINGLE.search(text) is None:
        return text
    return "\n\n".join([_rejoined(one) if "\n" in one else one for one in text.split("\n\n")])


@lru_cache(maxsize=1024)
def _rejoined(paragraph: str) -> str:
    """Return a paragraph whose soft breaks are spaces."""
    lines = paragraph.split("\n")
    width = max(NARROWEST, *map(len, lines))
    rest = (("\n" if _is_hard(one.strip(), next_.strip(), width) else " ") + next_ for one, next_ in pairwise(lines))
    return lines[0] + "".join(rest)


def _folded(match: re.Match[str], hard: frozenset[int], length: int) -> str:
    if match["sign"]:
        return _SIGNS.get(match["sign"], "-")
    if match["hyphen"] or match.start() == 0 or match.end() == length:
        return ""
    breaks = [match.start() + offset for offset, character in enumerate(match[0]) if character == "\n"]
    if len(breaks) > 1:
        return "\n\n"
    if breaks:
        return "\n" if breaks[0] in hard else " "
    return " " if any(character.isspace() for character in match[0]) else ""


def _hard_breaks(text: str) -> Iterator[int]:
    """Yield the offsets of the line feeds at which the writer chose to end a line."""
    end = 0
    for paragraph in _paragraphs(text.split("\n")):
        width = max(NARROWEST, *map(len, paragraph)) if paragraph else 0
        for index, line in enumerate(paragraph):
            end += len(line)
            if index + 1 < len(paragraph) and _is_hard(line.strip(), paragraph[index + 1].strip(), width):
                yield end
            end += 1


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    """Yield runs of lines, blank ones by themselves."""
    run: list[str] = []
    for line in lines:
        if line.strip():
            run.append(line)
            continue
        if run:
            yield run
        yield [line]
        run = []
    if run:
        yield run


def _is_hard(line: str, following: str, width: int) -> bool:
    if _OWN_LINE.match(following) or (following.startswith(">") and line.startswith(">")):
        return True
    first_word = following.split(maxsplit=1)[0]
    return len(line) + 1 + len(first_word) <= width

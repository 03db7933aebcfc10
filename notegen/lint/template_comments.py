"""The comments of a template, each with the lines of words that it stands before or beside."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter
from typing import Final, NamedTuple

from notegen.model.source import Source

_OPEN: Final = re.compile(r"\{\{|\{%|\{#")
_RAW: Final = re.compile(r"\{%[-+]?\s*raw\s*[-+]?%\}")
_ENDRAW: Final = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")
_INSIDE: Final = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\}\}|%\}""", re.DOTALL)
_FRONT: Final = re.compile(r"---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|\Z)")
_INK: Final = re.compile(r"\S")


class Placed(NamedTuple):
    """A comment at start..end, and the lines of the file that it is about."""

    start: int
    end: int
    first: int
    last: int


def template_comments(source: Source, mark: str) -> Iterator[Placed]:
    """Yield the comments of front matter and body that hold a mark; what looks like one in a raw block is words."""
    front = _FRONT.match(source.text)
    body = front.end() if front else 0
    yield from _in_front_matter(source, body, mark)
    stretches = list(_stretches(source.text, body))
    words = [(start, end) for start, end, kind in stretches if kind == "words"]
    for start, end, kind in stretches:
        if kind == "comment" and mark in source.text[start:end]:
            yield _placed(source, start, end, words)


def _in_front_matter(source: Source, body: int, mark: str) -> Iterator[Placed]:
    if mark in source.text[:body]:
        from notegen.yamlsource import comments

        for one in comments(Source(source.name, source.text[:body], source.first_line), mark):
            yield Placed(one.span.start, one.span.end, one.first, one.last)


def _placed(source: Source, start: int, end: int, words: list[tuple[int, int]]) -> Placed:
    text = source.text
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    beside = next(_inks(text, words, line_start), len(text))
    if beside < line_end:
        return Placed(start, end, source.line_of(start), source.line_of(end))
    ink = next(_inks(text, words, end), len(text))
    return Placed(start, end, source.line_of(start), source.line_of(ink))


def _inks(text: str, words: list[tuple[int, int]], at: int) -> Iterator[int]:
    """Yield where the first character of each stretch of words is that is not blank, from a place on."""
    for index in range(bisect_right(words, at, key=itemgetter(1)), len(words)):
        start, end = words[index]
        found = _INK.search(text, max(start, at), end)
        if found is not None:
            yield found.start()


def _stretches(text: str, start: int) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches of a body: words (with `{{ }}`), tags, comments."""
    while (opening := _OPEN.search(text, start)) is not None:
        at = opening.start()
        yield start, at, "words"
        raw = _RAW.match(text, at)
        if raw is not None:
            closing = _ENDRAW.search(text, raw.end())
            yield raw.end(), closing.start() if closing else len(text), "words"
            start = closing.end() if closing else len(text)
        elif opening[0] == "{#":
            end = text.find("#}", opening.end())
            start = len(text) if end < 0 else end + 2
            yield at, start, "comment"
        else:
            sign = "}}" if opening[0] == "{{" else "%}"
            ends = (one.end() for one in _INSIDE.finditer(text, opening.end()) if one[0] == sign)
            start = next(ends, len(text))
            yield at, start, "words" if sign == "}}" else "tag"
    yield start, len(text), "words"

"""The comments of a YAML text, each with the lines of the values that it is about.

A `#` in quotes or in indented text is no comment, so PyYAML's own tokens say where values are, and comments are looked
for between them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any, Final

from notegen.model.source import Source, Span
from notegen.yamlsource.build import loader_of

_COMMENT: Final = re.compile(r"(?:^|(?<=[ \t]))#[^\n]*", re.MULTILINE)
_HEADER: Final = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\n]*)")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment, from its `#` to the end of the line.

    `first` to `last` are the lines of the file that it is about: its own, or the next that is neither blank nor a
    comment when it stands alone; a value of several lines that touches them is in as a whole.
    """

    span: Span
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Scalar:
    start: int
    end: int
    header: Span | None


def comments(source: Source, mark: str = "") -> Iterator[Comment]:
    """Yield the comments of one document that hold a mark; of one that is broken, those before the fault."""
    scalars, limit = _scalars(source)
    ends = [one.end for one in scalars]
    for found in _COMMENT.finditer(source.text, 0, limit):
        if mark not in found[0]:
            continue
        after = bisect_left(ends, found.start() + 1)
        if after < len(scalars) and scalars[after].start <= found.start():
            continue
        yield _comment(source, Span(source, found.start(), found.end()), scalars, ends)
    for one in scalars:
        if one.header is not None and mark in one.header.text:
            yield _comment(source, one.header, scalars, ends)


def _comment(source: Source, span: Span, scalars: list[_Scalar], ends: list[int]) -> Comment:
    start = source.text.rfind("\n", 0, span.start) + 1
    alone = not source.text[start : span.start].strip()
    if alone:
        start = _next_line(source.text, span.end)
    end = source.text.find("\n", start)
    end = len(source.text) if end < 0 else end
    beside = list(takewhile(lambda one: one.start < end, islice(scalars, bisect_right(ends, start), None)))
    first = min([start, *(one.start for one in beside)])
    last = max([end, *(one.end for one in beside)])
    return Comment(span, source.line_of(first), source.line_of(max(first, last - 1)))


def _next_line(text: str, at: int) -> int:
    """Return where the next line begins that is neither blank nor a comment; the end when there is none."""
    while (at := text.find("\n", at) + 1) > 0:
        line = text[at : text.find("\n", at) if text.find("\n", at) >= 0 else len(text)].strip()
        if line and not line.startswith("#"):
            return at
    return len(text)


def _scalars(source: Source) -> tuple[list[_Scalar], int]:
    """Return the places of all values and keys, and how far the text could be read."""
    from yaml.error import MarkedYAMLError, YAMLError
    from yaml.tokens import ScalarToken, StreamEndToken

    found: list[_Scalar] = []
    loader: Any = loader_of(source.text)
    try:
        token = loader.get_token()
        while not isinstance(token, StreamEndToken):
            if isinstance(token, ScalarToken):
                found.append(_scalar(source, token.start_mark.index, token.end_mark.index))
            token = loader.get_token()
    except MarkedYAMLError as error:
        mark = error.context_mark or error.problem_mark
        return found, mark.index if mark else 0
    except YAMLError:
        return found, 0
    finally:
        loader.dispose()
    return found, len(source.text)


def _scalar(source: Source, start: int, end: int) -> _Scalar:
    text = source.text[start:end]
    header = _HEADER.match(text) if text[:1] in ("|", ">") else None
    bare = start + len(text.rstrip(" \t\n"))
    return _Scalar(start, bare, Span(source, start + header.start(1), start + header.end(1)) if header else None)

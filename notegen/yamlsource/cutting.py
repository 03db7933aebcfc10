"""A text cut into its documents without parsing it: whole, or while it is still being read.

`---` and `...` at the start of a line can be nothing else in YAML, inside quotes and indented text either, so a
document ends where the next such line says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from notegen.errors import UnreadableFile
from notegen.model.source import Source

_MARKER: Final = re.compile(r"\n(---|\.\.\.)(?=[ \t\n]|\Z)")
_CONTENT: Final = re.compile(r"^(?!%|\.\.\.[ \t\n])[ \t]*[^ \t\n#]", re.MULTILINE)


def pieces(source: Source) -> Iterator[Source]:
    """Yield the documents of a text; comments and directives stay with the document that follows them."""
    return stream((source.text,), source.name, first_line=source.first_line)


def stream(chunks: Iterable[str], name: str, *, first_line: int = 1, longest: int | None = None) -> Iterator[Source]:
    """Yield the documents of a text that comes in chunks, cut anywhere, with line feeds alone as line ends.

    No more than one document and one chunk is held. Raises UnreadableFile for a document of more than `longest`
    characters.
    """
    cutter = _Cutter(name, first_line, longest)
    for chunk in chunks:
        yield from cutter.add(chunk)
    yield from cutter.add("", last=True)


class _Cutter:
    """Holds the text that belongs to no whole document yet, after a line feed, and the line that it begins at."""

    def __init__(self, name: str, line: int, longest: int | None) -> None:
        self._name = name
        self._line = line
        self._longest = longest
        self._text = "\n"
        self._seen = 0

    def add(self, chunk: str, *, last: bool = False) -> Iterator[Source]:
        """Yield the documents that are whole now; of the `last` chunk, what is left, when it says anything."""
        text, start = self._text + chunk, 1
        seen = max(len(text) - len("\n---"), 0)
        for marker in _MARKER.finditer(text, self._seen):
            end = text.find("\n", marker.end()) + 1
            if not end and not last:
                seen = marker.start()
                break
            cut = marker.start() + 1 if marker[1] == "---" else end or len(text)
            full = _CONTENT.search(text, start, cut) is not None
            if full or marker[1] == "...":
                yield from self._cut(text[start:cut], full=full)
                start = cut
        if last:
            yield from self._cut(text[start:], full=_CONTENT.search(text, start) is not None)
            return
        self._check(len(text) - start)
        self._text = text[start - 1 :]
        self._seen = max(seen - start + 1, 0)

    def _cut(self, text: str, *, full: bool) -> Iterator[Source]:
        self._check(len(text))
        if full:
            yield Source(self._name, text, self._line)
        self._line += text.count("\n")

    def _check(self, length: int) -> None:
        if self._longest is not None and length > self._longest:
            where = f"the document that begins in line {self._line} of {self._name}"
            raise UnreadableFile(
                f"{where} is longer than {self._longest:,} characters",
                hint="put each customer in a document of its own, with --- between them",
            )

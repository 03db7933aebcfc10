"""Text with a name, and places in it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from notegen.model.rebuilt import rebuilt

_LONG = 4096
"""Characters from which the line ends of a text are remembered: thousands of findings may lie in it."""


@lru_cache(maxsize=8)
def _line_ends(text: str) -> list[int]:
    """Return the offsets of the line feeds of a text, and its length."""
    ends = [offset for offset, character in enumerate(text) if character == "\n"]
    return [*ends, len(text)]


@rebuilt
@dataclass(frozen=True, slots=True)
class Source:
    """A file, or one YAML document cut from it; `first_line` is the line of the file that its text begins at.

    The text has line feeds alone as line ends and no byte-order mark; `name` is the path as the user wrote it.
    """

    name: str
    text: str
    first_line: int = 1

    def line_of(self, offset: int) -> int:
        """Return the 1-based line of the file at a character offset of this text."""
        if len(self.text) < _LONG:
            return self.first_line + self.text.count("\n", 0, offset)
        return self.first_line + bisect_left(_line_ends(self.text), offset, hi=len(_line_ends(self.text)) - 1)

    def column_of(self, offset: int) -> int:
        """Return the 1-based column, in code points."""
        return offset - (self.text.rfind("\n", 0, offset) + 1) + 1

    def line_text(self, line: int) -> str:
        """Return the text of one line of the file, without its end; empty when the line is not in this source."""
        ends = _line_ends(self.text)
        index = line - self.first_line
        if not 0 <= index < len(ends):
            return ""
        return self.text[ends[index - 1] + 1 if index else 0 : ends[index]]

    def offset_at(self, line: int, column: int) -> int:
        """Return the character offset of a 1-based line of the file and column, clamped to the text."""
        start = 0
        for _ in range(line - self.first_line):
            end = self.text.find("\n", start)
            if end < 0:
                return len(self.text)
            start = end + 1
        return min(start + column - 1, len(self.text))


@rebuilt
@dataclass(frozen=True, slots=True)
class Span:
    """The characters start..end (half open) of a source."""

    source: Source
    start: int
    end: int

    @property
    def line(self) -> int:
        """The 1-based line of the start."""
        return self.source.line_of(self.start)

    @property
    def column(self) -> int:
        """The 1-based column of the start, in code points."""
        return self.source.column_of(self.start)

    @property
    def text(self) -> str:
        """The characters themselves."""
        return self.source.text[self.start : self.end]

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"

"""Text with a name, and places in it."""

from __future__ import annotations

from dataclasses import dataclass


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
        return self.first_line + self.text.count("\n", 0, offset)

    def column_of(self, offset: int) -> int:
        """Return the 1-based column, in code points."""
        return offset - (self.text.rfind("\n", 0, offset) + 1) + 1

    def line_text(self, line: int) -> str:
        """Return the text of one line of the file, without its end; empty when the line is not in this source."""
        lines = self.text.split("\n")
        index = line - self.first_line
        return lines[index] if 0 <= index < len(lines) else ""

    def offset_at(self, line: int, column: int) -> int:
        """Return the character offset of a 1-based line of the file and column, clamped to the text."""
        start = 0
        for _ in range(line - self.first_line):
            end = self.text.find("\n", start)
            if end < 0:
                return len(self.text)
            start = end + 1
        return min(start + column - 1, len(self.text))


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

"""Findings for people: where, what, the user's own lines with carets under the fault, and what to do.

Colour is a palette that maps the parts of a report to control sequences; no message holds any.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from notegen.lint.report.run import Run, named
from notegen.model.diagnostic import Diagnostic, Related, Severity
from notegen.model.rule import Rule
from notegen.model.source import Span

TAB: Final = 4
"""Columns between tab stops in what is shown."""
WIDEST: Final = 160
"""Columns of a user's line beyond which the part around the fault is shown."""


@dataclass(frozen=True, slots=True)
class Palette:
    """What to print before each kind of part, and `end` after it; empty text for no colour."""

    error: str = ""
    warning: str = ""
    info: str = ""
    place: str = ""
    gutter: str = ""
    hint: str = ""
    end: str = ""

    def of(self, severity: Severity) -> str:
        """Return what to print before a severity."""
        return {Severity.ERROR: self.error, Severity.WARNING: self.warning, Severity.INFO: self.info}[severity]

    def paint(self, start: str, text: str) -> str:
        """Return text between a start and the end, or bare when there is no start."""
        return f"{start}{text}{self.end}" if start and text else text


PLAIN: Final = Palette()
COLOUR: Final = Palette(
    error="\x1b[1;31m",
    warning="\x1b[1;33m",
    info="\x1b[1;36m",
    place="\x1b[1m",
    gutter="\x1b[34m",
    hint="\x1b[32m",
    end="\x1b[0m",
)


def report(run: Run) -> str:
    """Return a run's report with a line end, in colour where the run asks for it."""
    made = render(run.diagnostics, style=COLOUR if run.colour else PLAIN, rules=run.rules.values())
    return f"{made}\n" if made else ""


def render(diagnostics: Iterable[Diagnostic], *, style: Palette = PLAIN, rules: Iterable[Rule] | None = None) -> str:
    """Return the report, findings apart by an empty line, without a line end after the last.

    `rules` give the names beside the codes; a code that none of them has is shown alone.
    """
    names = named(rules)
    return "\n\n".join("\n".join(_finding(one, names, style)) for one in diagnostics)


def _finding(one: Diagnostic, names: dict[str, str], style: Palette) -> Iterator[str]:
    colour = style.of(one.severity)
    title = " ".join(part for part in (one.code, names.get(one.code)) if part)
    where = style.paint(style.place, f"{one.span}:") + " " if one.span is not None else ""
    yield f"{where}{style.paint(colour, f'{one.severity.value}[{title}]')} {one.message}"
    gutter = max([len(str(last_line(span))) for span in _spans(one)], default=1)
    if one.span is not None:
        yield from _excerpt(one.span, gutter, colour, style, around=1)
    if one.hint:
        yield f"{' ' * gutter} {style.paint(style.gutter, '=')} {style.paint(style.hint, f'help: {one.hint}')}"
    for related in one.related:
        yield from _related(related, gutter, style)


def _spans(one: Diagnostic) -> Iterator[Span]:
    if one.span is not None:
        yield one.span
    yield from (related.span for related in one.related)


def _related(related: Related, gutter: int, style: Palette) -> Iterator[str]:
    arrow = style.paint(style.gutter, "-->")
    yield f"{' ' * gutter} {arrow} {style.paint(style.place, f'{related.span}:')} {related.message}"
    yield from _excerpt(related.span, gutter, style.gutter, style, around=0)


def last_line(span: Span) -> int:
    """Return the last line that an excerpt of a span shows: that of its start and one after."""
    return span.line + 1


def _excerpt(span: Span, gutter: int, colour: str, style: Palette, around: int) -> Iterator[str]:
    """Yield the line of a fault with carets under it, and `around` lines before and after."""
    source, line = span.source, span.line
    total = source.first_line + source.text.count("\n")
    for number in range(max(source.first_line, line - around), min(total, line + around) + 1):
        shown = source.line_text(number)
        if number != line:
            yield _row(str(number), expanded(shown[:WIDEST]), gutter, style)
            continue
        start = span.column - 1
        end = min(len(shown), start + span.end - span.start)
        # A longer line is not measured, since thousands of faults may share it.
        fits = len(shown) <= 4 * WIDEST and width(shown) <= WIDEST
        first = 0 if fits else max(0, start - WIDEST // 4)
        last = min(len(shown), first + WIDEST)
        before, under = width(shown[first:start]), width(shown[first : min(end, last)])
        yield _row(str(number), expanded(shown[first:last]), gutter, style)
        yield _row("", " " * before + style.paint(colour, "^" * max(1, under - before)), gutter, style)


def _row(number: str, text: str, gutter: int, style: Palette) -> str:
    return f"{style.paint(style.gutter, f'{number:>{gutter}} |')} {text}".rstrip()


def expanded(text: str) -> str:
    """Return a line as it is shown: tabs as spaces to the next stop, other control characters as a dot."""
    shown: list[str] = []
    column = 0
    for character in text:
        if character == "\t":
            piece = " " * (TAB - column % TAB)
        elif unicodedata.category(character) == "Cc":
            piece = "·"
        else:
            piece = character
        shown.append(piece)
        column += len(piece) if character == "\t" else _cells(piece)
    return "".join(shown)


def width(text: str) -> int:
    """Return how many terminal columns the beginning of a line takes."""
    column = 0
    for character in text:
        column += TAB - column % TAB if character == "\t" else _cells(character)
    return column


def _cells(character: str) -> int:
    """Return the columns of one character: two for wide East Asian ones, none for marks that sit on the one before."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1

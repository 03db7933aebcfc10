"""What the command prints: findings, mistakes, tables, progress; and the exit statuses."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

import click

from notegen.errors import NotegenError
from notegen.model.diagnostic import Diagnostic, Severity

FINE = 0
FOUND = 1
"""Something is wrong in the facts, the template or the note."""
MISTAKE = 2
"""The command could not be carried out."""
INTERNAL = 3
"""A fault of notegen's own; the traceback is on the error stream."""
INTERRUPTED = 130
"""Stopped by Ctrl-C, as shells number it."""
UNHEARD = 141
"""Whoever was reading the output went away (`notegen ... | head`), as shells number it."""


LONG = 24
"""A cell of a table of no more columns is never cut short."""

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
JOINERS = "\u200c\u200d"
"""Zero-width (non-)joiners, which Unicode counts among the formats, and which names are spelled with."""
JSON = "notegen.json"
"""Where a click context remembers that JSON was asked for, for what ends a command before it looks."""
SHOPS = "notegen.shops"
"""Where the shops that a command opened are kept."""
REPORT = "notegen.report"
"""Where a click context keeps the function by which a command reports findings, if it has one of its own."""


class Findings(Exception):
    """Problems in what a person wrote that end a command before it can go on; carries them to be shown."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(diagnostics)
        self.diagnostics = diagnostics


def colourful(stream: object = None) -> bool:
    """Return whether to colour: a terminal, and neither NO_COLOR nor a dumb terminal; FORCE_COLOR wins."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    chosen = stream or sys.stdout
    return os.environ.get("TERM") != "dumb" and bool(getattr(chosen, "isatty", lambda: False)())


def mistake(error: NotegenError) -> None:
    """Say what went wrong in one sentence, and what to do."""
    label = click.style("notegen: error:", fg="red", bold=True) if colourful(sys.stderr) else "notegen: error:"
    click.echo(f"{label} {error.message}", err=True, color=True)
    if error.hint:
        click.echo(f"  {error.hint}", err=True)


def findings(diagnostics: Sequence[Diagnostic], *, err: bool = False) -> None:
    """Show findings with the user's own lines around them; what many notes share is shown once."""
    from notegen import pipeline
    from notegen.lint import distinct
    from notegen.lint.report import text

    if diagnostics:
        palette = text.COLOUR if colourful(sys.stderr if err else sys.stdout) else text.PLAIN
        click.echo(text.render(distinct(diagnostics), style=palette, rules=pipeline.rules()), err=err, color=True)


def findings_and_tally(diagnostics: Sequence[Diagnostic]) -> None:
    """Show the findings that end a command, and how many they are, on the error stream."""
    findings(diagnostics, err=True)
    click.echo(tally(diagnostics), err=True)


def findings_as_data(diagnostics: Sequence[Diagnostic]) -> object:
    """Return findings for the JSON of a command that has more to say than what it found."""
    from notegen import pipeline
    from notegen.lint.report import json as report

    return report.data(diagnostics, rules=pipeline.rules())["findings"]


def findings_as_json(diagnostics: Sequence[Diagnostic]) -> None:
    """Print the findings that end a command, for scripts."""
    from notegen import pipeline
    from notegen.lint import distinct
    from notegen.lint.report import json as report

    click.echo(report.render(distinct(diagnostics), rules=pipeline.rules()), nl=False)


def status_of(diagnostics: Sequence[Diagnostic]) -> int:
    """Return the exit status for what was found: warnings alone are fine."""
    return FOUND if any(one.is_error for one in diagnostics) else FINE


def version() -> str:
    """Return the version of what is installed; 0 for a bare checkout."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("notegen-cards")
    except PackageNotFoundError:
        return "0"


def counted(number: int, thing: str, things: str | None = None) -> str:
    """Return "1 card", "2 cards"."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def money(cost: int, currency: str) -> str:
    """Return hundredths of a currency, as the ledger keeps costs, as people write them: "1.45 USD", "85 JPY"."""
    from babel.numbers import get_currency_precision

    digits = 0 if cost % 100 == 0 and currency and not get_currency_precision(currency) else 2
    return f"{cost / 100:,.{digits}f} {currency}".strip()


def tally(diagnostics: Sequence[Diagnostic]) -> str:
    """Return "2 errors, 1 warning"."""
    numbers = [(sum(one.severity is level for one in diagnostics), level.value) for level in Severity]
    parts = [counted(number, name) for number, name in numbers[:2] if number]
    return ", ".join(parts) or "no problems"


def in_line(text: str) -> str:
    """Return a text as it can stand in one line of a terminal: what moves the cursor or turns the line is named.

    The joiners of Persian and Indic names and of emoji stay, and so do colours.
    """
    shown = ["".join(map(_in_line, part)) for part in _COLOUR.split(text)]
    return "".join(part for pair in zip(shown, [*_COLOUR.findall(text), ""], strict=True) for part in pair)


def _in_line(one: str) -> str:
    return one if one.isprintable() or one in JOINERS else one.encode("unicode_escape").decode()


def table(rows: Sequence[Sequence[str]], heads: Sequence[str]) -> None:
    """Print rows in columns as wide as their widest cell; the last column is left ragged.

    On a terminal that is too narrow, cells of more than LONG columns are cut short; in a file or a pipe they are whole.
    """
    rows = [[in_line(cell) for cell in row] for row in rows]
    widths = [max(_columns(row[column]) for row in [heads, *rows]) for column in range(len(heads))]
    if sys.stdout.isatty():
        widths = narrowed(widths, shutil.get_terminal_size().columns)
    for row in [heads, *rows]:
        cells = [_fitted(cell, width) for cell, width in zip(row, widths, strict=True)]
        line = "  ".join(cells).rstrip()
        click.echo(click.style(line, bold=True) if row is heads and colourful() else line, color=True)


def narrowed(widths: Sequence[int], room: int) -> list[int]:
    """Return widths of columns, two apart, that fit into so many columns if none becomes narrower than LONG."""
    fit = list(widths)
    while sum(fit) + 2 * (len(fit) - 1) > room and max(fit) > LONG:
        fit[fit.index(max(fit))] -= 1
    return fit


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    from notegen.lint.report.text import width

    return width(text)


def _fitted(text: str, width: int) -> str:
    """Return a cell in exactly so many columns, cut short with three dots or filled with spaces."""
    if _columns(text) > width:
        while _columns(text) > width - 3:
            text = text[:-1]
        text += "..."
    return text + " " * (width - _columns(text))


def as_json(value: object) -> None:
    """Print a value for scripts."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def _nobody(_done: int) -> None:
    """Report progress to nobody; pipeline has the same, but is not loaded for a table of contents."""


def is_watched() -> bool:
    """Return whether somebody sees the error stream, so that a bar is worth drawing."""
    return sys.stderr.isatty()


@contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on the terminal's error stream for long work, with the rate and the time left; else nothing."""
    if length < 2 or not is_watched():
        yield _nobody
        return
    began, done = monotonic(), 0

    def rate(_item: object) -> str | None:
        took = monotonic() - began
        return f"{done / took:,.0f} a second" if took > 1 else None

    with click.progressbar(
        length=length, label=label, file=sys.stderr, width=30, show_pos=True, item_show_func=rate
    ) as bar:

        def step(count: int) -> None:
            nonlocal done
            done += count
            bar.update(count, done)

        yield step

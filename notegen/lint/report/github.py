"""Findings as workflow commands, which GitHub shows beside the lines of a pull request.

Columns are given for findings on one line alone: GitHub refuses an annotation that has columns and spans lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from notegen.lint.report.run import Run, advice, end_column, end_line, lines
from notegen.model.diagnostic import Diagnostic, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def report(run: Run) -> str:
    """Return a command for each finding."""
    return lines(_command(run, one) for one in run.diagnostics)


def _command(run: Run, one: Diagnostic) -> str:
    properties = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in _properties(run, one))
    return f"::{_COMMANDS[one.severity]} {properties}::{_escaped(advice(one), _DATA)}"


def _properties(run: Run, one: Diagnostic) -> Iterator[tuple[str, str]]:
    if one.span is not None:
        line, last = one.span.line, end_line(one.span)
        yield "file", run.path(one.span)
        yield "line", str(line)
        if line == last:
            yield "col", str(one.span.column)
        yield "endLine", str(last)
        if line == last:
            yield "endColumn", str(end_column(one.span))
    yield "title", run.title(one)


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)

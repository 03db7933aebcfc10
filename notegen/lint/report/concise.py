"""Findings on one line each, as editors and `grep` read them: `file:line:column: error[N104 name] message`."""

from __future__ import annotations

from notegen.lint.report.run import Run, lines, on_one_line
from notegen.model.diagnostic import Diagnostic


def report(run: Run) -> str:
    """Return a line for each finding."""
    return lines(_line(run, one) for one in run.diagnostics)


def _line(run: Run, one: Diagnostic) -> str:
    where = f"{one.span}: " if one.span is not None else f"note {one.note}: " if one.note is not None else ""
    return f"{where}{one.severity.value}[{run.title(one)}] {on_one_line(one.message)}"

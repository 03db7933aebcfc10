"""How findings leave the linter: one module for each format, imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from notegen.lint.report.run import Run, Suppressed

FORMATS: Final = {
    "text": "for people: your own lines with carets under the fault, and what to do",
    "concise": "one line a finding: file:line:column: error[N104 hedged-conditional] message",
    "json": "one document with every key, every time",
    "jsonl": "one finding a line, each with the keys of json",
    "sarif": "SARIF 2.1.0, for code scanning",
    "github": "annotations in the log of a GitHub workflow",
    "gitlab": "a GitLab code quality report",
    "junit": "JUnit XML, a test case for each finding",
    "checkstyle": "Checkstyle XML",
}
"""Names and what each is for."""

PEOPLE: Final = frozenset({"text", "concise", "github"})
"""Formats that somebody reads in a terminal or a log, so that a tally may follow them."""


def render(form: str, run: Run) -> str:
    """Return a run's findings in a format, with a line end after the last line; empty when there is nothing to say."""
    made = import_module(f"notegen.lint.report.{form}").report(run)
    assert isinstance(made, str)
    return made


__all__ = ["FORMATS", "PEOPLE", "Run", "Suppressed", "render"]

"""Findings as a GitLab code quality report, which its merge requests compare with that of the target branch."""

from __future__ import annotations

import json

from notegen.lint.fingerprint import fingerprints
from notegen.lint.report.run import Run, advice, end_line
from notegen.model.diagnostic import Diagnostic, Severity

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
_NOWHERE = "notegen.yaml"
"""The file that a finding without a place is put to: GitLab shows none without a path."""


def report(run: Run) -> str:
    """Return the report, a list."""
    marks = fingerprints(run.diagnostics)
    rows = [_issue(run, one, mark) for one, mark in zip(run.diagnostics, marks, strict=True)]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _issue(run: Run, one: Diagnostic, mark: str) -> dict[str, object]:
    return {
        "description": advice(one),
        "check_name": run.title(one),
        "fingerprint": mark,
        "severity": _SEVERITIES[one.severity],
        "location": {
            "path": run.path(one.span) if one.span is not None else _NOWHERE,
            "lines": {
                "begin": one.span.line if one.span is not None else 1,
                "end": end_line(one.span) if one.span is not None else 1,
            },
        },
    }

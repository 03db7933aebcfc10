"""Findings as JSON Lines: one object a line, with the keys of `json`, so that a program can read while we judge."""

from __future__ import annotations

import json

from notegen.lint.report.json import finding
from notegen.lint.report.run import Run, lines

_ESCAPES = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""Characters that some readers take for a line end."""


def report(run: Run) -> str:
    """Return a line for each finding."""
    names = run.names()
    rows = (json.dumps(finding(one, names), ensure_ascii=False) for one in run.diagnostics)
    return lines(row.translate(_ESCAPES) for row in rows)

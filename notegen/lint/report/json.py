"""Findings for programs: a stable JSON document, places as 1-based lines and columns in code points."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from notegen.lint.report.run import Run, end_column, end_line, named
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.rule import Rule
from notegen.model.source import Span

VERSION: Final = 1
"""Grows when a reader of an older document would misread a newer one: a key gone, renamed or of another meaning.

A key that is added, a new code, a new word in a message change nothing; readers pass over keys they do not know.
"""

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | int | None"


def report(run: Run) -> str:
    """Return a run's findings as a JSON document."""
    return render(run.diagnostics, rules=run.rules.values())


def render(diagnostics: Iterable[Diagnostic], *, rules: Iterable[Rule] | None = None) -> str:
    """Return the findings as a JSON document with a line end."""
    return json.dumps(data(diagnostics, rules=rules), ensure_ascii=False, indent=2) + "\n"


def data(diagnostics: Iterable[Diagnostic], *, rules: Iterable[Rule] | None = None) -> dict[str, Tree]:
    """Return `{"version", "findings": [...], "summary": {...}}`; every key is always there.

    A place is `file`, `line`, `column`, `end_line`, `end_column`; the end is the place after the last character.
    `printed` is the place in the words of the note that was to be printed, whose whole text is beside it.
    """
    names = named(rules)
    found = tuple(diagnostics)
    return {
        "version": VERSION,
        "findings": [finding(one, names) for one in found],
        "summary": _summary(found),
    }


def finding(one: Diagnostic, names: Mapping[str, str]) -> Tree:
    """Return one finding, with the names of rules by code."""
    return {
        "code": one.code,
        "name": names.get(one.code),
        "severity": one.severity.value,
        "message": one.message,
        **_place(one.span),
        "hint": one.hint,
        "related": [{**_place(related.span), "message": related.message} for related in one.related],
        "note": one.note,
        "printed": {**_lines(one.printed), "text": one.printed.source.text} if one.printed is not None else None,
        "fix": {**_place(one.fix.span), "replacement": one.fix.replacement} if one.fix is not None else None,
    }


def _place(span: Span | None) -> dict[str, Tree]:
    if span is None:
        return dict.fromkeys(("file", "line", "column", "end_line", "end_column"))
    return {"file": span.source.name, **_lines(span)}


def _lines(span: Span) -> dict[str, Tree]:
    return {
        "line": span.line,
        "column": span.column,
        "end_line": end_line(span),
        "end_column": end_column(span),
    }


def _summary(found: tuple[Diagnostic, ...]) -> Tree:
    levels = Counter(one.severity for one in found)
    codes = Counter(one.code for one in found)
    return {
        **{f"{level.value}s" if level is not Severity.INFO else "infos": levels[level] for level in Severity},
        "codes": {code: codes[code] for code in sorted(codes)},
    }

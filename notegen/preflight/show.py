"""Reports for people and as data: one line a finding, what was not checked, a tally."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from notegen.model.diagnostic import Severity
from notegen.preflight.codes import RULES
from notegen.preflight.report import Finding, Report

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | int | bool | None"
Paint: TypeAlias = "Callable[[str, Severity], str]"

NAMED: Final = 5
"""Pages that a line names before it counts the rest."""
VERSION: Final = 1
"""Grows when a reader of an older document would misread a newer one."""
NAMES: Final = {rule.code: rule.name for rule in RULES}


def plain(words: str, _severity: Severity) -> str:
    """Return words without colour."""
    return words


def text(reports: Iterable[Report], paint: Paint = plain) -> str:
    """Return reports for people, with a line end; `paint` colours what says how grave a finding is."""
    return "".join(f"{line}\n" for one in reports for line in _lines(one, paint))


def _lines(report: Report, paint: Paint) -> Iterator[str]:
    helped: set[str] = set()
    for one in report.findings:
        grave = paint(f"{one.code} {one.severity.value}:", one.severity)
        yield f"{report.name}: {where(one)}{grave} {one.message}"
        if one.hint and one.code not in helped and one.severity is not Severity.INFO:
            helped.add(one.code)
            yield f"  help: {one.hint}"
    reasons: dict[str, list[str]] = {}
    for missed in report.unchecked:
        reasons.setdefault(missed.reason, []).append(missed.check)
    for reason, checks in reasons.items():
        yield f"{report.name}: not checked: {'; '.join(checks)} ({reason})"
    yield f"{report.name}: {_counted(report.pages, 'page')}, {tally([report])}"


def where(one: Finding) -> str:
    """Return "page 2, object 14 0: ", of what is known."""
    parts = [*([_pages(one.pages)] if one.pages else []), *([f"object {one.object}"] if one.object else [])]
    return f"{', '.join(parts)}: " if parts else ""


def _pages(pages: Sequence[int]) -> str:
    if len(pages) == 1:
        return f"page {pages[0]}"
    named = ", ".join(map(str, pages[:NAMED]))
    more = len(pages) - NAMED
    return f"pages {named} and {more:,} more" if more > 0 else f"pages {named}"


def tally(reports: Iterable[Report]) -> str:
    """Return "2 errors, 1 warning"."""
    levels = [one.severity for report in reports for one in report.findings]
    numbers = [(levels.count(level), level.value) for level in (Severity.ERROR, Severity.WARNING)]
    return ", ".join(_counted(number, name) for number, name in numbers if number) or "no problems"


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing if number == 1 else thing + 's'}"


def data(reports: Sequence[Report]) -> dict[str, Tree]:
    """Return reports for programs; every key is always there."""
    return {
        "version": VERSION,
        "files": [_file(one) for one in reports],
        "summary": {
            f"{level.value}s" if level is not Severity.INFO else level.value: sum(
                one.severity is level for report in reports for one in report.findings
            )
            for level in Severity
        },
    }


def _file(report: Report) -> Tree:
    return {
        "file": report.name,
        "pages": report.pages,
        "ok": report.ok,
        "findings": [_finding(one) for one in report.findings],
        "checked": list(report.checked),
        "unchecked": [{"check": one.check, "reason": one.reason} for one in report.unchecked],
    }


def _finding(one: Finding) -> Tree:
    return {
        "code": one.code,
        "name": NAMES.get(one.code),
        "severity": one.severity.value,
        "message": one.message,
        "page": one.page,
        "pages": list(one.pages),
        "object": one.object,
        "count": one.count,
        "hint": one.hint,
    }

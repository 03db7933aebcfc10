"""Findings as SARIF 2.1.0, the format of code scanning: rules with their pages, places, fixes, and fingerprints.

A message may have placeholders such as `{0}`, so that a brace that is meant is written twice (3.11.5 of the standard);
pages of rules take none and are left as they are. What was printed on a note is no file: it is a logical place, with
its lines and columns among the properties.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Final, TypeAlias
from urllib.parse import quote

from notegen.lint.fingerprint import fingerprints
from notegen.lint.report import page
from notegen.lint.report.run import Run, advice, end_column, end_line
from notegen.model.diagnostic import Diagnostic, Fix, Related, Severity
from notegen.model.manual import read
from notegen.model.rule import Rule
from notegen.model.source import Span

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | int | bool"

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT: Final = "notegen/v1"
ROOT: Final = "ROOT"
"""The name that relative paths are counted from."""
LONGEST: Final = 2_000
"""Characters of a place beyond which its text is not repeated."""

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ENDS: Final = {
    0: "nothing was found that fails the run",
    1: "something was found that fails the run",
    2: "the command could not be carried out",
}


def report(run: Run) -> str:
    """Return the log."""
    log: Tree = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(run)]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _run(run: Run) -> Tree:
    made: dict[str, Tree] = {
        "tool": {"driver": _driver(run)},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(run)],
        "results": list(_results(run)),
    }
    if run.root is not None:
        made["originalUriBaseIds"] = {ROOT: {"uri": f"{_file_uri(run.root).rstrip('/')}/"}}
    return made


def _driver(run: Run) -> Tree:
    return {
        "name": "notegen",
        "version": run.version,
        "shortDescription": {"text": "Judges handwritten-style notes, their templates and the facts behind them."},
        "rules": [_rule(rule) for rule in run.rules.values()],
    }


def _rule(rule: Rule) -> Tree:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": read(rule).finds},
        "help": {"text": page.text(rule), "markdown": page.markdown(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.subject], "allowable": rule.allowable, "fixable": rule.fixable},
    }


def _invocation(run: Run) -> Tree:
    return {
        "executionSuccessful": run.status in (0, 1),
        "exitCode": run.status,
        "exitCodeDescription": _ENDS.get(run.status, "something went wrong inside notegen"),
    }


def _results(run: Run) -> Iterator[Tree]:
    index = {code: number for number, code in enumerate(run.rules)}
    allowed = tuple(one.diagnostic for one in run.suppressed)
    marks = fingerprints((*run.diagnostics, *allowed))
    for one, mark in zip(run.diagnostics, marks, strict=False):
        yield _result(run, one, mark, index)
    for given, mark in zip(run.suppressed, marks[len(run.diagnostics) :], strict=True):
        kind = "inSource" if given.in_source else "external"
        suppressed: Tree = {"kind": kind, "status": "accepted", "justification": given.reason}
        yield {**_result(run, given.diagnostic, mark, index), "suppressions": [suppressed]}


def _result(run: Run, one: Diagnostic, mark: str, index: dict[str, int]) -> dict[str, Tree]:
    result: dict[str, Tree] = {
        "ruleId": one.code,
        "level": _LEVELS[one.severity],
        "message": _message(advice(one)),
        "partialFingerprints": {FINGERPRINT: mark},
    }
    if one.code in index:
        result["ruleIndex"] = index[one.code]
    locations = _location(run, one)
    if locations:
        result["locations"] = [locations]
    if one.related:
        result["relatedLocations"] = list(_related(run, one.related))
    if one.fix is not None:
        result["fixes"] = [_fix(run, one.fix)]
    if one.printed is not None:
        result["properties"] = {"printed": _region(one.printed)}
    return result


def _location(run: Run, one: Diagnostic) -> dict[str, Tree]:
    location: dict[str, Tree] = {}
    if one.span is not None:
        location["physicalLocation"] = _physical(run, one.span)
    if one.note is not None:
        location["logicalLocations"] = [{"name": one.note, "fullyQualifiedName": f"note {one.note}"}]
    return location


def _related(run: Run, related: Iterable[Related]) -> Iterator[Tree]:
    for number, one in enumerate(related, start=1):
        yield {"id": number, "physicalLocation": _physical(run, one.span), "message": _message(one.message)}


def _fix(run: Run, fix: Fix) -> Tree:
    replacement: Tree = {"deletedRegion": _region(fix.span), "insertedContent": {"text": fix.replacement}}
    change: Tree = {"artifactLocation": _artifact(run, fix.span), "replacements": [replacement]}
    words = f'write "{fix.replacement}"' if fix.replacement else "delete it"
    return {"description": _message(words), "artifactChanges": [change]}


def _message(text: str) -> Tree:
    return {"text": text.replace("{", "{{").replace("}", "}}")}


def _physical(run: Run, span: Span) -> Tree:
    return {"artifactLocation": _artifact(run, span), "region": _region(span)}


def _artifact(run: Run, span: Span) -> Tree:
    """Return a file's address, relative to the root when it is inside."""
    path = run.path(span)
    if PurePath(path).is_absolute():
        return {"uri": _file_uri(PurePath(path))}
    uri = quote(path, safe="/", errors="surrogateescape")
    return {"uri": uri, "uriBaseId": ROOT} if run.root is not None else {"uri": uri}


def _file_uri(path: PurePath) -> str:
    return f"file://{quote(path.as_posix(), safe='/', errors='surrogateescape')}"


def _region(span: Span) -> Tree:
    region: dict[str, Tree] = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": end_line(span),
        "endColumn": end_column(span),
    }
    if len(span.text) <= LONGEST:
        region["snippet"] = {"text": span.text}
    return region

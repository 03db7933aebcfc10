"""Reports as SARIF 2.1.0, the format of code scanning: a PDF has no lines, so places are pages and objects.

GitHub wants a line for every result all the same ("SARIF support for code scanning": region.startLine), so all are on
line 1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import PurePath
from typing import Final
from urllib.parse import quote

from notegen.model.diagnostic import Severity
from notegen.model.manual import read
from notegen.model.rule import Rule
from notegen.preflight.codes import RULES
from notegen.preflight.report import Finding, Report
from notegen.preflight.show import Tree, where

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT: Final = "notegen/v1"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ENDS: Final = {0: "nothing was found that fails the run", 1: "something was found that fails the run"}
_FIGURES: Final = re.compile(r"\d+")


def render(reports: Sequence[Report], version: str, status: int) -> str:
    """Return the log, with a line end; `status` is the exit status of the run."""
    found = {one.code for report in reports for one in report.findings}
    rules = [rule for rule in RULES if rule.code in found]
    index = {rule.code: number for number, rule in enumerate(rules)}
    driver: Tree = {
        "name": "notegen",
        "version": version,
        "shortDescription": {"text": "Judges whether PDF files are fit for a press."},
        "rules": [_rule(rule) for rule in rules],
    }
    run: Tree = {
        "tool": {"driver": driver},
        "invocations": [_invocation(reports, status)],
        "results": [result for report in reports for result in _results(report, index)],
    }
    log: Tree = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> Tree:
    page = read(rule)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": page.finds},
        "help": {"text": "\n\n".join((*page.why, f"Mend: {page.mend}"))},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.subject]},
    }


def _invocation(reports: Sequence[Report], status: int) -> Tree:
    notes: list[Tree] = [
        {
            "level": "note",
            "message": _message(f"not checked: {one.check} ({one.reason})"),
            "locations": [{"physicalLocation": {"artifactLocation": _artifact(report.name)}}],
        }
        for report in reports
        for one in report.unchecked
    ]
    return {
        "executionSuccessful": status in _ENDS,
        "exitCode": status,
        "exitCodeDescription": _ENDS.get(status, "the command could not be carried out"),
        "toolExecutionNotifications": notes,
    }


def _results(report: Report, index: dict[str, int]) -> Iterator[Tree]:
    seen: dict[str, int] = {}
    for one in report.findings:
        mark = _mark(report, one)
        seen[mark] = number = seen.get(mark, -1) + 1
        location: dict[str, Tree] = {
            "physicalLocation": {"artifactLocation": _artifact(report.name), "region": {"startLine": 1}}
        }
        places = list(_places(one))
        if places:
            location["logicalLocations"] = [*places]
        yield {
            "ruleId": one.code,
            "ruleIndex": index[one.code],
            "level": _LEVELS[one.severity],
            "message": _message(f"{where(one)}{one.message}. {one.hint or ''}".strip()),
            "locations": [location],
            "partialFingerprints": {FINGERPRINT: f"{mark}{number or ''}"},
            "properties": {"pages": list(one.pages), "count": one.count},
        }


def _places(one: Finding) -> Iterator[Tree]:
    if one.page is not None:
        yield {"name": f"page {one.page}", "fullyQualifiedName": f"page {one.page}", "kind": "page"}
    if one.object is not None:
        yield {"name": f"object {one.object}", "fullyQualifiedName": f"object {one.object}", "kind": "object"}


def _mark(report: Report, one: Finding) -> str:
    """Return what a finding is recognised by when pages and objects are numbered otherwise."""
    words = "\0".join((PurePath(report.name).as_posix(), one.code, _FIGURES.sub("#", one.message)))
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _message(text: str) -> Tree:
    return {"text": text.replace("{", "{{").replace("}", "}}")}


def _artifact(name: str) -> Tree:
    path = PurePath(name)
    uri = quote(path.as_posix(), safe="/", errors="surrogateescape")
    return {"uri": f"file://{uri}" if path.is_absolute() else uri}

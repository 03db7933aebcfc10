"""Reports for programs hold every key, every time."""

import json

from notegen.lint.report import json as report
from notegen.model.diagnostic import Diagnostic, Fix, Related, Severity
from notegen.model.source import Source, Span

SOURCE = Source("letter.txt", "Dear Ana,\nvalued\ncustomer", first_line=4)
KEYS = "code name severity message file line column end_line end_column hint related note printed fix".split()


def test_a_finding_in_full() -> None:
    span = Span(SOURCE, 10, 25)
    printed = Span(Source("note ana", "Dear Ana,\nThanks."), 5, 8)
    one = Diagnostic("N110", Severity.ERROR, "m", span, "h", (Related(span, "r"),), Fix(span, "Ana"), "ana", printed)
    place = {"file": "letter.txt", "line": 5, "column": 1, "end_line": 6, "end_column": 9}
    tree = json.loads(report.render([one]))
    assert tree == {
        "version": 1,
        "findings": [
            {
                "code": "N110",
                "name": "impersonal-address",
                "severity": "error",
                "message": "m",
                **place,
                "hint": "h",
                "related": [{**place, "message": "r"}],
                "note": "ana",
                "printed": {"line": 1, "column": 6, "end_line": 1, "end_column": 9, "text": "Dear Ana,\nThanks."},
                "fix": {**place, "replacement": "Ana"},
            }
        ],
        "summary": {"errors": 1, "warnings": 0, "infos": 0, "codes": {"N110": 1}},
    }
    assert list(tree["findings"][0]) == KEYS


def test_nothing_known_is_null() -> None:
    (finding,) = json.loads(report.render([Diagnostic("F999", Severity.INFO, "é")]))["findings"]
    assert list(finding) == KEYS
    assert finding == {**dict.fromkeys(KEYS), "code": "F999", "severity": "info", "message": "é", "related": []}


def test_no_findings() -> None:
    text = report.render([])
    assert text.endswith("}\n")
    assert json.loads(text)["summary"] == {"errors": 0, "warnings": 0, "infos": 0, "codes": {}}

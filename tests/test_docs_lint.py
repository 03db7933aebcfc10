"""The page about lint in CI names every format, status, level and input that there is, and no others."""

from __future__ import annotations

import re

from conftest import ROOT
from test_ci import ACTION, HOOKS
from test_docs_pages import coded, page, rows, section

from notegen.cli import output
from notegen.lint.report import FORMATS
from notegen.lint.report import json as report
from notegen.model.diagnostic import Diagnostic, Severity

PAGE = page("lint.md")


def test_every_format_is_in_the_table() -> None:
    listed = rows(section(PAGE, "Formats"))
    assert [coded(row[0])[0] for row in listed] == list(FORMATS)
    for row in listed:
        assert row[1].replace("`", "").startswith(FORMATS[coded(row[0])[0]].split(":")[0])


def test_every_status_is_in_the_table() -> None:
    listed = [int(row[0]) for row in rows(section(PAGE, "Exit status"))]
    assert listed == [output.FINE, output.FOUND, output.MISTAKE, output.INTERNAL]
    text = section(PAGE, "Exit status")
    assert f" {output.UNHEARD}" in text and f" {output.INTERRUPTED}" in text
    assert all(f"`{level.value}`" in text for level in Severity)


def test_every_key_of_the_json_is_named() -> None:
    tree = report.data([Diagnostic("N104", Severity.ERROR, "m")])
    text = section(PAGE, "Formats").split("**json.**")[1].split("**sarif.**")[0]
    (finding,) = tree["findings"]  # type: ignore[misc]
    assert set(finding) | {"version", "findings", "summary"} <= set(coded(text))  # type: ignore[arg-type]


def test_every_hook_and_input_is_named() -> None:
    assert re.findall(r"- id: ([\w-]+)", section(PAGE, "pre-commit")) == [hook["id"] for hook in HOOKS]
    assert [coded(row[0])[0] for row in rows(section(PAGE, "GitHub"))] == list(ACTION["inputs"])


def test_the_other_pages_lead_here() -> None:
    assert "docs/lint.md" in (ROOT / "README.md").read_text()
    assert "docs/rules.md" in (ROOT / "README.md").read_text()

"""Each format has a reference file made from one list of findings, and keeps the rules of those who read it."""

import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree

import jsonschema
import pytest
from conftest import ROOT, Golden
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from reported import ALLOWED, CLEAN, FOUND, LETTER, NAME, RUN
from schemas import stored

from notegen.lint import report
from notegen.lint.fingerprint import fingerprints
from notegen.lint.report import FORMATS, Run
from notegen.model.diagnostic import Diagnostic, Fix, Related, Severity
from notegen.model.source import Source, Span

SUFFIXES = {"json": "json", "jsonl": "jsonl", "sarif": "sarif", "gitlab": "json", "junit": "xml", "checkstyle": "xml"}
XSD = ROOT / "tests" / "schemas" / "junit-10.xsd"


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_is_as_it_was(form: str, golden: Golden) -> None:
    golden(f"tests/golden/report/{form}.{SUFFIXES.get(form, 'txt')}", report.render(form, RUN))


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_found_is_whole_too(form: str) -> None:
    made = report.render(form, CLEAN)
    assert made == "" or made.endswith("\n")
    if form not in SUFFIXES:
        assert made == ""


def test_every_reference_belongs_to_a_format() -> None:
    assert {path.stem for path in (ROOT / "tests" / "golden" / "report").iterdir()} == set(FORMATS)


def test_no_format_is_loaded_unless_it_is_used(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ana,\n\nThank you for the peach jam on Saturday.\n\nRick\n")
    code = (
        "import sys; from notegen.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted(name for name in sys.modules if name.startswith('notegen.lint.report.')), file=sys.stderr)"
    )
    for form, used in (("text", ["run", "text"]), ("concise", ["concise", "run"]), ("json", ["json", "run"])):
        done = subprocess.run(
            [sys.executable, "-c", code, "lint", "letter.txt", "--format", form],
            cwd=tmp_path, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stderr.strip() == str([f"notegen.lint.report.{name}" for name in used])


# Text that may stand in a file, and findings that may be in it.


@st.composite
def findings(draw: st.DrawFn) -> Diagnostic:
    text = draw(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\r"), max_size=30))
    name = draw(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12))
    source = Source(name, text, draw(st.integers(1, 9)))
    start = draw(st.integers(0, len(text)))
    span = Span(source, start, draw(st.integers(start, len(text))))
    words = draw(st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=20))
    return Diagnostic(
        draw(st.sampled_from(["N104", "N110", "U999"])),
        draw(st.sampled_from(Severity)),
        words,
        draw(st.sampled_from([span, None])),
        draw(st.sampled_from([words, None])),
        draw(st.sampled_from([(Related(span, words),), ()])),
        draw(st.sampled_from([Fix(span, words), None])),
        draw(st.sampled_from([name, None])),
        draw(st.sampled_from([span, None])),
    )


RUNS = st.lists(findings(), max_size=4).map(lambda found: replace(RUN, diagnostics=tuple(found)))


# concise and github: one line each


@given(RUNS)
def test_concise_is_one_line_a_finding(run: Run) -> None:
    assert report.render("concise", run).count("\n") == len(run.diagnostics)


COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def unescaped(text: str) -> str:
    return re.sub("%(25|0D|0A|3A|2C)", lambda found: chr(int(found[1], 16)), text)


@given(RUNS)
def test_a_workflow_command_can_be_read_back(run: Run) -> None:
    rows = report.render("github", run).split("\n")[:-1]
    assert len(rows) == len(run.diagnostics)
    for row, one in zip(rows, run.diagnostics, strict=True):
        command = COMMAND.fullmatch(row)
        assert command is not None
        assert unescaped(command[3]).split("\n")[0] == one.message.split("\n")[0]
        properties = dict(pair.split("=", 1) for pair in command[2].split(","))
        if one.span is not None:
            assert unescaped(properties["file"]) == run.path(one.span)
            assert ("col" in properties) == (properties["line"] == properties["endLine"])


# JSON Lines and GitLab


@given(RUNS)
def test_json_lines_hold_what_json_holds(run: Run) -> None:
    rows = report.render("jsonl", run).splitlines()
    assert [json.loads(row) for row in rows] == json.loads(report.render("json", run))["findings"]


GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {name: {"type": "integer", "minimum": 1} for name in ("begin", "end")},
                    },
                },
            },
        },
    },
}
"""What GitLab's documentation asks of a code quality report."""


@given(RUNS)
def test_gitlab_gets_what_it_asks_for(run: Run) -> None:
    rows = json.loads(report.render("gitlab", run))
    jsonschema.validate(rows, GITLAB)
    assert len({row["fingerprint"] for row in rows}) == len(run.diagnostics)


# XML


@given(RUNS)
def test_junit_keeps_its_schema(run: Run) -> None:
    schema = etree.XMLSchema(etree.parse(XSD))
    document = etree.parse(io.BytesIO(report.render("junit", run).encode()))
    schema.assertValid(document)
    cases = document.findall(".//testcase")
    assert len(cases) == max(1, len(run.diagnostics))
    assert len(document.findall(".//failure")) == int(document.getroot().get("failures"))
    for suite in document.findall("testsuite"):
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))


def test_junit_fails_what_fails_the_run() -> None:
    for level, failures in ((Severity.ERROR, 6), (Severity.WARNING, 8), (Severity.INFO, 10), (None, 0)):
        made = ElementTree.fromstring(report.render("junit", replace(RUN, fail_level=level)))
        assert made.get("failures") == str(failures)


def test_a_clean_run_is_one_junit_case_that_passes() -> None:
    made = ElementTree.fromstring(report.render("junit", CLEAN))
    assert [len(case) for case in made.iter("testcase")] == [0]


@given(RUNS)
def test_checkstyle_holds_every_finding(run: Run) -> None:
    made = ElementTree.fromstring(report.render("checkstyle", run))
    assert made.tag == "checkstyle"
    assert {child.tag for child in made} <= {"file"}
    errors = list(made.iter("error"))
    assert len(errors) == len(run.diagnostics)
    for error in errors:
        assert error.attrib.keys() >= {"line", "severity", "message", "source"}
        assert error.attrib["severity"] in ("error", "warning", "info")


def test_what_xml_cannot_hold_is_replaced() -> None:
    for form in ("junit", "checkstyle"):
        made = report.render(form, RUN)
        assert "\x07" not in made and "\ufffd" in made


# SARIF


SARIF = "sarif-2.1.0.json"


def test_the_schema_refuses_what_is_not_sarif() -> None:
    log = json.loads(report.render("sarif", RUN))
    for broken in ({**log, "version": "2.0.0"}, {**log, "more": 1}, {**log, "runs": [{}]}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, stored(SARIF))


@pytest.mark.parametrize("run", [RUN, CLEAN, replace(RUN, root=None), replace(RUN, status=2)])
def test_sarif_keeps_its_schema(run: Run) -> None:
    jsonschema.validate(json.loads(report.render("sarif", run)), stored(SARIF))


def results(run: Run = RUN) -> list[Any]:
    made: list[Any] = json.loads(report.render("sarif", run))["runs"][0]["results"]
    return made


def test_sarif_with_every_rule_keeps_its_schema() -> None:
    from notegen import pipeline

    rules = {rule.code: rule for rule in pipeline.rules()}
    log = json.loads(report.render("sarif", replace(RUN, rules=rules)))
    jsonschema.validate(log, stored(SARIF))
    driver = log["runs"][0]["tool"]["driver"]
    for result in log["runs"][0]["results"]:
        if "ruleIndex" in result:
            assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert all("Mend" in rule["help"]["markdown"] for rule in driver["rules"])


@given(RUNS)
def test_any_finding_is_sound_sarif(run: Run) -> None:
    log = json.loads(report.render("sarif", run))
    for result, one in zip(log["runs"][0]["results"], run.diagnostics, strict=False):
        if one.span is None:
            continue
        region = result["locations"][0]["physicalLocation"]["region"]
        lines = one.span.source.text.split("\n")
        first, last = region["startLine"] - one.span.source.first_line, region["endLine"] - one.span.source.first_line
        whole = "\n".join(lines[first : last + 1])
        end = len(whole) - len(lines[last]) + region["endColumn"] - 1
        assert whole[region["startColumn"] - 1 : end] == one.span.text == region["snippet"]["text"]
        address = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert re.fullmatch(r"[\w/.~%-]*|file:///[\w/.~%-]*", address["uri"], re.ASCII)


def test_addresses_lead_to_the_files() -> None:
    base = json.loads(report.render("sarif", RUN))["runs"][0]["originalUriBaseIds"]["ROOT"]["uri"]
    assert base == "file:///home/ana/shop/"
    address = results()[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert unquote(urljoin(base, address["uri"])) == f"file:///home/ana/shop/{LETTER.name}"
    assert address["uriBaseId"] == "ROOT"
    outside = results()[4]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert outside == {"uri": "file:///srv/shared%20templates/thanks.j2"}
    dotted = results()[3]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert dotted["uri"] == "facts/march.yaml"


def test_a_path_that_climbs_out_is_absolute() -> None:
    span = Span(Source("../other/x.txt", "x"), 0, 1)
    assert RUN.path(span) == "/home/ana/other/x.txt"
    assert replace(RUN, root=None).path(span) == "../other/x.txt"


def test_fingerprints_are_those_of_the_baseline() -> None:
    marks = [result["partialFingerprints"]["notegen/v1"] for result in results()]
    assert tuple(marks) == fingerprints((*FOUND, ALLOWED.diagnostic))
    assert len(set(marks)) == len(marks)


def test_what_is_allowed_is_marked_and_not_dropped() -> None:
    *others, allowed = results()
    assert allowed["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "the team did it together"}
    ]
    assert all("suppressions" not in one for one in others)
    baseline = replace(RUN, suppressed=(replace(ALLOWED, in_source=False),))
    assert results(baseline)[-1]["suppressions"][0]["kind"] == "external"


def test_a_fix_says_what_to_write_where() -> None:
    (change,) = results()[3]["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {
                "startLine": 32, "startColumn": 9, "endLine": 32, "endColumn": 18, "snippet": {"text": NAME.text},
            },
            "insertedContent": {"text": "Ana Reyes"},
        }
    ]  # fmt: skip


def test_a_long_place_is_not_repeated() -> None:
    source = Source("l.txt", "x" * 5000)
    one = Diagnostic("N110", Severity.ERROR, "m", Span(source, 0, 5000))
    region = results(replace(RUN, diagnostics=(one,)))[0]["locations"][0]["physicalLocation"]["region"]
    assert "snippet" not in region


@given(RUNS)
def test_a_message_is_read_back_as_the_standard_says(run: Run) -> None:
    for result, one in zip(results(run), run.diagnostics, strict=False):
        words = result["message"]["text"].format()
        assert words == (f"{one.message}\n{one.hint}" if one.hint else one.message)


def test_levels() -> None:
    assert [one["level"] for one in results()[:-1]] == [
        {"error": "error", "warning": "warning", "info": "note"}[one.severity] for one in FOUND
    ]

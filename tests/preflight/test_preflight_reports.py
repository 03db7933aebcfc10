"""Reports: for people once each, as data with every key, as SARIF that its schema takes."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO

import jsonschema
import pikepdf
import pytest
from faults import LISTED, drawn, good
from schemas import stored

from notegen.model.diagnostic import Severity
from notegen.model.purpose import Purpose
from notegen.preflight import RULES, Finding, Report, Unchecked, check, sarif, show
from notegen.preflight.codes import WANTED
from notegen.preflight.report import MOST, Notebook

SARIF = "sarif-2.1.0.json"
FOUND = Report(
    "cards.pdf", 1000,
    (
        Finding("P140", Severity.ERROR, "text is {red}", "Convert it.", tuple(range(1, 1001)), "12 0", 3000),
        Finding("P104", Severity.WARNING, "the file is PDF 1.7", None),
    ),
    ("the file is whole",), (Unchecked("safe area", "no stock"), Unchecked("size", "no stock")),
)  # fmt: skip


def test_a_finding_on_a_thousand_pages_is_one_line() -> None:
    assert show.text([FOUND]).splitlines() == [
        "cards.pdf: pages 1, 2, 3, 4, 5 and 995 more, object 12 0: P140 error: text is {red}",
        "  help: Convert it.",
        "cards.pdf: P104 warning: the file is PDF 1.7",
        "cards.pdf: not checked: safe area; size (no stock)",
        "cards.pdf: 1,000 pages, 1 error, 1 warning",
    ]


def test_as_data() -> None:
    made = show.data([FOUND])
    assert made["summary"] == {"errors": 1, "warnings": 1, "info": 0}
    (file,) = json.loads(json.dumps(made))["files"]
    assert file["ok"] is False
    assert file["findings"][0]["pages"] == list(range(1, 1001))
    assert set(file["findings"][0]) == set(file["findings"][1])
    assert file["unchecked"][0] == {"check": "safe area", "reason": "no stock"}


@pytest.mark.parametrize("status", [0, 1])
def test_sarif_is_valid(status: int) -> None:
    others = [check(LISTED[name].make(), name=f"a b/{name}.pdf") for name in ("truncated", "RGB vector")]
    log = json.loads(sarif.render([FOUND, *others], "0.1", status))
    jsonschema.validate(log, stored(SARIF))
    (run,) = log["runs"]
    assert run["results"][0]["message"]["text"].endswith("text is {{red}}. Convert it.")
    for one in run["results"]:
        (location,) = one["locations"]
        assert location["physicalLocation"]["region"] == {"startLine": 1}
        assert location["physicalLocation"]["artifactLocation"]["uri"]
    marks = [one["partialFingerprints"][sarif.FINGERPRINT] for one in run["results"]]
    assert len(set(marks)) == len(marks)
    assert all(run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])


def test_nothing_found_is_whole_too() -> None:
    clean = Report("a.pdf", 1, (), (), ())
    assert show.text([clean]) == "a.pdf: 1 page, no problems\n"
    jsonschema.validate(json.loads(sarif.render([clean], "0", 0)), stored(SARIF))


@cache
def forty() -> bytes:
    """Return a file of 80 pages, every second with an RGB area in a stream of its own."""
    with pikepdf.open(BytesIO(drawn(b"1 0 0 rg 99 99 9 9 re f")())) as pdf, pikepdf.new() as many:
        for number in range(40):
            many.pages.extend(pdf.pages)
            page = many.pages[2 * number].obj
            page.Contents = many.make_stream(page.Contents.read_bytes() + b"%% %d\n" % number)
        stream = BytesIO()
        many.save(stream)
        return stream.getvalue()


def test_a_fault_of_many_pages_is_one_finding_with_its_pages() -> None:
    (found,) = [one for one in check(forty()).findings if one.code == "P140"]
    assert found.pages == tuple(range(1, 81, 2))
    assert found.page == 1


def test_findings_name_page_and_object() -> None:
    data = LISTED["RGB vector"].make()
    (found,) = check(data).errors
    assert found.page == 1
    with pikepdf.open(BytesIO(data)) as pdf:
        assert found.object is not None
        number, generation = map(int, found.object.split())
        assert b"1 0 0 rg" in pdf.get_object(number, generation).read_bytes()


def test_the_same_bytes_give_the_same_report() -> None:
    assert check(LISTED["missing XObject"].make()) == check(LISTED["missing XObject"].make())


def test_names_in_a_file_cannot_play_with_a_terminal() -> None:
    found = check(drawn(b"/A#1b#5b31m#0aB gs")())
    assert [one.message for one in found.errors] == ["the graphics state /A?[31m?B is not among the resources"]


def test_a_flood_of_different_findings_is_dammed() -> None:
    book = Notebook({"P153": Severity.ERROR}, {}, {"P153"})
    for number in range(MOST + 50):
        book.add("P153", "lost", key=str(number))
    assert len(book.findings()) == MOST
    assert [check for check, _ in book.unchecked] == ["more of P153"]


def test_a_desktop_file_needs_less_than_a_press_file() -> None:
    assert WANTED[Purpose.SCREEN] < WANTED[Purpose.DESKTOP]
    found = check(LISTED["no output intent"].make(), purpose=Purpose.DESKTOP)
    assert found.codes <= {"P109"}
    assert {"P130", "P131", "P101"} <= WANTED[Purpose.DESKTOP]


def test_every_rule_is_named_in_the_order_of_codes() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert all(rule.subject == "pdf" and code.startswith("P") for rule, code in zip(RULES, codes, strict=True))


def test_what_is_never_checked_is_said_of_good_files_too() -> None:
    assert "ink of overlays" in [one.check for one in check(good()).unchecked]

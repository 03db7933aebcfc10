"""`notegen lint` tells in each format, to the screen or a file; inside a GitHub workflow as annotations by itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ROOT, Golden, Run

from notegen import pipeline
from notegen.lint.report import FORMATS, page

TERRIBLE = ROOT / "samples" / "terrible"


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_gets_what_the_screen_gets(form: str, notegen: Run, tmp_path: Path) -> None:
    target = tmp_path / "report"
    shown = notegen("lint", TERRIBLE, "--format", form)
    written = notegen("lint", TERRIBLE, "--format", form, "-o", target)
    assert shown.status == written.status == 1
    tally = written.out
    assert tally.count("\n") == 1 and "errors" in tally
    assert shown.out in (target.read_text(), target.read_text() + tally)


def test_workflows_are_annotated(notegen: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    letter = TERRIBLE / "letter.txt"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.chdir(ROOT)
    ran = notegen("lint", letter)
    assert ran.out.startswith("::warning file=samples/terrible/letter.txt,line=1,col=1,endLine=1,")
    assert notegen("lint", letter, "--format", "concise").out.startswith(f"{letter}:1:")
    assert notegen("lint", letter, "-o", tmp_path / "r.txt").status == 1
    assert (tmp_path / "r.txt").read_text().startswith(f"{letter}:1:")
    monkeypatch.setenv("GITHUB_ACTIONS", "false")
    assert notegen("lint", letter).out.startswith(f"{letter}:1:")


def test_sarif_of_a_shop_says_where_it_was_run_and_how_it_ended(
    notegen: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(ROOT)
    ran = notegen("lint", TERRIBLE, "--format", "sarif", "-o", tmp_path / "r.sarif")
    (run,) = json.loads((tmp_path / "r.sarif").read_text())["runs"]
    assert run["originalUriBaseIds"]["ROOT"]["uri"] == f"{ROOT.as_uri()}/"
    assert run["invocations"][0]["exitCode"] == ran.status == 1
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [rule.code for rule in pipeline.rules()]
    uris = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]}
    assert {f"samples/terrible/{name}" for name in ("letter.txt", "template.j2", "customers.yaml")} <= uris


def test_printed_notes_are_in_the_json(notegen: Run, shop: Path) -> None:
    path = shop / "templates" / "thanks.j2"
    path.write_text(path.read_text().replace("Warmly,", "If applicable, use the bell.\n\nWarmly,"))
    found = json.loads(notegen("lint", shop, "--format", "json").out)["findings"]
    (one,) = [one for one in found if one["code"] == "N104" and one["printed"]]
    rows = one["printed"]["text"].split("\n")
    row = rows[one["printed"]["line"] - 1]
    assert row[one["printed"]["column"] - 1 : one["printed"]["end_column"] - 1] == "If applicable"


def test_the_book_of_rules_is_up_to_date(golden: Golden) -> None:
    golden("docs/rules.md", page.book(pipeline.rules()))


def test_rules_are_listed_with_their_traits(notegen: Run) -> None:
    listed = json.loads(notegen("rule", "list", "--json").out)
    assert [one["code"] for one in listed] == [rule.code for rule in pipeline.rules()]
    for one in listed:
        assert set(one) == {"code", "name", "subject", "severity", "fixable", "allowable", "summary"}
    head = notegen("rule", "list").out.split("\n")[0].split()
    assert head == ["code", "name", "level", "judges", "fix", "allow", "finds"]


@pytest.mark.parametrize("rule", list(pipeline.rules()), ids=lambda rule: rule.code)
def test_every_rule_is_explained_by_code_and_by_name(rule: pipeline.opening.Rule, notegen: Run) -> None:
    shown = notegen("rule", "explain", rule.code).out
    assert shown == notegen("rule", "explain", rule.name).out
    assert shown.startswith(f"{rule.code} {rule.name} (")
    told = json.loads(notegen("rule", "explain", rule.code, "--json").out)
    for part in (told["summary"], told["mend"], told["bad"].split("\n")[0], told["good"].split("\n")[0]):
        assert " ".join(part.split()) in " ".join(shown.split())


def test_a_rule_that_is_not_there_is_named_with_the_nearest(notegen: Run) -> None:
    ran = notegen("rule", "explain", "hedged-conditonal")
    assert (ran.status, "hedged-conditional" in ran.err) == (2, True)

"""Each code has cases in tests/cases/lint: words in which it is found, at a place, and words in which not."""

from pathlib import Path
from typing import Any

import lintnotes
import pytest

from notegen import lint
from notegen.files import read_source
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import Source
from notegen.yamlsource import parse

FOLDER = Path(__file__).parent.parent / "cases" / "lint"


def cases(code: str) -> dict[str, Any]:
    """Read the case file of a code."""
    documents = parse(read_source(FOLDER / f"{code}.yaml")).value
    assert documents
    tree: Any = documents[0].value
    assert tree["code"] == code
    return tree


def judged(case: dict[str, Any]) -> tuple[Diagnostic, ...]:
    """Judge a case: a letter, with or without facts, or a template with one customer's facts."""
    if "text" in case:
        letter = Source("letter.txt", case["text"])
        if "facts" not in case:
            return lint.check_letter(letter)
        reader = lintnotes.facts(case["facts"])
        return lint.check_letter(letter, lint.Context(reader, lintnotes.SCHEMA, today=case.get("today")))
    made = lintnotes.template(
        case["template"],
        fallback=bool(case.get("fallback")),
        purpose=case.get("purpose"),
        occasion=case.get("occasion"),
    )
    known = lintnotes.facts(case["facts"])
    return lint.check_note(lintnotes.compose(made, known), lintnotes.context(made, known))


CODES = [rule.code for rule in lint.RULES]
FAIL = [(code, case) for code in CODES for case in cases(code)["fail"]]
PASS = [(code, case) for code in CODES for case in cases(code)["pass"]]


def test_every_code_has_cases_both_ways() -> None:
    assert {code for code, _ in FAIL} == set(CODES) == {code for code, _ in PASS}


def test_every_case_file_belongs_to_a_code() -> None:
    assert sorted(path.stem for path in FOLDER.glob("N1*.yaml")) == sorted(CODES)


@pytest.mark.parametrize(("code", "case"), FAIL)
def test_it_is_found_where_it_stands(code: str, case: dict[str, Any]) -> None:
    line, column = map(int, case["at"].split(":"))
    found = judged(case)
    assert (case.get("file", "letter.txt"), line, column, code) in lintnotes.places(found)
    assert case.get("severity", "error") in {one.severity for one in found if one.code == code}


@pytest.mark.parametrize(("code", "case"), PASS)
def test_near_misses_pass(code: str, case: dict[str, Any]) -> None:
    assert code not in lintnotes.codes(judged(case))

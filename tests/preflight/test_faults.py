"""Every planted fault is found, by the rule that is meant for it and by no other."""

from __future__ import annotations

import pytest
from faults import EXTRAS, LISTED, Fault, good
from unlisted import FINE, UNLISTED

from notegen.layout import stocks
from notegen.model.diagnostic import Severity
from notegen.preflight import RULES, Report, check

ALL = {**LISTED, **EXTRAS, **UNLISTED}


def judged(fault: Fault) -> Report:
    """Return the report on a fault."""
    given = dict(fault.given)
    if "stock" in given:
        given["stock"] = stocks.builtin().get(given["stock"])
    return check(fault.make(), **given)


def test_the_good_file_is_good() -> None:
    found = check(good(), stock=stocks.builtin().get("us-a2"))
    assert [(one.code, one.message) for one in found.findings] == []
    assert found.pages == 2


@pytest.mark.parametrize(("name", "fault"), ALL.items(), ids=ALL)
def test_a_planted_fault_is_found_by_its_rule(name: str, fault: Fault) -> None:
    found = judged(fault)
    level = Severity.WARNING if fault.warning else Severity.ERROR
    said = [(one.code, one.message) for one in found.findings]
    assert fault.code in [one.code for one in found.findings if one.severity is level], said
    others = {one.code for one in found.errors} - fault.beside - {fault.code}
    assert others == set(), said
    assert name == "truncated" or not [one for one in found.unchecked if one.reason.startswith("the file is broken")]


def test_every_rule_has_a_fault_that_it_finds() -> None:
    assert {rule.code for rule in RULES} == {fault.code for fault in ALL.values()}


def test_there_are_29_listed_faults() -> None:
    assert len(LISTED) == 29


@pytest.mark.parametrize("name", FINE)
def test_what_is_no_fault_is_let_pass(name: str) -> None:
    found = check(FINE[name]())
    assert [(one.code, one.message) for one in found.errors] == []

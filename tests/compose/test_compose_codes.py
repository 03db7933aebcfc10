"""Every code of templates has a page, a name that reads after "allow", and something that brings it about."""

from __future__ import annotations

import re
from inspect import cleandoc

import pytest
from composing import SCHEMA, checked, found, parsed, template_of

from notegen.compose import RULES, check_paths

CAUSES = {
    "T001": "{% if sale.item %}",
    "T002": "---\nrequire: [sale.item]\n---\nx",
    "T003": "{{ customer.frist_name }}",
    "T004": "{{ customer.title }}",
    "T005": "{{ sale.colour }}",
    "T006": "{{ sale.date | longdate }}",
    "T007": "{{ customer.name | long_date }}",
    "T008": "{{ ''.__class__ }}",
    "T009": "{% for i in range(1000000) %}thank you {% endfor %}",
    "T010": "---\nrequires: [problem.what]\n---\nx",
    "T011": '{% include "_signatur.j2" %}',
    "T012": '{% include "t.j2" %}',
    "T013": "With love to {{ customer.household }}",
    "T014": "{{ sale.item + 1 }}",
    "T015": "{% if customer.title %}{{ customer.title }}{% endif %}",
    "T016": "Dear {{ customer.name }}",
    "T017": "{{ sale.item }}{{ sale.short }}{{ sale.price }}",
}
PATHS = ("T016", "T017")
"""Codes that the paths through a template bring about, and not the check or a render."""


def all_findings(text: str) -> set[str]:
    """Return the codes of reading, of the check and of composing, whichever comes first."""
    reading = {code for code, _ in parsed(text)}
    return reading or {code for code, _ in (*checked(text), *found(text))}


def path_findings(text: str) -> set[str]:
    """Return the codes of the path analysis."""
    return {one.code for one in check_paths(template_of(text), SCHEMA)}


def test_each_code_has_a_cause() -> None:
    """The table above names every code that there is."""
    assert sorted(CAUSES) == [rule.code for rule in RULES]


@pytest.mark.parametrize(("code", "text"), CAUSES.items())
def test_causes(code: str, text: str) -> None:
    """Each cause brings about just its code."""
    assert (path_findings(text) if code in PATHS else all_findings(text)) == {code}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_pages(rule: object) -> None:
    """A page says what is found in one sentence, why the reader would care, and shows a bad and a good way."""
    page = next(one for one in RULES if one is rule)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", page.name)
    assert re.fullmatch(r"[A-Z][^\n]*\.", page.summary)
    manual = cleandoc(page.manual)
    assert "\nBad:  " in manual and "\nGood: " in manual
    assert max(map(len, manual.split("\n"))) <= 120


BAD_AND_GOOD = ("T001", "T003", "T004", "T006", "T007", "T008", "T013", "T014")


@pytest.mark.parametrize("code", BAD_AND_GOOD)
def test_examples_are_true(code: str) -> None:
    """The bad example has the code, and the good one has not."""
    page = next(one for one in RULES if one.code == code)
    bad, good = (re.search(rf"{word}: +(.*)", page.manual) for word in ("Bad", "Good"))
    assert bad is not None and good is not None
    assert code in all_findings(bad[1].replace("sale.colour", "customer.title"))
    assert code not in all_findings(good[1].replace("sale.colour", "customer.title"))


@pytest.mark.parametrize("code", PATHS)
def test_examples_of_paths_are_true(code: str) -> None:
    """The bad example has the code, the good one has not, and the page says how to mend."""
    page = next(one for one in RULES if one.code == code)
    bad, good, mend = (re.search(rf"{word}: +(.*)", page.manual) for word in ("Bad", "Good", "Mend"))
    assert bad is not None and good is not None and mend is not None
    text, _, requires = good[1].partition(", with ")
    front = "---\n" + requires.strip("`") + "\n---\n" if requires else ""
    assert code in path_findings(bad[1])
    assert code not in path_findings(front + text)

"""The manual of each code is complete, and its examples are what it says they are."""

from __future__ import annotations

import re
from inspect import cleandoc
from pathlib import Path

import pytest

import notegen
from notegen import settings
from notegen.facts import RULES, STANDARD, extended, load_source
from notegen.model.manual import read
from notegen.model.rule import Rule
from notegen.model.schema import Field, Kind
from notegen.model.source import Source

SHOP = extended(STANDARD, (Field("customer.tier", Kind.TEXT, "their tier", choices=("gold", "silver")),))


def codes(text: str, rule: Rule) -> set[str]:
    source = Source("example.yaml", text)
    found = settings.load_source(source, Path()) if rule.code == "F022" else load_source(source, SHOP)
    return {one.code for one in found.diagnostics}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_bad_example_is_found_and_the_good_one_is_not(rule: Rule) -> None:
    page = read(rule)
    assert rule.code in codes(page.bad, rule)
    assert rule.code not in codes(page.good, rule)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_manual_begins_with_one_sentence(rule: Rule) -> None:
    assert rule.summary.endswith(".")
    assert cleandoc(rule.manual).split("\n")[1] == ""
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)


def test_each_code_that_is_written_has_a_manual() -> None:
    root = Path(notegen.__path__[0])
    packages = ("yamlsource", "facts", "settings")
    modules = [path for package in packages for path in (root / package).rglob("*.py")]
    written = {
        code
        for path in modules
        if not path.name.endswith("codes.py")
        for code in re.findall(r'"(F\d{3})"', path.read_text())
    }
    assert written == {rule.code for rule in RULES}
    assert len(RULES) == len({rule.name for rule in RULES}) == len({rule.code for rule in RULES})


MENDED = (
    "customer: {name: MARY SMITH}",
    'customer: {name: "Smith, Mary"}',
    "customer: {name: mary smith}",
    'customer: {name: "Mary Smith,"}',
    'customer: {name: Mary Smith, address: "12 Elm St, Boston, MA 2134"}',
    "customer: {name: Mary Smith}\nremember: [You said itâ€™s time.]",
    "customer: {name: Mary Smith}\nremember: [Salt &amp; pepper.]",
    'customer: {name: "Mary Smith "}',
)


def test_the_rules_that_are_marked_are_those_that_carry_fixes() -> None:
    examples = [*MENDED, *(read(rule).bad for rule in RULES)]
    found = [one for text in examples for one in load_source(Source("example.yaml", text), SHOP).diagnostics]
    assert {one.code for one in found if one.fix} == {rule.code for rule in RULES if rule.fixable}

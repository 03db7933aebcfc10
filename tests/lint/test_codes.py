"""Every rule about words has a code and a name that reads after "allow"; test_manual judges the pages."""

import re

import pytest

from notegen.lint import RULES
from notegen.model.rule import Rule


def test_codes_and_names_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_names_read_after_allow(rule: Rule) -> None:
    assert re.fullmatch(r"N1\d\d", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name) and not rule.name.startswith("no-")
    assert rule.summary.endswith(".") and len(rule.summary) < 90

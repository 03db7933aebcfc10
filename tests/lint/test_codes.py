"""Every rule about words has a code and a name that reads after "allow"; test_manual judges the pages."""

import re

import lintnotes
import pytest

from notegen.lint import RULES, Context, check_letter, check_note
from notegen.model.manual import read
from notegen.model.rule import Rule
from notegen.model.source import Source

BY_FACTS = [rule for rule in RULES if rule.code in ("N116", "N120", "N121", "N122")]
"""Rules whose page shows a text with facts before it."""


def test_codes_and_names_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_names_read_after_allow(rule: Rule) -> None:
    assert re.fullmatch(r"N1\d\d", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name) and not rule.name.startswith("no-")
    assert rule.summary.endswith(".") and len(rule.summary) < 90


def with_facts(text: str) -> list[str]:
    """Judge "{facts} text": a letter, or a template where the text has braces of its own."""
    cut = text.index("} ") + 1
    while text[:cut].count("{") > text[:cut].count("}"):
        cut = text.index("} ", cut) + 1
    known, words = lintnotes.facts(text[:cut]), text[cut + 1 :]
    if "{{" in words:
        made = lintnotes.template(words)
        return lintnotes.codes(check_note(lintnotes.compose(made, known), lintnotes.context(made, known)))
    letter = words.replace(", ", ",\n\n", 1)
    return lintnotes.codes(check_letter(Source("letter", letter), Context(known, lintnotes.SCHEMA)))


@pytest.mark.parametrize("rule", BY_FACTS, ids=lambda rule: rule.code)
def test_the_examples_with_facts_hold(rule: Rule) -> None:
    assert rule.code in with_facts(read(rule).bad)
    assert [code for code in with_facts(read(rule).good) if code != "N105"] == []

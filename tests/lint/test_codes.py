"""Every rule has a code, a name that reads after "allow", and a manual page whose examples hold."""

import re

import lintnotes
import pytest

from notegen.lint import RULES, Context, check_letter, check_note
from notegen.model.rule import Rule
from notegen.model.source import Source

BY_FACTS = [rule for rule in RULES if rule.code in ("N116", "N120", "N121", "N122")]
"""Rules whose page shows a text with facts before it."""
BY_EXAMPLE = [rule for rule in RULES if rule not in BY_FACTS and rule.code not in ("N105", "N106")]
"""Rules whose page shows a bad text; the other two judge a whole note, and their cases are in tests/cases."""


def test_codes_and_names_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_names_and_pages_are_whole(rule: Rule) -> None:
    assert re.fullmatch(r"N1\d\d", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name) and not rule.name.startswith("no-")
    assert rule.summary.endswith(".") and len(rule.summary) < 90
    paragraphs = rule.manual.split("\n\n")
    assert len(paragraphs) >= 4
    assert re.search(r"^Bad:  .+\nGood: .+", paragraphs[-1])


def example(rule: Rule, kind: str) -> str:
    found = re.search(rf"^{kind}: +(.+)$", rule.manual, re.MULTILINE)
    assert found is not None
    return found[1].replace(" / ", "\n")


@pytest.mark.parametrize("rule", BY_EXAMPLE, ids=lambda rule: rule.code)
def test_the_examples_of_a_page_hold(rule: Rule) -> None:
    bad = check_letter(Source("bad", example(rule, "Bad")))
    good = check_letter(Source("good", example(rule, "Good")))
    assert rule.code in [one.code for one in bad]
    assert [one.code for one in good if one.code != "N105"] == []


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
    assert rule.code in with_facts(example(rule, "Bad"))
    assert [code for code in with_facts(example(rule, "Good")) if code != "N105"] == []

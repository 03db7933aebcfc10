"""Every rule there is has a page with all its parts, and whatever shows a page shows the same words."""

from dataclasses import replace

import pytest

from notegen import pipeline
from notegen.lint import check_letter
from notegen.lint.report import page
from notegen.model.diagnostic import Severity
from notegen.model.manual import Page, read
from notegen.model.rule import Rule
from notegen.model.source import Source

RULES = tuple(pipeline.rules())
JUDGED_WHOLE = ("N105", "N106", "N116", "N120", "N121", "N122", "N130", "N132", "N134", "N140")
"""Rules about a whole note; their examples are cases in tests/cases."""
PAGE = """A gap.

Finds gaps, and
more gaps.

Nobody likes them.

It hurts.

Bad:  a / b
Good:
    c:
      d
Mend: Fill
  it.
"""
RULE = Rule("N999", "gap", "note", Severity.ERROR, PAGE)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_page_has_all_its_parts(rule: Rule) -> None:
    made = read(rule)
    for part in (made.summary, made.finds, *made.why, made.mend):
        assert part[0].isupper() or not part[0].isalpha() or part.startswith("notegen"), part
        assert part.endswith((".", '."')), part
    assert made.bad != made.good
    assert "\n" not in rule.summary and rule.summary == made.summary


@pytest.mark.parametrize(
    "rule", [one for one in RULES if one.code[0] == "N" and one.code not in JUDGED_WHOLE], ids=lambda rule: rule.code
)
def test_the_examples_of_note_rules_hold(rule: Rule) -> None:
    made = read(rule)
    assert rule.code in [one.code for one in check_letter(Source("bad", made.bad))]
    assert rule.code not in [one.code for one in check_letter(Source("good", made.good))]


def test_a_page_is_read_into_its_parts() -> None:
    assert read(RULE) == Page(
        "A gap.", "Finds gaps, and more gaps.", ("Nobody likes them.", "It hurts."), "a\nb", "c:\n  d", "Fill it."
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Mend: Fill\n  it.\n", ""),
        ("Bad: ", "Worse: "),
        ("Mend:", "Bad:"),
        ("Finds gaps", "It finds gaps"),
        ("Nobody likes them.\n\nIt hurts.\n\n", ""),
        ("  a / b", ""),
        ("Fill\n  it.", ""),
    ],
)
def test_a_page_that_lacks_a_part_is_refused(old: str, new: str) -> None:
    with pytest.raises(ValueError, match="N999"):
        read(replace(RULE, manual=PAGE.replace(old, new)))


def test_as_text() -> None:
    assert page.text(RULE).split("\n\n") == [
        "A gap.", "Finds gaps, and more gaps.", "Nobody likes them.", "It hurts.",
        "Bad:\n    a\n    b", "Good:\n    c:\n      d", "Mend: Fill it.",
    ]  # fmt: skip


def test_as_markdown() -> None:
    shown = page.markdown(RULE)
    assert "Bad:\n\n```text\na\nb\n```" in shown
    assert shown.endswith("**Mend:** Fill it.")


def test_as_data() -> None:
    assert page.data(RULE) == {
        "code": "N999",
        "name": "gap",
        "subject": "note",
        "severity": "error",
        "fixable": False,
        "allowable": True,
        "summary": "A gap.",
        "finds": "Finds gaps, and more gaps.",
        "why": "Nobody likes them.\n\nIt hurts.",
        "bad": "a\nb",
        "good": "c:\n  d",
        "mend": "Fill it.",
    }


def test_traits() -> None:
    assert page.traits(RULE) == "error, judges note"
    assert page.traits(replace(RULE, fixable=True)) == "error, judges note, fixed by --fix"
    assert page.traits(replace(RULE, allowable=False)) == "error, judges note, never silenced"


def test_the_book_has_every_rule_once_in_chapters() -> None:
    made = page.book(RULES)
    for rule in RULES:
        assert made.count(f"\n### {rule.code} {rule.name}\n") == 1
    chapters = [line[3:] for line in made.split("\n") if line.startswith("## ")]
    assert chapters == [name for name in page.SUBJECTS.values() if name in chapters]
    assert max(map(len, made.split("\n"))) <= 132


def test_an_example_with_an_empty_line_keeps_it() -> None:
    rule = replace(RULE, manual=PAGE.replace("    c:\n", "    c:\n\n"))
    assert "```text\nc:\n\n  d\n```" in page.book([rule])

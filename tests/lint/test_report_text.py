"""Reports for people show the user's own lines with carets exactly under the fault."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.lint.report import text
from notegen.model.diagnostic import Diagnostic, Related, Severity
from notegen.model.source import Source, Span

LETTER = Source("letter.txt", "Dear Ana,\nyou are a valued customer.\nYours,\nRick", first_line=9)
FACTS = Source("facts.yaml", "customer:\n\tname: Ana")


def fault(source: Source, words: str, **more: object) -> Diagnostic:
    start = source.text.index(words)
    span = Span(source, start, start + len(words))
    return Diagnostic("N110", Severity.ERROR, "it speaks to a crowd", span, **more)  # type: ignore[arg-type]


def test_a_finding_in_full() -> None:
    related = (Related(Span(FACTS, 16, 19), "the name is here"),)
    shown = text.render([fault(LETTER, "valued customer", hint="say Ana", related=related)])
    assert shown.split("\n") == [
        "letter.txt:10:11: error[N110 impersonal-address] it speaks to a crowd",
        " 9 | Dear Ana,",
        "10 | you are a valued customer.",
        "   |           ^^^^^^^^^^^^^^^",
        "11 | Yours,",
        "   = help: say Ana",
        "   --> facts.yaml:2:7: the name is here",
        " 2 |     name: Ana",
        "   |          ^^^",
    ]


def test_findings_are_apart_by_an_empty_line() -> None:
    one = Diagnostic("F999", Severity.WARNING, "odd")
    assert text.render([one, one]) == "warning[F999] odd\n\nwarning[F999] odd"
    assert text.render([]) == ""


def test_colour_is_only_in_the_palette() -> None:
    one = fault(LETTER, "valued", hint="say Ana")
    coloured = text.render([one], style=text.COLOUR)
    assert "\x1b[1;31m" in coloured
    for part in ("error", "warning", "info", "place", "gutter", "hint", "end"):
        coloured = coloured.replace(getattr(text.COLOUR, part), "")
    assert coloured == text.render([one])


@pytest.mark.parametrize(
    ("line", "words", "above", "carets"),
    [
        ("\tvalued", "valued", "    valued", "    ^^^^^^"),
        ("ab\tvalued", "valued", "ab  valued", "    ^^^^^^"),
        ("日本 valued", "valued", "日本 valued", "     ^^^^^^"),
        ("ein 日本語 a", "日本語", "ein 日本語 a", "    ^^^^^^"),
        ("e\u0301te\u0301 valued", "valued", "e\u0301te\u0301 valued", "    ^^^^^^"),
        ("a\u200bb valued", "valued", "a\u200bb valued", "   ^^^^^^"),
        ("a\x07 valued", "valued", "a· valued", "   ^^^^^^"),
    ],
)
def test_carets_stand_under_wide_and_odd_characters(line: str, words: str, above: str, carets: str) -> None:
    rows = text.render([fault(Source("l", line), words)]).split("\n")
    assert rows[1:] == [f"1 | {above}", f"  | {carets}"]


def test_a_fault_over_two_lines_is_marked_on_its_first() -> None:
    rows = text.render([fault(Source("l", "a valued\ncustomer here"), "valued\ncustomer")]).split("\n")
    assert rows[1:] == ["1 | a valued", "  |   ^^^^^^", "2 | customer here"]


def test_a_long_line_is_cut_around_its_fault() -> None:
    rows = text.render([fault(Source("l", "a " * 300 + "valued" + " b" * 300), "valued")]).split("\n")
    assert len(rows[1]) <= text.WIDEST + 4
    assert rows[1][rows[2].index("^") :].startswith("valued")
    assert rows[2].count("^") == 6


def test_an_empty_place_still_gets_a_caret() -> None:
    rows = text.render([Diagnostic("F001", Severity.INFO, "empty", Span(Source("l", ""), 0, 0))]).split("\n")
    assert rows == ["l:1:1: info[F001] empty", "1 |", "  | ^"]


@given(st.text(alphabet="a日\t\u0301\u200b ", max_size=30))
def test_what_is_shown_is_as_wide_as_it_is_said_to_be(line: str) -> None:
    assert text.width(text.expanded(line)) == text.width(line)

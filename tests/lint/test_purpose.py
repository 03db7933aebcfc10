"""What a note is for, who may be asked for a word and when, and where each finding points."""

from __future__ import annotations

import lintnotes
import pytest

from notegen import lint
from notegen.lint.place import with_origin
from notegen.lint.purpose import purpose_of, sentence_at
from notegen.lint.reading import Context, Medium, read
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Note
from notegen.model.source import Source, Span
from notegen.model.template import Template

ASK = "Dear Ana,\n\nThe {{ sale.item }} looks well. Please leave us a review."


def purpose(text: str, *, declared: str | None = None, occasion: str | None = None) -> str | None:
    made = lintnotes.template(text, purpose=declared, occasion=occasion)
    return purpose_of(read(with_origin(Note("k", "t", text)), Medium.NOTE, Context(template=made)))


@pytest.mark.parametrize(
    ("occasion", "expected"),
    [
        ("the day of the sale", "thanks"),
        ("a week or so later", "check-in"),
        ("the anniversary of the business done", "anniversary"),
        ("a year after the matter ended", "anniversary"),
        ("birthday", "birthday"),
        ("a problem that has been put right", "apology"),
        ("somebody came because of them", "referral-thanks"),
        ("thanks, when nothing is known", "thanks"),
        ("whatever comes up", None),
    ],
)
def test_an_occasion_says_what_a_note_is_for(occasion: str, expected: str | None) -> None:
    assert purpose("Dear Ana,\n\nThe Tacoma suits you.", occasion=occasion) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Thank you for the tea.", "thanks"),
        ("Thank you for waiting. I am sorry that the wheel went out of true.", "apology"),
        ("Happy birthday on the fourth, and thank you.", "birthday"),
        ("It is two years to the day since you came. Thank you.", "anniversary"),
        ("The Tacoma suits you.", None),
    ],
)
def test_words_say_it_where_no_occasion_does(words: str, expected: str | None) -> None:
    assert purpose(f"Dear Ana,\n\n{words}") == expected


def test_what_is_declared_wins() -> None:
    assert purpose("Dear Ana,\n\nThank you.", declared="offer", occasion="birthday") == "offer"


def test_the_closing_may_be_the_thanks_and_the_signature_is_not() -> None:
    assert purpose("Dear Ana,\n\nThe Tacoma suits you.\n\nWith thanks,\nRick") == "thanks"
    assert purpose("Dear Ana,\n\nThe Tacoma suits you.\n\nYours,\nThanks A. Lott") is None


def judged(declared: str | None, feedback: str) -> list[str]:
    made = lintnotes.template(ASK, purpose=declared)
    known = lintnotes.facts(f"sale: {{item: roof}}\n{feedback}")
    return [one.code for one in lint.check_note(lintnotes.compose(made, known), lintnotes.context(made, known))]


HAPPY, UNHAPPY = "feedback: {satisfied: true}", "feedback: {satisfied: false}"


@pytest.mark.parametrize(
    ("declared", "feedback", "expected"),
    [
        ("thanks", HAPPY, ["N115"]),
        ("thanks", "", ["N115"]),
        ("birthday", HAPPY, ["N115"]),
        ("apology", HAPPY, ["N115"]),
        (None, HAPPY, ["N115"]),
        (None, "", ["N132"]),
        ("check-in", "", ["N132"]),
        ("check-in", UNHAPPY, ["N132"]),
        ("check-in", HAPPY, []),
        ("offer", HAPPY, []),
        ("other", HAPPY, []),
    ],
)
def test_who_may_be_asked_for_a_word(declared: str | None, feedback: str, expected: list[str]) -> None:
    assert judged(declared, feedback) == expected


def test_a_template_that_declares_its_purpose_may_hold_the_question() -> None:
    found = [
        [one.code for one in lint.check_template(lintnotes.template(ASK, purpose=declared), lintnotes.SCHEMA)]
        for declared in (None, "thanks", "check-in")
    ]
    assert found == [["N115"], ["N115"], []]


def test_money_is_never_a_good_word() -> None:
    made = lintnotes.template("Dear Ana,\n\nThe {{ sale.item }} earns you 20% off.", purpose="offer")
    known = lintnotes.facts(f"sale: {{item: roof}}\n{HAPPY}")
    found = lint.check_note(lintnotes.compose(made, known), lintnotes.context(made, known))
    assert lintnotes.codes(found) == ["N115"]


def test_two_purposes_shows_the_first() -> None:
    text = "---\npurpose: birthday\n---\nDear Ana,\n\nThe {{ sale.item }} waits. Your annual service is due."
    source = Source("templates/b.j2", text)
    body = text.index("Dear")
    start = text.index("birthday")
    made = Template("b", source, body, purpose="birthday", places={"purpose": Span(source, start, start + 8)})
    known = lintnotes.facts("sale: {item: Tacoma}")
    (found,) = lint.check_note(lintnotes.compose(made, known), lintnotes.context(made, known))
    assert found.code == "N136" and [one.span.text for one in found.related] == ["birthday"]


def test_the_first_purpose_is_found_in_words_too() -> None:
    found = _only("N136", "Dear Ana,\n\nHappy birthday on the fourth. Your annual service is due.")
    assert [one.span.text for one in found.related] == ["Happy birthday"]


def test_one_sentence_is_one_finding() -> None:
    text = "Dear Ana,\n\nThank you for the tea. We also do baths, and we have new taps in stock; refer us at 20% off."
    codes = [one.code for one in lint.check_letter(Source("letter.txt", text))]
    assert "N115" in codes and "N131" not in codes


def test_a_complaint_points_at_both_places() -> None:
    made = lintnotes.template("Dear Ana,\n\nThe {{ sale.item }} suits you.")
    known = lintnotes.facts("sale: {item: tandem}\nproblem:\n  open: true")
    (found,) = lint.check_note(lintnotes.compose(made, known), lintnotes.context(made, known))
    assert [str(one.span) for one in found.related] == ["facts/ana.yaml:3:9"]


def _only(code: str, text: str) -> Diagnostic:
    (found,) = [one for one in lint.check_letter(Source("letter.txt", text)) if one.code == code]
    return found


@pytest.mark.parametrize("offset", range(len("One is. Two are? Three.\n\nFour")))
def test_every_character_is_in_its_sentence(offset: int) -> None:
    text = "One is. Two are? Three.\n\nFour"
    start, end = sentence_at(text, offset)
    if not text[offset].isspace():
        assert start <= offset < end
        assert text[start:end] in ("One is.", "Two are?", "Three.", "Four")

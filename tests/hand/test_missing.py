"""What a hand cannot write is named, with its place and with the hands that can."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_helpers import hand, note

from notegen.hand import RULES, write
from notegen.model.diagnostic import Diagnostic
from notegen.model.hand import Fallback, Hand
from notegen.model.note import Note, Piece
from notegen.model.source import Source, Span

TEMPLATE = Source("thanks.j2", "Dear {{ customer.first_name }},\n\nthank you.\n")


def alone(name: str) -> Hand:
    """Return a hand that no other one helps."""
    one = hand(name)
    return replace(one, fallbacks=(Fallback(one.font, script="Latn"),))


def found(text: str, name: str = "quick-ballpoint") -> list[Diagnostic]:
    return list(write(note(text), alone(name), 1).diagnostics)


def test_an_emoji_is_named_with_its_place_and_its_fact() -> None:
    pieces = (
        Piece(0, 5, Span(TEMPLATE, 0, 5)),
        Piece(5, 9, Span(TEMPLATE, 5, 30), ("customer.first_name",)),
        Piece(9, 25, Span(TEMPLATE, 30, 44)),
    )
    made = write(Note("zoe", "thanks", "Dear Zo🎉e,\n\nthank you.\n"[:25], pieces), hand(), 1)
    assert made.value is not None
    (one,) = made.diagnostics
    assert one.code == "C202"
    assert one.is_error
    assert one.message == "quick-ballpoint cannot write U+1F389 PARTY POPPER (from customer.first_name)"
    assert str(one.span) == "thanks.j2:1:6"
    assert one.note == "zoe"
    assert one.hint is not None
    assert "take it out" in one.hint


def test_the_hands_that_can_are_named() -> None:
    (one,) = found("Dear Μαρία,\n\nthank you.\n")
    assert one.hint is not None
    assert one.hint.startswith("neat-print can")
    assert found("Dear Μαρία,\n\nthank you.\n", "neat-print") == []


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("שרה", "hebrew-pen can:"),
        ("みどり", "japanese-pen can:"),
        ("高橋", "japanese-pen can:"),
        ("민지", "korean-pen can:"),
        ("Мария", "cyrillic-pen can:"),
        ("सुनीता", "devanagari-pen can:"),
        ("Nguyễn", "neat-print can:"),
    ],
)
def test_a_script_has_a_hand_that_is_meant_for_it(name: str, says: str) -> None:
    (one,) = found(f"Dear {name},\n\nthank you.\n")
    assert one.hint is not None
    assert one.hint.startswith(says)


@pytest.mark.parametrize("name", ["שרה", "みどり", "高橋", "민지", "Мария", "सुनीता", "Nguyễn", "Μαρία", "Łukasz"])
def test_what_another_hand_writes_inside_the_note_is_no_trouble(name: str) -> None:
    assert write(note(f"Dear {name},\n\nthank you.\n"), hand("elder-cursive"), 1).diagnostics == ()


def test_what_no_hand_has_is_said_once() -> None:
    text = "Dear Μαρία, שרה, みどり, 高橋, 민지, Мария, सुनीता and Nguyễn,\n\nthank you.\n"
    (one,) = write(note(f"{text}ნ🎉"), hand(), 1).diagnostics
    assert one.message == "quick-ballpoint cannot write U+10DC GEORGIAN LETTER NAR and U+1F389 PARTY POPPER"


@pytest.mark.parametrize(("name", "says"), [("فاطمة", "right to left"), ("ნინო", "no bundled hand can write it yet")])
def test_a_script_that_nobody_writes_yet_is_said_plainly(name: str, says: str) -> None:
    (one,) = found(f"Dear {name},\n\nthank you.\n")
    assert one.hint is not None
    assert says in one.hint


def test_characters_of_several_hands_are_named_one_by_one() -> None:
    (one,) = found("Dear Μ高,\n\nthank you.\n")
    assert one.hint == "no bundled hand has all of them: neat-print has Μ; japanese-pen has 高"


def test_many_characters_are_counted_after_the_first_few() -> None:
    (one,) = found("Dear Bo,\n\n山川田中鈴木 thank you.\n")
    assert "and 2 more characters" in one.message


def test_a_mark_on_a_letter_that_composes_is_no_trouble() -> None:
    assert found("Dear Zoe\u0308,\n\nthank\u00a0you\u00ad.\n") == []


@pytest.mark.parametrize("text", ["", "\n\n", " \u00a0 ", "🎉", "\u200d"])
def test_a_note_without_a_word_is_an_error(text: str) -> None:
    made = write(note(text), hand(), 1)
    assert made.value is None
    assert "C203" in {one.code for one in made.diagnostics}


def test_every_code_has_a_page_of_the_manual() -> None:
    assert {rule.code for rule in RULES} == {"C202", "C203"}
    for rule in RULES:
        assert rule.summary.endswith(".")
        assert "Bad:" in rule.manual
        assert "Good:" in rule.manual

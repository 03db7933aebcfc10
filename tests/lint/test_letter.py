"""A typed letter is traced to the facts that it tells, whatever it is, and in no time."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lintnotes import SCHEMA, codes, compose, context, facts, template

from notegen.lint import Context, check_letter, check_note
from notegen.lint.knowing import known
from notegen.lint.letter import aligned
from notegen.lint.plain import plain
from notegen.lint.sayings import sayings
from notegen.lint.shown import shows
from notegen.model.note import Note
from notegen.model.source import Source

KNOWN = """
customer: {name: Ana Reyes, first_name: Ana, birthday: 1980-05-01, tier: gold, household: [Ana Reyes, Mateo]}
sale: {date: 2025-11-22, item: 2022 Subaru Outback, short: the Outback, colour: dark green, price: 31400, quantity: 18,
  details: {heated_seats: true, gift: peach jam}}
remember: [Your terrier chose the back seat before you had seen the front.]
"""


def trace(text: str) -> Note:
    person = facts(KNOWN)
    made = plain(text)
    return aligned(Source("l.txt", text), made, sayings(made.text), known(person, SCHEMA, None))


def told(text: str) -> set[str]:
    return {path for piece in trace(text).pieces for path in piece.reads}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("It was Saturday.", "sale.date"),
        ("On November 22nd it rained.", "sale.date"),
        ("On 22 November it rained.", "sale.date"),
        ("On 11/22/2025 it rained.", "sale.date"),
        ("Your Outback is here.", "sale.item"),
        ("The dark\ngreen one.", "sale.colour"),
        ("Eighteen of them.", "sale.quantity"),
        ("It came to $31,400.", "sale.price"),
        ("Heated seats at last.", "sale.details.heated_seats"),
        ("The peach  jam is gone.", "sale.details.gift"),
        ("The terrier picked the back seat, I saw.", "remember.0"),
        ("Mateo waved.", "customer.household.1"),
    ],
)
def test_words_are_traced_to_the_facts_they_tell(text: str, path: str) -> None:
    assert path in told(text)


@pytest.mark.parametrize(
    "text", ["The back of the seat.", "Greenish.", "November rain", "On June 22.", "You may march.", "Your house."]
)
def test_other_words_are_not(text: str) -> None:
    assert told(text) <= {"sale.date"} and "remember.0" not in told(text)


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("Ana Outback Saturday 22 November. \n’“ é green,18-'"), max_size=200))
def test_the_pieces_of_a_letter_are_the_letter(text: str) -> None:
    note = trace(text)
    assert [piece.end for piece in note.pieces[:-1]] == [piece.start for piece in note.pieces[1:]]
    assert note.pieces[0].start == 0 and note.pieces[-1].end == len(text)
    assert all(piece.origin.text == text[piece.start : piece.end] for piece in note.pieces)


@settings(deadline=None)
@given(st.text(max_size=300), st.dates())
def test_any_letter_is_judged(text: str, day: date) -> None:
    found = check_letter(Source("l.txt", text), Context(facts(KNOWN), SCHEMA, today=day))
    assert all(one.span is None or one.span.end <= len(text) for one in found if one.span)


@pytest.mark.parametrize(
    "unit",
    [
        "You came in on Saturday ",
        "the blue Outback and ",
        "It was two years ago. ",
        "Ana Anna Outbak ",
        "On November 9 you bought it, ",
        "your three kids, 18 of you, ",
        "$31,401 paid for ",
        "without the heated seats ",
        "the way back home to Xa ",
        "Saturday ",
        "new ",
        "the terrier chose the back seat before the front ",
        "gold customer ",
    ],
)
def test_long_letters_take_no_longer_than_they_are(unit: str) -> None:
    """No time is asserted but a wide ratio: four times the text may take at most twelve times as long."""
    person = Context(facts(KNOWN), SCHEMA, today=date(2026, 1, 1))

    def took(count: int) -> float:
        begun = time.process_time()
        check_letter(Source("l.txt", unit * count), person)
        return time.process_time() - begun

    took(20)
    small = min(took(150) for _ in range(3))
    assert min(took(600) for _ in range(2)) < 12 * small + 0.05


def test_a_letter_that_tells_nothing_known_is_generic_and_one_that_does_is_not() -> None:
    person = Context(facts(KNOWN), SCHEMA)
    generic = "Dear Ana,\n\nThank you so much. It was a pleasure.\n\nYours,\nRick"
    found = check_letter(Source("l.txt", generic), person)
    assert codes(found) == ["N105"] and found[0].is_error and "letter" in found[0].message
    assert codes(check_letter(Source("l.txt", generic.replace("It", "The terrier on the back seat")), person)) == []


def test_a_letter_to_somebody_of_whom_nothing_is_known_is_judged_by_its_words() -> None:
    person = Context(facts("{customer: {name: Ana Reyes}}"), SCHEMA)
    generic = check_letter(Source("l.txt", "Dear Ana,\n\nThank you so much.\n\nYours,\nRick"), person)
    assert [(one.code, one.is_error) for one in generic] == [("N105", False)]


def test_phrases_are_found_in_a_letter_where_they_stand() -> None:
    text = "Dear Ana,\n\nYour Outback, valued customer, and your recent purchase of the peach jam.\n\nYours,\nRick"
    found = check_letter(Source("l.txt", text), Context(facts(KNOWN), SCHEMA))
    assert [(one.code, one.span.text) for one in found if one.span] == [
        ("N110", "valued customer"),
        ("N111", "your recent purchase"),
    ]


@pytest.mark.parametrize(
    ("value", "words", "seen"),
    [
        (date(2025, 11, 22), "Saturday", True),
        (date(2025, 11, 22), "22. November", True),
        (date(2025, 11, 22), "a", False),
        (date(2025, 11, 22), "the", False),
        (18, "eighteen", True),
        ("the Outback", "The", False),
        ("the Outback", "Outback's", True),
        ("the Outback", "7", False),
        ("the Outback", "O", False),
        ("金色", "金", True),
        (("Ana", "Bo Lee"), "Ana and Lee", True),
        ({"a": "jam"}, "jam", True),
    ],
)
def test_a_fact_is_shown_by_its_value_or_what_follows_from_it(value: object, words: str, seen: bool) -> None:
    assert shows(value, words) is seen  # type: ignore[arg-type]


def test_a_fact_that_is_read_and_not_shown_does_not_make_a_note_specific() -> None:
    made, person = template("Dear {{ customer.first_name }},\n\n{{ sale.short }} thanks."), facts(KNOWN)
    note = compose(made, person)
    assert "N105" not in codes(check_note(note, context(made, person)))
    hidden = facts(KNOWN.replace("the Outback", "X"))
    shown = Note(note.key, note.template, note.text, note.pieces)
    assert "N105" in codes(check_note(shown, context(made, hidden)))

"""Notes, templates and letters are judged alike, and each finding stands where somebody can edit."""

import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from lintnotes import SCHEMA, codes, compose, context, facts, places, template

from notegen.files import read_source
from notegen.lint import Context, check_letter, check_note, check_template, distinct
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.note import Note, Trust
from notegen.model.source import Source

ROOT = Path(__file__).parent.parent.parent
KNOWN = "{customer: {first_name: Ana}, sale: {item: Escape, colour: blue}, remember: ['%s']}"


def judged(text: str, remember: str = "") -> tuple[Diagnostic, ...]:
    """Judge a template printed for Ana."""
    made, known = template(text), facts(KNOWN % remember)
    return check_note(compose(made, known), context(made, known))


def test_a_finding_in_literal_text_is_placed_in_the_template_and_names_the_note() -> None:
    (found,) = judged("Dear {{ customer.first_name }},\n\nEnjoy the {{ sale.item }}, valued customer.")
    assert places((found,)) == [("templates/thanks.j2", 3, 28, "N110")]
    assert found.note == "ana"
    assert found.message.startswith('"valued customer"')


def test_a_finding_across_a_fact_quotes_the_template_and_relates_the_fact() -> None:
    (found,) = judged("Dear {{ customer.first_name }},\n\nIf your {{ sale.item }} is equipped with a hitch, use it.")
    assert found.message.startswith('"If your {{ sale.item }} is equipped"')
    assert [(one.span.source.name, one.span.text) for one in found.related] == [("facts/ana.yaml", "Escape")]


def test_the_customers_own_words_are_spared() -> None:
    assert judged("Dear {{ customer.first_name }},\n\n{{ remember.0 }}", "You called yourself a valued customer.") == ()


def test_a_placeholder_in_a_fact_is_blamed_on_the_fact() -> None:
    (found,) = judged("Dear {{ customer.first_name }},\n\n{{ remember.0 }}", "You drove the <<MODEL>> home.")
    assert found.span is not None and found.span.source.name == "facts/ana.yaml" and found.span.text == "<<MODEL>>"
    assert [one.span.text for one in found.related] == ["{{ remember.0 }}"]
    assert found.is_error


def test_mail_in_a_fact_is_a_warning_at_the_fact() -> None:
    (found,) = judged("Dear {{ customer.first_name }},\n\n{{ remember.0 }}", "You wrote to ana@example.com twice.")
    assert (found.code, found.severity) == ("N103", Severity.WARNING)
    assert found.span is not None and found.span.text == "ana@example.com"


def test_text_of_unknown_origin_is_not_taken_for_the_customers_words() -> None:
    made, known = (
        template("Dear {{ customer.first_name }},\n\n{{ remember.0 }}"),
        facts(KNOWN % "You are a valued customer."),
    )
    note = compose(made, known)
    loose = replace(note, pieces=tuple(piece._replace(trust=Trust.STATIC) for piece in note.pieces))
    assert "N110" in codes(check_note(loose, context(made, known)))


def test_a_generic_note_names_facts_that_could_be_printed() -> None:
    (found,) = judged("Dear {{ customer.first_name }},\n\nThank you so much.\n\nYours,\nRick", "You sang.")
    assert (found.code, found.severity) == ("N105", Severity.ERROR)
    assert [(one.span.source.name, one.span.text) for one in found.related] == [
        ("facts/ana.yaml", "Escape"),
        ("facts/ana.yaml", "blue"),
        ("facts/ana.yaml", "'You sang.'"),
    ]
    assert found.hint is not None and "{{ sale.item }}" in found.hint


def test_junk_facts_are_not_offered() -> None:
    made, known = template("Dear Ana,\n\nThank you."), facts("sale: {item: TBD, short: the Escape}")
    (found,) = check_note(compose(made, known), context(made, known))
    assert [one.span.text for one in found.related] == ["the Escape"]


def test_a_note_without_facts_is_judged_by_its_words() -> None:
    (found,) = check_note(Note("ana", "thanks", "Dear Ana,\n\nThank you so much.\n\nYours,\nRick"), Context())
    assert (found.code, found.severity) == ("N105", Severity.WARNING)


def test_one_fault_is_one_finding() -> None:
    assert codes(check_letter(Source("l.txt", "Dear Ana,\n\nFrom: a@example.com\nSubject: Fri\n\nI saw Walt."))) == [
        "N103"
    ]


TEMPLATE = """Dear {{ customer.first_name }},

{% if sale.trade_in %}
Thank you for your recent purchase of the {{ sale.item }}.
{% else %}
If your {{ sale.item }} is
equipped with a hitch, use it.
{% endif %}
"""


def test_branches_that_no_fact_reaches_are_judged() -> None:
    found = check_template(template(TEMPLATE), SCHEMA)
    assert places(found) == [("templates/thanks.j2", 4, 15, "N111"), ("templates/thanks.j2", 6, 1, "N104")]
    assert all(one.note is None for one in found)


def test_a_phrase_across_branches_is_found() -> None:
    found = check_template(template("your {% if x %}recent{% else %}latest{% endif %}\npurchase"), SCHEMA)
    assert [one.span.text for one in found if one.span] == [
        "your {% if x %}recent{% else %}latest{% endif %}\npurchase",
    ]


def test_a_template_and_fifty_notes_give_one_finding_each() -> None:
    text = "Dear {{ customer.first_name }},\n\nThe {{ sale.item }}, valued customer. If your {{ sale.item }} is fitted."
    made = template(text)
    found = list(check_template(made, SCHEMA))
    for number in range(50):
        known = facts(f"{{customer: {{first_name: Ana{number}}}, sale: {{item: Escape {number}}}}}", f"c{number}")
        found += check_note(compose(made, known), context(made, known))
    assert len(found) == 102
    folded = distinct(found)
    assert codes(folded) == ["N110", "N104"]
    assert all(one.message.endswith("(in 50 notes)") for one in folded)
    assert distinct(folded) == folded


def rewrapped(text: str, width: int) -> str:
    """Wrap the paragraphs of more than one line that are neither headers nor an ending."""
    paragraphs = text.split("\n\n")
    return "\n\n".join(
        textwrap.fill(" ".join(part.split()), width, break_on_hyphens=False)
        if len(part) > 120 and ":" not in part
        else part
        for part in paragraphs
    )


def kinds(text: str) -> list[tuple[str, str]]:
    """Return code and message of every finding."""
    return [(one.code, one.message) for one in check_letter(Source("letter.txt", text))]


@pytest.mark.parametrize("width", [30, 50, 70])
def test_rewrapping_a_letter_changes_no_finding(width: int) -> None:
    text = read_source(ROOT / "samples" / "terrible" / "letter.txt").text
    again = rewrapped(text, width)
    assert again != text
    assert kinds(again) == kinds(text)


@pytest.mark.parametrize("text", ["", "\n\n", "a", "Dear Ana,", "\u200b", "\ufffc", "{{", "é" * 3])
def test_odd_letters_are_judged_without_fuss(text: str) -> None:
    check_letter(Source("letter.txt", text))
    check_note(Note("ana", "t", text), Context())
    check_template(template(text), SCHEMA)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Thank you for your {% if a %}recent{% else %}latest{% endif %}\npurchase.", "3:15"),
        ("Thank you for your {{ 'recent' if x else 'first' }} purchase.", "3:15"),
        (
            "{% if a %}As ever, a{% else %}You are a{% endif %} {% if b %}friend{% else %}valued{% endif %} customer.",
            "3:78",
        ),
        ("{% if a %}Please do not{% else %}I{% endif %} {% if b %}saw{% else %}hesitate to call{% endif %}.", "3:18"),
        ("Our {{ w | default('valued') }} customers.", "3:21"),
    ],
)
def test_phrases_that_only_branches_together_make_are_found_at_their_place(text: str, at: str) -> None:
    found = check_template(template(f"Dear {{{{ customer.first_name }}}},\n\n{text}"), SCHEMA)
    assert at in {f"{one.span.line}:{one.span.column}" for one in found if one.span}, places(found)


def test_a_phrase_across_an_include_is_found() -> None:
    made = replace(
        template("You are our most\n{% include '_x.j2' %} customer."), library={"_x.j2": Source("_x.j2", "valued\n")}
    )
    assert "N110" in codes(check_template(made, SCHEMA))


WEATHER = ("rain hail", "sun snow", "mist wind", "sleet frost", "dew cloud", "haze thaw", "fog drizzle", "storm heat")


def test_a_whole_note_is_not_asked_of_a_fragment() -> None:
    weather = enumerate(one.split() for one in WEATHER)
    forks = " ".join(f"{{% if x{n} %}}{rain}{{% else %}}{hail}{{% endif %}}" for n, (rain, hail) in weather)
    assert check_template(template(f"Dear Ana,\n\n{forks}\n\nYours,\nRick"), SCHEMA) == ()

"""Notes made by the real composer: a fault has the same place in every note and in the template itself."""

import pytest
from lintnotes import SCHEMA, codes, facts

from notegen import compose, lint
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import Source
from notegen.model.template import Template

DEAR = "Dear {{ customer.first_name }},\n\n"
YOURS = "\n\nYours,\nRick"
TEMPLATES = {
    "plain": DEAR + "Thank you, valued\ncustomer, for the {{ sale.item }}." + YOURS,
    "branches": DEAR
    + "{% if sale.colour %}\nEnjoy the {{ sale.colour }} {{ sale.item }}. Do not\nhesitate to call.\n"
    + "{% else %}\nThank you for your recent purchase of the {{ sale.item }}.\n{% endif %}"
    + YOURS,
    "across a fact": DEAR + "If your {{ sale.item }} is equipped with a hitch, use it." + YOURS,
    "loop": DEAR + "{% for line in remember %}\n{{ line }} We appreciate your  business.\n{% endfor %}" + YOURS,
    "tidied": "\n\n  " + DEAR + "\n\nThe   {{ sale.item }}   is for a valued   customer.   \n\nYours,\nYour Team\n",
    "filters": "Dear {{ customer.name | first_name }},\n\nThe {{ sale.item | upper }} and your recent\npurchase."
    + YOURS,
    "set": "{% set what = sale.item %}\n" + DEAR + "The {{ what }} is here. Rest\nassured." + YOURS,
}
CUSTOMERS = [
    "{customer: {name: Ana Ito, first_name: Ana}, sale: {item: Escape, colour: blue}, remember: [You sang., You won.]}",
    "{customer: {name: Bo Lee, first_name: Bo}, sale: {item: Maverick}, remember: ['You came as a valued customer.']}",
]


def made(text: str) -> Template:
    checked = compose.parse(Source("templates/t.j2", text))
    assert checked.value is not None, checked.diagnostics
    return checked.value


def noted(template: Template, number: int) -> tuple[Diagnostic, ...]:
    """Return what is found in one customer's note."""
    known = facts(CUSTOMERS[number], f"c{number}")
    note = compose.compose(known, template, SCHEMA)
    assert note.value is not None, note.diagnostics
    return lint.check_note(note.value, lint.Context(known, SCHEMA, template))


def faults(found: tuple[Diagnostic, ...]) -> set[tuple[str, int, int, str]]:
    return {(one.code, one.span.start, one.span.end, one.message) for one in found if one.span}


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_a_note_shows_the_template_shows_at_the_same_place(name: str) -> None:
    template = made(TEMPLATES[name])
    stated = faults(lint.check_template(template, SCHEMA))
    shown = faults(noted(template, 0)) | faults(noted(template, 1))
    assert shown
    assert shown == stated


def test_the_customers_own_words_are_spared() -> None:
    assert "N110" not in codes(noted(made(TEMPLATES["loop"]), 1))


def test_a_note_that_prints_a_fact_is_not_generic_and_one_that_does_not_is() -> None:
    assert "N105" not in codes(noted(made(TEMPLATES["set"]), 0))
    generic = made("Dear {{ customer.first_name }},\n\nThank you so much. You made our day.\n\nYours,\nRick")
    found = noted(generic, 0)
    assert codes(found) == ["N105"]
    assert found[0].span is not None and found[0].span.text == "Thank you so much. You made our day."


def test_a_declared_fallback_may_be_short_and_general() -> None:
    text = "---\nname: t\nfallback: true\n---\nDear {{ customer.first_name }},\n\nYou are appreciated.\n\nYours,\nRick"
    assert noted(made(text), 0) == ()

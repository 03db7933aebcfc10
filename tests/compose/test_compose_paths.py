"""The least that a template prints on any path, and facts that nothing guards: by hand, and against every customer."""

# ruff: noqa: E501
# A case is one line, so that the tables can be read at a glance.

from __future__ import annotations

import pytest
from composing import SCHEMA, template_of
from paths_random import SCHEMA as SMALL
from paths_random import customer_for, lacking, printed, quick_templates, random_template, truth
from paths_tangled import SCHEMA as WIDE
from paths_tangled import TANGLED, Tangled
from paths_tangled import printed as printed_by

from notegen.compose.paths import check_paths, thinnest
from notegen.compose.paths.states import ALTERNATIVES
from notegen.compose.paths.walk import STEPS
from notegen.model.diagnostic import Severity

TWO = "---\nrequires: [sale.item, sale.date]\n---\n"

LEAST = [
    ("Dear {{ customer.name }}, {{ shop.name }}", 0, ()),
    ("{{ customer.name | upper }}{{ sale.item }}", 1, ("sale.item",)),
    ("{{ sale.item }}{{ sale.item }}", 1, ("sale.item",)),
    ("{{ sale.short }}{{ sale.item }}", 2, None),
    ("{% if sale.item %}{{ sale.item }}{% endif %}", 0, ("if sale.item is absent",)),
    ("{% if not sale.item %}{{ sale.date }}{{ sale.short }}{% else %}{{ sale.item }}{% endif %}", 1, ("sale.item",)),
    ("{% if sale.item %}{{ sale.item }}{% elif sale.date %}{{ sale.date }}{% else %}{{ sale.place }}{% endif %}", 1, None),
    (TWO + "{% if sale.trade_in %}{{ sale.item }}{% endif %}{% if not sale.trade_in %}{{ sale.date }}{% endif %}", 1, None),
    (TWO + "{% if sale.trade_in %}{{ sale.item }}{% endif %}{% if sale.trade_in %}{% else %}{{ sale.date }}{% endif %}", 1, None),
    (TWO + "{% if sale.colour %}{{ sale.item }}{% endif %}{{ sale.colour }}{{ sale.date }}", 2, None),
    ("{% for line in remember %}{{ line }}{% endfor %}", 0, ("the loop over remember runs no time",)),
    ("{% for line in remember %}{{ line }}{% else %}{{ sale.item }}{% endfor %}", 1, None),
    ("---\nrequires: [remember]\n---\n{% for line in remember %}{{ line }}{% endfor %}", 1, ("remember.0",)),
    ("---\nrequires: [remember.0]\n---\n{{ remember[0] }}{% for line in remember %}{{ line }}{% endfor %}", 1, ("remember.0",)),
    ("---\nrequires: [remember.1]\n---\n{{ remember[0] }}{% for line in remember[1:] %}{{ line }}{% endfor %}", 2, None),
    ("---\nrequires: [remember.0]\n---\n{{ remember[0] }}{% for line in remember[1:] %}{{ line }}{% endfor %}", 1, None),
    ("---\nrequires: [remember.1]\n---\n{{ remember | first }}{{ remember | last }}", 2, None),
    ("---\nrequires: [remember.1]\n---\n{{ remember | join(' ') }}", 2, None),
    ("---\nrequires: [customer.household]\n---\n{{ customer.household | and_list }}", 1, ("customer.household.0",)),
    ("---\nrequires: [remember]\n---\n{% for line in remember %}{% if loop.last %}{{ line }}{% endif %}{% endfor %}", 1, None),
    ("---\nrequires: [remember]\n---\n{% for line in remember if line %}{{ line }}{% else %}{{ sale.item }}{% endfor %}", 1, None),
    ("---\nrequires: [sales]\n---\n{% for one in sales %}{{ one.item }}{{ one.date }}{% endfor %}", 2, None),
    (TWO + "{% set x = sale.item if sale.trade_in else sale.date %}{{ x }}", 1, None),
    (TWO + "{% set x %}{{ sale.item }}{% endset %}{{ sale.date }}", 1, ("sale.date",)),
    (TWO + "{% set x %}{% if sale.trade_in %}{{ sale.item }}{% endif %}{% endset %}{% if x %}{{ x }}{{ sale.date }}{% endif %}", 0, None),
    (TWO + "{% with x = sale.item %}{{ x }}{% endwith %}{{ sale.date }}", 2, None),
    (TWO + "{% macro m(a, b=sale.date) %}{{ a }}{{ b }}{% endmacro %}{{ m(sale.item) }}", 2, None),
    (TWO + "{% macro m(a) %}{% if a %}{{ caller(1) }}{% endif %}{% endmacro %}{% call(x) m(sale.item) %}{{ sale.date }}{% endcall %}", 1, None),
    (TWO + "{% macro m(a) %}{% if a == 'x' %}{{ sale.item }}{% endif %}{% endmacro %}{{ m('x') }}{{ m('y') }}", 1, None),
    (TWO + "{% macro m() %}{{ m() }}{% endmacro %}{% if sale.colour %}{{ m() }}{% endif %}{{ sale.item }}", 1, None),
    (TWO + "{% filter upper %}{{ sale.item }}{{ sale.date }}{% endfilter %}", 2, None),
    (TWO + "{{ sale.item | length }}{{ sale.date | month }}", 1, ("sale.date",)),
    (TWO + "{{ sale.item ~ ' on ' ~ sale.date }}", 2, None),
    (TWO + "{{ '%s on %s' | format(sale.item, sale.date) }}", 2, None),
    (TWO + "{{ '%s on %s' % (sale.item, sale.date | month) }}{{ 'in {}'.format(sale.item) }}", 2, None),
    (TWO + "{{ (today - sale.date).days }}{{ sale.date.year }}{{ sale.item[:5] }}", 2, None),
    (TWO + "{{ sale.colour or 'it' }}{{ sale.item }}", 1, None),
    (TWO + "{{ sale.colour | default(sale.place) }}{{ sale.item }}", 2, None),
    (TWO + "{{ sale.colour | default('it', true) }}{{ sale.item }}", 1, ("if sale.colour is absent",)),
    (TWO + "{{ sale.item if sale.colour }}{{ sale.date }}", 1, None),
    (TWO + "{% if sale.colour is defined %}{{ sale.colour }}{% endif %}{{ sale.item }}", 1, None),
    (TWO + "{% if sale.colour == 'red' %}{{ sale.item }}{% endif %}{% if sale.colour != 'red' %}{{ sale.date }}{% endif %}", 1, None),
    (TWO + "{% if sale.quantity > 1 %}{{ sale.item }}{% endif %}{% if not sale.quantity > 1 %}{{ sale.date }}{% endif %}", 1, None),
    (TWO + "{% if sale.colour == 'red' and sale.colour == 'blue' %}nothing{% else %}{{ sale.item }}{{ sale.date }}{% endif %}", 2, None),
    (TWO + "{% if sales | length > 2 and sales[1] is not defined %}nothing{% else %}{{ sale.item }}{{ sale.date }}{% endif %}", 2, None),
    (TWO + "{% set ns = namespace(x=1) %}{% set ns.x = 2 %}{% if ns.x %}{{ sale.item }}{% endif %}", 0, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "least", "said"), LEAST)
def test_the_least_on_any_path(text: str, least: int, said: tuple[str, ...] | None) -> None:
    """Each way of writing a template is followed; `said` are facts of the thinnest path or decisions on it."""
    found = thinnest(template_of(text), SCHEMA)
    assert (found.weight, found.thin) == (least, least < 2)
    told = (*found.facts, *(step.words for step in found.witness))
    assert set(said or ()) <= set(told), told
    assert not found.blurred and not found.unfinished


def test_across_files() -> None:
    """Includes see the variables around them, imports do not, and blocks are the most derived."""
    base = "{% block a %}{{ sale.item }}{% endblock %}{% block b %}{{ sale.date }}{% endblock %}"
    cases = [
        ('{% include "a.j2" %}', {"a": TWO + "{{ sale.item }}{{ sale.date }}"}, 2),
        ('{% set x = sale.item %}{% include "a.j2" %}{{ sale.date }}', {"a": "{{ x }}"}, 2),
        ('{% include "a.j2" ignore missing %}{{ sale.date }}', {}, 1),
        ('{% include ["z.j2", "a.j2"] %}', {"a": "{{ sale.item }}"}, 1),
        ('{% from "a.j2" import m as n %}{{ n(sale.item) }}', {"a": "{% macro m(x) %}{{ x }}{% endmacro %}"}, 1),
        ('{% import "a.j2" as a %}{{ a.m(sale.item) }}{{ a.v }}', {"a": "{% set v = 1 %}{% macro m(x) %}{{ x }}{% endmacro %}"}, 1),
        ('{% extends "a.j2" %}', {"a": base}, 2),
        ('{% extends "a.j2" %}{{ sale.short }}{% block b %}{% endblock %}', {"a": base}, 1),
        ('{% extends "a.j2" %}{% block b %}{{ super() }}{% endblock %}', {"a": base}, 2),
        ('{% extends "a.j2" %}{% block b %}{{ self.a() }}{% endblock %}', {"a": base}, 1),
        ('{% extends "b.j2" %}{% block b %}x{% endblock %}', {"a": base, "b": '{% extends "a.j2" %}{% block a %}{% endblock %}'}, 0),
    ]  # fmt: skip
    for text, library, least in cases:
        assert thinnest(template_of(text, **library), SCHEMA).weight == least, text


# -- against every customer


@pytest.mark.parametrize("block", range(8))
def test_random_templates_against_every_customer(block: int) -> None:
    """No path is missed, no more is feared than can be, and the thinnest path renders so."""
    pessimistic, witnesses = 0, 0
    for seed, template in quick_templates(1000 * block, 50):
        most = 2 + seed % 2
        found, least = thinnest(template, SMALL, most), truth(template)
        expected = most if least is None else min(most, len(least))
        assert found.weight <= expected, f"missed: {seed}"
        pessimistic += found.weight < expected
        person = customer_for(template, found.witness) if found.thin and found.weight == expected else None
        if person is not None:
            witnesses += 1
            assert printed(template, person) == frozenset(found.facts), seed
    assert pessimistic <= 1
    assert witnesses >= 10


@pytest.mark.parametrize("seed", [35, 105, 118, 159, 192, 263, 1203, 2035, 3544])
def test_templates_that_were_judged_wrongly_once(seed: int) -> None:
    """Blank items, eager arguments, inline `if` without `else`, merged ways that must be told apart again."""
    template = random_template(seed)
    found, least = thinnest(template, SMALL, 3), truth(template)
    assert found.weight == (3 if least is None else min(3, len(least)))
    person = customer_for(template, found.witness) if found.thin else None
    assert person is None or printed(template, person) == frozenset(found.facts)


def test_unguarded_facts_are_those_for_want_of_which_notes_are_refused() -> None:
    """Of random templates, each fact that some customer's note is refused for is told, and hardly another."""
    agreed = 0
    for _, template in quick_templates(9000, 100):
        found = [one.message.split(" may be")[0] for one in check_paths(template, SMALL) if one.code == "T017"]
        agreed += {path.rstrip(".0123456789") for path in found} == lacking(template)
    assert agreed >= 98


@pytest.mark.parametrize("case", TANGLED, ids=lambda case: case.name)
def test_tangled_templates(case: Tangled) -> None:
    """More paths than anybody can walk take few steps, nothing is missed, and the path renders so."""
    found = thinnest(case.template, WIDE, case.most)
    assert found.weight == case.least if case.exact else found.weight <= case.least
    assert found.thin == (found.weight < case.most)
    assert not case.exact or (not found.blurred and not found.unfinished)
    assert found.steps <= STEPS + 4 * ALTERNATIVES
    assert found.steps < 6_500 or not case.exact
    if found.thin and case.exact and case.renders:
        assert printed_by(case.template, found.witness) == frozenset(found.facts)


# -- findings


def shown(text: str, **library: str) -> list[tuple[str, str, str, str]]:
    """Return code, severity, the characters pointed at and the hint of each finding."""
    found = check_paths(template_of(text, **library), SCHEMA)
    return [(one.code, one.severity, one.span.text if one.span else "", one.hint or "") for one in found]


def test_a_path_without_facts_is_an_error_that_shows_the_path() -> None:
    text = "Dear {{ customer.name }},\n{% if sale.item %}\n{{ sale.item }}\n{% elif sale.date %}\n{{ sale.date }}\n{% endif %}"
    (found,) = check_paths(template_of(text), SCHEMA)
    assert (found.code, found.severity) == ("T016", Severity.ERROR)
    assert found.message == "on one path through this template, nothing about this customer is printed"
    assert [(one.span.line, one.message) for one in found.related] == [
        (2, "if sale.item is absent"),
        (4, "if sale.date is absent"),
    ]
    assert found.hint is not None and "print sale.date there" in found.hint


def test_one_fact_alone_is_a_warning_and_what_is_required_is_offered() -> None:
    ((code, severity, span, hint),) = shown(TWO + "Dear you,\n{{ sale.item }}")
    assert (code, severity, span) == ("T016", Severity.WARNING, "Dear you,")
    assert hint == "print sale.date there, which this template requires"


def test_how_many_facts_are_wanted_can_be_said() -> None:
    template = template_of(TWO + "{{ sale.item }}{{ sale.date }}")
    assert check_paths(template, SCHEMA) == ()
    assert [one.severity for one in check_paths(template, SCHEMA, least=1, wanted=3)] == [Severity.WARNING]
    assert [one.severity for one in check_paths(template, SCHEMA, least=3, wanted=3)] == [Severity.ERROR]


@pytest.mark.parametrize(
    "text",
    [
        "---\nfallback: true\n---\nYou are appreciated, {{ customer.name }}.",
        TWO + "{{ sale.item }}{{ sale.date | month }}",
        "{% if sale.itme",
        "---\nrequires: [remember.0, remember.1]\n---\n{% for line in remember %}{{ line }}{% endfor %}",
    ],
)
def test_no_findings(text: str) -> None:
    """A declared fallback, enough on each path, and what cannot be read, which others have told of."""
    from notegen.compose import parse
    from notegen.model.source import Source

    read = parse(Source("t.j2", text))
    assert read.value is None or check_paths(read.value, SCHEMA) == ()


def test_parts_are_judged_with_what_uses_them() -> None:
    from notegen.compose import parse
    from notegen.model.source import Source

    part = parse(Source("_part.j2", "{{ sale.colour }}")).value
    assert part is not None
    assert check_paths(part, SCHEMA) == ()
    assert ("T017", "warning", "sale.colour") in [
        one[:3] for one in shown('{% include "p.j2" %}', p="{{ sale.colour }}")
    ]


UNGUARDED = [
    ("{{ sale.colour }}", ["sale.colour"]),
    ("{{ sale.colour }} {{ sale.colour | upper }}", ["sale.colour", "sale.colour"]),
    ("{{ sale.date | month }}", ["sale.date"]),
    ("{{ sale.colour ~ '!' }}", ["sale.colour"]),
    ("{{ (today - sale.date).days }}", ["sale.date"]),
    ("{% if sale.quantity > 1 %}x{% endif %}", ["sale.quantity > 1"]),
    ("{% if not sale.colour %}{{ sale.colour }}{% endif %}", ["sale.colour"]),
    ("{% if sale.item %}{{ sale.colour }}{% endif %}", ["sale.colour"]),
    ("{% if sale.item or sale.colour %}{{ sale.colour }}{% endif %}", ["sale.colour"]),
    ("{{ remember[0] }}", ["remember[0]"]),
    ("{% for one in sales %}{{ one.colour }}{% endfor %}", ["one.colour"]),
    ("{% set c = sale.colour %}{{ c }}", ["c"]),
    ("{% macro m(c) %}{{ c }}{% endmacro %}{{ m(sale.colour) }}", ["c"]),
    ("{{ customer.household | and_list }}", ["customer.household"]),
    ("{% if sale.colour %}{{ sale.colour }}{% endif %}", []),
    ("{% if sale.colour is defined %}{{ sale.colour }}{% endif %}", []),
    ("{% if sale.colour == 'red' %}{{ sale.colour }}{% endif %}", []),
    ("{% if sale.colour in ['red', 'blue'] %}{{ sale.colour }}{% endif %}", []),
    ("{% if sale.item and sale.colour %}{{ sale.colour }}{{ sale.item }}{% endif %}", []),
    ("{% if not sale.colour %}none{% else %}{{ sale.colour }}{% endif %}", []),
    ("{% if not sale.colour %}{% elif sale.item %}{{ sale.item }}{{ sale.colour }}{% endif %}", []),
    ("{% set known = sale.colour and sale.item %}{% if known %}{{ sale.colour }}{% endif %}", []),
    ("{% if sale.colour %}{% set c = sale.colour %}{% else %}{% set c = 'it' %}{% endif %}{{ c }}", []),
    ("{% macro m(c) %}{% if c %}{{ c }}{% endif %}{% endmacro %}{{ m(sale.colour) }}", []),
    ("{{ sale.colour or 'it' }}{{ sale.colour | default('it') }}{{ sale.colour if sale.colour else 'it' }}", []),
    ("{% for line in remember %}{{ line }}{% endfor %}{% if remember %}{{ remember[0] }}{% endif %}", []),
    ("{% if sales[1] %}{{ sales[0] | length }}{% endif %}", []),
    ("{{ shop.signer }}{{ today | month }}{{ customer.name }}{{ key }}", []),
    ("---\nrequires: [sale.colour, remember.1]\n---\n{{ sale.colour }}{{ remember[0] }}{{ remember[1] }}", []),
]


@pytest.mark.parametrize(("text", "places"), UNGUARDED)
def test_facts_that_nothing_guards(text: str, places: list[str]) -> None:
    """Each is told where it is needed; a guard may be a condition of any kind, near or far."""
    assert [one[2] for one in shown(text) if one[0] == "T017"] == places


def test_the_hint_says_how_to_guard() -> None:
    assert [one[3] for one in shown("{{ sale.colour }}") if one[0] == "T017"] == [
        "add sale.colour to requires:, or guard it: {% if sale.colour %}...{% endif %}"
    ]
    assert [one[3] for one in shown("{% for s in sales %}{{ s.colour }}{% endfor %}") if one[0] == "T017"] == [
        "guard it: {% if s.colour %}...{% endif %}"
    ]

"""The check that needs no customer: every fact on every branch, through loops, macros, includes and filters."""

from __future__ import annotations

import pytest
from composing import SCHEMA, checked, template_of

from notegen.compose import check


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ customer.frist_name }}", ["frist_name"]),
        ("{% if false %}{{ sale.itme }}{% endif %}", ["itme"]),
        ("{% if sale.itme %}a{% elif sale.prise %}b{% else %}{{ sale.dat }}{% endif %}", ["itme", "prise", "dat"]),
        ("{{ nobody.name }}", ["nobody"]),
        ("{% for s in sales %}{{ s.itme }}{% else %}{{ s }}{% endfor %}", ["itme"]),
        ("{% for s in slaes %}{{ s.item }}{{ s.anything }}{% endfor %}", ["slaes"]),
        ("{% for s in customer.slaes %}{{ s.anything.at.all }}{% endfor %}", ["slaes"]),
        ("{{ customer.nobody.at.all }}", ["nobody"]),
        ("{% for s in sales[1:] %}{{ s.itme }}{% endfor %}", ["itme"]),
        (
            "{{ sales[0].itme }}{{ (sales | first).prise }}{{ (sales | sort(attribute='dat')) | length }}",
            ["itme", "prise", "sort"],
        ),
        ("{{ sales | map(attribute='itme') | join }}", ["map"]),
        ("{% for s in sales | selectattr('itme') %}{{ s.prise }}{% endfor %}", ["selectattr", "prise"]),
        ("{% for s in (sales or []) %}{{ s.itme }}{% endfor %}", ["itme"]),
        ("{% set s = sale %}{{ s.itme }}{{ s.item }}", ["itme"]),
        ("{% set a, b = sale, customer %}{{ a.anything }}", []),
        ("{% if x %}{% endif %}", ["x"]),
        ("{% if sale.item %}{% set s = sale %}{% else %}{% set s = customer %}{% endif %}{{ s.anything }}", []),
        ("{% if sale.item %}{% set s = sale %}{% else %}{% set s = sale %}{% endif %}{{ s.itme }}", ["itme"]),
        ("{% with s = sale %}{{ s.itme }}{% endwith %}", ["itme"]),
        ("{% macro m(s) %}{{ s.itme }}{% endmacro %}{{ m(sale) }}", ["itme"]),
        ("{% macro m(s) %}{{ s.item }}{% endmacro %}{{ m(s=customer) }}", ["item"]),
        ("{% macro m(s) %}{{ s.item }}{{ sale.itme }}{% endmacro %}", ["itme"]),
        ("{% macro m(s) %}{{ m(s) }}{{ s.itme }}{% endmacro %}{{ m(sale) }}", ["itme"]),
        ("{% set t %}{{ sale.itme }}{% endset %}{{ t.anything }}", ["itme"]),
        ("{% filter upper %}{{ sale.itme }}{% endfilter %}", ["itme"]),
        (
            "{% call(x) m() %}{{ sale.itme }}{{ x.y }}{% endcall %}{% macro m() %}{{ caller(1) }}{% endmacro %}",
            ["itme"],
        ),
        ("{% block b %}{{ sale.itme }}{% endblock %}", ["itme"]),
        ("{{ sale['itme'] }}", ["'itme'"]),
        ("{{ sale.item.upper() }}{{ sale.date.strftime('%d') }}{{ sale.date.year }}{{ sale.price.real }}", []),
        ("{{ sale.item.uper() }}{{ sale.date.yaer }}", ["uper", "yaer"]),
        ("{{ sale.details.anything.at.all }}{{ remember.trip }}{{ remember[0] }}{{ shop.anything }}", []),
        ("{% for k, v in sale.details.items() %}{{ k }}{{ v.x }}{% endfor %}{{ loop }}", []),
        (
            "{{ customer.name or sale.itme }}{{ 'a' if sale.prise else 'b' }}{{ sale.dat ~ sale.colr }}",
            ["itme", "prise", "dat", "colr"],
        ),
        (
            "{{ {'a': sale.itme}.a }}{{ [sale.prise][0] }}{{ not sale.dat }}{{ 1 + sale.colr }}",
            ["itme", "prise", "dat", "colr"],
        ),
        ("{{ sale.item is divisibleby(sale.itme) }}{{ sale.item | default(sale.prise) }}", ["itme", "prise"]),
        ("{{ sale.item if sale.item else sale.itme }}", ["itme"]),
        ("{{ range(3) | list }}{{ namespace(a=1).a }}{{ dict(a=sale.itme) }}", ["itme"]),
    ],
)
def test_unknown_facts(template: str, expected: list[str]) -> None:
    """Each unknown name is reported once, at its characters, and what comes of it is not."""
    found = [(code, span) for code, span in checked(template) if code == "T003"]
    assert found == [("T003", one) for one in expected]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ customer.name | long_date }}", [("T007", "long_date")]),
        ("{{ sale.date | money }}", [("T007", "money")]),
        ("{{ sale.item | and_list }}", [("T007", "and_list")]),
        ("{{ customer.household | and_list }}", []),
        ("{{ sales | map(attribute='item') | and_list }}", []),
        ("{{ sales | map(attribute='date') | first | money }}", [("T007", "money")]),
        ("{{ sale.details.when | long_date }}", []),
        ("{% for x in sale.item %}{% endfor %}", [("T007", "sale.item")]),
        ("{{ customer.household }}", [("T013", "customer.household")]),
        ("{{ sale }}", [("T013", "sale")]),
        ("{{ sale.item | defualt('x') }}{{ sale.item | upper | uper }}", [("T006", "defualt"), ("T006", "uper")]),
        (
            "{% if sale.item is defnied or sale.item is not strnig %}{% endif %}",
            [("T006", "defnied"), ("T006", "strnig")],
        ),
        (
            "{{ sales | map('uper') | list }}{{ sales | selectattr('item', 'eqal', 1) }}",
            [("T006", "'uper'"), ("T006", "'eqal'")],
        ),
        ("{% if false %}{{ sale.item | tojson }}{% endif %}", [("T006", "tojson")]),
        ("{{ sale.item.__class__ }}", [("T008", "__class__")]),
    ],
)
def test_kinds_and_filters(template: str, expected: list[tuple[str, str]]) -> None:
    """Wrong kinds, lists printed whole, unknown filters and tests are found without a customer."""
    assert checked(template) == expected


def test_across_files() -> None:
    """Includes are judged where they stand, macros with what they are given, parents with their blocks."""
    assert checked('{% for s in sales %}{% include "a.j2" %}{% endfor %}', a="{{ s.itme }}") == [("T003", "itme")]
    assert checked('{% from "a.j2" import m %}{{ m(sale) }}', a="{% macro m(s) %}{{ s.itme }}{% endmacro %}") == [
        ("T003", "itme")
    ]
    assert checked('{% import "a.j2" as a %}{{ a.m(sale) }}', a="{% macro m(s) %}{{ s.itme }}{% endmacro %}") == [
        ("T003", "itme")
    ]
    assert checked(
        '{% extends "a.j2" %}{% block b %}{{ sale.itme }}{% endblock %}',
        a="{% block b %}{{ sale.prise }}{% endblock %}",
    ) == [
        ("T003", "prise"),
        ("T003", "itme"),
    ]
    assert checked('{% from "a.j2" import n %}', a="{% macro m(s) %}{% endmacro %}") == [("T003", "from")]
    assert checked('{% import "a.j2" as a %}{{ a.n() }}', a="{% macro m(s) %}{% endmacro %}") == [("T003", "n")]
    assert checked('{% include "a.j2" without context %}', a="{{ sale.item }}") == [("T003", "sale")]
    assert (
        checked('{% from "a.j2" import m with context %}{{ m() }}', a="{% macro m() %}{{ sale.item }}{% endmacro %}")
        == []
    )


def test_requires_are_known() -> None:
    """A fact that is required and unknown could be had by nobody."""
    assert checked("---\nrequires: [sale.itme, remember.0, sale.details.x]\n---\nx") == [("T003", "sale.itme")]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("customer.frist_name", "customer.first_name"),
        ("customer.adress", "customer.address"),
        ("customer.address.ctiy", "customer.address.city"),
        ("sale.itme", "sale.item"),
        ("sale.color_", "sale.color"),
        ("sale.salesprson", "sale.salesperson"),
        ("customer.order", "sale.order"),
        ("sale.birthday", "customer.birthday"),
        ("sales[0].itme", "sales.*.item"),
    ],
)
def test_the_right_name_is_offered(wrong: str, right: str) -> None:
    """The hint names what was meant."""
    (found,) = check(template_of(f"{{{{ {wrong} }}}}"), SCHEMA)
    assert found.hint == f"did you mean {right}?"

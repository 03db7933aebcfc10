"""The JSON Schema says what loading says, as far as JSON can say it."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from jsonschema import Draft202012Validator

from notegen.facts import STANDARD, extended, json_schema, load_source
from notegen.model.schema import Field, Kind, Schema
from notegen.model.source import Source

SHOP = extended(
    STANDARD,
    (
        Field("sale.trade_in", Kind.TEXT, "what they traded in", required=True),
        Field("customer.tier", Kind.TEXT, "their tier", choices=("gold", "silver")),
    ),
)


def as_editors_see(value: object) -> object:
    """Return a tree of PyYAML's with dates as text."""
    if isinstance(value, dict):
        return {str(key): as_editors_see(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [as_editors_see(inside) for inside in value]
    return value.isoformat() if isinstance(value, date) else value


def passes(text: str, schema: Schema) -> bool:
    return Draft202012Validator(json_schema(schema)).is_valid(as_editors_see(yaml.safe_load(text)))


GOOD = [
    "customer: {name: Ana}",
    "customer: {name: Ana, birthday: 1984-03-09, household: [Bo], address: {postcode: 94107, lines: [a, b]}}",
    "customer: {name: Ana, email: , birthday: }\nsale: {date: 2026-03-04, price: 12.50, details: {any: [1, {a: b}]}}",
    "customer: {name: Ana}\nsales: [{date: 2026-03-04, item: x}]\nremember: [a, b]\nproblem: {open: yes, more: 1}",
    "key: a\ncustomer: {name: Ana}\nremember: {trip: Lisbon}\npreferences: {do_not: [call]}",
]
BAD = [
    "{}",
    "[]",
    "sale: {item: x}",
    "customer: {}",
    "customer: {name: }",
    'customer: {name: "  "}',
    "customer: {name: 1234}",
    "customer: {name: [Ana]}",
    "customer: {name: Ana, nmae: x}",
    "customer: {name: Ana, birthday: soon}",
    "customer: {name: Ana, household: Bo}",
    "customer: {name: Ana, address: {zip: '1'}}",
    "customer: {name: Ana}\nsale: {price: dear}",
    "customer: {name: Ana}\nsales: {item: x}",
    "customer: {name: Ana}\nsales: [{itme: x}]",
    "customer: {name: Ana}\nproblem: {open: maybe}",
    "customer: {name: Ana}\nshop: {name: x}",
    "customer: {name: Ana}\nzzz: 1",
]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema(STANDARD))
    Draft202012Validator.check_schema(json_schema(SHOP))


@pytest.mark.parametrize("text", GOOD)
def test_what_loads_passes(text: str) -> None:
    assert load_source(Source("f", text), STANDARD).ok
    assert passes(text, STANDARD)


@pytest.mark.parametrize("text", BAD)
def test_what_is_wrong_fails(text: str) -> None:
    assert not load_source(Source("f", text), STANDARD).ok
    assert not passes(text, STANDARD)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("customer: {name: Ana, tier: gold}\nsale: {trade_in: x}", True),
        ("customer: {name: Ana, tier: }\nsales: [{trade_in: x}]", True),
        ("customer: {name: Ana, tier: glod}\nsale: {trade_in: x}", False),
        ("customer: {name: Ana}\nsale: {item: x}", False),
        ("customer: {name: Ana}\nsales: [{trade_in: x}, {item: x}]", False),
        ("customer: {name: Ana}", False),
    ],
)
def test_a_shop_s_own_fields(text: str, right: bool) -> None:
    assert load_source(Source("f", text), SHOP).ok is right
    assert passes(text, SHOP) is right


def test_each_fact_is_described() -> None:
    def described(node: dict[str, object]) -> bool:
        inside = [*node.get("properties", {}).values(), *([node["items"]] if "items" in node else [])]  # type: ignore[attr-defined]
        return all(one.get("description") and described(one) for one in inside)

    made = json_schema(STANDARD)
    assert described(made)
    assert "shop" not in made["properties"]
    assert "today" not in made["properties"]

"""The standard schema holds together, and a shop can add to it."""

from __future__ import annotations

from notegen.facts import STANDARD, extended
from notegen.facts.schema import ELSEWHERE, NAMES
from notegen.model.schema import Field, Kind


def test_each_path_goes_through_a_record_or_a_list() -> None:
    for path, one in STANDARD.fields.items():
        assert one.path == path
        assert one.doc
        above, _, leaf = path.rpartition(".")
        if above:
            kind = STANDARD.fields[above].kind
            assert kind is (Kind.LIST if leaf == "*" else Kind.RECORD) or above == "preferences.do_not.*"


def test_a_sale_and_each_of_sales_have_the_same_facts() -> None:
    one = {
        path.removeprefix("sale."): (f.kind, f.weight)
        for path, f in STANDARD.fields.items()
        if path.startswith("sale.")
    }
    many = {path[8:]: (f.kind, f.weight) for path, f in STANDARD.fields.items() if path.startswith("sales.*.")}
    assert one == many


def test_names_and_shop_facts_are_not_specific_and_what_is_remembered_is() -> None:
    weightless = (*NAMES, *ELSEWHERE, "sale.price", "sale.order", "customer.email", "preferences", "problem.by")
    assert {STANDARD.fields[path].weight for path in weightless} == {0}
    specific = (
        "remember",
        "sale.item",
        "sale.details",
        "problem",
        "customer.birthday",
        "sale.date",
        "customer.address.city",
    )
    assert {STANDARD.fields[path].weight for path in specific} == {1}


def test_more_fields_reach_every_sale_and_bring_their_records() -> None:
    made = extended(
        STANDARD,
        (
            Field("sale.trade_in", Kind.TEXT, "x", weight=1),
            Field("car.vin", Kind.TEXT, "x"),
            Field("pets.*.age", Kind.NUMBER, "x"),
        ),
    )
    assert made.fields["sales.*.trade_in"].weight == 1
    assert made.fields["car"].kind is Kind.RECORD
    assert made.fields["pets"].kind is Kind.LIST
    assert made.fields["pets.*"].kind is Kind.RECORD
    assert made.lookup("sales.3.trade_in") is not None
    assert "car" not in STANDARD.fields
    assert {**made.fields, **STANDARD.fields} == dict(made.fields)

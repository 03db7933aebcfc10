"""A schema knows its paths, what is open under them, and what was meant by a slip."""

from __future__ import annotations

import pytest

from notegen.model.schema import Field, Kind, Schema

SCHEMA = Schema(
    {
        one.path: one
        for one in (
            Field("customer", Kind.RECORD, ""),
            Field("customer.name", Kind.TEXT, "", required=True),
            Field("customer.nick", Kind.TEXT, ""),
            Field("sale", Kind.RECORD, ""),
            Field("sale.colour", Kind.TEXT, "", weight=1),
            Field("sale.details", Kind.RECORD, "", weight=2, open=True),
            Field("sales", Kind.LIST, ""),
            Field("sales.*", Kind.RECORD, ""),
            Field("sales.*.item", Kind.TEXT, ""),
            Field("remember", Kind.ANY, "", weight=1),
        )
    }
)


def test_an_index_stands_for_any_item() -> None:
    assert SCHEMA.lookup("sales.12.item") == SCHEMA.fields["sales.*.item"]
    assert SCHEMA.lookup("sales.12") == SCHEMA.fields["sales.*"]


@pytest.mark.parametrize("path", ["sale.details.trim", "sale.details.a.b.0.c"])
def test_what_is_under_an_open_record_weighs_as_much(path: str) -> None:
    found = SCHEMA.lookup(path)
    assert found is not None
    assert (found.path, found.kind, found.weight) == (path, Kind.ANY, 2)


def test_anything_may_be_under_any() -> None:
    found = SCHEMA.lookup("remember.0.trip")
    assert found is not None
    assert found.weight == 1


@pytest.mark.parametrize(
    "path", ["", "nobody", "customer.nmae", "customer.name.first", "sales.item", "sales.0.itme", "sale.x.y"]
)
def test_what_is_not_known_is_none(path: str) -> None:
    assert SCHEMA.lookup(path) is None


def test_children_are_names() -> None:
    assert SCHEMA.children("") == ("customer", "sale", "sales", "remember")
    assert SCHEMA.children("customer") == ("name", "nick")
    assert SCHEMA.children("sales") == ()
    assert SCHEMA.children("sales.*") == ("item",)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("customer.nmae", "customer.name"),
        ("customer.Name", "customer.name"),
        ("custmer", "customer"),
        ("customer.colour", "sale.colour"),
        ("sale.colur", "sale.colour"),
        ("zzzz", None),
    ],
)
def test_a_slip_is_answered_with_the_nearest(slip: str, meant: str | None) -> None:
    assert SCHEMA.suggest(slip) == meant

"""A dotted path leads to its value, or to nothing."""

from __future__ import annotations

import pickle

import pytest
import strategies
from hypothesis import given

from notegen.model.facts import Facts, Value
from notegen.model.source import Source, Span

SOURCE = Source("f.yaml", "x")
TREE: dict[str, Value] = {"customer": {"name": "Ana", "email": None}, "sales": ({"item": "a"}, {"item": "b"}), "n": 0}
FACTS = Facts("ana", SOURCE, TREE, {"n": Span(SOURCE, 0, 1)})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("customer.name", "Ana"),
        ("sales.1.item", "b"),
        ("sales.0", {"item": "a"}),
        ("n", 0),
        ("sales.2.item", None),
        ("sales.-1", None),
        ("sales.item", None),
        ("customer.name.first", None),
        ("nobody", None),
        ("", None),
    ],
)
def test_a_path(path: str, value: Value) -> None:
    assert FACTS.get(path) == value


def test_zero_is_there_and_nothing_is_not() -> None:
    assert FACTS.has("n")
    assert not FACTS.has("customer.email")
    assert not FACTS.has("customer.phone")


def test_facts_travel() -> None:
    assert pickle.loads(pickle.dumps(FACTS)) == FACTS


@given(strategies.RECORDS, strategies.WORDS)
def test_no_path_raises(tree: dict[str, Value], path: str) -> None:
    facts = Facts("k", SOURCE, tree, {})
    facts.get(path)
    assert facts.get(next(iter(tree))) == next(iter(tree.values()))

"""An address is read as facts have it, with the place of each part."""

from __future__ import annotations

from notegen.facts import STANDARD, load_source
from notegen.facts.addresses import written
from notegen.model.source import Source


def test_parts_lines_and_places() -> None:
    text = "customer:\n  name: Ana\n  address:\n    addressee: Ana and Bo\n    postcode: 02134\n    lines: [a, b]\n"
    (one,) = load_source(Source("facts.yaml", text), STANDARD).value or ()
    made = written(one)
    assert made.parts == {"name": "Ana and Bo", "postcode": "02134"}
    assert made.lines == ("a", "b")
    assert {key: str(span) for key, span in made.places.items()} == {
        "": "facts.yaml:4:5",
        "name": "facts.yaml:4:16",
        "postcode": "facts.yaml:5:15",
        "lines.0": "facts.yaml:6:13",
        "lines.1": "facts.yaml:6:16",
    }


def test_a_line_that_is_not_written_is_a_blank_one() -> None:
    (one,) = (
        load_source(Source("facts.yaml", "customer: {name: A, address: {lines: [a, ~, c]}}\n"), STANDARD).value or ()
    )
    assert written(one).lines == ("a", "", "c")


def test_without_an_address_the_name_is_pointed_at() -> None:
    (one,) = load_source(Source("facts.yaml", "customer: {name: Ana}\n"), STANDARD).value or ()
    made = written(one)
    assert (made.parts, made.lines) == ({"name": "Ana"}, ())
    assert str(made.places[""]) == "facts.yaml:1:18"

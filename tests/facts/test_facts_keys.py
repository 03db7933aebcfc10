"""Keys are slugs that people can read and that no order of a file changes."""

from __future__ import annotations

import pytest
import strategies
from hypothesis import given

from notegen.facts.keys import LONGEST, key_of, slug
from notegen.model.source import Source


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Ana Reyes", "ana-reyes"),
        ("José Ñuñez-O'Brien", "jose-nunez-obrien"),
        ("Jose\u0301", "jose"),
        ("Søren Łukasz Ærø Straße", "soren-lukasz-aero-strasse"),
        ("伊藤 花子", "伊藤-花子"),
        ("ガ", "ガ"),
        ("カ\u3099", "ガ"),
        ("Смирнова Юлия", "смирнова-юлия"),
        ("Θεοδώρα", "θεοδώρα"),
        ("हिन्दी नाम", "हिन्दी-नाम"),
        ("  -- A. & B. __ ", "a-b"),
        ("🎈", ""),
        ("ana " * 40, ("ana-" * 40)[:LONGEST].strip("-")),
    ],
)
def test_a_slug(name: str, wanted: str) -> None:
    assert slug(name) == wanted


@given(strategies.WORDS)
def test_a_slug_is_its_own_slug(name: str) -> None:
    once = slug(name)
    assert not set(once) & set(" /\\.'\"\n")
    assert len(once) <= LONGEST
    assert slug(once) == once


def test_who_has_no_name_has_a_key_of_the_text() -> None:
    first, second = (key_of({}, Source("f", text)) for text in ("sale: x", "sale: y"))
    assert first.startswith("unnamed-")
    assert first != second
    assert first == key_of({}, Source("g", "sale: x\n", first_line=9))
    assert key_of({"customer": "x", "sale": 3}, Source("f", "a")) == key_of({}, Source("f", "a"))

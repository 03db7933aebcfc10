"""A card that somebody has perhaps under another key is found, and strangers are let be."""

from __future__ import annotations

from pathlib import Path

import pytest
from ledgers import NOW, RUN, ledger_of, new, note

from notegen import ledger
from notegen.model.ledger import Person


def found(
    folder: Path, name: str, postcode: str, sale: str, *, key: str = "new", occasion: str = "thanks"
) -> list[str]:
    asked = [(Person(key, name, postcode), sale, "")]
    with ledger_of(folder, [note("bo-lindqvist")]) as book:
        return [one.customer for one in ledger.alike(book, occasion, asked)]


@pytest.mark.parametrize(
    ("name", "postcode", "sale"),
    [
        ("Bo Lindquist", "97999", "2026-11-25"),
        ("Bo Lindqvist", "97999", "2026-12-26"),
        ("Bo Lindqvist", "", "2026-11-24"),
        ("Bo Lindqvist", "97999", ""),
    ],
)
def test_a_slip_in_the_name_or_the_day_is_found(name: str, postcode: str, sale: str, tmp_path: Path) -> None:
    assert found(tmp_path, name, postcode, sale) == ["bo-lindqvist"]


@pytest.mark.parametrize(
    ("name", "postcode", "sale"),
    [
        ("Bo Lindquist", "97998", "2026-11-25"),
        ("Bo Lindquist", "97999", "2026-11-24"),
        ("Bo Lindqvist", "97998", "2026-11-25"),
        ("Bo Lindqvist", "97999", "2026-12-27"),
        ("Cy Young", "97999", "2026-11-25"),
    ],
)
def test_somebody_else_is_not(name: str, postcode: str, sale: str, tmp_path: Path) -> None:
    assert found(tmp_path, name, postcode, sale) == []


def test_neither_is_the_card_itself_nor_one_of_another_occasion(tmp_path: Path) -> None:
    assert found(tmp_path, "Bo Lindqvist", "97999", "2026-11-25", key="bo-lindqvist") == []
    (tmp_path / "other").mkdir()
    assert found(tmp_path / "other", "Bo Lindqvist", "97999", "2026-11-25", occasion="birthday") == []


def test_a_card_that_was_given_back_is_nobodys(tmp_path: Path) -> None:
    with new(tmp_path) as book:
        run = ledger.begin(book, RUN, [note("bo-lindqvist")], NOW)
        asked = [(Person("new", "Bo Lindqvist", "97999"), "2026-11-25", "")]
        assert [one.run for one in ledger.alike(book, "thanks", asked)] == [run.name]
        ledger.withdraw(book, run.name, NOW, "a trial")
        assert not list(ledger.alike(book, "thanks", asked))

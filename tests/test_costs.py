"""What a card costs, with its envelope and its postage."""

from __future__ import annotations

from pathlib import Path

import pytest

from notegen import settings
from notegen.model.source import Source
from notegen.settings.costs import Costs


def read(text: str, folder: Path) -> tuple[Costs, list[str]]:
    made = settings.load_source(Source("notegen.yaml", text), folder)
    return (made.value.costs if made.value else Costs()), [one.code for one in made.diagnostics]


def test_amounts_are_kept_in_hundredths_without_a_rounding_of_floats(tmp_path: Path) -> None:
    costs, found = read("costs: {card: 0.29, envelope: 1.15, stamp: 0.57, stamp_abroad: 10000}\n", tmp_path)
    assert found == []
    assert costs == Costs(29, 115, 57, 1_000_000)


@pytest.mark.parametrize(
    ("enveloped", "abroad", "cost"), [(False, False, 120), (True, False, 135), (False, True, 207), (True, True, 222)]
)
def test_a_card_costs_what_it_needs(*, enveloped: bool, abroad: bool, cost: int) -> None:
    assert Costs(42, 15, 78, 165).of_card(enveloped=enveloped, abroad=abroad) == cost


def test_postage_abroad_is_as_at_home_where_it_is_not_said() -> None:
    assert Costs(stamp=78).of_card(enveloped=True, abroad=True) == 78
    assert not Costs().known
    assert Costs(card=0).known


@pytest.mark.parametrize("amount", ["-1", "10000.01", "1e300", ".inf", ".nan", "'dear'", "[1]", "yes"])
def test_what_is_no_amount_is_found(amount: str, tmp_path: Path) -> None:
    costs, found = read(f"costs: {{card: {amount}}}\n", tmp_path)
    assert costs == Costs()
    assert found

"""Cards of every stock, with artwork that bleeds and a note in its panel, have no error and no warning."""

from __future__ import annotations

import pytest
from faults import pressed
from pages import card

from notegen.layout import stocks
from notegen.model.page import UPRIGHT, Area, Page, Paint, PlacedCard
from notegen.model.purpose import Plate
from notegen.model.stock import Box, Kind
from notegen.preflight import check

NOTE = (
    "Dear Ana,\n\nThank you for choosing the Brompton on Wednesday. I hope that the ride home along the river went "
    "well, and that the basket holds all of your books.\n\nRuth"
)
CARDS = [one.name for one in stocks.builtin() if one.kind is Kind.CARD]
PLATES = tuple(Plate)


@pytest.mark.parametrize("name", CARDS)
def test_a_good_card_of_a_stock_is_good(name: str) -> None:
    stock = stocks.builtin().get(name)
    (width, height), bleed = stock.size, stock.bleed
    ground = Area((Box(-bleed, -bleed, width + 2 * bleed, height + 2 * bleed),), Paint((0.2, 0.1, 0, 0)))
    items = (ground, PlacedCard(card(NOTE, stock=name), UPRIGHT))
    plate = PLATES[CARDS.index(name) % len(PLATES)]
    report = check(pressed([Page(stock.size, items, bleed=bleed, margin=10)], plate=plate), stock=stock)
    assert [one.message for one in report.findings if one.code != "P145"] == []
    assert "text keeps clear of the cut and the folds" in report.checked
    assert {one.check for one in report.unchecked} == {"ink of overlays"}

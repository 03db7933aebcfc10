"""Text across a fold is found on cards; a letter is meant to be folded across its writing."""

from __future__ import annotations

import pytest
from faults import pressed

from notegen.layout.stocks import builtin
from notegen.layout.stocks.reader import read_stock
from notegen.model.page import Align, Page, Words
from notegen.model.source import Source
from notegen.preflight import check


@pytest.mark.parametrize(("name", "found"), [("us-a2-tent", True), ("iso-a6-tent", True), ("us-letter", False)])
def test_only_letters_are_folded_across_their_words(name: str, found: bool) -> None:
    stock = builtin().get(name)
    words = Words(30, stock.across[0] - 1, "Thank you for the Brompton", 6)
    made = pressed([Page(stock.size, (words,), bleed=stock.bleed, margin=10)])
    assert ("P137" in {one.code for one in check(made, stock=stock).findings}) is found


@pytest.mark.parametrize("fold", ["side, folds: [80], size: [200, 120]", "tent, across: [80], size: [120, 200]"])
def test_an_uneven_card_shows_its_folds_elsewhere_inside(fold: str) -> None:
    """A page may be either side of a card, so its words may stand where the other side alone is folded."""
    text = f"{{title: t, bleed: 3, safe: 5, source: s, fold: {fold}}}"
    stock = read_stock(Source("uneven.yaml", text), "uneven").value
    assert stock is not None

    def found(*places: float) -> bool:
        at = [(one, 60.0) if stock.folds else (60.0, one - 1) for one in places]
        words = tuple(Words(x, y, "Thank", 6, align=Align.CENTRE) for x, y in at)
        made = pressed([Page(stock.size, words, bleed=stock.bleed, margin=10)])
        return "P137" in {one.code for one in check(made, stock=stock).findings}

    assert not any(map(found, (80, 100, 120)))
    assert found(80, 120)

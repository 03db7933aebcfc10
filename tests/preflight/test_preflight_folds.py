"""Text across a fold is found on cards; a letter is meant to be folded across its writing."""

from __future__ import annotations

import pytest
from faults import pressed

from notegen.layout.stocks import builtin
from notegen.model.page import Page, Words
from notegen.preflight import check


@pytest.mark.parametrize(("name", "found"), [("us-a2-tent", True), ("iso-a6-tent", True), ("us-letter", False)])
def test_only_letters_are_folded_across_their_words(name: str, found: bool) -> None:
    stock = builtin().get(name)
    words = Words(30, stock.across[0] - 1, "Thank you for the Brompton", 6)
    made = pressed([Page(stock.size, (words,), bleed=stock.bleed, margin=10)])
    assert ("P137" in {one.code for one in check(made, stock=stock).findings}) is found

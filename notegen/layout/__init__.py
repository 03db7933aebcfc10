"""Writing and a stock become a card on which every outline has its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notegen.layout import codes, dress_codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from notegen.model.card import Card
    from notegen.model.diagnostic import Checked
    from notegen.model.stock import Stock
    from notegen.model.writing import Writing

__all__ = ["RULES", "lay_out", "lay_out_all"]

RULES = (*codes.RULES, *dress_codes.RULES)


def lay_out(writing: Writing, stock: Stock) -> Checked[Card]:
    """Place a writing on a stock as a person would; errors when it does not fit at the hand's least size.

    The card's matrices are in mm from the lower left corner of the trimmed page. No ink of two lines touches, and all
    of it, the pen's weight included, is inside `stock.safe_box`.
    """
    from notegen.layout.card import lay_out as lay_out_card  # numpy stays unloaded until a card is wanted

    return lay_out_card(writing, stock)


def lay_out_all(writings: Iterable[Writing], stock: Stock) -> Iterator[Checked[Card]]:
    """Yield the same as `lay_out` for each writing, in order, in less than half the time: a few dozen are read ahead.

    Writings may be of several hands; those of one hand should follow each other.
    """
    from notegen.layout.card import lay_out_all as lay_out_cards

    return lay_out_cards(writings, stock)

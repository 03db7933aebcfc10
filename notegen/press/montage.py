"""Several cards on one page: each is a form of its own, with its own font and ink, put where it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.model.page import Page, PlacedCard, moved
from notegen.model.purpose import Setup
from notegen.press.pages import write_pages

if TYPE_CHECKING:
    from notegen.model.card import Card
    from notegen.model.stock import Stock

Place = tuple[float, float]
"""Where the lower left corner of a card's trimmed page is put on the page, mm."""


def write_montage(
    cards: Sequence[Card], places: Sequence[Place], page: Stock, path: Path, *, title: str, language: str
) -> None:
    """Write a PDF of one page with all cards on it; the same cards give the same bytes. Raises UnwritableFile."""
    items = tuple(PlacedCard(card, moved(*place)) for card, place in zip(cards, places, strict=True))
    write_pages([Page(page.size, items, page.bleed, page.bleed)], path, Setup(title, language))

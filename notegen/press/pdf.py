"""Cards as one PDF for one's own printer: a page a card, as large as its stock and bleed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.errors import NotegenError
from notegen.model.page import Page, PlacedCard
from notegen.model.purpose import Setup
from notegen.press.pages import Pressed, write_pages

if TYPE_CHECKING:
    from notegen.model.card import Card


def write_pdf(
    cards: Iterable[Card],
    path: Path,
    *,
    title: str,
    language: str,
    author: str = "",
    progress: Callable[[int], None] | None = None,
) -> Pressed:
    """Write each card as a page of one file, which appears under its name only when it is whole.

    `cards` is read as it is written, a few at a time. `language` is a tag such as "en-US". `progress` is told how many
    more pages are written, each time some are. Raises NotegenError when there are no cards and UnwritableFile when the
    file cannot be written; nothing is left behind then.
    """
    iterator = iter(cards)
    first = next(iterator, None)
    if first is None:
        raise NotegenError("there are no cards to print", hint="name at least one file of facts")
    return write_pages(map(bare, chain([first], iterator)), path, Setup(title, language, author), progress)


def bare(card: Card) -> Page:
    """Return a page with nothing but a card on it, as large as the card's stock with its bleed."""
    stock = card.stock
    return Page(stock.size, (PlacedCard(card),), stock.bleed, stock.bleed)

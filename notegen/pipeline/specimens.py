"""A sheet about one hand, written in it: its parts are laid out one by one and put on one page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.errors import NotegenError
from notegen.model.note import Note
from notegen.model.stock import Box, Panel, Stock

if TYPE_CHECKING:
    from notegen.hand.specimen import Line
    from notegen.model.card import Card
    from notegen.model.hand import Hand

WIDTH = 210.0
"""Of the sheet, mm: that of A4."""
HEIGHT = 297.0
"""Of the sheet at least, mm; it is longer where a hand has more to show."""
MARGIN = 14.0
TALLEST = 600.0
"""Height in which one part is laid out, mm, of which it takes what it needs."""
WHITE = 2.0
"""Between two parts, x-heights."""


def write_specimen_sheet(hand: Hand, facts: str, seed: int, path: Path) -> None:
    """Write a PDF of one page about a hand; `facts` is told below its title. Raises NotegenError, UnwritableFile."""
    from notegen.hand.specimen import lines
    from notegen.press import write_montage

    cards = [_part(line, number, hand, seed) for number, line in enumerate(lines(hand, facts))]
    down, places = MARGIN, []
    for card in cards:
        places.append((MARGIN - card.stock.safe, down - (card.stock.size[1] - card.ink.top)))
        down += card.ink.height + WHITE * card.hand.x_height[1]
    height = max(HEIGHT, down + MARGIN)
    at = [(x, height - offset - card.stock.size[1]) for card, (x, offset) in zip(cards, places, strict=True)]
    write_montage(cards, at, _paper(WIDTH, height, 0.0), path, title=hand.title, language="en-US")


def _part(line: Line, number: int, hand: Hand, seed: int) -> Card:
    """Lay one part out at its size."""
    from notegen.hand import write
    from notegen.layout import lay_out

    least, _, greatest = hand.x_height
    x_height = round(least + (greatest - least) * line.size, 2)
    sized = replace(hand, x_height=(x_height, x_height, x_height))
    written = write(Note(f"{hand.name} {number}", "specimen", line.text), sized, seed)
    laid = lay_out(written.value, _paper(WIDTH - MARGIN, TALLEST, MARGIN / 2)) if written.value else None
    if laid is None or laid.value is None:
        found = written.diagnostics + (laid.diagnostics if laid else ())
        raise NotegenError(f"the specimen of {hand.name} cannot be written: {found[0].message}", hint=found[0].hint)
    return laid.value


def _paper(width: float, height: float, safe: float) -> Stock:
    page = Panel("page", Box(0, 0, width, height))
    return Stock("specimen", "Specimen sheet", (width, height), 0.0, safe, (page,), "page", "of our own")

"""Pictures of whole cards: one on a desk, or many in rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw

from notegen.errors import NotegenError
from notegen.files import write_bytes
from notegen.model.card import Card
from notegen.model.page import Item, Page, PlacedCard
from notegen.model.piece import Piece
from notegen.model.purpose import Setup
from notegen.model.stock import Side
from notegen.press import write_pages
from notegen.preview import desk
from notegen.preview.guides import Guide, guides, room_guides
from notegen.preview.png import as_png, page_images

MARGIN = 9.0
"""Desk around a card, mm."""

LETTERS = 2.7
"""Height of the words on a desk, mm; never under LEAST pixels, so that they stay readable on a screen."""

LEAST = 11.0

LARGEST = 48_000_000
"""Pixels of a picture beyond which the resolution is lowered."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One side of a card, with what is printed on it."""

    card: Card
    side: Side
    items: tuple[Item, ...]

    @property
    def name(self) -> str:
        """What the side is called: of a folded card, the outside or the inside."""
        if not self.card.stock.folds and not self.card.stock.across:
            return self.side.value
        return "outside" if self.side is Side.FRONT else "inside"

    @property
    def is_written(self) -> bool:
        """Whether the note stands here."""
        return self.side is self.card.stock.side


def card_png(card: Card, path: Path, *, dpi: float, guides: bool, piece: Piece | None = None) -> None:
    """Write a picture of one card; see `notegen.preview.card_png`."""
    faces = _faces(card, piece)
    picture = _sheet(faces, 1, dpi, guides, labels=[one.name for one in faces] if len(faces) > 1 else [""])
    write_bytes(path, as_png(picture, dpi))


def contact_sheet(
    cards: Sequence[Card], path: Path, *, columns: int, dpi: float, guides: bool, pieces: Sequence[Piece] = ()
) -> None:
    """Write a picture of several cards; see `notegen.preview.contact_sheet`."""
    if not cards:
        raise NotegenError("there are no cards to show")
    columns = min(columns, len(cards))
    dpi = _affordable(cards, columns, dpi)
    known: Sequence[Piece | None] = pieces or [None] * len(cards)
    faces = [_faces(card, piece)[0] for card, piece in zip(cards, known, strict=True)]
    picture = _sheet(faces, columns, dpi, guides, labels=[card.key for card in cards])
    write_bytes(path, as_png(picture, dpi))


def _faces(card: Card, piece: Piece | None) -> list[Face]:
    """Return the side with the note first, and the other one when something is on it."""
    own = card.stock.side
    if piece is None:
        return [Face(card, own, (PlacedCard(card),))]
    sides = sorted(Side, key=lambda side: side is not own)
    return [Face(card, side, piece.items(side)) for side in sides if side is own or piece.items(side)]


def pictures(faces: Sequence[Face], *, dpi: float) -> list[Image.Image]:
    """Return the pages of these sides, bleed and all, exactly as the press makes them."""
    with TemporaryDirectory(prefix="notegen-") as folder:
        path = Path(folder) / "cards.pdf"
        bleeds = [one.card.stock.bleed for one in faces]
        pages = (Page(one.card.stock.size, one.items, b, b) for one, b in zip(faces, bleeds, strict=True))
        write_pages(pages, path, Setup("preview", "en"))
        return page_images(path.read_bytes(), list(range(len(faces))), dpi=dpi)


def _sheet(faces: Sequence[Face], columns: int, dpi: float, guided: bool, labels: Sequence[str]) -> Image.Image:
    scale = dpi / 25.4
    pages = [_dressed(page, face, scale, guided) for page, face in zip(pictures(faces, dpi=dpi), faces, strict=True)]
    pixels = max(LEAST, LETTERS * scale)
    margin, caption = round(MARGIN * scale), round(pixels * 2.2) if any(labels) else 0
    cell = max(page.width for page in pages), max(page.height for page in pages) + caption
    rows = -(-len(pages) // columns)
    width, height = margin + columns * (cell[0] + margin), margin + rows * (cell[1] + margin)
    legend = _legend([face.card for face in faces]) if guided else ()
    foot = desk.legend_size(legend, width - 2 * margin, pixels)
    picture = Image.new("RGB", (width, height + (foot + margin // 2 if foot else 0)), desk.DESK)
    for index, (page, label) in enumerate(zip(pages, labels, strict=True)):
        row, column = divmod(index, columns)
        x, y = margin + column * (cell[0] + margin), margin + row * (cell[1] + margin)
        x, y = x + (cell[0] - page.width) // 2, y + (cell[1] - caption - page.height) // 2
        desk.lay(picture, page, (x, y), scale)
        _caption(picture, label, (x, y + page.height + round(pixels * 0.9)), page.width, pixels)
    desk.draw_legend(picture, legend, (margin, height - margin // 4, width - 2 * margin), pixels)
    return picture


def _dressed(page: Image.Image, face: Face, scale: float, guided: bool) -> Image.Image:
    paper = desk.on_paper(page)
    if not guided:
        return desk.trimmed(paper, face.card, scale)
    return desk.with_guides(paper, face.card, scale, written=face.is_written)


def _legend(cards: Sequence[Card]) -> tuple[Guide, ...]:
    """Return one entry for each kind of line; sizes are named only when all cards share them."""
    stocks = {card.stock: guides(card.stock) for card in cards}
    rooms = {guide.name: guide for card in cards for guide in room_guides(card.rooms)}
    if len(stocks) == 1:
        return (*next(iter(stocks.values())), *rooms.values())
    kinds = {guide.name: guide for found in stocks.values() for guide in found}
    plain = (Guide(one.name, one.name, one.colour, one.dash, one.lines) for one in kinds.values())
    return (*plain, *rooms.values())


def _caption(picture: Image.Image, text: str, at: tuple[int, int], width: int, pixels: float) -> None:
    """Write a label under a card, cut when it is wider than the card."""
    font = desk.font_for(text, pixels)
    shown = text
    while text and font.getlength(shown) > width:
        text = text[:-1]
        shown = text + "..."
    ImageDraw.Draw(picture).text(at, shown, fill=desk.WORDS, font=font)


def _affordable(cards: Sequence[Card], columns: int, dpi: float) -> float:
    """Return the resolution, lowered when the sheet would have more than LARGEST pixels."""
    width = max(card.stock.size[0] + 2 * card.stock.bleed for card in cards) + MARGIN
    height = max(card.stock.size[1] + 2 * card.stock.bleed for card in cards) + MARGIN + 2.2 * LETTERS
    area = columns * width * -(-len(cards) // columns) * height / 25.4**2
    return min(dpi, math.sqrt(LARGEST / area))

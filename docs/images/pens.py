"""Draw pens.png: the same words in every ink and with every kind of pen, as the press makes them.

python docs/images/pens.py
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw

from notegen.hand import hands, pens, write
from notegen.layout import lay_out, stocks
from notegen.model.card import Card
from notegen.model.hand import Ink, Pen
from notegen.model.note import Note
from notegen.press import write_pdf
from notegen.preview import page_image
from notegen.preview.desk import PAPER, WORDS, font_for, on_paper

WORD, HAND = "Thank you", "office-pen"
DPI = 140
CELL = 32.0, 10.5
"""Width and height of a sample, mm."""
LEFT, TOP = 24.0, 8.0
"""Room for the names, mm."""


def sample(pen: Pen, ink: Ink) -> Card:
    """Write the words with a pen in an ink."""
    hand = replace(hands.builtin().get(HAND), pen=pen, ink=ink)
    writing = write(Note("sample", "sample", WORD), hand, 3).value
    assert writing is not None
    card = lay_out(writing, stocks.builtin().get("us-a2")).value
    assert card is not None
    return card


def main() -> None:
    """Write the picture beside this file."""
    scale = DPI / 25.4
    kinds, inks = list(pens.kinds()), list(pens.inks())
    cards = [sample(kind.pen, ink.ink) for ink in inks for kind in kinds]
    size = round((LEFT + len(kinds) * CELL[0]) * scale), round((TOP + len(inks) * CELL[1]) * scale)
    picture = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(picture)
    font = font_for("a", 2.6 * scale)
    for column, kind in enumerate(kinds):
        name = f"{kind.pen.kind}, {kind.pen.width:.2f} mm"
        draw.text(((LEFT + column * CELL[0]) * scale, 3 * scale), name, WORDS, font=font)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pens.pdf"
        write_pdf(cards, path, title="pens", language="en")
        for number, card in enumerate(cards):
            row, column = divmod(number, len(kinds))
            page = on_paper(page_image(path, number, dpi=DPI))
            bleed, middle = card.stock.bleed, card.ink.y + card.ink.height / 2 + card.stock.bleed
            x, y = (card.ink.x + bleed - 0.5) * scale, page.height - (middle + CELL[1] / 2) * scale
            cut = page.crop((round(x), round(y), round(x + (CELL[0] - 1) * scale), round(y + CELL[1] * scale)))
            picture.paste(cut, (round((LEFT + column * CELL[0]) * scale), round((TOP + row * CELL[1]) * scale)))
    for row, ink in enumerate(inks):
        draw.text((2 * scale, (TOP + (row + 0.36) * CELL[1]) * scale), ink.ink.name, WORDS, font=font, anchor="lm")
    target = Path(__file__).with_name("pens.png")
    picture.quantize(128).save(target, optimize=True)


if __name__ == "__main__":
    main()

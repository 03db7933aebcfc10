"""Cards as grey pixels, many at a time: one PDF of all, each page drawn once by pdfium."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from notegen.hand import hands, write
from notegen.layout import lay_out, stocks
from notegen.model.card import Card
from notegen.model.note import Note
from notegen.press import write_pdf


def card(text: str, hand: str = "quick-ballpoint", stock: str = "postcard-4x6", seed: int = 1) -> Card:
    """Write a note on a card."""
    written = write(Note(f"page {seed}", "test", text), hands.builtin().get(hand), seed).value
    assert written is not None
    laid = lay_out(written, stocks.builtin().get(stock)).value
    assert laid is not None, (hand, stock)
    return laid


def greys(cards: Sequence[Card], dpi: float = 300) -> list[NDArray[np.uint8]]:
    """Return each card's page, bleed and all, as grey pixels (H, W); about 10 ms a card."""
    with TemporaryDirectory(prefix="notegen-") as folder:
        path = Path(folder) / "cards.pdf"
        write_pdf(cards, path, title="pages", language="en")
        return pdf_greys(path.read_bytes(), dpi)


def pdf_greys(pdf: bytes, dpi: float = 300) -> list[NDArray[np.uint8]]:
    """Return the pages of a PDF as grey pixels."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_numpy().squeeze().copy() for page in document]
    finally:
        document.close()


def said(card: Card) -> list[list[str]]:
    """Return the words of each line of a card."""
    lines: list[list[str]] = [[""]]
    ends = zip(card.outline.tolist(), card.word_end.tolist(), card.line_end.tolist(), strict=True)
    for outline, word_ends, line_ends in ends:
        lines[-1][-1] += card.pool.texts[outline // card.pool.k]
        if line_ends:
            lines.append([""])
        elif word_ends:
            lines[-1].append("")
    return lines[:-1]

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


def broken(text: str, font: Path, size: float = 17, width: float = 400) -> list[list[str]]:
    """Return the words of each line when a text is set in a font (points) in a given width."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if font.stem not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(font.stem, str(font)))
    lines: list[list[str]] = []
    for paragraph in filter(None, text.split("\n")):
        lines.append([])
        for word in paragraph.split():
            if lines[-1] and pdfmetrics.stringWidth(" ".join([*lines[-1], word]), font.stem, size) > width:
                lines.append([])
            lines[-1].append(word)
    return lines


def typeset(text: str, font: Path, size: float = 17, leading: float = 23, width: float = 400) -> bytes:
    """Return a PDF of one page, perfectly set in a font: what handwriting is not. Lengths are in points."""
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    lines = broken(text, font, size, width)
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(width + 48, leading * (len(lines) + 1.5)), invariant=True)
    canvas.setFont(font.stem, size)
    for number, line in enumerate(lines):
        canvas.drawString(24, leading * (len(lines) - number), " ".join(line))
    canvas.showPage()
    canvas.save()
    return stream.getvalue()

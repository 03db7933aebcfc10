"""Several cards on one page."""

from __future__ import annotations

from pathlib import Path

import cards
import pikepdf
import pypdfium2

from notegen.model.stock import Stock
from notegen.press import write_montage

PAGE = Stock("page", "Page", (210.0, 297.0), 0.0, 0.0, cards.STOCK.panels, "whole", "made up")


def montage(path: Path) -> Path:
    some = [cards.card("one", "abc de"), cards.card("two", "bad")]
    write_montage(some, [(5.0, 180.0), (20.0, 10.0)], PAGE, path, title="Two", language="en")
    return path


def test_each_card_stands_where_it_is_put(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(montage(tmp_path / "a.pdf"))
    (page,) = document
    assert [round(side * 25.4 / 72, 1) for side in page.get_size()] == [210.0, 297.0]
    text = page.get_textpage()
    assert text.get_text_range().split() == ["abc", "de", "bad"]
    first, last = text.get_charbox(0), text.get_charbox(text.count_chars() - 1)
    document.close()
    assert first[1] > 180 * 72 / 25.4 > 112 * 72 / 25.4 > last[3]


def test_the_same_cards_give_the_same_bytes_and_a_sound_file(tmp_path: Path) -> None:
    path = montage(tmp_path / "a.pdf")
    assert path.read_bytes() == montage(tmp_path / "b.pdf").read_bytes()
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == [] if hasattr(pdf, "check_pdf_syntax") else not pdf.check()

"""Readers get the words of a note whole and in order, however its letters stand."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
from pathlib import Path

import cards
import numpy as np
import pikepdf
import pypdfium2
import pytest

from notegen.hand import hands, write
from notegen.layout import lay_out, stocks
from notegen.model.card import Card
from notegen.model.note import Note
from notegen.press import write_pdf
from notegen.press.spoken import raised_spaces
from notegen.press.stream import whole_numbers

NOTE = """Dear Mr. Ito,

Thank you for coming back to us for the Escape on March 4. You told me about the drive to Duluth with the twins, and
the blue you chose ("not the boring one!") looks even better outside. It's odd, isn't it?

If the hitch rattles again, call me at 555-0142 and I will fix it: no charge.

Warm regards,
Dana Whitfield"""


def pressed(some: list[Card], path: Path) -> Path:
    """Write cards and return the file."""
    write_pdf(some, path, title="t", language="en")
    return path


def pdfium(path: Path) -> list[list[str]]:
    """Return the words of each page as pdfium finds them."""
    document = pypdfium2.PdfDocument(path)
    words = [page.get_textpage().get_text_range().split() for page in document]
    document.close()
    return words


def written(name: str, seed: int) -> Card:
    """Write and lay out the note in a real hand."""
    writing = write(Note(f"n{seed}", "t", NOTE), hands.builtin().get(name), seed).value
    assert writing is not None
    card = lay_out(writing, stocks.builtin().get("us-a7")).value
    assert card is not None
    return card


@pytest.mark.parametrize("name", ["quick-ballpoint", "school-cursive"])
def test_real_hands_read_as_written(tmp_path: Path, name: str) -> None:
    """Twelve cards in a loose and in a joined hand: every word, in order, from pdfium and from poppler."""
    some = [written(name, seed) for seed in range(12)]
    path = pressed(some, tmp_path / "a.pdf")
    assert pdfium(path) == [NOTE.split()] * 12
    if shutil.which("pdftotext"):
        raw = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
        assert [page.split() for page in raw.split("\f")[:-1]] == [NOTE.split()] * 12


def marks(path: Path) -> list[str]:
    """Return the texts that the words of the first page are marked with."""
    with pikepdf.open(path) as pdf:
        operations = pikepdf.parse_content_stream(pdf.pages[0])
        return [str(op.operands[1].ActualText) for op in operations if str(op.operator) == "BDC"]


def test_words_are_marked_with_their_text(tmp_path: Path) -> None:
    """Brackets and backslashes are escaped, accents are written in UTF-16, emoji are left to their glyphs."""
    letters = ("a", "(", ")", "\\", "é", "😊", "“", "b", "fi")
    card = cards.card("k", "a(a \\) é“b 😊 b() fi", of=cards.pool(letters=letters))
    path = pressed([card], tmp_path / "a.pdf")
    assert marks(path) == ["a(a", "\\)", "é“b", "b()", "fi"]
    assert pdfium(path) == [card.text.split()]


def test_a_text_that_does_not_fit_its_glyphs(tmp_path: Path) -> None:
    """When the note has other words than were drawn, the glyphs' own texts are used."""
    card = dataclasses.replace(cards.card("k", "abc fi\né"), text="something else altogether now")
    path = pressed([card], tmp_path / "a.pdf")
    assert marks(path) == ["abc", "fi", "é"]


def test_every_mark_is_closed(tmp_path: Path) -> None:
    """Marks are neither nested nor left open, and the space stands outside."""
    path = pressed([cards.card("k", "abc 😊 fi\né")], tmp_path / "a.pdf")
    depth = 0
    with pikepdf.open(path) as pdf:
        for op in pikepdf.parse_content_stream(pdf.pages[0]):
            depth += {"BDC": 1, "EMC": -1}.get(str(op.operator), 0)
            assert depth in (0, 1)
            if str(op.operator) == "Tj" and bytes(op.operands[0]).endswith(b"\x00\x01"):
                assert depth == 0
    assert depth == 0


def falling(fall: float) -> Card:
    """Return three lines of which each falls by `fall` mm from its start to its end, 8 mm apart."""
    card = cards.card("k", "abc da be cab ad\nbee dab cad\nace bad dad", turn=0.0)
    matrix = card.matrix.copy()
    matrix[:, 5] -= fall * (matrix[:, 4] - 12) / np.ptp(matrix[:, 4])
    return dataclasses.replace(card, matrix=matrix)


@pytest.mark.parametrize("fall", [0.0, 6.0, 8.0, 9.0, 11.0])
def test_falling_lines_are_not_mixed(tmp_path: Path, fall: float) -> None:
    """A line may end where the next one begins; a reader still tells them apart."""
    card = falling(fall)
    assert pdfium(pressed([card], tmp_path / "a.pdf")) == [card.text.split()]


def test_only_lines_that_need_it_get_a_raised_space() -> None:
    """Level lines do not; of a block, only the card that falls does; the end of a card is no line before another."""
    some = [falling(0.0), falling(9.0), cards.card("z", "a")]
    found = raised_spaces(some, whole_numbers(some))
    assert [[word for word, _ in card] for card in found] == [[], [4, 7], []]

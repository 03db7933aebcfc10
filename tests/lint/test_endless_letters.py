"""Letters of one mark or word over and over are judged, and told, in one walk: otherwise these tests have no end."""

from __future__ import annotations

import pytest

from notegen.lint import check_letter
from notegen.lint.report import text
from notegen.lint.sayings import sayings
from notegen.model.source import Source


@pytest.mark.parametrize("piece", ["!", ".", "?!", '…"', ".)", "\n ", "a.", "'"])
def test_a_row_of_marks_is_read_once(piece: str) -> None:
    """Of a row without a blank after it, each mark was once tried as the beginning of its end."""
    words = "Dear Ana,\n\n" + piece * (30_000 // len(piece)) + "x"
    check_letter(Source("letter.txt", words))
    assert sayings(words).sentences


def test_a_line_of_thousands_of_findings_is_shown() -> None:
    """A line is not measured anew for each of its findings."""
    found = check_letter(Source("letter.txt", "Dear Ana,\n\n" + "Thank you for your business! " * 600))
    assert len(found) > 500
    assert text.render(found).count("letter.txt:3:") >= len(found)


def test_sentences_end_where_they_did() -> None:
    """Marks that follow each other are one end, and Mr. is none."""
    said = sayings("Well... yes?! Mr. Lee left. 'Now.' She came")
    assert [said.text[one.start : one.end].strip() for one in said.sentences] == [
        "Well...", "yes?!", "Mr. Lee left.", "'Now.'", "She came"
    ]  # fmt: skip

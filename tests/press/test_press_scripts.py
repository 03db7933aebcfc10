"""What readers find in cards of each script: the note, in order, without spaces that it does not have."""

from __future__ import annotations

import shutil
import subprocess
from difflib import SequenceMatcher
from pathlib import Path

import pypdfium2
import pytest

from notegen.hand import hands, write
from notegen.layout import lay_out, stocks
from notegen.model.card import Card
from notegen.model.note import Note
from notegen.press import write_pdf

NOTES = {
    "japanese-pen": """山田様、

先日は「東京」での講習にご参加いただき、ありがとうございました。2026年11月28日（土）、Zoya様とお待ちしています。

敬具
佐藤 花子""",
    "korean-pen": """김민준 님께,

지난 토요일에 찾아 주셔서 정말 감사합니다. 2026년 11월에 다시 뵙겠습니다!

김지우 드림""",
    "cyrillic-pen": """Дорогая Зоя!

Спасибо, что зашли к нам в субботу. Звоните: 555-0142.

С уважением,
Анна""",
    "neat-print": """Αγαπητή Ελένη,

Σας ευχαριστώ πολύ που περάσατε το Σάββατο. Κι εσάς, Nguyễn Ngọc Ánh!

Άννα""",
    "devanagari-pen": """प्रिय प्रिया,

शनिवार को हमारी दुकान पर आने के लिए बहुत धन्यवाद। फिर मिलेंगे!

राहुल शर्मा""",
    "hebrew-pen": """שירה היקרה,

תודה רבה שבחרת בנו ביום שישי. נתראה ביום 15/3/2026 (אצלנו), עם Anna ועם דני!

בברכה,
דנה""",
    "quick-ballpoint": """Dear Зоя, Ελένη, 山田, 김민준, Nguyễn, שירה and प्रिया,

Thank you all for coming, שירה.

Dana""",
}
"""A note for each script, by the hand that is meant for it, and a mixed one."""


def written(name: str, seed: int) -> Card:
    writing = write(Note(f"n{seed}", "t", NOTES[name]), hands.builtin().get(name), seed)
    assert writing.value is not None and writing.diagnostics == ()
    laid = lay_out(writing.value, stocks.builtin().get("us-a7"))
    assert laid.value is not None
    return laid.value


def pressed(some: list[Card], path: Path) -> Path:
    write_pdf(some, path, title="t", language="en")
    return path


def pdfium(path: Path) -> list[str]:
    """Return the text of each page as pdfium finds it."""
    document = pypdfium2.PdfDocument(path)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


def closed(text: str, name: str) -> str:
    """Return a text with its spaces even; a Japanese one without those that ends of lines have put in."""
    return "".join(text.split()) if name == "japanese-pen" else " ".join(text.split())


@pytest.mark.parametrize("name", [name for name in NOTES if name != "hebrew-pen"])
def test_pdfium_finds_the_note(tmp_path: Path, name: str) -> None:
    found = pdfium(pressed([written(name, seed) for seed in range(6)], tmp_path / "a.pdf"))
    assert [closed(text, name) for text in found] == [closed(NOTES[name], name)] * 6


def test_pdfium_finds_most_of_a_hebrew_note(tmp_path: Path) -> None:
    """Letters from the right go unmarked, and pdfium puts words together from places: nine of ten, in order."""
    words = NOTES["hebrew-pen"].split()
    for text in pdfium(pressed([written("hebrew-pen", seed) for seed in range(6)], tmp_path / "a.pdf")):
        blocks = SequenceMatcher(None, words, text.split(), autojunk=False).get_matching_blocks()
        assert sum(block.size for block in blocks) >= 0.85 * len(words)


@pytest.mark.parametrize("name", [name for name in NOTES if name not in {"hebrew-pen", "quick-ballpoint"}])
def test_poppler_finds_the_note(tmp_path: Path, name: str) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("poppler is not installed")
    path = pressed([written(name, seed) for seed in range(6)], tmp_path / "a.pdf")
    raw = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    assert [closed(text, name) for text in raw.split("\f")[:-1]] == [closed(NOTES[name], name)] * 6


def test_there_is_no_space_inside_a_japanese_line(tmp_path: Path) -> None:
    (found,) = pdfium(pressed([written("japanese-pen", 3)], tmp_path / "a.pdf"))
    lines = found.split("\r\n")
    assert [line for line in lines if " " in line] == ["佐藤 花子"]


def test_decomposed_letters_come_back_as_they_were(tmp_path: Path) -> None:
    text = "Dear Nguye\u0302\u0303n,\n\nthank you, か\u3099く."
    writing = write(Note("n", "t", text), hands.builtin().get("quick-ballpoint"), 1).value
    assert writing is not None
    card = lay_out(writing, stocks.builtin().get("us-a7")).value
    assert card is not None
    assert pdfium(pressed([card], tmp_path / "a.pdf"))[0].split() == text.split()


def test_a_number_in_a_hebrew_word_is_marked_with_its_sign_before_it() -> None:
    text = "שירה, ב-2026 עם Anna"
    writing = write(Note("n", "t", text), hands.builtin().get("hebrew-pen"), 1).value
    assert writing is not None
    card = lay_out(writing, stocks.builtin().get("us-a7")).value
    assert card is not None and card.said is not None
    assert "".join(said for _, said in card.said) == "Anna-2026"
    assert sum(count for count, _ in card.said) == len(card.outline)

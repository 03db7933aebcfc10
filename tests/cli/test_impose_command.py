"""`notegen impose` and `notegen printer` as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from conftest import Run
from pages import pdf_greys
from PIL import Image

from notegen.model.page import Area, Page, Words
from notegen.model.purpose import Setup
from notegen.model.stock import Box
from notegen.press import write_pages

W, H = 88.9, 50.8


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration folder of the test's own, and no shop nearby."""
    monkeypatch.setenv("NOTEGEN_CONFIG", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "config" / "printers"


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    path = tmp_path / "cards.pdf"
    pages = [Page((W, H), (Area((Box(0, 0, 20, 9),)), Words(9, 20, f"Page {n}")), 3, 3) for n in range(1, 11)]
    write_pages(pages, path, Setup("cards", "en"))
    return path


def test_sheets_are_written_and_explained(cards: Path, notegen: Run) -> None:
    ran = notegen("impose", cards, "--sheet", "letter", "--fill", "stack", "--duplex", "long", "-o", "sheets.pdf")
    assert (ran.status, ran.err) == (0, "")
    for words in ("5 pieces on 1 sheet of US Letter paper", "flip on long edge", "2 pages: sheets.pdf"):
        assert words in ran.out
    with pikepdf.open("sheets.pdf") as pdf:
        assert len(pdf.pages) == 2


def test_scripts_read_json(cards: Path, notegen: Run) -> None:
    ran = notegen("impose", cards, "--sheet", "a4", "--skip", "9", "-o", "sheets.pdf", "--json")
    told = json.loads(ran.out)
    assert (told["pieces"], told["pages"], told["slots"], told["sheet"]) == (10, 2, 10, "a4")
    assert any("its first 9 places stay blank" in one for one in told["instructions"])


def test_a_preview_shows_both_sides(cards: Path, notegen: Run) -> None:
    ran = notegen("impose", cards, "--sheet", "a4", "--duplex", "short", "-o", "sheets.pdf", "--preview", "sheet.png")
    assert "the first sheet: sheet.png" in ran.out
    with Image.open("sheet.png") as picture:
        assert picture.width > 1.25 * picture.height
        red = (np.asarray(picture).astype(int) @ (1, -1, 0) > 100).mean()
        assert 0.002 < red < 0.05, "trims and numbers are red"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--sheet", "letter", "--skip", "8"), "8 cannot be skipped"),
        (("--sheet", "lettre"), "did you mean 'letter'?"),
        (("--sheet", "zzz"), "there is no sheet called 'zzz'"),
        (("--sheet", "avery-5160"), "88.9 x 50.8 mm does not fit a slot of avery-5160"),
        (("--sheet", "letter", "--printer", "ofice"), "there is no printer called 'ofice'"),
        (("--sheet", "letter", "--gutter", "-1"), "-1"),
        (("--sheet", "letter", "--pages-per-piece", "1", "--duplex", "long"), "no back to print"),
    ],
)
def test_mistakes_are_one_sentence_and_leave_nothing(
    words: tuple[str, ...], said: str, cards: Path, notegen: Run
) -> None:
    ran = notegen("impose", cards, *words, "-o", "sheets.pdf")
    assert ran.status == 2
    assert said in ran.err
    assert not Path("sheets.pdf").exists()


def test_targets_must_be_what_they_are_called(cards: Path, notegen: Run) -> None:
    assert "does not end in .pdf" in notegen("impose", cards, "--sheet", "letter", "-o", "cards.yaml").err
    ran = notegen("impose", cards, "--sheet", "letter", "-o", "s.pdf", "--preview", "s.jpg")
    assert "does not end in .png" in ran.err
    before = cards.read_bytes()
    assert "is the file that is put on sheets" in notegen("impose", cards, "--sheet", "letter", "-o", "cards.pdf").err
    assert cards.read_bytes() == before
    assert "there is no file none.pdf" in notegen("impose", "none.pdf", "--sheet", "letter", "-o", "s.pdf").err


def test_a_printer_is_measured_kept_listed_and_forgotten(notegen: Run, own: Path) -> None:
    ran = notegen("printer", "set", "office", "--read", "left=19.6", "--read", "back-left=20.5", "--scale-y", "1.001")
    assert ran.status == 0
    assert "front  moved 0.4 mm right, 0 mm up" in ran.out
    assert (own / "office.yaml").read_text().startswith("front: [0.4, 0]")
    assert json.loads(notegen("printer", "list", "--json").out) == [
        {"name": "office", "front": [0.4, 0.0], "back": [-0.5, 0.0], "scale": [1.0, 1.001]}
    ]
    notegen("printer", "set", "office", "--front-y", "-0.2")
    shown = json.loads(notegen("printer", "show", "office", "--json").out)
    assert (shown["front"], shown["back"]) == ([0.4, -0.2], [-0.5, 0.0])
    assert shown["file"] == str(own / "office.yaml")
    assert "0.4, -0.2" in notegen("printer", "list").out
    assert notegen("printer", "remove", "office").status == 0
    assert "there is no printer called 'office'" in notegen("printer", "show", "office").err


def test_a_shops_printer_goes_before_ones_own(notegen: Run, shop: Path, own: Path) -> None:
    notegen("printer", "set", "office", "--front-x", "1")
    notegen("printer", "set", "office", "--front-x", "2", "--in-shop", "--shop", shop)
    assert (shop / "printers" / "office.yaml").exists()
    assert json.loads(notegen("printer", "show", "office", "--shop", shop, "--json").out)["front"] == [2, 0]
    assert json.loads(notegen("printer", "show", "office", "--json").out)["front"] == [1, 0]
    ran = notegen("printer", "set", "office", "--front-x", "3", "--shop", shop)
    assert ran.status == 2 and "goes before one of yours" in ran.err
    assert "there is no shop here" in notegen("printer", "set", "x", "--front-x", "1", "--in-shop").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--front-x", "11"), "11 mm is too far to move the front"),
        (("--scale-x", "0.97"), "a scale of 0.97 is too far from 1"),
        (("--scale-x", "nan"), "too far"),
        (("--read", "left=near"), "is not like left=20.4"),
        (("--read", "lef=20"), "did you mean 'left'?"),
        (("--read", "left=20", "--paper", "lettre"), "did you mean 'letter'?"),
        ((), "nothing was read"),
    ],
)
def test_what_no_printer_needs_is_refused(words: tuple[str, ...], said: str, notegen: Run, own: Path) -> None:
    ran = notegen("printer", "set", "office", *words)
    assert ran.status == 2
    assert said in ran.err
    assert not own.exists()


def test_a_printers_file_that_is_wrong_is_named_with_its_place(notegen: Run, own: Path, cards: Path) -> None:
    own.mkdir(parents=True)
    (own / "office.yaml").write_text("front: [0, 0]\nscale: [1, 1.5]\n")
    assert "office.yaml:2:12: a scale of 1.5" in notegen("printer", "show", "office").err
    assert "office: could not be loaded" in notegen("printer", "list").err
    assert "office.yaml:2:12" in notegen("impose", cards, "--sheet", "a4", "-o", "s.pdf", "--printer", "office").err
    assert "office.yaml:2:12" in notegen("printer", "set", "office", "--front-x", "1").err
    assert (own / "office.yaml").read_text() == "front: [0, 0]\nscale: [1, 1.5]\n"
    assert notegen("printer", "set", "office", "--read", "left=19.6").status == 0
    assert "cannot be called '../x'" in notegen("printer", "set", "../x", "--front-x", "1").err


def test_a_calibration_page_is_put_right_when_asked(notegen: Run) -> None:
    assert notegen("printer", "calibrate", "-o", "page.pdf", "--paper", "a4").status == 0
    notegen("printer", "set", "office", "--front-x", "2", "--back-y", "-1")
    notegen("printer", "calibrate", "-o", "again.pdf", "--paper", "a4", "--printer", "office")
    before, after = (pdf_greys(Path(name).read_bytes(), 127) for name in ("page.pdf", "again.pdf"))
    for one, other, shift in zip(before, after, ((0, 10), (5, 0)), strict=True):
        # Below, the front of a page that is put right says otherwise what to do.
        assert np.abs(np.roll(one, shift, axis=(0, 1)).astype(int) - other)[:880].mean() < 0.5


def test_readings_of_a_page_that_was_put_right_are_all_twenty(notegen: Run) -> None:
    """A machine 0.4 mm too far left: 19.6 is read, 0.4 to the right is kept, and line A is at 20 again."""
    notegen("printer", "set", "office", "--read", "left=19.6")
    notegen("printer", "calibrate", "-o", "again.pdf", "--printer", "office")
    page = pdf_greys(Path("again.pdf").read_bytes(), 254)[0]
    columns = np.nonzero((page[150:170] < 235).all(axis=0))[0]
    assert columns.min() / 10 - 0.4 == pytest.approx(20.0, abs=0.16)

"""The form for a hand of one's own, and signatures, from the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from capture_filler import png
from conftest import ROOT, Run
from signature_pictures import scanned, signed

CARLA = ROOT / "tests" / "signatures" / "carla.svg"


@pytest.mark.parametrize(("paper", "size"), [("a4", (595.276, 841.89)), ("letter", (612, 792))])
def test_the_form_is_printed_whole_and_always_alike(notegen: Run, tmp_path: Path, paper: str, size: tuple) -> None:
    for name in ("a.pdf", "b.pdf"):
        ran = notegen("hand", "sheet", "--paper", paper, "--letters", "éü", "-o", tmp_path / name)
        assert ran.status == 0
        assert "4 pages" in ran.out and "with éü" in ran.out
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert len(pdf.pages) == 4
        assert [float(side) for side in pdf.pages[0].mediabox[2:]] == pytest.approx(size, abs=0.02)
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
        fonts = [one for page in pdf.pages for one in page.Resources.Font.values()]
        assert fonts
        assert all("/FontFile2" in one.FontDescriptor for one in fonts)


def test_letters_are_printed_that_the_usual_font_lacks(notegen: Run, tmp_path: Path) -> None:
    """A letter that no font has is named by its number, never a box."""
    assert notegen("hand", "sheet", "--letters", "ř☃", "-o", tmp_path / "a.pdf").status == 0
    text = pypdfium2.PdfDocument(tmp_path / "a.pdf")[3].get_textpage().get_text_range()
    assert "ř" in text and "U+2603" in text


def test_a_form_of_another_kind_or_place_is_refused(notegen: Run, tmp_path: Path) -> None:
    assert notegen("hand", "sheet", "-o", tmp_path / "a.png").status == 2
    assert notegen("hand", "sheet", "-o", tmp_path / "none" / "a.pdf").status == 2
    many = "".join(chr(0x100 + number) for number in range(99))
    ran = notegen("hand", "sheet", "--letters", many, "-o", tmp_path / "a.pdf")
    assert ran.status == 2 and "99 extra letters" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_signature_is_traced_and_cards_are_signed_with_it(notegen: Run, shop: Path) -> None:
    """The PDF says the name, holds no pixels, and differs from the one that is written in letters."""
    (shop / "scan.png").write_bytes(png(scanned(signed(("Ana",), x_height=5)), 300))
    made = notegen("signature", shop / "scan.png", "-o", shop / "ana.svg")
    assert made.status == 0, made.err
    assert "mm" in made.out and made.err == ""
    args = ("batch", "--yes", "--no-ledger", shop / "facts" / "customers.yaml", "-t", "thanks", "-o")
    assert notegen(*args, shop / "plain.pdf").status == 0
    assert notegen(*args, shop / "a.pdf", "--signature", shop / "ana.svg").status == 0
    (shop / "notegen.yaml").write_text((shop / "notegen.yaml").read_text() + "signature: ana.svg\n")
    assert notegen(*args, shop / "b.pdf").status == 0
    assert (shop / "a.pdf").read_bytes() == (shop / "b.pdf").read_bytes() != (shop / "plain.pdf").read_bytes()
    texts = [
        pypdfium2.PdfDocument(shop / name)[0].get_textpage().get_text_range().split() for name in ("a.pdf", "plain.pdf")
    ]
    assert texts[0] == texts[1]
    with pikepdf.open(shop / "a.pdf") as pdf:
        assert not any("/Subtype" in one and one.Subtype == "/Image" for one in pdf.objects if hasattr(one, "keys"))


@pytest.mark.parametrize(
    ("name", "said"), [("none.svg", "no file"), ("cards.txt", "no SVG file"), ("notegen.yaml", "no SVG file")]
)
def test_a_signature_that_is_none_ends_the_command(notegen: Run, shop: Path, name: str, said: str) -> None:
    (shop / "cards.txt").write_text("Ana")
    args = ("batch", "--yes", "--no-ledger", shop / "facts" / "customers.yaml", "-t", "thanks", "-o", shop / "a.pdf")
    ran = notegen(*args, "--signature", shop / name)
    assert ran.status == 2 and said in ran.err
    assert not (shop / "a.pdf").exists()


def test_a_signature_in_the_settings_that_is_none_is_found_at_its_line(notegen: Run, shop: Path) -> None:
    """A change of the drawing is seen, however well lint remembers."""
    settings = shop / "notegen.yaml"
    settings.write_text(settings.read_text() + "signature: ana.svg\n")
    line = len(settings.read_text().splitlines())
    ran = notegen("lint", shop)
    assert ran.status == 1 and f"notegen.yaml:{line}:" in ran.out and "ana.svg" in ran.out
    shutil.copy(CARLA, shop / "ana.svg")
    assert notegen("lint", shop).status == 0
    (shop / "ana.svg").write_text("<svg/>")
    assert "no outline" in notegen("lint", shop).out


def test_pictures_without_a_signature_leave_nothing_behind(notegen: Run, tmp_path: Path) -> None:
    (tmp_path / "blank.png").write_bytes(png(np.full((400, 600, 3), 250, np.uint8), 300))
    shutil.copy(CARLA, tmp_path / "a.jpg")
    for picture, said in (("blank.png", "no ink"), ("a.jpg", "no picture"), ("none.png", "no file")):
        ran = notegen("signature", tmp_path / picture, "-o", tmp_path / "out.svg")
        assert ran.status == 2 and said in ran.err
    assert notegen("signature", tmp_path / "blank.png", "-o", tmp_path / "out.png").status == 2
    assert not (tmp_path / "out.svg").exists()

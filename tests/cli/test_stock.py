"""`notegen stock` lists cards, envelopes and sheets, and draws any of them, a file of one's own too."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from conftest import ROOT, Run
from PIL import Image

CARD = 'title: Tag\nsize: [150, 100]\nbleed: 3\nsafe: 6\nsource: "ours"\n'
SHEET = 'title: Tags\npaper: a4\nsize: [90, 50]\ngrid: [2, 5]\nsource: "ours"\n'
POINT = 25.4 / 72


def boxes(path: Path) -> list[tuple[float, float]]:
    """Return the trim sizes of a PDF's pages in mm."""
    with pikepdf.open(path) as pdf:
        boxes = [[float(at) * POINT for at in page.trimbox] for page in pdf.pages]
    return [(right - left, top - bottom) for left, bottom, right, top in boxes]


def test_the_list_has_cards_first_and_then_envelopes(notegen: Run) -> None:
    listed = json.loads(notegen("stock", "list", "--json").out)
    kinds = [stock["kind"] for stock in listed]
    assert kinds == sorted(kinds)
    assert {"card", "envelope"} == set(kinds)
    rows = notegen("stock", "list").out.splitlines()
    assert len(rows) == len(listed) + 1
    assert any(row.split()[:2] == ["us-a7-tent", "card"] and "env-a7" in row for row in rows)


def test_sheets_are_listed_by_any_of_their_names_and_by_their_paper(notegen: Run) -> None:
    (sheet,) = json.loads(notegen("stock", "list", "--sheets", "avery-8160", "--json").out)
    assert (sheet["name"], len(sheet["slots"]), sheet["paper"]) == ("avery-5160", 30, [215.9, 279.4])
    everything = notegen("stock", "list", "--sheets").out.splitlines()
    assert len(everything) > 900
    cards = notegen("stock", "list", "--sheets", "a4 card").out
    assert "a4-4up " in cards
    assert "letter" not in cards
    nothing = notegen("stock", "list", "--sheets", "papyrus")
    assert (nothing.status, nothing.out) == (2, "")
    assert "papyrus" in nothing.err


def test_show_tells_and_draws_in_characters(notegen: Run) -> None:
    shown = notegen("stock", "show", "us-a2-folded").out
    assert "front: 107.95 x 139.7 mm" in shown
    assert "inside-right" in shown.split("\n\n")[1]
    assert "┌" in shown
    assert "avery-5160: Avery 5160" in notegen("stock", "show", "8160").out


def test_show_draws_with_plain_characters_where_there_are_no_others() -> None:
    words = [sys.executable, "-m", "notegen", "stock", "show", "us-a2"]
    env = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(words, capture_output=True, text=True, env=env, check=True)
    assert "+-----" in done.stdout
    assert done.stdout.isascii()


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("us-a7-folded", [(254, 177.8)] * 2),
        ("iso-a6-tent", [(148, 210)] * 2),
        ("env-10", [(241.3, 104.775)] * 2),
        ("hagaki", [(100, 148)] * 2),
        ("avery-5160", [(215.9, 279.4)]),
    ],
)
def test_the_drawing_has_its_true_size(
    notegen: Run, tmp_path: Path, name: str, sizes: list[tuple[float, float]]
) -> None:
    pdf, png = tmp_path / "x.pdf", tmp_path / "x.png"
    ran = notegen("stock", "show", name, "-o", pdf)
    assert (ran.status, ran.err) == (0, "")
    assert str(pdf) in ran.out
    assert boxes(pdf) == [pytest.approx(size, abs=0.05) for size in sizes]
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    assert name in text
    assert notegen("stock", "show", name, "-o", png).status == 0
    with Image.open(png) as picture:
        assert picture.format == "PNG"
        assert round(picture.info["dpi"][0]) == 120


def test_a_file_of_ones_own_is_shown_wherever_it_is(notegen: Run, tmp_path: Path) -> None:
    (tmp_path / "tag.yaml").write_text(CARD + "fold: side\n")
    (tmp_path / "tags.yaml").write_text(SHEET)
    shown = notegen("stock", "show", tmp_path / "tag.yaml")
    assert "inside-right: 75 x 100 mm" in shown.out
    assert notegen("stock", "show", tmp_path / "tags.yaml", "-o", tmp_path / "tags.pdf").status == 0
    assert boxes(tmp_path / "tags.pdf") == [pytest.approx((210, 297), abs=0.05)]


def test_a_shops_own_are_shown_by_name(notegen: Run, shop: Path) -> None:
    for folder, text in (("stocks", CARD), ("sheets", SHEET)):
        (shop / folder).mkdir()
        (shop / folder / f"my-{folder}.yaml").write_text(text)
    assert "150 x 100 mm" in notegen("stock", "show", "my-stocks", "--shop", shop).out
    assert "10 labels" in notegen("stock", "show", "my-sheets", "--shop", shop).out
    assert "my-sheets" in notegen("stock", "list", shop, "--sheets", "tags").out


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (CARD.replace("safe", "saef"), "C210", "mine.yaml:4"),
        (CARD + "envelope: env-a2\n", "C213", "mine.yaml:6"),
        (SHEET.replace("[2, 5]", "[3, 5]"), "C222", "mine.yaml:4"),
        ("12", "C211", "mine.yaml:1"),
    ],
)
def test_a_broken_file_is_told_by_line_and_nothing_is_written(
    notegen: Run, tmp_path: Path, text: str, code: str, place: str
) -> None:
    (tmp_path / "mine.yaml").write_text(text)
    ran = notegen("stock", "show", tmp_path / "mine.yaml", "-o", tmp_path / "x.pdf")
    assert ran.status == 1
    assert code in ran.said
    assert place in ran.said
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "us-a22"), "did you mean 'us-a2'?"),
        (("show", "avery-51600"), "did you mean 'avery-5160'?"),
        (("show", "papyrus-scroll"), "stock list --sheets"),
        (("show", "rayfilm-7001"), "left out: a piece reaches 2256.0 mm over the paper"),
        (("show", "nowhere.yaml"), "there is no file nowhere.yaml"),
        (("show", "us-a2", "-o", "x.svg"), "does not end in .png or .pdf"),
        (("show", "us-a2", "-o", "no/such/folder/x.pdf"), "no/such/folder"),
    ],
)
def test_mistakes_are_said_in_a_sentence(notegen: Run, words: tuple[str, ...], said: str) -> None:
    ran = notegen("stock", *words)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_no_note_is_written_on_an_envelope(notegen: Run, shop: Path) -> None:
    words = ("batch", "--yes", "--no-ledger", shop / "facts", "-t", "thanks", "-o", shop / "x.pdf")
    ran = notegen(*words, "--stock", "env-a2")
    assert ran.status == 2
    assert "'env-a2' is an envelope; a note is written on a card" in ran.err
    assert "us-a2, us-a2-folded, us-a2-tent" in ran.err
    facts = shop / "facts" / "customers.yaml"
    facts.write_text(facts.read_text() + "\npreferences: {stock: monarch}\n")
    ran = notegen(*words)
    assert ran.status == 1
    assert "'env-monarch' is an envelope" in ran.said
    assert not (shop / "x.pdf").exists()
    settings = shop / "notegen.yaml"
    settings.write_text(settings.read_text().replace("stock: us-a2", "stock: env-c6"))
    ran = notegen("lint", shop)
    assert ran.status == 1
    assert "'env-c6' is an envelope" in ran.said


def test_doctor_counts_sheets_and_names_a_broken_one(notegen: Run, shop: Path) -> None:
    (shop / "sheets").mkdir()
    (shop / "sheets" / "mine.yaml").write_text(SHEET.replace("paper", "papr"))
    ran = notegen("doctor", shop)
    assert ran.status == 1
    assert "mine.yaml:2:1: a sheet has no 'papr'" in ran.out


def test_a_sheet_file_that_is_wrong_is_not_called_unknown(notegen: Run, shop: Path) -> None:
    (shop / "sheets").mkdir()
    (shop / "sheets" / "mine.yaml").write_text("title: x\npaper: a4\n")
    ran = notegen("stock", "list", shop, "--sheets", "mine")
    assert ran.status == 2
    assert "mine.yaml:1:1: this sheet does not say its" in ran.err

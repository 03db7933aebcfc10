"""Pictures show the card where it is, the guides where they belong, and are written whole or not at all."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import cards
import numpy as np
import pytest
from PIL import Image

from notegen import preview
from notegen.errors import NotegenError, UnreadableFile, UnwritableFile
from notegen.model.hand import Ink
from notegen.model.stock import Box, Fold, Panel, Side, Stock
from notegen.press import write_pdf
from notegen.preview import contact, desk
from notegen.preview.guides import guides
from notegen.preview.png import together

FOLDED = dataclasses.replace(
    cards.STOCK,
    name="folded",
    panels=(Panel("left", Box(0, 0, 76.2, 101.6)), Panel("right", Box(76.2, 0, 76.2, 101.6))),
    write_on="right",
    folds=(76.2,),
)
MARGIN = 9.0
BLEED = cards.STOCK.bleed


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """Two cards as a PDF."""
    path = tmp_path / "cards.pdf"
    write_pdf([cards.card("a", "T"), cards.card("b", "abc\nde")], path, title="t", language="en")
    return path


def picture(card: object, tmp_path: Path, **how: object) -> np.ndarray:
    """Return a card's picture as pixels (rows, columns, 3)."""
    preview.card_png(card, tmp_path / "card.png", **how)  # type: ignore[arg-type]
    return read(tmp_path / "card.png")


def read(path: Path) -> np.ndarray:
    """Return a picture as pixels (rows, columns, 3)."""
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def at(pixels: np.ndarray, x: float, y: float, dpi: float, height: float = 101.6) -> list[int]:
    """Return the colour at x, y mm from the lower left corner of the trim, in a picture with guides."""
    column, row = (MARGIN + BLEED + x) * dpi / 25.4, (MARGIN + BLEED + height - y) * dpi / 25.4
    return pixels[round(row), round(column)].tolist()  # type: ignore[no-any-return]


def near(pixels: np.ndarray, x: float, y: float, dpi: float, colour: tuple[int, int, int]) -> bool:
    """Whether a colour is found within half a millimetre."""
    column, row = round((MARGIN + BLEED + x) * dpi / 25.4), round((MARGIN + BLEED + 101.6 - y) * dpi / 25.4)
    reach = round(0.5 * dpi / 25.4)
    part = pixels[row - reach : row + reach + 1, column - reach : column + reach + 1].reshape(-1, 3)
    return bool((np.abs(part - colour).max(axis=1) <= 40).any())


@pytest.mark.parametrize("dpi", [50, 72, 110, 150, 300, 400])
def test_page_size(pdf: Path, dpi: float) -> None:
    """A page is trim and bleed large at any resolution."""
    image = preview.page_image(pdf, 1, dpi=dpi)
    wanted = [(152.4 + 2 * BLEED) / 25.4 * dpi, (101.6 + 2 * BLEED) / 25.4 * dpi]
    assert image.size == pytest.approx(wanted, abs=1.01)


@pytest.mark.parametrize("dpi", [60, 150, 400])
def test_ink_is_where_the_card_says(tmp_path: Path, dpi: float) -> None:
    """One square, found again by its centre of gravity, within a tenth of a millimetre."""
    card = cards.card("a", "a", turn=0.0)
    card = dataclasses.replace(card, matrix=np.array([(20.0, 0, 0, 20.0, 40.0, 30.0)]))
    write_pdf([card], tmp_path / "a.pdf", title="t", language="en")
    dark = 255 - np.asarray(preview.page_image(tmp_path / "a.pdf", 0, dpi=dpi).convert("L")).astype(float)
    rows, columns = np.indices(dark.shape) + 0.5
    x = (columns * dark).sum() / dark.sum() * 25.4 / dpi - BLEED
    y = 101.6 + BLEED - (rows * dark).sum() / dark.sum() * 25.4 / dpi
    assert (x, y) == pytest.approx((40 + 0.3 * 20, 30 + 0.2 * 20), abs=0.1)


def test_small_dots_survive_at_few_dpi(tmp_path: Path) -> None:
    """Sixty dots of a quarter of a millimetre keep their ink at 72 dpi, wherever they fall between pixels."""
    card = cards.card("a", "a" * 60, turn=0.0)
    places = [(0.6, 0, 0, 0.6, 10 + 2.13 * n, 20 + 1.07 * n) for n in range(60)]
    write_pdf([dataclasses.replace(card, matrix=np.array(places))], tmp_path / "a.pdf", title="t", language="en")
    inks = []
    for dpi in (72, 1200):
        dark = 255 - np.asarray(preview.page_image(tmp_path / "a.pdf", 0, dpi=dpi).convert("L")).astype(float)
        inks.append(dark.sum() / dpi**2)
    assert inks[0] == pytest.approx(inks[1], rel=0.2)


def test_page_from_bytes_is_the_page_from_the_file(pdf: Path) -> None:
    """Both ways give the same PNG, which knows its resolution."""
    data = preview.page_png(pdf.read_bytes(), 0, dpi=100)
    assert data == preview.page_png(pdf, 0, dpi=100)
    assert Image.open(io.BytesIO(data)).info["dpi"] == pytest.approx((100, 100), abs=0.1)


def test_what_is_no_page(pdf: Path, tmp_path: Path) -> None:
    """Each mistake is one sentence."""
    with pytest.raises(NotegenError, match="no page 3; the file has 2"):
        preview.page_image(pdf, 2)
    with pytest.raises(NotegenError, match="no page 0"):
        preview.page_image(pdf, -1)
    with pytest.raises(UnreadableFile, match="no file"):
        preview.page_image(tmp_path / "none.pdf", 0)
    (tmp_path / "text.pdf").write_text("not a PDF")
    with pytest.raises(UnreadableFile, match="not a PDF"):
        preview.page_image(tmp_path / "text.pdf", 0)
    with pytest.raises(UnreadableFile, match="not a PDF"):
        preview.page_image(b"", 0)


def test_guides_of_a_plain_card() -> None:
    """Names, places and words of the guides; no fold, for there is none."""
    found = {guide.name: guide for guide in guides(cards.STOCK)}
    assert list(found) == ["bleed", "trim", "safe"]
    assert found["trim"].label == "trim 152.4 x 101.6 mm"
    assert found["bleed"].label == "bleed 3.175 mm"
    assert found["trim"].lines[0] == (0, 0, 152.4, 0)
    assert found["bleed"].lines[0] == pytest.approx((-3.175, -3.175, 155.575, -3.175))
    assert found["safe"].lines[1] == pytest.approx((146.05, 6.35, 146.05, 95.25))


def test_guides_of_a_folded_card_without_bleed() -> None:
    """The safe area is that of the panel one writes on; the fold runs from edge to edge."""
    found = {guide.name: guide for guide in guides(dataclasses.replace(FOLDED, bleed=0.0))}
    assert list(found) == ["trim", "safe", "fold"]
    assert found["fold"].lines == ((76.2, 0.0, 76.2, 101.6),)
    assert found["safe"].lines[0][0] == pytest.approx(76.2 + 6.35)


def test_folds_are_guides_as_the_side_with_the_note_is_seen() -> None:
    """Inside, a tent's fold is as far from the lower edge as outside from the upper; a book's is seen from its back."""
    inside = (Panel("note", Box(60, 0, 90, 100), Side.BACK),)
    book = Stock("b", "B", (150, 100), 3, 5, inside, "note", "made up", folds=(90,), fold=Fold.SIDE)
    assert [guide.lines for guide in guides(book) if guide.name == "fold"] == [((60, 0, 60, 100),)]
    below = (Panel("note", Box(0, 0, 150, 70), Side.BACK),)
    tent = Stock("t", "T", (150, 100), 3, 5, below, "note", "made up", across=(30,), fold=Fold.TENT)
    assert [guide.lines for guide in guides(tent) if guide.name == "fold"] == [((0, 70, 150, 70),)]
    letter = dataclasses.replace(tent, fold=Fold.LETTER, across=(30, 60))
    assert [guide.lines for guide in guides(letter) if guide.name == "fold"] == [((0, 30, 150, 30), (0, 60, 150, 60))]


def test_pages_stand_beside_each_other_or_above() -> None:
    def sizes(*pages: tuple[int, int]) -> tuple[int, int]:
        return together([Image.new("RGB", size) for size in pages]).size

    assert sizes((30, 20), (30, 20)) == (30, 40)
    assert sizes((20, 30), (20, 30)) == (40, 30)
    assert sizes((20, 30)) == (20, 30)


def test_guides_are_drawn_where_they_belong(tmp_path: Path) -> None:
    """Lines of the right colour at trim, safe, bleed and fold, and paper between them."""
    pixels = picture(cards.card("a", "a", stock=FOLDED), tmp_path, dpi=200)
    wanted = {guide.name: guide.colour for guide in guides(FOLDED)}
    assert near(pixels, 0, 50, 200, wanted["trim"])
    assert near(pixels, 100, 0, 200, wanted["trim"])
    assert any(near(pixels, 76.2, y, 200, wanted["fold"]) for y in (50, 51, 52, 53))
    assert any(near(pixels, 76.2 + 6.35, y, 200, wanted["safe"]) for y in (50, 51, 52, 53))
    assert any(near(pixels, 155.575 - 0.2, y, 200, wanted["bleed"]) for y in (50, 51, 52, 53))
    assert at(pixels, 110, 50, 200) == list(desk.PAPER)


def test_without_guides_only_the_cut_card_is_shown(tmp_path: Path) -> None:
    """No line, no bleed, no legend: the paper ends where it is cut."""
    pixels = picture(cards.card("a", "a"), tmp_path, dpi=100, guides=False)
    wide = (2 * MARGIN + 152.4) / 25.4 * 100
    assert pixels.shape[1] == pytest.approx(wide, abs=3)
    paper = (pixels == desk.PAPER).all(axis=2)
    rows, columns = np.nonzero(paper.sum(axis=1) > 100)[0], np.nonzero(paper.sum(axis=0) > 100)[0]
    assert (np.ptp(columns) + 1) / 100 * 25.4 == pytest.approx(152.4, abs=0.6)
    assert (np.ptp(rows) + 1) / 100 * 25.4 == pytest.approx(101.6, abs=0.6)
    for guide in guides(cards.STOCK):
        assert not (np.abs(pixels - guide.colour).max(axis=2) <= 6).any() or guide.name == "trim"


def test_the_cut_card_is_cut_on_all_sides(tmp_path: Path) -> None:
    """Ink keeps its distance from the edge of the paper: the bleed is gone on the left and at the top too."""
    card = cards.card("a", "a", turn=0.0)
    card = dataclasses.replace(card, matrix=np.array([(20.0, 0, 0, 20.0, 40.0, 30.0)]))
    pixels = picture(card, tmp_path, dpi=200, guides=False)
    rows, columns = np.nonzero(pixels[..., 0] < 90)
    assert columns.min() / 200 * 25.4 == pytest.approx(MARGIN + 42, abs=0.3)
    assert rows.max() / 200 * 25.4 == pytest.approx(MARGIN + 101.6 - 30, abs=0.3)


def test_ink_has_the_colour_of_the_hand(tmp_path: Path) -> None:
    """A blue pen writes blue."""
    blue = cards.card("a", "ab", in_hand=cards.hand(ink=Ink("blue", (1.0, 0.8, 0.0, 0.1))), em=20.0)
    pixels = picture(blue, tmp_path, dpi=100, guides=False)
    darkest = pixels.reshape(-1, 3)[pixels.sum(axis=2).argmin()]
    assert darkest[2] > darkest[0] + 60


def test_legend_names_the_lines(tmp_path: Path) -> None:
    """With guides the picture is higher, and each colour is found below the card."""
    plain = picture(cards.card(), tmp_path, dpi=100, guides=False)
    drawn = picture(cards.card(), tmp_path, dpi=100)
    foot = drawn[int((MARGIN + 101.6 + 2 * BLEED + 2) / 25.4 * 100) :]
    assert drawn.shape[0] > plain.shape[0]
    for guide in guides(cards.STOCK):
        assert (np.abs(foot - guide.colour).max(axis=2) <= 3).any(), guide.name


def test_a_narrow_legend_is_wrapped() -> None:
    """What does not fit beside stands below."""
    items = guides(FOLDED)
    assert desk.legend_size(items, 2000, 12) < desk.legend_size(items, 200, 12)
    assert desk.legend_size((), 200, 12) == 0


def test_contact_sheet(tmp_path: Path) -> None:
    """Five cards in three columns make two rows; a short row leaves desk."""
    some = [cards.card(f"customer-{n}", "abc") for n in range(5)]
    preview.contact_sheet(some, tmp_path / "sheet.png", columns=3, dpi=60)
    pixels = read(tmp_path / "sheet.png")
    paper = (pixels == desk.PAPER).all(axis=2)
    height, width = paper.shape
    boxes = [
        paper[r * height // 2 : (r + 1) * height // 2, c * width // 3 : (c + 1) * width // 3].mean()
        for r in range(2)
        for c in range(3)
    ]
    assert [share > 0.5 for share in boxes] == [True] * 5 + [False]


def test_contact_sheet_of_several_stocks(tmp_path: Path) -> None:
    """Cards of different sizes stand in equal cells, under one legend without sizes."""
    small = dataclasses.replace(
        cards.STOCK, name="small", size=(90.0, 60.0), panels=(Panel("whole", Box(0, 0, 90, 60)),)
    )
    some = [cards.card("a"), cards.card("b", "a", stock=small)]
    preview.contact_sheet(some, tmp_path / "sheet.png", columns=2, dpi=60, guides=True)
    assert [guide.label for guide in contact._legend(some)] == ["bleed", "trim", "safe"]
    assert read(tmp_path / "sheet.png").shape[1] > 2 * 150 / 25.4 * 60


def test_labels_are_cut_and_may_have_accents(tmp_path: Path) -> None:
    """A label stays under its card, whatever it says."""
    some = [cards.card("Zoë Müller-Łukasiewicz " * 20, "a"), cards.card("x" * 500, "a")]
    preview.contact_sheet(some, tmp_path / "sheet.png", columns=1, dpi=40)
    pixels = read(tmp_path / "sheet.png")
    margin = round(MARGIN / 25.4 * 40)
    assert (np.abs(pixels[:, -margin // 2 :] - desk.DESK).max() <= 12).all()


def test_a_large_sheet_is_drawn_smaller() -> None:
    """However many cards there are, the picture stays one that can be opened."""
    many = [cards.card("a", "a")] * 400
    dpi = contact._affordable(many, 3, 1200)
    assert 10 < dpi < 200
    assert contact._affordable(many[:2], 2, 110) == 110


def test_no_cards(tmp_path: Path) -> None:
    """An empty sheet is a mistake."""
    with pytest.raises(NotegenError, match="no cards"):
        preview.contact_sheet([], tmp_path / "sheet.png")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """Pictures are written like every other file."""
    with pytest.raises(UnwritableFile):
        preview.card_png(cards.card(), tmp_path / "none" / "a.png", dpi=40)


def test_same_card_same_picture(tmp_path: Path) -> None:
    """A picture can be compared with another."""
    for name in ("a.png", "b.png"):
        preview.card_png(cards.card(), tmp_path / name, dpi=60)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()

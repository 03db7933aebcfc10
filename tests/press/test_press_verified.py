"""Press files of every stock, before every checker that is installed; and the checkers do see faults."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import cards
import pikepdf
import pypdfium2
import pytest
from pdf_checkers import CHECKERS, Verdict

from notegen.layout import stocks
from notegen.layout.marks import Marks, Slug, marked
from notegen.model.page import Area, Page, Paint, PlacedCard, moved
from notegen.model.purpose import Purpose, Setup
from notegen.model.stock import Box, Kind, Side, Stock
from notegen.press import conditions, write_pages

SETUP = Setup("Verified", "en-US", "Dana", Purpose.PRESS, conditions().get("gracol"))
CARDS = [stock for stock in stocks.builtin() if stock.kind is Kind.CARD]


def pages(stock: Stock) -> list[Page]:
    """Return both sides of a card: a tint that bleeds, the note on its panel, marks and a slug."""
    ground = Area((Box(0, 0, *stock.size).inset(-stock.bleed),), Paint((0.06, 0.04, 0.1, 0.0)))
    card = cards.card(in_hand=cards.hand(ink=dataclasses.replace(cards.hand().ink, shade=0.05)))
    note = PlacedCard(card, moved(stock.panel.box.x, stock.panel.box.y), stock.panel.box)
    made = []
    for side in Side:
        items = (ground, note) if side is stock.side else (ground,)
        page = Page(stock.size, items, stock.bleed, stock.bleed)
        slug = Slug("verified", 1, 1, "1", "Ana Reyes", side)
        made.append(marked(page, Marks(slug=slug), stock.folds_on(side), stock.across_on(side)))
    return made


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write a press file for every stock."""
    folder = tmp_path_factory.mktemp("verified")
    for stock in CARDS:
        write_pages(pages(stock), folder / f"{stock.name}.pdf", SETUP)
    return {stock.name: folder / f"{stock.name}.pdf" for stock in CARDS}


@pytest.mark.parametrize("checker", CHECKERS)
def test_press_files_of_every_stock_pass(written: dict[str, Path], checker: str) -> None:
    """All that are quick; the slow ones see a few, since stocks differ in their boxes alone."""
    slow = checker in ("Ghostscript", "pdfcpu strict")
    for name, path in list(written.items())[:: 9 if slow else 1]:
        verdict = CHECKERS[checker](path)
        if verdict.absent:
            pytest.skip(verdict.absent)
        assert verdict == Verdict(), name


def test_boxes_are_those_of_the_stock(written: dict[str, Path]) -> None:
    """Trim and bleed of every stock within a twentieth of a millimetre."""
    for stock in CARDS:
        with pikepdf.open(written[stock.name]) as pdf:
            for page in pdf.pages:
                for name, extra in (("TrimBox", 0.0), ("BleedBox", 2 * stock.bleed)):
                    left, low, right, high = (float(one) * 25.4 / 72 for one in page[f"/{name}"])
                    wanted = [stock.size[0] + extra, stock.size[1] + extra]
                    assert [right - left, high - low] == pytest.approx(wanted, abs=0.05), (stock.name, name)


@pytest.mark.parametrize("name", [stock.name for stock in CARDS][::4])
def test_ink_reaches_the_edge_of_the_bleed_on_all_sides(written: dict[str, Path], name: str) -> None:
    """On a raster of 254 dpi: a tint up to the bleed's edge, and bare paper beyond it."""
    with pikepdf.open(written[name]) as pdf:
        left, low, right, high = (float(one) * 25.4 / 72 for one in pdf.pages[1].BleedBox)
    document = pypdfium2.PdfDocument(written[name])
    grey = document[1].render(scale=254 / 72, grayscale=True).to_numpy().squeeze()[::-1]
    document.close()
    in_from, out_to = 0.25, 0.35
    rows, columns = (slice(round((a + 1) * 10), round((b - 1) * 10)) for a, b in ((low, high), (left, right)))
    for inside, outside in (
        (grey[rows, round((left + in_from) * 10)], grey[rows, round((left - out_to) * 10)]),
        (grey[rows, round((right - in_from) * 10) - 1], grey[rows, round((right + out_to) * 10)]),
        (grey[round((low + in_from) * 10), columns], grey[round((low - out_to) * 10), columns]),
        (grey[round((high - in_from) * 10) - 1, columns], grey[round((high + out_to) * 10), columns]),
    ):
        assert (inside < 250).all()
        assert (outside == 255).all()


def spoilt(path: Path, fault: str) -> Path:
    """Return a copy of a press file with a fault in it."""
    target = path.with_name(f"{fault}.pdf")
    if fault == "cut short":
        target.write_bytes(path.read_bytes()[:-3000])
        return target
    with pikepdf.open(path) as pdf:
        page = pdf.pages[0]
        if fault == "font gone":
            descriptor = next(o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/FontFile2" in o)
            del descriptor["/FontFile2"]
        elif fault == "RGB":
            page.contents_add(b"1 0 0 rg 0 0 9 9 re f\n")
        elif fault == "missing form":
            page.contents_add(b"/X9 Do\n")
        elif fault == "no intent":
            del pdf.Root["/OutputIntents"]
        elif fault == "unknown entry":
            pdf.Root.ViewerPreferences.Duplex = pikepdf.Name.DuplexFlipLongEdge
        pdf.save(target)
    return target


@pytest.mark.parametrize(
    ("checker", "fault"),
    [
        ("qpdf", "cut short"), ("Ghostscript", "missing form"), ("pdffonts", "font gone"),
        ("pdfcpu strict", "unknown entry"), ("PDF/A-2b shadow", "RGB"), ("PDF/A-2b shadow", "no intent"),
        ("PDF/A-2b shadow", "font gone"), ("notegen check", "no intent"), ("notegen check", "RGB"),
    ],
)  # fmt: skip
def test_a_checker_sees_a_fault(written: dict[str, Path], tmp_path: Path, checker: str, fault: str) -> None:
    """A checker that passes everything proves nothing."""
    path = tmp_path / "a.pdf"
    shutil.copy(written[CARDS[0].name], path)
    verdict = CHECKERS[checker](spoilt(path, fault))
    if verdict.absent:
        pytest.skip(verdict.absent)
    assert verdict.faults or verdict.unknown

"""The ink of a picture reaches the edge of the bleed on every side that is cut, and no further than a fold."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from conftest import ROOT
from pikepdf import Array
from PIL import Image

from notegen import pipeline, settings
from notegen.layout.dressing import check_dress, dressed
from notegen.model.art import Art
from notegen.model.dress import Dress, Picture, panel_of, picture_panel
from notegen.model.page import Page
from notegen.model.purpose import Purpose, Setup
from notegen.model.stock import Kind, Stock
from notegen.press import write_pages
from notegen.press.art import look
from notegen.press.conditions import conditions
from notegen.preview import page_image

sys.path.insert(0, str(ROOT / "tests" / "layout"))
from test_dressing import FLAT, SIDE, TENT

DPI = 254.0
"""Ten pixels to the millimetre."""
SETUP = Setup("Bleed", "en-US", purpose=Purpose.PRESS, condition=conditions().get("gracol"))
BUNDLED = [one for one in pipeline.stocks(settings.defaults()) if one.kind is Kind.CARD and one.bleed]


def art_of(kind: str, folder: Path, stock: Stock, panel: str) -> Art:
    """Return a wholly dark picture as large as a panel with the bleed on all sides."""
    there = panel_of(stock, panel)
    assert there is not None
    b = stock.bleed
    width, height = there.box.width + 2 * b, there.box.height + 2 * b
    file = folder / f"a.{kind}"
    if kind == "svg":
        box = f'width="{width}mm" height="{height}mm"'
        file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {box}><rect {box} fill="#204060"/></svg>')
    elif kind == "pdf":
        made = pikepdf.new()
        points = [side * 72 / 25.4 for side in (width, height, b)]
        made.add_blank_page(page_size=(points[0], points[1]))
        inner = [points[2], points[2], points[0] - points[2], points[1] - points[2]]
        made.pages[0].TrimBox = Array(inner)
        made.pages[0].Contents = made.make_stream(b"0.1 0.2 0.4 rg -9 -9 2000 2000 re f")
        made.save(file, static_id=True)
    else:
        size = round(width / 25.4 * 300) + 1, round(height / 25.4 * 300) + 1
        Image.new("RGB", size, (32, 64, 96)).save(file, dpi=(300, 300), **({"quality": 95} if kind == "jpg" else {}))
    seen = look(file).value
    assert seen is not None
    return seen


def dark(card: object, dress: Dress, stock: Stock, folder: Path, side: str) -> np.ndarray:
    """Return which pixels of a side are dark, bleed and all; rows from below."""
    piece = dressed(card, dress)  # type: ignore[arg-type]
    items = [one for one in (piece.front if side == "front" else piece.back) if not hasattr(one, "card")]
    write_pages([Page(stock.size, tuple(items), stock.bleed, stock.bleed)], folder / "a.pdf", SETUP)
    with pikepdf.open(folder / "a.pdf") as made:
        for key, inset in (("/TrimBox", stock.bleed), ("/BleedBox", 0.0)):
            box = [float(one) / 72 * 25.4 for one in made.pages[0][key]]
            whole = [side + 2 * stock.bleed for side in stock.size]
            assert box == pytest.approx([inset, inset, whole[0] - inset, whole[1] - inset], abs=0.05)
    shown = np.asarray(page_image(folder / "a.pdf", 0, dpi=DPI).convert("L"))
    return shown[::-1] < 150


def covered(seen: np.ndarray) -> tuple[float, float, float, float]:
    """Return the box of dark pixels in mm from the corner of the bleed: left, bottom, right, top."""
    ys, xs = np.nonzero(seen)
    assert seen[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1].mean() > 0.99
    return xs.min() / 10, ys.min() / 10, (xs.max() + 1) / 10, (ys.max() + 1) / 10


@pytest.mark.parametrize("kind", ["svg", "pdf", "png", "jpg"])
@pytest.mark.parametrize(
    ("stock", "panel", "side", "box"),
    [
        (FLAT, "back", "back", (0, 0, 146, 106)),
        (SIDE, "front", "front", (143, 0, 286, 106)),
        (SIDE, "back", "front", (0, 0, 143, 106)),
        (TENT, "front", "front", (0, 0, 146, 103)),
        (TENT, "back", "front", (0, 103, 146, 206)),
    ],
    ids=lambda one: getattr(one, "name", None),
)
def test_ink_reaches_the_edge_of_the_bleed_and_ends_at_the_fold(
    tmp_path: Path, kind: str, stock: Stock, panel: str, side: str, box: tuple[float, ...]
) -> None:
    import cards

    dress = Dress((Picture(art_of(kind, tmp_path, stock, panel), panel),))
    assert check_dress(dress, stock) == ()
    card = cards.card()
    object.__setattr__(card, "stock", stock)
    assert covered(dark(card, dress, stock, tmp_path, side)) == pytest.approx(box, abs=0.15)


@pytest.mark.parametrize("stock", BUNDLED, ids=lambda one: one.name)
def test_the_pictures_of_every_stock_bleed_on_all_sides_that_are_cut(tmp_path: Path, stock: Stock) -> None:
    import cards

    panel = picture_panel(stock)
    there = panel_of(stock, panel)
    assert there is not None
    dress = Dress((Picture(art_of("pdf", tmp_path, stock, panel), panel),))
    card = cards.card()
    object.__setattr__(card, "stock", stock)
    found = covered(dark(card, dress, stock, tmp_path, there.side.value))
    b, (width, height) = stock.bleed, stock.size
    wanted = (
        0 if there.box.x < 0.01 else there.box.x + b,
        0 if there.box.y < 0.01 else there.box.y + b,
        width + 2 * b if there.box.right > width - 0.01 else there.box.right + b,
        height + 2 * b if there.box.top > height - 0.01 else there.box.top + b,
    )
    assert found == pytest.approx(wanted, abs=0.15)

"""Drawings of stocks and sheets are true to scale, on the page and in characters."""

from __future__ import annotations

import pytest

from notegen import plain
from notegen.layout.characters import PLAIN, sheet_in_characters, stock_in_characters
from notegen.layout.sheets import builtin as sheets
from notegen.layout.sheets.drawing import describe, page
from notegen.layout.stocks import builtin as stocks
from notegen.layout.stocks.drawing import FOLD, TRIM, pages
from notegen.model.page import Align, Line, Outline, Page, Words
from notegen.model.stock import Box, Panel, Side, Stock

STOCKS = list(stocks())
SOME_SHEETS = ["avery-5160", "avery-5167", "8373", "letter-4up", "dymo-30256", "a4-2up-a6", "l7651", "hisago-op3030"]


def words(drawn: Page) -> list[Words]:
    return [item for item in drawn.items if isinstance(item, Words)]


def lines(drawn: Page, like: object) -> set[tuple[float, float, float, float]]:
    return {
        (item.x0, item.y0, item.x1, item.y1) for item in drawn.items if isinstance(item, Line) and item.paint == like
    }


def reach(item: Words) -> Box:
    """Return the box of a line of words."""
    length, size = plain.width(item.text, item.size, item.strong), item.size
    along = {Align.LEFT: 0.0, Align.CENTRE: -length / 2, Align.RIGHT: -length}[item.align]
    if item.angle == 90:
        return Box(item.x - size, item.y + along, size * 1.2, length)
    if item.angle == 180:
        return Box(item.x - along - length, item.y - size, length, size)
    return Box(item.x + along, item.y - size * 0.2, length, size)


@pytest.mark.parametrize("stock", STOCKS, ids=lambda one: one.name)
def test_a_page_for_each_side_at_true_size_with_everything_on_it(stock: Stock) -> None:
    made = pages(stock)
    assert [drawn.size for drawn in made] == [stock.size, stock.size]
    for drawn, side in zip(made, Side, strict=True):
        assert (drawn.bleed, drawn.trim) == (stock.bleed, Box(0, 0, *stock.size))
        texts = [item.text for item in words(drawn)]
        for panel in stock.panels_on(side):
            (name,) = (item for item in words(drawn) if item.text == panel.name and item.size > 3)
            assert abs(name.angle) == (180 if panel.turned else 0)
            box = reach(name)
            assert panel.box.x < box.x
            assert box.right < panel.box.right
            assert panel.box.y < box.y < box.top < panel.box.top
        assert any(stock.title in text for text in texts)
        for item in words(drawn):
            box = reach(item)
            assert box.x >= -drawn.margin, item
            assert box.y >= -drawn.margin, item
            assert box.right <= stock.size[0] + drawn.margin, item
            assert box.top <= stock.size[1] + drawn.margin, item
    notes = [item.text for drawn in made for item in words(drawn) if item.text.endswith("stands here")]
    assert len(notes) == 1


def test_folds_are_drawn_where_each_side_has_them() -> None:
    stock = stocks().get("us-letter")
    front, back = pages(stock)
    ys = {y0 for _, y0, _, y1 in lines(front, FOLD.paint) if y0 == y1}
    assert ys >= set(stock.across)
    assert lines(back, FOLD.paint) == lines(front, FOLD.paint)
    book = pages(stocks().get("iso-a6-folded"))
    assert {x0 for drawn in book for x0, _, x1, _ in lines(drawn, FOLD.paint) if x0 == x1} >= {105.0}


def test_the_trim_is_the_trim() -> None:
    (front, _) = pages(stocks().get("us-a2"))
    assert lines(front, TRIM.paint) >= {(0, 0, 139.7, 0), (139.7, 0, 139.7, 107.95), (139.7, 107.95, 0, 107.95)}


@pytest.mark.parametrize("name", SOME_SHEETS)
def test_every_piece_of_a_sheet_is_drawn_and_numbered(name: str) -> None:
    sheet = sheets().get(name)
    drawn = page(sheet)
    assert drawn.size == sheet.paper
    numbers = {item.text: item for item in words(drawn) if item.text.isdigit()}
    for number, box in enumerate(sheet.slots, start=1):
        at = reach(numbers[str(number)])
        assert box.x < at.x < at.right < box.right
        assert box.y < at.y + at.height * 0.2
        assert at.top < box.top
    if sheet.round:
        shapes = [item for item in drawn.items if isinstance(item, Outline) and item.width and len(item.points) > 9]
        assert len(shapes) == len(sheet.slots)
        xs, ys = zip(*shapes[0].points, strict=True)
        first = sheet.slots[0]
        assert (min(xs), max(xs), min(ys), max(ys)) == pytest.approx((first.x, first.right, first.y, first.top))


def test_a_sheet_is_told_in_both_units() -> None:
    told = describe(sheets().get("8160"))
    assert "30 labels, 3 across and 10 down" in told
    assert "66.675 x 25.4 mm (2.625 x 1 in)" in told
    assert "pitch     25.4 mm (1 in) down" in told
    assert "avery-8160" in told
    assert max(map(len, told.splitlines())) < 120


@pytest.mark.parametrize("stock", STOCKS, ids=lambda one: one.name)
def test_characters_keep_the_proportions(stock: Stock) -> None:
    """A character is twice as high as it is wide; a drawing is right to half of one each way."""
    drawn = stock_in_characters(stock).splitlines()
    assert max(map(len, drawn)) <= 76
    assert len(drawn) <= 23
    first = drawn[1].split("    ")[0]
    width, height = len(first) - 1, 2 * (len(drawn) - 2)
    assert first[0] + first[-1] == "┌┐"
    assert width / stock.size[0] == pytest.approx(height / stock.size[1], rel=0.12)
    text = "\n".join(drawn)
    for panel in stock.panels:
        assert panel.name in text
    assert text.count("~~~ ~~~~~ ~~") == 1


def test_a_drawing_in_characters() -> None:
    drawn = stock_in_characters(stocks().get("iso-dl-tent")).translate(PLAIN)
    assert (
        drawn
        == """\
outside                                 inside
+----------------------------------+    +----------------------------------+
|                                  |    |                                  |
|                                  |    |                                  |
|               back               |    |                                  |
|            head down             |    |            inside-top            |
|                                  |    |                                  |
|                                  |    |                                  |
|                                  |    |                                  |
|::::::::::::::::::::::::::::::::::|    |::::::::::::::::::::::::::::::::::|
|                                  |    |                                  |
|                                  |    |                                  |
|                                  |    |          inside-bottom           |
|              front               |    |           ~~~ ~~~~~ ~~           |
|                                  |    |                                  |
|                                  |    |                                  |
|                                  |    |                                  |
+----------------------------------+    +----------------------------------+"""
    )


@pytest.mark.parametrize("name", SOME_SHEETS)
def test_every_piece_is_in_the_drawing_in_characters(name: str) -> None:
    sheet = sheets().get(name)
    drawn = sheet_in_characters(sheet)
    found = drawn.translate({ord(one): " " for one in "│[]"}).split()
    assert [int(word) for word in found if word.isdigit()] == list(range(1, len(sheet.slots) + 1))
    assert max(map(len, drawn.splitlines())) <= 76


def test_every_bundled_sheet_can_be_drawn() -> None:
    for sheet in sheets():
        assert sheet_in_characters(sheet)
        assert len(page(sheet).items) > len(sheet.slots)


def test_flaps_of_unequal_width_change_places_on_the_other_side() -> None:
    """A gate fold, 60 and 50 mm broad flaps: what is right of the front is left of the back."""
    panels = (
        Panel("right-door", Box(0, 0, 60, 100)),
        Panel("left-door", Box(150, 0, 50, 100)),
        Panel("left-flap", Box(0, 0, 50, 100), Side.BACK),
        Panel("middle", Box(50, 0, 90, 100), Side.BACK),
    )
    gate = Stock("gate", "Gate", (200, 100), 3, 6, panels, "middle", "made up", folds=(60, 150))
    outside, inside = pages(gate)
    for drawn, wanted in ((outside, {60.0, 150.0}), (inside, {50.0, 140.0})):
        assert {x0 for x0, _, x1, _ in lines(drawn, FOLD.paint) if x0 == x1} == wanted
    assert (outside.label, inside.label) == ("gate, outside", "gate, inside")
    shown = stock_in_characters(gate).splitlines()
    assert shown[0].split() == ["outside", "inside"]
    assert "right-  ┊" in "\n".join(shown)
    assert "  door  " in "\n".join(shown)


def test_a_narrow_label_has_room_for_its_title() -> None:
    drawn = page(sheets().get("dymo-11353"))
    title = next(item for item in words(drawn) if item.strong)
    assert title.size > 2
    box = reach(title)
    assert -drawn.margin < box.x < box.right < drawn.size[0] + drawn.margin

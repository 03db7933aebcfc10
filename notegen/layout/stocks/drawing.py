"""A stock drawn at its true size: a page for each side, with trim, bleed, safe areas, folds and panels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from notegen.layout.drafting import (
    BLUE,
    FAINT,
    GREEN,
    GREY,
    PALE,
    RED,
    SMALL,
    Pen,
    fitted,
    frame,
    height_line,
    legend,
    margin,
    middle,
    room,
    width_line,
)
from notegen.layout.measured import mm
from notegen.layout.stocks.describe import side_name
from notegen.model.page import Align, Item, Line, Page, Words
from notegen.model.stock import Box, Kind, Panel, Side, Stock

TRIM: Final = Pen("trim", GREY, 0.25)
BLEED: Final = Pen("bleed", RED, 0.2, (2.2, 1.4))
SAFE: Final = Pen("safe", GREEN, 0.2, (0.5, 1.0))
FOLD: Final = Pen("fold", BLUE, 0.25, (3.4, 1.8))


def pages(stock: Stock) -> tuple[Page, ...]:
    """Return the drawing: the side outside and the side inside, as each is looked at."""
    return tuple(_page(stock, side) for side in Side if stock.panels_on(side))


def _page(stock: Stock, side: Side) -> Page:
    items = tuple(_items(stock, side))
    name = side_name(stock, side)
    return Page(stock.size, items, bleed=stock.bleed, margin=margin(stock.size[0]), label=f"{stock.name}, {name}")


def _items(stock: Stock, side: Side) -> Iterator[Item]:
    width, height = stock.size
    trim = Box(0.0, 0.0, width, height)
    yield from _head(stock, side)
    if stock.bleed:
        yield from frame(trim.inset(-stock.bleed), BLEED)
    for panel in stock.panels_on(side):
        yield from _panel(panel, stock)
    yield from _folds(stock, side)
    yield from frame(trim, TRIM)
    yield from width_line(trim, -8.5)
    yield from height_line(trim, -8.5)
    yield from legend(_lines(stock), width)


def _head(stock: Stock, side: Side) -> Iterator[Item]:
    width, height = stock.size
    left, length = room(width)
    yield fitted(Words(left, height + 16.0, f"{stock.name}: {stock.title}", 4.2, strong=True), length)
    said = f"{side_name(stock, side)} at its true size, {mm(width, height)}"
    if side is Side.BACK:
        said += ", turned over its upper edge" if stock.tumbles else ", turned over its side"
    yield fitted(Words(left, height + 10.5, said, 3.2, GREY), length)


def _panel(panel: Panel, stock: Stock) -> Iterator[Item]:
    yield from frame(panel.box.inset(stock.safe), SAFE)
    written = panel.name == stock.write_on
    if written and stock.kind is Kind.CARD:
        yield from _ruled(panel.box.inset(stock.safe))
    size = max(3.6, min(7.0, panel.box.width / 18))
    name = middle(panel.box, panel.name, size, GREY, turned=panel.turned)
    yield name
    for words in (_purpose(panel, stock), mm(panel.box.width, panel.box.height)):
        if words:
            below = fitted(Words(name.x, 0.0, words, SMALL), panel.box.width - 2 * stock.safe - 2)
            step = (name.size * 0.75 + below.size) * (-1 if panel.turned else 1)
            name = Words(name.x, name.y - step, words, below.size, PALE, align=Align.CENTRE, angle=name.angle)
            yield name


def _purpose(panel: Panel, stock: Stock) -> str:
    if panel.name == stock.write_on:
        return "the address stands here" if stock.kind is Kind.ENVELOPE else "the note stands here"
    return "printed head down" if panel.turned else ""


def _ruled(box: Box) -> Iterator[Item]:
    """Yield faint lines where writing goes, above and below the panel's name."""
    pitch, clear = 8.0, 14.0
    y = box.top - pitch
    while y > box.y + 2.0:
        if abs(y - (box.y + box.height / 2)) > clear:
            yield Line(box.x + 2.0, y, box.right - 2.0, y, 0.1, FAINT)
        y -= pitch


def _folds(stock: Stock, side: Side) -> Iterator[Item]:
    width, height = stock.size
    over = stock.bleed + 3.0
    for x in stock.folds_on(side):
        yield Line(x, -over, x, height + over, FOLD.width, FOLD.paint, FOLD.dash)
    for y in stock.across_on(side):
        yield Line(-over, y, width + over, y, FOLD.width, FOLD.paint, FOLD.dash)
        yield Words(width + over + 1.0, y - SMALL * 0.36, f"{round(y, 2):g}", SMALL * 0.9, BLUE)
    for x in stock.folds_on(side):
        yield Words(x, height + over + 0.8, f"{round(x, 2):g}", SMALL * 0.9, BLUE, align=Align.CENTRE)


def _lines(stock: Stock) -> tuple[tuple[Pen, str], ...]:
    found = [(TRIM, "trim")]
    if stock.bleed:
        found.append((BLEED, f"bleed {mm(stock.bleed)}"))
    found.append((SAFE, f"safe {mm(stock.safe)}"))
    if stock.folds or stock.across:
        found.append((FOLD, "fold"))
    return tuple(found)

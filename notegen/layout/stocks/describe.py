"""A stock in words: its measures, its panels on either side, and where the figures come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from notegen.layout.measured import both
from notegen.model.stock import Fold, Kind, Side, Stock

FOLDS: Final = {
    Fold.SIDE: "side fold: it opens like a book",
    Fold.TENT: "tent: the fold is on top, and the sheet is turned over its upper edge",
    Fold.LETTER: "letter: folded in three across its writing",
}


def side_name(stock: Stock, side: Side) -> str:
    """Return what a side of the sheet is called: outside and inside of a folded card, front and back of any other."""
    if stock.fold is not Fold.LETTER and (stock.folds or stock.across):
        return "outside" if side is Side.FRONT else "inside"
    return side.value


def describe(stock: Stock) -> str:
    """Return a stock's measures as lines of text, in mm and inches."""
    return "\n".join((f"{stock.name}: {stock.title}", *(f"  {label:<9} {text}" for label, text in _lines(stock))))


def _lines(stock: Stock) -> Iterator[tuple[str, str]]:
    yield "trim", both(*stock.size)
    yield "bleed", f"{both(stock.bleed)} on each side" if stock.bleed else "none"
    yield "safe", f"{both(stock.safe)} from the edge of the panel"
    if stock.fold is not Fold.NONE:
        yield "folded", FOLDS[stock.fold]
    yield from (("fold", f"{both(fold)} from the left") for fold in stock.folds)
    yield from (("fold", f"{both(fold)} from below") for fold in stock.across)
    if stock.closed != stock.size:
        yield "closed", both(*stock.closed)
    for side in Side:
        for panel in stock.panels_on(side):
            yield "panel", f"{side_name(stock, side)}: {_panel(stock, panel.name)}"
    if stock.kind is Kind.CARD:
        yield "to write", both(stock.safe_box.width, stock.safe_box.height)
    if stock.envelope:
        yield "envelope", stock.envelope
    if stock.aka:
        yield "aka", ", ".join(stock.aka)
    yield "source", stock.source


def _panel(stock: Stock, name: str) -> str:
    panel = next(one for one in stock.panels if one.name == name)
    written = "the address" if stock.kind is Kind.ENVELOPE else "the note"
    mark = f", {written} stands here" if name == stock.write_on else ""
    turned = ", printed head down" if panel.turned else ""
    box = panel.box
    return f"{name}: {both(box.width, box.height)} at {box.x:g}, {box.y:g}{turned}{mark}"

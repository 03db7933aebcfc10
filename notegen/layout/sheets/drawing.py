"""A sheet stock in words, and drawn at its true size with its pieces numbered in the order of printing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from textwrap import fill
from typing import Final

from notegen.layout.drafting import (
    BLUE,
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
    rounded,
    width_line,
)
from notegen.layout.measured import both, mm
from notegen.model.page import Align, Item, Page, Words
from notegen.model.sheet import SheetStock
from notegen.model.stock import Box

PAPER: Final = Pen("paper", GREY, 0.25)
PIECE: Final = Pen("piece", BLUE, 0.2)
WASTE: Final = Pen("waste", RED, 0.15, (1.6, 1.2))


def describe(sheet: SheetStock) -> str:
    """Return a sheet's measures as lines of text, in mm and inches."""
    return "\n".join((f"{sheet.name}: {sheet.title}", *(f"  {label:<9} {text}" for label, text in _told(sheet))))


def _told(sheet: SheetStock) -> Iterator[tuple[str, str]]:
    yield "paper", both(*sheet.paper)
    columns, rows = grid(sheet)
    shape = f", {columns} across and {rows} down" if columns * rows == len(sheet.slots) else ""
    yield "pieces", f"{len(sheet.slots)} {sheet.what}{'s' if len(sheet.slots) > 1 else ''}{shape}"
    first = sheet.slots[0]
    sizes = {(box.width, box.height) for box in sheet.slots}
    yield "size", both(first.width, first.height) if len(sizes) == 1 else "several"
    yield "first", f"{both(first.x)} from the left, {both(sheet.paper[1] - first.top)} from above"
    yield from (("pitch", words) for words in _pitch(sheet))
    if any(sheet.waste):
        yield "waste", f"{both(*sheet.waste)} that ink may run over the edge"
    if sheet.round:
        yield "corners", f"{both(sheet.round)} in radius"
    if sheet.aka:
        yield "aka", fill(", ".join(_parts(sheet)), 100, break_on_hyphens=False).replace("\n", f"\n{' ' * 12}")
    yield "source", sheet.source


def _parts(sheet: SheetStock) -> list[str]:
    """Return the other names of a sheet, those without the brand only where there is no other."""
    stem = sheet.name.removesuffix(sheet.part.casefold())
    return [name for name in sheet.aka if f"{stem}{name}" not in (sheet.name, *sheet.aka)]


def grid(sheet: SheetStock) -> tuple[int, int]:
    """Return how many columns and rows the pieces of a sheet stand in."""
    return len({round(box.x, 1) for box in sheet.slots}), len({round(box.y, 1) for box in sheet.slots})


def _pitch(sheet: SheetStock) -> Iterator[str]:
    columns = sorted({round(box.x, 3) for box in sheet.slots})
    rows = sorted({round(box.y, 3) for box in sheet.slots})
    for edges, way in ((columns, "across"), (rows, "down")):
        steps = [after - before for before, after in pairwise(edges)]
        if steps and max(steps) - min(steps) < 0.01:
            yield f"{both(steps[0])} {way}"


def page(sheet: SheetStock) -> Page:
    """Return the drawing of a sheet."""
    return Page(sheet.paper, tuple(_items(sheet)), margin=margin(sheet.paper[0]), label=sheet.name)


def _items(sheet: SheetStock) -> Iterator[Item]:
    width, height = sheet.paper
    paper = Box(0.0, 0.0, width, height)
    left, length = room(width)
    yield fitted(Words(left, height + 12.0, f"{sheet.name}: {sheet.title}", 4.2, strong=True), length)
    yield fitted(Words(left, height + 6.5, _summary(sheet), 3.2, GREY), length)
    for number, box in enumerate(sheet.slots, start=1):
        yield from _piece(sheet, box, number)
    yield from frame(paper, PAPER)
    yield from width_line(paper, -8.5)
    yield from height_line(paper, -8.5)
    lines = [(PAPER, "paper"), (PIECE, f"{sheet.what}s, numbered in their order")]
    if any(sheet.waste):
        lines.append((WASTE, "as far as ink may run"))
    yield from legend(tuple(lines), width)


def _summary(sheet: SheetStock) -> str:
    first = sheet.slots[0]
    start = f"first {mm(first.x)} from the left and {mm(sheet.paper[1] - first.top)} from above"
    return f"{len(sheet.slots)} x {both(first.width, first.height)}, {start}; drawn at true size"


def _piece(sheet: SheetStock, box: Box, number: int) -> Iterator[Item]:
    across, up = sheet.waste
    if across or up:
        outer = Box(box.x - across, box.y - up, box.width + 2 * across, box.height + 2 * up)
        yield from frame(outer, WASTE)
    if sheet.round:
        yield rounded(box, sheet.round, PIECE)
    else:
        yield from frame(box, PIECE)
    name = middle(box, str(number), min(9.0, box.height * 0.4), GREY)
    yield name
    if number == 1 and box.height > 4 * SMALL:
        words = fitted(Words(0, 0, mm(box.width, box.height), SMALL), box.width * 0.9)
        yield Words(name.x, box.y + words.size, words.text, words.size, PALE, align=Align.CENTRE)

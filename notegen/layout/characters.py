"""Stocks and sheets drawn in characters, for a terminal: a character is taken to be twice as high as it is wide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from notegen.layout.stocks.describe import side_name
from notegen.model.sheet import SheetStock
from notegen.model.stock import Box, Panel, Side, Stock

WIDEST: Final = 76
"""Columns that a drawing has."""

HIGHEST: Final = 22
"""Rows that the drawing of a card has; a sheet may have twice as many."""

GAP: Final = 4
"""Columns between the two sides of a card."""

PLAIN: Final = str.maketrans("─│┌┐└┘├┤┬┴┼┊┈", "-|+++++++++::")
"""The same drawing for terminals that have no lines."""


_HYPHENS: Final = re.compile(r"(?<=-)")
_LEFT, _RIGHT, _UP, _DOWN = 1, 2, 4, 8
_LINES: Final = " ───│┘└┴│┐┌┬│┤├┼"
"""The character of each set of arms that lines leave a cell with."""


class Canvas:
    """Rows of characters on which a page of some mm is drawn, as large as it fits and true to its proportions."""

    def __init__(self, size: tuple[float, float], columns: int, rows: int) -> None:
        self.scale = min((columns - 1) / size[0], 2 * (rows - 1) / size[1])
        self.height = size[1]
        width, height = self.at(size[0], 0.0)
        self.cells = [[" "] * (width + 1) for _ in range(height + 1)]
        self._arms = [[0] * (width + 1) for _ in range(height + 1)]

    def at(self, x: float, y: float) -> tuple[int, int]:
        """Return the column and the row, from the top, of a place in mm."""
        return round(x * self.scale), round((self.height - y) * self.scale / 2)

    def edges(self, box: Box) -> tuple[int, int, int, int]:
        """Return the first and last column and the first and last row of a box."""
        left, bottom = self.at(box.x, box.y)
        right, top = self.at(box.right, box.top)
        return left, right, top, bottom

    def box(self, box: Box) -> None:
        """Draw a box; where it meets others, their lines join."""
        left, right, top, bottom = self.edges(box)
        for column in range(left, right):
            for row in (top, bottom):
                self._join(row, column, _RIGHT)
                self._join(row, column + 1, _LEFT)
        for row in range(top, bottom):
            for column in (left, right):
                self._join(row, column, _DOWN)
                self._join(row + 1, column, _UP)

    def _join(self, row: int, column: int, arm: int) -> None:
        self._arms[row][column] |= arm
        self.cells[row][column] = _LINES[self._arms[row][column]]

    def fold(self, x: float | None = None, y: float | None = None) -> None:
        """Draw a fold from edge to edge, upright at x or level at y."""
        if x is not None:
            column = self.at(x, 0.0)[0]
            for row in range(1, len(self.cells) - 1):
                self.cells[row][column] = "┊"
        if y is not None:
            row = self.at(0.0, y)[1]
            for column in range(1, len(self.cells[0]) - 1):
                self.cells[row][column] = "┈"

    def words(self, box: Box, *lines: str) -> None:
        """Write lines in the middle of a box, divided at their hyphens and cut where they are longer than it."""
        left, right, top, bottom = self.edges(box)
        room, height = right - left - 1, bottom - top - 1
        parts = [part for line in lines if line for part in ([line] if len(line) <= room else _HYPHENS.split(line))]
        shown = [part[:room] for part in parts][: max(height, 0)]
        first = top + 1 + (height - len(shown)) // 2
        for row, line in enumerate(shown, start=first):
            start = left + 1 + (room - len(line)) // 2
            self.cells[row][start : start + len(line)] = line

    def holds(self, box: Box, name: str) -> bool:
        """Whether a box can be drawn with a name in it."""
        left, right, top, bottom = self.edges(box)
        return bottom - top >= 2 and right - left > len(name)

    def brackets(self, box: Box, name: str) -> None:
        """Write a name in one row between brackets, or alone where there is no room for them."""
        left, right, top, bottom = self.edges(box)
        width = max(right - left - 1, 1)
        shown = f"[{name.center(width - 2)}]" if width >= len(name) + 2 else name[:width].center(width)
        row = min((top + bottom) // 2, len(self.cells) - 2)
        self.cells[row][left + 1 : left + 1 + len(shown)] = shown

    def lines(self) -> list[str]:
        """Return the drawing, all rows of one length."""
        return ["".join(row) for row in self.cells]


def stock_in_characters(stock: Stock) -> str:
    """Return both sides of a stock beside each other."""
    sides = [side for side in Side if stock.panels_on(side)]
    columns = (WIDEST - GAP * (len(sides) - 1)) // len(sides)
    drawn = [_side(stock, side, columns) for side in sides]
    heads = [side_name(stock, side) for side in sides]
    rows = [[head.ljust(len(lines[0])) for head, lines in zip(heads, drawn, strict=True)], *zip(*drawn, strict=True)]
    return "\n".join((" " * GAP).join(row).rstrip() for row in rows)


def _side(stock: Stock, side: Side, columns: int) -> list[str]:
    canvas = Canvas(stock.size, columns, HIGHEST)
    canvas.box(Box(0.0, 0.0, *stock.size))
    for x in stock.folds_on(side):
        canvas.fold(x=x)
    for y in stock.across_on(side):
        canvas.fold(y=y)
    for panel in stock.panels_on(side):
        canvas.words(panel.box, *_told(panel, stock))
    return canvas.lines()


def _told(panel: Panel, stock: Stock) -> Sequence[str]:
    turned = "head down" if panel.turned else ""
    written = "~~~ ~~~~~ ~~" if panel.name == stock.write_on else ""
    return panel.name, turned, written


def sheet_in_characters(sheet: SheetStock) -> str:
    """Return a sheet with its pieces numbered in their order, no higher than its smallest pieces ask for."""
    names = [str(number) for number, _ in enumerate(sheet.slots, start=1)]
    for rows in (HIGHEST, 3 * HIGHEST // 2, 2 * HIGHEST):
        canvas = Canvas(sheet.paper, WIDEST, rows)
        roomy = all(canvas.holds(box, name) for box, name in zip(sheet.slots, names, strict=True))
        if roomy:
            break
    canvas.box(Box(0.0, 0.0, *sheet.paper))
    for box, name in zip(sheet.slots, names, strict=True):
        if roomy:
            canvas.box(box)
            canvas.words(box, name)
        else:
            canvas.brackets(box, name)
    return "\n".join(line.rstrip() for line in canvas.lines())

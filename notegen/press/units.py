"""Millimetres, points, and the whole numbers that a content stream is written in."""

from __future__ import annotations

from notegen.model.stock import Box, Stock

POINTS = 72 / 25.4
"""Points in a millimetre."""

GRAIN = 100
"""Steps in a point: 3.5 µm, finer than any press resolves, and whole numbers of five digits on a card."""


def number(value: float) -> str:
    """Write a number for a PDF dictionary: at most four decimals, no exponent, no trailing zeros, no minus zero."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def page_boxes(stock: Stock) -> dict[str, tuple[float, float, float, float]]:
    """Return MediaBox, BleedBox and TrimBox in points; the page begins at the lower left corner of the bleed."""
    trim = Box(stock.bleed, stock.bleed, *stock.size)
    whole = trim.inset(-stock.bleed)
    return {"MediaBox": _points(whole), "BleedBox": _points(whole), "TrimBox": _points(trim)}


def _points(box: Box) -> tuple[float, float, float, float]:
    return box.x * POINTS, box.y * POINTS, box.right * POINTS, box.top * POINTS

"""Millimetres, points, and the whole numbers that a content stream is written in."""

from __future__ import annotations

from functools import lru_cache

from notegen.model.stock import Box

POINTS = 72 / 25.4
"""Points in a millimetre."""

GRAIN = 20
"""Steps in a point: 18 µm, under half of a pixel of a printer that has 600 to the inch, and places of four digits."""


def number(value: float, digits: int = 4) -> str:
    """Write a number for a PDF: at most so many decimals, no exponent, no trailing zeros, no minus zero."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


@lru_cache(maxsize=256)
def boxes(size: tuple[float, float], bleed: float, margin: float) -> bytes:
    """Return MediaBox, BleedBox and TrimBox as entries of a page's dictionary; lengths in mm, the media begins at 0."""
    trim = Box(margin, margin, *size)
    found = {"MediaBox": trim.inset(-margin), "BleedBox": trim.inset(-bleed), "TrimBox": trim}
    return " ".join(f"/{name} [{_points(box)}]" for name, box in found.items()).encode("ascii")


def _points(box: Box) -> str:
    return " ".join(number(at * POINTS) for at in (box.x, box.y, box.right, box.top))

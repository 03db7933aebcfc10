"""A page moved and stretched so that a printer puts it where it belongs."""

from __future__ import annotations

from dataclasses import replace

from notegen.model.page import UPRIGHT, Group, Page, Transform
from notegen.model.printer import Printer
from notegen.model.stock import Side


def correction(paper: tuple[float, float], printer: Printer, side: Side) -> Transform:
    """Return the map that puts a side of a sheet right: a stretch about the paper's middle, then a move."""
    (across, along), (x, y) = printer.scale, printer.offset(side)
    width, height = paper
    return (across, 0.0, 0.0, along, width / 2 * (1 - across) + x, height / 2 * (1 - along) + y)


def corrected(page: Page, printer: Printer, side: Side) -> Page:
    """Return a page with all of its items where the printer needs them; its paper stays as it is."""
    at = correction(page.size, printer, side)
    return page if at == UPRIGHT else replace(page, items=(Group(page.items, at),))

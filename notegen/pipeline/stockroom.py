"""Stocks and sheets looked at: found by name or read from a file, told in words, drawn in characters and on pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from notegen.errors import NotegenError, UnknownName
from notegen.files import read_source
from notegen.model.diagnostic import Checked
from notegen.model.purpose import Setup
from notegen.model.sheet import SheetStock
from notegen.model.stock import Stock
from notegen.pipeline.opening import sheets, stocks

if TYPE_CHECKING:
    from notegen.model.page import Page
    from notegen.registry import Registry
    from notegen.settings import Settings

Ware: TypeAlias = Stock | SheetStock
"""What can be shown: a card or an envelope, or a sheet."""


def find_ware(wanted: str, shop: Settings) -> Checked[Ware]:
    """Return a card, envelope or sheet by its name, or read from a file (.yaml) that need not be in a shop."""
    if Path(wanted).suffix in (".yaml", ".yml"):
        return _read(Path(wanted), stocks(shop))
    known: tuple[Registry[Stock] | Registry[SheetStock], ...] = (stocks(shop), sheets(shop))
    hints = []
    for registry in known:
        try:
            return Checked(registry.get(wanted))
        except UnknownName as error:
            hints.append(error.hint or "")
    near = next((hint for hint in hints if hint.startswith("did you mean")), None)
    hint = near or "`notegen stock list` has cards and envelopes, `notegen stock list --sheets` the sheets"
    raise NotegenError(f"there is no stock and no sheet called '{wanted}'", hint=hint)


def _read(path: Path, known: Registry[Stock]) -> Checked[Ware]:
    from notegen.layout.fields import opened
    from notegen.layout.sheets.reader import read_sheet
    from notegen.layout.stocks.envelopes import misfit
    from notegen.layout.stocks.reader import FORM, read_stock

    source = read_source(path)
    document = opened(source, FORM)
    if document.value is None:
        return Checked(None, document.diagnostics)
    tree = document.value.value
    if isinstance(tree, Mapping) and ("paper" in tree or "slots" in tree or "grid" in tree):
        sheet = read_sheet(source, path.stem)
        return Checked(sheet.value, sheet.diagnostics)
    card = read_stock(source, path.stem)
    found = (*card.diagnostics, *(misfit(card.value, document.value, known) if card.value else ()))
    return Checked(card.value, found)


def told(ware: Ware) -> str:
    """Return the measures of a stock or sheet as lines of text."""
    if isinstance(ware, SheetStock):
        from notegen.layout.sheets import drawing

        return drawing.describe(ware)
    from notegen.layout.stocks.describe import describe

    return describe(ware)


def in_characters(ware: Ware) -> str:
    """Return a small drawing for a terminal, true to the proportions."""
    from notegen.layout import characters

    if isinstance(ware, SheetStock):
        return characters.sheet_in_characters(ware)
    return characters.stock_in_characters(ware)


def drawn(ware: Ware) -> tuple[Page, ...]:
    """Return the drawing at true size, a page for each side."""
    if isinstance(ware, SheetStock):
        from notegen.layout.sheets import drawing

        return (drawing.page(ware),)
    from notegen.layout.stocks import drawing as cards

    return cards.pages(ware)


def write_drawing(ware: Ware, path: Path) -> None:
    """Write the drawing at true size as a PDF file; raises UnwritableFile."""
    from notegen.press import write_pages

    write_pages(drawn(ware), path, Setup(ware.title, "en"))

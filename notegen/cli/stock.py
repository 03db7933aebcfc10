"""`notegen stock`: cards, envelopes, and the sheets that several pieces are printed on."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from notegen import pipeline
from notegen.cli import options, output
from notegen.errors import NotegenError

if TYPE_CHECKING:
    from notegen.model.sheet import SheetStock
    from notegen.model.stock import Stock
    from notegen.pipeline.stockroom import Ware
    from notegen.registry import Registry

DPI = 120
"""Dots to the inch of a drawing as PNG."""

ALL = "*"
"""What `--sheets` stands for without a filter."""


@click.group("stock")
def command() -> None:
    """List cards, envelopes and sheets, or draw one to scale."""


@command.command("list")
@options.folder_argument
@click.option(
    "--sheets",
    "wanted",
    is_flag=False,
    flag_value=ALL,
    metavar="[FILTER]",
    help="List sheet stocks instead: all, or those with this in their name, title or paper.",
)
@options.json_option
def list_stocks(folder: Path, wanted: str | None, as_json: bool) -> None:
    """List the stocks: cards, then envelopes, with trim size, bleed and safe distance. FOLDER is a shop with its own.

    With --sheets, lists what several pieces are printed on: labels and cards of the trade, and plain paper.

    \b
    Examples:
      notegen stock list
      notegen stock list --sheets 5160
      notegen stock list --sheets "avery card"
    """
    shop = options.open_shop(folder)
    if wanted is not None:
        _list_sheets(_matching(pipeline.sheets(shop), wanted), as_json)
        return
    known = sorted(pipeline.stocks(shop), key=lambda stock: stock.kind)
    if as_json:
        output.as_json([asdict(stock) for stock in known])
        return
    rows = [_row(stock) for stock in known]
    output.table(rows, ("name", "kind", "trim", "bleed", "safe", "envelope", "title"))


def _row(stock: Stock) -> tuple[str, ...]:
    width, height = stock.size
    envelope = stock.envelope or "-"
    trim = f"{width:g} x {height:g} mm"
    return stock.name, stock.kind, trim, f"{stock.bleed:g} mm", f"{stock.safe:g} mm", envelope, stock.title


def _list_sheets(found: list[SheetStock], as_json: bool) -> None:
    if as_json:
        output.as_json([asdict(sheet) for sheet in found])
        return
    rows = [
        (
            sheet.name,
            str(len(sheet.slots)),
            f"{sheet.slots[0].width:.4g} x {sheet.slots[0].height:.4g} mm",
            _paper(sheet),
            sheet.title,
        )
        for sheet in found
    ]
    output.table(rows, ("name", "pieces", "of", "on paper", "title"))


def _matching(sheets: Registry[SheetStock], wanted: str) -> list[SheetStock]:
    """Return the sheets in which every word of a filter is found; none is a mistake, and so is a broken one's name."""
    words = [] if wanted == ALL else wanted.casefold().split()
    found = [sheet for sheet in sheets if all(word in _searched(sheet) for word in words)]
    if not found:
        broken = next((name for name in sheets.broken if name.casefold() == wanted.casefold()), None)
        if broken is not None:
            sheets.get(broken)
        raise NotegenError(f"no sheet has '{wanted}' in its name or title", hint="try a part number such as 5160")
    return found


def _searched(sheet: SheetStock) -> str:
    return " ".join((sheet.name, *sheet.aka, sheet.title, sheet.what, _paper(sheet))).casefold()


def _paper(sheet: SheetStock) -> str:
    """Return the name of a sheet's paper, or its measures."""
    from notegen.layout.sheets.papers import named

    width, height = sheet.paper
    name = named(sheet.paper)
    return f"{name}, across" if name and width > height else name or f"{width:.4g} x {height:.4g} mm"


@command.command("show")
@click.argument("name")
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    help="Draw it at its true size: a file .pdf (a page for each side) or .png.",
)
@options.shop_option
@options.json_option
def show_stock(name: str, target: Path | None, folder: Path, as_json: bool) -> None:
    """Tell the measures of a card, envelope or sheet, and draw it to scale.

    NAME is one of `notegen stock list` or `stock list --sheets`, or a stock file of your own (.yaml). Without -o the
    drawing is a small one in characters.

    \b
    Examples:
      notegen stock show us-a2
      notegen stock show us-a7-tent -o tent.pdf
      notegen stock show avery-5160 -o labels.png
      notegen stock show my-card.yaml
    """
    if target is not None and target.suffix.lower() not in (".png", ".pdf"):
        raise NotegenError(f"'{target}' does not end in .png or .pdf", hint="name a file such as stock.pdf")
    found = pipeline.find_ware(name, options.open_shop(folder))
    if found.value is None or output.status_of(found.diagnostics):
        raise output.Findings(found.diagnostics)
    if target is not None:
        _draw(found.value, target)
    if as_json:
        output.as_json(asdict(found.value))
        return
    click.echo(pipeline.told(found.value))
    click.echo(f"  drawing   {target}" if target is not None else f"\n{_shown(pipeline.in_characters(found.value))}")


def _draw(ware: Ware, path: Path) -> None:
    if path.suffix.lower() == ".pdf":
        pipeline.write_drawing(ware, path)
        return
    from notegen import preview
    from notegen.files import write_bytes

    with TemporaryDirectory(prefix="notegen-") as folder:
        pdf = Path(folder) / "stock.pdf"
        pipeline.write_drawing(ware, pdf)
        write_bytes(path, preview.pages_png(pdf, dpi=DPI))


def _shown(drawing: str) -> str:
    """Return a drawing in characters that the terminal has."""
    from notegen.layout.characters import PLAIN

    try:
        drawing.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return drawing.translate(PLAIN)
    return drawing

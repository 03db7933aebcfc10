"""`notegen stock`: the card stocks."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from notegen import pipeline
from notegen.cli import options, output


@click.group("stock")
def command() -> None:
    """List the card stocks, or see one's measures."""


@command.command("list")
@options.folder_argument
@options.json_option
def list_stocks(folder: Path, as_json: bool) -> None:
    """List the stocks: name, trim size, bleed, safe distance. FOLDER is a shop that may have its own.

    \b
    Example:
      notegen stock list
    """
    known = pipeline.stocks(options.open_shop(folder))
    if as_json:
        output.as_json([asdict(stock) for stock in known])
        return
    rows = [(s.name, f"{s.size[0]:g} x {s.size[1]:g} mm", f"{s.bleed:g} mm", f"{s.safe:g} mm", s.title) for s in known]
    output.table(rows, ("name", "trim", "bleed", "safe", "title"))


@command.command("show")
@click.argument("name")
@options.shop_option
@options.json_option
def show_stock(name: str, folder: Path, as_json: bool) -> None:
    """Tell one stock's measures: trim, bleed, safe area, panels, and where the figures come from.

    \b
    Example:
      notegen stock show us-a2
    """
    from notegen.layout.stocks import describe

    stock = pipeline.stocks(options.open_shop(folder)).get(name)
    if as_json:
        output.as_json(asdict(stock))
    else:
        click.echo(describe(stock))

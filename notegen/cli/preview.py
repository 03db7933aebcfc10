"""`notegen preview`: pictures of notes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from notegen import pipeline
from notegen.cli import options, output, printing


@click.command("preview")
@options.facts_argument
@options.template_option
@options.only_option
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="The picture to write (TEMPLATE.png).")
@click.option("--guides/--no-guides", default=True, show_default=True, help="Show trim, bleed and safe area.")
@click.option("--dpi", type=click.IntRange(36, 1200), help="Pixels to the inch: 200, on a contact sheet 110.")
@click.option("--columns", type=click.IntRange(1, 12), default=3, show_default=True, help="Of the contact sheet.")
@click.option(
    "--limit", type=click.IntRange(1), default=24, show_default=True, help="At most so many cards on a sheet."
)
@click.option("--open", "show", is_flag=True, help="Open the picture when it is made.")
@printing.picture_options
@options.drawing_options
def command(
    facts: tuple[Path, ...],
    template: str,
    only: tuple[str, ...],
    target: Path | None,
    guides: bool,
    dpi: int | None,
    columns: int,
    limit: int,
    show: bool,
    **wishes: Any,
) -> int:
    """Make a picture of a note, or a contact sheet of several.

    \b
    Examples:
      notegen preview customers.yaml -t same-day-thanks --only "Ana Reyes" --open
      notegen preview customers.yaml -t same-day-thanks -o sheet.png --columns 2
    """
    from notegen import preview

    if target is not None:
        options.fit_target(target, ".png")
    asked = printing.asked(wishes)
    order = options.opened(facts, template, only, wishes)
    _, batch = options.prepared(replace(order, people=order.people[:limit]))
    wear = pipeline.dresses(batch.cards, pipeline.printing_for(order.shop, asked))
    found = order.loaded + batch.diagnostics + wear.diagnostics
    output.findings(found, err=True)
    if not batch.cards:
        click.echo("no picture: no note could be written", err=True)
        return output.FOUND
    pieces = pipeline.pieces_of(batch.cards, wear.value or {})
    path = target or Path(f"{options.as_file_name(order.template.name)}.png")
    if len(batch.cards) == 1:
        preview.card_png(batch.cards[0], path, dpi=dpi or 200, guides=guides, piece=pieces[0])
    else:
        preview.contact_sheet(batch.cards, path, columns=columns, dpi=dpi or 110, guides=guides, pieces=pieces)
    click.echo(f"{output.counted(len(batch.cards), 'card')}: {path}")
    if len(order.people) > limit:
        click.echo(f"{len(order.people) - limit:,} more are not shown; --limit shows more", err=True)
    if show:
        click.launch(str(path))
    return output.status_of(found)

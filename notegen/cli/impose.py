"""`notegen impose`: the pages of a PDF on sheets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notegen import pipeline
from notegen.cli import options, output, printing
from notegen.cli.numbers import Within
from notegen.model.imposition import Imposing, Marks, Order

if TYPE_CHECKING:
    from notegen.settings import Settings


@click.command("impose")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--sheet", required=True, metavar="NAME|PAPER", help="A sheet stock, or paper such as letter, a4 or sra3."
)
@click.option(
    "-o", "--output", "target", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write."
)
@click.option("--fill", type=click.Choice([one.value for one in Order]), default="sheet", show_default=True,
              help="Sheet by sheet, as stacks to cut, or each piece in every slot.")  # fmt: skip
@click.option(
    "--duplex", type=click.Choice(list(printing.FLIPS)), help="Print backs, flipped on this edge of the paper."
)
@click.option("--pages-per-piece", "per_piece", type=click.IntRange(1, 2), help="2 for fronts and backs in turn.")
@click.option("--skip", type=click.IntRange(0), default=0, metavar="N", help="Leave the first N slots blank.")
@click.option("--marks", type=click.Choice([one.value for one in Marks]), help="Cut marks; corner on plain paper.")
@click.option("--rtl", is_flag=True, help="Fill each row of slots from the right.")
@click.option("--gutter", type=Within(0, 100), metavar="MM", help="Between pieces on plain paper.")
@click.option("--margin", type=Within(0, 100), metavar="MM", help="At the edges of plain paper (6.35).")
@click.option("--tumble", is_flag=True, help="Backs stand head down behind fronts, as in a tent card.")
@click.option("--job", metavar="TEXT", help="What the slug of each sheet calls the job; the file's name.")
@click.option("--printer", metavar="NAME", help="Put right what this printer does (see `notegen printer`).")
@click.option("--preview", "picture", type=click.Path(path_type=Path, dir_okay=False), metavar="PNG",
              help="Also make a picture of the first sheet, with its slots.")  # fmt: skip
@options.shop_option
@options.json_option
def command(file: Path, target: Path, picture: Path | None, folder: Path, as_json: bool, **wishes: Any) -> int:
    """Put the pages of a PDF on sheets, to be printed and cut.

    Pages are pieces: a slot holds their TrimBox, and their bleed runs to the middle of the gutter at most. With
    --duplex, or two pages a piece, every second page is the back of the one before and lands behind it. Fonts, spot
    colours and output intents of the file are kept.

    \b
    Examples:
      notegen impose cards.pdf --sheet letter -o sheets.pdf
      notegen impose cards.pdf --sheet tabloid --fill stack --duplex long -o sheets.pdf
      notegen impose labels.pdf --sheet avery-5160 --skip 7 -o sheets.pdf --preview sheet.png
    """
    options.fit_target(target, ".pdf")
    if picture is not None:
        options.fit_target(picture, ".png")
    shop = options.open_shop(folder)
    planned = pipeline.plan_file(file, _asked(shop, **wishes), shop)
    with output.progress("Imposing", len(planned.sides)) as step:
        pressed = pipeline.impose_file(planned, target, step)
    if picture is not None:
        from notegen import preview

        preview.sheet_preview(target, planned.sheet, planned.first, picture)
    if as_json:
        output.as_json(_as_dict(planned, pressed.pages, target, picture))
        return output.FINE
    for sentence in planned.told:
        click.echo(sentence)
    click.echo(f"{output.counted(pressed.pages, 'page')}: {target} ({pressed.bytes / 1000:,.0f} kB)")
    if picture is not None:
        click.echo(f"the first sheet: {picture}")
    return output.FINE


def _asked(
    shop: Settings,
    *,
    sheet: str,
    fill: str,
    duplex: str | None,
    per_piece: int | None,
    skip: int,
    marks: str | None,
    rtl: bool,
    gutter: float | None,
    margin: float | None,
    tumble: bool,
    job: str | None,
    printer: str | None,
) -> pipeline.Asked:
    each = per_piece or (2 if duplex else 1)
    flip = printing.FLIPS[duplex or "long"] if each == 2 or duplex else None
    how = Imposing(Order(fill), flip, skip, rtl, Marks(marks) if marks else None, job)
    corrected = pipeline.printers(shop).get(printer) if printer else None
    return pipeline.Asked(sheet, how, each, gutter, margin, tumble, corrected)


def _as_dict(planned: pipeline.Planned, pages: int, target: Path, picture: Path | None) -> dict[str, object]:
    return {
        "file": str(target),
        "picture": str(picture) if picture else None,
        "pieces": planned.pieces,
        "pages": pages,
        "sheet": planned.sheet.name,
        "paper": list(planned.sheet.paper),
        "slots": len(planned.sheet.slots),
        "instructions": list(planned.told),
    }

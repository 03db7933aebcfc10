"""`notegen hand sheet`: the form for a hand of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from notegen import pipeline
from notegen.cli import options, output


@click.command("sheet")
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    default="form.pdf",
    show_default=True,
    help="The PDF to write.",
)
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True, help="The paper's size.")
@click.option("--letters", default="", metavar="TEXT", help="More letters that you need, such as éèüöäß.")
def command(target: Path, paper: str, letters: str) -> int:
    """Print a form to write your letters on, for a hand of your own.

    The form has places for small letters, capitals, digits, marks, common pairs, some words to copy and a
    signature. Print it at 100 %, fill it in with a pen, scan or photograph every page, and give the pictures to
    `notegen hand capture`. For your own hand, or with the consent of the person whose hand it is.

    \b
    Examples:
      notegen hand sheet
      notegen hand sheet --paper letter -o my-form.pdf
      notegen hand sheet --letters éèêëàâçîïôûù
    """
    options.fit_target(target, ".pdf")
    made = pipeline.sheet(target, paper, letters)
    cells = sum(len(page.cells) for page in made.pages)
    more = f", with {made.letters}" if made.letters else ""
    click.echo(
        f"{output.counted(len(made.pages), 'page')}, {output.counted(cells, 'place')} to write in{more}: {target}"
    )
    return output.FINE

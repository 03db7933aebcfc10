"""`notegen hand add`: a font of one's own becomes a hand of the shop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from notegen import pipeline
from notegen.cli import options, output

if TYPE_CHECKING:
    from notegen.pipeline import Added


@click.command("add")
@click.argument("font", type=click.Path(path_type=Path))
@click.option("--name", help="What to call the hand; after the font's family otherwise.")
@options.shop_option
@click.option("--face", "index", type=click.IntRange(0, 255), default=0, help="Which font of a collection (.ttc).")
@click.option("--force", is_flag=True, help="Replace a hand of the shop that has this name.")
def command(font: Path, name: str | None, folder: Path, index: int, force: bool) -> int:
    """Make a hand of a font file: FONT is a .ttf, .otf or .ttc.

    The font is copied into the shop's hands/, with a file beside it that says how it is written with: pen, sizes, line
    pitch, measured or guessed, with a comment to each. Look at it with `notegen hand show`, and change what is wrong.

    \b
    Examples:
      notegen hand add ~/fonts/Ruths.ttf
      notegen hand add Ruths.ttf --name ruth --shop my-shop
    """
    added = pipeline.add_hand(font, options.open_shop(folder), name, index, replace=force)
    for line in _told(added):
        click.echo(line)
    return output.FINE


def _told(added: Added) -> list[str]:
    from notegen.cli.hand_show import writes

    hand, found = added.hand, added.found
    ratio = found.stroke / found.x_height
    lines = [
        f"hand:      {hand.name} ({added.file}, with {added.font.name})",
        f"writes:    {writes(hand)}",
        f"measured:  stroke {ratio:.3f} of the x-height (people's: 0.06 to 0.13); pen set to {hand.pen.width:.2f} mm",
        f"copyright: {found.copyright or 'the font says nothing'}",
        f"licence:   {found.licence or 'the font says nothing'}" + (f" ({found.url})" if found.url else ""),
        f"embedding: the font says that it {found.rights}",
        "",
        "Check, before you print:",
        f"- that the licence allows to print with it for your business: {_duty(found.known_licence)}",
        f"- that no letter looks set in type, and none that you need is missing: notegen hand show {hand.name}",
    ]
    return lines


def _duty(licence: str) -> str:
    if licence:
        return f"the font's own words sound like {licence}, which does"
    return "ask its maker; many fonts are free for personal use alone"

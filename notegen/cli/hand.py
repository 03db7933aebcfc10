"""`notegen hand`: the hands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from notegen import pipeline
from notegen.cli import hand_measure, hand_sheet, options, output
from notegen.cli.hand_pens import list_inks, list_pens, said_ink, said_pen
from notegen.model.hand import Hand

SPECIMEN = (
    "Dear Zoë and James,\n\n"
    "The quick brown fox jumps over the lazy dog, but you took 7 of the 24 miles on the old red bike all by yourself. "
    "Thank you for letting us fit it, and for the letter: it hangs by the till. See you on 16 May, 9:30?\n\n"
    "Warmly,\nPhyllis Quigley"
)


@click.group("hand")
def command() -> None:
    """List the hands, see one written out, or make one of your own."""


@command.command("list")
@options.folder_argument
@options.json_option
def list_hands(folder: Path, as_json: bool) -> None:
    """List the hands: name, role, pen, x-height, licence. FOLDER is a shop that may have its own.

    \b
    Example:
      notegen hand list
    """
    shop = options.open_shop(folder)
    known = pipeline.hands(shop)
    if as_json:
        output.as_json([_as_dict(hand) for hand in known])
        return
    rows = [
        (
            hand.name,
            hand.role,
            f"{hand.pen.width:.2f} mm",
            "{:.1f} / {:.1f} / {:.1f} mm".format(*hand.x_height),
            hand.licence,
        )
        for hand in known
    ]
    output.table(rows, ("name", "role", "pen", "x-height", "licence"))
    for name, reason in known.broken.items():
        click.echo(f"{name}: could not be loaded: {reason}", err=True)


@command.command("show")
@click.argument("name")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="The picture to write (NAME.png).")
@click.option("--text", help="What to write instead of the usual specimen.")
@click.option("--stock", default="us-a2", show_default=True, help="The card to write on.")
@options.shop_option
@click.option("--seed", type=int, default=0, show_default=True, help="Another number gives another drawing.")
@click.option("--open", "show", is_flag=True, help="Open the picture when it is made.")
@options.look_options
def show_hand(
    name: str, target: Path | None, text: str | None, stock: str, folder: Path, seed: int, show: bool, **wishes: Any
) -> int:
    """Tell about one hand and write a specimen in it, as a picture.

    \b
    Examples:
      notegen hand show quick-ballpoint --open
      notegen hand show fountain-cursive --text "Thank you, Ana." -o ana.png
      notegen hand show office-pen --pen "gel 0.4" --ink sepia --tidiness neat
    """
    from notegen import preview

    if target is not None:
        options.fit_target(target, ".png")
    shop = options.open_shop(folder)
    hand = pipeline.as_wished(pipeline.hands(shop).get(name), pipeline.Wishes(**wishes))
    made = pipeline.specimen(text or SPECIMEN, hand, pipeline.stocks(shop).get(stock), seed)
    if made.value is None:
        raise output.Findings(made.diagnostics)
    path = target or Path(f"{hand.name}.png")
    preview.card_png(made.value, path)
    for label, value in _as_dict(hand).items():
        click.echo(f"{label + ':':10} {value}")
    click.echo(f"specimen:  {path}")
    if show:
        click.launch(str(path))
    return output.FINE


def _as_dict(hand: Hand) -> dict[str, object]:
    return {
        "name": hand.name,
        "title": hand.title,
        "role": hand.role,
        "pen": said_pen(hand.pen),
        "ink": said_ink(hand.ink),
        "x-height": f"{hand.x_height[0]:.1f} to {hand.x_height[2]:.1f} mm, usually {hand.x_height[1]:.1f}",
        "licence": hand.licence,
        "origin": hand.origin,
    }


command.add_command(hand_measure.command)
command.add_command(hand_sheet.command)
command.add_command(list_pens)
command.add_command(list_inks)

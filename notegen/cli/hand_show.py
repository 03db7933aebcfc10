"""`notegen hand show`: one hand, told about and written out."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from notegen import pipeline
from notegen.cli import options, output
from notegen.cli.hand_pens import said_ink, said_pen
from notegen.errors import NotegenError
from notegen.files import write_bytes

if TYPE_CHECKING:
    from notegen.model.hand import Hand
    from notegen.model.stock import Stock

DPI = 150.0


@click.command("show")
@click.argument("name")
@click.option(
    "-o", "--output", "target", type=click.Path(path_type=Path), help="What to write: NAME.png, or a file .png or .pdf."
)
@click.option("--text", help="Words to write on a card instead of the sheet.")
@click.option("--stock", default="us-a2", show_default=True, help="The card to write them on.")
@options.shop_option
@click.option("--seed", type=int, default=0, show_default=True, help="Another number gives another drawing.")
@click.option("--open", "show", is_flag=True, help="Open the file when it is made.")
@options.look_options
def command(
    name: str, target: Path | None, text: str | None, stock: str, folder: Path, seed: int, show: bool, **wishes: Any
) -> int:
    """Tell about one hand, and write a specimen sheet in it.

    The sheet has the alphabets, digits and marks, names with accents, a date and a price, a paragraph in each script
    that the hand is for, three sizes, and a few letters side by side, no two of them alike.

    \b
    Examples:
      notegen hand show quick-ballpoint --open
      notegen hand show japanese-pen -o japanese.pdf
      notegen hand show fountain-cursive --text "Thank you, Ana." -o ana.png
      notegen hand show office-pen --pen "gel 0.4" --ink sepia --tidiness neat
    """
    if target is not None and target.suffix.lower() not in (".png", ".pdf"):
        raise NotegenError(f"'{target}' does not end in .png or .pdf", hint="name a file such as hand.png")
    shop = options.open_shop(folder)
    hand = pipeline.as_wished(pipeline.hands(shop).get(name), pipeline.Wishes(**wishes))
    path = target or Path(f"{hand.name}.png")
    if text is None:
        _sheet(hand, seed, path)
    else:
        _card(text, hand, pipeline.stocks(shop).get(stock), seed, path)
    for label, value in _told(hand).items():
        click.echo(f"{label + ':':10} {value}")
    click.echo(f"specimen:  {path}")
    if show:
        click.launch(str(path))
    return output.FINE


def _sheet(hand: Hand, seed: int, path: Path) -> None:
    from notegen import preview

    facts = ", ".join(part for part in (hand.kind, _plainly(hand), _sizes(hand), hand.licence) if part)
    if path.suffix.lower() == ".pdf":
        pipeline.write_specimen_sheet(hand, facts, seed, path)
        return
    with TemporaryDirectory(prefix="notegen-") as folder:
        sheet = Path(folder) / "sheet.pdf"
        pipeline.write_specimen_sheet(hand, facts, seed, sheet)
        write_bytes(path, preview.page_png(sheet, 0, dpi=DPI))


def _card(text: str, hand: Hand, stock: Stock, seed: int, path: Path) -> None:
    from notegen import preview
    from notegen.press import write_pdf

    made = pipeline.specimen(text, hand, stock, seed)
    if made.value is None:
        raise output.Findings(made.diagnostics)
    if path.suffix.lower() == ".pdf":
        write_pdf([made.value], path, title=hand.title, language="en-US")
    else:
        preview.card_png(made.value, path)


def writes(hand: Hand) -> str:
    """Say what a hand writes."""
    from notegen.hand import coverage, missing

    return coverage.in_words(missing.characters(hand), hand.scripts)


def as_data(hand: Hand) -> dict[str, object]:
    """Return what there is to say of a hand, for scripts: with the characters of each script counted."""
    from notegen.hand import coverage, missing

    own = missing.characters(hand)
    return {
        **_told(hand),
        "pen_mm": hand.pen.width,
        "x_heights_mm": hand.x_height,
        "scripts": hand.scripts,
        "characters": len(own),
        "coverage": [
            {
                "script": one.script,
                "name": coverage.NAMES.get(one.script, one.script),
                "characters": one.characters,
                "whole": [group for group in one.groups if group],
                "lacking": {group: lacking for group, lacking in one.partly if group},
                "meant": one.script in hand.scripts,
            }
            for one in coverage.covered(own)
        ],
    }


def _told(hand: Hand) -> dict[str, object]:
    return {
        "name": hand.name,
        "title": hand.title,
        "kind": hand.kind,
        "role": hand.role,
        "writes": writes(hand),
        "pen": said_pen(hand.pen),
        "ink": said_ink(hand.ink),
        "x-height": f"{hand.x_height[0]:.1f} to {hand.x_height[2]:.1f} mm, usually {hand.x_height[1]:.1f}",
        "licence": hand.licence,
        "origin": hand.origin,
    }


def _sizes(hand: Hand) -> str:
    return f"{hand.x_height[0]:.1f} to {hand.x_height[2]:.1f} mm"


def _plainly(hand: Hand) -> str:
    """Return the pen in words that any font has the letters of."""
    return f"{hand.pen.kind} {hand.pen.width:.2f} mm"

"""`notegen hand`: the hands."""

from __future__ import annotations

import textwrap
from pathlib import Path

import click

from notegen import pipeline
from notegen.cli import hand_add, hand_capture, hand_measure, hand_sheet, hand_show, hand_suggest, options, output
from notegen.cli.hand_pens import list_inks, list_pens
from notegen.model.hand import Hand

WORDS = 37
"""Columns for what a hand writes: the table fits a terminal of 100."""


@click.group("hand")
def command() -> None:
    """List the hands, see one written out, find those for your customers, or make one of your own."""


@command.command("list")
@options.folder_argument
@options.json_option
def list_hands(folder: Path, as_json: bool) -> None:
    """List the hands: name, kind, what they write, pen and x-heights in mm, licence. FOLDER may be a shop with its own.

    Kinds are quick (a note in passing), business, school (joined, as it was taught), elder, print and capitals. After
    "also" stand scripts that a hand's font has, in letters that look less handwritten.

    \b
    Examples:
      notegen hand list
      notegen hand list my-shop --json
    """
    known = pipeline.hands(options.open_shop(folder))
    if as_json:
        output.as_json([hand_show.as_data(hand) for hand in known])
        return
    rows = [row for hand in known for row in _rows(hand)]
    output.table(rows, ("name", "kind", "writes", "pen", "x-height", "licence"))
    for name, reason in known.broken.items():
        click.echo(f"{name}: could not be loaded: {reason}", err=True)


def _rows(hand: Hand) -> list[tuple[str, ...]]:
    """Return the lines of a table about a hand: as many as it takes to say what it writes."""
    first, *more = textwrap.wrap(hand_show.writes(hand), WORDS)
    sizes = "-".join(f"{size:.1f}" for size in hand.x_height)
    row = (hand.name, hand.kind, first, f"{hand.pen.width:.2f}", sizes, hand.licence)
    return [row, *(("", "", line, "", "", "") for line in more)]


command.add_command(hand_show.command)
command.add_command(hand_suggest.command)
command.add_command(hand_add.command)
command.add_command(hand_measure.command)
command.add_command(hand_sheet.command)
command.add_command(hand_capture.command)
command.add_command(list_pens)
command.add_command(list_inks)

"""`notegen hand pens` and `notegen hand inks`: what there is to write with, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from notegen.cli import options, output

if TYPE_CHECKING:
    from notegen.model.hand import CMYK, Hand, Ink, Pen


@click.command("pens")
@options.json_option
def list_pens(as_json: bool) -> None:
    """List the kinds of pen: width, how far strokes taper, how much they vary, look.

    A hand's `pen:`, the shop's `pen:` and --pen take a kind, a width in mm, or both.

    \b
    Examples:
      notegen hand pens
      notegen hand show office-pen --pen "gel 0.4"
    """
    from notegen.hand import pens

    known = list(pens.kinds())
    if as_json:
        output.as_json([{**pen_as_data(one.pen), "look": one.look} for one in known])
        return
    rows = [
        (one.pen.kind, f"{one.pen.width:.2f} mm", f"{one.pen.taper:.0%}", f"{one.pen.variation:.0%}", one.look)
        for one in known
    ]
    output.table(rows, ("name", "width", "taper", "varies", "look"))


@click.command("inks")
@options.json_option
def list_inks(as_json: bool) -> None:
    """List the inks: process colours, the name of the spot colour, look.

    A hand's `ink:`, the shop's `ink:` and --ink take a name, which is printed in process colours, or a name and the
    word spot for a plate of its own.

    \b
    Examples:
      notegen hand inks
      notegen hand show office-pen --ink sepia
      notegen batch customers.yaml -t same-day-thanks -o cards.pdf --ink "blue-black spot" --yes
    """
    from notegen.hand import pens

    known = list(pens.inks())
    if as_json:
        output.as_json([{**ink_as_data(one.ink), "spot": one.spot, "look": one.look} for one in known])
        return
    output.table(
        [(one.ink.name, _percents(one.ink.cmyk), one.spot, one.look) for one in known],
        ("name", "C / M / Y / K", "spot", "look"),
    )


def said_pen(pen: Pen) -> str:
    """Return a pen in words: "gel, 0.36 mm"."""
    return f"{pen.kind}, {pen.width:.2f} mm"


def said_ink(ink: Ink) -> str:
    """Return an ink in words: its name, plates and spot colour."""
    plates = f"C / M / Y / K {_percents(ink.cmyk)}"
    spot = f", printed as the spot colour {ink.spot}" if ink.spot is not None else ""
    return f"{ink.name}, {plates}{spot}" if ink.name else f"{plates}{spot}"


def pen_as_data(pen: Pen) -> dict[str, object]:
    """Return a pen for scripts."""
    return {"kind": pen.kind, "width": pen.width, "taper": pen.taper, "variation": pen.variation}


def ink_as_data(ink: Ink) -> dict[str, object]:
    """Return an ink for scripts; `spot` is null for process colours, `shade` 0 where every word is the same."""
    return {"name": ink.name or None, "cmyk": list(ink.cmyk), "spot": ink.spot, "shade": ink.shade}


def looks_as_data(hands: Iterable[Hand]) -> list[dict[str, object]]:
    """Return each hand that cards are written in, once, with its pen, ink and tidiness."""
    return [_look(hand) for hand in dict.fromkeys(hands)]


def _look(hand: Hand) -> dict[str, object]:
    return {
        "name": hand.name,
        "pen": pen_as_data(hand.pen),
        "ink": ink_as_data(hand.ink),
        "tidiness": hand.tidiness,
    }


def _percents(cmyk: CMYK) -> str:
    return " / ".join(f"{round(part * 100):d}" for part in cmyk) + " %"

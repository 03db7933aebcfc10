"""The options that say how cards are printed, and what is said of the file that was made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from notegen import pipeline
from notegen.cli import output
from notegen.model.imposition import Marks, Order
from notegen.model.purpose import Duplex, Plate, Purpose

if TYPE_CHECKING:
    from notegen.preflight import Report

F = TypeVar("F", bound=Callable[..., Any])

_FILE = click.Path(path_type=Path)
FLIPS = {"long": Duplex.LONG, "short": Duplex.SHORT}
"""How paper is turned, by the words of --duplex."""


def printing_options(command: F) -> F:
    """Add what `asked` reads: --for, the press's conditions, pictures, sheets and marks."""
    for option in reversed((*_PRESS, *_PICTURES, *_SHEETS)):
        command = option(command)
    return command


def press_options(command: F) -> F:
    """Add --for, --condition and --icc alone, for commands that print no notes."""
    for option in reversed(_PRESS[:3]):
        command = option(command)
    return command


def picture_options(command: F) -> F:
    """Add the pictures on the card alone, for commands that print nothing."""
    for option in reversed(_PICTURES):
        command = option(command)
    return command


_PRESS = (
    click.option(
        "--for",
        "purpose",
        type=click.Choice([one.value for one in Purpose]),
        help="A print shop (PDF/X-4), your own printer, or eyes alone.  [default: desktop]",
    ),
    click.option("--condition", metavar="NAME", help="The press's paper and ink: gracol, fogra39 or fogra29."),
    click.option("--icc", type=_FILE, help="The press's own CMYK output profile instead."),
    click.option(
        "--plate",
        type=click.Choice([one.value for one in Plate]),
        help="Notes on a named plate, on the black one, or in four colours.  [default: spot]",
    ),
    click.option("--vt", "record", is_flag=True, help="Add PDF/VT parts, a record a card (checked by nobody)."),
)

_PICTURES = (
    click.option(
        "--art", type=_FILE, help="A picture (PDF, PNG, JPEG or SVG): a folded card's front, or a flat one's back."
    ),
    click.option("--imprint", type=_FILE, help="A mark for the back, at its own size near the foot."),
    click.option("--low-resolution", "allow_low_resolution", is_flag=True, help="Let pass pictures under 300 dpi."),
)

_SHEETS = (
    click.option("--sheet", metavar="NAME|PAPER", help="Put cards on a sheet stock, or on letter, a4, sra3 ..."),
    click.option(
        "--fill",
        "fill",
        type=click.Choice([one.value for one in Order]),
        help="Sheet by sheet, stacks to cut, or repeated.",
    ),
    click.option("--duplex", type=click.Choice(list(FLIPS)), help="Which edge of the sheet is the hinge of its back."),
    click.option("--skip", type=click.IntRange(0), default=0, metavar="N", help="Leave the first N slots blank."),
    click.option("--rtl", "right_to_left", is_flag=True, help="Fill each row of slots from the right."),
    click.option("--marks", type=click.Choice([one.value for one in Marks]), help="Marks to cut by."),
    click.option("--printer", metavar="NAME", help="Put right what this printer does (see `notegen printer`)."),
    click.option(
        "--matching/--no-matching", default=None, help="A small mark on the back that says which envelope is its own."
    ),
)

NAMES = (
    "purpose", "condition", "icc", "plate", "record", "art", "imprint", "allow_low_resolution",
    "sheet", "fill", "duplex", "skip", "right_to_left", "marks", "printer", "matching",
)  # fmt: skip


def asked(options: dict[str, Any]) -> pipeline.PrintingAsked:
    """Take out of a command's options those that are about printing; not every command has all."""
    said = {name: options.pop(name) for name in NAMES if name in options}
    kinds: dict[str, Callable[[str], object]] = {
        "purpose": Purpose,
        "plate": Plate,
        "fill": Order,
        "marks": Marks,
        "duplex": FLIPS.__getitem__,
    }
    for name, kind in kinds.items():
        if said.get(name) is not None:
            said[name] = kind(said[name])
    return pipeline.PrintingAsked(**said, date=options.get("today"))


def say(printed: pipeline.Printed | None, reports: Sequence[Report], *, written: bool) -> None:
    """Tell what to do with the paper, and what preflight thinks of press files, written or not."""
    for sentence in printed.told if printed is not None else ():
        click.echo(sentence)
    for report in reports:
        _say_report(report, err=not written)


def _say_report(report: Report, *, err: bool) -> None:
    from notegen.preflight import show

    for one in report.findings:
        click.echo(f"{report.name}: {show.where(one)}{one.code} {one.severity}: {one.message}", err=err)
        if one.hint and one.is_error:
            click.echo(f"    {one.hint}", err=err)
    left = output.counted(len(report.unchecked), "check")
    click.echo(f"preflight: {show.tally([report])}; {left} not made (`notegen check` says which and why)", err=err)


def as_data(printed: pipeline.Printed | None, reports: Sequence[Report]) -> dict[str, object]:
    """Return the same for scripts."""
    from notegen.preflight import show

    told: dict[str, object] = {}
    if printed is not None:
        told = {"instructions": list(printed.told), "fonts": list(printed.pressed.fonts)}
    return {**told, "preflight": show.data(reports) if reports else None}

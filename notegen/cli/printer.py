"""`notegen printer`: what a printer puts where it should not, and how that is put right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import click

from notegen import pipeline
from notegen.cli import options, output, printing
from notegen.errors import NotegenError
from notegen.model.printer import Printer
from notegen.settings import Settings


@click.group("printer")
def command() -> None:
    """Measure a printer once, and print cards and labels where they belong."""


_paper = click.option("--paper", default="letter", show_default=True, metavar="NAME", help="The paper, letter or a4.")


@command.command("calibrate")
@click.option(
    "-o", "--output", "target", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write."
)
@_paper
@click.option("--duplex", type=click.Choice(list(printing.FLIPS)), default="long", help="The edge that it flips on.")
@click.option("--printer", metavar="NAME", help="Put right what this printer does, to see that it is right.")
@options.shop_option
def calibrate(target: Path, paper: str, duplex: str, printer: str | None, folder: Path) -> int:
    """Make a page with two sides to print, and to measure with a ruler.

    It says itself what to read and what to type then. Printed again with --printer, its lines stand 20 mm from the
    edges, and its crosses meet when it is held against the light.

    \b
    Examples:
      notegen printer calibrate -o page.pdf --paper a4
      notegen printer calibrate -o again.pdf --printer office
    """
    options.fit_target(target, ".pdf")
    known = pipeline.printers(options.open_shop(folder)).get(printer) if printer else None
    pipeline.write_calibration(target, paper, printing.FLIPS[duplex], known)
    click.echo(f"print both sides of {target} at 100 %, and follow what it says")
    return output.FINE


def _readings(_ctx: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, float]:
    found: dict[str, float] = {}
    for value in values:
        name, _, number = value.partition("=")
        if name.strip() in found:
            raise click.BadParameter(f"'{name.strip()}' is read twice")
        try:
            found[name.strip()] = float(number)
        except ValueError:
            raise click.BadParameter(f"'{value}' is not like left=20.4") from None
    return found


def _moves(function: Callable[..., int]) -> Callable[..., int]:
    """Add the options that give corrections themselves."""
    kinds = {"front-x": "front to the right", "front-y": "front up", "back-x": "back to the right", "back-y": "back up"}
    for name, words in reversed(kinds.items()):
        function = click.option(f"--{name}", type=float, metavar="MM", help=f"Move the {words}.")(function)
    for axis, words in (("y", "up"), ("x", "across")):
        function = click.option(f"--scale-{axis}", type=float, metavar="N", help=f"Stretch {words}, about 1.")(function)
    return function


@command.command("set")
@click.argument("name")
@click.option("--read", "readings", multiple=True, callback=_readings, metavar="WHAT=MM", help="What was read.")
@_paper
@_moves
@click.option(
    "--in-shop", "with_shop", is_flag=True, help="Keep it in the shop's folder printers/, not among your own."
)
@options.shop_option
def set_printer(
    name: str, readings: dict[str, float], paper: str, with_shop: bool, folder: Path, **moves: float | None
) -> int:
    """Keep what a printer needs: from what was read off its calibration page, or as moves and stretches.

    Readings are left, bottom, across, up, back-left and back-bottom, in mm; what is right may be left out. Moves that
    are given are put in the place of what readings say, or of what was known.

    \b
    Examples:
      notegen printer set office --paper a4 --read left=19.6 --read across=170.4 --read back-left=20.5
      notegen printer set office --front-x 0.4 --front-y -0.2
    """
    if not readings and all(value is None for value in moves.values()):
        raise NotegenError("nothing was read and nothing is to be moved", hint="for example --read left=19.6")
    shop = options.open_shop(folder)
    printer = pipeline.measured(name, paper, readings) if readings else _known(name, shop)
    printer = pipeline.sensible(_moved(printer, moves))
    path = pipeline.save_printer(printer, shop, with_shop=with_shop)
    _show(printer)
    click.echo(f"kept in {path}")
    return output.FINE


def _known(name: str, shop: Settings) -> Printer:
    """Return a printer as it is kept, or a new one; one whose file is wrong is not begun anew."""
    registry = pipeline.printers(shop)
    return registry.get(name) if name in registry or name in registry.broken else Printer(name)


def _moved(printer: Printer, moves: dict[str, float | None]) -> Printer:
    """Return a printer with those corrections that were given."""

    def pair(which: str, before: tuple[float, float]) -> tuple[float, float]:
        x, y = moves[f"{which}_x"], moves[f"{which}_y"]
        return before[0] if x is None else x, before[1] if y is None else y

    front, back, scale = pair("front", printer.front), pair("back", printer.back), pair("scale", printer.scale)
    return replace(printer, front=front, back=back, scale=scale)


@command.command("list")
@options.folder_argument
@options.json_option
def list_printers(folder: Path, as_json: bool) -> int:
    """List the known printers and their corrections. FOLDER may be a shop with its own.

    \b
    Example:
      notegen printer list
    """
    known = pipeline.printers(options.open_shop(folder))
    if as_json:
        output.as_json([asdict(one) for one in known])
        return output.FINE
    rows = [(one.name, _pair(one.front), _pair(one.back), _pair(one.scale)) for one in known]
    if rows:
        output.table(rows, ("name", "front mm", "back mm", "scale"))
    else:
        click.echo("no printer is known; `notegen printer calibrate -o page.pdf` makes the page to measure one with")
    for name, reason in known.broken.items():
        click.echo(f"{name}: could not be loaded: {reason}", err=True)
    return output.FINE


@command.command("show")
@click.argument("name")
@options.shop_option
@options.json_option
def show_printer(name: str, folder: Path, as_json: bool) -> int:
    """Tell what is put right for one printer, and where that is kept.

    \b
    Example:
      notegen printer show office
    """
    shop = options.open_shop(folder)
    printer = pipeline.printers(shop).get(name)
    path = pipeline.printer_file(name, shop)
    if as_json:
        output.as_json({**asdict(printer), "file": str(path)})
        return output.FINE
    _show(printer)
    click.echo(f"kept in {path}")
    return output.FINE


@command.command("remove")
@click.argument("name")
@options.shop_option
def remove_printer(name: str, folder: Path) -> int:
    """Forget a printer.

    \b
    Example:
      notegen printer remove office
    """
    click.echo(f"removed {pipeline.remove_printer(name, options.open_shop(folder))}")
    return output.FINE


def _show(printer: Printer) -> None:
    click.echo(f"{printer.name}:")
    for which, (x, y) in (("front", printer.front), ("back", printer.back)):
        click.echo(f"  {which:5}  moved {_sided(x, 'right', 'left')}, {_sided(y, 'up', 'down')}")
    click.echo(f"  scale  {printer.scale[0]:g} across, {printer.scale[1]:g} up")


def _sided(value: float, forward: str, backward: str) -> str:
    return f"{abs(value):g} mm {forward if value >= 0 else backward}"


def _pair(values: tuple[float, float]) -> str:
    return f"{values[0]:g}, {values[1]:g}"

"""`notegen check`: whether PDF files are fit for a press."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notegen.cli import output
from notegen.cli.numbers import Within
from notegen.errors import NotegenError
from notegen.model.diagnostic import Severity
from notegen.model.purpose import Purpose

if TYPE_CHECKING:
    from notegen.model.stock import Stock
    from notegen.preflight import Report


_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--for", "purpose", type=click.Choice([one.value for one in Purpose]), default=Purpose.PRESS.value,
    show_default=True, help="Whom the files are for: fewer rules hold for a desktop printer and a screen.",
)  # fmt: skip
@click.option(
    "--stock", "stock_name", metavar="NAME", help="The card they are to be: size, bleed, safe distance, folds."
)
@click.option("--safe", type=Within(0, 100), metavar="MM", help="How far text stays from the trim.")
@click.option("--tac", type=Within(100, 400), metavar="N", help="The most ink, in percent; 300 if not given.")
@click.option("--dpi", type=Within(0, 2400), metavar="N", help="Least resolution of pictures; 300 if not given.")
@click.option("--spot", "spots", multiple=True, metavar="NAME", help="A spot colour that may be there; repeatable.")
@click.option("--strict", is_flag=True, help="Let warnings fail the run as errors do.")
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option("--shop", "folder", default=".", type=_FOLDER, help="A shop folder that may have stocks.")
def command(
    files: tuple[Path, ...], stock_name: str | None, folder: Path, form: str, strict: bool, **limits: Any
) -> int:
    """Check whether PDF files, yours or anybody's, are fit for a press: boxes, inks, fonts, pictures, damage.

    Each finding names the page, the object and the rule (`notegen rule explain P131`), once however many pages have
    it; what could not be checked is said as well. The exit status is 1 when something is wrong.

    \b
    Examples:
      notegen check cards.pdf
      notegen check cards.pdf --stock us-a2 --spot "Blue Ink"
      notegen check labels.pdf --for desktop
      notegen check *.pdf --format sarif > preflight.sarif
    """
    stock = _stock(stock_name, folder) if stock_name else None
    reports = _checked(files, stock, **limits)
    status = _status(reports, strict)
    if form == "text":
        _say(reports)
    elif form == "json":
        from notegen.preflight import show

        output.as_json(show.data(reports))
    else:
        from notegen.preflight import sarif

        click.echo(sarif.render(reports, output.version(), status), nl=False)
    return status


def _stock(name: str, folder: Path) -> Stock:
    from notegen import pipeline
    from notegen.cli import options

    return pipeline.stocks(options.open_shop(folder)).get(name)


def _checked(
    files: tuple[Path, ...], stock: Stock | None, *, purpose: str, safe: float | None, tac: float | None,
    dpi: float | None,
    spots: tuple[str, ...],
) -> list[Report]:  # fmt: skip
    """Check each file; one that is not there is said before anything is done."""
    from notegen import preflight

    for path in files:
        if not path.exists():
            raise NotegenError(f"there is no file {path}")
    found = []
    with output.progress("checking", len(files)) as done:
        for path in files:
            found.append(
                preflight.check(
                    path, purpose=Purpose(purpose), stock=stock, safe=safe, tac=tac,
                    dpi=dpi,
                    spots=frozenset(spots) if spots else None,
                )
            )  # fmt: skip
            done(1)
    return found


def _status(reports: list[Report], strict: bool) -> int:
    levels = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return output.FOUND if any(one.severity in levels for report in reports for one in report.findings) else output.FINE


def _say(reports: list[Report]) -> None:
    from notegen.preflight import show

    def paint(words: str, severity: Severity) -> str:
        return click.style(words, fg=_COLOURS[severity], bold=True)

    click.echo(show.text(reports, paint if output.colourful() else show.plain), nl=False, color=True)
    if len(reports) > 1:
        bad = sum(not report.ok for report in reports)
        click.echo(f"{output.counted(len(reports), 'file')}, {bad} with errors, {show.tally(reports)}")

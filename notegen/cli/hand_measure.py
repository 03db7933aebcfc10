"""`notegen hand measure`: how a page of writing compares with a hundred people's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notegen.cli import options, output
from notegen.cli.numbers import Within
from notegen.errors import NotegenError

if TYPE_CHECKING:
    from notegen.hand.measure.figures import PageFigures
    from notegen.hand.measure.human import Tell

Page = tuple[str, bool, "PageFigures"]
"""What a page is called, whether it is a scan, and what it measures."""


@click.command("measure")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--dpi", type=Within(1, 4800), help="Dots to the inch of a picture that does not say.")
@click.option("--all-pages", "together", is_flag=True, help="Show the medians over all pages, not each page.")
@options.json_option
def command(files: tuple[Path, ...], dpi: float | None, together: bool, as_json: bool) -> int:
    """Measure handwriting: a PDF of cards, or the scan of a page, beside a hundred people's pages.

    FILE is a PDF (each of its pages), PNG, JPEG or TIFF. Each figure is shown with the range of nine people in ten and
    a verdict: typical is the middle half of people, human the nine tenths, and what is outside says what a reader
    would see. A page needs at least three lines of writing, on unlined paper. The exit status is 0 however human it
    looks.

    \b
    Examples:
      notegen hand measure cards.pdf --all-pages
      notegen hand measure my-letter.jpg --dpi 300
    """
    pages = list(_measured(files, dpi))
    if together:
        pages = [_median(pages)]
    if as_json:
        output.as_json([_as_dict(page) for page in pages])
        return output.FINE
    for number, page in enumerate(pages):
        if number:
            click.echo()
        _show(page)
    return output.FINE


def _measured(files: tuple[Path, ...], dpi: float | None) -> Iterator[Page]:
    """Yield what each page measures; raises NotegenError when none of a file's pages can be measured."""
    from notegen import preview
    from notegen.hand.measure import page as meter
    from notegen.hand.measure.figures import PageFigures
    from notegen.hand.measure.paper import levelled

    meter.require()
    for path in files:
        lacking, measured = "", 0
        for number, page in enumerate(preview.grey_pages(path, dpi=dpi), 1):
            found = meter.look(levelled(page.pixels, page.dpi), page.dpi)
            name = f"{path}, page {number}"
            if isinstance(found, PageFigures):
                measured += 1
                yield name, page.scan, found
            else:
                lacking = lacking or f"{name}: {found}"
                click.echo(f"{name} was passed over: {found}", err=True)
        if not measured:
            raise NotegenError(lacking or f"{path} has no pages", hint=HINT)


HEADS = ("figure", "unit", "here", "5 % to 95 % of people", "median", "verdict")

HINT = (
    "a page of at least three lines on unlined paper is wanted; for a picture, see that --dpi is its resolution "
    "(letters of another size than it says are taken for dust or drawings)"
)


def _median(pages: list[Page]) -> Page:
    from notegen.hand.measure.human import medians

    return f"median of {output.counted(len(pages), 'page')}", all(scan for _, scan, _ in pages), medians(
        [figures for _, _, figures in pages]
    )  # fmt: skip


def _show(page: Page) -> None:
    from notegen.hand.measure import human

    name, scan, figures = page
    found = human.tells(figures, scan=scan)
    click.echo(f"{name}: {figures.n_lines:g} lines, {figures.n_gaps:g} gaps between words")
    output.table([_row(one) for one in found if one.value is not None], HEADS)
    judged = [one.verdict for one in found if one.verdict]
    inside = sum(verdict.is_human for verdict in judged)
    click.echo(f"{inside} of {len(judged)} figures are within the range of nine people in ten")


def _row(one: Tell) -> tuple[str, ...]:
    least, _, middle, _, most = one.range.percentiles
    return (one.range.title, one.range.unit, f"{one.value:.3g}", f"{least:g} to {most:g}", f"{middle:g}", _verdict(one))


def _verdict(one: Tell) -> str:
    """Return the verdict in words, coloured where that is wanted."""
    if one.verdict is None:
        return "only a scan can be compared"
    words = f"{one.verdict.value}: {one.tell}" if one.tell else one.verdict.value
    colour = "green" if one.verdict.is_human else "yellow"
    return click.style(words, fg=colour) if output.colourful() else words


def _as_dict(page: Page) -> dict[str, object]:
    """Return a page for scripts."""
    from notegen.hand.measure import human

    name, scan, figures = page
    return {
        "page": name,
        "scan": scan,
        "lines": figures.n_lines,
        "gaps": figures.n_gaps,
        "figures": [
            {
                "name": one.range.name,
                "value": one.value,
                "percentiles": dict(zip(("p5", "p25", "p50", "p75", "p95"), one.range.percentiles, strict=True)),
                "verdict": one.verdict.value if one.verdict else None,
                "tell": one.tell or None,
            }
            for one in human.tells(figures, scan=scan)
        ],
    }

"""`notegen labels`: sheets of address labels for customers, or of return labels for the shop."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notegen import pipeline
from notegen.cli import options, output, posting
from notegen.errors import NotegenError

if TYPE_CHECKING:
    from notegen.pipeline.mailing import Mailing

SHEET = "avery-5160"

MOST = 100_000
"""Labels of the shop's own in one file: more than three thousand sheets are a slip of the pen."""


@click.command("labels")
@options.facts_argument
@posting.output_option
@click.option("--sheet", default=SHEET, show_default=True, metavar="NAME", help="The label sheet, such as avery-5160.")
@click.option("--skip", type=click.IntRange(0), default=0, metavar="N", help="Labels of the first sheet that are gone.")
@click.option("--return", "own", is_flag=True, help="The shop's own address, one label for each customer.")
@click.option("--count", type=click.IntRange(1, MOST), metavar="N", help="With --return: so many labels instead.")
@posting.printer_option
@options.only_option
@posting.skip_bad_option
@options.today_option
@options.json_option
def command(
    facts: tuple[Path, ...],
    target: Path,
    sheet: str,
    skip: int,
    own: bool,
    count: int | None,
    printer: str | None,
    only: tuple[str, ...],
    skip_bad: bool,
    today: date,
    as_json: bool,
) -> int:
    """Make sheets of address labels, one label for every customer.

    Labels stand in the facts' order, row by row. Customers who asked for no mail get none and are named.

    \b
    Examples:
      notegen labels customers.yaml -o labels.pdf --sheet avery-5160
      notegen labels customers.yaml -o labels.pdf --sheet avery-l7160 --skip 7
    """
    from notegen.pipeline import mailing, mailsheets

    if count is not None and not own:
        raise NotegenError("--count is for the shop's own labels", hint="add --return")
    options.fit_target(target, ".pdf")
    order = posting.opened(facts, only, today)
    stock = pipeline.sheet_named(sheet, order.shop)
    size = mailsheets.label_size(stock)
    corrected = printer or order.shop.printing.printer
    known = pipeline.printers(order.shop).get(corrected) if corrected else None
    if count is not None:
        made = mailing.return_labels(order.shop, size, count)
    else:
        with output.progress("Addressing", len(order.people)) as step:
            made = mailing.labels(order.people, order.loaded, order.shop, size, step, order.homes)
        if own and made.pieces:
            made = _beside(made, mailing.return_labels(order.shop, size, len(made.pieces)))
    pages = 0
    if not posting.stops(made, skip_bad=skip_bad):
        title = output.counted(len(made.pieces), "label")
        ready = mailsheets.label_pages(made.pieces, stock, skip, known)
        pages = pipeline.print_pages(ready, target, title=title, locale=order.shop.locale).pages
    written = target if pages else None
    if as_json:
        output.as_json(posting.as_dict(made, "labels", written, pages))
    else:
        posting.summary(made, "label", written, pages)
    return output.FINE if pages else output.FOUND


def _beside(theirs: Mailing, ours: Mailing) -> Mailing:
    """Return the shop's labels, one for each customer who gets something, with who gets nothing and why."""
    return replace(ours, left_out=theirs.left_out, diagnostics=(*theirs.diagnostics, *ours.diagnostics))

"""`notegen copy`: the words of notes for somebody who writes them with a pen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from notegen import pipeline
from notegen.cli import options, output
from notegen.model.room import Signing


@click.command("copy")
@options.facts_argument
@options.template_option
@options.target_option
@options.only_option
@options.limit_option
@click.option("--skip-bad", is_flag=True, help="Leave out those whose note has an error.")
@options.paper_option
@options.json_option
@options.drawing_options
def command(
    facts: tuple[Path, ...],
    template: str,
    target: Path,
    only: tuple[str, ...],
    limit: int | None,
    skip_bad: bool,
    paper: str | None,
    as_json: bool,
    **wishes: Any,
) -> int:
    """Set notes large and plain, a page for each, to copy with a pen.

    Below the note, names are spelt out, and the envelope is shown as it is to be written.

    \b
    Examples:
      notegen copy customers.yaml -t same-day-thanks -o copy.pdf
      notegen copy customers.yaml -t apology --only "Ana Reyes" -o ana.pdf --stock us-a7
    """
    from notegen.layout import copying
    from notegen.layout.lines import paper_of

    options.fit_target(target, ".pdf")
    order = options.opened(facts, template, only, {**wishes, "sign": Signing.PRINTED}, limit)
    _, batch = options.prepared(order)
    locale = pipeline.locale_of(order.template, order.shop, order.wishes)
    sheets = pipeline.copy_sheets(batch, order.shop, locale)
    found = (*order.loaded, *batch.diagnostics, *pipeline.unprintable(sheets))
    stop = not sheets or (output.status_of(found) == output.FOUND and not skip_bad)
    pages = 0
    if not stop:
        title = f"To copy: {order.template.name}"
        made = copying.pages(sheets, paper or paper_of(locale))
        pages = pipeline.print_pages(made, target, title=title, locale=locale).pages
    if as_json:
        told = {"file": None if stop else str(target), "pages": pages, "notes": list(map(copying.as_data, sheets))}
        output.as_json({**told, "findings": output.findings_as_data(found)})
    else:
        output.findings(found, err=True)
        click.echo(_summary(len(sheets), pages, target), err=stop)
    return output.FOUND if stop else output.FINE


def _summary(notes: int, pages: int, target: Path) -> str:
    if not pages:
        return f"nothing was written{' (--skip-bad takes those whose note is good)' if notes else ''}"
    return f"{output.counted(notes, 'note')}, {output.counted(pages, 'page')}: {target}"

"""`notegen slip`: which card goes into which envelope, and what is to be added by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from notegen import pipeline
from notegen.cli import options, output
from notegen.files import together, write_bytes


@click.command("slip")
@options.facts_argument
@options.template_option
@options.target_option
@click.option(
    "--csv", "table", type=click.Path(path_type=Path, dir_okay=False), help="The same as a table, a CSV file."
)
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
    table: Path | None,
    only: tuple[str, ...],
    limit: int | None,
    skip_bad: bool,
    paper: str | None,
    as_json: bool,
    **wishes: Any,
) -> int:
    """List a batch on paper: card, envelope, first words, and what to add by hand.

    In mailing order, with the mark that card and envelope have in common. Ask for the same customers as for the cards.

    \b
    Examples:
      notegen slip customers.yaml -t same-day-thanks -o slip.pdf
      notegen slip facts/ -t anniversary -o slip.pdf --csv slip.csv --sign-yourself
    """
    from notegen.layout import slip
    from notegen.layout.lines import paper_of

    options.fit_target(target, ".pdf")
    if table is not None:
        options.fit_target(table, ".csv")
    order = options.opened(facts, template, only, wishes, limit)
    drawing, batch = options.prepared(order)
    rows = pipeline.slip_rows(batch, drawing)
    found = (*order.loaded, *batch.diagnostics, *pipeline.agree(rows, [card.key for card in batch.cards]))
    found += pipeline.unprintable(rows)
    stop = not rows or (output.status_of(found) == output.FOUND and not skip_bad)
    if not stop:
        locale = pipeline.locale_of(order.template, order.shop, order.wishes)
        title = f"Packing slip: {order.template.name}"
        pages = slip.pages(rows, title, paper or paper_of(locale))
        with together():
            pipeline.print_pages(pages, target, title=title, locale=locale)
            if table is not None:
                write_bytes(table, slip.as_csv(rows).encode("utf-8-sig"))
    if as_json:
        told = {"file": None if stop else str(target), "rows": [slip.as_data(row) for row in rows]}
        output.as_json({**told, "findings": output.findings_as_data(found)})
    else:
        output.findings(found, err=True)
        click.echo(_summary(rows, stop, [target, *([table] if table else [])]), err=stop)
    return output.FOUND if stop else output.FINE


def _summary(rows: tuple[object, ...], stop: bool, files: list[Path]) -> str:
    if stop:
        return f"no slip was written{' (--skip-bad lists those whose note is good)' if rows else ''}"
    return f"{output.counted(len(rows), 'row')}: {', '.join(map(str, files))}"

"""`notegen batch`: a PDF with a card for every customer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from notegen import pipeline
from notegen.cli import options, output
from notegen.cli.hand_pens import looks_as_data
from notegen.model.diagnostic import Diagnostic


@click.command("batch")
@options.facts_argument
@options.template_option
@click.option(
    "-o", "--output", "target", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write."
)
@options.only_option
@click.option("--limit", type=click.IntRange(1), help="Only the first so many customers.")
@click.option("--skip-bad", is_flag=True, help="Leave out those whose note has an error, and print the others.")
@options.json_option
@options.drawing_options
def command(
    facts: tuple[Path, ...],
    template: str,
    target: Path,
    only: tuple[str, ...],
    limit: int | None,
    skip_bad: bool,
    as_json: bool,
    **wishes: Any,
) -> int:
    """Make a print-ready PDF with a card for every customer.

    Every note is written, judged and laid out before the first page is made. If any has an error, no PDF is
    written, unless --skip-bad says to leave those customers out.

    \b
    Examples:
      notegen batch customers.yaml -t same-day-thanks -o cards.pdf
      notegen batch facts/ -t anniversary -o cards.pdf --stock iso-a6 --skip-bad
    """
    options.fit_target(target, ".pdf")
    order = options.opened(facts, template, only, wishes, limit)
    drawing = pipeline.drawing(order.shop, order.wishes)
    with output.progress("Writing", len(order.people)) as step:
        batch = pipeline.prepare(order.people, order.loaded, order.template, drawing, step, order.homes)
    found = order.loaded + batch.diagnostics
    stop = output.status_of(found) == output.FOUND and not skip_bad
    pages = 0
    if batch.cards and not stop:
        language = pipeline.locale_of(order.template, order.shop, order.wishes).replace("_", "-")
        title = f"{order.template.name}: {output.counted(len(batch.cards), 'card')}"
        with output.progress("Printing", len(batch.cards)) as step:
            pages = pipeline.press(batch.cards, target, title=title, language=language, progress=step).pages
    if as_json:
        output.as_json(_as_dict(batch, found, target if pages else None, pages))
    else:
        output.findings(found, err=True)
        _summary(batch, found, target if pages else None, pages)
    return output.FINE if pages and (skip_bad or not stop) else output.FOUND


def _summary(batch: pipeline.Batch, found: Sequence[Diagnostic], written: Path | None, pages: int) -> None:
    for left in batch.left_out:
        who = left.name if left.name == left.key else f"{left.name} ({left.key})"
        click.echo(f"left out: {who}: {'; '.join(left.reasons) or 'see above'}", err=True)
    if written is None:
        good = f"; {output.counted(len(batch.cards), 'card')} would be good (--skip-bad prints those)"
        click.echo(f"no PDF was written: {output.tally(found)}{good if batch.cards else ''}", err=True)
        return
    cards, sheets = output.counted(len(batch.cards), "card"), output.counted(pages, "page")
    left_out = f", {len(batch.left_out):,} left out" if batch.left_out else ""
    click.echo(f"{cards}, {sheets}{left_out}: {written} ({written.stat().st_size / 1000:,.0f} kB)")


def _as_dict(batch: pipeline.Batch, found: Sequence[Diagnostic], written: Path | None, pages: int) -> dict[str, object]:
    return {
        "file": str(written) if written else None,
        "cards": [card.key for card in batch.cards] if written else [],
        "pages": pages,
        "hands": looks_as_data(batch.cards) if written else [],
        "left_out": [{"key": one.key, "name": one.name, "reasons": list(one.reasons)} for one in batch.left_out],
        "findings": output.findings_as_data(found),
    }

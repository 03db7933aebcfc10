"""`notegen batch`: a PDF with a card for every customer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from notegen import pipeline
from notegen.cli import options, output, printing
from notegen.cli.hand_pens import looks_as_data
from notegen.model.diagnostic import Diagnostic
from notegen.model.slip import Row


@click.command("batch")
@options.facts_argument
@options.template_option
@click.option(
    "-o", "--output", "target", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write."
)
@options.only_option
@click.option("--limit", type=click.IntRange(1), help="Only the first so many customers.")
@click.option("--skip-bad", is_flag=True, help="Leave out those whose note has an error, and print the others.")
@click.option("--slip", type=click.Path(path_type=Path, dir_okay=False), help="Also write the packing slip, a PDF.")
@printing.printing_options
@options.json_option
@options.drawing_options
def command(
    facts: tuple[Path, ...],
    template: str,
    target: Path,
    only: tuple[str, ...],
    limit: int | None,
    skip_bad: bool,
    slip: Path | None,
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
      notegen batch facts/ -t anniversary -o press.pdf --for press --condition fogra39
      notegen batch facts/ -t anniversary -o sheets.pdf --sheet letter --order stack --slip slip.pdf
    """
    options.fit_target(target, ".pdf")
    if slip is not None:
        options.fit_target(slip, ".pdf")
    asked = printing.asked(wishes)
    order = options.opened(facts, template, only, wishes, limit)
    how = pipeline.printing_for(order.shop, asked)
    drawing = pipeline.drawing(order.shop, order.wishes)
    with output.progress("Writing", len(order.people)) as step:
        batch = pipeline.prepare(order.people, order.loaded, order.template, drawing, step, order.homes)
    wear = pipeline.dresses(batch.cards, how)
    rows = pipeline.slip_rows(batch, drawing) if slip is not None else ()
    found = order.loaded + batch.diagnostics + wear.diagnostics + pipeline.unprintable(rows)
    stop = output.status_of(found) == output.FOUND and not (skip_bad and wear.value is not None)
    printed = None
    if batch.cards and not stop and wear.value is not None:
        language = pipeline.locale_of(order.template, order.shop, order.wishes).replace("_", "-")
        title = f"{order.template.name}: {output.counted(len(batch.cards), 'card')}"
        with output.progress("Printing", len(batch.cards)) as step:
            printed = pipeline.print_cards(
                batch.cards, wear.value, how, target, title=title, language=language, seed=drawing.seed, progress=step
            )
        if slip is not None:
            _write_slip(rows, slip, order)
    if as_json:
        output.as_json(_as_dict(batch, found, target, printed))
    else:
        output.findings(found, err=True)
        _summary(batch, found, target, printed)
    return output.FINE if printed is not None and (skip_bad or not stop) else output.FOUND


def _write_slip(rows: Sequence[Row], slip: Path, order: options.Order) -> None:
    from notegen.layout.lines import paper_of
    from notegen.layout.slip import pages

    locale = pipeline.locale_of(order.template, order.shop, order.wishes)
    title = f"Packing slip: {order.template.name}"
    pipeline.print_pages(pages(rows, title, paper_of(locale)), slip, title=title, locale=locale)


def _summary(
    batch: pipeline.Batch, found: Sequence[Diagnostic], target: Path, printed: pipeline.Printed | None
) -> None:
    for left in batch.left_out:
        who = left.name if left.name == left.key else f"{left.name} ({left.key})"
        click.echo(f"left out: {who}: {'; '.join(left.reasons) or 'see above'}", err=True)
    if printed is None:
        good = f"; {output.counted(len(batch.cards), 'card')} would be good (--skip-bad prints those)"
        click.echo(f"no PDF was written: {output.tally(found)}{good if batch.cards else ''}", err=True)
        return
    cards, sheets = output.counted(len(batch.cards), "card"), output.counted(printed.pressed.pages, "page")
    left_out = f", {len(batch.left_out):,} left out" if batch.left_out else ""
    printing.say(printed)
    click.echo(f"{cards}, {sheets}{left_out}: {target} ({printed.pressed.bytes / 1000:,.0f} kB)")


def _as_dict(
    batch: pipeline.Batch, found: Sequence[Diagnostic], target: Path, printed: pipeline.Printed | None
) -> dict[str, object]:
    return {
        "file": str(target) if printed else None,
        "cards": [card.key for card in batch.cards] if printed else [],
        "pages": printed.pressed.pages if printed else 0,
        "hands": looks_as_data(batch.cards) if printed else [],
        "left_out": [{"key": one.key, "name": one.name, "reasons": list(one.reasons)} for one in batch.left_out],
        "findings": output.findings_as_data(found),
        **printing.as_data(printed),
    }

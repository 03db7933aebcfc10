"""`notegen batch`: a PDF with a card for every customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notegen import pipeline
from notegen.cli import options, output, printing
from notegen.cli.hand_pens import looks_as_data
from notegen.errors import NotegenError
from notegen.files import together
from notegen.model.diagnostic import Checked, Diagnostic

if TYPE_CHECKING:
    from notegen.model.dress import Dress
    from notegen.model.slip import Row
    from notegen.model.stock import Stock
    from notegen.pipeline.mailing import Mailing

_PDF = click.Path(path_type=Path, dir_okay=False)


@click.command("batch")
@options.facts_argument
@options.template_option
@options.target_option
@options.only_option
@click.option("--limit", type=click.IntRange(1), help="Only the first so many customers.")
@click.option("--skip-bad", is_flag=True, help="Leave out those whose note has an error, and print the others.")
@click.option("--envelopes", type=_PDF, help="Also write the envelopes of these cards, a PDF.")
@click.option("--addressed", is_flag=True, help="Print the address on the other side of postcards.")
@click.option("--slip", type=_PDF, help="Also write the packing slip, a PDF.")
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
    envelopes: Path | None,
    addressed: bool,
    slip: Path | None,
    as_json: bool,
    **wishes: Any,
) -> int:
    """Make a print-ready PDF with a card for every customer.

    Every note is written, judged and laid out before the first page is made. If any has an error, no PDF is
    written, unless --skip-bad says to leave those customers out. A file for the press that has an error by our own
    preflight is never left behind.

    \b
    Examples:
      notegen batch customers.yaml -t same-day-thanks -o cards.pdf
      notegen batch facts/ -t anniversary -o cards.pdf --stock iso-a6 --skip-bad
      notegen batch facts/ -t anniversary -o press.pdf --for press --condition fogra39
      notegen batch facts/ -t anniversary -o sheets.pdf --sheet letter-4up --order stack
      notegen batch facts/ -t anniversary -o cards.pdf --matching --envelopes envelopes.pdf --slip slip.pdf
    """
    files = _Files(target, envelopes, slip, addressed)
    files.check()
    asked = printing.asked(wishes)
    order = options.opened(facts, template, only, wishes, limit)
    work = _made(order, pipeline.printing_for(order.shop, asked), files)
    stop = output.status_of(work.found) == output.FOUND and not (skip_bad and work.wear.value is not None)
    printed = None
    report = None
    if work.batch.cards and work.wear.value is not None and not stop:
        try:
            with together():
                printed = _print(work, work.wear.value, order, files)
            report = printed.report
        except pipeline.Unfit as unfit:
            printed, report = None, unfit.report
    if as_json:
        output.as_json({**_as_dict(work.batch, work.found, target, printed), **printing.as_data(printed, report)})
    else:
        output.findings(work.found, err=True)
        printing.say(printed, report)
        refused = report is not None and printed is None
        _summary(work, target, printed, refused=refused)
    return output.FINE if printed is not None else output.FOUND


@dataclass(frozen=True, slots=True)
class _Files:
    """What is to be written: the cards, perhaps with their addresses, and perhaps their envelopes and the slip."""

    cards: Path
    envelopes: Path | None
    slip: Path | None
    addressed: bool

    def check(self) -> None:
        """Refuse names that are no PDF's, one name for two files, and addresses in two places."""
        if self.addressed and self.envelopes is not None:
            raise NotegenError("a postcard goes without an envelope", hint="leave out --addressed or --envelopes")
        named = [one for one in (self.cards, self.envelopes, self.slip) if one is not None]
        for one in named:
            options.fit_target(one, ".pdf")
        places = [one.resolve() for one in named]
        for one, place in zip(named, places, strict=True):
            if places.count(place) > 1:
                raise NotegenError(f"two files are to be called {one}", hint="give each a name of its own")


@dataclass(frozen=True, slots=True)
class _Work:
    """A batch that is ready to be printed, with all that was found on the way."""

    batch: pipeline.Batch
    how: pipeline.Printing
    wear: Checked[Mapping[str, Dress]]
    codes: dict[str, str]
    mailing: Mailing | None
    envelope: Stock | None
    rows: tuple[Row, ...]
    found: tuple[Diagnostic, ...]


def _made(order: options.Order, how: pipeline.Printing, files: _Files) -> _Work:
    """Write everybody's note, dress the cards, and address the envelopes; nothing is printed."""
    drawing = pipeline.drawing(order.shop, order.wishes)
    with output.progress("Writing", len(order.people)) as step:
        batch = pipeline.prepare(order.people, order.loaded, order.template, drawing, step, order.homes)
    found = order.loaded + batch.diagnostics
    codes = pipeline.codes_of(batch, drawing.seed) if how.matching else {}
    mailing, envelope = None, None
    if (files.envelopes is not None or files.addressed) and batch.cards:
        to = (batch, order.people, order.shop, drawing.stocks, codes, order.homes)
        sent = pipeline.enveloped(*to, bare=files.addressed)
        batch, mailing, envelope = sent.batch, sent.mailing, sent.stock
        found += tuple(one for one in mailing.diagnostics if one not in found)
    wear = pipeline.dresses(batch.cards, how)
    if files.addressed:
        pipeline.refuse_pictures(wear.value or {}, batch.cards)
    rows = pipeline.slip_rows(batch, drawing) if files.slip is not None or mailing is not None else ()
    keys = [piece.key for piece in mailing.pieces] if mailing is not None and not files.addressed else None
    if rows:
        found += pipeline.unprintable(rows) + pipeline.agree(rows, [card.key for card in batch.cards], keys)
    return _Work(batch, how, wear, codes, mailing, envelope, rows, found + wear.diagnostics)


def _print(work: _Work, wear: Mapping[str, Dress], order: options.Order, files: _Files) -> pipeline.Printed:
    locale = pipeline.locale_of(order.template, order.shop, order.wishes)
    language = locale.replace("_", "-")
    cards = work.batch.cards
    title = f"{order.template.name}: {output.counted(len(cards), 'card')}"
    sides = {piece.key: piece.front for piece in work.mailing.pieces} if files.addressed and work.mailing else None
    with output.progress("Printing", len(cards)) as step:
        printed = pipeline.print_cards(
            cards, wear, work.how, files.cards, title=title, language=language, codes=work.codes, addressed=sides,
            progress=step,
        )  # fmt: skip
    if files.envelopes is not None and work.mailing is not None:
        from notegen.pipeline.mailsheets import press_envelopes

        name = f"{order.template.name}: {output.counted(len(work.mailing.pieces), 'envelope')}"
        press_envelopes(work.mailing.pieces, files.envelopes, work.how, work.envelope, name)
    if files.slip is not None:
        from notegen.layout.lines import paper_of
        from notegen.layout.slip import pages

        name = f"Packing slip: {order.template.name}"
        pipeline.print_pages(pages(work.rows, name, paper_of(locale)), files.slip, title=name, locale=locale)
    return printed


def _summary(work: _Work, target: Path, printed: pipeline.Printed | None, *, refused: bool) -> None:
    batch = work.batch
    for left in batch.left_out:
        who = left.name if left.name == left.key else f"{left.name} ({left.key})"
        click.echo(f"left out: {who}: {'; '.join(left.reasons) or 'see above'}", err=True)
    if refused:
        click.echo("no PDF was written: it would not be fit for the press", err=True)
        return
    if printed is None:
        good = f"; {output.counted(len(batch.cards), 'card')} would be good (--skip-bad prints those)"
        can_skip = batch.cards and work.wear.value is not None
        click.echo(f"no PDF was written: {output.tally(work.found)}{good if can_skip else ''}", err=True)
        return
    cards, sheets = output.counted(len(batch.cards), "card"), output.counted(printed.pressed.pages, "page")
    left_out = f", {len(batch.left_out):,} left out" if batch.left_out else ""
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
    }

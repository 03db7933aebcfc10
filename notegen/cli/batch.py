"""`notegen batch`: a PDF with a card for every customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notegen import pipeline
from notegen.cli import options, output, posting, printing
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
@options.limit_option
@click.option("--skip-bad", is_flag=True, help="Leave out those whose note has an error, and print the others.")
@click.option("--envelopes", type=_PDF, help="Also write the envelopes of these cards, a PDF.")
@click.option("--addressed", is_flag=True, help="Print the address on the other side of postcards.")
@click.option("--frames", is_flag=True, help="JP, on plain paper: also 郵便はがき and the frames of the postcode.")
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
    frames: bool,
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
    files = _Files(target, envelopes, slip, addressed, frames)
    asked = printing.asked(wishes)
    files.check(matching=bool(asked.matching))
    order = options.opened(facts, template, only, wishes, limit)
    work = _made(order, _how(order, asked), files)
    stop = output.status_of(work.found) == output.FOUND and not (skip_bad and work.agreed)
    printed, reports = None, []
    if work.batch.cards and work.wear.value is not None and not stop:
        try:
            with together():
                done = _print(work, work.wear.value, order, files)
            printed, reports = done[0], [one.report for one in done if one.report is not None]
        except pipeline.Unfit as unfit:
            reports = [unfit.report]
    if as_json:
        output.as_json({**_as_dict(work.batch, work.found, files, printed), **printing.as_data(printed, reports)})
    else:
        output.findings(work.found, err=True)
        printing.say(printed, reports, written=printed is not None)
        refused = bool(reports) and printed is None
        _summary(work, target, printed, refused=refused)
    return output.FINE if printed is not None else output.FOUND


@dataclass(frozen=True, slots=True)
class _Files:
    """What is to be written: the cards, perhaps with their addresses, and perhaps their envelopes and the slip."""

    cards: Path
    envelopes: Path | None
    slip: Path | None
    addressed: bool
    frames: bool

    def check(self, *, matching: bool) -> None:
        """Refuse names that are no PDF's, one name for two files, addresses in two places, and marks for one thing."""
        if self.frames and not self.addressed:
            raise NotegenError("frames are of a postcard's address, and none is printed", hint="add --addressed")
        if self.addressed and matching:
            raise NotegenError("a postcard goes without an envelope that it could match", hint="leave out --matching")
        if self.addressed and self.envelopes is not None:
            raise NotegenError("a postcard goes without an envelope", hint="leave out --addressed or --envelopes")
        named = [one for one in (self.cards, self.envelopes, self.slip) if one is not None]
        for one in named:
            options.fit_target(one, ".pdf")
        if len({one.resolve() for one in named}) < len(named):
            raise NotegenError("two of the files have one name", hint="give -o, --envelopes and --slip a name each")


@dataclass(frozen=True, slots=True)
class _Work:
    """A batch that is ready to be printed, with all that was found on the way.

    `agreed` says whether cards, envelopes and slip are of the same people; nothing is printed when they are not.
    """

    batch: pipeline.Batch
    how: pipeline.Printing
    wear: Checked[Mapping[str, Dress]]
    codes: dict[str, str]
    mailing: Mailing | None
    envelope: Stock | None
    rows: tuple[Row, ...]
    agreed: bool
    found: tuple[Diagnostic, ...]


def _how(order: options.Order, asked: pipeline.PrintingAsked) -> pipeline.Printing:
    how = pipeline.printing_for(order.shop, asked)
    pipeline.check_screens(how, order.wishes.tints)
    return how


def _made(order: options.Order, how: pipeline.Printing, files: _Files) -> _Work:
    """Write everybody's note, dress the cards, and address the envelopes; nothing is printed."""
    drawing, batch = options.prepared(order)
    found = order.loaded + batch.diagnostics
    codes = pipeline.codes_of(batch, drawing.seed) if how.matching and not files.addressed else {}
    mailing, envelope = None, None
    if (files.envelopes is not None or files.addressed) and batch.cards:
        to = (batch, order.people, order.shop, drawing.stocks, codes, order.homes)
        sent = pipeline.enveloped(*to, bare=files.addressed, frames=files.frames)
        batch, mailing, envelope = sent.batch, sent.mailing, sent.stock
        found = tuple(dict.fromkeys((*found, *mailing.diagnostics)))
    wear = pipeline.dresses(batch.cards, how)
    if files.addressed:
        pipeline.refuse_pictures(wear.value or {}, batch.cards)
    rows = pipeline.slip_rows(batch, drawing) if files.slip is not None or mailing is not None else ()
    keys = [piece.key for piece in mailing.pieces] if mailing is not None and not files.addressed else None
    odds = pipeline.agree(rows, [card.key for card in batch.cards], keys) if rows else ()
    found += (*pipeline.unprintable(rows), *odds, *wear.diagnostics)
    return _Work(batch, how, wear, codes, mailing, envelope, rows, not odds, found)


def _print(work: _Work, wear: Mapping[str, Dress], order: options.Order, files: _Files) -> list[pipeline.Printed]:
    """Write the cards, and their envelopes and slip. Raises pipeline.Unfit."""
    from notegen.pipeline.mailsheets import press_envelopes

    locale = pipeline.locale_of(order.template, order.shop, order.wishes)
    cards = work.batch.cards
    title = f"{order.template.name}: {output.counted(len(cards), 'card')}"
    sides = {piece.key: piece.front for piece in work.mailing.pieces} if files.addressed and work.mailing else None
    with output.progress("Printing", len(cards)) as step:
        done = [
            pipeline.print_cards(
                cards, wear, work.how, files.cards, title=title, language=locale, codes=work.codes, addressed=sides,
                progress=step,
            )
        ]  # fmt: skip
    if files.envelopes is not None and work.mailing is not None:
        name = f"{order.template.name}: {output.counted(len(work.mailing.pieces), 'envelope')}"
        done.append(press_envelopes(work.mailing.pieces, files.envelopes, work.how, work.envelope, name))
    if files.slip is not None:
        _print_slip(work.rows, files.slip, order.template.name, locale)
    return done


def _print_slip(rows: Sequence[Row], target: Path, template: str, locale: str) -> None:
    from notegen.layout.lines import paper_of
    from notegen.layout.slip import pages

    name = f"Packing slip: {template}"
    pipeline.print_pages(pages(rows, name, paper_of(locale)), target, title=name, locale=locale)


def _summary(work: _Work, target: Path, printed: pipeline.Printed | None, *, refused: bool) -> None:
    batch = work.batch
    posting.say_left_out(batch.left_out)
    if refused:
        click.echo("no PDF was written: it would not be fit for the press", err=True)
        return
    if printed is None:
        could = batch.cards and work.agreed and work.wear.value is not None
        good = f"; {output.counted(len(batch.cards), 'card')} would be good (--skip-bad prints those)"
        click.echo(f"no PDF was written: {output.tally(work.found)}{good if could else ''}", err=True)
        return
    cards, sheets = output.counted(len(batch.cards), "card"), output.counted(printed.pressed.pages, "page")
    left_out = f", {len(batch.left_out):,} left out" if batch.left_out else ""
    click.echo(f"{cards}, {sheets}{left_out}: {target} ({printed.pressed.bytes / 1000:,.0f} kB)")


def _as_dict(
    batch: pipeline.Batch, found: Sequence[Diagnostic], files: _Files, printed: pipeline.Printed | None
) -> dict[str, object]:
    return {
        "file": str(files.cards) if printed else None,
        "envelopes": str(files.envelopes) if printed and files.envelopes else None,
        "slip": str(files.slip) if printed and files.slip else None,
        "cards": [card.key for card in batch.cards] if printed else [],
        "pages": printed.pressed.pages if printed else 0,
        "hands": looks_as_data(batch.cards) if printed else [],
        "left_out": [asdict(one) for one in batch.left_out],
        "findings": output.findings_as_data(found),
    }

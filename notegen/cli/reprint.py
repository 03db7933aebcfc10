"""`notegen reprint`: print cards once more, and remember why."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from notegen import pipeline
from notegen.cli import options, output, printing, remembering
from notegen.cli.output import Findings
from notegen.errors import NotegenError

if TYPE_CHECKING:
    from notegen.batch.reprinting import Copies
    from notegen.ledger import Ledger
    from notegen.model.dress import Dress
    from notegen.model.ledger import Entry, Run
    from notegen.pipeline.printing import Printing
    from notegen.settings import Settings


@click.command("reprint")
@click.argument("customers", nargs=-1, metavar="[CUSTOMER]...")
@remembering.run_option
@click.option("--page", "pages", type=click.IntRange(1), multiple=True, metavar="N", help="Only this page; repeatable.")
@remembering.occasion_option
@click.option("-t", "--template", metavar="NAME", help="Only cards of this template.")
@click.option("--reason", default="", metavar="TEXT", help="Why: a paper jam, a spill. It is kept.")
@options.target_option
@click.option("-y", "--yes", is_flag=True, help="Print, without asking.")
@click.option(
    "--even-so", is_flag=True, help="Print also what is drawn otherwise than it was, such as by a newer font."
)
@printing.printing_options
@options.today_option
@remembering.ledger_options
@options.json_option
def command(**said: Any) -> int:
    """Print cards once more, the same to the last stroke, after a jam or a spill.

    Name customers (a key or a name), or a run, and say why. The words, the hand, the stock and the seed are the
    ledger's own: facts and templates that changed since have no say. A card that would be drawn otherwise, because the
    hand's font or notegen itself is another one, is refused (--even-so prints it). Paper, pictures and sheets are as
    the run was asked for; options given here win. A card that was mailed is a printed card again, and has to be mailed
    again.

    \b
    Examples:
      notegen reprint "Ana Reyes" --reason "coffee was spilled" -o again.pdf --yes
      notegen reprint --run 2026-11-28-1 --page 7 --page 8 --reason "paper jam" -o jam.pdf --yes
    """
    from notegen import ledger
    from notegen.ledger import Wanted

    if not said["customers"] and said["run"] is None:
        raise NotegenError("nobody is named", hint="name customers, or a run with --run")
    if not said["reason"].strip():
        raise NotegenError("a card is printed again for a reason", hint="say which: --reason 'paper jam'")
    if said["pages"] and said["run"] is None:
        raise NotegenError("a page is of a run's file", hint="name the run with --run")
    options.fit_target(said["target"], ".pdf")
    several = [Wanted(one, said["run"], occasion=said["occasion"]) for one in said["customers"] or (None,)]
    path = remembering.ledger_at(said["folder"], said["file"])
    asks = sys.stdin.isatty() and sys.stderr.isatty() and not said["as_json"]
    prints = said["yes"] or asks
    opened = ledger.open_ledger(path, create=False) if prints else ledger.read_ledger(path)
    with opened as book:
        for wanted in several:
            remembering.known(book, wanted)
        return _Reprint(book, said, asks=asks).go(several)


class _Reprint:
    """One use of the command, with its ledger open."""

    def __init__(self, book: Ledger, said: dict[str, Any], *, asks: bool) -> None:
        self.book, self.said, self.asks = book, said, asks

    def go(self, several: list[Any]) -> int:
        """Draw the cards that are meant, show them, and print them when that is agreed; return the exit status."""
        from notegen.batch import reprinting
        from notegen.ledger import run_named

        said = self.said
        those = reprinting.chosen(self.book, several, said["template"], said["pages"])
        run = run_named(self.book, those[0].run)
        shop = options.open_shop(self.book.path.resolve().parent)
        as_then = _as_then(run)
        how = pipeline.printing_for(shop, self._asked(as_then))
        made = reprinting.copies(those, shop, _wishes(as_then), how)
        if made.changed and not said["even_so"]:
            raise _otherwise(made)
        wear = pipeline.dresses(made.cards, how)
        if wear.value is None:
            raise Findings(wear.diagnostics)
        codes = self._codes(run, how, shop)
        bare = bool(as_then["addressed"])
        if not said["yes"]:
            if not self.asks:
                return self._would(made, bare=bare)
            self._show(made, bare=bare)
            if not click.confirm(f"Print {self._counted(made)} again to {said['target']}?", err=True):
                click.echo("Nothing was printed.", err=True)
                return output.FINE
        return self._print(made, wear.value, how, codes, bare=bare)

    def _asked(self, as_then: Mapping[str, Any]) -> pipeline.PrintingAsked:
        """Return how the run was printed, but for what is said now."""
        context = click.get_current_context()
        words = dict(as_then)
        for name in printing.NAMES:
            if context.get_parameter_source(name) is not ParameterSource.DEFAULT:
                words[name] = self.said[name]
        # The blank slots of a sheet that was begun then are of then.
        words["skip"], words["today"] = self.said["skip"], self.said["today"]
        return printing.asked(words)

    def _codes(self, run: Run, how: Printing, shop: Settings) -> Mapping[str, str]:
        from notegen.batch.reprinting import marks_of

        if not how.matching:
            return {}
        return marks_of(self.book, run.name, _record((shop.root or self.book.path.parent) / "runs" / run.name))

    def _print(
        self, made: Copies, wear: Mapping[str, Dress], how: Printing, codes: Mapping[str, str], *, bare: bool
    ) -> int:
        from notegen.batch import reprinting
        from notegen.ledger import file_at

        target = self.said["target"]
        other = file_at(self.book, target) if target.exists() else None
        if other is not None:
            raise NotegenError(f"{target} has cards of run {other.name}", hint="name another file")
        told = reprinting.Telling(self.book, remembering.now(), remembering.by(), self.said["reason"])
        try:
            printed = reprinting.carry_out(made, wear, how, target, codes, told)
        except pipeline.Unfit as unfit:
            printing.say(None, [unfit.report], written=False)
            click.echo("no PDF was written: it would not be fit for the press", err=True)
            return output.FOUND
        reports = [printed.report] if printed.report is not None else []
        if self.said["as_json"]:
            file = {"file": str(target), "pages": printed.pressed.pages}
            output.as_json({**self._data(made), "dry_run": False, **file, **printing.as_data(printed, reports)})
            return output.FINE
        printing.say(printed, reports, written=True)
        self._without(bare=bare)
        pages = output.counted(printed.pressed.pages, "page")
        click.echo(f"{self._counted(made)} printed again, {pages}: {target} ({printed.pressed.bytes / 1000:,.0f} kB)")
        return output.FINE

    def _would(self, made: Copies, *, bare: bool) -> int:
        if self.said["as_json"]:
            output.as_json({**self._data(made), "dry_run": True, "file": None, "pages": 0})
            return output.FINE
        self._show(made, bare=bare)
        click.echo("Nothing has been printed: add --yes to print.")
        return output.FINE

    def _show(self, made: Copies, *, bare: bool) -> None:
        rows = [_row(number, one) for number, one in enumerate(made.entries[:20], 1)]
        output.table(rows, ("", "customer", "card", "state", "was on"))
        if len(made.entries) > len(rows):
            click.echo(f"... and {len(made.entries) - len(rows):,} more (--json has them all)")
        click.echo(f"\nThe first card, to {remembering.called(made.entries[0])}:\n")
        for line in made.entries[0].note.text.splitlines():
            click.echo(f"    {line}".rstrip())
        click.echo()
        if made.changed:
            click.echo(f"{output.counted(len(made.changed), 'card')} would be drawn otherwise than before.", err=True)
        self._without(bare=bare)

    def _without(self, *, bare: bool) -> None:
        if bare:
            click.echo("Addresses are not printed again: the ledger keeps none.", err=True)

    def _counted(self, made: Copies) -> str:
        return output.counted(len(made.entries), "card")

    def _data(self, made: Copies) -> dict[str, object]:
        changed = {one.id for one in made.changed}
        cards = [
            {"note": one.id, "customer": one.note.customer, "name": one.note.name, "state": one.state,
             "page": one.page, "same": one.id not in changed}
            for one in made.entries
        ]  # fmt: skip
        return {"run": made.entries[0].run, "reason": self.said["reason"], "cards": cards}


def _row(number: int, one: Entry) -> tuple[str, ...]:
    what = ", ".join(part for part in (one.note.occasion, one.note.sale, one.note.period) if part)
    return str(number), remembering.called(one), what, str(one.state), remembering.place(one)


def _otherwise(made: Copies) -> NotegenError:
    first, more = made.changed[0], len(made.changed) - 1
    others = f" (and {more:,} more)" if more else ""
    return NotegenError(
        f"{remembering.called(first)}'s card{others} would be drawn otherwise than it was: the font of the hand"
        f" {json.loads(first.note.look.hand)['name']}, the stock, the signature or notegen itself changed since",
        hint="put it back as it was, or print it as it would be now with --even-so",
    )


def _as_then(run: Run) -> dict[str, Any]:
    """Return the values of all options of `notegen batch` that a run was asked for with."""
    from notegen.cli.batch import command as batch

    try:
        with batch.make_context("batch", list(run.command), parent=click.get_current_context()) as begun:
            return dict(begun.params)
    except click.ClickException as error:
        raise NotegenError(
            f"what run {run.name} was asked for is no longer understood: {error.format_message()}",
            hint="this notegen is another one than printed it",
        ) from None


def _wishes(as_then: Mapping[str, Any]) -> pipeline.Wishes:
    return pipeline.Wishes(signature=as_then["signature"], sign=as_then["sign"], tints=as_then["tints"])


def _record(folder: Path) -> dict[str, object] | None:
    try:
        read = json.loads((folder / "job.json").read_text())
    except (OSError, ValueError):
        return None
    return read if isinstance(read, dict) else None

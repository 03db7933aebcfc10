"""What `notegen batch` says: who would get which card, what it costs, who is left out, and what was printed."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notegen.batch.work import Work
from notegen.cli import output, posting, printing, remembering
from notegen.cli.hand_pens import looks_as_data
from notegen.model.ledger import Kind

if TYPE_CHECKING:
    from notegen import pipeline
    from notegen.batch.making import Made, Part
    from notegen.model.ledger import Run
    from notegen.model.person import Person

ROWS = 20
"""Customers that are listed by name; the rest is counted, and --json has everybody."""


@dataclass(slots=True)
class Report:
    """The words about one batch; every public method but `stops` and `show` ends a command with its exit status.

    `home` is the shop's folder. `cost` is what it costs in hundredths, reckoned while the run's packs are there; None
    when that is not known.
    """

    work: Work
    skip_bad: bool
    as_json: bool
    home: Path
    cost: int | None = None

    @property
    def stops(self) -> bool:
        """Whether what was found keeps the batch from being printed."""
        work = self.work
        return work.wear.value is None or not work.agreed or (work.has_errors and not self.skip_bad)

    def nothing_printed(self) -> int:
        """Say why no PDF was written: errors, or nobody to write to."""
        fine = not self.work.has_errors and self.work.agreed and self.work.wear.value is not None
        if self.as_json:
            output.as_json({**self._data(), "dry_run": False})
            return output.FINE if fine else output.FOUND
        self._findings()
        self._lists()
        click.echo(f"no PDF was written: {self._why_not(fine=fine)}", err=True)
        return output.FINE if fine else output.FOUND

    def would(self) -> int:
        """Show what would be printed; nothing was."""
        if self.as_json:
            output.as_json({**self._data(), "dry_run": True, "would_print": list(self.work.deck.keys)})
            return output.FINE
        self.show()
        click.echo("Nothing has been printed: add --yes to print.")
        return output.FINE

    def declined(self) -> int:
        """Say that nothing was printed, as was asked for."""
        click.echo("Nothing was printed.", err=True)
        return output.FINE

    def prepared(self, run: Run) -> int:
        """Say what to do with a run that is prepared."""
        if self.as_json:
            output.as_json({**self._data(), "dry_run": False, "run": run.name, "state": str(run.state)})
            return output.FINE
        self.show()
        click.echo(f"Run {run.name} is prepared; no other run prints its cards. To print it:")
        there = remembering.shop_words(self.home)
        at = f" {shlex.quote(str(self.home))}" if there else ""
        click.echo(f"  notegen approve {run.name}{there} && notegen batch{at} --resume {run.name}")
        return output.FINE

    def unfit(self, unfit: pipeline.Unfit) -> int:
        """Say why a press file was not left behind."""
        if self.as_json:
            output.as_json({**self._data(), "dry_run": False, **printing.as_data(None, [unfit.report])})
            return output.FOUND
        self._findings()
        printing.say(None, [unfit.report], written=False)
        self._lists()
        click.echo("no PDF was written: it would not be fit for the press", err=True)
        return output.FOUND

    def printed(self, run: str | None, done: Sequence[tuple[Part | None, Made]]) -> int:
        """Say what was printed."""
        made = [one for _, one in done]
        reports = [one.printed.report for one in made if one.printed.report is not None]
        if self.as_json:
            output.as_json(self._printed_data(run, done))
            return output.FINE
        self._findings()
        printing.say(made[0].printed, reports, written=True)
        self._lists()
        left = f", {len(self.work.prepared.left_out):,} left out" if self.work.prepared.left_out else ""
        for part, one in done:
            pressed = one.printed.pressed
            things = self._things(part, one)
            pages = output.counted(pressed.pages, "page")
            click.echo(f"{things}, {pages}{left if part else ''}: {one.target} ({pressed.bytes / 1000:,.0f} kB)")
        if self.cost is not None:
            click.echo(f"cost: {output.money(self.cost, self.work.order.job.shop.currency)}")
        if run is not None:
            there = remembering.shop_words(self.home)
            click.echo(f"run {run}; when they are in the post: notegen mark mailed --run {run}{there}")
        return output.FINE

    def _things(self, part: Part | None, made: Made) -> str:
        if part is not None:
            return output.counted(len(part.deck), "card")
        if made.kind is Kind.ENVELOPES and self.work.mailing is not None:
            return output.counted(len(self.work.mailing.pieces), "envelope")
        return "packing slip"

    def show(self) -> None:
        """Show who gets what, the first card, the cost, and who is left out."""
        self._findings()
        rows = [_row(number, one) for number, (_, one) in enumerate(islice(self.work.people(), ROWS), 1)]
        output.table(rows, ("", "customer", "for", "card", "hand"))
        count = len(self.work.deck)
        if count > ROWS:
            click.echo(f"... and {count - ROWS:,} more (--json has them all)")
        self._first()
        self._lists()
        click.echo(self._summary())

    def _first(self) -> None:
        wanted = self.work.deck.order[0]
        first = next(one for number, one in self.work.people() if number == wanted)
        click.echo(f"\nThe first card, to {output.in_line(first.name)}:\n")
        for line in first.text.splitlines():
            click.echo(f"    {line}".rstrip())
        click.echo()

    def _summary(self) -> str:
        order = self.work.order
        what = f"{output.counted(len(self.work.deck), 'card')} of {order.job.template.name}"
        stocks = ", ".join(self.work.deck.stocks)
        if self.cost is None:
            return f"{what} on {stocks}. What they cost is not known: `costs:` in notegen.yaml would say it."
        return f"{what} on {stocks}. Cost: {output.money(self.cost, order.job.shop.currency)}."

    def _findings(self) -> None:
        made = self.work.prepared
        output.findings(made.found, err=True)
        more = made.errors + made.warnings - len(made.found)
        if more > 0:
            click.echo(f"... and {more:,} findings more", err=True)

    def _lists(self) -> None:
        posting.say_left_out(self.work.prepared.left_out[:ROWS])
        if len(self.work.prepared.left_out) > ROWS:
            click.echo(f"  ... and {len(self.work.prepared.left_out) - ROWS:,} more", err=True)
        perhaps = self.work.prepared.perhaps
        for one in perhaps[:ROWS]:
            click.echo(f"perhaps again: {one.name} ({one.key}) may be {one.why}", err=True)
        if perhaps:
            more = f"... and {len(perhaps) - ROWS:,} more; " if len(perhaps) > ROWS else ""
            click.echo(f"  {more}if it is the same card, take them out of the facts before you print", err=True)
        had = self.work.prepared.had
        for one in had[:ROWS]:
            click.echo(output.in_line(f"not again: {one.name} ({one.key}) {one.why}"), err=True)
        if len(had) > ROWS:
            click.echo(f"  ... and {len(had) - ROWS:,} more", err=True)

    def _why_not(self, *, fine: bool) -> str:
        work = self.work
        if fine:
            had = len(work.prepared.had)
            if had:
                everybody = "everybody has" if had > 1 else "the customer has"
                how = "`notegen reprint` prints the same once more, --again REASON another"
                return f"{everybody} this card already ({had:,}); {how}"
            return "there is nobody to write to"
        tally = output.tally(work.prepared.found)
        could = len(work.deck) and work.agreed and work.wear.value is not None
        good = f"; {output.counted(len(work.deck), 'card')} would be good (--skip-bad prints those)"
        return f"{tally}{good if could else ''}"

    def _data(self) -> dict[str, object]:
        made = self.work.prepared
        return {
            "run": None,
            "file": None,
            "files": [],
            "envelopes": None,
            "slip": None,
            "cards": [],
            "pages": 0,
            "hands": [],
            "cost": self.cost,
            "currency": self.work.order.job.shop.currency,
            "left_out": [asdict(one) for one in made.left_out],
            "had": [asdict(one) for one in made.had],
            "perhaps": [asdict(one) for one in made.perhaps],
            "errors": made.errors,
            "warnings": made.warnings,
            "findings": output.findings_as_data(made.found),
        }

    def _printed_data(self, run: str | None, done: Sequence[tuple[Part | None, Made]]) -> dict[str, object]:
        made = [one for _, one in done]
        named = {str(one.kind): str(one.target) for one in made}
        reports = [one.printed.report for one in made if one.printed.report is not None]
        return {
            **self._data(),
            "dry_run": False,
            "run": run,
            "file": str(made[0].target),
            "files": [{"path": str(one.target), "cards": list(part.deck.keys), "pages": one.printed.pressed.pages}
                      for part, one in done if part is not None],
            "envelopes": named.get("envelopes"),
            "slip": named.get("slip"),
            "cards": list(self.work.deck.keys),
            "pages": sum(one.printed.pressed.pages for part, one in done if part is not None),
            "hands": looks_as_data(self.work.deck.hands),
            **printing.as_data(made[0].printed, reports),
        }  # fmt: skip


def _row(number: int, one: Person) -> tuple[str, ...]:
    what = ", ".join(part for part in (one.sale and f"sale of {one.sale}", one.period) if part)
    stock, hand = (thing.name if thing is not None else "" for thing in (one.stock, one.hand))
    return str(number), one.name, what, stock, hand

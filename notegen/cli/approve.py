"""`notegen approve`: say that a prepared run may be printed."""

from __future__ import annotations

from pathlib import Path

import click

from notegen import ledger
from notegen.cli import options, output, remembering
from notegen.model.ledger import RunState


@click.command("approve")
@click.argument("run")
@remembering.ledger_options
@options.json_option
def command(run: str, folder: Path | None, file: Path | None, as_json: bool) -> int:
    """Say that a prepared run may be printed as it is.

    RUN is its name, or `last` for the last that waits for this.

    Who said so, and when, is kept. Facts or a template that change afterwards stop the print.

    \b
    Examples:
      notegen log --runs
      notegen approve 2026-11-28-1
      notegen approve last
    """
    with ledger.open_ledger(remembering.ledger_at(folder, file), create=False) as book:
        name = _last(book) or run if run == "last" else run
        made = ledger.approve(book, name, remembering.now(), remembering.by())
    if as_json:
        output.as_json({"run": made.name, "state": made.state, "at": made.at.isoformat(), "notes": made.notes})
    else:
        click.echo(f"run {made.name} is approved: {output.counted(made.notes, 'card')}")
    return output.FINE


def _last(book: ledger.Ledger) -> str | None:
    """Return the name of the last run that is prepared, or else of the last; None where there is no run."""
    every = ledger.runs(book)
    waiting = [one for one in every if one.state is RunState.PREPARED]
    return next((one.name for one in reversed(waiting or every)), None)

"""`notegen log`: who got what, when, with which words."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from textwrap import indent

import click

from notegen import ledger
from notegen.cli import options, output, remembering
from notegen.errors import NotegenError
from notegen.ledger import Ledger, Wanted
from notegen.model.ledger import Entry, State, Tally

MOST = 100
"""Cards that a table shows unless it is told otherwise."""


@click.command("log")
@click.argument("customer", required=False)
@click.option("--state", type=click.Choice([state.value for state in State]), help="Only cards in this state.")
@remembering.run_option
@click.option("--since", metavar="DATE", callback=remembering.day, help="Only what changed on this day or later.")
@click.option("--until", metavar="DATE", callback=remembering.day, help="Only what changed on this day or before.")
@remembering.occasion_option
@click.option("--limit", type=click.IntRange(1), help=f"The newest so many cards.  [default: {MOST} in a table]")
@click.option("--runs", is_flag=True, help="List the runs instead of the cards.")
@remembering.ledger_options
@options.json_option
def command(
    customer: str | None,
    state: str | None,
    run: str | None,
    since: date | None,
    until: date | None,
    occasion: str | None,
    limit: int | None,
    runs: bool,
    folder: Path | None,
    file: Path | None,
    as_json: bool,
) -> int:
    """Tell who got which card when, in which state it is, and in which file and page.

    For one customer (a key or a name) it gives the exact words of each card and all that happened to it. The newest
    comes last. A table ends with how many cards fit, also those that it does not show, and in which states.

    \b
    Examples:
      notegen log
      notegen log "Ana Reyes"
      notegen log --state printed --since 2026-11-01
      notegen log --run 2026-11-28-1 --json
      notegen log --runs
    """
    remembering.check_days(since, until)
    _one_kind(runs, (customer, state, run, since, until, occasion, limit))
    book = remembering.read(folder, file)
    if book is None:
        output.as_json([]) if as_json else click.echo(remembering.NOTHING)
        return output.FINE
    with closing(book):
        if runs:
            _runs(book, as_json=as_json)
            return output.FINE
        days = remembering.begins(since), remembering.ends(until)
        most = limit or (None if as_json or customer else MOST)
        wanted = Wanted(customer, run, State(state) if state else None, occasion, *days, most)
        remembering.known(book, wanted)
        found = list(ledger.entries(book, wanted))
        _tell(book, found, wanted, as_json=as_json, cut=limit is None)
    return output.FINE


def _one_kind(runs: bool, others: tuple[object, ...]) -> None:
    if runs and any(one is not None for one in others):
        raise NotegenError("--runs lists all runs", hint="leave out --runs or what chooses cards")


def _tell(book: Ledger, found: list[Entry], wanted: Wanted, *, as_json: bool, cut: bool) -> None:
    if as_json:
        whole = wanted.customer is not None
        output.as_json([remembering.as_data(one, ledger.events(book, one.id) if whole else ()) for one in found])
    elif not found:
        click.echo("no card fits")
    elif wanted.customer is not None:
        for number, one in enumerate(found):
            click.echo("" if number else None, nl=bool(number))
            _card(book, one)
    else:
        _table(found)
        states = ledger.counts(book, wanted)
        click.echo(f"{output.counted(sum(states.values()), 'card')}: {_counts(states)}")
        if cut and len(found) == wanted.limit:
            click.echo(f"the newest {MOST}; --limit shows more", err=True)


def _table(found: list[Entry]) -> None:
    rows = [
        (
            remembering.when(one.at),
            one.state.value,
            remembering.called(one),
            one.note.occasion,
            one.run,
            remembering.place(one),
        )
        for one in found
    ]
    output.table(rows, ("when", "state", "customer", "occasion", "run", "where"))


def _card(book: Ledger, entry: Entry) -> None:
    note = entry.note
    about = ", ".join(word for word in (note.occasion, note.sale and f"sale of {note.sale}", note.period) if word)
    click.echo(f"{remembering.called(entry)} ({note.customer}): {about}")
    where = remembering.place(entry)
    again = f", card {note.again + 1} of this kind" if note.again else ""
    cost = f", {output.money(note.cost, note.currency)}" if note.cost else ""
    click.echo(f"run {entry.run}, {entry.state}{again}{f', {where}' if where else ''}{cost}")
    for event in ledger.events(book, entry.id):
        by = f" by {event.by}" if event.by else ""
        there = f" ({event.path}, page {event.page})" if event.path else ""
        click.echo(
            f"  {remembering.when(event.at)}  {event.what}{by}{there}{': ' if event.reason else ''}{event.reason}"
        )
    click.echo(indent(note.text.rstrip("\n"), "    ", lambda _: True))


def _runs(book: Ledger, *, as_json: bool) -> None:
    every = ledger.tallies(book)
    if as_json:
        output.as_json([_run_as_data(book, one) for one in every])
        return
    rows = [
        (
            one.run.name,
            one.run.state.value,
            remembering.when(one.run.made),
            one.run.template,
            _counts(one.states),
            ", ".join(output.money(cost, currency) for currency, cost in one.cost.items()),
            ", ".join(file.path for file in ledger.files_of(book, one.run.name)),
        )
        for one in every
    ]
    output.table(rows, ("run", "state", "made", "template", "cards", "cost", "files"))


def _counts(states: Mapping[State, int]) -> str:
    return ", ".join(f"{states[state]:,} {state}" for state in State if state in states)


def _run_as_data(book: Ledger, tally: Tally) -> dict[str, object]:
    run = tally.run
    return {
        "run": run.name,
        "state": run.state,
        "made": run.made.isoformat(),
        "at": run.at.isoformat(),
        "template": run.template,
        "command": list(run.command),
        "folder": run.folder,
        "target": run.target,
        "notes": run.notes,
        "states": dict(tally.states),
        "cost": dict(tally.cost),
        "files": [
            {
                "kind": one.kind,
                "number": one.number,
                "file": one.path,
                "sha256": one.sha256,
                "bytes": one.bytes,
                "pages": one.pages,
            }
            for one in ledger.files_of(book, run.name)
        ],
    }

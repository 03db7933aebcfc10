"""`notegen mark`: say that cards were mailed, came back, or were answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path

import click

from notegen import ledger
from notegen.cli import options, output, remembering
from notegen.errors import NotegenError
from notegen.ledger import Ledger, Wanted
from notegen.model.ledger import Entry, State

STATES = [state.value for state in (State.MAILED, State.RETURNED, State.ANSWERED, State.WITHDRAWN)]


@click.command("mark")
@click.argument("state", type=click.Choice(STATES))
@click.argument("customers", nargs=-1, metavar="[CUSTOMER]...")
@remembering.run_option
@remembering.occasion_option
@click.option("--on", metavar="DATE", callback=remembering.day, help="The day it happened; today otherwise.")
@click.option("--reason", default="", metavar="TEXT", help="What there is to say, such as why it came back.")
@remembering.ledger_options
@options.json_option
def command(
    state: str,
    customers: tuple[str, ...],
    run: str | None,
    occasion: str | None,
    on: date | None,
    reason: str,
    folder: Path | None,
    file: Path | None,
    as_json: bool,
) -> int:
    """Say that cards were mailed, returned or answered, or are withdrawn.

    Name customers (a key or a name), or a whole run. A card must be printed before it is mailed, and mailed before it
    is returned or answered; when one cannot be marked, none is. A card that is withdrawn counts as never made: the
    next batch makes it anew. What was mailed cannot be withdrawn.

    \b
    Examples:
      notegen mark mailed --run 2026-11-28-1
      notegen mark answered "Ana Reyes" --on 2026-12-03 --reason "rang to say thank you"
      notegen mark withdrawn --run 2026-11-28-2 --reason "the wrong list"
      notegen mark returned bo-lind-2026-11-20 --occasion anniversary --reason "moved away"
    """
    if not customers and run is None:
        raise NotegenError("nobody is named", hint="name customers, or a run with --run")
    wanted, moment = State(state), _moment(on, remembering.now())
    if wanted is State.WITHDRAWN and not reason.strip():
        raise NotegenError("a card is withdrawn for a reason", hint="say which: --reason 'the wrong list'")
    with ledger.open_ledger(remembering.ledger_at(folder, file), create=False) as book:
        if wanted is State.WITHDRAWN and run is not None and not customers and occasion is None:
            return _withdraw(book, run, moment, reason, as_json=as_json)
        cards = _cards(book, [Wanted(one, run, occasion=occasion) for one in customers or (None,)], wanted)
        marked = ledger.mark(book, (one.id for one in cards), wanted, moment, remembering.by(), reason)
    if as_json:
        names = [
            {"note": one.id, "customer": one.note.customer, "name": one.note.name, "run": one.run} for one in cards
        ]
        output.as_json({"state": state, "marked": marked.done, "already": marked.already, "cards": names})
        return output.FINE
    already = f"; {output.counted(marked.already, 'was', 'were')} already" if marked.already else ""
    click.echo(f"{output.counted(marked.done, 'card')} marked as {state}{already}")
    return output.FINE


def _withdraw(book: Ledger, run: str, moment: datetime, reason: str, *, as_json: bool) -> int:
    from notegen.batch import folder

    made = ledger.withdraw(book, run, moment, reason)
    folder.drop(book.path.resolve().parent, run)
    if as_json:
        output.as_json({"state": made.state, "run": made.name, "notes": made.notes})
    else:
        click.echo(f"run {made.name} is withdrawn: {output.counted(made.notes, 'card')}")
    return output.FINE


def _moment(on: date | None, now: datetime) -> datetime:
    """Return when it happened: noon of a day that was named, since its hour was not."""
    if on is None or on == now.date():
        return now
    if on > now.date():
        raise NotegenError(f"{on} is not yet", hint="give a day that has been")
    return datetime.combine(on, time(12)).astimezone()


def _cards(book: Ledger, all_wanted: Iterable[Wanted], state: State) -> list[Entry]:
    """Return the cards that are meant: all of a run, or the one of each customer that can come into the state."""
    found: list[Entry] = []
    for wanted in all_wanted:
        remembering.known(book, wanted)
        cards = [one for one in ledger.entries(book, wanted) if one.state is not State.WITHDRAWN]
        if not cards:
            raise NotegenError("no card fits", hint="`notegen log` shows which there are")
        able = [one for one in cards if state in ledger.NEXT[one.state]]
        if wanted.customer is None:
            found += cards if not able else [one for one in cards if one in able or one.state is state]
            continue
        if len(able) > 1:
            they = ", ".join(f"{one.note.occasion} (run {one.run})" for one in able)
            raise NotegenError(
                f"{able[0].note.name} has {len(able)} cards that could be meant: {they}",
                hint="name one with --occasion or --run",
            )
        found.append(able[0] if able else cards[-1])
    return list({one.id: one for one in found}.values())

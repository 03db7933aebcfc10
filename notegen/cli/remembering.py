"""Where the ledger is, and its cards in tables and JSON, for the commands that look into it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

import click

from notegen import ledger
from notegen.errors import NotegenError, UnknownName, nearest
from notegen.ledger import Ledger, Wanted
from notegen.model.ledger import Entry, Event

F = TypeVar("F", bound=Callable[..., Any])
NOTHING = "nothing has been printed from this folder yet"

run_option = click.option("--run", metavar="NAME", help="Only cards of this run, such as 2026-11-28-1.")
occasion_option = click.option("--occasion", metavar="NAME", help="Only cards for this occasion.")


def ledger_options(command: F) -> F:
    """Add --shop and --ledger."""
    for option in (
        click.option(
            "--ledger", "file", metavar="FILE", type=click.Path(path_type=Path), help="The ledger itself, if elsewhere."
        ),
        click.option(
            "--shop",
            "folder",
            metavar="DIR",
            type=click.Path(path_type=Path, exists=True, file_okay=False),
            help="The shop.  [default: the nearest folder, from here up, with a notegen.yaml or notegen.db]",
        ),
    ):
        command = option(command)
    return command


def ledger_at(folder: Path | None, file: Path | None) -> Path:
    """Return where the ledger of a shop is or would be; `file` is the one that was named, if any.

    Raises NoLedger for a file that was named and is not there.
    """
    if file is not None:
        if not file.exists():
            raise ledger.NoLedger(file)
        return file
    start = folder or Path()
    absolute = start.resolve()
    for above in (absolute, *absolute.parents):
        if (above / "notegen.yaml").is_file() or (above / ledger.FILE).exists():
            return (start if above == absolute else above) / ledger.FILE
        if (above / ".git").exists():
            break
    return start / ledger.FILE


def shop_words(home: Path) -> str:
    """Return " --shop DIR" for a shop whose ledger these commands would not find from here, else ""."""
    if ledger_at(None, None).resolve() == (home / ledger.FILE).resolve():
        return ""
    return f" --shop {shlex.quote(str(home))}"


def now() -> datetime:
    """Return the time of this machine, with its zone, to the second."""
    return datetime.now().astimezone().replace(microsecond=0)


def by() -> str:
    """Return who is at the machine, as it knows them, or "" when it does not."""
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError, ImportError):
        return ""


def day(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    """Read a day such as 2026-11-28."""
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"'{value}' is not a date like 2026-11-28") from None


def begins(one: date | None) -> datetime | None:
    """Return the first moment of a day here."""
    return None if one is None else datetime.combine(one, time()).astimezone()


def ends(one: date | None) -> datetime | None:
    """Return the last second of a day here."""
    return (
        None if one is None else datetime.combine(one + timedelta(days=1), time()).astimezone() - timedelta(seconds=1)
    )


def known(book: Ledger, wanted: Wanted) -> None:
    """Raise UnknownName for a customer or a run of which the ledger has never heard."""
    if wanted.run is not None:
        ledger.run_named(book, wanted.run)
    if wanted.customer is not None and not ledger.knows(book, wanted.customer):
        names = ledger.names(book, wanted.customer)
        if nearest(wanted.customer, names):
            raise UnknownName("customer in the ledger", wanted.customer, names)
        raise NotegenError(f"no card is for a customer '{wanted.customer}'", hint="`notegen log` shows who has one")


def place(entry: Entry) -> str:
    """Return "cards.pdf, page 3", or "" for a card that is on no page."""
    return f"{entry.path}, page {entry.page}" if entry.path and entry.page else ""


def called(entry: Entry) -> str:
    """Return whom a card is for."""
    return entry.note.name or entry.note.customer or "(erased)"


def when(moment: datetime) -> str:
    """Return a moment by this machine's clock, to the minute."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def as_data(entry: Entry, events: tuple[Event, ...] = ()) -> dict[str, object]:
    """Return a card as JSON has it: times in UTC, the cost in hundredths of its currency."""
    note, look = entry.note, entry.note.look
    return {
        "note": entry.id,
        "run": entry.run,
        "state": entry.state,
        "at": entry.at.isoformat(),
        "customer": note.customer,
        "name": note.name,
        "postcode": note.postcode,
        "household": note.household,
        "occasion": note.occasion,
        "sale": note.sale,
        "period": note.period,
        "again": note.again,
        "template": look.template,
        "template_digest": look.template_digest,
        "facts_digest": note.facts_digest,
        "hand": _from_json(look.hand),
        "stock": look.stock,
        "locale": look.locale,
        "seed": note.seed,
        "drawing": note.drawing,
        "cost": note.cost,
        "currency": note.currency,
        "file": entry.path,
        "page": entry.page,
        "text": note.text,
        "parts": _from_json(note.parts),
        "events": [
            {
                "what": one.what,
                "at": one.at.isoformat(),
                "by": one.by,
                "reason": one.reason,
                "file": one.path,
                "page": one.page,
            }
            for one in events
        ],
    }


def _from_json(text: str) -> object:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text


def read(folder: Path | None, file: Path | None) -> Ledger | None:
    """Open the ledger to look into it; None when nothing has been printed yet."""
    path = ledger_at(folder, file)
    try:
        return ledger.read_ledger(path)
    except ledger.NoLedger:
        return None


def unknown_runs(book: Ledger) -> tuple[str, ...]:
    """Return the finished runs that have a folder beside the ledger, of which it has not heard."""
    heard = {run.name for run in ledger.runs(book)}
    folder = book.path.resolve().parent / "runs"
    return tuple(sorted({path.parent.name for path in folder.glob("*/job.json")} - heard))


def check_days(since: date | None, until: date | None) -> None:
    """Raise for a time that ends before it begins."""
    if since is not None and until is not None and until < since:
        raise NotegenError(f"{until} is before {since}", hint="give --since the earlier day")

"""`notegen erase`: forget a customer who asked for it."""

from __future__ import annotations

import secrets
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notegen import ledger
from notegen.cli import options, output, remembering
from notegen.errors import NotegenError, UnknownName

if TYPE_CHECKING:
    from notegen.batch.erasing import Task
    from notegen.batch.whom import Whom
    from notegen.ledger import Ledger

SALT = 32
"""Random bytes of a ledger's salt."""


@click.command("erase")
@click.argument("customer")
@click.option("-y", "--yes", is_flag=True, help="Erase, without asking.")
@click.option("--dry-run", is_flag=True, help="Only show what is held, and where.")
@remembering.ledger_options
@options.json_option
def command(customer: str, yes: bool, dry_run: bool, folder: Path | None, file: Path | None, as_json: bool) -> int:
    """Forget a customer: facts, words and pages go, and they are left out from now on.

    Their facts, what the ledger and its backups have of them, their pages in the PDFs of all runs, and what notegen
    keeps for itself are taken out. The others' cards stay as they are. A salted hash stays, by which the customer is
    known again and left out. It cannot be undone. When it is stopped, the same command goes on. What is on paper, in
    the mail, on other machines or in files of your own is yours to see to; those in the shop's folder are named.

    \b
    Examples:
      notegen erase "Ana Reyes" --dry-run
      notegen erase ana-reyes-2026-03-04 --yes
    """
    from notegen import settings

    if yes and dry_run:
        raise click.UsageError("--yes and --dry-run say different things; give one of them")
    if not customer.strip():
        raise NotegenError("nobody is named", hint="name a key or a whole name")
    path = remembering.ledger_at(folder, file)
    found = settings.find(folder or path.parent) or folder
    if found is None and not path.exists():
        raise ledger.NoLedger(path)  # not a shop's folder: who knows what lies below it
    shop = (found or path.parent).resolve()
    asks = sys.stdin.isatty() and sys.stderr.isatty() and not as_json
    does = (yes or asks) and not dry_run
    with ExitStack() as stack:
        return _Errand(stack, customer, path, shop, does=does).go(yes=yes, as_json=as_json)


class _Errand:
    """One use of the command: the shop's ledger and its copies, open, and who is meant."""

    def __init__(self, stack: ExitStack, customer: str, path: Path, shop: Path, *, does: bool) -> None:
        from notegen.batch import erasing
        from notegen.batch.whom import sought

        self.stack, self.customer, self.path, self.shop, self.does = stack, customer, path, shop, does
        self.schema = options.open_shop(shop).schema
        self.book = _opened(stack, path, does=does)
        self.copies = erasing.open_copies(stack, shop, path, write=does)
        self.who = sought(customer, self.book, self.copies.books, shop, self.schema)

    def go(self, *, yes: bool, as_json: bool) -> int:
        """Show what is held, and erase it when that is agreed; return the exit status."""
        from notegen.batch import erasing

        pending = self.book is not None and (ledger.held(self.book) or ledger.unscoured(self.book))
        if not self.who.people and not pending:
            return _nobody(self.book, self.customer, as_json=as_json)
        held = _Held(self.book, self.copies, self.shop, self.schema, self.who)
        if not self.does:
            return held.show(as_json=as_json)
        if self.book is not None:
            erasing.refuse_unfinished(self.book, self.shop, self.who)
        if not yes:
            held.show(as_json=False, asked=True)
            if not click.confirm(f"Erase {self.who.name or 'what was begun'} for good?", err=True):
                click.echo("Nothing was erased.", err=True)
                return output.FINE
        return _erase(self._task(), as_json=as_json)

    def _task(self) -> Task:
        from notegen.batch import erasing
        from notegen.pipeline.store import clear

        book = self.book or self.stack.enter_context(ledger.open_ledger(self.path, create=True))
        salt = secrets.token_bytes(SALT)
        return erasing.Task(self.who, self.shop, self.schema, book, self.copies, salt, remembering.now(), clear)


def _opened(stack: ExitStack, path: Path, *, does: bool) -> Ledger | None:
    try:
        return stack.enter_context(ledger.open_ledger(path, create=False) if does else ledger.read_ledger(path))
    except ledger.NoLedger:
        return None


def _nobody(book: Ledger | None, customer: str, *, as_json: bool) -> int:
    """Say of somebody who is nowhere that they were forgotten before, or that there is no such customer."""
    from notegen.model.ledger import Person

    if book is not None and ledger.suppressed(book, [Person(customer, "", "")]):
        if as_json:
            output.as_json({"customer": customer, "erased": False, "already": True, "done": [], "look_at": {}})
        else:
            click.echo(f"{customer} is forgotten already")
        return output.FINE
    names = ledger.names(book, customer) if book is not None else frozenset[str]()
    if names:
        raise UnknownName("customer", customer, names)
    raise NotegenError(
        f"nothing is held of a customer '{customer}'", hint="name a key or a whole name, and the shop with --shop DIR"
    )


class _Held:
    """What is held of somebody, and where."""

    def __init__(self, book: Ledger | None, copies: Any, shop: Path, schema: Any, who: Whom) -> None:
        from notegen.batch import erasing

        self.who, self.shop = who, shop
        self.cards = [] if book is None else erasing.cards_of(book, who)
        self.facts = erasing.facts_of(shop, schema, who)
        self.backups = [one.path for one in copies.books if erasing.cards_of(one, who)] + copies.damaged
        self.files = list(dict.fromkeys(one.path for one in self.cards if one.path))
        if book is not None:
            runs = {one.run for one in self.cards}
            self.files += [one.path for run in sorted(runs) for one in ledger.files_of(book, run)]
        self.files = list(dict.fromkeys(self.files))

    def show(self, *, as_json: bool, asked: bool = False) -> int:
        """Say it; nothing is changed."""
        if as_json:
            output.as_json({
                "customer": self.who.name, "keys": sorted(self.who.keys), "dry_run": True,
                "cards": [{"run": one.run, "occasion": one.note.occasion, "state": one.state, "file": one.path,
                           "page": one.page} for one in self.cards],
                "facts": [str(one) for one in self.facts], "files": self.files,
                "backups": [str(one) for one in self.backups],
            })  # fmt: skip
            return output.FINE
        if self.who.people:
            click.echo(f"{self.who.name} ({', '.join(sorted(self.who.keys))})")
        else:
            click.echo("somebody was forgotten before, and files that still have a page of theirs are left")
        rows = [(one.note.occasion, one.run, str(one.state), remembering.place(one)) for one in self.cards]
        if rows:
            output.table(rows, ("card", "run", "state", "page"))
        for what, those in (("facts in", self.facts), ("files of these runs", self.files), ("backups", self.backups)):
            for one in those:
                click.echo(f"{what}: {self._short(one)}")
        click.echo("and what notegen keeps for itself: packs of runs, and the cache of findings")
        if not asked:
            click.echo("Nothing has been erased: add --yes to erase.")
        return output.FINE

    def _short(self, path: Path | str) -> str:
        whole = Path(path)
        return str(whole.relative_to(self.shop)) if whole.is_relative_to(self.shop) else str(path)


def _erase(task: Task, *, as_json: bool) -> int:
    from notegen.batch import erasing

    done: list[str] = []
    for step in erasing.steps(task):
        said = step.do()
        if said:
            done.append(said)
            if not as_json:
                click.echo(said)
    left = {str(one.relative_to(task.shop)): why for one, why in erasing.to_look_at(task).items()}
    if as_json:
        output.as_json({"customer": task.who.name, "erased": True, "already": False, "done": done, "look_at": left})
        return output.FINE
    for one, why in left.items():
        click.echo(f"look at it yourself: {one}: {why}", err=True)
    click.echo("Forgotten. What is on paper, in the mail or on other machines is yours to see to.")
    return output.FINE

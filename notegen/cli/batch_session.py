"""One run of `notegen batch`: from opening the ledger to the last word about the files."""

from __future__ import annotations

import getpass
import json
import os
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notegen import pipeline
from notegen.batch import context, folder, running
from notegen.batch.crew import Crew
from notegen.batch.executors import open_executor
from notegen.batch.work import Order, Work, cost_of, ready
from notegen.cli import batch_report, output, remembering
from notegen.cli.output import Findings
from notegen.errors import NotegenError, UnwritableFile
from notegen.facts.gangs import gangs
from notegen.files import check_place, together
from notegen.ledger import Ledger, file_at, open_ledger, read_ledger, run_named, runs, withdraw
from notegen.model.ledger import RunState
from notegen.pipeline.opening import facts_files

if TYPE_CHECKING:
    from notegen.batch.folder import RunFolder
    from notegen.batch.making import Made, Part
    from notegen.model.ledger import Run
    from notegen.settings import Settings

LEDGER = "notegen.db"
"""The ledger's file, in the shop's folder."""
FEW = 3
"""Gangs that this process does by itself: as long as another process takes to begin."""
VERSION = 1
"""Grows when what is kept of a run that may be taken up again is kept in another way."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run goes on: what it may do without asking, with whom it works, and how it speaks.

    `dry` is a run that prints nothing, `asks` one with somebody at the terminal. `keep` is False when nothing is looked
    up in the ledger and nothing remembered.
    """

    yes: bool
    dry: bool
    asks: bool
    prepare: bool
    keep: bool
    overwrite: bool
    skip_bad: bool
    as_json: bool
    jobs: int | None
    executor: str | None
    scheduler: str | None

    @property
    def is_trial(self) -> bool:
        """Whether a new run cannot come to print anything."""
        return self.dry or not (self.yes or self.prepare or self.asks)


def home_of(shop: Settings, facts: tuple[Path | str, ...]) -> Path:
    """Return the folder that a ledger belongs to: that of notegen.yaml, else that of the first facts, else this one."""
    if shop.root is not None:
        return shop.root
    first = facts[0]
    if isinstance(first, str):
        return Path()
    return first if first.is_dir() else first.parent


def begin(
    stack: ExitStack, order: Order, manner: Manner, words: tuple[str, ...], taken_up: RunFolder | None
) -> Session | Over:
    """Open what a run needs and do all that comes before the first page; of one that is over, only say so."""
    stopped: list[RunFolder] = []
    stack.push(partial(_tell, stopped))  # before the folder is entered: by then it is gone, or can go on
    home = home_of(order.job.shop, order.facts)
    trial = manner.is_trial and taken_up is None
    book = _ledger(stack, home, manner, trial=trial)
    lasts = manner.keep and not trial
    heard = runs(book) if book is not None and lasts else ()
    run = taken_up or stack.enter_context(_folder(home, order, words, heard, lasts=lasts))
    if lasts:
        stopped.append(run)
    target = order.files.cards or run.path / "cards.pdf"
    if order.files.cards is None and not manner.keep and not trial:
        raise NotegenError("nothing is kept of this run, so its file needs a name", hint="add -o cards.pdf")
    if taken_up is not None:
        stack.enter_context(run.locked())
    known = _known(book, run.name) if book is not None and taken_up is not None else None
    if known is not None and known.state in (RunState.PRINTED, RunState.WITHDRAWN):
        return Over(known, run, manner.as_json)
    if taken_up is not None and known is None:
        _refresh(run, order)
    if not trial:
        check_place(target)
    packs = run.packs_of(context.whole(context.context(order)))
    with (
        _crew(order, manner) as crew,
        output.progress("Writing", _customers(order)) as step,
    ):
        # A new run has no cards in the ledger: only one that is taken up again finds its own there.
        work = ready(order, crew, packs, book, run.name if taken_up is not None else None, step)
    return Session(stack, home, manner, work, run, book, target, words, known)


def _ledger(stack: ExitStack, home: Path, manner: Manner, *, trial: bool) -> Ledger | None:
    path = home / LEDGER
    if not manner.keep:
        return None
    if not os.path.lexists(path):
        if folder.finished(home):
            raise NotegenError(
                f"{path} is gone, and {home / folder.RUNS} has runs that it knew: cards would be printed twice",
                hint="`notegen backup --restore FILE` brings it back; without one, move the runs away to begin anew",
            )
        return None  # made when there is something to remember
    return stack.enter_context(read_ledger(path) if trial else open_ledger(path, create=False))


@contextmanager
def _folder(
    home: Path, order: Order, words: tuple[str, ...], heard: tuple[Run, ...], *, lasts: bool
) -> Iterator[RunFolder]:
    """Make the folder of a run: one that lasts, or for a trial one that goes when the command ends."""
    today = order.job.wishes.today
    day = today or datetime.now().astimezone().date()
    if not lasts:
        with tempfile.TemporaryDirectory(prefix="notegen-") as place:
            yield folder.begun(Path(place), day)
        return
    asked = {
        "version": VERSION,
        "words": list(words),
        "folder": str(Path.cwd()),
        "today": today.isoformat() if today else None,
        "context": context.context(order),
    }
    with ExitStack() as held:
        over = {one.name for one in heard if one.state in (RunState.PRINTED, RunState.WITHDRAWN)}
        with folder.starting(home, over) as removed:
            made = folder.begun(home, day, (one.name for one in heard))
            held.enter_context(made.locked())
            made.write_asked(asked)
        for name in removed:
            click.echo(f"notegen: run {name} was stopped before it claimed a card; removed", err=True)
        try:
            yield made
        except (NotegenError, Findings, click.ClickException, click.Abort) as error:
            full = isinstance(error, UnwritableFile) and made.packs.are_some
            if not made.is_claimed and not full:
                made.remove()
            raise


def _refresh(run: RunFolder, order: Order) -> None:
    """See to it that a run that claimed nothing goes on with packs that were made of what there is now."""
    asked, now = run.asked(), context.context(order)
    if context.changed(asked.get("context", {}), now):
        run.renew({**asked, "context": now})


def _tell(stopped: list[RunFolder], kind: type[BaseException] | None, _error: object, _trace: object) -> bool:
    """Say how a run goes on that was stopped by a person or the machine."""
    if kind is not None and issubclass(kind, KeyboardInterrupt | click.Abort | OSError | UnwritableFile):
        for run in stopped:
            if run.can_go_on:
                click.echo(f"notegen: to go on with it: {_resuming(run)}", err=True)
    return False


def _resuming(run: RunFolder) -> str:
    """Return the command that goes on with a run."""
    home = run.path.parent.parent
    at = f" {shlex.quote(str(home))}" if remembering.shop_words(home) else ""
    return f"notegen batch{at} --resume {run.name}"


def _known(book: Ledger, name: str) -> Run | None:
    try:
        return run_named(book, name)
    except NotegenError:
        return None  # stopped before it claimed anything


def _check_targets(targets: tuple[Path | str, ...], book: Ledger | None, run: str) -> None:
    """Refuse to replace the cards, envelopes or slip of another run, which may not have been put on paper yet."""
    there = [one for one in targets if isinstance(one, Path) and one.exists()]
    for one in there if book is not None else ():
        assert book is not None
        other = file_at(book, one)
        if other is not None and other.name != run:
            raise NotegenError(
                f"{one} is of run {other.name}, which has {output.counted(other.notes, 'card')}",
                hint="name another file, or add --overwrite when they are on paper",
            )


def _crew(order: Order, manner: Manner) -> AbstractContextManager[Crew]:
    """Open whoever does the work: a few customers are done before another process has begun."""
    name = manner.executor
    if name is None:
        name = "serial" if manner.jobs is None and not manner.scheduler and _are_few(order) else "processes"
    return open_executor(name, manner.jobs, manner.scheduler)


def _are_few(order: Order) -> bool:
    cut = gangs(facts_files(order.facts))
    return len(list(islice(cut, FEW + 1))) <= FEW


def _customers(order: Order) -> int:
    """Return about how many customers there are, for a bar: the documents of the files, without parsing them."""
    if not output.is_watched():
        return 0
    return sum(len(gang.sources) for gang in gangs(facts_files(order.facts)))


@dataclass(frozen=True, slots=True)
class Over:
    """A run that was printed or withdrawn, and perhaps killed before it had put everything away."""

    known: Run
    folder: RunFolder
    as_json: bool

    def go(self) -> int:
        """Put away what is left, and say that there is nothing to do. Raises NotegenError for one withdrawn."""
        name, state = self.known.name, self.known.state
        if state is RunState.WITHDRAWN:
            self.folder.remove()
            raise NotegenError(f"the run {name} is withdrawn", hint="start the batch again")
        self.folder.finish()
        click.echo(f"notegen: run {name} was printed already; nothing was left to do", err=True)
        if self.as_json:
            click.echo(json.dumps({"run": name, "state": str(state)}))
        return output.FINE


@dataclass(slots=True)
class Session:
    """A run whose cards are ready, and what is still to be said and done; `stack` closes what it opens."""

    stack: ExitStack
    home: Path
    manner: Manner
    work: Work
    folder: RunFolder
    book: Ledger | None
    target: Path | str
    words: tuple[str, ...]
    known: Run | None

    def go(self) -> int:
        """Show what there is, and print it when that is agreed; return the exit status."""
        said = batch_report.Report(self.work, self.manner.skip_bad, self.manner.as_json, self.home)
        if said.stops or not len(self.work.deck):
            self._give_up()
            return said.nothing_printed()
        targets = self._targets()
        if self.known is not None and self.book is not None and not self.manner.dry:
            running.check(self._shift(), self.work, self.known)
        said.cost = cost_of(self.work)
        ended = self._ask(said)
        if ended is not None:
            return ended
        if not self.manner.overwrite:
            _check_targets(targets, self.book, self.folder.name)
        return self._print(said)

    def _ask(self, said: batch_report.Report) -> int | None:
        """Ask whether it may be printed, if that is not clear; return the exit status when it may not."""
        if self.manner.dry:
            return said.would()
        if self.manner.yes or self.manner.prepare or self._is_approved():
            return None
        if not self.manner.asks:
            return said.would()
        said.show()
        if click.confirm(f"Print {output.counted(len(self.work.deck), 'card')} to {self.target}?", err=True):
            return None
        self._give_up()
        return said.declined()

    def _targets(self) -> tuple[Path | str, ...]:
        """Return the names of all files that would be written. Raises NotegenError for more files than cards."""
        from notegen.batch.making import check_parts, parts

        files = self.work.order.files
        cut = parts(self.work.deck, self.target, files.split)
        check_parts(self.work, cut)
        return (*(one.target for one in cut), *(one for one in (files.envelopes, files.slip) if one is not None))

    def _is_approved(self) -> bool:
        return self.known is not None and self.known.state in (RunState.APPROVED, RunState.PRINTING)

    def _shift(self) -> running.Shift:
        assert self.book is not None
        return running.Shift(self.book, self.folder, _now, _who())

    def _print(self, said: batch_report.Report) -> int:
        if self.book is None and self.manner.keep:
            self.book = self.stack.enter_context(open_ledger(self.home / LEDGER, create=True))
        if self.book is not None and self.known is None:
            self.known = running.claim(self._shift(), self.work, self.words, self.target)
        if self.manner.prepare:
            assert self.known is not None
            return said.prepared(self.known)
        try:
            with output.progress("Printing", len(self.work.deck)) as step:
                done = self._made(step)
        except pipeline.Unfit as unfit:
            self._withdraw()
            return said.unfit(unfit)
        except NotegenError as error:
            # The cards are this run's by now, and nobody else gets them until it goes on; `_tell` says so of the rest.
            if self.book is not None and self.folder.can_go_on and not isinstance(error, UnwritableFile):
                first = error.hint or "mend that"
                error.hint = f"{first}; then go on with the run: `{_resuming(self.folder)}`"
            raise
        return said.printed(self.folder.name if self.book is not None else None, done)

    def _made(self, step: Any) -> list[tuple[Part | None, Made]]:
        from notegen.batch.making import made_files

        if self.book is not None:
            assert self.known is not None
            return running.carry_out(self._shift(), self.work, self.known, self.target, step)
        with together():
            return made_files(self.work, self.target, step)

    def _withdraw(self) -> None:
        """Give the cards back that a run has claimed and cannot print."""
        if self.book is not None and self.known is not None:
            withdraw(self.book, self.known.name, _now(), "unfit for the press")
            self.folder.remove()

    def _give_up(self) -> None:
        if self.known is None:
            self.folder.remove()


def _now() -> datetime:
    return datetime.now().astimezone()


def _who() -> str:
    with suppress(Exception):  # no name of an account is no reason not to print
        return getpass.getuser()
    return ""

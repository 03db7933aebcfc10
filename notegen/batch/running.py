"""A run from its claim to its record: in an order that leaves whole files or none, and counts no card twice.

The ledger learns what is about to be printed before a page is made, what was printed before the files get their names,
and that it is printed when they have them. Whoever is killed between two steps takes the run up where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notegen.batch import context
from notegen.batch.alike import about
from notegen.batch.claiming import notes
from notegen.batch.making import Made, Part, filed, made_files, places
from notegen.errors import NotegenError, UnknownName
from notegen.files import together
from notegen.model.ledger import FileMade, NewRun, RunState, State
from notegen.pipeline.batching import quietly

if TYPE_CHECKING:
    from notegen.batch.folder import RunFolder
    from notegen.batch.work import Work
    from notegen.ledger import Ledger
    from notegen.model.ledger import Entry, Run
    from notegen.model.person import Person


@dataclass(frozen=True, slots=True)
class Shift:
    """Who works on a run, and when: the ledger, the run's folder, what tells the time, and who asked."""

    book: Ledger
    folder: RunFolder
    clock: Callable[[], datetime]
    by: str = ""


def claim(shift: Shift, work: Work, command: Sequence[str], target: Path | str) -> Run:
    """Claim the cards of a batch for a run. Raises Taken when another run was quicker, and nothing is claimed."""
    from notegen.ledger import begin

    run = NewRun(
        template=work.order.job.template.name,
        command=tuple(command),
        context=context.whole(context.context(work.order)),
        folder=str(shift.folder.path),
        target=str(target),
        name=shift.folder.name,
    )
    shift.folder.claim()
    try:
        return begin(shift.book, run, notes(work), shift.clock())
    except NotegenError:
        if _unheard(shift.book, run.name):
            shift.folder.unclaim()
        raise


def _unheard(book: Ledger, name: str) -> bool:
    """Whether the ledger surely does not know of a run."""
    from notegen.ledger import run_named

    try:
        run_named(book, name)
    except UnknownName:
        return True
    except NotegenError:
        pass
    return False


def check(shift: Shift, work: Work, run: Run) -> None:
    """Leave out the cards of a prepared or approved run that were withdrawn since.

    Raises NotegenError when it would print something else today.
    """
    from notegen.ledger import Wanted, entries

    different = context.changed(shift.folder.asked().get("context", {}), context.context(work.order))
    if different:
        raise _otherwise(f"{' and '.join(different)} changed", run)
    kept = {(one.identity, one.note.again): one for one in entries(shift.book, Wanted(run=run.name))}
    withdrawn: set[int] = set()
    for number, one in work.people():
        entry = kept.pop((work.prepared.identity(number), work.turns.of(number)), None)
        if entry is not None and entry.state is State.WITHDRAWN:
            withdrawn.add(number)
        else:
            _check_card(entry, one, run)
    work.deck = work.deck.in_order([number for number in work.deck.order if number not in withdrawn])
    gone = next((entry for entry in kept.values() if entry.state is not State.WITHDRAWN), None)
    if gone is not None:
        who = f"{gone.note.name} ({gone.note.customer})"
        raise _otherwise(f"{who} is no longer among those who get a card", run)


def _check_card(entry: Entry | None, one: Person, run: Run) -> None:
    who = f"{one.name} ({one.key})"
    if entry is None:
        raise _otherwise(f"{who} was added", run)
    if (entry.note.facts_digest, entry.note.text) != (one.digest, one.text):
        raise _otherwise(f"the facts of {who} changed", run)
    if entry.note.drawing != one.drawing:
        raise _otherwise(f"the card of {who} is drawn otherwise", run)


def _otherwise(what: str, run: Run) -> NotegenError:
    hint = f"put it back as it was, or withdraw the run: `notegen mark withdrawn --run {run.name} --reason changed`"
    return NotegenError(f"{what} since the run {run.name} was {run.state}; nothing was printed", hint=hint)


def carry_out(
    shift: Shift, work: Work, run: Run, target: Path | str, step: Callable[[int], None] = quietly
) -> list[tuple[Part | None, Made]]:
    """Print a run that has claimed its cards, and record it. Raises pipeline.Unfit, UnwritableFile and NotegenError.

    When it returns, the files have their names, the ledger knows them, and the record is written.
    """
    from notegen.ledger import approve, pressed, printed

    if run.state is RunState.PREPARED:
        approve(shift.book, run.name, shift.clock(), shift.by)
    done: list[tuple[Part | None, Made]] = []
    files: list[FileMade] = []

    def known(_waiting: Mapping[Path, Path]) -> None:
        """Tell the ledger what the files are before they have their names."""
        files.extend(filed(made, shift.book.path) for _, made in done)
        pressed(shift.book, run.name, files, shift.clock())

    with together(known):
        done.extend(made_files(work, target, step))
    shift.folder.write_evidence(evidence(work, run, done, files, shift.clock()))
    cards = [(part, made.printed) for part, made in done if part is not None]
    printed(shift.book, run.name, places(work, cards), shift.clock())
    shift.folder.finish()
    return done


def evidence(
    work: Work, run: Run, done: Sequence[tuple[Part | None, Made]], files: Sequence[FileMade], now: datetime
) -> dict[str, Any]:
    """Return the record of a run: what it was made from and of, and what came of it. It names nobody."""
    order = work.order
    reports = [made.printed.report for _, made in done if made.printed.report is not None]
    return {
        "run": run.name,
        "printed": now.isoformat(timespec="seconds"),
        "today": str(order.job.wishes.today),
        "template": order.job.template.name,
        "occasion": order.job.occasion,
        "seed": order.job.seed,
        "made_of": context.context(order),
        "gangs": work.prepared.digest,
        "versions": about(),
        "cards": len(work.deck),
        "left_out": len(work.prepared.left_out),
        "had_it_already": len(work.prepared.had),
        "checks": {
            "composed_and_linted": len(work.prepared.asked),
            "errors": work.prepared.errors,
            "warnings": work.prepared.warnings,
            "preflight": [{"errors": sum(f.is_error for f in one.findings), "ok": one.ok} for one in reports],
        },
        "hands": sorted({hand.name for hand in work.deck.hands}),
        "stocks": list(work.deck.stocks),
        "files": [
            {
                "kind": str(file.kind),
                "path": file.path,
                "sha256": file.sha256,
                "bytes": file.bytes,
                "pages": file.pages,
                "fonts": list(made.printed.pressed.fonts),
            }
            for file, (_, made) in zip(files, done, strict=True)
        ],
    }

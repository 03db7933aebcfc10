"""A customer who asked to be forgotten is taken out of everything that notegen has written, step by step.

What finds a person again comes last: the facts and the ledger. Until these are done, whoever was stopped begins again
and finds the same person; afterwards the ledger itself knows which files still hold a page of somebody.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from notegen.batch import folder
from notegen.batch.scrubbing import GONE, NOTED, scrub
from notegen.batch.whom import Whom, facts_files
from notegen.errors import NotegenError
from notegen.facts.erasing import customers, without
from notegen.files import is_at_work, write_bytes
from notegen.model.ledger import RunState

if TYPE_CHECKING:
    from notegen.batch.folder import RunFolder
    from notegen.ledger import Ledger
    from notegen.model.ledger import Entry
    from notegen.model.schema import Schema

_DONE: Final = (RunState.PRINTED, RunState.WITHDRAWN)
_MAGIC: Final = b"SQLite format 3\0"
_PDF: Final = b"%PDF-"
_BESIDE: Final = ("-wal", "-shm")
_LARGEST: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done whole or not at all, and may be done again; `do` returns what was done, in words."""

    name: str
    do: Callable[[], str]


@dataclass(slots=True)
class Copies:
    """The other ledgers of a shop's folder: those that can be opened, and the damaged ones that cannot."""

    books: list[Ledger] = field(default_factory=list)
    damaged: list[Path] = field(default_factory=list)


@dataclass(slots=True)
class Task:
    """Whom to forget, and where: the shop's folder with its ledger and copies of it."""

    who: Whom
    shop: Path
    schema: Schema
    book: Ledger
    copies: Copies
    salt: bytes
    now: datetime
    clear_cache: Callable[[], int]


def open_copies(stack: ExitStack, shop: Path, ledger: Path, *, write: bool) -> Copies:
    """Open all backups of the ledger in the shop's folder; those that were kept as damaged are named.

    Raises NotegenError while another process makes a backup here: it may hold who is to be forgotten.
    """
    from notegen.ledger import DamagedLedger, NewerLedger, open_ledger, read_ledger

    found = Copies()
    for path in sorted(shop.rglob("*")):
        if not path.is_file() or (ledger.exists() and path.samefile(ledger)) or not _is_database(path):
            continue
        if _is_being_made(path, ledger):
            continue
        try:
            opened = open_ledger(path, create=False) if write else read_ledger(path)
        except NewerLedger:
            continue
        except DamagedLedger:
            if path.name.startswith(f"{ledger.name}.damaged-"):
                found.damaged.append(path)
            continue
        found.books.append(stack.enter_context(opened))
    return found


def _is_being_made(path: Path, ledger: Path) -> bool:
    """Return whether a database is a new ledger that another process has not yet given its name: it has nobody."""
    half = path.parent
    if not (half.name.startswith(".") and half.name.endswith(".part") and is_at_work(half)):
        return False
    if half.parent == ledger.parent and half.name.startswith(f".{ledger.name}."):
        return True
    raise NotegenError(
        f"another notegen is copying a ledger in {half.parent}; nothing was erased", hint="erase again when it is done"
    )


def _is_database(path: Path) -> bool:
    if ".damaged-" in path.name and not path.name.endswith(_BESIDE):
        return True
    try:
        with path.open("rb") as stream:
            return stream.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def cards_of(book: Ledger, who: Whom) -> list[Entry]:
    """Return all cards that the ledger has of some people."""
    from notegen.ledger import Wanted, entries

    return [one for key in sorted(who.keys) for one in entries(book, Wanted(key)) if one.note.customer == key]


def facts_of(shop: Path, schema: Schema, who: Whom) -> list[Path]:
    """Return the files of facts that have a document of theirs."""
    return [path for path in facts_files(shop) if any(one.key in who.keys for one in customers(path, schema))]


def run_folders(shop: Path) -> Iterator[RunFolder]:
    """Yield the folders of all runs of a shop."""
    runs = shop / folder.RUNS
    for path in sorted(runs.iterdir()) if runs.is_dir() else ():
        if path.is_dir():
            yield folder.RunFolder(path)


def refuse_unfinished(book: Ledger, shop: Path, who: Whom) -> None:
    """Raise NotegenError when a run that is not finished has a card of theirs, or was asked for by their name."""
    from notegen.ledger import unfinished

    states = {one.name: one.state for one in unfinished(book)}
    busy = {one.run for one in cards_of(book, who)} & states.keys()
    busy |= {one.name for one in run_folders(shop) if one.name in states and _asks_for(one, who)}
    for name in sorted(busy):
        raise NotegenError(
            f"run {name} is {states[name]} and has a card of {who.name}; nothing was erased",
            hint=f"finish it (notegen batch --resume {name}), or withdraw it: notegen mark withdrawn --run {name}"
            " --reason 'asked to be forgotten'",
        )


def _asks_for(one: RunFolder, who: Whom) -> bool:
    path = one.path / folder.ASKED
    return path.is_file() and _speaks(path, who)


def _speaks(path: Path, who: Whom) -> bool:
    data = path.read_bytes()
    return who.in_bytes(data) or who.speaks(data.decode("utf-8", "replace"))


def steps(task: Task) -> Iterator[Step]:
    """Yield what is to be done, in order; what follows the ledger's own step is only known when that is done."""
    from notegen.ledger import held

    books = (task.book, *task.copies.books)
    for book in books:
        yield Step(f"remember in {book.path.name} that they asked", partial(_suppress, book, task))
    yield Step("empty the cache of findings", partial(_clear, task))
    for one in run_folders(task.shop):
        yield Step(f"clean the folder of run {one.name}", partial(_clean, task, one))
    yield Step("remove what was left half written", partial(_sweep, task))
    for path in task.copies.damaged:
        yield Step(f"delete {path.name}", partial(_delete, path))
    for book in tuple(task.copies.books):
        yield Step(f"erase in {book.path.name}", partial(_erase_copy, book, task))
    for path in facts_of(task.shop, task.schema, task.who):
        yield Step(f"cut out of {path.name}", partial(_cut, task, path))
    yield Step(f"erase in {task.book.path.name}", partial(_erase, task.book, task))
    for left in held(task.book):
        yield Step(f"clean {left.file.path}", partial(scrub, task.book, task.copies.books, left, task.who))
    for book in books:
        yield Step(f"write {book.path.name} anew", partial(_scour, book))


def _suppress(book: Ledger, task: Task) -> str:
    from notegen.ledger import suppress

    suppress(book, task.who.people, task.salt, task.now)
    return ""


def _clear(task: Task) -> str:
    return f"findings removed from the cache: {task.clear_cache():,}"


def _clean(task: Task, one: RunFolder) -> str:
    """Take what speaks of them out of the folder of a run: packs are made anew, a run that came to nothing goes."""
    from notegen.ledger import runs

    state = {run.name: run.state for run in runs(task.book)}.get(one.name)
    over = state in _DONE or (state is None and not one.is_claimed and _asks_for(one, task.who))
    packs = [path for path in sorted(one.packs.folder.glob("*")) if path.is_file() and _speaks(path, task.who)]
    said = []
    if packs or (over and (one.path / folder.ASKED).exists()):
        with one.locked():
            for path in packs:
                path.unlink()
        said.append(f"packs of run {one.name} removed: {len(packs):,}")
        if over:
            one.remove()
        elif state is None:
            (one.path / folder.LOCK).unlink(missing_ok=True)
    if one.evidence.is_file() and _speaks(one.evidence, task.who):
        record = json.loads(one.evidence.read_text())
        write_bytes(one.evidence, json.dumps(_hidden(record, task.who), ensure_ascii=False, indent=2).encode() + b"\n")
        said.append(f"the record of run {one.name} cleaned")
    return "; ".join(said)


def _hidden(value: Any, who: Whom) -> Any:
    """Return JSON without the texts that speak of somebody."""
    if isinstance(value, dict):
        return {key: _hidden(one, who) for key, one in value.items()}
    if isinstance(value, list):
        return [_hidden(one, who) for one in value]
    return GONE if isinstance(value, str) and who.speaks(value) else value


def _delete(path: Path) -> str:
    for end in ("", *_BESIDE):
        Path(f"{path}{end}").unlink(missing_ok=True)
    return f"{path.name} deleted: it knew them, and nothing can be taken out of it"


def _erase(book: Ledger, task: Task) -> str:
    from notegen.ledger import erase

    keys = sorted({one.note.customer for one in cards_of(book, task.who)})
    if not keys:
        return ""
    made = erase(book, keys, task.salt, task.now)
    return f"{made.notes:,} {'card' if made.notes == 1 else 'cards'} erased in {book.path.name}"


def _erase_copy(book: Ledger, task: Task) -> str:
    """Erase in a backup; one of the moment in which a card of theirs was being printed cannot be, and goes."""
    from notegen.ledger import WrongState

    try:
        return _erase(book, task)
    except WrongState:
        task.copies.books.remove(book)
        return _delete(book.path)


def _scour(book: Ledger) -> str:
    """Write a ledger anew once more: names of files that are gone were in it until now."""
    from notegen.ledger import scour

    if book.path.exists():
        scour(book)
    return ""


def _cut(task: Task, path: Path) -> str:
    left = without(path, task.schema, task.who.keys, task.who.speaks)
    shown = path.relative_to(task.shop)
    if left is None:
        path.unlink()
        return f"{shown} deleted: it had nobody else"
    write_bytes(path, left)
    return f"cut out of {shown}"


def _sweep(task: Task) -> str:
    """Remove what a killed notegen has left under no name of its own: it may hold anybody."""
    gone = 0
    for path in sorted(task.shop.rglob(".*.part")):
        if is_at_work(path):
            continue  # of a run that has none of their cards, or it would not have come to this
        if path.is_file() and (_is_pdf(path) or _speaks(path, task.who)):
            path.unlink()
            gone += 1
        elif path.is_dir():
            for inside in path.glob(f"{task.book.path.name}*"):
                inside.unlink()
                gone += 1
    return f"left half written by a notegen that was stopped, and removed: {gone:,}" if gone else ""


def to_look_at(task: Task) -> dict[Path, str]:
    """Return the files of the shop's folder for their owner to see, with why: they speak of them, or cannot be read."""
    books = [str(book.path.resolve()) for book in (task.book, *task.copies.books)]
    ours = {Path(f"{book}{end}") for book in books for end in ("", *_BESIDE)}
    found: dict[Path, str] = {}
    for path in sorted(task.shop.rglob("*")):
        if path.is_file() and path.resolve() not in ours and path.name != NOTED:
            why = "it has their name in its own" if task.who.speaks(path.name) else _why(path, task.who)
            if why:
                found[path] = why
    return found


def _why(path: Path, who: Whom) -> str:
    """Return why somebody should look at a file; "" when nothing in it speaks of them."""
    from notegen.press.scrubbing import UNREADABLE, words_in

    try:
        if path.stat().st_size > _LARGEST:
            return "it is too large to be searched"
        if _speaks(path, who):
            return "it speaks of them"
        if _is_pdf(path) and any(map(who.is_on, words_in(path))):
            return "a page of it is theirs"
    except (OSError, NotegenError, *UNREADABLE):
        return "it cannot be read" if path.exists() else ""
    return ""


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(_PDF)) == _PDF

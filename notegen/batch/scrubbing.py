"""The pages of people who asked to be forgotten are taken out of the files of finished runs.

A file with pages of their own loses these; on a shared sheet a card is emptied; and where it cannot be told what is
whose, the whole file goes. What was done is noted beside the ledger before a file gets its new name, without a word of
anybody, so that who was stopped in that moment knows the file again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from notegen.batch.whom import Whom, folded
from notegen.files import replacing, write_bytes
from notegen.model.ledger import Kind
from notegen.model.note import Note
from notegen.pipeline.rewriting import parts_from_text
from notegen.pipeline.signing import unsigned

if TYPE_CHECKING:
    from notegen.ledger import Ledger
    from notegen.model.ledger import Entry, FileMade, Held
    from notegen.press.scrubbing import Leaves

NOTED: Final = ".notegen-erasing.json"
"""The file beside the ledger that notes which files got new contents, until the ledger knows."""
GONE: Final = "(erased)"
MARK: Final = 8
"""Letters and digits that a matching mark has at most."""


Said: TypeAlias = tuple[str, str]
"""The words of a card with its printed name, and without it where a person signs."""


@dataclass(frozen=True, slots=True)
class Others:
    """Who else is in a file: the words of each other card by its page, and the names of all others of the run."""

    pages: Mapping[int, list[Said]]
    names: frozenset[str]


@dataclass(slots=True)
class Cut:
    """What is to be done to a file: pages that go, forms that are emptied by page, or all of it."""

    pages: list[int] = field(default_factory=list)
    forms: dict[int, list[str]] = field(default_factory=dict)
    whole: str = ""


def scrub(book: Ledger, copies: Collection[Ledger], one: Held, who: Whom) -> str:
    """Take forgotten people out of one file, tell the ledger and its backups, and return what was done, in words."""
    from notegen.ledger import whole_path

    if "://" in one.file.path:
        return f"look at it yourself: {one.file.path} is on another machine and has a page of theirs"
    path = whole_path(book.path, one.file.path)
    if not path.is_file():
        _told(book, copies, one, _nameless(one.file, who), {})
        return f"{one.file.path} is not there any more"
    others = _others(book, one)
    noted = _noted(book.path)
    digest = _digest(path)
    if digest != one.file.sha256:
        if noted.get(one.file.path) != [one.file.sha256, digest]:
            return f"look at it yourself: {one.file.path} is not as it was printed, and had a page of theirs"
        pages = _own_pages(one, others) if one.file.kind is not Kind.ENVELOPES else None
        return _finish(book, copies, one, path, digest, pages)
    return _cut(book, copies, one, path, others, who)


def _cut(book: Ledger, copies: Collection[Ledger], one: Held, path: Path, others: Others, who: Whom) -> str:
    from notegen.press.scrubbing import leaves

    with leaves(path) as made:
        cut = _plan(made, one, others, addressed=_addressed(book, one.run))
        count = len(made)
        if not cut.whole and len(cut.pages) < count:
            for page, names in cut.forms.items():
                made.empty(page, names)
            made.remove(cut.pages)
            left = [made.text(page) for page in range(1, len(made) + 1)]
            if any(map(who.is_on, left)):
                cut.whole = "their words are also elsewhere in it"
        if cut.whole or len(cut.pages) == count:
            return _removed(book, copies, one, path, cut.whole, who)
        with replacing(path, lambda ready: _note(book.path, one.file, _digest(ready))) as stream:
            made.save(stream)
    pages = cut.pages
    return _finish(book, copies, one, path, _digest(path), pages)


def _removed(book: Ledger, copies: Collection[Ledger], one: Held, path: Path, why: str, who: Whom) -> str:
    path.unlink()
    _told(book, copies, one, _nameless(one.file, who), {})
    return f"{one.file.path} is deleted: {why or 'it had nobody else'}"


def _nameless(file: FileMade, who: Whom) -> FileMade:
    """Return a file that is no more, without a name that speaks of somebody."""
    return replace(file, path=GONE) if who.speaks(file.path) else file


def _finish(
    book: Ledger, copies: Collection[Ledger], one: Held, path: Path, digest: str, pages: list[int] | None
) -> str:
    """Tell the ledger of a file that has its new contents."""
    gone = pages if pages is not None else _missing(path, one)
    moved = {}
    for page in range(1, one.file.pages + 1):
        if page not in gone:
            moved[page] = page - sum(other < page for other in gone)
    made = replace(one.file, sha256=digest, bytes=path.stat().st_size, pages=len(moved))
    _told(book, copies, one, made, {old: new for old, new in moved.items() if old != new})
    _forget_note(book.path, one.file.path)
    if gone:
        return f"{one.file.path}: pages taken out, {len(gone):,} of {one.file.pages:,}"
    return f"{one.file.path}: their cards were emptied on their sheets"


def _missing(path: Path, one: Held) -> list[int]:
    """Return as many pages as a file has lost; of envelopes nobody keeps the numbers."""
    from notegen.press.scrubbing import leaves

    with leaves(path) as made:
        return list(range(len(made) + 1, one.file.pages + 1))


def _told(book: Ledger, copies: Collection[Ledger], one: Held, made: FileMade, moved: Mapping[int, int]) -> None:
    """Tell the backups first: the ledger is what knows that there is something left to do."""
    from notegen.ledger import held, scrubbed

    for copy in copies:
        for same in held(copy):
            if (same.run, same.file.kind, same.file.sha256) == (one.run, one.file.kind, one.file.sha256):
                scrubbed(copy, one.run, replace(made, number=same.file.number), moved)
    scrubbed(book, one.run, made, moved)


def _others(book: Ledger, one: Held) -> Others:
    from notegen.ledger import Wanted, entries, events

    pages: dict[int, list[Said]] = {}
    names: set[str] = set()
    for entry in entries(book, Wanted(run=one.run)):
        if not entry.note.customer:
            continue
        names.add(folded(entry.note.name))
        text = _said(entry)
        if one.file.kind is Kind.CARDS and entry.file == one.file.number and entry.page is not None:
            pages.setdefault(entry.page, []).append(text)
        if one.file.kind is Kind.REPRINT:
            for event in events(book, entry.id):
                if event.what == "reprinted" and event.path == one.file.path and event.page is not None:
                    pages.setdefault(event.page, []).append(text)
    return Others(pages, frozenset(name for name in names if name))


def _said(one: Entry) -> Said:
    note = Note(one.note.customer, one.note.look.template, one.note.text, parts=parts_from_text(one.note.parts))
    return folded(note.text), folded(unsigned(note).text)


def _addressed(book: Ledger, run: str) -> bool:
    from notegen.ledger import run_named

    return "--addressed" in run_named(book, run).command


def _plan(made: Leaves, one: Held, others: Others, *, addressed: bool) -> Cut:
    if made.has_parts:
        return Cut(whole="its PDF/VT parts name each page; print the others again with `notegen reprint`")
    if one.file.kind is Kind.SLIP:
        return Cut(whole="a packing slip has several people on each page; make it anew with `notegen slip`")
    if one.file.kind is Kind.ENVELOPES:
        return _envelopes(made, others)
    shared = [page for page in one.pages if page in others.pages]
    if shared and addressed:
        return Cut(whole="addresses of several people stand on one sheet")
    cut = Cut(_own_pages(one, others))
    for page in shared:
        forms = _theirs(made, page, others.pages[page])
        if not forms:
            return Cut(whole="which card of a sheet is whose cannot be told; `notegen reprint` prints the others")
        cut.forms[page] = forms
        # The slug of a sheet names customers on its back, too.
        cut.forms.update((back, []) for back in range(page + 1, _next(page, one, others)))
    return cut


def _starts(one: Held, others: Others) -> list[int]:
    return sorted({*one.pages, *others.pages})


def _next(page: int, one: Held, others: Others) -> int:
    return min((start for start in _starts(one, others) if start > page), default=one.file.pages + 1)


def _own_pages(one: Held, others: Others) -> list[int]:
    """Return the pages that are nobody else's: a card's front, and its back, which follows it."""
    return [
        page for start in one.pages if start not in others.pages for page in range(start, _next(start, one, others))
    ]


def _theirs(made: Leaves, page: int, texts: Collection[Said]) -> list[str]:
    """Return the forms of a sheet that are none of the others' cards; none when some of the others' are not found."""
    said = {name: folded(text) for name, text in made.forms(page).items()}
    of = {name: next((text for text in texts if words in text), None) for name, words in said.items()}
    if not set(texts) <= set(of.values()):
        return []
    return [name for name, text in of.items() if text is None and said[name]]


def _envelopes(made: Leaves, others: Others) -> Cut:
    """Find the envelopes that nobody else's name is on, with their backs; all others must be there."""
    said = [folded(made.text(page)) for page in range(1, len(made) + 1)]
    # A back has a matching mark at most, a front more than that.
    sides = 2 if len(said) % 2 == 0 and all(len(words) <= MARK for words in said[1::2]) else 1
    fronts = dict(enumerate(said[::sides]))
    gone = [number for number, words in fronts.items() if not any(name in words for name in others.names)]
    if not gone or not all(any(name in words for words in fronts.values()) for name in others.names):
        return Cut(whole="whose each envelope is cannot be told; make them anew with `notegen envelopes`")
    return Cut([number * sides + side for number in gone for side in range(1, sides + 1)])


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _noted(ledger: Path) -> dict[str, Any]:
    try:
        read = json.loads((ledger.parent / NOTED).read_text())
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _note(ledger: Path, file: FileMade, digest: str) -> None:
    noted = _noted(ledger) | {file.path: [file.sha256, digest]}
    write_bytes(ledger.parent / NOTED, json.dumps(noted).encode())


def _forget_note(ledger: Path, path: str) -> None:
    noted = _noted(ledger)
    noted.pop(path, None)
    if noted:
        write_bytes(ledger.parent / NOTED, json.dumps(noted).encode())
    else:
        (ledger.parent / NOTED).unlink(missing_ok=True)

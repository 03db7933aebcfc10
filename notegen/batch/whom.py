"""Who is meant to be forgotten, and what a trace of them looks like."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from notegen.errors import NotegenError
from notegen.facts.erasing import customers
from notegen.model.ledger import Person
from notegen.pipeline.keys import OWN_FOLDERS

if TYPE_CHECKING:
    from notegen.ledger import Ledger
    from notegen.model.schema import Schema

_SHORT: Final = 4
"""Letters and digits below which a word is no trace: it stands in other words."""
_NOTE: Final = 40
"""Letters and digits below which a note may be anybody's."""
_RUNS: Final = "runs"


@dataclass(frozen=True, slots=True)
class Whom:
    """The people who are meant, under all their keys, and what speaks of them.

    `words` are their keys and names without case and signs, `spelled` these as they are written, and their address.
    `notes` are the beginnings of what was written to them, likewise without signs.
    """

    people: tuple[Person, ...]
    words: frozenset[str]
    spelled: tuple[str, ...]
    notes: frozenset[str] = frozenset()

    @property
    def keys(self) -> frozenset[str]:
        """All keys that they have."""
        return frozenset(one.customer for one in self.people)

    @property
    def name(self) -> str:
        """What they are called."""
        return next((one.name or one.customer for one in self.people), "")

    def speaks(self, text: str) -> bool:
        """Return whether a text has one of their words."""
        said = folded(text)
        return any(word in said for word in self.words)

    def is_on(self, page: str) -> bool:
        """Return whether the words of a page are theirs: it speaks of them, or is a note that was written to them."""
        said = folded(page)
        return self.speaks(page) or any(note in said for note in self.notes)

    def in_bytes(self, data: bytes) -> bool:
        """Return whether bytes have one of their words as text: UTF-8, or UTF-16 in either order."""
        return any(word.encode(codec, "surrogatepass") in data for word in self.spelled for codec in _CODECS)


_CODECS: Final = ("utf-8", "utf-16-le", "utf-16-be")


def folded(text: str) -> str:
    """Return the letters and digits of a text alone, without case."""
    return "".join(one for one in text.casefold() if one.isalnum())


def whom(asked: str, those: Iterable[Person], words: Collection[str]) -> Whom:
    """Return people with what speaks of them: what was asked for, keys, names, and `words` that others may share."""
    people = tuple(dict.fromkeys(those))
    names = [word for one in people for word in (one.customer, one.name)]
    kept = [word for word in (asked, *names, *words) if len(folded(word)) >= _SHORT]
    return Whom(people, frozenset(folded(word) for word in kept if word not in words), tuple(dict.fromkeys(kept)))


def facts_files(shop: Path) -> Iterator[Path]:
    """Yield all YAML files of a shop's folder that may hold customers, in the order of their names."""
    for path in sorted(shop.rglob("*.y*ml")):
        inside = path.relative_to(shop)
        ours = inside.parts[0] in (*OWN_FOLDERS, _RUNS, "templates") or inside.parts == ("notegen.yaml",)
        hidden = any(part.startswith(".") for part in inside.parts)
        if path.suffix in (".yaml", ".yml") and path.is_file() and not ours and not hidden:
            yield path


def sought(asked: str, book: Ledger | None, copies: Sequence[Ledger], shop: Path, schema: Schema) -> Whom:
    """Return everybody whom a key or a name means: in the ledger, in its backups, and in the facts.

    One person has one name and one postcode, under any number of keys. Raises NotegenError when several are called so;
    nobody is found for who is known nowhere.
    """
    from notegen.ledger import people

    found = [one for each in (book, *copies) if each is not None for one in people(each, asked)]
    words: list[str] = []
    wanted = asked.casefold()
    everybody = [one for path in facts_files(shop) for one in customers(path, schema)]
    near = {one.name.casefold() for one in everybody if wanted in (one.key.casefold(), one.name.casefold())}
    near |= {one.name.casefold() for one in found}
    for one in everybody:
        if one.key.casefold() == wanted or (one.name and one.name.casefold() in near):
            found.append(Person(one.key, one.name, one.postcode))
    those = _one_of(asked, list(dict.fromkeys(found)))
    keys = {one.customer for one in those}
    for one in everybody:
        if one.key in keys:
            words += one.words
    return replace(whom(asked, those, words), notes=frozenset(_notes((book, *copies), keys)))


def _notes(books: Iterable[Ledger | None], keys: Iterable[str]) -> Iterator[str]:
    """Yield the beginnings of all notes to these customers: their ends may be signed otherwise."""
    from notegen.ledger import Wanted, entries

    for book in books:
        for key in keys if book is not None else ():
            for one in entries(book, Wanted(key)) if book is not None else ():
                text = folded(one.note.text)
                if one.note.customer == key and len(text) >= _NOTE:
                    yield text[: len(text) * 3 // 4]


def _one_of(asked: str, found: list[Person]) -> list[Person]:
    """Return those of a name who are one person with the one that was asked for."""
    exact = [one for one in found if one.customer.casefold() == asked.casefold()]
    if exact:
        same = {_who(one) for one in exact if one.postcode}
        return [one for one in found if one in exact or (one.postcode and _who(one) in same)]
    several = {_who(one) for one in found}
    keys = {one.customer for one in found}
    if len(several) > 1 or (len(keys) > 1 and not all(one.postcode for one in found)):
        they = ", ".join(sorted(keys)[:8])
        raise NotegenError(
            f"{len(keys)} customers are called {asked}, and whether they are one person is not known: {they}",
            hint="erase each that is meant by its key",
        )
    return found


def _who(one: Person) -> tuple[str, str]:
    return folded(one.name), folded(one.postcode)

"""Looking a run up by a file that it made, and cards by people who may be the same under another key."""

from __future__ import annotations

import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final

from notegen.ledger import rows
from notegen.ledger.claims import run_named
from notegen.ledger.opening import Ledger, whole_path
from notegen.ledger.suppressing import plainly
from notegen.model.ledger import Alike, Person, Run

DAYS: Final = 31
"""Two cards of one occasion to one name are perhaps one when their sales are no more days apart; a choice."""
LIKE: Final = 0.85
"""Two names at one postcode are perhaps one person's when so much of them is equal (difflib's ratio); chosen: it lets
one letter of seven be wrong."""
CROWD: Final = 20
"""More cards than these of one name, or of one postcode and sale, tell nobody apart and are not looked at."""

_NEAR: Final = """
SELECT notes.customer, notes.name, notes.postcode, notes.sale, notes.period, runs.name, notes.state, notes.at
FROM notes JOIN runs ON runs.id = notes.run
WHERE notes.occasion = ? AND notes.state <> 'withdrawn' AND notes.erased = 0
AND (notes.name IN ({}) OR (notes.postcode <> '' AND notes.postcode IN ({}))) ORDER BY notes.id
"""


def file_at(book: Ledger, path: Path) -> Run | None:
    """Return the run that last wrote the file at a path, however the path is written; None when none did."""
    wanted = os.path.realpath(path)
    with book.reading() as connection:
        found = connection.execute(
            "SELECT runs.name, files.path FROM files JOIN runs ON runs.id = files.run ORDER BY files.id DESC"
        )
        name = next((name for name, kept in found if os.path.realpath(whole_path(book.path, kept)) == wanted), None)
    return None if name is None else run_named(book, name)


def alike(book: Ledger, occasion: str, those: Iterable[tuple[Person, str, str]]) -> Iterator[Alike]:
    """Yield for each customer, with the sale's date and the period, a card that they have perhaps under another key.

    That is one of the same occasion and period: of the same name, with a sale at most DAYS from this one, and no other
    postcode; or of a name that is LIKE it, at the same postcode, for the same sale. It is a guess, for a person to
    judge.
    """
    with book.reading() as connection:
        for chunk in rows.chunks(those):
            yield from _alike(connection, occasion, chunk)


def _alike(connection: sqlite3.Connection, occasion: str, chunk: list[tuple[Person, str, str]]) -> Iterator[Alike]:
    names, postcodes = ({getattr(one, what) for one, _, _ in chunk} for what in ("name", "postcode"))
    marks = (",".join("?" * len(some)) for some in (names, postcodes))
    near: dict[object, list[tuple[Any, ...]]] = defaultdict(list)
    for row in connection.execute(_NEAR.format(*marks), (occasion, *names, *postcodes)):
        near[row[1]].append(row)
        near[row[2], row[3]].append(row)
    for one, sale, period in chunk:
        some = (near.get(place, []) for place in (one.name, (one.postcode, sale)))
        for row in (row for those in some if len(those) <= CROWD for row in those):
            if row[4] == period and (row[0], row[3]) != (one.customer, sale) and _may_be(one, sale, row):
                yield Alike(one.customer, row[0], row[1], row[5], rows.state_of(row[6]), rows.moment(row[7]))
                break


def _may_be(one: Person, sale: str, row: tuple[Any, ...]) -> bool:
    _, name, postcode, other_sale, *_ = row
    ours, theirs = plainly(one.name), plainly(name)
    if ours == theirs:
        return (one.postcode == postcode or not one.postcode or not postcode) and _apart(sale, other_sale) <= DAYS
    if not postcode or one.postcode != postcode or sale != other_sale:
        return False
    compared = SequenceMatcher(None, ours, theirs, autojunk=False)
    return compared.quick_ratio() >= LIKE and compared.ratio() >= LIKE


def _apart(one: str, other: str) -> int:
    """Return how many days there are between two sales; none when one has no day."""
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return 0

"""Reading the ledger: cards one after another, in the order in which they were claimed, and what happened to each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from notegen.ledger import rows
from notegen.ledger.opening import Ledger
from notegen.model.ledger import Entry, Event, State


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cards: all that fit everything that is not None.

    `customer` is a key or a whole name, in any case; `since` and `until` bound the last change of state, both
    included. `limit` keeps the newest so many.
    """

    customer: str | None = None
    run: str | None = None
    state: State | None = None
    occasion: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: int | None = None


def entries(book: Ledger, wanted: Wanted = Wanted()) -> Iterator[Entry]:
    """Yield cards, newest last, as the ledger was when the first was asked for; memory stays flat."""
    where, values = _where(wanted)
    order = "ORDER BY notes.id"
    if wanted.limit is not None:
        where += f" AND notes.id IN (SELECT notes.id FROM notes JOIN runs ON runs.id = notes.run WHERE {where}"
        where += " ORDER BY notes.id DESC LIMIT ?)"
        values = [*values, *values, wanted.limit]
    with book.reading() as connection:
        for row in connection.execute(f"{rows.ENTRIES} WHERE {where} {order}", values):
            yield rows.entry(row)


def _where(wanted: Wanted) -> tuple[str, list[object]]:
    terms: list[tuple[str, object]] = []
    if wanted.run is not None:
        terms.append(("runs.name = ?", wanted.run))
    if wanted.state is not None:
        terms.append(("notes.state = ?", wanted.state))
    if wanted.occasion is not None:
        terms.append(("notes.occasion = ?", wanted.occasion))
    if wanted.since is not None:
        terms.append(("notes.at >= ?", rows.stamp(wanted.since)))
    if wanted.until is not None:
        terms.append(("notes.at <= ?", rows.stamp(wanted.until)))
    where, values = [term for term, _ in terms], [value for _, value in terms]
    if wanted.customer is not None:
        where.append("(folded(notes.customer) = ? OR folded(notes.name) = ?)")
        values += [wanted.customer.casefold()] * 2
    return " AND ".join(where) or "1", values


def events(book: Ledger, note: int) -> tuple[Event, ...]:
    """Return what happened to a card, oldest first: what happened to its run, and to it alone."""
    with book.reading() as connection:
        found = connection.execute(
            "SELECT what, at, by, reason, path, page FROM events LEFT JOIN files ON files.id = events.file"
            " WHERE note = ?1 OR (note IS NULL AND events.run = (SELECT run FROM notes WHERE id = ?1))"
            " ORDER BY events.id",
            (note,),
        )
        return tuple(rows.event(row) for row in found)

"""Reading the ledger: cards one after another, in the order in which they were claimed, and what happened to each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from notegen.ledger import rows
from notegen.ledger.opening import Ledger
from notegen.model.ledger import Entry, Event, State, Tally

_SUMS: Final = """
SELECT runs.name, notes.state, currency, count(*), sum(cost) FROM notes JOIN runs ON runs.id = notes.run
GROUP BY runs.id, notes.state, currency ORDER BY runs.id
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cards: all that fit everything that is not None.

    `customer` is a key or else a whole name, in any case; `since` and `until` bound the last change of state, both
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
    where, values = _where(wanted, is_key=wanted.customer is not None and _is_key(book, wanted.customer))
    order = "ORDER BY notes.id"
    if wanted.limit is not None:
        where += f" AND notes.id IN (SELECT notes.id FROM notes JOIN runs ON runs.id = notes.run WHERE {where}"
        where += " ORDER BY notes.id DESC LIMIT ?)"
        values = [*values, *values, wanted.limit]
    with book.reading() as connection:
        for row in connection.execute(f"{rows.ENTRIES} WHERE {where} {order}", values):
            yield rows.entry(row)


def counts(book: Ledger, wanted: Wanted = Wanted()) -> dict[State, int]:
    """Return how many cards that fit are in each state, in the order of the states; no `limit` is looked at."""
    where, values = _where(wanted, is_key=wanted.customer is not None and _is_key(book, wanted.customer))
    with book.reading() as connection:
        found = connection.execute(
            "SELECT notes.state, count(*) FROM notes JOIN runs ON runs.id = notes.run"
            f" WHERE {where} GROUP BY notes.state",
            values,
        )
        many = {rows.state_of(state): int(count) for state, count in found}
    return {state: many[state] for state in State if state in many}


def knows(book: Ledger, customer: str) -> bool:
    """Return whether the ledger has a card for a key or a name, in any case."""
    with book.reading() as connection:
        asked = "SELECT 1 FROM notes WHERE erased = 0 AND (folded(customer) = ?1 OR folded(name) = ?1) LIMIT 1"
        return _is_key(book, customer) or connection.execute(asked, (customer.casefold(),)).fetchone() is not None


def _is_key(book: Ledger, customer: str) -> bool:
    """Return whether a customer has exactly this key: it is found at once, a name or another case is not."""
    with book.reading() as connection:
        return connection.execute("SELECT 1 FROM notes WHERE customer = ?", (customer,)).fetchone() is not None


def _where(wanted: Wanted, *, is_key: bool) -> tuple[str, list[object]]:
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
    if wanted.customer is not None and is_key:
        terms.append(("notes.customer = ?", wanted.customer))
    where, values = [term for term, _ in terms], [value for _, value in terms]
    if wanted.customer is not None and not is_key:
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


def names(book: Ledger, like: str) -> frozenset[str]:
    """Return the keys and names that begin with the letter that a text begins with, for who looks for the nearest."""
    with book.reading() as connection:
        found = connection.execute(
            "SELECT customer FROM notes WHERE erased = 0 AND substr(folded(customer), 1, 1) = ?1"
            " UNION SELECT name FROM notes WHERE erased = 0 AND substr(folded(name), 1, 1) = ?1",
            (like.casefold()[:1],),
        )
        return frozenset(name for (name,) in found)


def tallies(book: Ledger) -> tuple[Tally, ...]:
    """Return all runs, oldest first, with how far their cards are; withdrawn cards cost nothing."""
    with book.reading() as connection:
        found = connection.execute(f"SELECT {rows.RUN} FROM runs ORDER BY id").fetchall()
        every = [rows.run(row) for row in found]
        states: dict[str, dict[State, int]] = {run.name: {} for run in every}
        costs: dict[str, dict[str, int]] = {run.name: {} for run in every}
        for name, state, currency, count, cost in connection.execute(_SUMS):
            at = rows.state_of(state)
            states[name][at] = states[name].get(at, 0) + count
            if state != State.WITHDRAWN and cost:
                costs[name][currency] = costs[name].get(currency, 0) + cost
        return tuple(Tally(run, states[run.name], costs[run.name]) for run in every)

"""What a worker gives back of a gang of customers."""

from __future__ import annotations

from dataclasses import dataclass

from notegen.facts.traces import Trace
from notegen.lint.briefs import Brief
from notegen.model.diagnostic import Diagnostic
from notegen.model.drawn import Drawn
from notegen.model.person import Person


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one gang: its customers who were asked for, their cards, and what was found of nobody.

    `number` is the gang's. `seen` are the keys and names of all its customers, asked for or not, when some are chosen
    by name. `unreadable` are documents that are no customer, each with its place and what is wrong with it. `traces`
    and `briefs` are what a whole batch must know of each customer of the gang, asked for or not.
    """

    number: int
    people: tuple[Person, ...]
    cards: tuple[Drawn, ...]
    loose: tuple[Diagnostic, ...] = ()
    seen: tuple[tuple[str, str], ...] = ()
    unreadable: tuple[tuple[str, str], ...] = ()
    traces: tuple[Trace, ...] = ()
    briefs: tuple[Brief, ...] = ()

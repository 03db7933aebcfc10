"""What a data base, an export or a clipboard leaves in facts, found at its place, with a fix where it is safe.

`findings` judges one customer, `doubles` looks at several.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from notegen.facts.hygiene import figures, people, same, text
from notegen.facts.hygiene.mending import leaves
from notegen.model.diagnostic import Diagnostic
from notegen.model.facts import Facts


def findings(one: Facts, today: date | None) -> Iterator[Diagnostic]:
    """Yield what is wrong with names, words, postcodes and days; without `today`, days that stand for a blank field."""
    there = leaves(one.tree)
    yield from people.findings(one)
    yield from text.findings(one, there)
    yield from figures.postcodes(one)
    yield from figures.dates(one, today, there)


def doubles(people_: Iterable[Facts]) -> Iterator[Diagnostic]:
    """Yield who seems to be in a list twice under two keys."""
    return same.findings(people_)

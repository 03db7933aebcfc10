"""Customers of a gang that are read once more, one by one."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import cast

from notegen import settings
from notegen.facts.gangs import Gang, load_gang
from notegen.model.source import Source
from notegen.pipeline.gangs import Job, reread

TODAY = date(2026, 11, 28)
SHOP = settings.defaults()
JOB = cast(Job, SimpleNamespace(shop=SHOP, wishes=SimpleNamespace(today=TODAY)))
GOOD = "---\ncustomer: {{name: {0} Reyes}}\nsale: {{short: the {0}}}\n"


def gang_of(*texts: str) -> Gang:
    """Return a gang of documents, each of a line of its own."""
    return Gang(3, 0, tuple(Source("facts.yaml", text, 1 + 3 * line) for line, text in enumerate(texts)))


def test_customers_are_the_same_when_they_are_read_alone() -> None:
    """Alone or with all of their gang, and also when a document of it cannot be read: then places are of people."""
    whole = gang_of(*(GOOD.format(name) for name in ("Ana", "Bo", "Cleo", "Dov")))
    broken = gang_of(GOOD.format("Ana"), "---\ncustomer: [", GOOD.format("Cleo"), GOOD.format("Dov"))
    for gang in (whole, broken):
        people = load_gang(gang, SHOP.schema, TODAY).value or ()
        there = [settings.with_shop(one, SHOP, TODAY) for one in people]
        for places in ([0], [2, 1], [len(there) - 1, 0]):
            assert reread(JOB, gang, places, len(there)) == [there[place] for place in places]


def test_no_other_document_is_read() -> None:
    """Where every document was a customer, those that nobody asks for are left alone."""
    gang = gang_of(GOOD.format("Ana"), "---\ncustomer: [", GOOD.format("Cleo"))
    assert [one.key for one in reread(JOB, gang, [2], 3)] == ["cleo-reyes"]

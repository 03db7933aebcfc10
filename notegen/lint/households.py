"""Who lives, works or has a neighbour where: groups of customers whose cards may be laid side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from notegen.model.facts import Facts, Value

_NUMBER: Final = re.compile(r"^\W*\d+\s?[a-z]?\b[\s,]*|[\s,]+\d+\s?[a-z]?\W*$")
"""A house number, before the street or after it."""
_MARKS: Final = re.compile(r"[^\w\s]+")

KINDS: Final = ("household", "office", "street")
"""What a place may be, the nearest first."""


class Place(NamedTuple):
    """A place that customers share: `kind` is household, office or street, `name` what tells it from others."""

    kind: str
    name: str


def places(one: Facts) -> Iterator[Place]:
    """Yield the places of one customer, the nearest first."""
    street, rest = _street(one), _town(one)
    if street and rest:
        flat = _folded(one.get("customer.address.street2"))
        yield Place("household", f"{street} {flat} {rest}")
    home = one.get("customer.household")
    for name in (one.get("customer.name"), *(home if isinstance(home, tuple) else ())):
        if rest and " " in (folded := _folded(name)):
            yield Place("household", f"{folded} of {rest}")
    company = _folded(one.get("customer.company"))
    if company:
        yield Place("office", company)
    road = _NUMBER.sub("", street).strip()
    if road and rest:
        yield Place("street", f"{road} {rest}")


def fellows(people: Sequence[Facts]) -> dict[str, tuple[Facts, ...]]:
    """Return for each customer's key the others of the household; who lives alone is left out."""
    homes: dict[str, list[Facts]] = {}
    for one in people:
        for place in places(one):
            if place.kind == "household":
                homes.setdefault(place.name, []).append(one)
    found: dict[str, dict[str, Facts]] = {}
    for home in homes.values():
        for one in home if len(home) > 1 else ():
            found.setdefault(one.key, {}).update({other.key: other for other in home if other.key != one.key})
    return {key: tuple(others.values()) for key, others in found.items() if others}


def _street(one: Facts) -> str:
    lines = one.get("customer.address.lines")
    first = lines[0] if isinstance(lines, tuple) and len(lines) > 1 else None
    return _folded(one.get("customer.address.street") or first)


def _town(one: Facts) -> str:
    lines = one.get("customer.address.lines")
    rest = " ".join(str(line) for line in lines[1:]) if isinstance(lines, tuple) else None
    return _folded(one.get("customer.address.postcode") or one.get("customer.address.city") or rest)


def _folded(value: Value) -> str:
    """Return text as two people would write it alike: lower case, no marks, one space."""
    return _folded_text(str(value)) if value is not None else ""


@lru_cache(maxsize=1024)
def _folded_text(text: str) -> str:
    return " ".join(_MARKS.sub(" ", text.casefold()).split())

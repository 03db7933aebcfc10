"""Where facts keep an address, read as it is written: what is made of it is the post's matter."""

from __future__ import annotations

from collections.abc import Iterator

from notegen.model.address import PARTS, Written
from notegen.model.facts import Facts
from notegen.model.source import Span

CUSTOMER = "customer"
SHOP = "shop"


def written(facts: Facts, owner: str = CUSTOMER) -> Written:
    """Return the address of the customer or of the shop, with the place of each part.

    The name is `address.addressee`, else the owner's `name`. A number is taken as it stands in the file.
    """
    root = f"{owner}.address"
    parts: dict[str, str] = {}
    places = dict(_whole(facts, owner))
    for part in PARTS:
        paths = (f"{root}.addressee", f"{owner}.name") if part == "name" else (f"{root}.{part}",)
        for path in paths:
            text = _text(facts, path)
            if text and part not in parts:
                parts[part] = text
                places |= {part: facts.spans[path]} if path in facts.spans else {}
    lines = facts.get(f"{root}.lines")
    rows = tuple("" if line is None else str(line) for line in lines) if isinstance(lines, tuple) else ()
    for number in range(len(rows)):
        if f"{root}.lines.{number}" in facts.spans:
            places[f"lines.{number}"] = facts.spans[f"{root}.lines.{number}"]
    return Written(parts, rows, places)


def _whole(facts: Facts, owner: str) -> Iterator[tuple[str, Span]]:
    """Yield the place of the address, or of whoever should have one."""
    for path in (f"{owner}.address", f"{owner}.name", owner):
        if path in facts.spans:
            yield "", facts.spans[path]
            return


def _text(facts: Facts, path: str) -> str | None:
    value = facts.get(path)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value)

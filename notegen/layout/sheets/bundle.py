"""The sheets that notegen brings from the glabels template database (MIT), read from one JSON when first asked for.

A row is a sheet: name, other parts of the brand that are the same, brand, part, title, 1 for cards and 0 for labels,
the paper's number, then in mm the piece's width and height, corner radius, waste across and up, and grids of
[columns, rows, left, top, pitch across, pitch down]. `importing` writes the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from notegen.errors import NotegenError
from notegen.layout.sheets.grid import Grid, slots
from notegen.model.sheet import SheetStock
from notegen.registry import Registry

FILE: Final = Path(__file__).with_name("glabels.json")

SOURCE: Final = "glabels template database (MIT)"

KNOWN_BY_PART: Final = "Avery"
"""The brand whose parts everybody knows by their numbers alone."""


def slug(text: str) -> str:
    """Return a text as a name: small letters, digits, dots and dashes."""
    return re.sub(r"[^a-z0-9.]+", "-", text.casefold()).strip("-")


def add_bundled(registry: Registry[SheetStock]) -> None:
    """Add every bundled sheet to a registry, to be made when it is asked for; those kept out go to `withheld`."""
    whole = _whole()
    for row in whole["sheets"]:
        name, aka = row[0], tuple(_aliases(row))
        registry.add_later(name, partial(_sheet, row, aka, whole["papers"]), aliases=aka)
    registry.withheld.update(whole["out"])


@cache
def _whole() -> dict[str, Any]:
    try:
        whole: dict[str, Any] = json.loads(FILE.read_bytes())
    except (OSError, ValueError) as error:
        raise NotegenError(f"{FILE.name} is damaged", hint="install notegen-cards again") from error
    return whole


def _aliases(row: list[Any]) -> Iterator[str]:
    """Yield the other names of a sheet: equivalent parts with their brand and, for the best known brand, bare parts."""
    name, others, brand, part = row[:4]
    stem = name[: len(name) - len(slug(part))]
    yield from (f"{stem}{slug(other)}" for other in others)
    if brand == KNOWN_BY_PART:
        yield from (slug(one) for one in (part, *others))


def _sheet(row: list[Any], aka: tuple[str, ...], papers: list[list[float]]) -> SheetStock:
    name, _, brand, part, title, card, paper, width, height, radius, across, up, grids = row
    size = papers[paper][0], papers[paper][1]
    placed = (Grid(columns, rows, (x, y), (dx, dy)) for columns, rows, x, y, dx, dy in grids)
    return SheetStock(
        name=name,
        title=f"{brand} {part}: {title}",
        paper=size,
        slots=slots(size, (width, height), placed),
        source=SOURCE,
        what="card" if card else "label",
        waste=(across, up),
        round=radius,
        brand=brand,
        part=part,
        aka=aka,
    )

"""The sheets of the glabels template database become the file that notegen brings: checked, merged and made small.

`python -m notegen.layout.sheets.importing TEMPLATES.json` writes `glabels.json` beside this module. TEMPLATES.json is
the database's XML as one JSON: `papers` by name as [width, height, title], and `templates` with brand, part, size,
desc, equiv, w, h, cat, shape, lw, lh, round, waste [both, x, y] and layouts [nx, ny, x0, y0, dx, dy]; all in points.

Kept out, with the reason, is what is not made of rectangles and what cannot be: pieces over the paper's edge or over
each other. Where figures that were rounded make pieces touch by less than `MENDED` mm, the pieces are made that much
smaller.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from notegen.files import replacing
from notegen.layout.sheets.bundle import FILE, slug
from notegen.layout.sheets.grid import LARGEST, ROUNDING, SMALLEST, Grid, beyond, overlap, slots

POINT: Final = 25.4 / 72
"""Millimetres of a PostScript point."""

MENDED: Final = 0.2
"""Millimetres of overlap or overhang that are taken for rounding in the database."""

SHAPES: Final = {
    "cd": "it is for discs",
    "round": "its labels are round",
    "ellipse": "its labels are oval",
}
"""What pieces that are not rectangles are called."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One sheet of the database, in mm."""

    brand: str
    part: str
    title: str
    what: str
    paper: tuple[float, float]
    size: tuple[float, float]
    grids: tuple[Grid, ...]
    round: float
    waste: tuple[float, float]

    @property
    def name(self) -> str:
        """The sheet's name: brand and part in small letters."""
        return slug(f"{self.brand} {self.part}")


class Refused(Exception):
    """A sheet that is kept out; the text is the reason."""


def imported(database: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the bundled file holds: papers, sheets and those kept out, by name with the reason."""
    out: dict[str, str] = {}
    kept: dict[tuple[str, str], list[Entry]] = {}
    roots = {(one["brand"], one["part"]): one["equiv"] for one in database["templates"]}
    for record in database["templates"]:
        brand, part = record["brand"].strip(), record["part"].strip()
        try:
            entry = checked(_entry(record, database["papers"]))
        except Refused as reason:
            out[slug(f"{brand} {part}")] = str(reason)
        else:
            kept.setdefault((brand, _root(record["brand"], record["part"], roots)), []).append(entry)
    papers = list(dict.fromkeys(group[0].paper for group in kept.values()))
    rows = sorted((_row(group, papers) for group in kept.values()), key=lambda row: str(row[0]))
    return {"papers": papers, "sheets": rows, "out": dict(sorted(out.items()))}


def checked(entry: Entry) -> Entry:
    """Return a sheet with all its pieces on the paper and none over another; raises Refused for what cannot be."""
    if not all(SMALLEST <= side for side in entry.size) or not all(side <= LARGEST for side in entry.paper):
        raise Refused(f"its pieces measure {entry.size[0]:.1f} x {entry.size[1]:.1f} mm")
    over, across = _faults(entry)
    mended = _mended(entry) if max(over, across) > ROUNDING else entry
    if max(_faults(mended)) <= ROUNDING:
        return mended
    if over > ROUNDING:
        raise Refused(f"a piece reaches {over:.1f} mm over the paper")
    raise Refused(f"pieces lie {across:.1f} mm over each other")


def _faults(entry: Entry) -> tuple[float, float]:
    """Return by how much pieces reach over the paper and lie over each other, in mm."""
    boxes = slots(entry.paper, entry.size, entry.grids)
    return beyond(entry.paper, boxes), min(overlap(boxes))


def _mended(entry: Entry) -> Entry:
    """Return a sheet whose pieces are smaller by what rounding has made too much, to the right and below."""
    boxes = slots(entry.paper, entry.size, entry.grids)
    over = overlap(boxes)
    less = [
        max(0.0, max(box.right for box in boxes) - entry.paper[0]),
        max(0.0, -min(box.y for box in boxes)),
    ]
    thinner = 0 if over[0] <= over[1] else 1
    less[thinner] = max(less[thinner], min(over))
    if max(less) > MENDED:
        return entry
    width, height = (round(side - by, 4) for side, by in zip(entry.size, less, strict=True))
    return replace(entry, size=(width, height))


def _entry(record: Mapping[str, Any], papers: Mapping[str, Sequence[Any]]) -> Entry:
    if record["shape"] != "rectangle":
        raise Refused(SHAPES[record["shape"]])
    numbers = [record["lw"], record["lh"], *(one for layout in record["layouts"] for one in layout)]
    if any(one is None for one in numbers):
        raise Refused("a figure is missing")
    paper = papers[record["size"]][:2] if record["size"] != "Other" else (record["w"], record["h"])
    both, across, up = record["waste"]
    card = "card" in record["cat"] and "label" not in record["cat"]
    return Entry(
        brand=record["brand"].strip(),
        part=record["part"].strip(),
        title=" ".join(str(record["desc"]).split()),
        what="card" if card else "label",
        paper=_pair(paper),
        size=_pair((record["lw"], record["lh"])),
        grids=tuple(
            Grid(int(columns), int(rows), _pair((x, y)), _pair((dx, dy)))
            for columns, rows, x, y, dx, dy in record["layouts"]
        ),
        round=_mm(record["round"] or 0.0),
        waste=_pair((both or across or 0.0, both or up or 0.0)),
    )


def _root(brand: str, part: str, roots: Mapping[tuple[str, str], str | None]) -> str:
    """Return the part that a part is said to be the same as, which may itself be the same as another."""
    while (further := roots.get((brand, part))) is not None:
        part = further
    return part


def _row(group: Sequence[Entry], papers: Sequence[tuple[float, float]]) -> list[Any]:
    """Return sheets that are all the same as one row: see `bundle`."""
    first = group[0]
    return [
        first.name,
        [entry.part for entry in group[1:]],
        first.brand,
        first.part,
        first.title,
        int(first.what == "card"),
        papers.index(first.paper),
        *first.size,
        first.round,
        *first.waste,
        [[grid.columns, grid.rows, *grid.first, *_used(grid)] for grid in first.grids],
    ]


def _used(grid: Grid) -> Iterator[float]:
    """Yield the pitch, nought where there is only one piece."""
    yield grid.pitch[0] if grid.columns > 1 else 0
    yield grid.pitch[1] if grid.rows > 1 else 0


def _pair(lengths: Sequence[float]) -> tuple[float, float]:
    return _mm(lengths[0]), _mm(lengths[1])


def _mm(points: float) -> float:
    length = round(points * POINT, 4)
    return int(length) if length == int(length) else length


def as_text(made: Mapping[str, Any]) -> str:
    """Return the bundled file's text, one sheet to a line."""
    rows = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in made["sheets"])
    out = ",\n".join(f"{json.dumps(name)}:{json.dumps(reason)}" for name, reason in made["out"].items())
    return f'{{"papers":{json.dumps(made["papers"])},\n"sheets":[\n{rows}\n],\n"out":{{\n{out}\n}}}}\n'


def main(arguments: Sequence[str]) -> None:
    """Write the bundled file anew from a JSON of the database."""
    database = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    with replacing(FILE) as stream:
        stream.write(as_text(imported(database)).encode("utf-8"))


if __name__ == "__main__":
    main(sys.argv[1:])

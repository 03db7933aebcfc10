"""The packing slip: in mailing order, which card goes into which envelope, and what a person adds by hand.

It lies on the table beside the cards, so it is plain: one row for a card, a box to tick for each thing to do, and at
the end the counts that must agree with the piles.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from notegen.errors import NotegenError
from notegen.layout.lines import PAPERS, cut, wrapped
from notegen.model.page import Align, Item, Line, Outline, Page, Paint, Words
from notegen.model.slip import Row

MARGIN = 14.0
"""White on all sides, mm: office printers do not reach further out than 5."""

BODY, STRONG, SMALL, TITLE = 2.8, 3.1, 2.4, 5.0
"""Ems in mm: 8, 9, 7 and 14 pt."""

PITCH = 3.55
"""From line to line in a row, mm."""

AIR = 1.5
"""White above and below what stands in a row, mm."""

BOX = 2.7
"""Side of a box to tick, mm."""

GREY = Paint((0.0, 0.0, 0.0, 0.35))
_COLUMNS = ((0.0, "packed"), (0.065, "card"), (0.15, "for"), (0.43, "begins"), (0.645, "made of"), (0.79, "by hand"))
"""Where columns begin, as parts of the width, and their heads."""

_MOST, _LINES = 12, 40
"""Things to do by hand, and lines of them, that a row has room for; the rest is counted."""

_HEAD, _FOOT = 18.0, 20.0
"""Height of what stands above the rows of each page, and below those of the last, mm."""

_FIELDS = ("number", "mark", "key", "name", "address", "begins", "hand", "stock", "envelope", "by_hand")


@dataclass(frozen=True, slots=True)
class _Set:
    """One row, set: what stands in it from its upper edge down, and how high it is, mm."""

    row: Row
    columns: tuple[tuple[tuple[str, bool], ...], ...]
    boxes: tuple[int, ...]
    height: float


def pages(rows: Sequence[Row], title: str, paper: str = "letter") -> tuple[Page, ...]:
    """Return the slip of a batch, as many pages as it takes; `paper` is a4 or letter.

    Raises NotegenError when there is nothing to list.
    """
    if not rows:
        raise NotegenError("there is no card to list on a packing slip")
    size = PAPERS[paper]
    width = size[0] - 2 * MARGIN
    room = size[1] - 2 * MARGIN - _HEAD
    groups = list(_groups([_set(row, width) for row in rows], room))
    return tuple(_page(group, size, (number, len(groups)), title, rows) for number, group in enumerate(groups, start=1))


def as_csv(rows: Sequence[Row]) -> str:
    """Return the slip as comma-separated values, one card to a line; lists are joined by semicolons.

    A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(_FIELDS)
    for row in rows:
        values = as_data(row)
        writer.writerow([_cell(values[name]) for name in _FIELDS])
    return stream.getvalue()


def as_data(row: Row) -> dict[str, object]:
    """Return a row for scripts."""
    return {
        "number": row.mark.number,
        "mark": row.mark.code,
        "key": row.key,
        "name": row.name,
        "address": list(row.address),
        "begins": row.begins,
        "hand": row.hand,
        "stock": row.stock,
        "envelope": row.envelope,
        "by_hand": list(row.by_hand),
    }


def _cell(value: object) -> object:
    if value is None:
        return ""
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _set(row: Row, width: float) -> _Set:
    """Break all that a row says into the lines of its columns."""
    starts = [start * width for start, _ in _COLUMNS] + [width + 2.0]
    wide = [end - start - 3.0 for start, end in pairwise(starts)]
    person = [(line, True) for line in wrapped(row.name, wide[2], STRONG, strong=True, most=3)]
    person += [(line, False) for part in row.address[:6] for line in wrapped(part, wide[2], BODY, most=2)]
    begins = [(line, False) for line in wrapped(row.begins, wide[3], BODY, most=3)]
    made = [(cut(one, wide[4], SMALL), False) for one in (row.stock, row.envelope or "", row.hand) if one]
    hand, boxes = _tasks(row.by_hand, wide[5] - BOX - 1.2)
    mark = [(row.mark.code, True), (str(row.mark.number), False)]
    columns = tuple(map(tuple, ([], mark, person, begins, made, hand)))
    height = PITCH * max(3, *map(len, columns)) + 2 * AIR
    return _Set(row, columns, tuple(boxes), height)


def _tasks(tasks: Sequence[str], width: float) -> tuple[list[tuple[str, bool]], list[int]]:
    """Return the lines of things to do, and before which of them a box stands."""
    broken = [wrapped(task, width, BODY, most=6) for task in tasks]
    fits = sum(lines <= _LINES for lines in accumulate(map(len, broken[:_MOST])))
    shown = broken[:fits]
    if fits < len(tasks):
        shown.append(wrapped(f"and {len(tasks) - fits} more, in the data of this slip", width, BODY))
    boxes = list(accumulate(map(len, shown), initial=0))[:-1]
    return [(line, False) for lines in shown for line in lines], boxes


def _groups(rows: Sequence[_Set], room: float) -> Iterator[list[_Set]]:
    """Yield the rows of each page; the last one leaves room for the counts."""
    here: list[_Set] = []
    used = 0.0
    for number, one in enumerate(rows):
        needs = one.height + (_FOOT if number == len(rows) - 1 else 0.0)
        if here and used + needs > room:
            yield here
            here, used = [], 0.0
        here.append(one)
        used += one.height
    yield here


def _page(
    rows: Sequence[_Set], size: tuple[float, float], place: tuple[int, int], title: str, every: Sequence[Row]
) -> Page:
    """Return one page; the last one has the counts of `every` row below its own."""
    right, y = size[0] - MARGIN, size[1] - MARGIN
    number, count = place
    where = f"page {number} of {count}"
    items: list[Item] = [
        Words(MARGIN, y - TITLE, cut(title, right - MARGIN - 35.0, TITLE, strong=True), TITLE, strong=True),
        Words(right, y - TITLE, where, STRONG, align=Align.RIGHT),
    ]
    y -= _HEAD
    width = right - MARGIN
    items += [Words(MARGIN + start * width, y + 1.6, head, SMALL) for start, head in _COLUMNS]
    items.append(Line(MARGIN, y, right, y, 0.35))
    for row in rows:
        items += _row(row, width, y)
        y -= row.height
        items.append(Line(MARGIN, y, right, y, 0.15, GREY))
    if number == count:
        items += _counts(every, y)
    return Page(size, tuple(items), label=f"{title}, {where}")


def _row(row: _Set, width: float, top: float) -> Iterator[Item]:
    yield _box(MARGIN + 1.0, top - AIR - 0.85 * PITCH, 1.25 * BOX)
    for (start, head), lines in zip(_COLUMNS, row.columns, strict=True):
        x = MARGIN + start * width + (BOX + 1.2 if head == "by hand" else 0.0)
        size = {"made of": SMALL}.get(head, BODY)
        for number, (text, strong) in enumerate(lines):
            y = top - AIR - number * PITCH - 0.75 * PITCH
            yield Words(x, y, text, STRONG if strong else size, strong=strong)
    for number in row.boxes:
        yield _box(MARGIN + _COLUMNS[-1][0] * width, top - AIR - number * PITCH - 0.8 * PITCH, BOX)


def _counts(rows: Sequence[Row], y: float) -> Iterator[Item]:
    """Say how many there are of each, with a box to tick when the pile was counted."""
    x = MARGIN
    enveloped = sum(row.envelope is not None for row in rows)
    counts = {"row": len(rows), "card": len(rows), "envelope": enveloped}
    for text in (f"{count:,} {name}{'s' * (count != 1)}" for name, count in counts.items() if count):
        yield _box(x + 1.0, y - 8.0, BOX)
        yield Words(x + BOX + 2.5, y - 7.5, text, STRONG, strong=True)
        x += 42.0
    example = rows[-1].mark.text
    told = f"Where marks are printed, {example} stands on the back of that card and on the back of its envelope."
    yield Words(MARGIN + 1.0, y - 14.0, told, SMALL)


def _box(x: float, y: float, side: float) -> Item:
    corners = ((x, y), (x + side, y), (x + side, y + side), (x, y + side))
    return Outline("mlllh", corners, width=0.2)

"""Marks outside the trim of a press page: where to cut and fold, whether plates meet, which job it is.

All of them keep clear of the bleed, so that no error of the cutter brings one onto a card. They stand in a band around
the bleed; what finds no room there between the others is left off. The slug has a row of its own below the band.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from notegen import plain
from notegen.model.page import REGISTRATION, Area, Group, Line, Outline, Paint, Words, moved, placed
from notegen.model.stock import Box

if TYPE_CHECKING:
    from notegen.model.page import Item, Page

HAIRLINE = 0.25 * 25.4 / 72
"""Width of a mark, mm: a quarter of a point, the finest line that presses hold."""

GAP = 1.0
"""Between the bleed and any mark, mm."""

LENGTH = 5.0
"""Of a mark, mm, away from the trim; so broad is the band of marks."""

EDGE = 1.0
"""What stays blank between marks and the edge of the media, mm."""

APART = 1.0
"""Between one mark and the next along an edge, mm."""

CLEAR = 3.0
"""What stays blank beside the line of a cut or a fold, mm, so that nobody takes a mark for that line."""

DASH = (0.8, 0.6)
"""Strokes and gaps of a fold mark, mm."""

RADIUS = 1.5
"""Of the ring of a registration mark, mm; its cross is as long as the band is broad."""

PATCH = 4.0
"""Side of a patch of solid ink, mm: what densitometers want at least."""

PROCESS = tuple(
    Paint(one) for one in ((0.0, 0.0, 0.0, 1.0), (1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0))
)
"""Black, cyan, magenta and yellow, as the patches stand."""

TYPE = (2.2, 1.8)
"""Em of the slug, mm: as it is, and where the line would be too long."""

ROW = 3.5
"""Height of the slug's row, mm."""

_ROUND = 0.5522847498
"""How far the handles of a quarter of a circle reach, radii."""


@dataclass(frozen=True, slots=True)
class Slug:
    """What a slug line says: the job, which sheet of how many, the cards on it, the customer, and the face.

    What is "" or 0 is left out.
    """

    job: str
    sheet: int = 0
    of: int = 0
    cards: str = ""
    customer: str = ""
    face: str = ""

    def line(self) -> str:
        """Return the line; characters that plain type lacks become boxes."""
        sheet = f"sheet {self.sheet}/{self.of}" if self.of else f"sheet {self.sheet}" if self.sheet else ""
        cards = f"cards {self.cards}" if self.cards else ""
        return plain.shown(" · ".join(part for part in (self.job, sheet, cards, self.customer, self.face) if part))


@dataclass(frozen=True, slots=True)
class Marks:
    """Which marks a page gets besides those for its folds."""

    crop: bool = True
    registration: bool = True
    patches: bool = True
    slug: Slug | None = None


def marked(page: Page, marks: Marks, folds: Sequence[float] = (), across: Sequence[float] = ()) -> Page:
    """Return a page with marks, and a margin that has room for them.

    `folds` are the x of vertical folds and `across` the y of horizontal ones, in mm, as a stock has them.
    """
    margin = max(page.margin, page.bleed + room(marks))
    around = _around(page.size, page.bleed, replace(marks, slug=None), tuple(folds), tuple(across))
    items = (*page.items, around)
    if marks.slug is not None:
        items = (*items, slug_line(page.trim, margin, page.bleed + GAP + LENGTH, marks.slug))
    return replace(page, items=items, margin=margin)


@lru_cache(maxsize=64)
def _around(
    size: tuple[float, float], bleed: float, marks: Marks, folds: tuple[float, ...], across: tuple[float, ...]
) -> Group:
    """Return all marks of a page but the slug: the same value for all pages that are alike."""
    return Group(
        tuple(chain.from_iterable(_along(edge, marks) for edge in _edges(size, bleed, folds, across))), shared=True
    )


def room(marks: Marks) -> float:
    """Return how far marks go beyond the bleed, mm, with what stays blank beyond them."""
    return GAP + LENGTH + (ROW if marks.slug is not None else 0.0) + EDGE


@dataclass(frozen=True, slots=True)
class _Edge:
    """One edge of the trim: how long it is, where folds end on it, how far out marks begin, and how it lies.

    Marks are made for the lower edge and then turned: x runs along the edge, and y is below nought outside.
    """

    length: float
    folds: tuple[float, ...]
    begins: float
    at: tuple[float, float, float, float, float, float]
    is_top: bool = False


def _edges(
    size: tuple[float, float], bleed: float, upright: tuple[float, ...], beside: tuple[float, ...]
) -> tuple[_Edge, ...]:
    width, height = size
    begins = bleed + GAP
    return (
        _Edge(width, upright, begins, moved(0.0, 0.0)),
        _Edge(width, upright, begins, (1.0, 0.0, 0.0, -1.0, 0.0, height), is_top=True),
        _Edge(height, beside, begins, (0.0, 1.0, 1.0, 0.0, 0.0, 0.0)),
        _Edge(height, beside, begins, (0.0, 1.0, -1.0, 0.0, width, 0.0)),
    )


def _along(edge: _Edge, marks: Marks) -> list[Item]:
    """Return the marks along one edge, where they belong on the page."""
    found: list[Item] = [_stroke(x, edge, DASH) for x in edge.folds]
    taken = [(x - CLEAR, x + CLEAR) for x in (0.0, edge.length, *edge.folds)]
    if marks.crop:
        found.extend(_stroke(x, edge) for x in (0.0, edge.length))
    if marks.registration:
        at = _free(edge.length / 2, LENGTH / 2, taken, edge.length)
        if at is not None:
            taken.append((at - LENGTH / 2, at + LENGTH / 2))
            found.extend(_target(at, -edge.begins - LENGTH / 2))
    if marks.patches and edge.is_top:
        half = PATCH * len(PROCESS) / 2
        at = _free(edge.length / 4, half, taken, edge.length)
        if at is not None:
            found.extend(_patches(at - half, -edge.begins - PATCH))
    return [placed(item, edge.at) for item in found]


def _free(wanted: float, half: float, taken: Sequence[tuple[float, float]], length: float) -> float | None:
    """Return the place nearest to the wanted one where a mark of twice `half` is clear of others; None for nowhere."""
    reach = half + APART
    places = [wanted, *(left - reach for left, _ in taken), *(right + reach for _, right in taken)]
    clear = [
        at
        for at in places
        if reach <= at <= length - reach
        and all(at + reach <= left + 1e-9 or at - reach >= right - 1e-9 for left, right in taken)
    ]
    return min(clear, key=lambda at: (abs(at - wanted), at), default=None)


def _stroke(x: float, edge: _Edge, dash: tuple[float, ...] = ()) -> Line:
    return Line(x, -edge.begins, x, -edge.begins - LENGTH, HAIRLINE, REGISTRATION, dash)


def _target(x: float, y: float) -> tuple[Item, ...]:
    """Return a ring and a cross on every plate: where plates miss each other, it shows more than one."""
    half, r, h = LENGTH / 2, RADIUS, RADIUS * _ROUND
    ring = (
        (r, 0), (r, h), (h, r), (0, r), (-h, r), (-r, h), (-r, 0),
        (-r, -h), (-h, -r), (0, -r), (h, -r), (r, -h), (r, 0),
    )  # fmt: skip
    return (
        Outline("mcccch", tuple((x + dx, y + dy) for dx, dy in ring), REGISTRATION, HAIRLINE),
        Line(x - half, y, x + half, y, HAIRLINE, REGISTRATION),
        Line(x, y - half, x, y + half, HAIRLINE, REGISTRATION),
    )


def _patches(x: float, y: float) -> list[Item]:
    return [Area((Box(x + place * PATCH, y, PATCH, PATCH),), paint) for place, paint in enumerate(PROCESS)]


def slug_line(trim: Box, margin: float, below: float, slug: Slug) -> Words:
    """Return a slug in the row that begins `below` mm under the trim, no longer than the media is broad.

    Where a smaller size does not help, the end of the longest of job and customer is left out, and on a page that is
    too narrow for the rest, the end of the line.
    """
    broad = trim.width + 2 * (margin - EDGE)
    line = slug.line()
    ems = plain.width(line, 1.0)
    size = next((size for size in TYPE if ems * size <= broad), TYPE[-1])
    while ems * size > broad:
        shorter = _shortened(slug)
        if shorter == slug:
            break
        slug, line = shorter, shorter.line()
        ems = plain.width(line, 1.0)
    while ems * size > broad and len(line) > 1:
        line = _cut(line)
        ems = plain.width(line, 1.0)
    over = ems * size - trim.width - margin + EDGE
    return Words(min(0.0, max(EDGE - margin, -over)), -below - ROW * 0.75, line, size)


def _shortened(slug: Slug) -> Slug:
    """Return a slug with one character less of its job or its customer."""
    if len(slug.job) >= len(slug.customer):
        return replace(slug, job=_cut(slug.job))
    return replace(slug, customer=_cut(slug.customer))


def _cut(text: str) -> str:
    whole = text.rstrip("…")
    return f"{whole[:-1].rstrip()}…" if len(whole) > 1 else text

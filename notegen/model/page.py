"""A page with nothing left to decide: cards, pictures, plain words, lines and areas, and where each stands.

Everything that is printed besides a bare card is made of these: press sheets, envelopes, labels, slips, calibration
pages. Measures are millimetres from the lower left corner of the trimmed page, y upwards; what is outside (bleed,
marks, slug) has places below nought or beyond the trim. Items are painted in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from math import atan2, degrees
from typing import TYPE_CHECKING, TypeAlias

from notegen.model.hand import CMYK
from notegen.model.stock import Box

if TYPE_CHECKING:
    from notegen.model.art import Art
    from notegen.model.card import Card
    from notegen.model.drawn import Drawn

Transform: TypeAlias = tuple[float, float, float, float, float, float]
"""a b c d e f: x' = a x + c y + e, y' = b x + d y + f; e and f in mm."""

UPRIGHT: Transform = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
"""The map that leaves everything where it is."""


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour on the press: process coverages from 0 to 1, or a named plate of which `cmyk` is the look elsewhere."""

    cmyk: CMYK = (0.0, 0.0, 0.0, 1.0)
    spot: str | None = None


BLACK = Paint()
"""Full black on the black plate alone: the only ink of small type."""

WHITE = Paint((0.0, 0.0, 0.0, 0.0))
"""Bare paper: it knocks out what is below and never overprints."""

REGISTRATION = Paint((1.0, 1.0, 1.0, 1.0), "All")
"""Every plate there is, for marks outside the trim alone."""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight stroke from (x0, y0) to (x1, y1), `width` mm broad; `dash` alternates strokes and gaps, mm."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.0882
    paint: Paint = BLACK
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """Filled rectangles of one colour, as one path: side by side they show no seams."""

    boxes: tuple[Box, ...]
    paint: Paint = BLACK


@dataclass(frozen=True, slots=True)
class Outline:
    """A closed path of straight and curved parts that is filled or, with a `width` in mm, stroked.

    `points` are (x, y) in mm; `kinds` says what each step of the path takes: m (1 point), l (1), c (3), h (0).
    """

    kinds: str
    points: tuple[tuple[float, float], ...]
    paint: Paint = BLACK
    width: float = 0.0


class Align(StrEnum):
    """Where the reference point of words is: their left end, middle or right end."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Words:
    """A line of plain type on the baseline through (x, y): `size` is the em in mm, `angle` degrees to the left.

    Plain type is `notegen.plain`; its width is what `plain.width` says.
    """

    x: float
    y: float
    text: str
    size: float = 3.5
    paint: Paint = BLACK
    strong: bool = False
    align: Align = Align.LEFT
    angle: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class PlacedCard:
    """A card on a page, drawn or not; `at` takes the card's trimmed page to this one."""

    card: Card | Drawn
    at: Transform = UPRIGHT
    clip: Box | None = None


@dataclass(frozen=True, slots=True)
class PlacedArt:
    """A picture on a page; `at` takes its own size in mm, from its lower left corner, to this page.

    `clip` is the part of the page that it may cover, None for all of it.
    """

    art: Art
    at: Transform = UPRIGHT
    clip: Box | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Items that are moved, turned, scaled and clipped together; `at` takes their page to this one.

    What is in it keeps its own places. `clip` is the part of this page that they may cover, None for all of it. It is
    the only item that can be scaled: line widths and type grow with it. A `shared` group without cards, the very same
    value on many pages, is written into a file once and kept in memory until then.
    """

    items: tuple[Item, ...]
    at: Transform = UPRIGHT
    clip: Box | None = None
    shared: bool = False


Item: TypeAlias = Line | Area | Outline | Words | PlacedCard | PlacedArt | Group


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One side of one piece of paper: trim size, bleed, and how far the media goes beyond the trim on each side.

    `margin` has room for bleed, marks and slug and is at least `bleed`. `label` names the page for whoever handles it.
    """

    size: tuple[float, float]
    items: tuple[Item, ...]
    bleed: float = 0.0
    margin: float = 0.0
    label: str = ""

    @property
    def trim(self) -> Box:
        """The trimmed page."""
        return Box(0.0, 0.0, *self.size)


def moved(x: float, y: float) -> Transform:
    """Return the map that moves by (x, y) mm."""
    return (1.0, 0.0, 0.0, 1.0, x, y)


def then(first: Transform, second: Transform) -> Transform:
    """Return the map that does `first` and then `second`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def applied(at: Transform, x: float, y: float) -> tuple[float, float]:
    """Return where a map takes a point."""
    a, b, c, d, e, f = at
    return a * x + c * y + e, b * x + d * y + f


def turned(degrees: int, width: float, height: float) -> Transform:
    """Return the map that turns a page (mm) by 0, 90, 180 or 270 degrees to the left and leaves it in x, y >= 0."""
    maps: dict[int, Transform] = {
        0: UPRIGHT,
        90: (0.0, 1.0, -1.0, 0.0, height, 0.0),
        180: (-1.0, 0.0, 0.0, -1.0, width, height),
        270: (0.0, -1.0, 1.0, 0.0, 0.0, width),
    }
    return maps[degrees % 360]


def placed(item: Item, at: Transform) -> Item:
    """Return an item where a map takes it; the map moves and turns by quarters, and scales nothing but a Group."""
    if isinstance(item, PlacedCard | PlacedArt | Group):
        return replace(item, at=then(item.at, at), clip=item.clip and mapped(item.clip, at))
    if isinstance(item, Line):
        (x0, y0), (x1, y1) = applied(at, item.x0, item.y0), applied(at, item.x1, item.y1)
        return replace(item, x0=x0, y0=y0, x1=x1, y1=y1)
    if isinstance(item, Area):
        return replace(item, boxes=tuple(mapped(box, at) for box in item.boxes))
    if isinstance(item, Outline):
        return replace(item, points=tuple(applied(at, x, y) for x, y in item.points))
    x, y = applied(at, item.x, item.y)
    return replace(item, x=x, y=y, angle=item.angle + degrees(atan2(at[1], at[0])))


def flattened(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items in the order in which they are painted, those of groups among them, without the groups."""
    for item in items:
        if isinstance(item, Group):
            yield from flattened(item.items)
        else:
            yield item


def mapped(box: Box, at: Transform) -> Box:
    """Return the box that a map takes a box to, which it turns by quarters if at all."""
    (x0, y0), (x1, y1) = applied(at, box.x, box.y), applied(at, box.right, box.top)
    return Box(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))

"""What drawings of stocks and sheets are made of: dashed boxes, dimension lines, words that fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from notegen import plain
from notegen.layout.measured import both
from notegen.model.page import Align, Item, Line, Outline, Paint, Words
from notegen.model.stock import Box

GREY: Final = Paint((0.0, 0.0, 0.0, 0.62))
PALE: Final = Paint((0.0, 0.0, 0.0, 0.45))
FAINT: Final = Paint((0.0, 0.0, 0.0, 0.25))
RED: Final = Paint((0.0, 0.85, 0.8, 0.1))
GREEN: Final = Paint((0.75, 0.0, 0.8, 0.25))
BLUE: Final = Paint((0.85, 0.45, 0.0, 0.1))

MARGIN: Final = 24.0
"""Millimetres of paper around a drawing, for its title, its measures and what its lines mean."""

BROADEST: Final = 90.0
"""Millimetres across which titles go at least, however narrow the drawing is."""

SMALL: Final = 2.8
"""The em of small type, in mm."""

_ARROW: Final = 1.6
_ROUND: Final = 0.5523
"""How far along its tangent a quarter circle's handle is, in radii."""


@dataclass(frozen=True, slots=True)
class Pen:
    """A kind of line: what it means, its colour, breadth in mm and dashes in mm."""

    name: str
    paint: Paint
    width: float = 0.2
    dash: tuple[float, ...] = ()


def frame(box: Box, pen: Pen) -> Iterator[Item]:
    """Yield the four sides of a box."""
    corners = [(box.x, box.y), (box.right, box.y), (box.right, box.top), (box.x, box.top)]
    for (x0, y0), (x1, y1) in zip(corners, [*corners[1:], corners[0]], strict=True):
        yield Line(x0, y0, x1, y1, pen.width, pen.paint, pen.dash)


def rounded(box: Box, radius: float, pen: Pen) -> Item:
    """Return a box with rounded corners."""
    r = min(radius, box.width / 2, box.height / 2)
    h = r * (1 - _ROUND)
    x0, y0, x1, y1 = box.x, box.y, box.right, box.top
    points = (
        *((x0 + r, y0), (x1 - r, y0), (x1 - h, y0), (x1, y0 + h), (x1, y0 + r)),
        *((x1, y1 - r), (x1, y1 - h), (x1 - h, y1), (x1 - r, y1)),
        *((x0 + r, y1), (x0 + h, y1), (x0, y1 - h), (x0, y1 - r)),
        *((x0, y0 + r), (x0, y0 + h), (x0 + h, y0), (x0 + r, y0)),
    )
    return Outline("mlclclclch", points, pen.paint, pen.width)


def fitted(words: Words, room: float) -> Words:
    """Return a line of words made as small as it must be to stand in so many mm."""
    needed = plain.width(words.text, words.size, words.strong)
    size = words.size if needed <= room else words.size * room / needed
    return Words(words.x, words.y, words.text, size, words.paint, words.strong, words.align, words.angle)


def middle(box: Box, text: str, size: float, paint: Paint, *, turned: bool = False) -> Words:
    """Return words in the middle of a box, on their head when `turned`."""
    fit = fitted(Words(0, 0, text, size), box.width * 0.86).size
    fit = min(fit, box.height * 0.6)
    lift = fit * 0.36 * (-1 if turned else 1)
    centre = box.x + box.width / 2, box.y + box.height / 2 - lift
    return Words(*centre, text, fit, paint, align=Align.CENTRE, angle=180.0 if turned else 0.0)


def width_line(box: Box, y: float, length: float | None = None) -> Iterator[Item]:
    """Yield a dimension line below a box at a height of y, with its measure in the middle."""
    text = fitted(Words(box.x + box.width / 2, y - 1.2 * SMALL, both(length or box.width), SMALL, GREY), box.width + 30)
    yield Words(text.x, text.y, text.text, text.size, GREY, align=Align.CENTRE)
    yield Line(box.x, y, box.right, y, 0.15, GREY)
    for x, way in ((box.x, 1), (box.right, -1)):
        yield Line(x, y - 1.5, x, y + 1.5, 0.15, GREY)
        yield _arrow((x, y), (way * _ARROW, 0.0))


def height_line(box: Box, x: float) -> Iterator[Item]:
    """Yield a dimension line beside a box at x, with its measure along it."""
    text = fitted(Words(x - 0.6 * SMALL, box.y + box.height / 2, both(box.height), SMALL, GREY), box.height + 30)
    yield Words(text.x, text.y, text.text, text.size, GREY, align=Align.CENTRE, angle=90.0)
    yield Line(x, box.y, x, box.top, 0.15, GREY)
    for y, way in ((box.y, 1), (box.top, -1)):
        yield Line(x - 1.5, y, x + 1.5, y, 0.15, GREY)
        yield _arrow((x, y), (0.0, way * _ARROW))


def _arrow(tip: tuple[float, float], along: tuple[float, float]) -> Item:
    (x, y), (dx, dy) = tip, along
    points = (tip, (x + dx - dy * 0.3, y + dy + dx * 0.3), (x + dx + dy * 0.3, y + dy - dx * 0.3))
    return Outline("mllh", points, GREY)


def margin(width: float) -> float:
    """Return the paper around a drawing of a width, wide enough for its title."""
    return max(MARGIN, MARGIN + (BROADEST - 18.0 - width) / 2)


def room(width: float) -> tuple[float, float]:
    """Return where the lines above and below a drawing begin, and how long they may be."""
    beside = margin(width) - 15.0
    return -beside, width + 2 * beside


def legend(pens: tuple[tuple[Pen, str], ...], width: float) -> Iterator[Item]:
    """Yield what lines mean, one beside the other below a drawing, as small as they must be to have room."""
    (x, room_there), y = room(width), 5.0 - MARGIN
    sample, gap = 7.0, 4.0
    needed = sum(sample + 1.5 + plain.width(text, SMALL) + gap for _, text in pens)
    scale = min(1.0, room_there / needed)
    for pen, text in pens:
        length = sample * scale
        yield Line(x, y + SMALL * scale * 0.35, x + length, y + SMALL * scale * 0.35, pen.width, pen.paint, pen.dash)
        yield Words(x + length + 1.5 * scale, y, text, SMALL * scale, GREY)
        x += (sample + 1.5 + plain.width(text, SMALL) + gap) * scale

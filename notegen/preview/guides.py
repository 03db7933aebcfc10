"""The lines that a printer thinks in: where a card is cut, how far ink may run over, where writing is safe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import ImageDraw

from notegen.model.room import Room, Use
from notegen.model.stock import Box, Stock

Colour = tuple[int, int, int]
Line = tuple[float, float, float, float]
"""From x, y to x, y."""


@dataclass(frozen=True, slots=True)
class Guide:
    """Some lines of one meaning, in mm from the lower left corner of the trimmed page.

    `dash` is the length of a stroke and of the gap after it, in mm; a gap of nought is a solid line.
    """

    name: str
    label: str
    colour: Colour
    dash: tuple[float, float]
    lines: tuple[Line, ...]


def guides(stock: Stock) -> tuple[Guide, ...]:
    """Return the guides of a stock; those that it has no use for (a fold, a bleed) are left out."""
    width, height = stock.size
    trim = Box(0, 0, width, height)
    found = [Guide("trim", f"trim {_mm(width)} x {_mm(height)} mm", (60, 64, 72), (1, 0), _edges(trim))]
    if stock.bleed:
        label = f"bleed {_mm(stock.bleed)} mm"
        found.insert(0, Guide("bleed", label, (205, 50, 45), (2.2, 1.4), _edges(trim.inset(-stock.bleed))))
    found.append(Guide("safe", f"safe {_mm(stock.safe)} mm", (30, 140, 75), (0.5, 1.0), _edges(stock.safe_box)))
    folds = tuple((x, 0.0, x, height) for x in stock.folds_on(stock.side))
    folds += tuple((0.0, y, width, y) for y in stock.across_on(stock.side))
    if folds:
        found.append(Guide("fold", "fold", (125, 125, 125), (3.4, 1.8), folds))
    return tuple(found)


_ROOMS = {
    Use.SIGNATURE: ("sign here with a pen", (120, 160, 205), (0.5, 0.9)),
    Use.LINE: ("a line by hand", (185, 145, 195), (0.5, 0.9)),
}
"""What is said of each kind of room, in which colour and dashes; pictures alone show it."""

BASE = 0.3
"""Height of a pen's baseline in a room, as a part of it: what is below is for descenders and loops."""


def room_guides(rooms: Sequence[Room]) -> tuple[Guide, ...]:
    """Return the guides of what a card keeps free for a person's pen: upper and lower edge, and a line to write on."""
    found = []
    for room in rooms:
        label, colour, dash = _ROOMS[room.use]
        box, base = room.box, room.box.y + BASE * room.box.height
        lines = tuple((box.x, y, box.right, y) for y in (box.y, base, box.top))
        found.append(Guide(room.use, f"{label}, {_mm(box.height)} mm", colour, dash, lines))
    return tuple(found)


def draw_line(draw: ImageDraw.ImageDraw, line: Line, guide: Guide, scale: float) -> None:
    """Draw a line, given in pixels, in a guide's colour and dashes; `scale` is pixels to the mm."""
    width = max(1, round(0.18 * scale))
    for part in _dashes(line, guide.dash, scale):
        draw.line(part, fill=guide.colour, width=width)


def _dashes(line: Line, dash: tuple[float, float], scale: float) -> Iterator[Line]:
    x0, y0, x1, y1 = line
    length = max(abs(x1 - x0), abs(y1 - y0))
    stroke, gap = (max(1.0, part * scale) if part else 0.0 for part in dash)
    if not gap or not length:
        yield line
        return
    at = 0.0
    while at < length:
        end = min(at + stroke, length)
        a, b = at / length, end / length
        yield x0 + (x1 - x0) * a, y0 + (y1 - y0) * a, x0 + (x1 - x0) * b, y0 + (y1 - y0) * b
        at += stroke + gap


def _edges(box: Box) -> tuple[Line, ...]:
    return (
        (box.x, box.y, box.right, box.y),
        (box.right, box.y, box.right, box.top),
        (box.right, box.top, box.x, box.top),
        (box.x, box.top, box.x, box.y),
    )


def _mm(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")

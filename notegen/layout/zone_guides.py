"""The zones of an address side, drawn over it: for looking, not for printing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from notegen.model.mail import Face, ZoneKind
from notegen.model.page import Item, Line, Paint, Words
from notegen.model.stock import Box

COLOURS: Final = {
    ZoneKind.ADDRESS: Paint((0.7, 0.0, 0.9, 0.1)),
    ZoneKind.SENDER: Paint((0.8, 0.4, 0.0, 0.0)),
    ZoneKind.POSTAGE: Paint((0.0, 0.8, 0.8, 0.0)),
    ZoneKind.CODES: Paint((0.0, 0.8, 0.8, 0.0)),
    ZoneKind.DIGIT: Paint((0.4, 0.6, 0.0, 0.0)),
}
DASH: Final = 1.6, 1.2
LABEL: Final = 2.1
"""Em of a zone's name, mm."""


def guides(face: Face) -> Iterator[Item]:
    """Yield each zone of an address side as a dashed rectangle with its name."""
    for zone in face.zones:
        paint = COLOURS[zone.kind]
        yield from _dashed(zone.box.inset(0.1), paint)
        if zone.kind is not ZoneKind.DIGIT:
            doubt = "" if zone.verified else " (not verified)"
            yield Words(zone.box.x + 1.0, zone.box.y + 1.0, f"{zone.name}{doubt}", LABEL, paint)


def _dashed(box: Box, paint: Paint) -> Iterator[Line]:
    corners = ((box.x, box.y), (box.right, box.y), (box.right, box.top), (box.x, box.top), (box.x, box.y))
    for (x0, y0), (x1, y1) in pairwise(corners):
        yield Line(x0, y0, x1, y1, 0.15, paint, DASH)

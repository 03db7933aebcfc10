"""Japanese mail that stands upright: the postcode in its boxes, the address in columns from the right, the name larger.

Columns are set character by character: kanji, kana and single figures upright, strokes and brackets turned, longer runs
of Latin letters lying on their side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from notegen import plain
from notegen.model.mail import Face, ZoneKind
from notegen.model.page import Align, Item, Outline, Paint, Words
from notegen.model.stock import Box

if TYPE_CHECKING:
    from notegen.model.address import Vertical

POINT: Final = 25.4 / 72
STEP: Final = 0.5 * POINT
CELL: Final = 1.08
"""From character to character of a column, ems."""
PITCH: Final = 1.6
"""From column to column, ems."""
NAME: Final = 1.45
"""How much larger than the address the name is."""
DIGIT: Final = 6.2
"""Em of a postcode's figures in their boxes, mm: the figures are 4.5 mm high."""
SMALL: Final = 7 * POINT, 9 * POINT
"""Ems of the sender, mm, least and largest."""
MIDDLE: Final = 0.38
"""The middle of an ideograph above its baseline, ems."""
VERMILION: Final = Paint((0.0, 0.75, 0.8, 0.0))
"""Of the postcode's frames: vermilion without black or blue, as Japan Post asks."""
STROKES: Final = (0.5, 0.5, 0.5, 0.3, 0.3, 0.3, 0.3)
"""Of the seven frames, mm: 0.4 to 0.6 for the first three, 0.2 to 0.4 for the others (Japan Post's manual, p05)."""
HYPHEN: Final = 1.2, 0.5, 4.0
"""The hyphen between the third and fourth frame: length, stroke, and how far below the frames' top, mm."""

POSTCARD: Final = "郵便はがき"
TITLE: Final = 3.2, 3.0
"""Em of the words that say that a card is a postcard, and how far above the postcode they stand, mm; our own choice."""

_TOKEN: Final = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ0-9&.,'’/:#+]+|\s+|.")
LYING: Final = 0.36
"""How far above its baseline the middle of a lying word is, ems: half the height of plain type's capitals."""
_TURNED: Final = frozenset("ー－−-‐‑–—―～〜~()（）「」『』[]［］【】〈〉…‥=＝|｜")
_RAISED: Final = frozenset("、。，．")
_SMALL_KANA: Final = frozenset("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ")


@dataclass(frozen=True, slots=True)
class _Sized:
    """An address at one size: its columns, the em of the names, and how broad all of it is, mm."""

    size: float
    address: tuple[str, ...]
    company: str | None
    names: tuple[str, ...]
    gap: float

    @property
    def name(self) -> float:
        """The em of the names, mm."""
        return NAME * self.size

    @property
    def widths(self) -> tuple[float, float]:
        """How broad the address with its company is, and the names."""
        beside = len(self.address) + (self.company is not None)
        return beside * PITCH * self.size, len(self.names) * PITCH * self.name


def texts(address: Vertical | None) -> tuple[str, ...]:
    """Return every text of an address in columns."""
    if address is None:
        return ()
    return (address.postcode, *address.address, address.company or "", *address.names)


def columns(address: Vertical, face: Face) -> tuple[Item, ...] | None:
    """Return an upright address: postcode, address and names; None when they have no room."""
    area = face.of(ZoneKind.ADDRESS)[0].box.inset(0.3)
    sized = next(_sizes(address, area, face.type_sizes), None)
    if sized is None:
        return None
    return (*digits(address.postcode, face), *_placed(sized, area, face.size[0] / 2))


def digits(postcode: str, face: Face) -> tuple[Item, ...]:
    """Return the figures of a postcode, the ink of each in the very middle of its box."""
    return tuple(
        _centred(one, zone.box, DIGIT)
        for one, zone in zip(re.sub(r"\D", "", postcode), face.of(ZoneKind.DIGIT), strict=False)
    )


def frames(face: Face) -> Iterator[Item]:
    """Yield the frames of the postcode and the hyphen; the boxes are measured inside the strokes."""
    boxes = [zone.box for zone in face.of(ZoneKind.DIGIT)]
    for box, stroke in zip(boxes, STROKES, strict=False):
        outer = box.inset(-stroke / 2)
        corners = ((outer.x, outer.y), (outer.right, outer.y), (outer.right, outer.top), (outer.x, outer.top))
        yield Outline("mlllh", corners, VERMILION, stroke)
    if len(boxes) > 3:
        length, stroke, down = HYPHEN
        middle, y = (boxes[2].right + boxes[3].x) / 2, boxes[2].top - down
        bar = (middle - length / 2, y - stroke / 2), (middle + length / 2, y - stroke / 2)
        yield Outline("mlllh", (*bar, (bar[1][0], y + stroke / 2), (bar[0][0], y + stroke / 2)), VERMILION)


def title(face: Face) -> Iterator[Item]:
    """Yield the words that make a card a postcard, above its postcode; Japan Post wants them on private cards."""
    boxes = [zone.box for zone in face.of(ZoneKind.DIGIT)]
    if boxes:
        middle = (boxes[0].x + boxes[-1].right) / 2
        yield Words(middle, boxes[0].top + TITLE[1], POSTCARD, TITLE[0], VERMILION, align=Align.CENTRE)


def _centred(text: str, box: Box, size: float) -> Words:
    left, bottom, right, top = plain.ink(text, size)
    return Words(box.x + (box.width - left - right) / 2, box.y + (box.height - bottom - top) / 2, text, size)


def _sizes(address: Vertical, area: Box, sizes: tuple[float, float]) -> Iterator[_Sized]:
    """Yield the address at each size at which it fits, first with its columns whole and then broken."""
    least, most = sizes
    ladder = [most - STEP * number for number in range(int((most - least) / STEP) + 1)]
    for size in ladder:
        yield from _fitting(_Sized(size, address.address, address.company, address.names, PITCH * size / 2), area)
    for size in ladder:
        parts = tuple(part for column in address.address for part in _cut(column, area.height / size))
        yield from _fitting(_Sized(size, parts, address.company, address.names, PITCH * size / 2), area)


def _fitting(made: _Sized, area: Box) -> Iterator[_Sized]:
    """Yield an address that is neither too high nor too broad; company and names begin one of their ems lower."""
    size = made.size
    tall = max((_length(one) * size for one in made.address), default=0.0)
    beside = _length(made.company) * size + size if made.company else 0.0
    names = max((_length(one) * made.name + made.name for one in made.names), default=0.0)
    if max(tall, beside, names) <= area.height and sum(made.widths) + made.gap <= area.width:
        yield made


def _placed(made: _Sized, area: Box, middle: float) -> Iterator[Item]:
    x = area.right - PITCH * made.size / 2
    for column in made.address:
        yield from _column(column, x, area.top, made.size)
        x -= PITCH * made.size
    if made.company:
        yield from _column(made.company, x, area.top - made.size, made.size)
        x -= PITCH * made.size
    step, many = PITCH * made.name, len(made.names)
    first = x + PITCH * made.size / 2 - made.gap - step / 2
    # The names stand in the middle of the card when the address leaves it free, and never out of the zone.
    x = max(min(first, middle + step * (many - 1) / 2), area.x + step * (many - 0.5))
    for name in made.names:
        yield from _column(name, x, area.top - made.name, made.name)
        x -= step


def sender(ours: Vertical, face: Face) -> tuple[Item, ...] | None:
    """Return the sender in small columns below the stamps, with the postcode above; None when they have no room."""
    zone = face.of(ZoneKind.SENDER)[0].box.inset(0.3)
    high = SMALL[0] * 1.6
    below = Box(zone.x, zone.y, zone.width, zone.height - high)
    made = next(_sizes(ours, below, SMALL), None)
    if made is None:
        return None
    plain_code = re.sub(r"\D", "", ours.postcode)
    code = f"{plain_code[:3]}-{plain_code[3:]}" if len(plain_code) == 7 else ""
    at = Words(zone.x + zone.width / 2, zone.top - SMALL[0], code, SMALL[0], align=Align.CENTRE)
    return (*((at,) if code else ()), *_placed(made, below, below.right))


def _cut(column: str, room: float) -> Iterator[str]:
    """Break a column that is longer than `room` ems between two of its tokens."""
    kept, length = "", 0.0
    for token in _TOKEN.findall(column):
        long = _length(token)
        if kept and length + long > room:
            yield kept.strip()
            kept, length = "", 0.0
        kept, length = kept + token, length + long
    if kept.strip():
        yield kept.strip()


def _length(text: str) -> float:
    """Return how long a column is, ems."""
    return sum(map(_long, _TOKEN.findall(text)))


def _long(token: str) -> float:
    if token.isspace():
        return CELL / 2
    if _lies(token):
        return plain.width(token, 1.0) + (CELL - 1)
    return CELL


def _lies(token: str) -> bool:
    """Whether letters lie on their side: longer ones, and words of two letters; two figures stand in one cell."""
    return len(token) > 2 or (len(token) == 2 and token.isalpha())


def _column(text: str, x: float, top: float, size: float) -> Iterator[Words]:
    """Yield the characters of a column whose middle is at x and whose first cell begins at `top`."""
    for token in _TOKEN.findall(text):
        long = _long(token) * size
        if not token.isspace():
            yield _set(token, x, top - long / 2, size)
        top -= long


def _set(token: str, x: float, y: float, size: float) -> Words:
    """Return a token with its middle at a place."""
    if _lies(token):
        left, _, right, _ = plain.ink(token, size)
        return Words(x - LYING * size, y + (left + right) / 2, token, size, angle=-90.0)
    if token in _TURNED:
        left, bottom, right, top = plain.ink(token, size)
        # Turned to the right, the token's up is the page's right, and it runs downwards.
        return Words(x - (bottom + top) / 2, y + (left + right) / 2, token, size, angle=-90.0)
    if token.isascii():
        small = size if len(token) == 1 else 0.8 * size
        return _centred(token, Box(x, y, 0.0, 0.0), small)
    right = 0.6 * size if token in _RAISED else 0.1 * size if token in _SMALL_KANA else 0.0
    return Words(x + right, y - MIDDLE * size + right, token, size, align=Align.CENTRE)

"""The outside of an envelope: an address where the post reads it, the sender, a barcode, and nothing in the way.

Zones and barcodes come from whoever knows the post; here they are rectangles that hold type or stay free of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from notegen.layout import upright
from notegen.layout.address_block import cleaned, fit, no_address, no_letters
from notegen.layout.mail_codes import SENDER_TOO_LONG, TOO_LONG
from notegen.layout.zone_guides import guides
from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.model.mail import Barcode, Face, ZoneKind
from notegen.model.page import Align, Item, Outline, Paint, PlacedCard, Words, moved, placed
from notegen.model.piece import Piece
from notegen.model.stock import Box

if TYPE_CHECKING:
    from notegen.model.address import Vertical

POINT: Final = 25.4 / 72

SENDER: Final = 7 * POINT, 9 * POINT
"""Ems of the return address, mm, least and largest: clearly smaller than the address, lest a machine mistake it."""

BEGINS: Final = 0.45
"""Where an address begins on its envelope, as a part of the width, while it has room to the right."""

INSET: Final = 0.3
"""White between ink and the edge of a zone, mm: a printer may be off by as much."""

BAR_GAP: Final = 2.0
"""Between a barcode and the address below it, mm: at least 0.028 in, at most 5/8 in (USPS Quick Service Guide 201a)."""

FLAP: Final = 10.0
"""White above the sender on the flap, mm, by judgement; the flap is taken to reach half way down."""

STAMP: Final = 22.0, 26.0
"""An ordinary stamp with some white, mm."""

LIGHT: Final = Paint((0.0, 0.0, 0.0, 0.25))


@dataclass(frozen=True, slots=True)
class Cover:
    """What goes on one envelope; `corner` puts the barcode at the lower right instead of above the address.

    `columns` and `from_columns` are the address and the sender for upright Japanese mail. `written` is the address in
    handwriting, already in its place.
    """

    key: str
    lines: tuple[str, ...]
    sender: tuple[str, ...] = ()
    barcode: Barcode | None = None
    corner: bool = False
    columns: Vertical | None = None
    from_columns: Vertical | None = None
    written: tuple[PlacedCard, ...] = ()


@dataclass(frozen=True, slots=True)
class Manner:
    """How envelopes are dressed: sender on the back flap, light box for the stamp, postcode frames, zones shown.

    With `postcard`, frames bring the words that Japan Post wants on a card of one's own.
    """

    flap: bool = False
    stamp: bool = False
    frames: bool = False
    postcard: bool = False
    guides: bool = False


def envelope(cover: Cover, face: Face, manner: Manner) -> Checked[Piece]:
    """Return an envelope with everything in its zone; errors when the address or the sender has no room."""
    lines = cleaned(cover.lines)
    found = tuple(_wrong(cover, lines))
    if found:
        return Checked(None, found)
    front = _front(cover, lines, face)
    sender = cleaned(cover.sender)
    ours = _flap(sender, face) if manner.flap else _sender(cover, sender, face)
    if front is None:
        return Checked(None, (_too_long(cover.key, lines, face, TOO_LONG),))
    if ours is None:
        return Checked(None, (_too_long(cover.key, sender, face, SENDER_TOO_LONG),))
    dress = (*_dress(face, manner), *(guides(face) if manner.guides else ()))
    if manner.flap:
        return Checked(Piece(cover.key, face.size, (*front, *dress), ours))
    return Checked(Piece(cover.key, face.size, (*front, *ours, *dress)))


def room(face: Face, barcode: Barcode | None = None) -> Box:
    """Return where the address may stand: the post's zone, below the sender and the postage, and below a barcode."""
    area = face.of(ZoneKind.ADDRESS)[0].box
    above = [zone.box for zone in (*face.of(ZoneKind.SENDER), *face.of(ZoneKind.POSTAGE))]
    top = area.top if face.upright else min(area.top, *(box.y for box in above))
    taken = barcode.size[1] + BAR_GAP if barcode is not None else 0.0
    return Box(area.x, area.y, area.width, max(0.0, top - area.y - taken)).inset(INSET)


def _wrong(cover: Cover, lines: Sequence[str]) -> Iterator[Diagnostic]:
    if len(lines) < 2 and cover.columns is None:
        yield no_address(cover.key)
    # A hand has letters of its own.
    own = () if cover.written else lines
    columns = (*upright.texts(cover.columns), *upright.texts(cover.from_columns))
    yield from no_letters(cover.key, (*own, *cleaned(cover.sender), *columns))


def _front(cover: Cover, lines: Sequence[str], face: Face) -> tuple[Item, ...] | None:
    if face.upright and cover.columns is not None:
        return upright.columns(cover.columns, face)
    bars = None if cover.corner else cover.barcode
    place = room(face, bars)
    corner = _in_corner(cover.barcode, face) if cover.corner and cover.barcode is not None else ()
    if cover.written:
        return (*cover.written, *corner)
    block = fit(lines, min(place.width, face.widest or place.width), place.height, face.type_sizes)
    broad = bars.size[0] + 2 * bars.clear[0] if bars is not None else 0.0
    if block is None or broad > place.width:
        return None
    left = max(place.x, min(BEGINS * face.size[0], place.right - max(block.width, broad)))
    top = place.y + (place.height + block.height) / 2
    above = _above(bars, left, top, place) if bars is not None else ()
    return (*block.words(left, top), *above, *corner)


def _above(bars: Barcode, left: float, top: float, place: Box) -> tuple[Item, ...]:
    """Return a barcode above an address, flush with it; white at its left is kept inside the zone."""
    x = max(left, place.x + bars.clear[0])
    return (placed(bars.area, moved(x, top + BAR_GAP)),)


def _in_corner(bars: Barcode, face: Face) -> tuple[Item, ...]:
    from_right, up = bars.corner
    return (placed(bars.area, moved(face.size[0] - from_right, up)),)


def _sender(cover: Cover, lines: Sequence[str], face: Face) -> tuple[Item, ...] | None:
    if face.upright and cover.from_columns is not None:
        return upright.sender(cover.from_columns, face)
    if not lines:
        return ()
    zone = face.of(ZoneKind.SENDER)[0].box
    block = fit(lines, zone.width, zone.height, SENDER)
    return block.words(zone.x, zone.top) if block is not None else None


def _flap(lines: Sequence[str], face: Face) -> tuple[Item, ...] | None:
    """Return the sender in the middle of the upper edge of the back, in the least size that is used for it."""
    if not lines:
        return ()
    width, height = face.size[0] - 2 * face.edge, face.size[1] / 2 - FLAP
    block = fit(lines, width, height, (SENDER[0], SENDER[0]))
    if block is None:
        return None
    top, middle = face.size[1] - FLAP - block.ink[3], face.size[0] / 2
    return tuple(
        Words(middle, top - number * block.pitch, line, block.size, align=Align.CENTRE)
        for number, line in enumerate(block.lines)
    )


def _dress(face: Face, manner: Manner) -> Iterator[Item]:
    if manner.stamp:
        zone = face.of(ZoneKind.POSTAGE)[0].box
        x = zone.x + face.edge if face.upright else zone.right - face.edge - STAMP[0]
        yield _frame(Box(x, zone.top - face.edge - STAMP[1], *STAMP), LIGHT, 0.2)
    if manner.frames:
        yield from upright.frames(face)
        if manner.postcard:
            yield from upright.title(face)


def _frame(box: Box, paint: Paint, width: float) -> Item:
    corners = ((box.x, box.y), (box.right, box.y), (box.right, box.top), (box.x, box.top))
    return Outline("mlllh", corners, paint, width)


def _too_long(key: str, lines: Sequence[str], face: Face, code: str) -> Diagnostic:
    width, height = (f"{length:g}" for length in face.size)
    whose, mend = {
        TOO_LONG: ("the address", "leave out what the post does not need"),
        SENDER_TOO_LONG: ("the return address", "shorten `shop.address`, leave it out (--no-return)"),
    }[code]
    longest = max(lines, key=len, default="")
    message = f"{whose} has {len(lines)} lines, the longest '{longest}', which do not fit on {width} x {height} mm"
    return Diagnostic(code, Severity.ERROR, message, hint=f"{mend}, or take a larger envelope", note=key)

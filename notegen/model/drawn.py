"""A card that is drawn: its content stream is ready, and what is left is to put it on a page of a file."""

from __future__ import annotations

from dataclasses import dataclass

from notegen.model.hand import Hand
from notegen.model.pool import Name
from notegen.model.rebuilt import rebuilt
from notegen.model.room import Room
from notegen.model.stock import Box, Stock


@rebuilt
@dataclass(frozen=True, slots=True)
class Drawn:
    """A card as it is written to a file; any process can draw it, and it is the same wherever it was drawn.

    `em`, `ink` and `rooms` are the card's own, in mm. `pool` is the digest of the pool, of which the first `static`
    outlines have the same codes in every file; `codes` are those of the glyphs (unsigned numbers of two bytes, the
    lower byte first, in the order of the stream, without the grown ones). `grown` are the other outlines that the card
    uses, each the name of its slot and the number of its alternate, in the order of first use; their codes are decided
    when a file is written.

    `stream` is the content, in 1/72 inch from the lower left corner of the bleed: deflated (zlib) where nothing is
    grown, and otherwise as it is, with four bytes above 127 in place of each code that is still to be decided.
    """

    key: str
    stock: Stock
    hand: Hand
    em: float
    ink: Box
    rooms: tuple[Room, ...]
    pool: str
    static: int
    stream: bytes
    codes: bytes
    grown: tuple[tuple[Name, int], ...] = ()

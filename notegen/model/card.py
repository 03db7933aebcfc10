"""A card with nothing left to decide: every outline and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from notegen.model.hand import Hand
from notegen.model.pool import Pool
from notegen.model.room import Room
from notegen.model.stock import Box, Stock

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """Placed glyphs, in reading order, in mm from the lower left corner of the trimmed page, y upwards.

    `matrix` (n, 6) maps an outline's ems to mm: x' = a x + c y + e, y' = b x + d y + f. `word_end` and `line_end` (n)
    mark the last glyph of each word that a space follows, and of each line: a reader of the PDF gets a space after the
    first. `em` is the size in mm, one of few (the hand's ladder), so that the pen's weight can be set once per size.
    `ink` is the box around all ink, measured on the outlines. `said` is the number of glyphs and the text of each
    stretch that a reader is told of, "" for one that is left to its glyphs; None where they are the words of `text`.
    `lightness` (n) says by how many steps each glyph is lighter than the fullest ink; None when all have the same.
    `rooms` are the places that are kept free for a person's own pen.
    """

    key: str
    stock: Stock
    hand: Hand
    pool: Pool
    em: float
    text: str
    outline: NDArray[np.int32]
    matrix: NDArray[np.float64]
    word_end: NDArray[np.bool_]
    line_end: NDArray[np.bool_]
    ink: Box
    lightness: NDArray[np.int8] | None = None
    said: tuple[tuple[int, str], ...] | None = None
    rooms: tuple[Room, ...] = ()

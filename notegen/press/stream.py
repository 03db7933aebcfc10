"""Content streams: a text matrix and a code for every glyph, written for a block of cards at once.

Each glyph is one row of cells of four and eight bytes: the linear part of its matrix ("-hh " each), its place
("hhhh "), `Tm<` and the code, and `>Tj`, or a CUT where a word ends. The cells are looked up in tables; what
is left blank is NUL and squeezed out. That takes 60 µs for a card of 430 glyphs, where `%` takes 300 and Python's own
formatting 700. Numbers that need more room than these cells are written in cells that hold any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from notegen.press.ink import Inked, Inking, dips, on_plates
from notegen.press.spoken import CUT, SHOWN, SIZE, cuts, raised_spaces, spoken
from notegen.press.units import GRAIN, POINTS, number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from notegen.model.card import Card

FONT = "F0"
"""The name of the font in a page's resources; a card is written in one."""

REACH = 1_000_000
"""Numbers must be nearer to nought than this: 17 m in steps of 1/20 point."""

NEGATIVE = 99
"""How far below nought a number of the linear part goes that has a cell of four bytes; above, it goes to 999."""

FAR = (10_000, 100_000)
"""Numbers of places that have a cell of eight bytes are nearer to nought than one of these; tables for the nearer one,
which does for cards, take 4 ms to make."""

CELLS = 15

LATER = 1 << 16
"""Added to the place of a code that is decided later; four bytes above 127 then stand for it in the stream."""

MOST_LATER = 1 << 14
"""Codes of one stream that can be decided later."""


@dataclass(frozen=True, slots=True)
class _Tables:
    high: NDArray[np.uint32]
    low: NDArray[np.uint32]
    code: NDArray[np.uint32]
    matrix: np.uint32
    linear: NDArray[np.uint32]
    shown: NDArray[np.uint64]
    end: NDArray[np.uint32]
    ended: NDArray[np.uint64]


@cache
def _tables() -> _Tables:
    codes = [*(b"%04X" % n for n in range(LATER)), *map(_blank, range(MOST_LATER))]
    plain = [b"%d" % n if n else b"" for n in range(1000)]
    return _Tables(
        high=_cells([*plain, b"-", *(b"-" + text for text in plain[1:])]),
        low=_cells([*(b"%d " % n for n in range(1000)), *(b"%03d " % n for n in range(1000))]),
        code=_cells(codes),
        matrix=_cells([b"Tm<"])[0],
        linear=_cells([b"%d " % n for n in range(-NEGATIVE, 1000)]),
        shown=_long_cells([b"Tm<" + code for code in codes]),
        end=_cells([SHOWN, CUT]),
        ended=_long_cells([SHOWN, CUT]),
    )


@cache
def _places(far: int) -> NDArray[np.uint64]:
    return _long_cells([b"%d " % n for n in range(1 - far, far)])


def _cells(texts: Sequence[bytes]) -> NDArray[np.uint32]:
    return np.frombuffer(b"".join(text.ljust(4, b"\0") for text in texts), dtype=np.uint32)


def _long_cells(texts: Sequence[bytes]) -> NDArray[np.uint64]:
    return np.frombuffer(b"".join(text.ljust(8, b"\0") for text in texts), dtype=np.uint64)


def _blank(place: int) -> bytes:
    return bytes((0x80, 0x80, 0x80 | place >> 7, 0x80 | place & 0x7F))


def settled(stream: bytes, codes: Sequence[int]) -> bytes:
    """Return a stream in which each of these codes is where its place was kept."""
    data = np.frombuffer(bytearray(stream), np.uint8)
    at = np.flatnonzero(data >= 0x80).reshape(-1, 4)
    places = (data[at[:, 2]] & np.uint8(0x7F)).astype(np.int32) * 128 + (data[at[:, 3]] & np.uint8(0x7F))
    data[at] = _tables().code[np.asarray(codes, np.int64)[places]].view(np.uint8).reshape(-1, 4)
    return data.tobytes()


def whole_numbers(cards: Sequence[Card]) -> NDArray[np.int32]:
    """Return the matrices (n, 6) of all glyphs of some cards, as they are written.

    Places are in 1/GRAIN point from the corner of the bleed, the linear part for a font of SIZE such steps.
    """
    # numpy runs along the glyphs, not along the six numbers of each, which is how layout keeps them.
    columns = np.concatenate([card.matrix.T for card in cards], axis=1)
    columns[:4] *= 1 / SIZE * (POINTS * GRAIN)
    columns[4:] *= 1.0 * (POINTS * GRAIN)
    columns[4:] += np.repeat([card.stock.bleed for card in cards], [len(card.outline) for card in cards]) * (
        POINTS * GRAIN
    )
    whole: NDArray[np.int32] = np.rint(columns, out=columns).astype(np.int32).T
    return whole


def rows(numbers: NDArray[np.int32], codes: NDArray[np.int32], spaced: NDArray[np.bool_]) -> NDArray[np.uint32]:
    """Return one row of cells per glyph for matrices (n, 6), codes (n) and where a space follows (n).

    Raises ValueError for a number that has more than six digits.
    """
    if not len(numbers):
        return np.empty((0, CELLS), np.uint32)
    linear, places = numbers.T[:4], numbers.T[4:]
    reach = max(-int(places.min()), int(places.max()))
    far = next((one for one in FAR if reach < one), 0)
    if not far or int(linear.min()) < -NEGATIVE or int(linear.max()) > 999:
        return _wide_rows(numbers, codes, spaced)
    tables = _tables()
    table = np.empty((len(codes), 6), np.uint64)
    table.view(np.uint32).T[:4] = tables.linear.take(linear + np.int32(NEGATIVE))
    table.T[2:4] = _places(far).take(places + np.int32(far - 1))
    table[:, 4] = tables.shown.take(codes)
    table[:, 5] = tables.ended.take(spaced.view(np.int8))
    return table.view(np.uint32)


def _wide_rows(numbers: NDArray[np.int32], codes: NDArray[np.int32], spaced: NDArray[np.bool_]) -> NDArray[np.uint32]:
    """Return rows of cells of four bytes, two for each number: "-hhh" and "lll "."""
    tables = _tables()
    size = np.abs(numbers)
    if size.size and int(size.max()) >= REACH:
        raise ValueError("a glyph stands farther out than any page reaches")
    high = size // 1000
    low = size - high * 1000
    low += (high > 0) * np.int32(1000)
    high += (numbers < 0) * np.int32(1000)
    table = np.empty((len(codes), CELLS), np.uint32)
    table[:, 0:12:2] = tables.high[high]
    table[:, 1:12:2] = tables.low[low]
    table[:, 12] = tables.matrix
    table[:, 13] = tables.code[codes]
    table[:, 14] = tables.end[spaced.view(np.int8)]
    return table


def contents(cards: Sequence[Card], codes: Sequence[NDArray[np.int32]], inking: Inking = on_plates) -> Iterator[bytes]:
    """Yield the content stream of each card, given the codes of its glyphs in its font, or LATER and their places."""
    numbers = whole_numbers(cards)
    word_end = np.concatenate([cuts(card) for card in cards])
    table = rows(numbers, np.concatenate(codes), word_end)
    raised = raised_spaces(cards, numbers)
    inked = dips(cards, word_end, inking)
    begins = {id(hand): preamble(inking(hand.ink)) for hand in {id(card.hand): card.hand for card in cards}.values()}
    start = 0
    for card, spaces, changes in zip(cards, raised, inked, strict=True):
        end = start + len(card.outline)
        glyphs = table[start:end].tobytes().translate(None, b"\0")
        yield b"".join((begins[id(card.hand)], *spoken(card, glyphs, spaces, changes), b"ET\n"))
        start = end


def preamble(ink: Inked) -> bytes:
    """Return what stands before the glyphs: the scale, the ink, the font."""
    scale = number(1 / GRAIN).encode("ascii")
    return b"%s 0 0 %s 0 0 cm\n%s%sBT\n/%s %d Tf\n" % (
        scale,
        scale,
        ink.space,
        ink.steps[0],
        FONT.encode("ascii"),
        SIZE,
    )

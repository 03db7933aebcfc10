"""A note as a hand would write it, before it is known where the lines end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notegen.model.hand import Hand
from notegen.model.note import Role
from notegen.model.pool import Pool
from notegen.model.room import Space

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Passage:
    """Words first..last (half open) that belong together: a greeting, a paragraph, one line of the signature.

    `below` is the white that is kept free under it, from the top.
    """

    role: Role
    first: int
    last: int
    below: tuple[Space, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """How a writing runs that is not simply words from left to right with a space after each.

    `said[w]` is word w as the note has it, `spaced[w]` whether a space follows it; where none does, the next word
    stands close by. A writing `from_right` is kept as its mirror image: its x run leftwards from where a word begins,
    and matrix, slope and left edge are those of mirrored outlines, so that all arithmetic is as for Latin.

    Where part of the writing runs against the rest, `turns` says which; it is None otherwise.
    """

    said: tuple[str, ...]
    spaced: NDArray[np.bool_]
    from_right: bool
    turns: Turns | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Turns:
    """Levels of the Unicode bidirectional algorithm: even ones run from left to right, odd ones from right to left.

    A piece is the longest part of a word at one level; a word's pieces and glyphs are kept in the order in which they
    would stand if it were alone on its line. Piece p begins with glyph `first[p]`, `begin[p]` ems into its word, and
    has `level[p]`. `gap[w]` is the level of the white after word w. `against` are the passages, by number, that run
    against most of the note.
    """

    first: NDArray[np.int32]
    begin: NDArray[np.float64]
    level: NDArray[np.int8]
    gap: NDArray[np.int8]
    against: frozenset[int]


def left_to_right(levels: Sequence[int]) -> list[int]:
    """Return the numbers of the items of a line in the order in which they stand from left to right (UAX 9, L2)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        place = 0
        while place < len(order):
            end = place
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[place:end] = reversed(order[place:end])
            place = end + 1
    return order


@dataclass(frozen=True, slots=True, eq=False)
class Writing:
    """Shaped words with their shapes chosen and moved; lengths in ems, y upwards.

    Per glyph (n): `outline` numbers into the pool, `matrix` (n, 4) the linear part a b c d of its text matrix, `x`
    its pen position from the start of its word, `y` its baseline offset. Word w has the glyphs `words[w]` to
    `words[w + 1]`, the advance width `width[w]`, the gap `gap[w]` before the next word, and `whim[w]`, a number in
    [0, 1) that decides whether the writer breaks the line early after it. Line l of the card takes `slope[l]`
    (tangent), `left[l]` (shift of its start, ems), `pitch[l]` (factor on the leading). The tables are long enough
    for any card: LINES entries. `habit` is a number that all writings of one hand and seed share: what a writer does
    always or never is decided by it. `lightness[w]` is by how many steps (0 to `hand.LIGHTEST`) word w is lighter than
    the fullest ink; None when all words have the same. `flow` is for scripts that run otherwise than Latin does, and
    None for those that do not.
    """

    key: str
    hand: Hand
    pool: Pool
    text: str
    passages: tuple[Passage, ...]
    outline: NDArray[np.int32]
    matrix: NDArray[np.float64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    words: NDArray[np.int32]
    width: NDArray[np.float64]
    gap: NDArray[np.float64]
    whim: NDArray[np.float64]
    slope: NDArray[np.float64]
    left: NDArray[np.float64]
    pitch: NDArray[np.float64]
    habit: int
    lightness: NDArray[np.int8] | None = None
    flow: Flow | None = None


LINES = 96
"""Entries in the per-line tables; more lines than any card has at the smallest size."""

"""A note as a hand would write it, before it is known where the lines end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from notegen.model.hand import Hand
from notegen.model.note import Role
from notegen.model.pool import Pool

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Passage:
    """Words first..last (half open) that belong together: a greeting, a paragraph, one line of the signature."""

    role: Role
    first: int
    last: int


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
    the fullest ink; None when all words have the same.
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


LINES = 96
"""Entries in the per-line tables; more lines than any card has at the smallest size."""

"""The pool of alternates: every outline that a hand may put on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BANDS = 8
"""Vertical strips in which the upper and lower edge of a glyph's ink are kept."""


DRAWING = -1
"""The face in the name of a slot that is a free drawing."""

BEGUN = -2
"""The face in the name of a slot that its pool begins with; its number stands for a glyph."""


class Name(NamedTuple):
    """What a slot is known by whatever its number is: its face's number, its glyph there, and the text it stands for.

    A free drawing has the face DRAWING, and its id (64 bits) for a glyph.
    """

    face: int
    glyph: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """K alternates of each glyph of one face, as flat arrays; lengths in ems, y upwards, origin on the baseline.

    A *slot* is one glyph standing for one text (`texts[slot]`); *outline* number `slot * k + alternate` is one shape.
    Outline i has the points `points[first[i]:first[i + 1]]` (x, y), with `on_curve` telling TrueType on-curve points
    from quadratic control points and `contour_end` marking the last point of each contour. `normals` point out of the
    ink, 1 long and up to 1.5 at corners, as mitres do: moving the points along them by d thickens strokes by 2 d.

    `bounds[i]` is (x min, y min, x max, y max) of the ink; `upper[i]` and `lower[i]` are the highest and lowest ink in
    each of BANDS equal strips from x min to x max (exact on the curve, never inside it). A blank outline has zeros.
    `weight` is how hard the pen is pressed at each point: a smooth field along the strokes of mean 0 and variance about
    1, greater at starts and turns. `tip` (0 to 1) is how near a point is to the free end of a stroke; 0 at joins.
    `ids[slot]` names a slot whatever its number is: a hash of its font, glyph and text, or of its drawing.
    `advances[slot]` is the nominal advance. `stroke` is the face's usual stroke width and `x_height` its x-height.
    `digest` names the content: faces, K and the version of the code that made it.

    A hand's pool grows when its Book is asked for more. The grown one is another value with the same digest, in which
    every slot and outline that there was before has the number that it had.
    """

    name: str
    digest: str
    k: int
    texts: tuple[str, ...]
    ids: NDArray[np.uint64]
    advances: NDArray[np.float64]
    first: NDArray[np.int32]
    points: NDArray[np.float32]
    on_curve: NDArray[np.bool_]
    contour_end: NDArray[np.bool_]
    normals: NDArray[np.float32]
    weight: NDArray[np.float32]
    tip: NDArray[np.float32]
    bounds: NDArray[np.float32]
    upper: NDArray[np.float32]
    lower: NDArray[np.float32]
    stroke: float
    x_height: float
    ascent: float
    descent: float
    grown: tuple[Name, ...] = ()

    @property
    def static(self) -> int:
        """The number of slots that the pool begins with wherever it is made."""
        return len(self.texts) - len(self.grown)

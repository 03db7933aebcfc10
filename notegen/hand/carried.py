"""Places of glyphs after the drift is known: marks stay on their letters, and what runs from the right is turned round.

Drift moves each letter about its own middle. A mark that drifted by itself would leave its letter, so it takes the
letter's map, and the way from one to the other is carried through that map.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from notegen.hand.flowing import Plan
from notegen.hand.outline import Floats, Ints
from notegen.model.writing import Flow, Turns

CLOSE = 0.08
"""The gap after a character that no space follows, as a part of a gap between words."""
APART = 0.08
"""Least white between the ink of two such characters, x-heights."""

Pieces = tuple[tuple[int, int], ...]
"""The (first glyph, level) of each part of a word that runs in one direction."""


class Places(NamedTuple):
    """Each glyph's map (n, 4: a b c d), its x in its word and its y; ems."""

    matrix: Floats
    x: Floats
    y: Floats


def closed_up(gap: Floats, edges: Floats, starts: Ints, planned: Plan, x_height: float) -> Floats:
    """Return the gaps (ems) with those small, and not all alike, that are no spaces.

    `edges` is how far each letter's ink stands out before and behind its advance.
    """
    beyond = edges[starts[1:] - 1, 1]
    beyond[:-1] += edges[starts[1:-1], 0]
    return np.where(planned.spaced, gap, np.maximum(gap * CLOSE, beyond + APART * x_height))


def carried(
    places: Places, laid: Floats, starts: Ints, planned: Plan | None, pieces: Sequence[Pieces]
) -> tuple[Places, Flow | None]:
    """Return the places with all marks on their letters and turned as the note runs, and its flow.

    `laid` (n, 4) is what `Bank.gather` gives: advance, offsets and what each glyph is on; `pieces` are the words'.
    """
    from_right = planned is not None and planned.from_right
    flow = None if planned is None else _flow(planned, places, laid, starts, pieces)
    advance, aside, on = laid[:, 0], laid[:, 1], laid[:, 3].astype(np.int64)
    pen = np.cumsum(advance) - advance
    origin = pen + aside
    if from_right:
        places = _turned(places, advance, aside)
        origin = pen + advance - aside
    return (_attached(places, origin, laid[:, 2], on) if on.any() else places), flow


def _flow(planned: Plan, places: Places, laid: Floats, starts: Ints, pieces: Sequence[Pieces]) -> Flow:
    turns = None
    if planned.is_turned:
        every = [
            (start + first, level)
            for start, word in zip(starts.tolist(), pieces, strict=False)
            for first, level in word
        ]
        first = np.array([glyph for glyph, _ in every], np.int32)
        turns = Turns(
            first=first,
            # Where the pen is, not where a mark or a kern has put the letter's origin.
            begin=(places.x - laid[:, 1] * places.matrix[:, 0])[first],
            level=np.array([level for _, level in every], np.int8),
            gap=np.array(planned.gaps, np.int8),
            against=planned.against,
        )
    return Flow(planned.said, np.array(planned.spaced, np.bool_), planned.from_right, turns)


def _turned(places: Places, advance: Floats, aside: Floats) -> Places:
    """Return the mirror image of places from the right: a glyph's origin is at the far end of its advance."""
    a, b = places.matrix[:, 0], places.matrix[:, 1]
    over = advance - 2 * aside
    return Places(places.matrix, places.x + over * a, places.y + over * b)


def _attached(places: Places, origin: Floats, up: Floats, on: Ints) -> Places:
    """Return the places with each mark on its letter, `on` places away; `origin` and `up` are from before any drift."""
    (marks,) = on.nonzero()
    letters = marks + on[marks]
    matrix, x, y = places.matrix.copy(), places.x.copy(), places.y.copy()
    matrix[marks] = matrix[letters]
    a, b, c, d = matrix[marks].T
    aside, above = origin[marks] - origin[letters], up[marks] - up[letters]
    x[marks] = x[letters] + a * aside + c * above
    y[marks] = y[letters] + b * aside + d * above
    return Places(matrix, x, y)

"""How far apart lines are wished: the hand's leading, each line's whim, the air between passages, and the frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from notegen.layout.breaking import Line
from notegen.model.writing import LINES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from notegen.layout.fitting import Draft, Way

TIGHTEST = 0.88
"""How far the distance between lines may shrink before the letters do."""


class Pitches(NamedTuple):
    """The distance before each line of some notes, in mm, 0 before a note's first; and by what each note's shrank."""

    before: list[float]
    shrink: list[float]


def pitches(drafts: Sequence[Draft], ways: Sequence[Way], lines: Sequence[Sequence[Line]], widest: float) -> Pitches:
    """Return how far apart lines are wished: `widest` times the usual, or as much less as a note needs.

    No note's are nearer than TIGHTEST.
    """
    counts = np.array([len(found) for found in lines])
    known = np.arange(counts.max()) < counts[:, None]
    passage = np.zeros(known.shape, np.intp)
    passage[known] = [line[0] for found in lines for line in found]
    most = max(len(draft.airs) for draft in drafts)
    airs = np.array([(*draft.airs, *[0.0] * (most - len(draft.airs))) for draft in drafts])
    air = np.take_along_axis(airs, passage, axis=1)
    air[:, 1:][passage[:, 1:] == passage[:, :-1]] = 0.0
    at = np.minimum(np.arange(known.shape[1]), LINES - 1)
    wished = np.array([draft.writing.pitch for draft in drafts])[:, at] + air
    wished *= _column([draft.writing.hand.leading * trial.x_height for draft, trial in zip(drafts, ways, strict=True)])
    wished[:, 0] = 0.0
    wished[~known] = 0.0
    # Each note's are added one after another, so that it does not matter which others stand beside it.
    total = wished.cumsum(axis=1)[:, -1:]
    over = total + _column([3.0 * trial.x_height for trial in ways])
    over += _column([sum(draft.free) for draft in drafts])
    over -= _column([trial.frame.height for trial in ways])
    shrink = np.minimum(widest, np.maximum(TIGHTEST, 1.0 - over / np.maximum(total, 1e-9)))
    wished *= shrink
    return Pitches(wished[known].tolist(), shrink[:, 0].tolist())


def _column(values: Sequence[float]) -> NDArray[np.float64]:
    return np.array(values)[:, None]

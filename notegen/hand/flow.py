"""How much ink flows: smooth from word to word, never the same in all of them.

A pen that has just been dipped, pressed or warmed writes fuller, and does so for a while: neighbouring words are
correlated (`LIKENESS`), and the next word is never far from the last. What the ink does is decided here, in few steps;
how much it shows is the ink's own `shade`.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from notegen.hand import dice
from notegen.hand.outline import ranges
from notegen.model.hand import LIGHTEST, STEP

LIKENESS = 0.65
"""Correlation of one word's ink with the next one's, a first-order autoregression."""

_TAPE = 1 << 14


def lightness(counts: NDArray[np.int64], seeds: NDArray[np.uint64]) -> NDArray[np.int8]:
    """Return how much lighter than the fullest each word is, in steps from 0 to LIGHTEST.

    There are `counts` words for each of the seeds, one after another.
    """
    start = (dice.bit_rows(seeds, 1)[:, 0] & np.uint64(_TAPE - 1)).astype(np.int64)
    steps: NDArray[np.int8] = _tape()[ranges(start, counts) & (_TAPE - 1)]
    return steps


@cache
def _tape() -> NDArray[np.int8]:
    """Return a long autoregression in whole steps, made with products and sums alone: the same bits everywhere."""
    news = float(np.sqrt(1.0 - LIKENESS * LIKENESS))
    here, found = 0.0, []
    for fresh in dice.normals(dice.seed_of("notegen", "flow"), _TAPE).tolist():
        here = LIKENESS * here + news * fresh
        found.append(min(max(int(LIGHTEST / 2 - here / STEP + 0.5 + 64) - 64, 0), LIGHTEST))
    tape = np.array(found, np.int8)
    tape.setflags(write=False)
    return tape

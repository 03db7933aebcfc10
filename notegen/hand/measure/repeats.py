"""Words that are written several times on a page, when it is known what it says: a font gives them one width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from notegen.hand.measure.words import Written

TIMES, LETTERS = 3, 3
"""A word counts when it has so many letters and stands there so many times, as the human "and" and "the" did."""

WRONG = 1.4
"""A word that is so many times as wide as usual, or as narrow, was cut in the wrong place."""


def widths(written: Sequence[Written], said: Sequence[Sequence[str]]) -> dict[str, list[float]]:
    """Return the widths in pixels of each word's instances.

    A line that says n words is cut at its n - 1 widest gaps. The meter passes over lines of very few letters, so when
    it has found fewer lines than there are, the shortest are taken for those; when it has found more, nothing is known.
    """
    short = len(said) - len(written)
    if not said or short < 0:
        return {}
    order = sorted(range(len(said)), key=lambda line: sum(map(len, said[line])))
    kept = [said[line] for line in sorted(order[short:])]
    found: dict[str, list[float]] = {}
    for line, words in zip(written, kept, strict=True):
        for word, width in zip(words, _cut(line, len(words)), strict=False):
            found.setdefault(word, []).append(width)
    return found


def _cut(line: Written, count: int) -> list[float]:
    """Return the widths of a line's words; none when it has fewer gaps than that."""
    if count - 1 > len(line.gaps):
        return []
    wide = np.sort(np.argsort(-line.gaps, kind="stable")[: count - 1])
    start = np.append(line.ends[0], line.before[wide] + line.gaps[wide] + 1)
    stop = np.append(line.before[wide], line.ends[1])
    width: list[float] = (stop - start + 1.0).tolist()
    return width


def spread(found: Mapping[str, Sequence[float]]) -> float | None:
    """Return the coefficient of variation of repeated words' widths: the median over words; None without one."""
    alike = [_alike(np.array(width)) for word, width in found.items() if len(word) >= LETTERS]
    variations = [float(width.std() / width.mean()) for width in alike if len(width) >= TIMES]
    return median(variations) if variations else None


def _alike(width: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the widths without those of words that were cut in the wrong place."""
    usual = np.median(width)
    kept: NDArray[np.float64] = width[(width < WRONG * usual) & (width * WRONG > usual)]
    return kept

"""Writings with their words apart: what no size changes, so that a note which is tried again is not measured again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from notegen.layout.ink import Floats, Ints, Script


@dataclass(frozen=True, slots=True, eq=False)
class Spaced:
    """A script with its words apart, in ems, as if each writing stood on one endless line.

    `x` is the pen position of each glyph; `give` is how much of all gaps before each word may be squeezed away.
    """

    script: Script
    give: Floats
    x: Floats

    def part(self, number: int) -> Spaced:
        """Return one of the writings alone."""
        text = self.script
        first, last = text.firsts[number : number + 2]
        start, end = text.words[first], text.words[last]
        alone = Script(
            text.pool,
            text.outline[start:end],
            text.bounds[:, start:end],
            text.maps[:, start:end],
            text.place[:, start:end],
            text.words[first : last + 1] - start,
            text.width[first:last],
            text.gap[first:last],
            [0, last - first],
            None if text.close is None else _within(text.close, first, last),
        )
        return Spaced(alone, self.give[first:last], self.x[start:end])


def joined(parts: Sequence[Spaced]) -> Spaced:
    """Return several as one, in order; all are of one hand."""
    if len(parts) == 1:
        return parts[0]
    texts = [part.script for part in parts]
    glyphs = list(accumulate((len(text.outline) for text in texts), initial=0))
    words = list(accumulate((len(text.width) for text in texts), initial=0))
    whole = Script(
        # Pools grow while a batch is written; the longest has the outlines of all others under the same numbers.
        max((text.pool for text in texts), key=lambda pool: len(pool.texts)),
        np.concatenate([text.outline for text in texts]),
        np.concatenate([text.bounds for text in texts], axis=1),
        np.concatenate([text.maps for text in texts], axis=1),
        np.concatenate([text.place for text in texts], axis=1),
        np.concatenate([*[text.words[:-1] + start for text, start in zip(texts, glyphs, strict=False)], glyphs[-1:]]),
        np.concatenate([text.width for text in texts]),
        np.concatenate([text.gap for text in texts]),
        [0, *[first + start for text, start in zip(texts, words, strict=False) for first in text.firsts[1:]]],
        _all_close(texts, words),
    )
    return Spaced(whole, np.concatenate([part.give for part in parts]), np.concatenate([part.x for part in parts]))


def _within(close: Ints, first: int, last: int) -> Ints:
    return close[(close >= first) & (close < last)] - first


def _all_close(texts: Sequence[Script], words: Sequence[int]) -> Ints | None:
    if all(text.close is None for text in texts):
        return None
    known = [text.close + start for text, start in zip(texts, words, strict=False) if text.close is not None]
    close: Ints = np.concatenate(known)
    return close

"""Envelopes: never inside the ink; words that would touch are kept apart, those that would not are left alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import LETTERS, POOL, K, make_pool, write

from notegen.layout.ink import bounds_of, extents, gaps, overhang, script, strips
from notegen.model.writing import Writing

UNITS = st.floats(-0.3, 0.3)


@given(outline=st.integers(0, len(POOL.bounds) - 1), b=UNITS, c=UNITS, a=st.floats(0.5, 6.0), d=st.floats(0.5, 6.0))
def test_boxes_and_strips_hold_the_outline_under_any_map(outline: int, a: float, b: float, c: float, d: float) -> None:
    columns = np.array([[a], [b], [c], [d]])
    one = np.array([outline], dtype=np.int32)
    points = POOL.points[POOL.first[outline] : POOL.first[outline + 1]].astype(float)
    x, y = a * points[:, 0] + c * points[:, 1], b * points[:, 0] + d * points[:, 1]
    for box in (extents(bounds_of(POOL, one), columns), strips(POOL, one, columns)):
        assert box.left.min() <= x.min() + 1e-6
        assert box.right.max() >= x.max() - 1e-6
        assert box.bottom.min() <= y.min() + 1e-6
        assert box.top.max() >= y.max() - 1e-6


def measured(text: str, gap: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the gaps and give of a text whose wished gaps are all the same."""
    writing = write(text, wild=0.0)
    writing.gap[:] = gap
    return spaced(writing)


def spaced(writing: Writing) -> tuple[np.ndarray, np.ndarray]:
    text = script([writing])
    return gaps(text, *overhang(text), 0.0)


def test_words_that_would_touch_are_moved_apart() -> None:
    gap, give = measured("nun nun nun", 0.02)
    assert gap[:2] == pytest.approx(0.3 * 0.4 - 0.06, abs=0.03)
    assert give[:2] == pytest.approx(0.0)


def test_a_gap_that_is_wide_enough_stays_and_gives_a_tenth() -> None:
    gap, give = measured("nun nun nun", 0.5)
    assert gap == pytest.approx(0.5)
    assert give == pytest.approx(0.05)


def test_ink_may_reach_over_the_next_word_at_another_height_only() -> None:
    """A flag that hangs above low letters lets the next word come under it; one that reaches down to them does not."""
    least = []
    for lowest in (0.6, 0.1):
        pool = make_pool()
        flag = LETTERS.index("f") * K
        pool.bounds[flag], pool.upper[flag], pool.lower[flag] = (0.0, lowest, 0.9, 0.8), 0.8, lowest
        writing = replace(write("f nun", wild=0.0), pool=pool)
        writing.outline[0] = flag
        writing.gap[:] = 0.01
        least.append(spaced(writing)[0][0])
    assert least[0] < 0.2
    assert least[1] > 0.4

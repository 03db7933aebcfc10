"""Ink flows smoothly: neighbouring words are alike, never all the same, and the same everywhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from notegen.hand import flow
from notegen.model.hand import LIGHTEST, STEP


def lightness(count: int, seed: int) -> NDArray[np.int8]:
    """Return how light the words of one note are."""
    return flow.lightness(np.array([count]), np.array([seed], np.uint64))


def test_words_vary_as_people_s_ink_does_and_neighbours_are_alike() -> None:
    steps = np.concatenate([lightness(120, seed) for seed in range(200)]).astype(float)
    assert steps.min() == 0
    assert steps.max() == LIGHTEST
    assert 0.8 < steps.std() * STEP < 1.05
    assert abs(steps.mean() - LIGHTEST / 2) < 0.15
    likeness = np.mean([np.corrcoef(lightness(400, seed)[:-1], lightness(400, seed)[1:])[0, 1]
                        for seed in range(50)])  # fmt: skip
    assert 0.58 < likeness < 0.7


def test_no_note_is_even() -> None:
    assert all(len(set(lightness(12, seed).tolist())) > 1 for seed in range(500))


def test_the_same_seed_gives_the_same_flow() -> None:
    assert lightness(12, 7).tolist() == lightness(40, 7)[:12].tolist()
    assert lightness(12, 7).tolist() != lightness(12, 8).tolist()
    assert lightness(12, 1).tolist() == GOLDEN
    assert len(lightness(40_000, 3)) == 40_000
    assert lightness(0, 3).tolist() == []


GOLDEN = [0, 0, 0, 1, 2, 3, 3, 3, 3, 3, 4, 2]

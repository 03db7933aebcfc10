"""A writer's manner: what they do always or never is the same on all their cards, the rest drifts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from synthetic import NOTE, write

from notegen.layout.manner import Manner, manner_of


def manners(habit: int) -> list[Manner]:
    """Return the manners of thirty cards of one writer."""
    return [manner_of(replace(write(NOTE, seed), habit=habit)) for seed in range(30)]


def test_one_writer_indents_and_ends_on_the_right_always_or_never() -> None:
    for habit in range(20):
        one = manners(habit)
        assert len({bool(manner.indent) for manner in one}) == 1
        assert len({bool(manner.ending) for manner in one}) == 1


def test_writers_differ() -> None:
    kinds = {(bool(manner.indent), bool(manner.ending)) for habit in range(40) for manner in manners(habit)[:1]}
    assert len(kinds) == 4


def test_how_far_is_a_habit_that_drifts_a_little() -> None:
    for habit in range(20):
        indents = np.array([manner.indent for manner in manners(habit)])
        endings = np.array([manner.ending for manner in manners(habit)])
        assert np.ptp(indents) <= 0.4
        assert np.ptp(endings) <= 0.04
        assert not indents.any() or np.ptp(indents) > 0.1
        assert not endings.any() or np.ptp(endings) > 0.01
        assert len({manner.above for manner in manners(habit)}) == len({manner.date for manner in manners(habit)}) == 30

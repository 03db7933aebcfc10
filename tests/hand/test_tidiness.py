"""Tidiness is one number or name; every habit grows with it, and none is ever nothing."""

from __future__ import annotations

import numpy as np
import pytest

from notegen.errors import NotegenError
from notegen.hand.tidiness import ENDS, LOOSEST, NEATEST, PRESETS, Ends, checked, loosened, tidiness_of
from notegen.model.hand import Habits

USUAL = Habits()


def numbers(habits: Habits) -> list[float]:
    """Return all figures of a writer's habits."""
    values = [getattr(habits, name) for name in ENDS]
    return [number for value in values for number in (value if isinstance(value, tuple) else (value,))]


def test_every_habit_follows_tidiness() -> None:
    assert set(ENDS) == set(Habits.__dataclass_fields__)


def test_the_usual_tidiness_changes_nothing() -> None:
    assert loosened(USUAL, 1.0) == USUAL


def test_every_habit_grows_with_tidiness_and_is_never_nothing() -> None:
    table = np.array([numbers(loosened(USUAL, tidiness)) for tidiness in np.linspace(NEATEST, LOOSEST, 16)])
    assert (np.diff(table, axis=0) > 0).all()
    assert (table[0] > 0.3 * np.array(numbers(USUAL))).all()


def test_a_habit_runs_straight_from_end_to_end() -> None:
    ends = Ends(0.4, 2.0)
    assert [ends.at(tidiness) for tidiness in (0.0, 0.5, 1.0, 1.25, 1.5)] == pytest.approx([0.4, 0.7, 1.0, 1.5, 2.0])


@pytest.mark.parametrize(("text", "found"), [*PRESETS.items(), ("0.75", 0.75), (" Hurried ", 1.5), ("0", 0.0)])
def test_a_preset_or_a_number_is_a_tidiness(text: str, found: float) -> None:
    assert tidiness_of(text) == found


def test_presets_run_from_the_neatest_to_the_most_hurried() -> None:
    values = list(PRESETS.values())
    assert values == sorted(values)
    assert (values[0], values[-1]) == (NEATEST, LOOSEST)


@pytest.mark.parametrize("text", ["1.51", "-0.1", "nan", "inf", "3"])
def test_a_number_beyond_the_ends_is_refused(text: str) -> None:
    with pytest.raises(NotegenError, match="beyond what people write like") as found:
        tidiness_of(text)
    assert "from 0 (neat) to 1.5 (hurried)" in str(found.value.hint)


def test_an_unknown_name_is_refused_with_the_nearest_or_all() -> None:
    with pytest.raises(NotegenError, match="no tidiness called 'hurryed'") as found:
        tidiness_of("hurryed")
    assert found.value.hint == "did you mean 'hurried'?"
    with pytest.raises(NotegenError) as found:
        tidiness_of("xyzzy")
    assert "neat (0), tidy (0.5), usual (1), loose (1.25), hurried (1.5)" in str(found.value.hint)


def test_habits_are_not_loosened_beyond_the_ends() -> None:
    with pytest.raises(NotegenError):
        loosened(USUAL, 2.0)
    assert checked(1.5) == 1.5

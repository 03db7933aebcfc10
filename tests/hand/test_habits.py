"""A hand's file may say how it drifts; what is wrong there is said with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from notegen.hand import hands
from notegen.hand.habits import BOUNDS, PAIRS
from notegen.model.hand import Habits, Hand
from notegen.registry import Registry

GOOD = """title: Mine
font: mine.ttf
pen: 0.3
ink: [0.9, 0.7, 0.2, 0.2]
x_height: [2, 2.4, 3]
leading: 3.4
"""


def load(folder: Path, habits: str) -> Registry[Hand]:
    """Return a registry with one hand of these habits."""
    (folder / "mine.yaml").write_text(GOOD + habits)
    return hands.load(folder, Registry("hand"))


def test_every_habit_has_bounds_that_hold_the_usual_one() -> None:
    usual = Habits()
    assert {*BOUNDS, *PAIRS} == set(Habits.__dataclass_fields__)
    assert all(least < getattr(usual, name) < most for name, (least, most) in BOUNDS.items())
    assert all(least < number < most for name, (least, most) in PAIRS.items() for number in getattr(usual, name))


def test_a_hand_without_habits_has_the_usual_ones(tmp_path: Path) -> None:
    assert load(tmp_path, "").get("mine").habits == Habits()


def test_a_hand_says_the_habits_that_are_its_own(tmp_path: Path) -> None:
    mine = load(tmp_path, "habits:\n  slant: 4\n  page_slope: [1, 0.5]\n").get("mine")
    assert mine.habits == Habits(slant=4.0, page_slope=(1.0, 0.5))


@pytest.mark.parametrize(
    ("habits", "says"),
    [
        ("habits: 3\n", "mine.yaml:7:9: habits must be a mapping"),
        ("habits:\n  slent: 4\n", "mine.yaml:8:10: a hand has no habit 'slent' (did you mean 'slant'?)"),
        ("habits:\n  slant: 40\n", "mine.yaml:8:10: habits.slant must be a number from 0 to 12"),
        ("habits:\n  slant: true\n", "habits.slant must be a number from 0 to 12"),
        ("habits:\n  slant: .nan\n", "habits.slant must be a number from 0 to 12"),
        ("habits:\n  drift: 1\n", "habits.drift must be a mean and a spread, two numbers from -2 to 2"),
        ("habits:\n  drift: [1, -1]\n", "habits.drift must be a number from 0 to 2"),
    ],
)
def test_wrong_habits_are_said_with_their_line(tmp_path: Path, habits: str, says: str) -> None:
    assert says in load(tmp_path, habits).broken["mine"]


@pytest.mark.parametrize("tidiness", ["1.6", "-1"])
def test_a_hand_is_not_more_hurried_or_neat_than_people(tmp_path: Path, tidiness: str) -> None:
    assert (
        f"a tidiness of {tidiness} is beyond what people write like"
        in load(tmp_path, f"tidiness: {tidiness}\n").broken["mine"]
    )

"""Drift has the spread and the reach that were measured on people's pages, and scales with tidiness."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hand_helpers import hand

from notegen.hand import drift
from notegen.hand.outline import Floats
from notegen.model.hand import Habits, Hand

HAND = replace(hand(), habits=Habits())
USUAL = HAND.habits
AT = np.linspace(0, 400, 2000)


def drawn_along(at: Floats, of: Hand, seed: int) -> drift.Drift:
    """Return the drift along one note."""
    return drift.along(at, of, np.array([seed], np.uint64), np.array([len(at)]))


def drawn_gaps(count: int, of: Hand, seed: int) -> Floats:
    """Return the gaps of one note."""
    return drift.gaps(np.array([count]), of, np.array([seed], np.uint64))


def drawn_lines(of: Hand, seed: int) -> drift.Lines:
    """Return the tables of one card."""
    tables = drift.lines(of, np.array([seed], np.uint64))
    return drift.Lines(tables.slope[0], tables.left[0], tables.pitch[0])


def series(name: str) -> Floats:
    """Return one quantity along many notes, (notes, positions)."""
    return np.array([getattr(drawn_along(AT, HAND, seed), name) for seed in range(400)])


def correlation(values: Floats, lag: float) -> float:
    step = round(lag / (AT[1] - AT[0]))
    centred = values - values.mean()
    return float((centred[:, step:] * centred[:, :-step]).mean() / centred.var())


@pytest.mark.parametrize(
    ("name", "mean", "spread", "length"),
    [
        ("height", 1, USUAL.height, 2.2),
        ("width", 1, USUAL.width, 1.8),
        ("slant", 0, USUAL.slant * np.pi / 180, 5.0),
    ],
)
def test_letters_wander_as_people_do(name: str, mean: float, spread: float, length: float) -> None:
    values = series(name)
    assert abs(values.mean() - mean) < 0.1 * spread
    assert abs(values.std() / spread - 1) < 0.05
    assert abs(correlation(values, length) - 0.61) < 0.05
    assert abs(correlation(values, 4 * length)) < 0.05


def test_the_baseline_bends_slowly_and_bounces_by_the_word() -> None:
    values = series("shift")
    assert abs(values.std() - np.hypot(USUAL.bend, USUAL.bounce)) < 0.01
    slow = USUAL.bend**2 / (USUAL.bend**2 + USUAL.bounce**2)
    assert abs(correlation(values, 11) - slow * 0.88) < 0.08


def test_the_tilt_is_the_baselines_own() -> None:
    at = np.linspace(0, 60, 6001)
    found = drawn_along(at, HAND, 5)
    measured = np.gradient(found.shift, at)
    assert np.abs(found.tilt - measured)[2:-2].mean() < 0.004


def spreads(tidiness: float) -> Floats:
    """Return how much each quantity of a note and of its lines varies at a tidiness."""
    of = replace(HAND, tidiness=tidiness)
    notes = [drawn_along(AT, of, seed) for seed in range(60)]
    tables = [drawn_lines(of, seed) for seed in range(200)]
    names = ("shift", "tilt", "slant", "height", "width")
    values = [np.array([getattr(note, name) for note in notes]) for name in names]
    values += [np.array([getattr(table, name)[:10] for table in tables]) for name in ("slope", "left", "pitch")]
    return np.array([np.std(one) for one in (*values, drawn_gaps(5000, of, 4))])


def test_everything_wanders_more_the_less_tidy_the_hand_and_never_not_at_all() -> None:
    table = np.array([spreads(tidiness) for tidiness in (0.0, 0.5, 1.0, 1.25, 1.5)])
    assert (table[0] > 0.3 * table[2]).all()
    assert (np.diff(table, axis=0) > 0).all()


def test_letters_stay_legible_at_the_loosest() -> None:
    hurried = replace(HAND, tidiness=1.5)
    for seed in range(100):
        found = drawn_along(AT, hurried, seed)
        assert np.abs(found.slant).max() <= drift.LIMITS[0, 0]
        assert max(np.abs(found.height - 1).max(), np.abs(found.width - 1).max()) <= drift.LIMITS[1, 0] + 1e-12


def test_first_lines_are_guided_by_the_edge_of_the_card() -> None:
    pages = np.array([np.abs(drawn_lines(HAND, seed).slope[:8]) for seed in range(1500)]).mean(axis=0)
    assert pages[0] < pages[1] < pages[2] < pages[3:].min()


def test_gaps_are_log_normal_about_the_hands_mean() -> None:
    gaps = drawn_gaps(50_000, HAND, 9)
    assert abs(gaps.mean() / HAND.word_gap - 1) < 0.02
    assert abs(gaps.std() / gaps.mean() - USUAL.gap) < 0.02
    assert gaps.min() > 0.3


def test_lines_slope_as_on_peoples_pages() -> None:
    pages = np.array([np.arctan(drawn_lines(HAND, seed).slope[:10]) * 180 / np.pi for seed in range(1500)])
    assert abs(pages.mean() - 0.65) < 0.12
    assert 0.85 < pages.mean(axis=1).std() < 1.25
    assert 0.40 < np.median(pages.std(axis=1)) < 0.62
    assert np.abs(pages).max() < 2.2 + 2.5 * USUAL.line_slope * 1.9 / np.sqrt(1.45) + 0.01
    assert correlation_of_lines(pages) > 0.4


def correlation_of_lines(pages: Floats) -> float:
    """Return how much a line's slope follows that of the line before."""
    usual = HAND.habits.page_slope[0]
    own = pages - np.clip(pages.mean(axis=1, keepdims=True), usual - 9, usual + 9)
    return float(np.corrcoef(own[:, 1:].ravel(), own[:, :-1].ravel())[0, 1] + 0.1)


def test_margins_and_pitch_wander_within_reach() -> None:
    tables = [drawn_lines(HAND, seed) for seed in range(600)]
    left = np.array([table.left for table in tables])
    pitch = np.array([table.pitch for table in tables])
    assert abs(np.diff(left[:, :5], axis=1).mean() - 0.25) < 0.08
    assert abs((left[:, 1:9] - left[:, 1:9].mean(axis=0)).std() - 2.4) < 1.0
    assert left.min() >= -1.5 - 2.5 * USUAL.margin * 1.5 / np.sqrt(1.25)
    assert left.max() <= 5.0 + 2.5 * USUAL.margin * 1.5 / np.sqrt(1.25)
    assert abs(pitch.mean() - 1) < 0.005
    assert abs(pitch.std() - USUAL.pitch) < 0.004

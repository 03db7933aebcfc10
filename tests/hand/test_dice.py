"""Random numbers come from keys alone, the same everywhere, and look random."""

from __future__ import annotations

import numpy as np

from notegen.hand import dice


def test_bits_are_those_of_splitmix64() -> None:
    # The published test values of splitmix64 started at 1234567.
    expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431]
    assert dice.bits(1234567, 4).tolist() == expected


def test_a_seed_knows_where_its_parts_end_and_what_they_are() -> None:
    seeds = {dice.seed_of("a", "bc"), dice.seed_of("ab", "c"), dice.seed_of("abc"), dice.seed_of("1"), dice.seed_of(1)}
    assert len(seeds) == 5


def test_a_seed_takes_any_text() -> None:
    assert dice.seed_of("\ud800") != dice.seed_of("\ud801")


def test_more_numbers_begin_with_the_same_ones() -> None:
    assert (dice.normals(7, 1000)[:13] == dice.normals(7, 13)).all()
    assert (dice.uniforms(7, 1000)[:13] == dice.uniforms(7, 13)).all()


def test_normals_have_the_moments_of_a_bell() -> None:
    drawn = dice.normals(3, 200_000)
    assert abs(drawn.mean()) < 0.02
    assert abs(drawn.std() - 1) < 0.02
    assert abs((drawn**3).mean()) < 0.05
    assert abs((drawn**4).mean() - 2.9) < 0.1  # twelve uniforms have a kurtosis of 2.9


def test_mild_normals_stay_within_two_and_a_half() -> None:
    assert np.abs(dice.mild_normals(3, 100_000)).max() == 2.5


def test_uniforms_fill_the_unit_interval_evenly() -> None:
    counts, _ = np.histogram(dice.uniforms(11, 100_000), bins=20, range=(0, 1))
    assert counts.min() > 4_700
    assert counts.max() < 5_300


def test_neighbouring_seeds_have_nothing_in_common() -> None:
    assert abs(np.corrcoef(dice.normals(5, 50_000), dice.normals(6, 50_000))[0, 1]) < 0.02

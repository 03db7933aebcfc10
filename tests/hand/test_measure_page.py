"""The meter reads what was written, and what the meter read with which the human pages were measured."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import penned
import pytest
from hypothesis import given
from hypothesis import strategies as st
from penned import EVEN, LIVELY, SLOPES, page
from scipy import ndimage

from notegen.errors import NotegenError
from notegen.hand.measure import page as meter
from notegen.hand.measure.figures import PageFigures, TooLittle
from notegen.hand.measure.ink import to_paper

MEASURED = json.loads((Path(__file__).parent / "measured.json").read_text())
"""Figures of `penned.pages()` by the meter of the human pages."""

CLOSE = {"slant": 1.0, "slant_sd": 1.5, "n_gaps": 1, "word_height_cv": 0.01}
"""How far we may be off where whole degrees and pixels are counted; one part in two hundred elsewhere."""


def read(grey: np.ndarray, said: object = ()) -> PageFigures:
    found = meter.look(grey, 300, said)  # type: ignore[arg-type]
    assert isinstance(found, PageFigures), found
    return found


@pytest.mark.parametrize("name", MEASURED)
def test_figures_are_those_of_the_meter_of_the_human_pages(name: str) -> None:
    found = read(penned.pages()[name]).as_dict()
    wrong = {
        figure: (found[figure], expected)
        for figure, expected in MEASURED[name].items()
        if found[figure] != pytest.approx(expected, rel=0.005, abs=CLOSE.get(figure, 0.002))
    }
    assert wrong == {}


@pytest.mark.parametrize("slope", [-2.0, -0.7, 0.0, 1.4, 2.5])
def test_slope_is_that_of_the_lines(slope: float) -> None:
    found = read(page(replace(EVEN, slopes=(slope,) * 9))[0])
    assert found.slope == pytest.approx(slope, abs=0.03)
    assert found.slope_sd == pytest.approx(0, abs=0.03)


def test_spread_of_slopes_is_that_of_the_lines() -> None:
    found = read(page(replace(EVEN, slopes=SLOPES))[0])
    assert found.slope == pytest.approx(np.mean(SLOPES), abs=0.03)
    assert found.slope_sd == pytest.approx(np.std(SLOPES), abs=0.03)


@pytest.mark.parametrize("slant", [-12.0, 0.0, 7.0, 25.0])
def test_slant_is_that_of_the_letters(slant: float) -> None:
    assert read(page(replace(EVEN, slant=slant))[0]).slant == pytest.approx(slant, abs=2)


def test_size_distance_and_stroke_are_as_drawn() -> None:
    found = read(page(EVEN)[0])
    assert found.x_height_mm == pytest.approx((30 + 4) * 25.4 / 300, abs=0.1)
    assert found.pitch_mm == pytest.approx(105 * 25.4 / 300, abs=0.01)
    assert found.stroke_mm == pytest.approx(4 * 25.4 / 300, abs=0.09)
    assert found.gap == pytest.approx(1.5, abs=0.15)


def test_left_edge_is_as_drawn() -> None:
    found = read(page(replace(EVEN, left_drift=6.0))[0])
    assert found.left_drift_mm == pytest.approx(6 * 25.4 / 300, abs=0.05)
    assert found.left_sd_mm is not None and found.left_sd_mm < 0.3


def test_spreads_grow_with_what_they_measure() -> None:
    calm = read(page(EVEN)[0])
    for change, figure in (
        ({"pitch_spread": 0.08}, "pitch_cv"), ({"bounce": 0.15}, "wordbase_sd"), ({"gap_spread": 0.6}, "gap_cv"),
        ({"slant_spread": 7.0}, "slant_sd"), ({"left_spread": 14.0}, "left_sd_mm"),
    ):  # fmt: skip
        loose = read(page(replace(EVEN, **change))[0])
        assert getattr(loose, figure) > 2 * getattr(calm, figure) + 0.01, figure


def test_a_date_on_the_right_is_no_part_of_the_left_edge() -> None:
    grey, _ = page(LIVELY)
    apart = grey.copy()
    apart[60:260, :1000] = grey[0, 0]
    whole, without = read(grey), read(apart)
    assert without.n_lines == whole.n_lines
    assert without.left_sd_mm is not None and without.left_sd_mm < 2


def test_the_space_between_paragraphs_is_no_line_distance() -> None:
    grey, _ = page(replace(EVEN, pitch_spread=0.05))
    blank = np.full((110, grey.shape[1]), grey[0, 0], np.uint8)
    below = 170 + 4 * 105 + 35
    apart = np.concatenate((grey[:below], blank, grey[below:]))
    whole, parted = read(grey), read(apart)
    assert parted.n_lines == whole.n_lines == 9
    assert parted.pitch_cv == pytest.approx(whole.pitch_cv, abs=0.02)


def test_repeated_words_of_a_font_have_one_width_and_those_of_people_do_not() -> None:
    grey, said = page(EVEN)
    same = read(grey, said).same_word_cv
    assert same is not None and same < 0.01
    assert read(grey).same_word_cv is None
    assert read(grey, [*said, ["more", "lines"], ["than", "there", "are"]]).same_word_cv is not None


def test_grain_blur_and_a_page_askew_change_little() -> None:
    grey, _ = page(LIVELY)
    plain = read(grey)
    askew = ndimage.rotate(grey, 1.0, reshape=False, cval=245, order=1)
    for other, turned in ((penned.noisy(grey, 12.0), 0.0), (ndimage.gaussian_filter(grey, 1.0), 0.0), (askew, 1.0)):
        found = read(other)
        assert found.n_lines == plain.n_lines
        assert found.slope == pytest.approx(plain.slope + turned, abs=0.05)  # type: ignore[operator]
        assert found.slope_sd == pytest.approx(plain.slope_sd, abs=0.04)
        assert found.wordbase_sd == pytest.approx(plain.wordbase_sd, abs=0.015)
        assert found.gap_cv == pytest.approx(plain.gap_cv, abs=0.05)


def test_dust_blots_and_what_runs_over_the_edge_are_left_out() -> None:
    grey, _ = page(LIVELY)
    dirty = grey.copy()
    for line in range(9):
        y = 150 + 105 * line
        dirty[y : y + 3, 60 + 5 * line : 63 + 5 * line] = 30
    dirty[400:460, 30:90] = 30
    dirty[500:540, :12] = 30
    clean, found = read(grey), read(dirty)
    for figure in ("n_lines", "x_height_mm", "slant", "left_drift_mm", "left_sd_mm", "left_range_mm", "stroke_mm"):
        assert getattr(found, figure) == pytest.approx(getattr(clean, figure), abs=1e-9), figure
    assert found.gap_cv == pytest.approx(clean.gap_cv, abs=0.01)


def test_floats_and_bytes_give_the_same_figures() -> None:
    grey, _ = page(LIVELY)
    assert read(grey.astype(np.float64)) == read(grey)


def test_what_is_too_little_is_said() -> None:
    blank = np.full((900, 1200), 250, np.uint8)
    assert meter.measure(blank, 300) is None
    assert meter.look(blank, 300) == TooLittle("letters", 0, 40)
    grey, _ = page(replace(EVEN, slopes=(0.0, 0.0)))
    assert meter.look(grey, 300) == TooLittle("lines of writing", 2, 3)
    assert str(meter.look(grey, 300)) == "2 lines of writing found, at least 3 are needed"


@given(st.integers(0, 2**32), st.sampled_from([1, 2, 5]), st.floats(0.02, 0.9))
def test_noise_is_no_page_and_no_fault(seed: int, grain: int, dark: float) -> None:
    coarse = penned.dice.uniforms(seed, 60 * 80).reshape(60, 80) < dark
    grey = np.where(np.kron(coarse, np.ones((2 * grain, 2 * grain))), 20, 240).astype(np.uint8)
    meter.look(grey, 300)


@given(st.integers(0, 2**32))
def test_distance_to_paper_is_the_euclidean_one(seed: int) -> None:
    ink = ndimage.binary_dilation(penned.dice.uniforms(seed, 90 * 90).reshape(90, 90) < 0.004, iterations=15)
    ink[[0, -1]] = ink[:, [0, -1]] = False
    y, x = np.nonzero(ink)
    if len(y):
        assert np.allclose(to_paper(ink, y, x), ndimage.distance_transform_edt(ink)[y, x])


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "skimage", None)
    with pytest.raises(NotegenError) as found:
        meter.measure(np.zeros((10, 10), np.uint8), 300)
    assert found.value.hint == "pip install 'notegen-cards[measure]'"

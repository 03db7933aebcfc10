"""People's ranges and what is said of a page beside them; the meter's floor: what a perfectly set font measures."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from pathlib import Path

import pages
import penned
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.hand.measure import page as meter
from notegen.hand.measure.figures import PageFigures
from notegen.hand.measure.human import RANGES, Range, Verdict, medians, tells

FONTS = sorted((Path(__file__).parents[2] / "fonts").glob("*/*.ttf"))
TEXT = (
    "Thank you for coming back to us for the old van. The small rattle is gone: I tightened both brackets myself and "
    "drove it round the block twice, and then once more to hear the silence. You told me of the drive up to the lake "
    "with Priya, and I hope the weather holds for you both and for the dog. If anything about it troubles you before "
    "then, call me and I will see to it. The photograph of you two by the water now hangs beside the till, where "
    "everybody asks about it, and the coffee is on whenever you pass.\nWarm regards, Dana Whitfield"
)
BY_NAME = {one.name: one for one in RANGES}
TELLING = ("slope_sd", "pitch_cv", "wordbase_sd", "base_sd", "gap_cv", "left_sd_mm", "left_mad_mm", "left_range_mm")
"""What gives a font away."""


@cache
def floor() -> tuple[PageFigures, ...]:
    """The same words, perfectly set in each of the fonts that hands are made of."""
    found = (meter.measure(pages.pdf_greys(pages.typeset(TEXT, font))[0], 300) for font in FONTS)
    return tuple(one for one in found if one is not None)


@pytest.mark.parametrize("name", TELLING)
def test_a_perfectly_set_font_is_too_even(name: str) -> None:
    assert BY_NAME[name].verdict(getattr(medians(floor()), name)) is Verdict.EVEN


@pytest.mark.parametrize("name", ["slope_sd", "wordbase_sd", "base_sd"])
def test_no_font_at_all_is_within_the_human_range_here(name: str) -> None:
    assert len(floor()) > 5
    assert {BY_NAME[name].verdict(getattr(one, name)) for one in floor()} == {Verdict.EVEN}


def test_a_font_gives_a_repeated_word_one_width() -> None:
    grey, said = penned.page(penned.EVEN)
    found = meter.measure(grey, 300, said)
    assert found is not None and found.same_word_cv is not None
    assert BY_NAME["same_word_cv"].verdict(found.same_word_cv) is Verdict.EVEN


def test_ranges_are_in_order_and_of_figures_that_there_are() -> None:
    names = {field.name for field in fields(PageFigures)}
    for one in RANGES:
        assert one.name in names
        assert list(one.percentiles) == sorted(one.percentiles), one.name
        assert one.below != one.above or one.name.startswith("left"), one.name
    assert len(BY_NAME) == len(RANGES)


@given(st.sampled_from(RANGES), st.floats(-50, 50))
def test_a_verdict_is_where_the_value_lies(one: Range, value: float) -> None:
    p5, p25, _, p75, p95 = one.percentiles
    verdict = one.verdict(value)
    assert verdict.is_human == (p5 <= value <= p95)
    assert (verdict is Verdict.TYPICAL) == (p25 <= value <= p75)
    assert (verdict in (Verdict.EVEN, Verdict.LOW)) == (value < p5)
    assert (verdict in (Verdict.EVEN, Verdict.UNEVEN)) == (one.spread and not verdict.is_human)


@pytest.mark.parametrize("one", RANGES, ids=lambda one: one.name)
def test_verdicts_change_at_the_percentiles(one: Range) -> None:
    p5, p25, median, p75, p95 = one.percentiles
    assert one.verdict(median) is Verdict.TYPICAL
    assert one.verdict(p25) is one.verdict(p75) is Verdict.TYPICAL
    for edge, quarter in ((p5, p25), (p95, p75)):
        if edge != quarter:
            assert one.verdict((edge + quarter) / 2) is Verdict.HUMAN
        assert one.verdict(edge).is_human
        outwards = 1.0 if edge == p95 else -1.0
        assert not one.verdict(edge + outwards * (p95 - p5) / 50).is_human


def test_the_tell_is_said_in_plain_words_and_only_outside() -> None:
    found = {one.range.name: one for one in tells(floor()[0], scan=False)}
    assert found["slope_sd"].tell == "ruler-straight, parallel lines"
    assert found["slope"].verdict is Verdict.TYPICAL or found["slope"].verdict is Verdict.HUMAN
    assert found["slope"].tell == ""


def test_the_grain_of_ink_is_judged_on_scans_alone() -> None:
    printed, scanned = (
        {one.range.name: one.verdict for one in tells(floor()[0], scan=scan)}["dark_cv"] for scan in (False, True)
    )
    assert printed is None
    assert scanned is Verdict.EVEN


def test_medians_are_of_the_pages_that_have_a_figure() -> None:
    grey, said = penned.page(penned.LIVELY)
    known, unknown = meter.measure(grey, 300, said), meter.measure(grey, 300)
    assert known is not None and unknown is not None
    together = medians([known, unknown, unknown])
    assert together.slope_sd == known.slope_sd
    assert together.same_word_cv == known.same_word_cv
    assert medians([unknown]).same_word_cv is None

"""Every hand, measured as a person's page is: each figure's median is as people have it, most as the middle half do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from realism_pages import cards, measured, medians

from notegen.hand import hands
from notegen.hand.measure.human import RANGES, Verdict
from notegen.hand.tidiness import LOOSEST, NEATEST

SEEDS = range(5)
TOLD = (
    "slope_sd",
    "slope",
    "pitch_cv",
    "wordbase_sd",
    "gap",
    "gap_cv",
    "slant_sd",
    "left_drift_mm",
    "left_sd_mm",
    "stroke",
    "same_word_cv",
)
"""The figures by which a hand is told from a font."""
TYPICAL = 0.7
"""How many of them are those of the middle half of people."""
HUMAN = {one.name: one for one in RANGES if one.name in TOLD}


@pytest.mark.parametrize("name", [one.name for one in hands.builtin() if "Latn" in one.scripts])
def test_a_hand_measures_like_a_persons(name: str) -> None:
    pages = measured(list(cards(hands.builtin().get(name), SEEDS)))
    assert len(pages) > 12
    found = medians(pages, TOLD)
    verdicts = {figure: HUMAN[figure].verdict(value) for figure, value in found.items()}
    assert {figure: found[figure] for figure, verdict in verdicts.items() if not verdict.is_human} == {}
    typical = [figure for figure, verdict in verdicts.items() if verdict is Verdict.TYPICAL]
    assert len(typical) >= TYPICAL * len(TOLD), {figure: found[figure] for figure in set(TOLD) - set(typical)}


def test_a_page_is_looser_the_less_tidy_the_hand_and_a_persons_at_either_end() -> None:
    hand = hands.builtin().get("quick-ballpoint")
    looks = ("slope_sd", "pitch_cv", "wordbase_sd", "gap_cv", "slant_sd", "left_mad_mm", "same_word_cv")
    found = [
        medians(measured(list(cards(replace(hand, tidiness=tidiness), range(6)))), looks)
        for tidiness in (NEATEST, 1.0, LOOSEST)
    ]
    table = np.array([[figures[name] for name in looks] for figures in found])
    assert (np.diff(table, axis=0) > 0).all(), table
    ranges = {one.name: one.percentiles for one in RANGES}
    for name, neat, loose in zip(looks, table[0], table[-1], strict=True):
        assert neat > 0.7 * ranges[name][0], name
        assert loose < 1.3 * ranges[name][4], name

"""What placed glyphs say exactly is what the meter reads from their pixels, as near as pixels go."""

from __future__ import annotations

from functools import cache

import cards
import numpy as np
import pages
import pytest

from notegen.hand.measure import page as meter
from notegen.hand.measure import twins
from notegen.hand.measure.exact import Fitted, _placed, _word_bases, exact, said
from notegen.hand.measure.figures import PageFigures

TEXT = (
    "Thank you for the walk and for the bread, and for the jam too. The dog and the cat and you sat by the fire, and "
    "then the night went by. You and the boys left on the last train, and we stood and said how good you had been "
    "to the old dog. Come back soon and see the garden, the pond and the new shed: the gate is never locked, and the "
    "kettle is always on for the three of you. The boys can sleep in the loft, and the dog knows each path to the pond "
    "and back, so there is no need to bring the map, the lamp or the good shoes again."
)
USUAL = {
    "pitch_mm": 0.1, "pitch_cv": 0.008, "slope": 0.05, "slope_sd": 0.08, "base_sd": 0.025, "wordbase_sd": 0.03,
    "gap": 0.2, "gap_cv": 0.1, "slant": 3.0, "slant_sd": 3.0, "left_drift_mm": 0.03, "left_sd_mm": 0.03,
    "left_mad_mm": 0.15, "left_range_mm": 0.1, "stroke_mm": 0.11, "same_word_cv": 0.03, "x_height_mm": 0.25,
}  # fmt: skip
"""How far apart the two are on most cards; half of it on half of them. On 48 cards no median is over .4 of its figure.

From pixels, a wide gap between letters is now and then taken for one between words, which outlines know better.
"""

LATIN = ("quick-ballpoint", "neat-print", "office-pen", "elder-pen", "hurried-ballpoint", "school-cursive")


@cache
def both() -> list[tuple[PageFigures, PageFigures]]:
    """Cards of all hands for joined and unjoined Latin writing, exactly and from 300 dots to the inch."""
    drawn = [pages.card(TEXT, name, "us-a7", seed) for name in LATIN for seed in (1, 2, 3, 4)]
    read = [meter.measure(grey, 300, said(card)) for card, grey in zip(drawn, pages.greys(drawn), strict=True)]
    return [(exact(card), one) for card, one in zip(drawn, read, strict=True) if one is not None]


@pytest.mark.parametrize("name", USUAL)
def test_pixels_and_outlines_agree(name: str) -> None:
    pairs = [(getattr(a, name), getattr(b, name)) for a, b in both()]
    apart = [abs(a - b) for a, b in pairs if a is not None and b is not None]
    assert len(apart) >= 24
    assert np.median(apart) <= USUAL[name] / 2, sorted(apart)
    assert np.percentile(apart, 75) <= USUAL[name], sorted(apart)


def test_lines_and_words_are_all_there() -> None:
    card = pages.card(TEXT)
    assert [word for line in said(card) for word in line] == TEXT.split()
    assert exact(card).n_lines == len(said(card)) == int(card.line_end.sum())


def test_a_page_turned_as_a_whole_turns_its_slope_alone() -> None:
    card = pages.card(TEXT)
    angle = np.radians(2.0)
    turn = np.array(((np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))))
    card.matrix[:] = (card.matrix.reshape(-1, 3, 2) @ turn).reshape(-1, 6)
    before, after = exact(pages.card(TEXT)), exact(card)
    assert after.slope == pytest.approx(before.slope + 2.0, abs=0.02)  # type: ignore[operator]
    assert after.slope_sd == pytest.approx(before.slope_sd, abs=0.02)
    # A word stands where the middle one of its letters does, and turned, another one may be in the middle.
    assert after.wordbase_sd == pytest.approx(before.wordbase_sd, abs=0.01)


def test_a_word_stands_where_the_middle_one_of_its_letters_does() -> None:
    """The outliers of a word, its descenders and dots, do not move it; a word of one letter tells nothing."""
    card = pages.card(TEXT)
    placed = _placed(card)
    count = len(card.outline)
    rank = np.arange(count) - np.repeat(np.flatnonzero(np.diff(placed.word, prepend=-1)), np.bincount(placed.word))
    above = placed.word + np.where(rank == 0, 99.0, 0.0)
    long = np.bincount(placed.word) > 2
    fitted = Fitted(np.zeros(1), np.zeros(1), above, long[placed.word])
    assert _word_bases(placed, fitted).tolist() == np.flatnonzero(long).tolist()


def test_doubles_and_twins_are_found_and_measured() -> None:
    still = cards.card(text="aab acda\nbad aabb", turn=0.0)
    assert twins.least(still) == twins.Alike(pytest.approx(0, abs=1e-6), pytest.approx(0, abs=1e-6))
    changed = cards.card(text="aa", turn=0.0)
    changed.matrix[1, 3] *= 1.5
    # A square of 2 mm that grows to 3: its corners move by half a millimetre, of an x-height of 2.
    assert twins.least(changed).double == pytest.approx(0.25, abs=1e-6)
    apart = cards.card(text="a a", turn=0.0)
    assert twins.least(apart).double is None
    assert twins.least(apart).any is not None
    assert twins.least(cards.card(text="ab c", turn=0.0)) == twins.Alike(None, None)


def test_a_letter_turned_differs_by_how_far_its_points_move() -> None:
    card = cards.card(text="aa", turn=0.0)
    angle = 0.1
    a, b = 5 * np.cos(angle), 5 * np.sin(angle)
    card.matrix[0, :4] = 5, 0, 0, 5
    card.matrix[1, :4] = a, b, -b, a
    corner = 0.2 * 2**0.5 * 5
    assert twins.least(card).double == pytest.approx(2 * np.sin(angle / 2) * corner / 2, rel=1e-5)

"""Lines in a rectangle: as large as allowed, broken where need be, or refused; never outside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import WORDS

from notegen import plain
from notegen.layout.address_block import cleaned, fit, set_block
from notegen.model.page import Align

POINT = 25.4 / 72
SIZES = 8 * POINT, 12 * POINT
ANA = ("Ana Reyes", "14 Quarry Road", "Alder Bend, WI 54999")


def test_what_has_room_stands_whole_in_the_largest_size() -> None:
    block = fit(ANA, 100, 40, SIZES)
    assert block is not None
    assert (block.lines, block.size) == (ANA, SIZES[1])


def test_a_long_line_makes_the_type_smaller_before_it_is_broken() -> None:
    whole = plain.width(ANA[2], SIZES[1])
    block = fit(ANA, whole * 0.8, 40, SIZES)
    assert block is not None
    assert block.lines == ANA
    assert SIZES[0] <= block.size < SIZES[1]


def test_a_line_that_is_too_long_at_the_least_size_is_broken_at_a_space() -> None:
    block = fit(ANA, plain.width(ANA[2], SIZES[0]) * 0.9, 40, SIZES)
    assert block is not None
    assert " ".join(block.lines).split() == " ".join(ANA).split()
    assert len(block.lines) > len(ANA)


def test_what_has_no_room_is_refused() -> None:
    assert fit(ANA, 100, 8, SIZES) is None
    assert fit(("A" * 60, "B"), 40, 100, SIZES) is None


def test_lines_with_tall_letters_stand_further_apart() -> None:
    flat, tall = set_block(("nnn", "nnn"), 4.0), set_block(("ģģģ", "ẤẤẤ"), 4.0)
    assert flat.pitch == pytest.approx(1.2 * 4.0)
    assert tall.pitch > flat.pitch


def test_blank_lines_and_loose_spaces_go() -> None:
    assert cleaned(("  Ana   Reyes ", "", " \t", "14 Quarry Road")) == ("Ana Reyes", "14 Quarry Road")


@given(
    st.lists(WORDS, min_size=1, max_size=8),
    st.floats(10, 200),
    st.floats(5, 80),
)
def test_the_ink_of_any_lines_is_inside_or_they_are_refused(lines: list[str], width: float, height: float) -> None:
    kept = cleaned(lines)
    block = fit(kept, width, height, SIZES) if kept else None
    if block is None:
        return
    assert "".join(block.lines).replace(" ", "") == "".join(kept).replace(" ", "")
    assert SIZES[0] - 1e-9 <= block.size <= SIZES[1] + 1e-9
    for words in block.words(0.0, height):
        left, bottom, right, top = plain.ink(words.text, words.size)
        if words.align is Align.RIGHT:
            left, right = (at - plain.width(words.text, words.size) for at in (left, right))
        assert words.x + left >= -1e-6 and words.x + right <= width + 1e-6
        assert words.y + bottom >= -1e-6 and words.y + top <= height + 1e-6


def test_lines_that_run_from_the_right_are_ranged_right() -> None:
    block = set_block(("שירה לוי", "רחוב הרצל 12", "6120101 תל אביב"), 4.0)
    words = block.words(10.0, 40.0)
    assert {one.align for one in words} == {Align.RIGHT}
    assert len({one.x for one in words}) == 1
    assert words[0].x == pytest.approx(10 + block.width, abs=1.0)
    assert {one.align for one in set_block(ANA, 4.0).words(0, 0)} == {Align.LEFT}

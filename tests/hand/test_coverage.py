"""What a hand writes is said in words, and only what is whole is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.hand import coverage, hands, missing, pools

BASIC = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def group(script: str, name: str) -> frozenset[str]:
    return next(one.letters for one in coverage.groups() if (one.script, one.name) == (script, name))


def test_the_groups_have_the_letters_that_people_need() -> None:
    assert set("áÅßœØñ") <= group("Latn", "Western")
    assert set("ŁłŠšőŰăâ") <= group("Latn", "Central")
    assert set("ẾệươĐđỹ") <= group("Latn", "Vietnamese")
    assert len(group("Latn", "Vietnamese")) == 2 * (12 * 6 + 1)
    assert len(group("Hang", "2,350 syllables")) == 2350
    assert len(group("Jpan", "kanji of JIS level 1")) == 2965
    assert len(group("Jpan", "level 2")) == 3390


@pytest.mark.parametrize(
    ("characters", "meant", "says"),
    [
        (BASIC, ("Latn",), "Latin (no accents)"),
        (BASIC | group("Latn", "Western"), ("Latn",), "Latin (Western)"),
        (BASIC | (group("Latn", "Western") - set("œŒ")), ("Latn",), "Latin (Western without œ)"),
        (BASIC | group("Grek", ""), ("Grek",), "Greek; also Latin"),
        (BASIC - {"q"}, ("Latn",), "no whole alphabet"),
        (frozenset("123"), ("Latn",), "no whole alphabet"),
    ],
)
def test_coverage_in_words(characters: frozenset[str], meant: tuple[str, ...], says: str) -> None:
    assert coverage.in_words(characters, meant) == says


@given(st.sets(st.sampled_from(sorted(set().union(*(one.letters for one in coverage.groups()[:9]))))))
def test_a_group_that_is_named_is_whole(characters: set[str]) -> None:
    for one in coverage.covered(characters):
        for name in one.groups:
            assert group(one.script, name) <= characters
        for name, lacking in one.partly:
            assert 0 < len(lacking) <= coverage.FEW
            assert not group(one.script, name) <= characters


def test_what_is_lent_is_of_the_script_that_the_other_hand_is_for() -> None:
    lent = missing.lent(hands.builtin().get("elder-cursive"))
    assert set("高みМариייसुनी민지Μαρία") <= lent
    assert "ź" in lent
    assert "🎉" not in lent


def test_a_chinese_hand_writes_its_characters_itself() -> None:
    hand = replace(hands.builtin().get("japanese-pen"), name="mine", scripts=("Hani",))
    assert pools.shaper(hand).faces("Jpan")[0] == 0
    assert pools.shaper(hand).faces("Hang")[0] != 0

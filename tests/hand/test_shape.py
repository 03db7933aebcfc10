"""Words become slots: ligatures stand for their letters, marks for themselves, and kerning is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont
from hand_helpers import hand

from notegen.hand import pools
from notegen.hand.shape import Shaped, Shaper

FEATURES = """
feature liga { sub o o by Thorn; } liga;
feature calt { sub e' e by a; } calt;
feature kern { pos r a -100; } kern;
"""


@pytest.fixture(scope="module")
def shaper(tmp_path_factory: pytest.TempPathFactory) -> Shaper:
    """A joined face with one ligature (drawn as a Thorn), one alternate of its own and one kern."""
    font = TTFont(pools.font_path(hand("school-cursive")))
    for table in font["cmap"].tables:
        table.cmap.pop(0xDE, None)
    addOpenTypeFeaturesFromString(font, FEATURES)
    path: Path = tmp_path_factory.mktemp("font") / "joined.ttf"
    font.save(path)
    return pools.shaper(replace(hand("school-cursive"), name="joined", font=str(path)))


def texts(shaper: Shaper, shaped: Shaped) -> list[str]:
    return [shaper.pool.texts[slot] for slot in shaped.slots]


def test_a_ligature_stands_for_its_letters(shaper: Shaper) -> None:
    assert texts(shaper, shaper.set_word("bookkeeper")) == ["b", "oo", *"kkeeper"]


def test_a_fonts_own_choice_of_alternates_is_not_asked(shaper: Shaper) -> None:
    assert texts(shaper, shaper.set_word("see")) == ["s", "e", "e"]


def test_kerning_is_kept(shaper: Shaper) -> None:
    shaped = shaper.set_word("ra")
    kern = shaped.advances - shaper.pool.advances[shaped.slots]
    assert np.allclose(kern, [-100 / shaper.units, 0])


def test_a_mark_without_a_composed_letter_keeps_its_own_slot() -> None:
    greek = pools.shaper(hand("neat-print"))
    shaped = greek.set_word("x\u0302y")
    assert texts(greek, shaped) == ["x", "\u0302", "y"]
    assert shaped.offsets[1].any() or shaped.advances[1] == 0


def test_an_unjoined_face_has_no_ornamental_ligatures() -> None:
    neat = pools.shaper(hand("neat-print"))
    assert texts(neat, neat.set_word("letting")) == list("letting")


def test_a_relative_has_its_own_advance_and_stays_itself() -> None:
    for name in ("neat-print", "marker-capitals", "quick-ballpoint"):
        one = pools.shaper(hand(name))
        shaped = one.set_word("a‑b−c″")
        assert texts(one, shaped) == list("a‑b−c″")
        assert (shaped.advances > 0).all()

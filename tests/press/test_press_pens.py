"""Real hands in real pens, measured from pixels: strokes are as wide on paper as the pen, at every size."""

from __future__ import annotations

import io
from functools import lru_cache

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from notegen.hand import hands, pens, pool
from notegen.model.hand import Hand, Pen
from notegen.press import font as press_font
from notegen.press.font import build_font

MM = 45.0
"""Pixels to the mm, 1,143 dpi."""
LETTERS = "anoehtdu"
NAMES = hands.builtin().names()


@lru_cache(maxsize=512)
def widths(hand: Hand, em: float, pen: Pen) -> np.ndarray:
    """Return the stroke's width in mm at every point of the middle lines of some letters."""
    from scipy.ndimage import distance_transform_edt
    from skimage.morphology import skeletonize

    own = pool(hand)
    slots = [own.texts.index(letter) for letter in LETTERS if letter in own.texts]
    made = build_font(own, [slot * own.k + 1 for slot in slots], em=em, pen=pen, name="Test")
    font = ImageFont.truetype(io.BytesIO(made.data), em * MM)
    found = []
    for slot in slots:
        picture = Image.new("L", (int(em * MM * 2), int(em * MM * 2)))
        ImageDraw.Draw(picture).text((em * MM / 2, em * MM * 1.3), own.texts[slot], 255, font=font, anchor="ls")
        ink = np.asarray(picture) > 127
        # From the middle of a pixel to that of the nearest white one, on both sides, is a pixel more than the ink.
        found.append(2 * distance_transform_edt(ink)[skeletonize(ink)] - 1)
    return np.concatenate(found) / MM


def usual(hand: Hand, em: float, pen: Pen) -> float:
    """Return the usual width of the strokes, mm: the mean of the middle third, for a median goes by whole pixels."""
    found = np.sort(widths(hand, em, pen))
    return float(found[len(found) // 3 : -(len(found) // 3)].mean())


def bearable(hand: Hand, em: float) -> tuple[float, float]:
    """Return the finest and the broadest pen that a hand's shapes bear at a size, mm."""
    least, most = press_font.bearable(pool(hand))
    return least * em, most * em


@pytest.mark.parametrize("name", NAMES)
def test_a_hand_s_strokes_are_as_wide_as_its_pen_at_every_size(name: str) -> None:
    hand = hands.builtin().get(name)
    em = [x_height / pool(hand).x_height for x_height in hand.ladder()]
    for size in (em[0], em[len(em) // 2], em[-1]):
        least, most = bearable(hand, size)
        wanted = min(max(hand.pen.width, least), most)
        assert usual(hand, size, hand.pen) == pytest.approx(wanted, abs=0.035)


@pytest.mark.parametrize("name", NAMES)
def test_a_hand_s_own_pen_is_one_that_its_shapes_bear(name: str) -> None:
    """At no size of its ladder is the pen held back, or letters would be written with another pen when they shrink."""
    hand = hands.builtin().get(name)
    for x_height in hand.ladder():
        least, most = bearable(hand, x_height / pool(hand).x_height)
        assert least < hand.pen.width < most


@pytest.mark.parametrize("kind", pens.kinds().names())
def test_each_kind_of_pen_is_as_wide_as_it_says(kind: str) -> None:
    """In a hand that bears all of them."""
    hand = hands.builtin().get("neat-print")
    pen = pens.kinds().get(kind).pen
    assert usual(hand, hand.x_height[1] / pool(hand).x_height, pen) == pytest.approx(pen.width, abs=0.035)


def test_only_pens_that_taper_taper_and_pressure_shows() -> None:
    """A fountain pen's strokes differ more in width than a felt tip's, in the same letters."""
    hand = hands.builtin().get("neat-print")
    em = hand.x_height[1] / pool(hand).x_height
    spread = {
        kind: widths(hand, em, Pen(kind, 0.36, pens.pen(kind).taper, pens.pen(kind).variation)).std()
        for kind in pens.kinds().names()
    }
    assert spread["fountain"] > 1.15 * spread["felt"]
    assert spread["ballpoint"] > spread["felt"]


@pytest.mark.parametrize("name", NAMES)
def test_a_full_stop_is_as_broad_as_the_pen(name: str) -> None:
    """A pen that is put down leaves a dot of its own width: a finer one is lost, and two sentences run together."""
    hand = hands.builtin().get(name)
    own = pool(hand)
    slot = own.texts.index(".")
    em = hand.x_height[0] / own.x_height
    dots = range(slot * own.k, (slot + 1) * own.k)
    made = TTFont(io.BytesIO(build_font(own, dots, em=em, pen=hand.pen, name="T").data))
    for glyph in made.getGlyphOrder()[press_font.RESERVED :]:
        shape = made["glyf"][glyph]
        broad = min(shape.xMax - shape.xMin, shape.yMax - shape.yMin) / press_font.UNITS * em
        assert broad > 0.85 * hand.pen.width, glyph

"""Upright Japanese mail: figures in the middle of their boxes, columns inside the zones, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import pdf_greys

from notegen import plain
from notegen.layout import upright
from notegen.layout.envelope import Cover, Manner, envelope
from notegen.model.address import Vertical
from notegen.model.mail import ZoneKind
from notegen.model.page import Item, Outline, Page, Words
from notegen.model.purpose import Setup
from notegen.model.stock import Box
from notegen.post.zones import face
from notegen.press import write_pages

HAGAKI, NAGA3 = (100.0, 148.0), (120.0, 235.0)
STREET, HOUSE = "宮城県仙台市青葉区一番町一丁目二番三号", "青葉ビル四〇五号室"
HANA = Vertical("9800811", (STREET, HOUSE), "株式会社青葉商会", ("山田 花子 様",))
OURS = Vertical("2500011", ("神奈川県小田原市栄町二丁目一番地",), None, ("大塚 亜紀",))
DPI = 600


def front(size: tuple[float, float], to: Vertical = HANA, manner: Manner | None = None) -> tuple[Item, ...]:
    """Return the address side of a card or an envelope."""
    made = envelope(Cover("a", (), columns=to, from_columns=OURS), face("JP", size), manner or Manner())
    assert made.value is not None, made.diagnostics
    return made.value.front


def ink(item: Words) -> Box:
    """Return the box of the ink of a character or of a run that lies on its side."""
    left, bottom, right, top = plain.ink(item.text, item.size)
    if item.angle:
        return Box(item.x + bottom, item.y - right, top - bottom, right - left)
    along = {"left": 0.0, "centre": 0.5, "right": 1.0}[item.align] * plain.width(item.text, item.size)
    return Box(item.x - along + left, item.y + bottom, right - left, top - bottom)


@pytest.mark.parametrize("size", [HAGAKI, NAGA3])
def test_the_figures_are_in_the_very_middle_of_their_boxes(size: tuple[float, float]) -> None:
    """By measure: the middle of each figure's ink is the middle of its box, to a tenth of a millimetre."""
    one = face("JP", size)
    figures = [item for item in upright.digits("9800811", one) if isinstance(item, Words)]
    assert "".join(item.text for item in figures) == "9800811"
    for item, zone in zip(figures, one.of(ZoneKind.DIGIT), strict=True):
        box = ink(item)
        assert box.x + box.width / 2 == pytest.approx(zone.box.x + zone.box.width / 2, abs=0.1)
        assert box.y + box.height / 2 == pytest.approx(zone.box.y + zone.box.height / 2, abs=0.1)
        assert box.width < zone.box.width - 1 and box.height < zone.box.height - 1


def test_the_figures_and_frames_are_where_the_post_wants_them_in_pixels(tmp_path: Path) -> None:
    """At 600 dots to the inch: the inside of each frame and the middle of each figure, to a tenth of a millimetre."""
    one = face("JP", HAGAKI)
    path = tmp_path / "hagaki.pdf"
    shown = [upright.digits("9800811", one), tuple(upright.frames(one))]
    write_pages([Page(HAGAKI, items) for items in shown], path, Setup("hagaki", "ja"))
    figures, frames = pdf_greys(path.read_bytes(), DPI)
    scale = DPI / 25.4
    lefts = (44.3, 51.3, 58.3, 65.9, 72.7, 79.5, 86.3)
    for left in lefts:
        columns = slice(round(left * scale), round((left + 5.7) * scale))
        rows = slice(round(12.0 * scale), round(20.0 * scale))
        ys, xs = np.nonzero(figures[rows, columns] < 128)
        assert (xs.min() + xs.max() + 1) / 2 / scale == pytest.approx(5.7 / 2, abs=0.1)
        assert (ys.min() + ys.max() + 1) / 2 / scale == pytest.approx(8.0 / 2, abs=0.1)
        assert not (frames[rows, columns][2:-2, 2:-2] < 128).any(), "the frame stands outside of the box"
        middle = frames[round(16.5 * scale)]
        outside = [x for x in np.nonzero(middle < 200)[0] if left - 0.7 < x / scale < left + 6.4]
        assert max(x for x in outside if x / scale < left + 2) / scale == pytest.approx(left, abs=0.1)
        assert min(x for x in outside if x / scale > left + 3) / scale == pytest.approx(left + 5.7, abs=0.1)


def test_frames_have_no_black_and_no_blue_and_the_strokes_of_the_manual() -> None:
    drawn = [item for item in upright.frames(face("JP", HAGAKI)) if isinstance(item, Outline)]
    assert all(item.paint.cmyk[0] == item.paint.cmyk[3] == 0 for item in drawn)
    assert all(0.4 <= item.width <= 0.6 for item in drawn[:3])
    assert all(0.2 <= item.width <= 0.4 for item in drawn[3:7])
    assert not [item for item in front(HAGAKI) if isinstance(item, Outline)]
    assert [item for item in front(HAGAKI, manner=Manner(frames=True)) if isinstance(item, Outline)] == drawn


def test_a_card_of_ones_own_says_that_it_is_a_postcard_clear_of_stamps_and_postcode() -> None:
    card = front(HAGAKI, manner=Manner(frames=True, postcard=True))
    (words,) = [item for item in card if isinstance(item, Words) and item.text == "郵便はがき"]
    box = ink(words)
    assert box.top < 148 and box.y > 148 - 12 and box.x > 35 and box.right < 100
    assert not [item for item in front(HAGAKI, manner=Manner(frames=True)) if getattr(item, "text", "") == "郵便はがき"]


@pytest.mark.parametrize("size", [HAGAKI, NAGA3])
def test_columns_stay_inside_their_zones_and_lose_no_character(size: tuple[float, float]) -> None:
    one = face("JP", size)
    words = [item for item in front(size) if isinstance(item, Words)]
    written = "".join(item.text for item in words)
    to, from_us = (*HANA.address, HANA.company or "", *HANA.names), (*OURS.address, *OURS.names)
    assert written == "".join(("9800811", *to, "250-0011", *from_us)).replace(" ", "")
    zones = [zone.box for kind in (ZoneKind.ADDRESS, ZoneKind.SENDER, ZoneKind.DIGIT) for zone in one.of(kind)]
    for item in words:
        box = ink(item)
        assert any(_inside(box, zone) for zone in zones), item.text


def _inside(box: Box, zone: Box) -> bool:
    return box.x >= zone.x and box.right <= zone.right and box.y >= zone.y and box.top <= zone.top


def test_the_name_is_larger_and_left_of_the_address() -> None:
    words = [item for item in front(NAGA3) if isinstance(item, Words)]
    first, name = (next(item for item in words if item.text == one) for one in ("宮", "山"))
    assert name.size > 1.3 * first.size
    assert name.x < first.x


def test_a_short_column_is_not_broken_to_be_written_larger() -> None:
    right = {round(item.x, 3) for item in front(HAGAKI) if isinstance(item, Words) and item.text in STREET}
    assert len([x for x in right if x > 80]) == 1


def _columns() -> Iterator[str]:
    yield from ("東京都", "ー", "1", "12", "ABC", "、", "っ", "一丁目", "（株）", " ")


TEXTS = st.lists(st.sampled_from(list(_columns())), min_size=1, max_size=25).map("".join).filter(str.strip)


SIZES = st.sampled_from([HAGAKI, NAGA3])


@given(st.lists(TEXTS, min_size=1, max_size=4), st.lists(TEXTS, min_size=1, max_size=2), SIZES)
def test_any_address_is_inside_its_zone_or_refused(
    address: list[str], names: list[str], size: tuple[float, float]
) -> None:
    one = face("JP", size)
    made = upright.columns(Vertical("9800811", tuple(address), None, tuple(names)), one)
    if made is None:
        return
    zone = one.of(ZoneKind.ADDRESS)[0].box
    for item in made[7:]:
        assert isinstance(item, Words)
        assert _inside(ink(item), zone), item


def test_latin_words_lie_whole_on_one_line() -> None:
    """Letters with accents are no words of their own, and words of two letters lie like the others."""
    items = front(HAGAKI, Vertical("1990031", (STREET,), None, ("Zoë du Besançon 様",)))
    lying = {item.text: item for item in items if isinstance(item, Words) and item.angle == -90.0}
    assert {"Zoë", "du", "Besançon"} <= set(lying)
    assert len({lying[word].x for word in ("Zoë", "du", "Besançon")}) == 1

"""Content streams say exactly where each glyph stands."""

from __future__ import annotations

import dataclasses
import re

import cards
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from notegen.model.hand import Ink
from notegen.press.ink import on_plates
from notegen.press.spoken import CUT, SHOWN, SIZE
from notegen.press.stream import FAR, REACH, contents, preamble, rows, whole_numbers
from notegen.press.units import GRAIN, boxes, number

LINE = re.compile(rb"(-?\d+) (-?\d+) (-?\d+) (-?\d+) (-?\d+) (-?\d+) Tm<([0-9A-F]{4})(?:>Tj\n|(%s))" % CUT)


FARS = [sign * (far + off) for far in FAR for sign in (-1, 1) for off in (-1, 0)]
EDGES = st.sampled_from([-1000, -999, -100, -99, -1, 0, 999, 1000, 1 - REACH, REACH - 1, *FARS])
NUMBERS = st.one_of(st.integers(-999, 999), EDGES, st.integers(1 - REACH, REACH - 1))


def tables(linear: st.SearchStrategy[int], places: st.SearchStrategy[int]) -> st.SearchStrategy[np.ndarray]:
    """Return matrices of so many glyphs whose linear parts and places are drawn from these."""
    row = st.tuples(*[linear] * 4, *[places] * 2)
    return st.lists(row, min_size=1, max_size=40).map(lambda some: np.array(some, np.int32))


NARROW = [tables(st.integers(-99, 999), st.integers(1 - far, far - 1)) for far in FAR]


@given(
    st.one_of(arrays(np.int32, st.tuples(st.integers(1, 40), st.just(6)), elements=NUMBERS), *NARROW),
    st.randoms(use_true_random=False),
)
def test_numbers_read_back_equal(numbers: np.ndarray, random: object) -> None:
    """Every whole number that fits is written as itself, with no zeros before it and one blank after it."""
    codes = np.array([random.randrange(65536) for _ in numbers], np.int32)  # type: ignore[attr-defined]
    spaced = np.array([random.random() < 0.3 for _ in numbers])  # type: ignore[attr-defined]
    text = rows(numbers, codes, spaced).tobytes().translate(None, b"\0")
    found = LINE.findall(text)
    assert [[int(part) for part in line[:6]] for line in found] == numbers.tolist()
    assert [int(line[6], 16) for line in found] == codes.tolist()
    assert [bool(line[7]) for line in found] == spaced.tolist()
    plain = b"".join(
        b"%d %d %d %d %d %d Tm<%04X%s" % (*row, code, CUT if space else SHOWN)
        for row, code, space in zip(numbers.tolist(), codes.tolist(), spaced.tolist(), strict=True)
    )
    assert text == plain


@pytest.mark.parametrize("value", [REACH, -REACH])
def test_a_number_that_does_not_fit_is_refused(value: int) -> None:
    """A wrong number would put ink somewhere else without a word."""
    with pytest.raises(ValueError, match="reaches"):
        rows(np.full((1, 6), value, np.int32), np.array([2], np.int32), np.array([False]))


def test_places_are_within_half_a_step() -> None:
    """A matrix in mm from the trim becomes steps of 1/20 point from the bleed, for each card of a block."""
    thin = dataclasses.replace(cards.STOCK, bleed=0.0)
    some = [cards.card(), cards.card("b", "ab", stock=thin)]
    back = whole_numbers(some) / GRAIN / 72 * 25.4
    back[:, :4] *= SIZE
    back[: len(some[0].outline), 4:] -= cards.STOCK.bleed
    off = np.abs(back - np.concatenate([card.matrix for card in some])) * GRAIN * 72 / 25.4
    assert off[:, 4:].max() <= 0.5 + 1e-6
    assert off[:, :4].max() <= SIZE / 2 + 1e-6


def test_a_card_is_not_changed_by_being_drawn() -> None:
    """The matrices belong to the card."""
    card = cards.card()
    before = card.matrix.copy()
    whole_numbers([card])
    assert (card.matrix == before).all()


def test_cards_drawn_together_read_as_drawn_alone() -> None:
    """A block is only a way of being quick."""
    several = [cards.card("one"), cards.card("three", "cab\nda"), cards.card("x", "fi")]
    codes = [card.outline + 2 for card in several]
    together = list(contents(several, codes))
    alone = [next(contents([card], [code])) for card, code in zip(several, codes, strict=True)]
    assert together == alone
    assert len(set(together)) == 3


def test_the_preamble_is_in_ink() -> None:
    """CMYK, and nothing else, before the first glyph."""
    assert (
        preamble(on_plates(Ink("blue", (1.0, 0.85, 0.05, 0.1))))
        == b"0.05 0 0 0.05 0 0 cm\n1 .85 .05 .1 k\nBT\n/F0 4 Tf\n"
    )


@given(st.floats(-20000, 20000))
def test_dictionary_numbers_read_back(value: float) -> None:
    """Boxes are written in plain decimals."""
    text = number(value)
    assert re.fullmatch(r"-?\d+(\.\d{1,4})?", text)
    assert text != "-0"
    assert abs(float(text) - value) <= 0.00005 + 1e-9


def test_boxes_of_a_card_without_bleed() -> None:
    """Without bleed the three boxes are one."""
    assert boxes(cards.STOCK.size, 0.0, 0.0) == b" ".join(
        b"/%sBox [0 0 432 288]" % name for name in (b"Media", b"Bleed", b"Trim")
    )

"""Pens and inks: those with a name look like their kind, others are said in one way everywhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.hand import pens
from notegen.model.hand import Ink, Pen

WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["gel", "gel 0.4", "0.4 mm", "sepia spot", "spot", "1 1 1 1", "nan", "1e3", "-1", ". mm", "٣"]),
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
)
SAID = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=5).map(tuple),
        st.dictionaries(
            st.sampled_from(["kind", "width", "taper", "variation", "name", "cmyk", "spot", "shade", "x"]), inner
        ),
    ),
    max_leaves=6,
)


@given(SAID)
def test_anything_is_a_pen_or_a_mistake(said: object) -> None:
    try:
        found = pens.pen(said)  # type: ignore[arg-type]
    except pens.Mistaken as mistake:
        assert mistake.message
        return
    assert found.kind in pens.kinds()
    assert 0.1 <= found.width <= 3
    assert 0 <= found.taper <= 0.9
    assert 0 <= found.variation <= 0.4


@given(SAID)
def test_anything_is_an_ink_or_a_mistake(said: object) -> None:
    try:
        found = pens.ink(said)  # type: ignore[arg-type]
    except pens.Mistaken as mistake:
        assert mistake.message
        return
    assert all(0 <= part <= 1 for part in found.cmyk)
    assert sum(found.cmyk) <= 2.8 + 1e-6
    assert 0 <= found.shade <= 0.15
    assert found.spot is None or found.spot.strip()


@pytest.mark.parametrize(
    ("said", "means"),
    [
        (0.4, ("ballpoint", 0.4)),
        ("0.4", ("ballpoint", 0.4)),
        (".4mm", ("ballpoint", 0.4)),
        ("GEL", ("gel", 0.36)),
        ("gel 0.4 mm", ("gel", 0.4)),
        ("biro", ("ballpoint", 0.28)),
        ("fountain pen 0.5", ("fountain", 0.5)),
        ({"kind": "felt", "width": 0.3}, ("felt", 0.3)),
    ],
)
def test_a_pen_is_a_kind_a_width_or_both(said: object, means: tuple[str, float]) -> None:
    found = pens.pen(said)  # type: ignore[arg-type]
    assert (found.kind, found.width) == means


def test_a_width_alone_is_that_of_the_pen_in_hand() -> None:
    nib = pens.pen("fountain")
    assert pens.pen(0.5, nib) == Pen("fountain", 0.5, nib.taper, nib.variation)
    assert pens.pen({"taper": 0}, nib) == Pen("fountain", nib.width, 0.0, nib.variation)


@pytest.mark.parametrize("name", pens.inks().names())
def test_an_ink_is_dark_enough_to_read_and_paper_holds_it(name: str) -> None:
    """Uncoated stock takes 260 % here; what is written in must be read."""
    of = pens.inks().get(name).ink
    assert 1.0 <= sum(of.cmyk) <= 2.6
    cyan, magenta, yellow, black = of.cmyk
    lightness = 1 - (0.3 * cyan + 0.59 * magenta + 0.11 * yellow) * (1 - black) - black
    assert lightness < 0.3
    assert of.shade == pens.SHADE


def test_a_hand_without_an_ink_writes_in_blue_black() -> None:
    assert pens.USUAL_INK.name == "blue-black"
    assert pens.ink({"shade": 0.1}).name == "blue-black"


def test_an_ink_may_be_a_plate_of_its_own() -> None:
    assert pens.ink("royal blue spot").spot == "Royal Blue Ink"
    assert pens.ink({"name": "blue", "spot": True}).spot == "Blue Ink"
    assert pens.ink({"cmyk": (1, 0.5, 0, 0), "spot": "  House  Blue "}).spot == "House Blue"
    assert pens.ink({"name": "blue", "spot": False}).spot is None


@pytest.mark.parametrize("spot", ["All", "none", "CYAN", "Black", "", 3, None, "x" * 61, "a\tb\x07"])
def test_a_plate_needs_a_name_of_its_own(spot: object) -> None:
    with pytest.raises(pens.Mistaken) as caught:
        pens.ink({"name": "blue", "spot": spot})  # type: ignore[dict-item]
    assert caught.value.part == "spot"


def test_without_tints_there_is_one_colour_and_no_screen() -> None:
    """An ink that needs screens becomes a plate; pure black is one already."""
    solid = pens.solid(pens.ink("sepia"))
    assert (solid.shade, solid.spot) == (0.0, "Sepia Ink")
    assert pens.solid(pens.ink("black")) == Ink("black", (0.0, 0.0, 0.0, 1.0))
    assert pens.solid(pens.ink((0.9, 0.5, 0.1, 0.1))).spot == "Writing Ink"
    assert pens.solid(pens.ink({"spot": "House Blue"})).spot == "House Blue"

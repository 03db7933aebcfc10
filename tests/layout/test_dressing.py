"""Pictures come to their panels: turned, over the bleed, not over a fold, and what is wrong with them is said in mm."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cards
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.layout.dressing import check_dress, checked, dressed, placed_art
from notegen.model.art import Art, ArtKind
from notegen.model.dress import Dress, Fit, Picture, Stand, panel_names, panel_of, picture_panel
from notegen.model.page import PlacedArt, PlacedCard, applied
from notegen.model.stock import Box, Fold, Panel, Side, Stock

BLEED, SAFE = 3.0, 5.0
WIDTH, HEIGHT = 140.0, 100.0


def stock(name: str, size: tuple[float, float], panels: tuple[Panel, ...], write_on: str, **more: object) -> Stock:
    return Stock(name, name, size, BLEED, SAFE, panels, write_on, "made up", **more)  # type: ignore[arg-type]


WHOLE = Box(0, 0, WIDTH, HEIGHT)
FLAT = stock("flat", (WIDTH, HEIGHT), (Panel("front", WHOLE), Panel("back", WHOLE, Side.BACK)), "front")
ONE = stock("one", (WIDTH, HEIGHT), (Panel("whole", WHOLE),), "whole")
SIDE = stock(
    "side", (2 * WIDTH, HEIGHT),
    (
        Panel("front", Box(WIDTH, 0, WIDTH, HEIGHT)), Panel("back", WHOLE),
        Panel("inside-left", WHOLE, Side.BACK), Panel("inside-right", Box(WIDTH, 0, WIDTH, HEIGHT), Side.BACK),
    ),
    "inside-right", folds=(WIDTH,), fold=Fold.SIDE,
)  # fmt: skip
TENT = stock(
    "tent", (WIDTH, 2 * HEIGHT),
    (
        Panel("front", WHOLE), Panel("back", Box(0, HEIGHT, WIDTH, HEIGHT), turned=True),
        Panel("inside-bottom", WHOLE, Side.BACK),
    ),
    "inside-bottom", across=(HEIGHT,), fold=Fold.TENT,
)  # fmt: skip


def picture(size: tuple[float, float] = (WIDTH, HEIGHT), **more: object) -> Art:
    return Art(Path("art.svg"), ArtKind.SVG, size, "0" * 64, **more)  # type: ignore[arg-type]


def pixels(width: int, height: int, dpi: float = 300.0, *, sized: bool = True) -> Art:
    size = width / dpi * 25.4, height / dpi * 25.4
    return Art(Path("art.png"), ArtKind.PNG, size, "1" * 64, (width, height), dpi=dpi, sized=sized)


def hung(art: Art, on: Stock, panel: str, fit: Fit = Fit.COVER, stand: Stand = Stand.MIDDLE) -> PlacedArt:
    found = panel_of(on, panel)
    assert found is not None
    return placed_art(Picture(art, panel, fit, stand), found, on)


def corners(placed: PlacedArt, *, bleed: bool = False) -> tuple[float, float, float, float]:
    """Return the box on the sheet of a picture's trim, or of all of it."""
    art = placed.art
    left, bottom, right, top = art.bleed if bleed else (0.0,) * 4
    x0, y0 = applied(placed.at, -left, -bottom)
    x1, y1 = applied(placed.at, art.size[0] + right, art.size[1] + top)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def found(art: Art, on: Stock, panel: str = "front", fit: Fit = Fit.COVER, *, low: bool = False) -> list[str]:
    return [one.code for one in check_dress(Dress((Picture(art, panel, fit),), low), on)]


SHEETS = [
    (FLAT, "back"),
    (ONE, "back"),
    (SIDE, "front"),
    (SIDE, "back"),
    (SIDE, "inside-left"),
    (TENT, "front"),
    (TENT, "back"),
]


@pytest.mark.parametrize(("on", "panel"), SHEETS, ids=lambda one: getattr(one, "name", one))
@given(width=st.floats(20, 500), height=st.floats(20, 500), bleed=st.sampled_from([0.0, 1.0, 3.0, 8.0]))
def test_a_picture_covers_its_panel_and_the_bleed_whatever_its_size(
    on: Stock, panel: str, width: float, height: float, bleed: float
) -> None:
    placed = hung(picture((width, height), bleed=(bleed,) * 4), on, panel)
    shown = corners(placed, bleed=True)
    clip = placed.clip
    assert clip is not None
    assert shown[0] <= clip.x + 1e-9 and shown[1] <= clip.y + 1e-9
    assert shown[2] >= clip.right - 1e-9 and shown[3] >= clip.top - 1e-9


@pytest.mark.parametrize(
    ("on", "panel", "clip"),
    [
        (FLAT, "front", (-3, -3, 143, 103)),
        (SIDE, "front", (140, -3, 283, 103)),
        (SIDE, "back", (-3, -3, 140, 103)),
        (SIDE, "inside-right", (140, -3, 283, 103)),
        (TENT, "front", (-3, -3, 143, 100)),
        (TENT, "back", (-3, 100, 143, 203)),
    ],
)  # fmt: skip
def test_pictures_reach_over_outer_edges_and_not_over_folds(on: Stock, panel: str, clip: tuple[float, ...]) -> None:
    box = hung(picture(), on, panel).clip
    assert box is not None
    assert (box.x, box.y, box.right, box.top) == pytest.approx(clip)


@pytest.mark.parametrize(("on", "panel"), SHEETS, ids=lambda one: getattr(one, "name", one))
def test_a_picture_with_its_own_bleed_meets_the_trim(on: Stock, panel: str) -> None:
    placed = hung(picture(bleed=(BLEED,) * 4), on, panel)
    there = panel_of(on, panel)
    assert there is not None
    assert corners(placed) == pytest.approx((there.box.x, there.box.y, there.box.right, there.box.top))


@pytest.mark.parametrize("on", [FLAT, SIDE, TENT])
def test_a_picture_as_large_as_panel_and_bleed_is_not_scaled(on: Stock) -> None:
    panel = "back" if on is FLAT else "front"
    placed = hung(picture((WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED)), on, panel)
    there = panel_of(on, panel)
    assert there is not None
    outer = there.box.inset(-BLEED)
    assert corners(placed) == pytest.approx((outer.x, outer.y, outer.right, outer.top))
    assert found(placed.art, on, panel) == []


def test_the_back_of_a_tent_is_printed_head_down() -> None:
    placed = hung(picture(bleed=(BLEED,) * 4), TENT, "back")
    assert applied(placed.at, 0, 0) == pytest.approx((WIDTH, 2 * HEIGHT))
    mark = hung(picture((20, 10)), TENT, "back", Fit.ACTUAL, Stand.FOOT)
    # The foot of the back is at the upper edge of the sheet.
    assert corners(mark) == pytest.approx((60, 200 - SAFE - 10, 80, 200 - SAFE))


def test_an_imprint_stands_centred_near_the_foot_at_its_own_size() -> None:
    assert corners(hung(picture((20, 10)), SIDE, "back", Fit.ACTUAL, Stand.FOOT)) == pytest.approx((60, 5, 80, 15))
    assert corners(hung(picture((20, 10)), SIDE, "front", Fit.ACTUAL)) == pytest.approx((200, 45, 220, 55))


def test_a_picture_is_contained_in_the_safe_area() -> None:
    assert corners(hung(picture((20, 10)), FLAT, "back", Fit.CONTAIN)) == pytest.approx((5, 17.5, 135, 82.5))


def test_what_hangs_beyond_the_trim_of_a_contained_page_is_clipped() -> None:
    placed = hung(picture((20, 10), bleed=(3,) * 4), FLAT, "back", Fit.ACTUAL)
    assert placed.clip == Box(60, 45, 20, 10)


def test_the_note_is_painted_over_its_pictures_and_each_side_has_its_own() -> None:
    card = replace(cards.card(), stock=SIDE)
    dress = Dress((Picture(picture(), "front"), Picture(picture((9, 9)), "inside-right"), Picture(picture(), "back")))
    piece = dressed(card, dress)
    assert [type(one) for one in piece.front] == [PlacedArt, PlacedArt]
    assert [type(one) for one in piece.back] == [PlacedArt, PlacedCard]
    assert (piece.key, piece.size, piece.bleed) == (card.key, SIDE.size, BLEED)
    assert dressed(card, Dress()).front == ()


def test_resolution_is_judged_at_the_printed_size() -> None:
    enough = (WIDTH + 2 * BLEED) / 25.4 * 300
    assert found(pixels(round(enough), round(enough * 106 / 146)), FLAT, "back") == []
    coarse = pixels(800, 580, sized=False)
    (one,) = check_dress(Dress((Picture(coarse, "back"),)), FLAT)
    assert one.code == "G110"
    assert "139 pixels to the inch" in one.message and "146 x 106 mm" in one.message
    assert one.hint is not None
    assert "at 300 it may be 68 x 49 mm" in one.hint and "1,727 x 1,252 pixels would do, it has 800 x 580" in one.hint
    assert found(coarse, FLAT, "back", low=True) == []


def test_a_picture_of_300_that_is_rounded_in_its_file_has_300() -> None:
    size = (146.0, 106.0)
    assert found(replace(pixels(1724, 1252), size=size, dpi=299.9994), FLAT, "back") == []


def test_cropping_is_said_in_figures() -> None:
    (one,) = check_dress(Dress((Picture(picture((100, 100)), "back"),)), FLAT)
    assert (one.code, one.is_error) == ("G111", False)
    assert "loses 27 % of its height: 20.0 mm on the top and bottom each" in one.message
    assert one.hint is not None and "146.0 x 106.0 mm" in one.hint


def test_a_picture_without_bleed_is_enlarged_and_it_is_said() -> None:
    (one,) = check_dress(Dress((Picture(picture(), "back"),)), FLAT)
    assert (one.code, one.is_error) == ("G112", False)
    assert "enlarged by 6.0 %" in one.message and "3.0 mm at its edges" in one.message
    assert found(picture(bleed=(BLEED,) * 4), FLAT, "back") == []
    assert found(picture(bleed=(1.0,) * 4), FLAT, "back") == ["G112"]


def test_a_photo_that_was_made_for_no_card_is_no_matter_for_bleed() -> None:
    assert found(pixels(4200, 3000), FLAT, "back") == []
    assert found(pixels(round(140 / 25.4 * 600), round(100 / 25.4 * 600), 600), FLAT, "back") == ["G112"]


def test_an_imprint_without_room_is_an_error() -> None:
    (one,) = check_dress(Dress((Picture(picture((131, 20)), "back", Fit.ACTUAL),)), SIDE)
    assert (one.code, one.is_error) == ("G113", True)
    assert "131.0 x 20.0 mm" in one.message and "130.0 x 90.0 mm" in one.message
    assert found(picture((130, 20)), SIDE, "back", Fit.ACTUAL) == []


def test_a_panel_that_is_not_there_is_named_with_those_that_are() -> None:
    (one,) = check_dress(Dress((Picture(picture(), "inside-lef"),)), SIDE)
    assert (one.code, one.hint) == ("G114", "did you mean 'inside-left'?")
    (one,) = check_dress(Dress((Picture(picture(), "lining"),)), FLAT)
    assert one.hint == "there are: front, back"
    assert checked(Dress((Picture(picture(), "lining"),)), FLAT).value is None
    assert dressed(replace(cards.card(), stock=FLAT), Dress((Picture(picture(), "lining"),))).back == ()


def test_a_note_over_a_picture_and_a_stock_without_bleed_are_said() -> None:
    assert found(picture(bleed=(BLEED,) * 4), FLAT, "front") == ["G115"]
    assert found(picture(), replace(FLAT, bleed=0.0), "back") == ["G116"]
    assert found(picture((9, 9)), FLAT, "front", Fit.ACTUAL) == []


def test_names_of_panels_and_the_side_of_the_picture() -> None:
    assert panel_of(SIDE, "Inside Left") == SIDE.panels[2]
    assert (panel_names(ONE), panel_names(SIDE)[0]) == (("whole", "front", "back"), "front")
    assert panel_of(ONE, "front") == ONE.panels[0]
    assert panel_of(SIDE, "whole") is None
    assert (picture_panel(FLAT), picture_panel(SIDE), picture_panel(TENT)) == ("back", "front", "front")

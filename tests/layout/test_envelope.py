"""Envelopes: zones stay free of ink, in pixels and by measure, and what does not fit is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from pages import pdf_greys
from strategies import WORDS

from notegen import plain
from notegen.layout.envelope import BAR_GAP, Cover, Manner, envelope, room
from notegen.layout.stocks import builtin
from notegen.model.mail import Face, Zone, ZoneKind
from notegen.model.page import Area, Item, Page, Words
from notegen.model.piece import Piece
from notegen.model.purpose import Setup
from notegen.model.stock import Box, Kind
from notegen.post.imb import barcode, encode
from notegen.post.zones import face, posts
from notegen.press import write_pages

DPI = 144
BARS = barcode(encode("00300123456000000001", "549991234"))
SHORT = ("Ana Reyes", "14 Quarry Road", "Alder Bend, WI 54999")
LONG = (
    "Mrs. Anastasia Wilhelmina Reyes-Featherstonehaugh",
    "The Northern Consolidated Quarry and Aggregate Company of Wisconsin",
    "Building 14, Staircase C, Third Floor, Apartment 12",
    "1180 Old Military Cemetery Road",
    "Alder Bend, WI 54999-1234",
    "UNITED STATES OF AMERICA",
)
OURS = ("Sorrel Creek Auto", "1 Main Street, Suite 4", "Alder Bend, WI 54999")
ENVELOPES = {one.name: one.size for one in builtin() if one.kind is Kind.ENVELOPE}
COUNTRIES = (*posts(), "FR")


def cases() -> Iterator[tuple[str, Face, Cover]]:
    """Yield every envelope in every country's post with a short and a long address, in the States with barcodes."""
    for name, size in ENVELOPES.items():
        for country in COUNTRIES:
            one = face(country, size)
            for number, lines in enumerate((SHORT, LONG)):
                yield f"{name} {country} {number}", one, Cover("a", lines, OURS)
                if country == "US":
                    yield f"{name} {country} {number} bars", one, Cover("a", lines, OURS, BARS)
                    yield f"{name} {country} {number} corner", one, Cover("a", lines, OURS, BARS, corner=True)


def inked(pixels: NDArray[np.uint8], box: Box, height: float) -> bool:
    """Return whether there is ink in a box (mm from the lower left) of a page of a height."""
    scale = DPI / 25.4
    left, right = (round(at * scale) for at in (box.x, box.right))
    top, bottom = (round((height - at) * scale) for at in (box.top, box.y))
    return bool((pixels[max(top, 0) : bottom, max(left, 0) : right] < 200).any())


def test_there_are_the_envelopes_that_cards_need() -> None:
    wanted = "a1 a2 a6 a7 10 monarch c6 c5 dl naga3".split()
    assert {f"env-{name}" for name in wanted} <= set(ENVELOPES)


def test_no_ink_is_in_any_zone_that_the_post_keeps_for_itself(tmp_path: Path) -> None:
    """Every envelope, country and address that is not refused, as pixels; the address and the sender are there."""
    laid = [(name, one, cover, envelope(cover, one, Manner())) for name, one, cover in cases()]
    good = [(name, one, cover, made.value) for name, one, cover, made in laid if made.value is not None]
    refused = {name for name, _, _, made in laid if made.value is None}
    assert all(made.diagnostics[0].code in ("M201", "M208") for *_, made in laid if made.value is None)
    # A naga-4 stands upright and is hardly broader than a postage zone: outside of Japan it has no room for a sender.
    assert not [name for name in refused if name.endswith(" 0") and not name.startswith("env-naga4")]
    path = tmp_path / "envelopes.pdf"
    write_pages([Page(piece.size, piece.front) for *_, piece in good], path, Setup("envelopes", "en"))
    for (name, one, cover, _), pixels in zip(good, pdf_greys(path.read_bytes(), DPI), strict=True):
        height = one.size[1]
        for zone in one.free:
            if zone.kind is ZoneKind.CODES and cover.corner:
                continue
            assert not inked(pixels, zone.box.inset(0.15), height), (name, zone.name)
        assert inked(pixels, one.of(ZoneKind.ADDRESS)[0].box, height), name
        if not one.upright:
            assert inked(pixels, one.of(ZoneKind.SENDER)[0].box, height), name
            beside = _without(pixels, [zone.box for zone in one.zones], height)
            assert not (beside < 200).any(), (name, "ink outside of all zones")


def _without(pixels: NDArray[np.uint8], boxes: list[Box], height: float) -> NDArray[np.uint8]:
    scale = DPI / 25.4
    left = pixels.copy()
    for box in boxes:
        top, bottom = round((height - box.top) * scale), round((height - box.y) * scale)
        left[max(top - 1, 0) : bottom + 1, max(round(box.x * scale) - 1, 0) : round(box.right * scale) + 1] = 255
    return left


def test_the_test_by_ink_sees_a_line_that_strays(tmp_path: Path) -> None:
    one = face("US", ENVELOPES["env-a7"])
    path = tmp_path / "stray.pdf"
    zone = one.of(ZoneKind.CODES)[0].box
    stray = Words(zone.x + 20, zone.y + 5, "-", 2.0)
    write_pages([Page(one.size, (stray,))], path, Setup("stray", "en"))
    (pixels,) = pdf_greys(path.read_bytes(), DPI)
    assert inked(pixels, zone, one.size[1])


def bars_of(piece: Piece) -> Box:
    """Return the box around the bars of an envelope."""
    (area,) = (item for item in piece.front if isinstance(item, Area))
    xs, ys = [b.x for b in area.boxes], [b.y for b in area.boxes]
    right, top = max(b.right for b in area.boxes), max(b.top for b in area.boxes)
    return Box(min(xs), min(ys), right - min(xs), top - min(ys))


@pytest.mark.parametrize("name", [one for one in ENVELOPES if ENVELOPES[one][0] > ENVELOPES[one][1]])
def test_a_barcode_at_the_lower_right_stands_as_the_rules_say(name: str) -> None:
    """Leftmost bar 3 1/2 to 4 1/4 in from the right edge, inside the clear zone with its own white around it."""
    one = face("US", ENVELOPES[name])
    made = envelope(Cover("a", SHORT, OURS, BARS, corner=True), one, Manner()).value
    assert made is not None
    bars, zone = bars_of(made), one.of(ZoneKind.CODES)[0].box
    assert 3.5 * 25.4 <= one.size[0] - bars.x <= 4.25 * 25.4
    assert bars.x - BARS.clear[0] >= zone.x and bars.right + BARS.clear[0] <= zone.right
    assert bars.y - BARS.clear[1] >= zone.y and bars.top + BARS.clear[1] <= zone.top


@pytest.mark.parametrize("lines", [SHORT, LONG])
def test_a_barcode_above_the_address_has_its_white_and_is_near(lines: tuple[str, ...]) -> None:
    one = face("US", ENVELOPES["env-10"])
    made = envelope(Cover("a", lines, OURS, BARS), one, Manner()).value
    assert made is not None
    bars, ocr = bars_of(made), one.of(ZoneKind.ADDRESS)[0].box
    first = max((item for item in made.front if isinstance(item, Words) and item.y < bars.y), key=lambda item: item.y)
    gap = bars.y - (first.y + plain.ink(first.text, first.size)[3])
    assert gap == pytest.approx(BAR_GAP)
    assert BARS.clear[1] <= gap <= 0.625 * 25.4
    assert bars.x >= ocr.x + BARS.clear[0] and bars.right <= ocr.right - BARS.clear[0]
    assert bars.top <= ocr.top


def ink_of(items: tuple[Item, ...]) -> Iterator[Box]:
    """Yield the box of ink of each line of type."""
    for item in items:
        if isinstance(item, Words) and item.angle == 0:
            left, bottom, right, top = plain.ink(item.text, item.size)
            along = {"left": 0.0, "centre": 0.5, "right": 1.0}[item.align] * plain.width(item.text, item.size)
            yield Box(item.x - along + left, item.y + bottom, right - left, top - bottom)


def overlap(one: Box, zone: Zone) -> bool:
    box = zone.box
    return one.x < box.right and box.x < one.right and one.y < box.top and box.y < one.top


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(
    st.lists(WORDS, min_size=2, max_size=9),
    st.lists(WORDS, max_size=5),
    st.sampled_from(sorted(ENVELOPES)),
    st.sampled_from(COUNTRIES),
)
def test_any_address_fits_its_zone_or_is_refused(lines: list[str], sender: list[str], name: str, country: str) -> None:
    one = face(country, ENVELOPES[name])
    made = envelope(Cover("a", tuple(lines), tuple(sender)), one, Manner())
    if made.value is None:
        assert {found.code for found in made.diagnostics} <= {"M201", "M202", "M203", "M208"}
        return
    for box in ink_of(made.value.front):
        if box.width and box.height:
            assert not [zone.name for zone in one.free if overlap(box, zone)]
            assert box.x >= 0 and box.right <= one.size[0] and box.y >= 0 and box.top <= one.size[1]


def test_an_address_that_is_too_long_is_refused_with_its_longest_line() -> None:
    lines = ("Ana Reyes", "W" * 80, "Alder Bend, WI 54999")
    made = envelope(Cover("ana", lines), face("US", ENVELOPES["env-a1"]), Manner())
    assert made.value is None
    (found,) = made.diagnostics
    assert (found.code, found.note) == ("M201", "ana")
    assert "W" * 80 in found.message


def test_a_sender_that_is_too_long_is_refused_as_the_sender() -> None:
    made = envelope(Cover("ana", SHORT, ("W" * 90, "x")), face("DE", ENVELOPES["env-c6"]), Manner())
    assert [one.code for one in made.diagnostics] == ["M208"]


def test_a_character_without_a_letter_and_no_address_are_found() -> None:
    one = face("US", ENVELOPES["env-a7"])
    assert [d.code for d in envelope(Cover("a", ("Ana 🏠", "x")), one, Manner()).diagnostics] == ["M202"]
    assert [d.code for d in envelope(Cover("a", ("Ana", " ")), one, Manner()).diagnostics] == ["M203"]


def test_german_addresses_are_10_to_12_point_and_at_most_100_mm_wide() -> None:
    one = face("DE", ENVELOPES["env-dl"])
    made = envelope(Cover("a", LONG), one, Manner()).value
    assert made is not None
    boxes = list(ink_of(made.front))
    assert max(box.right for box in boxes) - min(box.x for box in boxes) <= 100
    sizes = {item.size * 72 / 25.4 for item in made.front if isinstance(item, Words)}
    assert min(sizes) >= 10 - 1e-9 and max(sizes) <= 12 + 1e-9


def test_the_flap_has_the_sender_in_the_middle_above_the_reading_zone() -> None:
    one = face("DE", ENVELOPES["env-c6"])
    made = envelope(Cover("a", SHORT, OURS), one, Manner(flap=True)).value
    assert made is not None
    assert [item.text for item in made.back if isinstance(item, Words)] == list(OURS)
    assert {item.x for item in made.back if isinstance(item, Words)} == {one.size[0] / 2}
    assert min(box.y for box in ink_of(made.back)) > one.size[1] - 40
    assert not [item for item in made.front if isinstance(item, Words) and item.text in OURS[:2]]


def test_a_sender_that_is_too_broad_for_the_flap_is_broken_or_refused() -> None:
    one = face("DE", ENVELOPES["env-c6"])
    broad = (
        "The Northern Consolidated Quarry and Aggregate Company of Wisconsin, Branch Office for Overseas " * 2,
        "Kiel",
    )
    made = envelope(Cover("a", SHORT, broad), one, Manner(flap=True)).value
    assert made is not None
    for box in ink_of(made.back):
        assert one.edge <= box.x and box.right <= one.size[0] - one.edge
    for lines in (("x" * 200, "Kiel"), ("Kiel",) * 40):
        refused = envelope(Cover("a", SHORT, lines), one, Manner(flap=True))
        assert refused.value is None
        assert [found.code for found in refused.diagnostics] == ["M208"]


def test_letters_are_looked_for_in_what_is_set_in_type() -> None:
    one = face("US", ENVELOPES["env-a7"])
    (found,) = envelope(Cover("a", ("Ana 🏠🏠", "1 Road 🐙"), OURS), one, Manner()).diagnostics
    assert (found.code, found.message) == ("M202", "plain type has no letter for '🏠' (U+1F3E0), '🐙' (U+1F419)")


def test_the_room_is_below_the_sender_the_postage_and_a_barcode() -> None:
    one = face("US", ENVELOPES["env-a1"])
    free, barred = room(one), room(one, BARS)
    assert free.top <= one.of(ZoneKind.POSTAGE)[0].box.y
    assert free.top - barred.top == pytest.approx(BARS.size[1] + BAR_GAP)
    assert barred.y == free.y


def test_guides_draw_every_zone_and_change_nothing_else() -> None:
    one = face("US", ENVELOPES["env-a7"])
    plain_one, guided = (envelope(Cover("a", SHORT, OURS), one, Manner(guides=on)).value for on in (False, True))
    assert plain_one is not None and guided is not None
    assert guided.front[: len(plain_one.front)] == plain_one.front
    named = {item.text for item in guided.front[len(plain_one.front) :] if isinstance(item, Words)}
    assert all(any(text.startswith(zone.name) for text in named) for zone in one.zones)


def test_the_bars_are_read_back_from_pixels(tmp_path: Path) -> None:
    """At 600 dots to the inch each bar is found where it is, and its ends say which of the four it is."""
    one = face("US", ENVELOPES["env-a7"])
    made = envelope(Cover("a", SHORT, OURS, BARS), one, Manner()).value
    assert made is not None
    path = tmp_path / "bars.pdf"
    write_pages([Page(one.size, made.front)], path, Setup("bars", "en"))
    (pixels,) = pdf_greys(path.read_bytes(), 600)
    scale = 600 / 25.4
    where = bars_of(made).inset(-0.3)
    top, bottom = round((one.size[1] - where.top) * scale), round((one.size[1] - where.y) * scale)
    dark = pixels[top:bottom, round(where.x * scale) : round(where.right * scale)] < 128
    runs = np.flatnonzero(np.diff(np.concatenate(([False], dark.any(axis=0), [False])).astype(int)))
    starts, stops = runs[::2], runs[1::2]
    rows = [np.flatnonzero(dark[:, first:last].any(axis=1)) for first, last in zip(starts, stops, strict=True)]
    highest, lowest = min(row[0] for row in rows), max(row[-1] for row in rows)
    ends = [(row[0] < highest + 0.5 * scale, row[-1] > lowest - 0.5 * scale) for row in rows]
    letters = {(True, True): "F", (True, False): "A", (False, True): "D", (False, False): "T"}
    assert "".join(letters[end] for end in ends) == BARS.letters
    pitch = np.diff((starts + stops) / 2) / scale
    assert pitch == pytest.approx(25.4 / 22, abs=0.05)

"""Zones are where the posts' guides put them, on any size of mail."""

from __future__ import annotations

import pytest

from notegen.model.mail import ZoneKind
from notegen.post.zone_rules import POSTS
from notegen.post.zones import face, posts

INCH = 25.4
A7 = 7.25 * INCH, 5.25 * INCH


def box(country: str, size: tuple[float, float], kind: ZoneKind) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of the first zone of a kind."""
    found = face(country, size).of(kind)[0].box
    return found.x, found.y, found.right, found.top


def test_the_read_area_and_clear_zone_of_the_united_states() -> None:
    left, bottom, right, top = box("US", A7, ZoneKind.ADDRESS)
    assert (left, A7[0] - right) == pytest.approx((0.5 * INCH, 0.5 * INCH))
    assert (bottom, top) == pytest.approx((0.625 * INCH, 2.75 * INCH))
    left, bottom, right, top = box("US", A7, ZoneKind.CODES)
    assert (A7[0] - left, right, bottom, top) == pytest.approx((4.75 * INCH, A7[0], 0, 0.625 * INCH))


def test_the_zones_of_germany() -> None:
    size = (162.0, 114.0)
    assert box("DE", size, ZoneKind.POSTAGE) == pytest.approx((88, 74, 162, 114))
    assert box("DE", size, ZoneKind.ADDRESS) == pytest.approx((15, 15, 147, 74))
    assert face("DE", size).widest == 100


@pytest.mark.parametrize("size", [(100.0, 148.0), (120.0, 235.0)])
def test_the_postcode_boxes_of_japan(size: tuple[float, float]) -> None:
    """Left edges of the 100 mm card as published; on wider mail the distance from the right edge is kept."""
    boxes = [zone.box for zone in face("JP", size).of(ZoneKind.DIGIT)]
    assert [one.x - (size[0] - 100) for one in boxes] == pytest.approx([44.3, 51.3, 58.3, 65.9, 72.7, 79.5, 86.3])
    assert {(round(one.width, 6), round(one.height, 6), round(size[1] - one.top, 6)) for one in boxes} == {(5.7, 8, 12)}
    assert size[0] - boxes[-1].right == pytest.approx(8.0)
    assert boxes[-1].right - boxes[0].x == pytest.approx(47.7)


def test_only_mail_that_stands_upright_in_japan_has_columns() -> None:
    assert face("JP", (120, 235)).upright
    assert not face("JP", (235, 120)).upright
    assert not face("US", (120, 235)).upright
    assert not face("JP", (235, 120)).of(ZoneKind.DIGIT)


def test_any_other_country_gets_the_generic_zones_marked_as_not_verified() -> None:
    france = face("FR", (220, 110))
    assert [zone.box for zone in france.zones] == [zone.box for zone in face("XX", (220, 110)).zones]
    assert not france.verified
    assert "FR" not in posts()


@pytest.mark.parametrize("country", [*posts(), "FR"])
@pytest.mark.parametrize("size", [(92.0, 130.0), (130.0, 92.0), (241.3, 104.8), (229.0, 162.0), (120.0, 235.0)])
def test_every_zone_is_on_the_mail_and_the_address_is_clear_of_codes(country: str, size: tuple[float, float]) -> None:
    one = face(country, size)
    for zone in one.zones:
        assert zone.source
        assert zone.box.x >= -1e-9 and zone.box.y >= -1e-9
        assert zone.box.right <= size[0] + 1e-9 and zone.box.top <= size[1] + 1e-9
    address = one.of(ZoneKind.ADDRESS)[0].box
    for codes in one.of(ZoneKind.CODES):
        assert address.y >= codes.box.top - 1e-9 or address.right <= codes.box.x + 1e-9


def test_what_comes_from_memory_says_so() -> None:
    for post in POSTS.values():
        for zone in post.zones:
            if "memory" in zone.source or "our own" in zone.source or "drawing" in zone.source:
                assert not zone.verified, zone.name

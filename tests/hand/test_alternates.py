"""The pool: enough different shapes of each letter, which all join their neighbours and stay themselves."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hand_helpers import LATIN, hand

from notegen.hand import alternates, face, outline, pools, slots
from notegen.hand.outline import Floats, Shapes
from notegen.model.pool import BANDS, Pool

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NAMES = LATIN


def points_of(pool: Pool, slot: int, alternate: int) -> Floats:
    number = slot * pool.k + alternate
    return pool.points[pool.first[number] : pool.first[number + 1]].astype(np.float64)


def apart(one: Floats, other: Floats) -> float:
    """Return the root mean square distance of points that correspond; different drawings are far apart."""
    if len(one) != len(other):
        return 1.0
    gap = float(np.sqrt(((one - other) ** 2).sum(axis=1).mean()))
    return gap if gap < 0.2 else 1.0


@pytest.mark.parametrize("name", NAMES)
def test_all_alternates_of_a_letter_differ_by_what_an_eye_can_see(name: str) -> None:
    pool = pools.pool(hand(name))
    worst = min(
        apart(points_of(pool, slot, one), points_of(pool, slot, other))
        for slot in (pool.texts.index(letter) for letter in LETTERS)
        for one in range(pool.k)
        for other in range(one)
    )
    assert worst / pool.x_height > 0.02


@pytest.mark.parametrize("name", NAMES)
def test_two_alternates_usually_differ_by_more_than_a_twenty_fifth(name: str) -> None:
    pool = pools.pool(hand(name))
    found = [
        apart(points_of(pool, slot, one), points_of(pool, slot, other)) / pool.x_height
        for slot in (pool.texts.index(letter) for letter in "elotsp")
        for one in range(pool.k)
        for other in range(one)
    ]
    assert np.quantile(found, 0.1) > 0.035
    assert np.median(found) > 0.055
    assert np.median([gap for gap in found if gap < 1]) < 0.3


@pytest.mark.parametrize("name", NAMES)
def test_edges_and_boxes_hold_every_outline(name: str) -> None:
    pool = pools.pool(hand(name))
    shapes = Shapes(pool.points.astype(np.float64), pool.on_curve, pool.contour_end, pool.first.astype(np.int64))
    lines, owner = outline.flatten(shapes, 5)
    at = lines[:, 0]
    box = pool.bounds.astype(np.float64)[owner]
    assert (at >= box[:, :2] - 1e-6).all()
    assert (at <= box[:, 2:] + 1e-6).all()
    strip = (at[:, 0] - box[:, 0]) / np.maximum(box[:, 2] - box[:, 0], 1e-9) * BANDS
    inside = np.abs(strip - np.round(strip)) > 1e-3
    strip = np.clip(strip, 0, BANDS - 1).astype(int)[inside]
    assert (at[inside, 1] <= pool.upper[owner[inside], strip] + 1e-6).all()
    assert (at[inside, 1] >= pool.lower[owner[inside], strip] - 1e-6).all()


def test_points_lie_on_the_grid_so_that_every_machine_gets_the_same() -> None:
    points = pools.pool(hand()).points.astype(np.float64) * alternates.GRID
    assert (points == np.rint(points)).all()


@pytest.mark.parametrize("name", ["school-cursive", "fountain-cursive", "elder-pen"])
def test_a_stroke_that_leaves_for_the_next_letter_stays_where_it_was(name: str) -> None:
    """Where a letter's joining stroke ends its alternates agree within a quarter of a stroke."""
    pool = pools.pool(hand(name))
    joining = [letter for letter in "aehkmu" if _exit(_own(name, letter), pool)[0] >= _advance(pool, letter)]
    assert len(joining) >= 5
    for letter in joining:
        slot = pool.texts.index(letter)
        own = _own(name, letter)
        at = int(np.flatnonzero((own == _exit(own, pool)).all(axis=1))[0])
        ends = np.array([points_of(pool, slot, one)[at] for one in range(pool.k)])
        assert (ends.max(axis=0) - ends.min(axis=0) < 0.25 * pool.stroke + 2 / alternates.GRID).all(), letter


@cache
def read_face(name: str) -> face.Face:
    return face.load(face.font_bytes(pools.font_path(hand(name))), 0, name)


def _own(name: str, letter: str) -> Floats:
    read = read_face(name)
    return read.glyphs.take([read.characters[letter]]).points


def _advance(pool: Pool, letter: str) -> float:
    return float(pool.advances[pool.texts.index(letter)])


def _exit(points: Floats, pool: Pool) -> Floats:
    band = points[(points[:, 1] > -0.35 * pool.x_height) & (points[:, 1] < 1.25 * pool.x_height)]
    return band[np.argmax(band[:, 0])]


@pytest.mark.parametrize("name", NAMES)
def test_strokes_keep_their_weight(name: str) -> None:
    """Area over edge, which is the stroke's width, stays within a few per cent of the font's own."""
    pool = pools.pool(hand(name))
    read = read_face(name)
    for letter in "nousae":
        slot = pool.texts.index(letter)
        own = _weight(read.glyphs.take([read.characters[letter]]))
        for one in range(pool.k):
            number = slot * pool.k + one
            span = slice(pool.first[number], pool.first[number + 1])
            drawn = Shapes(
                pool.points[span].astype(np.float64),
                pool.on_curve[span],
                pool.contour_end[span],
                np.array([0, span.stop - span.start]),
            )
            assert abs(_weight(drawn) / own - 1) < (0.18 if name != "neat-print" else 0.35), (letter, one)


def _weight(shape: Shapes) -> float:
    lines, _ = outline.flatten(shape)
    step = lines[:, 1] - lines[:, 0]
    area = (lines[:, 1, 0] * lines[:, 0, 1] - lines[:, 0, 0] * lines[:, 1, 1]).sum() / 2
    return float(2 * abs(area) / np.sqrt((step**2).sum(axis=1)).sum())


def test_dots_move_on_their_own() -> None:
    pool = pools.pool(hand())
    slot = pool.texts.index("i")
    dots, stems = [], []
    for one in range(pool.k):
        points = points_of(pool, slot, one)
        high = points[:, 1] > pool.x_height * 1.1
        dots.append(points[high].mean(axis=0))
        stems.append(points[~high].mean(axis=0))
    spread = (np.array(dots) - np.array(stems)).std(axis=0) / pool.x_height
    assert 0.06 < spread[0] < 0.2
    assert 0.04 < spread[1] < 0.15


def test_the_two_dots_of_a_letter_stay_together() -> None:
    for name in NAMES:
        pool = pools.pool(hand(name))
        slot = pool.texts.index("ë")
        apart_x = []
        for one in range(pool.k):
            number = slot * pool.k + one
            span = slice(pool.first[number], pool.first[number + 1])
            points, end = pool.points[span], pool.contour_end[span]
            starts, _ = outline.contours(end)
            middles = np.add.reduceat(points, starts) / np.diff(np.append(starts, len(points)))[:, None]
            middles = middles[outline.areas(points.astype(np.float64), end) > 0]
            dots = middles[np.argsort(middles[:, 1])[-2:]]
            apart_x.append(abs(dots[0, 0] - dots[1, 0]) / pool.x_height)
        assert np.std(apart_x) < 0.1, name
        assert min(apart_x) > 0.4 * np.median(apart_x), name


def test_normals_point_out_of_the_ink_in_every_outline() -> None:
    """Moved outwards, an outline gains area, whichever way its font drew it."""
    for name in NAMES:
        pool = pools.pool(hand(name))
        owner = np.repeat(np.arange(len(pool.first) - 1), np.diff(pool.first))
        starts, _ = outline.contours(pool.contour_end)
        grown = pool.points.astype(np.float64) + 0.004 * pool.normals
        gain = outline.areas(grown, pool.contour_end) - outline.areas(pool.points.astype(np.float64), pool.contour_end)
        total = np.bincount(owner[starts], gain, len(pool.first) - 1)
        assert (total > 0).mean() > 0.999, name


def test_the_fonts_own_alternates_take_turns_when_they_are_the_same_letter() -> None:
    """An e has other drawings; the joining n, which runs into its neighbours, is not among those of the n."""
    pool, read = pools.pool(hand("neat-print")), read_face("neat-print")
    assert len({len(points_of(pool, pool.texts.index("e"), one)) for one in range(4)}) > 1
    for letter in LETTERS:
        slot = pool.texts.index(letter)
        boxes = pool.bounds[slot * pool.k : (slot + 1) * pool.k]
        own = outline.bounds(read.glyphs.take([read.characters[letter]]))[0]
        apart_ = np.abs(boxes - own).max() / pool.x_height
        assert apart_ < 0.6, letter


def test_an_accent_is_clear_of_its_letter() -> None:
    read = read_face("quick-ballpoint")
    for letter, base in (("é", "e"), ("Á", "A"), ("ó", "o")):
        whole = read.glyphs.take([read.characters[letter]]).points
        count = len(read.glyphs.take([read.characters[base]]).points)
        body, accent = whole[:count], whole[count:]
        under = (body[:, 0] > accent[:, 0].min()) & (body[:, 0] < accent[:, 0].max())
        assert accent[:, 1].min() - body[under, 1].max() > 0.1 * read.x_height, letter


def test_an_accent_stands_over_its_letter() -> None:
    for name in NAMES:
        read = read_face(name)
        for letter, base in (("ë", "e"), ("ö", "o"), ("é", "e"), ("ü", "u")):
            whole = read.glyphs.take([read.characters[letter]]).points
            body = read.glyphs.take([read.characters[base]]).points
            accent = whole[len(body) :, 0]
            assert body[:, 0].min() < (accent.min() + accent.max()) / 2 < body[:, 0].max(), (name, letter)


def test_relatives_stand_in_for_what_a_face_lacks() -> None:
    read = read_face("hurried-ballpoint")
    lacking = dict(read.characters)
    for character in "’—…":
        lacking.pop(character, None)
    poorer = face.Face(
        read.units, lacking, read.glyphs, read.advances, {}, {}, read.x_height, read.stroke, read.ascent, read.descent
    )
    found = {slot.text: slot.glyphs for slot in slots.slots(poorer)}
    assert found["’"][0][0] == read.characters["'"]
    assert found["—"][0][0] == read.characters["–"]
    assert [glyph for glyph, _ in found["…"]] == [read.characters["."]] * 3
    assert found["…"][0][1] < found["…"][1][1] < found["…"][2][1]

"""The pool's outlines as a TrueType font: every point, the pen's weight, the letters behind the shapes."""

from __future__ import annotations

import io
import re

import cards
import numpy as np
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from notegen.model.hand import Pen
from notegen.press.embed import tag, to_unicode
from notegen.press.font import RESERVED, THICKEST, THINNEST, UNITS, bearable, build_font, strokes

KEEP = cards.STROKE
"""A pen of this many mm at an em of 1 mm leaves the outlines as they are."""


def build(outlines: list[int], pen: float = KEEP, em: float = 1.0, pool: object = None, **more: float):
    with_pen = Pen("test", pen, **more)
    return build_font(pool or cards.POOL, outlines, em=em, pen=with_pen, name="NotegenTest")  # type: ignore[arg-type]


def test_points_survive() -> None:
    """Each glyph has the points of its outline, in thousandths of an em, in the order asked for."""
    outlines = [7, 0, 22, 35, 4]
    font = TTFont(io.BytesIO(build(outlines).data))
    for place, outline in enumerate(outlines):
        first, last = cards.POOL.first[outline : outline + 2]
        glyph = font["glyf"][font.getGlyphOrder()[RESERVED + place]]
        points, ends, on_curve = glyph.getCoordinates(font["glyf"])
        assert np.array(points).tolist() == np.rint(cards.POOL.points[first:last] * UNITS).tolist()
        assert ends == [last - first - 1]
        assert all(on_curve)


def test_far_steps_and_two_contours_and_curves() -> None:
    """Steps beyond a byte, steps of nought, quadratic points and a hole are all written."""
    import dataclasses

    points = np.array([(0, 0), (0, 0.9), (0.9, 0.9), (0.9, 0), (0.3, 0.3), (0.3, 0.3), (0.5, 0.301)], np.float32)
    on = np.array([True, True, False, True, True, True, False])
    ends = np.array([False, False, False, True, False, False, True])
    pool = dataclasses.replace(
        cards.POOL, k=1, texts=("o", ""), advances=np.array([1.2, 0.5]), first=np.array([0, 7, 7], np.int32),
        points=points, on_curve=on, contour_end=ends, normals=np.zeros_like(points),
    )  # fmt: skip
    font = TTFont(io.BytesIO(build([0, 1], pool=pool).data))
    names = font.getGlyphOrder()
    got, last, flags = font["glyf"][names[RESERVED]].getCoordinates(font["glyf"])
    assert np.array(got).tolist() == np.rint(points * 1000).astype(int).tolist()
    assert (list(last), [bool(f & 1) for f in flags]) == ([3, 6], on.tolist())
    assert font["glyf"][names[RESERVED + 1]].numberOfContours == 0
    assert font["hmtx"].metrics[names[RESERVED]][0] == 1200


def test_a_font_of_blanks() -> None:
    """A note may be written in outlines without ink; the file is still a font."""
    import dataclasses

    pool = dataclasses.replace(
        cards.POOL, k=1, texts=(" ",), advances=np.array([0.3]), first=np.array([0, 0], np.int32),
        points=np.zeros((0, 2), np.float32), on_curve=np.zeros(0, bool), contour_end=np.zeros(0, bool),
        normals=np.zeros((0, 2), np.float32),
    )  # fmt: skip
    font = TTFont(io.BytesIO(build([0], pool=pool).data))
    assert font["maxp"].numGlyphs == 3


def test_checksums_and_tables() -> None:
    """FontTools accepts every table, and the checksums are those it would write."""
    program = build([0, 5, 30])
    font = TTFont(io.BytesIO(program.data), checkChecksums=2)
    for table in font.keys():
        font[table]
    assert font["name"].getDebugName(6) == "NotegenTest"
    assert font.getBestCmap()[ord("a")] == font.getGlyphOrder()[RESERVED]
    assert sum(np.frombuffer(program.data, ">u4").tolist()) & 0xFFFFFFFF == 0xB1B0AFBA
    assert font["OS/2"].sxHeight == 400
    assert (font["hhea"].ascent, font["hhea"].descent) == (800, -250)


def test_the_font_works_outside_of_a_pdf() -> None:
    """FreeType draws a square where the square is."""
    font = ImageFont.truetype(io.BytesIO(build([0]).data), 100)
    picture = Image.new("L", (60, 100))
    ImageDraw.Draw(picture).text((0, 90), "a", 255, font=font, anchor="ls")
    ink = np.asarray(picture) > 127
    assert ink[50:90, 10:50].mean() > 0.99
    assert ink.sum() == pytest.approx(1600, rel=0.02)


def test_what_shapes_bear() -> None:
    """Strokes of a tenth of an em become 0.04 to 0.19; a thin face with large letters bears 0.17 of its x-height."""
    import dataclasses

    assert bearable(cards.POOL) == pytest.approx((0.1 * (1 + 2 * THINNEST), 0.1 * (1 + 2 * THICKEST)))
    thin = dataclasses.replace(cards.POOL, stroke=0.03)
    assert bearable(thin) == pytest.approx((0.012, 0.17 * 0.4))


def test_strokes_are_moved_both_ways() -> None:
    """A bar of 100 units with a pen of 140 grows by 20 at each side; corners follow the normals."""
    bar = 2 * cards.POOL.k
    font = TTFont(io.BytesIO(build([bar], pen=0.14).data))
    glyph = font["glyf"][font.getGlyphOrder()[RESERVED]]
    side = 20 * np.sqrt(0.5)  # the test pool's normals are unit vectors, also at corners
    assert glyph.xMax - glyph.xMin == pytest.approx(100 + 2 * side, abs=1)


def test_a_pen_swells_where_it_is_pressed_and_thins_at_tips() -> None:
    """The width is the pen's, times its variation by the weight, less its taper by the cube of a tip's nearness."""
    weight, tip = np.array([0, 1, -1, 9, 0, 1], np.float32), np.array([0, 0, 0, 0, 1, 0.5], np.float32)
    pen = Pen("nib", 0.4, taper=0.5, variation=0.2)
    wide = strokes(pen, 2.0, weight, tip) * 2.0
    assert wide == pytest.approx([0.4, 0.48, 0.32, 0.4 * 1.4, 0.2, 0.48 * 0.9375])
    assert pen.heaviest == pytest.approx(0.4 * 1.4)
    assert strokes(Pen("plain", 0.4), 2.0, weight, tip) * 2.0 == pytest.approx(0.4)


@pytest.mark.parametrize(("weight", "tip"), [(2.0, 0.0), (-2.0, 1.0), (0.0, 1.0), (0.0, 0.0)])
@pytest.mark.parametrize("pen", [0.01, 0.1, 0.12, 3.0])
def test_no_edge_moves_further_than_shapes_bear(weight: float, tip: float, pen: float) -> None:
    """However heavy or tapered the pen, counters stay open and hairlines stay there."""
    import dataclasses

    pool = dataclasses.replace(
        cards.POOL,
        weight=np.full(len(cards.POOL.points), weight, np.float32),
        tip=np.full(len(cards.POOL.points), tip, np.float32),
    )
    font = TTFont(io.BytesIO(build([0], pen=pen, pool=pool, taper=0.9, variation=0.4).data))
    glyph = font["glyf"][font.getGlyphOrder()[RESERVED]]
    moved = (glyph.xMax - glyph.xMin - 400) / 2 / np.sqrt(0.5)  # the test pool's normals are unit vectors
    wanted = (pen * (1 + 0.4 * weight) * (1 - 0.9 * tip) - cards.STROKE) / 2
    assert moved == pytest.approx(1000 * np.clip(wanted, THINNEST * 0.1, THICKEST * 0.1), abs=1.5)


def test_a_counter_stays_open_in_the_broadest_pen() -> None:
    """A ring's outer edge moves as far as shapes bear, its inner one by 0.4 of its radius."""
    import dataclasses

    outer, inner = (
        [(0.1, 0.0), (0.1, 0.4), (0.5, 0.4), (0.5, 0.0)],
        [(0.25, 0.15), (0.35, 0.15), (0.35, 0.25), (0.25, 0.25)],
    )
    points = np.array(outer + inner, np.float32)
    out = np.sign(points - points.mean(axis=0)) * np.repeat([1, -1], 4)[:, None]
    pool = dataclasses.replace(
        cards.POOL, k=1, texts=("o",), advances=np.array([0.6]), first=np.array([0, 8], np.int32), points=points,
        on_curve=np.ones(8, bool), contour_end=np.arange(8) % 4 == 3, normals=out.astype(np.float32),
        weight=np.zeros(8, np.float32), tip=np.zeros(8, np.float32),
    )  # fmt: skip
    font = TTFont(io.BytesIO(build([0], pen=3.0, pool=pool).data))
    got = np.array(font["glyf"][font.getGlyphOrder()[RESERVED]].getCoordinates(font["glyf"])[0])
    assert np.ptp(got[:4], axis=0).tolist() == [490, 490]
    assert np.ptp(got[4:], axis=0) == pytest.approx([60, 60], abs=1)


def test_same_outlines_same_bytes() -> None:
    """Nothing but the outlines, the pen and the name goes into a font."""
    assert build([3, 1]).data == build([3, 1]).data
    assert build([3, 1]).data != build([1, 3]).data
    assert build([3], pen=0.12).data != build([3]).data


def test_subset_tag() -> None:
    """Six capitals that change with what the font holds."""
    assert re.fullmatch("[A-Z]{6}", tag(b"one"))
    assert tag(b"one") != tag(b"two")


def test_to_unicode_reads_back() -> None:
    """Ligatures, accents and characters beyond the first plane; 250 entries need three blocks."""
    texts = ("", " ", "fi", "é", "😊", "", *(chr(0x100 + n) for n in range(244)))
    table = to_unicode(dict(enumerate(texts))).decode()
    found = {int(a, 16): bytes.fromhex(b).decode("utf-16-be") for a, b in re.findall("<(....)> <(.+)>\n", table)}
    found.pop(0, None)
    assert found == {code: text for code, text in enumerate(texts) if text}
    sizes = [int(n) for n in re.findall(r"(\d+) beginbfchar", table)]
    assert sizes == [100, 100, 48]
    assert max(sizes) <= 100


def test_a_thousand_outlines_take_no_time() -> None:
    """A font is made for each file, so it must not be felt."""
    import time

    pool = cards.pool(k=100)
    outlines = list(range(len(pool.first) - 1))
    began = time.perf_counter()
    build(outlines, pool=pool)
    assert time.perf_counter() - began < 0.5

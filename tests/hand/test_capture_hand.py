"""Letters become a hand: blends between tries, spacing as written, a font with alternates, a file that reads back."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from capture_filler import Writer, fill, flatbed, outlines, stroke
from fontTools.ttLib import TTFont

from notegen.hand import alternates, face, hands, outline
from notegen.hand.capture import blend, build, form, letters, manner, own, page, trace
from notegen.hand.capture.own import Captured
from notegen.hand.measure.figures import PageFigures
from notegen.hand.outline import Shapes
from notegen.model.hand import Habits

WRITTEN = Writer("quick-ballpoint")


@cache
def captured() -> Captured:
    """Return what a form gives whose third page was lost: no signature, and no words to copy."""
    pages = fill(form.build(), WRITTEN, seed=12, only=(1, 3))
    return own.capture(page.stack([page.find(flatbed(one.image, 3), f"{one.page.number}.jpg") for one in pages]))


@cache
def font() -> bytes:
    return own.files(captured(), "maria")[0]


def ring(wide: float, high: float, stroke: float = 0.4, x: float = 0.0) -> Shapes:
    """Return an o: an outer ellipse, clockwise, and a hole, in mm."""
    angle = np.linspace(0, -2 * np.pi, 60, endpoint=False)
    circle = np.stack((np.cos(angle), np.sin(angle)), axis=1)
    outer = circle * (wide / 2, high / 2) + (x, high / 2)
    inner = circle[::-1] * (wide / 2 - stroke, high / 2 - stroke) + (x, high / 2)
    return trace.polygons([outer, inner])


def test_a_blend_lies_between_its_parents_and_is_as_thick() -> None:
    made = blend.blend(ring(2.0, 3.0), ring(2.8, 2.6), 0.5, 3.0, 0.4)
    assert made is not None
    box = outline.bounds(made)[0]
    assert box[2] - box[0] == pytest.approx(2.4, abs=0.08)
    assert box[3] - box[1] == pytest.approx(2.8, abs=0.08)
    assert sorted(np.sign(outline.areas(made.points, made.contour_end))) == [-1, 1]


def test_letters_of_another_build_are_not_blended() -> None:
    """An open a and a closed one have other contours, and a far larger one is another shape."""
    whole = ring(2.0, 3.0)
    open_one = trace.polygons([trace.rings(whole)[0]])
    assert blend.blend(whole, open_one, 0.5, 3.0, 0.4) is None
    assert blend.blend(whole, ring(9.0, 3.0), 0.5, 3.0, 0.4) is None


def test_a_missing_page_is_named_and_its_letters_are_lacking() -> None:
    found = captured()
    assert found.is_fit
    assert any("page 2 is missing; on it are A to Z" in note for note in found.notes)
    assert set("ABCXYZ") <= set(found.lacking)
    assert not set("abcxyz0123456789") & set(found.lacking)


def test_the_font_has_each_letter_with_its_tries_and_blends() -> None:
    made = TTFont(io.BytesIO(font()))
    order = made.getGlyphOrder()
    assert {"a", "a.alt1", "a.alt2", "a.alt3", "a.alt4", "seven.alt1"} <= set(order)
    assert made["OS/2"].fsType != 2
    assert "salt" in {record.FeatureTag for record in made["GSUB"].table.FeatureList.FeatureRecord}
    assert "notegen own maria" in made["name"].getDebugName(1)
    points = [len(made["glyf"][name].getCoordinates(made["glyf"])[0]) for name in order if name != ".notdef"]
    assert np.median(points) < 60


def written(word: str) -> np.ndarray:
    """Return the box (x min, y min, x max, y max) of a word's ink as the writer's font has it at 3.2 mm, mm."""
    pen, points = 0.0, []
    for one in word:
        found = outlines(WRITTEN.font, one)
        assert found is not None
        points += [part + np.array([pen, 0.0]) for part in found[0]]
        pen += found[1]
    ink = np.concatenate(points) * WRITTEN.x_height
    return np.concatenate((ink.min(axis=0), ink.max(axis=0)))


def captured_box(word: str) -> np.ndarray:
    """Return the same of the captured letters."""
    letter = {one.text: one for one in captured().letters.letters}
    pen, boxes = 0.0, []
    for one in word:
        boxes.append(outline.bounds(letter[one].shapes[0])[0] + np.array([pen, 0, pen, 0]))
        pen += letter[one].advance
    return np.concatenate((np.min(boxes, axis=0)[:2], np.max(boxes, axis=0)[2:]))


def test_sizes_and_baselines_stay_as_written() -> None:
    """A tall letter is as tall in mm as it was written and a deep one as deep; tries vary by a tenth."""
    for text in "adgkpyxl7":
        true, read = written(text), captured_box(text)
        assert read[3] == pytest.approx(true[3], abs=0.2 + 0.12 * true[3]), text
        assert read[1] == pytest.approx(true[1], abs=0.5), text


def test_words_are_as_wide_as_they_were_written() -> None:
    """The white between letters comes from the pairs: words come out about as wide as the writer's own."""
    ratios = []
    for word in ("thank", "you", "coming", "minimum", "letter", "quick", "brown"):
        true, read = written(word), captured_box(word)
        ratios.append((read[2] - read[0]) / (true[2] - true[0]))
    assert np.median(ratios) == pytest.approx(1.0, abs=0.08), ratios
    assert min(ratios) > 0.8 and max(ratios) < 1.2, ratios


def test_the_pool_writes_with_all_tries() -> None:
    """Every try and blend of a letter becomes an alternate, however much they differ in size and contours."""
    read = face.load(font(), 0, "maria")
    assert read.own
    glyph = read.characters["a"]
    drawn = alternates._variants(read, glyph, read.glyphs.take([glyph]))
    shapes = next(one for one in captured().letters.letters if one.text == "a").shapes
    assert len(drawn) == len(shapes) - 1


def test_the_same_form_gives_the_same_bytes() -> None:
    assert own.files(captured(), "maria")[0] == font()


def test_the_hands_file_reads_back(tmp_path: Path) -> None:
    data, text = own.files(captured(), "maria")
    (tmp_path / "maria.ttf").write_bytes(data)
    (tmp_path / "maria.yaml").write_text(text)
    hand = hands.read(tmp_path / "maria.yaml", "maria", f"{tmp_path}/")
    assert hand.licence == "own hand" and "consent" in hand.origin
    assert hand.pen.width == pytest.approx(stroke(WRITTEN.font, WRITTEN.x_height), abs=0.05)
    assert hand.x_height[1] == pytest.approx(WRITTEN.x_height, rel=0.08)
    assert 1.6 < hand.x_height[0] < 2.0
    assert hand.ink.name == "blue"
    assert 2.2 < hand.leading < 5.4
    assert hand.habits != Habits()


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ((0.13, 0.2, 0.58), "blue"),
        ((0.15, 0.15, 0.17), "black"),
        ((0.72, 0.15, 0.2), "burgundy"),
        ((0.12, 0.43, 0.25), "green"),
        ((0.1, 0.14, 0.3), "blue-black"),
    ],
)
def test_the_ink_is_named_after_its_colour(colour: tuple[float, float, float], name: str) -> None:
    assert own.ink_name(colour).replace("soft-", "") == name


def figures(lines: int, **values: float) -> PageFigures:
    nothing = dict.fromkeys(PageFigures.__dataclass_fields__)
    return PageFigures(**{**nothing, "n_lines": lines, "x_height_mm": 3.0, "n_gaps": 40, **values})  # type: ignore[arg-type]


def test_habits_follow_what_was_measured_the_more_lines_there_are() -> None:
    usual = Habits()
    few, many = (manner.habits(figures(lines, gap_cv=0.45, slope=2.0)) for lines in (3, 60))
    assert usual.gap < few.gap < many.gap
    assert usual.page_slope[0] < few.page_slope[0] < many.page_slope[0]
    assert many.page_slope[1] < few.page_slope[1] < usual.page_slope[1]
    assert manner.habits(figures(6)) == replace(usual)


def test_spacing_without_pairs_is_the_usual_one() -> None:
    made = captured()
    alone = [one for one in made.judged if one.sample.cell.kind.value != "pair"]
    assert letters.make(alone, made.usual).white == pytest.approx(letters.USUAL_WHITE * made.usual.x_height)


def test_no_glyph_has_a_name_of_its_own_kind() -> None:
    assert build._name("a") == "a" and build._name("€") == "Euro" and build._name("ß") == "germandbls"

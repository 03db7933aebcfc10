"""Marks stand outside the bleed, inside the media, and clear of each other; seen by geometry and by raster."""

from __future__ import annotations

from itertools import combinations
from math import hypot
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from notegen import plain
from notegen.layout import stocks
from notegen.layout.marks import EDGE, GAP, HAIRLINE, LENGTH, Marks, Slug, marked, room
from notegen.model.page import REGISTRATION, Area, Item, Line, Outline, Page, Words, flattened
from notegen.model.purpose import Setup
from notegen.model.stock import Box, Stock
from notegen.press import write_pages

SLUG = Slug("thanks-2026", 3, 120, "17-24", "Ana Reyes", "front")


def ink_of(item: Item) -> Box:
    """Return the box around all ink of a mark, its stroke's width included."""
    if isinstance(item, Words):
        assert item.angle == 0
        return Box(item.x, item.y - 0.25 * item.size, plain.width(item.text, item.size), item.size)
    if isinstance(item, Area):
        (box,) = item.boxes
        return box
    half = item.width / 2
    if isinstance(item, Line):
        # Ends are cut straight, so a stroke is broader across itself alone.
        upright = item.x0 == item.x1
        x, y = min(item.x0, item.x1), min(item.y0, item.y1)
        box = Box(x, y, abs(item.x1 - item.x0), abs(item.y1 - item.y0))
        return Box(x - half, y, item.width, box.height) if upright else Box(x, y - half, box.width, item.width)
    assert isinstance(item, Outline)
    xs, ys = [x for x, _ in item.points], [y for _, y in item.points]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).inset(-half)


def drawn(page: Page) -> list[Item]:
    """Return what is drawn on a page, in its order."""
    return list(flattened(page.items))


def is_apart(one: Box, other: Box, by: float = -1e-9) -> bool:
    """Whether two boxes have no common point."""
    return one.right + by <= other.x or other.right + by <= one.x or one.top + by <= other.y or other.top + by <= one.y


def is_inside(one: Box, outer: Box) -> bool:
    return (
        outer.x - 1e-9 <= one.x and one.right <= outer.right + 1e-9
        and outer.y - 1e-9 <= one.y and one.top <= outer.top + 1e-9
    )  # fmt: skip


LENGTHS = st.floats(20, 420)


@given(
    st.tuples(LENGTHS, LENGTHS),
    st.floats(0, 6),
    st.booleans(),
    st.lists(st.floats(0.1, 0.9), max_size=3),
    st.lists(st.floats(0.1, 0.9), max_size=2),
    st.booleans(),
)
@example((100.0, 148.0), 3.0, True, [0.5], [], True)
def test_no_mark_is_in_the_bleed_or_off_the_media(
    size: tuple[float, float], bleed: float, slug: bool, folds: list[float], across: list[float], crop: bool
) -> None:
    """Whatever the page, its bleed and its folds."""
    page = Page(size, (), bleed, bleed)
    marks = Marks(crop=crop, slug=SLUG if slug else None)
    made = marked(page, marks, [part * size[0] for part in folds], [part * size[1] for part in across])
    assert made.margin == pytest.approx(bleed + room(marks))
    keep, media = made.trim.inset(-bleed - GAP), made.trim.inset(-made.margin + EDGE / 2)
    for item in drawn(made):
        ink = ink_of(item)
        assert is_apart(ink, keep), item
        assert is_inside(ink, media), item


def are_clear(made: Page) -> bool:
    """Whether no mark is on another; the cross of a registration mark is in its ring."""
    rings = [ink_of(item).inset(-1.5) for item in drawn(made) if isinstance(item, Outline)]
    inks = [ink_of(item) for item in drawn(made)]
    return all(
        is_apart(one, other) or any(is_inside(one, ring) and is_inside(other, ring) for ring in rings)
        for one, other in combinations(inks, 2)
    )


@pytest.mark.parametrize("stock", stocks.builtin(), ids=lambda stock: stock.name)
def test_marks_of_a_stock_are_clear_of_each_other(stock: Stock) -> None:
    """No patch on a fold mark, no ring on a patch, no slug on anything; and none of them is left off."""
    made = marked(Page(stock.size, (), stock.bleed, stock.bleed), Marks(slug=SLUG), stock.folds, stock.across)
    assert are_clear(made)
    assert sum(isinstance(item, Outline) for item in drawn(made)) == 4
    assert sum(isinstance(item, Area) for item in drawn(made)) == 4


@given(st.tuples(st.floats(20, 90), st.floats(20, 90)), st.floats(0.2, 0.8), st.booleans())
@example((40.0, 60.0), 0.5, False)
def test_marks_of_a_small_page_are_clear_of_each_other(size: tuple[float, float], fold: float, folded: bool) -> None:
    """What finds no room is left off."""
    folds = [fold * size[0]] if folded else []
    assert are_clear(marked(Page(size, (), 3.0, 3.0), Marks(slug=SLUG), folds))


def test_cut_marks_are_on_the_lines_of_the_trim() -> None:
    """Eight hairlines of five millimetres, which begin a millimetre outside the bleed."""
    made = marked(Page((148.0, 105.0), (), 3.0, 3.0), Marks(registration=False, patches=False))
    lines = [item for item in drawn(made) if isinstance(item, Line)]
    found = {(one.x0, one.y0, one.x1, one.y1) for one in lines}
    far = 3.0 + GAP + LENGTH
    assert found == {
        *((x, -4.0, x, -far) for x in (0.0, 148.0)),
        *((x, 105.0 + 4.0, x, 105.0 + far) for x in (0.0, 148.0)),
        *((-4.0, y, -far, y) for y in (0.0, 105.0)),
        *((148.0 + 4.0, y, 148.0 + far, y) for y in (0.0, 105.0)),
    }
    assert {(one.width, one.paint, one.dash) for one in lines} == {(HAIRLINE, REGISTRATION, ())}
    assert HAIRLINE * 72 / 25.4 == pytest.approx(0.25)
    assert len(drawn(made)) == 8


def test_folds_are_dashed_and_outside() -> None:
    """A side fold is marked above and below, a tent fold left and right."""
    plainly = Marks(crop=False, registration=False, patches=False)
    page = Page((200.0, 140.0), (), 3.0, 3.0)
    side, tent = marked(page, plainly, folds=[100.0]), marked(page, plainly, across=[70.0])
    assert [(one.x0, one.x1) for one in drawn(side) if isinstance(one, Line)] == [(100.0, 100.0)] * 2
    assert [(one.y0, one.y1) for one in drawn(tent) if isinstance(one, Line)] == [(70.0, 70.0)] * 2
    assert all(isinstance(one, Line) and one.dash for one in (*drawn(side), *drawn(tent)))


def test_a_margin_that_is_larger_stays() -> None:
    made = marked(Page((100.0, 100.0), (), 3.0, 30.0), Marks())
    assert made.margin == 30.0
    assert max(hypot(*point) for item in drawn(made) if isinstance(item, Outline) for point in item.points) < 120


def test_a_slug_says_what_it_knows() -> None:
    """Parts that are empty leave no dot behind."""
    assert SLUG.line() == "thanks-2026 · sheet 3/120 · cards 17-24 · Ana Reyes · front"
    assert Slug("thanks", face="back").line() == "thanks · back"
    assert Slug("thanks", 2).line() == "thanks · sheet 2"
    assert "□" in Slug("thanks", customer="\U00012000").line()
    assert not plain.lacking(Slug("łódź", customer="東京 \U00012000").line())


@given(st.text(max_size=200), st.text(max_size=200), st.floats(20, 300))
def test_a_slug_is_never_broader_than_the_media(job: str, customer: str, width: float) -> None:
    """A long name is cut with an ellipsis; sheet, cards and face stay where the page has room for them."""
    made = marked(Page((width, 100.0), (), 0.0, 0.0), Marks(slug=Slug(job, 1, 2, "1-8", customer, "front")))
    words = drawn(made)[-1]
    assert isinstance(words, Words)
    assert words.x >= EDGE - made.margin - 1e-6
    assert words.x + plain.width(words.text, words.size) <= width + made.margin - EDGE + 1e-6
    if width > 45:
        assert "sheet 1/2 · cards 1-8" in words.text
        assert words.text.endswith("front")


def test_a_slug_ends_early_on_a_narrow_page() -> None:
    """What does not fit with job and customer cut short is cut at its end."""
    slug = Slug("thanks-2026", 3, 120, "17-24, 31-38, 107-114, 203", "Ana Reyes", "front")
    made = marked(Page((30.0, 100.0), (), 3.0, 3.0), Marks(slug=slug))
    words = drawn(made)[-1]
    assert isinstance(words, Words)
    assert words.text.startswith("t… · sheet 3/120 · cards 17")
    assert words.text.endswith("…")
    assert words.x >= EDGE - made.margin
    assert words.x + plain.width(words.text, words.size) <= 30.0 + made.margin - EDGE


def test_seen_on_paper_no_mark_is_in_the_bleed(tmp_path: Path) -> None:
    """At 300 dpi: the trim and its bleed are blank, the band around has ink on all four sides."""
    path, bleed = tmp_path / "a.pdf", 3.0
    page = marked(Page((100.0, 148.0), (), bleed, bleed), Marks(slug=SLUG), folds=[50.0], across=[74.0])
    write_pages([page], path, Setup("t", "en"))
    document = pypdfium2.PdfDocument(path)
    dark = document[0].render(scale=300 / 72, grayscale=True).to_numpy().squeeze() < 200
    document.close()
    mm = 300 / 25.4
    inner = round((page.margin - bleed - GAP + 0.1) * mm)
    outer = slice(inner, -inner)
    assert not dark[outer, outer].any()
    for side in (dark[:inner], dark[-inner:], dark[:, :inner], dark[:, -inner:]):
        assert np.count_nonzero(side) > 500
    edge = round((EDGE - 0.2) * mm)
    assert not dark[:edge].any() and not dark[-edge:].any() and not dark[:, :edge].any() and not dark[:, -edge:].any()

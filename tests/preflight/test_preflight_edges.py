"""Edges: artwork that must bleed and text that must keep clear, by exact distances."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from faults import MM, drawn, edited, good, on_pages, picture, pressed, put, scaled
from hypothesis import given, settings
from hypothesis import strategies as st

from notegen.layout import stocks
from notegen.model.diagnostic import Severity
from notegen.model.page import Align, Area, Outline, Page, Paint, Words
from notegen.model.stock import Box
from notegen.preflight import Report, check, machine

STOCK = stocks.builtin().get("us-a2")
WIDTH, HEIGHT = STOCK.size
TINT = Paint((0.3, 0, 0, 0))


def page(*items: object) -> Report:
    """Check a page of items."""
    made = Page(STOCK.size, items, bleed=STOCK.bleed, margin=10)  # type: ignore[arg-type]
    return check(pressed([made]), stock=STOCK)


def found(report: Report, code: str) -> list[str]:
    """Return what a rule says."""
    return [one.message for one in report.findings if one.code == code]


@pytest.mark.parametrize(
    ("box", "sides"),
    [
        (Box(-3.175, -3.175, WIDTH + 6.35, HEIGHT + 6.35), []),
        (Box(0, 0, WIDTH, HEIGHT), ["left", "lower", "right", "upper"]),
        (Box(-3.175, -3.175, WIDTH + 3.175, HEIGHT + 6.35), ["right"]),
        (Box(-3.175, -2, WIDTH + 6.35, HEIGHT + 5.175), ["lower"]),
        (Box(0.2, -3.175, 50, HEIGHT + 6.35), ["left"]),
        (Box(0.5, 20, 50, 20), []),
        (Box(20, 20, 50, 50), []),
        (Box(-3.175, 20, 50, 0.5), []),
        (Box(0, 20, 50, 0.5), []),
    ],
)
def test_artwork_must_bleed_on_each_side_that_it_touches(box: Box, sides: list[str]) -> None:
    said = found(page(Area((box,), TINT)), "P152")
    assert sorted(
        side for side in ("left", "lower", "right", "upper") for one in said if f"the {side} edge" in one
    ) == (sides)
    assert len(said) == len(sides)


def test_white_and_broad_frames() -> None:
    whole = Box(0, 0, WIDTH, HEIGHT)
    assert found(page(Area((whole,), Paint((0, 0, 0, 0)))), "P152") == []
    corners = ((0.0, 0.0), (WIDTH, 0.0), (WIDTH, HEIGHT), (0.0, HEIGHT))
    assert len(found(page(Outline("mlllh", corners, TINT, 2.0)), "P152")) == 4
    assert found(page(Outline("mlllh", corners, TINT, 0.25)), "P152") == []


def test_a_picture_that_stops_at_the_trim() -> None:
    x, y = 10 * MM, 10 * MM
    place = b"q %f 0 0 %f %f %f cm /I9 Do Q" % (WIDTH * MM, HEIGHT * MM, x, y)
    report = check(drawn(place, page=1, XObject_I9=picture(2000, 1500, b"\x10\0\0\0"))())
    assert len(found(report, "P152")) == 4


def test_a_narrow_bleed_is_an_error_where_artwork_runs_off_alone() -> None:
    narrow = on_pages(lambda thing, pdf: put("/BleedBox", scaled(thing.TrimBox, MM))(thing, pdf))()
    levels = {one.pages: one.severity for one in check(narrow).findings if one.code == "P124"}
    assert levels == {(1,): Severity.ERROR, (2,): Severity.WARNING}


def test_a_sheet_without_bleed_of_which_nothing_runs_off_is_fine() -> None:
    made = pressed([Page((215.9, 279.4), (Area((Box(20, 20, 100, 100),), TINT),))])
    report = check(made)
    assert [one.severity for one in report.findings if one.code == "P124"] == [Severity.INFO]


SAFE = STOCK.safe


@settings(max_examples=40)
@given(st.floats(0, 14), st.sampled_from((0.0, 90.0, 180.0, 45.0)))
def test_text_keeps_clear_by_its_ink(distance: float, angle: float) -> None:
    """A capital A on its side, upright or leaning is near the edge when its ink is, whatever its advance."""
    report = page(Words(distance, HEIGHT / 2, "A", 5, angle=angle))
    said = found(report, "P136")
    left = ink_left(angle) + distance
    if abs(left - SAFE) > 0.1:
        assert bool(said) is (left < SAFE)


def ink_left(angle: float) -> float:
    """Return where the ink of a capital A of 5 mm begins, in mm from its reference point, by its outline."""
    import math

    from notegen.preflight import fonts

    made = pressed([Page(STOCK.size, (Words(50, 50, "A", 5),), bleed=STOCK.bleed, margin=10)])
    with pikepdf.open(BytesIO(made)) as pdf:
        face = fonts.face(next(iter(pdf.pages[0].obj.Resources.Font.values())))
        points = face.points(face.glyph(1))
    turn = math.radians(angle)
    return 5 * min(x * math.cos(turn) - y * math.sin(turn) for x, y in points)


def test_text_in_the_slug_is_let_pass() -> None:
    assert found(page(Words(20, -8, "Job 12", 2)), "P136") == []
    assert found(page(Words(20, -2.5, "Job 12", 2)), "P136") != []


def test_text_on_a_fold() -> None:
    folded = stocks.builtin().get("us-a2-folded")

    def said(x: float, align: Align) -> list[str]:
        words = Words(x, 60, "Thank you", 6, align=align)
        made = pressed([Page(folded.size, (words,), bleed=folded.bleed, margin=10)])
        return found(check(made, stock=folded), "P137")

    assert said(folded.folds[0], Align.CENTRE)
    assert not said(folded.folds[0] + 7, Align.LEFT)
    assert not said(folded.folds[0] - 7, Align.RIGHT)


def test_units_of_a_page_count() -> None:
    """A page in units of 1/36 inch is twice as large: its lines are thicker, its pictures coarser."""
    thin = drawn(b".2 w 100 100 m 150 150 l S")()
    assert found(check(thin), "P150")
    doubled = edited(lambda pdf: [one.obj.__setitem__("/UserUnit", 2) for one in pdf.pages], thin)
    assert not found(check(doubled), "P150")
    assert found(check(edited(lambda pdf: [one.obj.__setitem__("/UserUnit", 2) for one in pdf.pages], good()),
                       stock=STOCK), "P125")  # fmt: skip


GROUND = Area((Box(-3, -3, 106, 76),), Paint((0.1, 0.1, 0, 0)))
DETAIL = Area((Box(60, 20, 40.8, 30),), Paint((0, 0.5, 0.5, 0)))
"""It ends 0.8 mm beyond the right edge."""


@pytest.mark.parametrize(
    ("areas", "codes"),
    [
        ((GROUND, DETAIL), set()),
        ((DETAIL,), {"P152"}),
        ((Area((Box(-3, -3, 106, 13),), Paint((0.1, 0, 0, 0))), DETAIL), {"P152"}),  # the ground is below it
        ((Area((Box(-3, 15, 106, 40),), Paint((0.1, 0, 0, 0))), DETAIL), set()),
        ((Area((Box(100.5, 15, 2.5, 40),), Paint((0.1, 0, 0, 0))), DETAIL), {"P152"}),  # and beside it, outside
    ],
)
def test_only_what_leaves_a_white_edge_is_said(areas: tuple[Area, ...], codes: set[str]) -> None:
    report = check(pressed([Page((100, 70), areas, bleed=3, margin=10)]))
    assert {one.code for one in report.errors} == codes


def test_maps_follow_each_other() -> None:
    first, then = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0), (7.0, 8.0, 9.0, 10.0, 11.0, 12.0)
    assert machine.times(first, then) == (25.0, 28.0, 57.0, 64.0, 100.0, 112.0)


def words_cut(x: float, y: float, clip: Box, stock: str = "us-a2") -> set[str]:
    """Check a line of type on a card, in millimetres, of which only what is in a box is seen."""
    named = stocks.builtin().get(stock)
    data = pressed([Page(named.size, (Words(x, y, "Thank you", 6),), bleed=named.bleed, margin=10)])
    with pikepdf.open(BytesIO(data)) as pdf:
        page = pdf.pages[0].obj
        corner = [float(one) for one in page.TrimBox[:2]]
        box = b"%f %f %f %f re W n\n" % (
            corner[0] + clip.x * MM, corner[1] + clip.y * MM, clip.width * MM, clip.height * MM
        )  # fmt: skip
        page.Contents = pdf.make_stream(b"q " + box + page.Contents.read_bytes() + b"\nQ")
        stream = BytesIO()
        pdf.save(stream, force_version="1.6")
    return set(check(stream.getvalue(), stock=named).codes & {"P136", "P137"})


def test_text_is_what_clips_leave_of_it() -> None:
    whole = Box(-3, -3, 300, 300)
    assert words_cut(2, 50, whole) == {"P136"}
    assert words_cut(2, 50, Box(7, 0, 100, 100)) == set()
    assert words_cut(2, 50, Box(5, 0, 100, 100)) == {"P136"}
    assert words_cut(100, 50, whole, "us-a2-folded") == {"P137"}
    assert words_cut(100, 50, Box(0, 0, 107.9, 139), "us-a2-folded") == set()
    assert words_cut(100, 50, Box(0, 0, 108.1, 139), "us-a2-folded") == {"P137"}


def test_words_beside_the_card_are_not_folded() -> None:
    assert words_cut(100, -9, Box(-3, -20, 300, 300), "us-a2-folded") == set()

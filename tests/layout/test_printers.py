"""Printers: what a ruler reads on a page becomes the correction that undoes it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen import plain
from notegen.errors import NotegenError
from notegen.layout import impose, printers
from notegen.layout.printers.readings import INSET
from notegen.model.page import Group, Line, Page, Words, applied
from notegen.model.printer import Printer
from notegen.model.source import Source
from notegen.model.stock import Side

LETTER = impose.papers().get("letter").size


class Machine:
    """A printer that is off: it stretches about the middle of the paper and moves each side."""

    def __init__(self, paper: tuple[float, float], scale: tuple[float, float], *moves: tuple[float, float]) -> None:
        self.paper, self.scale, self.moves = paper, scale, dict(zip(Side, moves, strict=True))

    def printed(self, side: Side, x: float, y: float) -> tuple[float, float]:
        middle = self.paper[0] / 2, self.paper[1] / 2
        move = self.moves[side]
        return (
            middle[0] + self.scale[0] * (x - middle[0]) + move[0],
            middle[1] + self.scale[1] * (y - middle[1]) + move[1],
        )

    def readings(self) -> dict[str, float]:
        """Lay a ruler on the printed calibration page."""
        width, height = self.paper
        (left, bottom), (right, top) = (
            self.printed(Side.FRONT, x, y) for x, y in ((INSET, INSET), (width - INSET, height - INSET))
        )
        back = self.printed(Side.BACK, INSET, INSET)
        return {
            "left": left, "bottom": bottom, "across": right - left, "up": top - bottom,
            "back-left": back[0], "back-bottom": back[1],
        }  # fmt: skip


moves = st.tuples(st.floats(-6, 6), st.floats(-6, 6))
scales = st.tuples(st.floats(0.985, 1.015), st.floats(0.985, 1.015))


@given(scales, moves, moves, st.sampled_from(["letter", "a4"]), st.floats(0, 200), st.floats(0, 250))
def test_what_is_read_is_undone(
    scale: tuple[float, float], front: tuple[float, float], back: tuple[float, float], name: str, x: float, y: float
) -> None:
    paper = impose.papers().get(name).size
    machine = Machine(paper, scale, front, back)
    printer = printers.from_readings("p", paper, machine.readings())
    for side in Side:
        found = machine.printed(side, *applied(printers.correction(paper, printer, side), x, y))
        assert found == pytest.approx((x, y), abs=0.005)


def test_a_back_that_was_not_read_is_taken_to_be_like_the_front() -> None:
    printer = printers.from_readings("p", LETTER, {"left": 20.5})
    assert (printer.front, printer.back, printer.scale) == ((-0.5, 0), (-0.5, 0), (1, 1))
    assert printers.from_readings("p", LETTER, {"back-left": 20.5}).front == (0, 0)


def test_a_page_is_put_right_as_a_whole() -> None:
    page = Page(LETTER, (Line(0, 0, 10, 10), Words(1, 2, "Ana")), label="front")
    right = printers.corrected(page, Printer("p", front=(1, -2), back=(0.5, 0)), Side.FRONT)
    (group,) = right.items
    assert isinstance(group, Group)
    assert group.items == page.items
    assert group.at == (1, 0, 0, 1, 1, -2)
    assert (right.size, right.label) == (page.size, page.label)
    assert printers.corrected(page, Printer("p"), Side.BACK) is page


@pytest.mark.parametrize(
    ("readings", "words"),
    [
        ({"lef": 20.0}, "no reading called 'lef'"),
        ({"across": 17.5}, r"across cannot be 17\.5 mm: it ought to be 175\.9"),
        ({"across": 168.0}, r"a scale of 1\.047.* is too far from 1"),
        ({"left": 31.0}, "too far to move the front"),
        ({"back-bottom": 3.0}, "too far to move the back"),
    ],
)
def test_readings_that_no_printer_gives_are_refused(readings: dict[str, float], words: str) -> None:
    with pytest.raises(NotegenError, match=words):
        printers.from_readings("p", LETTER, readings)


@given(st.builds(Printer, st.just("p"), moves, moves, scales))
def test_a_file_gives_back_what_was_written(printer: Printer) -> None:
    read = printers.read_printer(Source("p.yaml", printers.as_yaml(printer)), "p")
    assert read.diagnostics == ()
    assert read.value is not None
    for name in ("front", "back", "scale"):
        assert getattr(read.value, name) == pytest.approx(getattr(printer, name), abs=1e-5)


@pytest.mark.parametrize(
    ("text", "code", "place", "words"),
    [
        ("fornt: [0, 0]\n", "I101", "p.yaml:1:1", "no 'fornt'"),
        ("front: [0, 0]\nscale: [1, 1.05]\n", "I102", "p.yaml:2:12", "a scale of 1.05"),
        ("back: [12, 0]\n", "I102", "p.yaml:1:8", "12 mm is too far"),
        ("back: 3\n", "I102", "p.yaml:1:7", r"\[right, up\] in mm"),
        ("back: [a, 3]\n", "I102", "p.yaml:1:8", "made of numbers"),
        ("- 1\n", "I102", "p.yaml:1:1", "one map"),
        ("front: [.nan, 0]\n", "I102", "p.yaml:1:9", "made of numbers"),
    ],
)
def test_faults_of_a_file_have_their_place(text: str, code: str, place: str, words: str) -> None:
    read = printers.read_printer(Source("p.yaml", text), "p")
    assert read.value is None
    found = next(one for one in read.diagnostics if one.is_error)
    assert found.code == code
    assert str(found.span) == place
    assert re.search(words, found.message)


def test_paper_without_room_for_the_calibration_pages_text_is_refused() -> None:
    for name in ("a6", "a5"):
        with pytest.raises(NotegenError, match="too small for the calibration page"):
            printers.calibration_pages(impose.papers().get(name))


@pytest.mark.parametrize("name", [one.name for one in impose.papers() if one.name not in ("a5", "a6")])
def test_the_calibration_page_says_all_it_needs_in_its_room(name: str) -> None:
    paper = impose.papers().get(name)
    front, back = printers.calibration_pages(paper)
    width, height = paper.size
    for page in (front, back):
        words = [one for one in page.items if isinstance(one, Words)]
        said = [one for one in words if len(one.text) > 8]
        for one in said:
            start = {"left": 0.0, "centre": 0.5, "right": 1.0}[one.align] * plain.width(one.text, one.size, one.strong)
            end = one.x - start + plain.width(one.text, one.size, one.strong)
            assert 33 < one.x - start and end < width - 33, one.text
        rows = sorted({round(one.y, 2) for one in said}, reverse=True)
        assert all(upper - lower >= 4.5 for upper, lower in pairwise(rows))
        lines = [one for one in page.items if isinstance(one, Line)]
        longest = sorted(lines, key=lambda one: -abs(one.x1 - one.x0) - abs(one.y1 - one.y0))[:4]
        assert {one.x0 for one in longest if one.x0 == one.x1} == {INSET, width - INSET}
        assert {one.y0 for one in longest if one.y0 == one.y1} == {INSET, height - INSET}
    text = " ".join(one.text for one in (*front.items, *back.items) if isinstance(one, Words))
    for reading in printers.READINGS:
        assert reading in text
    assert "--read left=" in text


def test_a_page_that_is_put_right_asks_for_no_readings_to_be_typed() -> None:
    """They would be kept in the place of the correction that they were printed with."""
    front, _ = printers.calibration_pages(impose.papers().get("a4"), again="office")
    text = " ".join(one.text for one in front.items if isinstance(one, Words))
    assert "put right for office" in text
    assert "printer set" not in text

"""Filled-in forms are read: any pen, scans and photographs, every place found, and what is doubtful named.

Seven runs over three fonts, at 200 or 300 dots to the inch: a clean flatbed scan of two pages; photographs in
perspective with shadows, blur, noise and JPEG; a page upside down; document mode, in which the guides turn black; a pen
that is too thin; and pages with spoilt and blank places.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from capture_filler import (
    Filled,
    Image,
    Score,
    Truth,
    Writer,
    document_mode,
    fill,
    flatbed,
    mask_of,
    overlap,
    photo,
    printed,
    score,
    turned,
)

from notegen.errors import NotegenError
from notegen.hand.capture import cells, doubts, form, needs, page, trace
from notegen.hand.capture.cells import Sample
from notegen.hand.capture.doubts import Doubt, Judged
from notegen.hand.capture.ink import THIN_PEN

Degrade = Callable[[Image, int], Image]


@cache
def filled(writer: Writer, *only: int, dpi: int = 200) -> tuple[Filled, ...]:
    return tuple(fill(form.build(), writer, dpi=dpi, seed=5, only=only))


def read(pages: list[Filled], degrade: Degrade) -> tuple[list[Sample], tuple[page.Sheet, ...]]:
    """Return what is read from the pictures of some pages, given to the reader in another order."""
    sheets = [page.find(degrade(one.image, one.page.number), f"page {one.page.number}") for one in reversed(pages)]
    stack = page.stack(sheets)
    found = [
        sample
        for sheet in stack.sheets
        for sample in cells.samples(sheet, stack.page(sheet), cells.page_ink(sheet, stack.page(sheet)))
    ]
    return found, stack.sheets


def scored(pages: list[Filled], found: list[Sample]) -> Score:
    outlines = {one.key: trace.rings(one.outline()) for one in found if not one.is_empty}
    return score(pages, outlines)


@pytest.mark.parametrize(
    ("writer", "numbers", "degrade", "least"),
    [
        pytest.param(Writer("quick-ballpoint"), (1, 2), flatbed, 0.85, id="blue-flatbed-turned-noise-jpeg"),
        pytest.param(Writer("neat-print", "red"), (1,), photo, 0.75, id="red-photo-perspective-shadow-blur"),
        pytest.param(Writer("hurried-ballpoint", "black"), (2,), photo, 0.75, id="black-photo"),
        pytest.param(
            Writer("neat-print", "green"),
            (3,),
            lambda image, seed: turned(flatbed(image, seed), 2),
            0.85,
            id="green-upside-down",
        ),
        pytest.param(
            Writer("hurried-ballpoint", "black"),
            (1,),
            lambda image, seed: document_mode(flatbed(image, seed)),
            0.75,
            id="document-mode",
        ),
    ],
)
def test_places_are_recovered(writer: Writer, numbers: tuple[int, ...], degrade: Degrade, least: float) -> None:
    """At least 97 % of the places are read, their outlines lie on the ink, and few are called doubtful."""
    pages = list(filled(writer, *numbers))
    found, _ = read(pages, degrade)
    result = scored(pages, found)
    assert result.recovered >= 0.97, result.worst
    assert result.overlap >= least, result.worst
    judged = doubts.judge(found, doubts.usual(found))
    alarms = [(one.sample.key, one.doubts) for one in judged if one.doubts and not one.sample.is_empty]
    assert len(alarms) <= 0.05 * result.cells, alarms


def what_was_read(judged: list[Judged], pages: list[Filled]) -> list[tuple[Judged, Truth | None]]:
    truths = {key: truth for one in pages for key, truth in one.truths.items()}
    return [(one, truths.get(one.sample.key)) for one in judged]


def test_spoilt_places_are_named_and_blank_ones_are_empty() -> None:
    """Nothing is silently wrong: a place is doubtful, or what was read is what is on the paper.

    A letter that was written whole over the edge of its place is on the paper; a pair that was crossed out is not a
    letter, and only its width is used.
    """
    pages = list(filled(Writer("quick-ballpoint", skip=0.04, faults=0.09), 1, 2))
    found, _ = read(pages, flatbed)
    judged = doubts.judge(found, doubts.usual(found))
    wrong, alarms, spoilt, empty = [], [], 0, 0
    for one, truth in what_was_read(judged, pages):
        if truth is None:
            # What a neighbour wrote over the edge may lie in a blank place; it is never taken for its letter.
            assert one.doubts, one.sample.key
            empty += one.doubts == (Doubt.EMPTY,)
            continue
        spoilt += bool(truth.fault)
        right = overlap(truth, mask_of(trace.rings(one.sample.outline()), truth)) > 0.5
        if one.is_sound and (truth.fault in {"crossed", "speck"} or not right):
            wrong.append((one.sample.key, truth.fault))
        if not truth.fault and one.doubts:
            alarms.append((one.sample.key, one.doubts))
    assert spoilt >= 12 and empty >= 5
    assert wrong == []
    # A place beside a spoilt one may hold some of its ink, and is then rightly doubted.
    assert len(alarms) <= 0.08 * len(judged), alarms


def test_a_pen_that_is_too_thin_is_said_to_be_and_what_broke_is_named() -> None:
    pages = list(filled(Writer("quick-ballpoint", pen=0.12), 1, dpi=300))
    found, _ = read(pages, flatbed)
    usual = doubts.usual(found)
    assert 0 < usual.stroke < THIN_PEN
    judged = doubts.judge(found, usual)
    silent = [
        one.sample.key
        for one, truth in what_was_read(judged, pages)
        if truth and one.is_sound and overlap(truth, mask_of(trace.rings(one.sample.outline()), truth)) < 0.4
    ]
    assert silent == []


def blank(number: int, dpi: int = 150) -> Image:
    return printed(form.build(), dpi)[number - 1]


def test_a_picture_without_markers_says_how_many_were_seen() -> None:
    with pytest.raises(NotegenError, match=r"holiday.jpg shows no whole page of the form: no corner markers are"):
        page.find(np.full((900, 700, 3), 200, np.uint8), "holiday.jpg")
    half = blank(2)
    half[: len(half) // 2] = 255
    with pytest.raises(NotegenError, match="2 of the 4 corner markers of page 2"):
        page.find(half, "half.jpg")


def test_three_markers_do_and_it_is_said() -> None:
    covered = blank(1)
    covered[: len(covered) // 8, : covered.shape[1] // 5] = 250
    sheet = page.find(covered, "thumb.jpg")
    assert sheet.number == 1 and "one corner of page 1 was not seen" in sheet.notes[0]


def test_a_page_is_known_by_its_markers_when_its_code_cannot_be_read() -> None:
    stained = blank(2)
    box = form.build().pages[1].code.box
    left, right = (round(x / 25.4 * 150) for x in (box.x - 1, box.right + 1))
    stained[: round(45 / 25.4 * 150), left:right] = 140
    sheet = page.find(stained, "coffee.jpg")
    assert (sheet.number, sheet.told) == (2, None)
    stack = page.stack([sheet, page.find(blank(1), "one.jpg")])
    assert [one.number for one in stack.sheets] == [1, 2]
    assert any("coffee.jpg: the QR code could not be read" in note for note in stack.notes)


def test_a_page_that_comes_twice_is_refused_and_a_missing_one_is_named() -> None:
    first = page.find(blank(1), "one.png")
    with pytest.raises(NotegenError, match=r"one.png and again.png are both page 1"):
        page.stack([first, page.find(turned(blank(1), 2), "again.png")])
    stack = page.stack([first])
    assert [one.number for one in stack.missing] == [2, 3]
    assert page.carries(stack.form.pages[0]) == "a to z, 0 to 9"
    assert "A to Z" in page.carries(stack.form.pages[1])


def test_pages_of_two_forms_and_of_another_version_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    first = page.find(blank(1), "one.png")
    other = page.find(printed(form.build("a4", "éü"), 150)[1], "two.png")
    with pytest.raises(NotegenError, match=r"one.png and two.png are pages of two different forms"):
        page.stack([first, other])
    picture = blank(1)
    monkeypatch.setattr(form, "VERSION", 7)
    with pytest.raises(NotegenError, match=r"one.png: this form has version 1, and this notegen reads version 7"):
        page.find(picture, "one.png")


def test_a_coarse_picture_is_refused() -> None:
    with pytest.raises(NotegenError, match="has only 100 dots to the inch"):
        page.find(printed(form.build(), 100)[0], "small.jpg")


@pytest.mark.parametrize("paper", sorted(form.PAPERS))
def test_the_paper_is_known_without_the_code(paper: str) -> None:
    """A4 and Letter have their markers in other places, so the markers' own shape tells them apart."""
    picture = printed(form.build(paper), 150)[2]
    box = form.build(paper).pages[2].code.box
    left, right = (round(x / 25.4 * 150) for x in (box.x - 1, box.right + 1))
    picture[: round(45 / 25.4 * 150), left:right] = 255
    assert (page.find(picture, "x").paper, page.find(picture, "x").number) == (paper, 3)


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "segno", None)
    with pytest.raises(NotegenError, match="reading forms needs segno") as raised:
        needs.require()
    assert raised.value.hint == "pip install 'notegen-cards[capture]'"

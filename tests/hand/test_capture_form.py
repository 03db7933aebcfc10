"""The form: what is printed can be found again, and every place to write in is free of everything else."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from capture_filler import MM, REACH, Filled, Writer, fill, overlap, printed, score
from hypothesis import given, settings
from hypothesis import strategies as st

from notegen.errors import NotegenError, UnknownName
from notegen.hand.capture import fiducials, form
from notegen.hand.capture.sections import MARKS, PAIRS
from notegen.model.form import GUIDE, CellKind, Page
from notegen.model.stock import Box

LETTERS = st.text(st.characters(min_codepoint=0xA1, max_codepoint=0x24F), max_size=40)


def apart(a: Box, b: Box) -> bool:
    """Whether two boxes have no area in common."""
    slack = 1e-6
    return a.right <= b.x + slack or b.right <= a.x + slack or a.top <= b.y + slack or b.top <= a.y + slack


def taken(page: Page) -> list[Box]:
    """Return what must stay free of ink: markers and code, with white around them."""
    return [one.box.inset(-one.quiet) for one in page.markers] + [page.code.box.inset(-2)]


@settings(max_examples=25, deadline=None)
@given(paper=st.sampled_from(sorted(form.PAPERS)), letters=LETTERS)
def test_cells_lie_on_the_page_apart_from_each_other_and_from_what_machines_read(paper: str, letters: str) -> None:
    made = form.build(paper, letters)
    for page in made.pages:
        whole = Box(0, 0, *made.size).inset(10)
        for number, cell in enumerate(page.cells):
            assert whole.x <= cell.box.x and cell.box.right <= whole.right
            assert whole.y <= cell.box.y and cell.box.top <= whole.top
            assert all(apart(cell.box, other) for other in taken(page))
            assert all(apart(cell.box, other.box) for other in page.cells[number + 1 :])


@settings(max_examples=25, deadline=None)
@given(paper=st.sampled_from(sorted(form.PAPERS)), letters=LETTERS)
def test_a_pages_code_tells_the_whole_form(paper: str, letters: str) -> None:
    made = form.build(paper, letters)
    for page in made.pages:
        told = form.read(page.code.text)
        assert told is not None and told.page == page.number
        assert form.form_of(told) == made


def test_guides_stay_at_the_sides_of_cells() -> None:
    for page in form.build("letter", "é").pages:
        free = [one.box.inset(GUIDE + 0.5) for one in page.cells]
        assert all(apart(guide, box) for guide in page.guides for box in free)


def test_each_letter_has_four_places_and_each_digit_and_mark_two() -> None:
    cells = [cell for page in form.build("a4", "éß").pages for cell in page.cells]
    count = {kind: sum(cell.kind is kind for cell in cells) for kind in CellKind}
    assert count[CellKind.LETTER] == 4 * 52
    assert count[CellKind.DIGIT] == 2 * 10
    assert count[CellKind.MARK] == 2 * len(MARKS)
    assert count[CellKind.PAIR] == len(PAIRS)
    assert count[CellKind.ACCENTED] == 2 * 2
    assert count[CellKind.PASSAGE] == 1 and count[CellKind.SIGNATURE] == 2
    assert len({(cell.label, cell.slot) for cell in cells}) == len(cells)


def test_the_usual_form_has_three_pages_on_both_papers() -> None:
    assert [len(form.build(paper).pages) for paper in sorted(form.PAPERS)] == [3, 3]


def test_letters_that_the_form_has_already_are_not_asked_for_twice() -> None:
    assert form.extra("a é, é e\u0301\u00fc") == "éü"


def test_a_form_cannot_take_more_letters_than_its_code_can_name() -> None:
    with pytest.raises(NotegenError, match="61 extra letters"):
        form.build("a4", "".join(chr(0x100 + number) for number in range(61)))


def test_an_unknown_paper_is_named() -> None:
    with pytest.raises(UnknownName, match="paper called 'a5'"):
        form.build("a5")


@pytest.mark.parametrize(
    "text",
    ["", "https://example.org", "NOTEGEN-FORM 1 A4 1/3", "NOTEGEN-FORM 1 A4 1/3 110000", "NOTEGEN-FORM x A4 1/3 -"],
)
def test_codes_of_others_are_not_taken_for_a_forms(text: str) -> None:
    assert form.read(text) is None


@pytest.mark.parametrize(
    "told", [form.Told(9, "a4", 1, 3, ""), form.Told(1, "a4", 4, 3, ""), form.Told(1, "b4", 1, 3, "")]
)
def test_a_form_of_another_version_is_refused(told: form.Told) -> None:
    with pytest.raises(NotegenError):
        form.form_of(told)


def test_markers_are_those_of_opencvs_dictionary() -> None:
    dictionary = cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, fiducials.DICTIONARY))
    for number in range(4 * fiducials.MOST_PAGES):
        marker = fiducials.marker(number, (0.0, 0.0))
        drawn = np.full((70, 70), 255, np.uint8)
        for box in marker.modules:
            x, y, right, top = (round(side / fiducials.SIDE * 70) for side in (box.x, box.y, box.right, box.top))
            drawn[70 - top : 70 - y, x:right] = 0
        assert (drawn == cv2.aruco.generateImageMarker(dictionary, number, 70)).all()


@pytest.mark.parametrize("paper", sorted(form.PAPERS))
def test_opencv_finds_markers_and_code_where_the_form_says(paper: str) -> None:
    made = form.build(paper, "éèüöäßñç")
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, fiducials.DICTIONARY)))
    for page, image in zip(made.pages, printed(made, 200), strict=True):
        corners, ids, _ = detector.detectMarkers(image)
        found = dict(zip(ids.ravel().tolist(), corners, strict=True))
        assert sorted(found) == [one.id for one in page.markers]
        for marker in page.markers:
            pixels = np.array(marker.corners) / 25.4 * 200
            pixels[:, 1] = image.shape[0] - pixels[:, 1]
            assert np.abs(found[marker.id][0] + 0.5 - pixels).max() < 1.6
        assert cv2.QRCodeDetector().detectAndDecode(image)[0] == page.code.text


def read_at_once(page: Filled) -> dict[tuple[str, int], np.ndarray]:
    """Return, for each cell, which pixels inside its box are dark in the clean page, on the truth's raster."""
    dark = page.image.max(axis=2) < 128
    found = {}
    for key, truth in page.truths.items():
        high, wide = truth.mask.shape
        left, upper = round(truth.x / 25.4 * page.dpi), dark.shape[0] - round(truth.top / 25.4 * page.dpi)
        found[key] = dark[upper : upper + high, left : left + wide].copy()
        rim = round((REACH - 0.2) * MM)  # labels stand just outside
        for side in (found[key], found[key].T):
            side[:rim], side[-rim:] = False, False
    return found


def test_the_filled_in_truth_lies_on_the_ink() -> None:
    """What the filler calls the truth is where it put the ink, to a pixel of the finest raster."""
    (page,) = fill(form.build(), Writer("quick-ballpoint", "black"), dpi=600, seed=3, only=(1,))
    for key, mask in read_at_once(page).items():
        truth = page.truths[key]
        assert mask.shape == truth.mask.shape
        assert overlap(truth, mask) > 0.97, key


def test_tries_of_a_letter_differ_and_blanks_are_named() -> None:
    pages = fill(form.build(), Writer("quick-ballpoint", skip=0.1), seed=4)
    first, second = pages[0].truths["a", 0], pages[0].truths["a", 1]
    assert overlap(first, second.mask[: first.mask.shape[0], : first.mask.shape[1]]) < 0.9
    blank = sum(len(page.blank) for page in pages)
    assert 10 < blank < 60
    assert score(pages, {}).cells == sum(bool(one.cell.baseline) for page in pages for one in page.truths.values())

"""Signatures out of scans and photographs: the ink is found, whatever the pen and the light, or refused in words."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from capture_filler import MM, Filled, Image, Writer, _raster, document_mode, fill, flatbed, photo, turned
from signature_pictures import Signed, photographed, scanned, signed, straight

from notegen.errors import NotegenError
from notegen.hand import outline
from notegen.hand.capture import form
from notegen.hand.capture.pictures import Loaded
from notegen.hand.capture.signature import Read, read
from notegen.model.signature import Signature

FONTS = ("fountain-cursive", "quick-ballpoint", "office-pen")


def read_from(image: Image, dpi: float | None = None, width: float | None = None) -> Read:
    return read(Loaded(image, "a.png", dpi), width)


def polygons(one: Signature) -> list[np.ndarray]:
    """Return the contours of a signature as polygons."""
    pieces, at = outline.curves(one.points, one.on_curve, one.contour_end)
    order = np.argsort(at, kind="stable")
    t = np.arange(6) / 6
    dense = np.einsum("nkd,kt->ntd", pieces[order], np.stack(((1 - t) ** 2, 2 * t * (1 - t), t * t)))
    contour = (np.cumsum(one.contour_end) - one.contour_end)[at[order]]
    return [dense[contour == number].reshape(-1, 2) for number in np.unique(contour)]


def overlap(made: Signature, truth: Signed) -> float:
    """Return the best overlap (IoU) of a signature with the ink that was on the paper, shifted by a pixel or two."""
    rows, columns = np.flatnonzero(truth.truth.any(axis=1)), np.flatnonzero(truth.truth.any(axis=0))
    ink = np.pad(truth.truth[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], 6)
    parts = polygons(made)
    low = np.concatenate(parts).min(axis=0)
    best = 0.0
    for right in range(2, 11):
        for up in range(2, 11):
            drawn = _raster([part - low + np.array([right, up]) / MM for part in parts], ink.shape)
            best = max(best, np.count_nonzero(drawn & ink) / np.count_nonzero(drawn | ink))
    return best


@pytest.mark.parametrize("font", FONTS)
def test_the_outline_lies_on_the_ink(font: str) -> None:
    truth = signed(font=font)
    assert overlap(read_from(straight(truth), 300).signature, truth) > 0.86


@pytest.mark.parametrize("ink", ["blue", "black", "red", "green"])
def test_any_pen_and_the_scans_own_size(ink: str) -> None:
    truth = signed(ink=ink)
    found = read_from(scanned(truth), 300)
    assert found.signature.width == pytest.approx(truth.width, abs=0.6)
    assert found.notes == ()


def test_a_photograph_takes_the_width_that_is_told() -> None:
    truth = signed(paper=(90, 120))
    made = read_from(photographed(truth), width=truth.width).signature
    assert made.width == pytest.approx(truth.width, rel=0.01)
    assert 9 < made.height < 18


def test_without_any_size_it_is_said_what_was_taken() -> None:
    found = read_from(straight(signed()))
    assert found.signature.width == pytest.approx(50, rel=0.02)
    assert "--width" in found.notes[0]


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("name", ["Phyllis Quigley", "Ana", "Maria Ruiz"])
def test_the_baseline_is_where_the_letters_stand(font: str, name: str) -> None:
    truth = signed((name,), font=font, x_height=4)
    rows = np.flatnonzero(truth.truth.any(axis=1))
    # The helper sets the baseline half an x-height below the middle of the paper.
    below = (rows[-1] + 1) / MM - (60 / 2 + 4 / 2)
    made = read_from(straight(truth), 300).signature
    assert -made.points[:, 1].min() == pytest.approx(below, abs=1.2)


def test_ruled_paper_and_a_dark_corner_are_no_ink() -> None:
    truth = signed()
    image = straight(truth)
    image[450:454] = (120, 130, 170)
    image[:60, :90] = 40
    made = read_from(image, 300).signature
    assert made.width == pytest.approx(truth.width, abs=0.6)


@pytest.mark.parametrize(
    ("image", "said"),
    [
        (np.full((600, 900, 3), 250, np.uint8), "no ink"),
        (np.full((600, 900, 3), 3, np.uint8), "no ink"),
        (np.full((20, 20, 3), 250, np.uint8), "only 20 by 20 pixels"),
    ],
)
def test_nothing_to_read_is_said(image: Image, said: str) -> None:
    with pytest.raises(NotegenError, match=said):
        read_from(image, 300)


def test_small_and_crowded_pictures_are_refused() -> None:
    for dpi in (40, 50, 62):
        with pytest.raises(NotegenError, match="pixels"):
            read_from(straight(signed(dpi=dpi)), dpi)
    letter = signed(("Dear Ana, thank you", "for the cake. Yours,", "Phyllis Quigley"), x_height=3)
    with pytest.raises(NotegenError, match="more than one line"):
        read_from(straight(letter), 300)


@cache
def signed_page() -> Filled:
    """Return the last page of a form, filled in."""
    return fill(form.build(), Writer("school-cursive", "black", skip=0.0), seed=5, only=(3,))[0]


@pytest.mark.parametrize("how", ["scan", "photo", "document", "upside down"])
def test_the_forms_page_gives_the_signature_in_its_frame(how: str) -> None:
    """Its size is real even in a photograph, for the markers say how large the page is."""
    last = signed_page()
    image = {
        "scan": lambda one: flatbed(one, 2),
        "photo": lambda one: photo(one, 3),
        "document": lambda one: document_mode(flatbed(one, 2)),
        "upside down": lambda one: turned(flatbed(one, 4), 2),
    }[how](last.image)
    found = read_from(image)
    columns = np.flatnonzero(last.truths["signature", 0].mask.any(axis=0))
    assert found.signature.width == pytest.approx((columns[-1] - columns[0] + 1) / MM, abs=0.5)
    assert found.notes == ()


def test_a_page_of_the_form_without_a_frame_says_so() -> None:
    with pytest.raises(NotegenError, match="page 1 of the form"):
        read_from(fill(form.build(), Writer("school-cursive"), seed=5, only=(1,))[0].image)

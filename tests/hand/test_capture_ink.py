"""Ink out of pictures: any pen, any light, printed lines taken out."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from notegen.hand.capture import ink, trace
from notegen.hand.capture.ink import Mask

FINE = 600 / 25.4
"""Pixels to the millimetre that the truth is drawn at."""


def scribble() -> Mask:
    """Return a few rings and strokes 0.4 mm wide, on 61 by 30 mm."""
    drawn = np.zeros((720, 1440), np.uint8)
    wide = round(0.4 * FINE)
    for x in (8, 20, 33, 46):
        cv2.ellipse(
            drawn, (round(x * FINE), round(16 * FINE)), (round(2 * FINE), round(2.6 * FINE)), 20, 0, 320, 1, wide
        )
        cv2.line(drawn, (round((x + 4) * FINE), round(8 * FINE)), (round((x + 3) * FINE), round(19 * FINE)), 1, wide)
        cv2.circle(drawn, (round((x + 7) * FINE), round(9 * FINE)), round(0.4 * FINE), 1, -1)
    return drawn > 0


def photograph(
    truth: Mask, dpi: float, colour: tuple[int, int, int], *, shadow: float = 1.0, noise: float = 0.0, blur: float = 0.4
) -> NDArray[np.uint8]:
    """Return a picture of black-and-white truth in a pen's colour, with the light falling off to the right."""
    cover = cv2.resize(truth.astype(np.float32), None, fx=dpi / 600, fy=dpi / 600, interpolation=cv2.INTER_AREA)
    image = cover[..., None] * np.array(colour) + (1 - cover[..., None]) * np.array((240, 234, 218))
    image *= np.linspace(1, shadow, image.shape[1])[None, :, None]
    image = cv2.GaussianBlur(image, (0, 0), blur * dpi / 300)
    image = image + np.random.default_rng(3).normal(0, noise, image.shape) if noise else image
    return np.clip(np.rint(image), 0, 255).astype(np.uint8)


def overlap(one: Mask, other: Mask) -> float:
    return float(np.count_nonzero(one & other) / np.count_nonzero(one | other))


def found(picture: NDArray[np.uint8], truth: Mask, dpi: float) -> tuple[ink.Ink, ink.Grey]:
    """Return the ink of a picture and its level field at the truth's resolution."""
    read = ink.read(picture, dpi / 25.4)
    fine = cv2.resize(read.darkness, truth.shape[::-1], interpolation=cv2.INTER_CUBIC)
    return read, ink.level(np.asarray(fine, np.float32), FINE, read.grain)


@pytest.mark.parametrize("colour", [(30, 40, 120), (200, 40, 50), (20, 120, 60), (15, 15, 15), (140, 140, 140)])
def test_any_pen_is_read_in_falling_light(colour: tuple[int, int, int]) -> None:
    """Blue, red, green and black pens and a pencil, half the light gone at one side, keep their strokes' edges."""
    truth = scribble()
    read, field = found(photograph(truth, 300, colour, shadow=0.5, noise=3), truth, 300)
    assert overlap(field > 0, truth) > 0.9
    assert ink.stroke_width(field > 0, FINE) == pytest.approx(0.4, abs=0.05)
    paper = np.array((240, 234, 218))
    assert np.abs(np.array(read.colour) * paper - colour).max() < 25


def test_a_pale_pencil_is_said_to_be_pale() -> None:
    truth = scribble()
    assert ink.read(photograph(truth, 300, (190, 190, 185)), 300 / 25.4).is_pale
    assert not ink.read(photograph(truth, 300, (30, 40, 120)), 300 / 25.4).is_pale


def test_blank_paper_has_no_ink() -> None:
    blank = photograph(np.zeros((700, 1400), np.bool_), 300, (0, 0, 0), shadow=0.6, noise=4)
    read = ink.read(blank, 300 / 25.4)
    assert np.count_nonzero(ink.level(read.darkness, 300 / 25.4, read.grain) > 0) < 20


def test_printed_lines_go_and_strokes_that_cross_them_stay() -> None:
    """A grid of black lines over the writing is taken out; the strokes lose no more than they share with it."""
    truth = scribble()
    grid = np.zeros_like(truth)
    for y in range(60, len(grid), 141):
        grid[y : y + 5] = True
    for x in range(30, grid.shape[1], 207):
        grid[:, x : x + 5] = True
    cleared = ink.without_rules(truth | grid, FINE)
    assert np.count_nonzero(cleared & ~truth) < 0.06 * np.count_nonzero(truth)
    assert np.count_nonzero(truth & ~cleared) < 0.06 * np.count_nonzero(truth)


def test_strokes_alone_are_left_as_they_are() -> None:
    truth = scribble()
    assert (ink.without_rules(truth, FINE) == truth).all()


@pytest.mark.parametrize(("dpi", "noise", "least"), [(300, 1.0, 0.93), (240, 6.0, 0.87)])
def test_outlines_lie_on_the_strokes_with_few_points(dpi: int, noise: float, least: float) -> None:
    truth = scribble()
    _, field = found(photograph(truth, dpi, (40, 50, 130), noise=noise), truth, dpi)
    place = trace.Place(0.0, 0.0, FINE)
    drawn = trace.trace(field, field > 0, place, 0.4)
    assert overlap(trace.fill(drawn, place, truth.shape), truth) > least
    assert len(drawn.points) < 45 * 12


def test_outer_contours_go_clockwise_and_holes_the_other_way() -> None:
    from notegen.hand import outline

    field = np.full((200, 200), -1, np.float32)
    cv2.circle(field, (100, 100), 60, 1.0, 12)
    place = trace.Place(0.0, 0.0, 25.0)
    ring = trace.trace(field, field > 0, place, 0.48)
    assert sorted(np.sign(outline.areas(ring.points, ring.contour_end))) == [-1, 1]
    assert outline.areas(ring.points, ring.contour_end).sum() > 0

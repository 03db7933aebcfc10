"""Outlines as arrays: exact boxes, edges that are never inside the ink, normals that point out of it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from notegen.hand import outline, simplify, winding
from notegen.hand.outline import Shapes
from notegen.model.pool import BANDS


def shape(*rings: list[tuple[float, float]], on: bool = True) -> Shapes:
    points = np.array([point for ring in rings for point in ring], np.float64).reshape(-1, 2)
    end = np.zeros(len(points), np.bool_)
    end[np.cumsum([len(ring) for ring in rings]) - 1] = True
    return Shapes(points, np.full(len(points), on), end, np.array([0, len(points)]))


SQUARE = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0)]
HOLE = [(0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75)]


def test_the_box_of_a_curve_is_the_curves_not_its_controls() -> None:
    # Four controls alone: the curve touches the middles of the square's sides and never its corners.
    round_ = shape(SQUARE, on=False)
    assert outline.bounds(round_).tolist() == [[0, 0, 1, 1]]
    arch = Shapes(
        np.array([(0.0, 0.0), (0.5, 1.0), (1.0, 0.0)]),
        np.array([True, False, True]),
        np.array([False, False, True]),
        np.array([0, 3]),
    )
    assert outline.bounds(arch).tolist() == [[0, 0, 1, 0.5]]


def test_a_blank_shape_has_a_box_of_zeros() -> None:
    blank = Shapes(np.zeros((0, 2)), np.zeros(0, np.bool_), np.zeros(0, np.bool_), np.array([0, 0]))
    assert outline.bounds(blank).tolist() == [[0, 0, 0, 0]]


POINTS = st.lists(st.tuples(st.integers(-200, 200), st.integers(-200, 200), st.booleans()), min_size=3, max_size=12)


@given(POINTS)
def test_bands_enclose_every_point_of_the_curve(drawn: list[tuple[int, int, bool]]) -> None:
    points = np.array([(x / 100, y / 100) for x, y, _ in drawn])
    end = np.arange(len(points)) == len(points) - 1
    one = Shapes(points, np.array([on for _, _, on in drawn]), end, np.array([0, len(points)]))
    box = outline.bounds(one)
    upper, lower = outline.bands(one, box)
    fine, _ = outline.flatten(one, 37)
    at = fine.reshape(-1, 2)
    assert (at.min(axis=0) >= box[0, :2] - 1e-12).all()
    assert (at.max(axis=0) <= box[0, 2:] + 1e-12).all()
    width = max(box[0, 2] - box[0, 0], 1e-9)
    strip = np.clip((at[:, 0] - box[0, 0]) / width * BANDS, 0, BANDS - 1e-6)
    within = np.abs(strip - np.round(strip)) > 1e-6  # a point on the border belongs to either strip
    band = strip[within].astype(int)
    assert (at[within, 1] <= upper[0, band] + 1e-9).all()
    assert (at[within, 1] >= lower[0, band] - 1e-9).all()


def test_bands_are_close_to_the_curve() -> None:
    t = np.linspace(0, 2 * np.pi, 24, endpoint=False)[::-1]
    ring = shape(list(zip(np.cos(t), np.sin(t), strict=True)), on=False)
    upper, lower = outline.bands(ring, outline.bounds(ring))
    edges = np.abs(np.linspace(-1, 1, BANDS + 1))
    highest = np.sqrt(1 - np.minimum(edges[:-1], edges[1:]) ** 2)
    assert np.abs(upper[0] - highest).max() < 0.2
    assert np.abs(lower[0] + highest).max() < 0.2
    assert abs(upper.max() - 1) < 0.01


def test_normals_point_out_of_the_ink_and_into_its_holes() -> None:
    ring = shape(SQUARE, HOLE)
    moved = ring.points + 0.1 * outline.normals(ring.points, ring.contour_end)
    assert np.allclose(moved[:4], [(-0.1, -0.1), (-0.1, 1.1), (1.1, 1.1), (1.1, -0.1)])
    assert np.allclose(moved[4:], [(0.35, 0.35), (0.65, 0.35), (0.65, 0.65), (0.35, 0.65)])


def test_sharp_corners_are_cut_off_and_hairpins_point_along_the_tip() -> None:
    needle = shape([(0, 0), (0, 0.001), (1, 0)])
    found = outline.normals(needle.points, needle.contour_end)
    assert np.sqrt((found**2).sum(axis=1)).max() <= outline.MITRE + 1e-9
    assert found[2, 0] > 0.99


def test_repeated_points_still_have_a_normal() -> None:
    double = shape([(0, 0), (0, 1), (0, 1), (1, 1), (1, 0)])
    found = outline.normals(double.points, double.contour_end)
    assert np.isfinite(found).all()
    assert (np.abs(found).sum(axis=1) > 0.9).all()


def test_backward_contours_are_turned_and_holes_are_not() -> None:
    turned = winding.orient(shape(SQUARE[::-1], HOLE))
    assert outline.areas(turned.points, turned.contour_end).tolist() == [1.0, -0.25]
    apart = winding.orient(shape(SQUARE, [(x + 2, y) for x, y in SQUARE[::-1]]))
    assert outline.areas(apart.points, apart.contour_end).tolist() == [1.0, 1.0]


def test_a_rough_circle_needs_few_points() -> None:
    t = np.linspace(0, 2 * np.pi, 200, endpoint=False)[::-1]
    radius = 0.3 + 0.004 * np.cos(67 * t)
    rough = shape(list(zip(radius * np.cos(t), radius * np.sin(t), strict=True)))
    smooth = simplify.simplify(rough, 0.25 * 0.06)
    assert len(smooth.points) < 20
    lines, _ = outline.flatten(smooth)
    distance = np.sqrt((lines[:, 0] ** 2).sum(axis=1))
    assert np.abs(distance - 0.3).max() < 0.006


def test_what_a_curve_cannot_follow_keeps_its_points() -> None:
    comb = shape([(0, 0), *[(x / 10, y) for x in range(10) for y in ((0.0, 1.0) if x % 2 else (1.0, 0.0))], (1, -0.2)])
    assert simplify.simplify(comb, 0.25 * 0.001).points.tolist() == comb.points.tolist()

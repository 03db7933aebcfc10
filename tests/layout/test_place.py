"""Lines of glyphs: turned about their own middle with their letters, pushed clear, moved into the box."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from synthetic import HAND, NOTE, write

from notegen.layout.breaking import Line
from notegen.layout.fitting import fit, prepare
from notegen.layout.ink import Rows
from notegen.layout.place import contained, set_rows, stack
from notegen.layout.stocks import builtin
from notegen.model.stock import Box
from notegen.model.writing import Writing

A2 = builtin().get("us-a2")
EM = 5.0


def rows_of(writing: Writing, breaks: list[int], x: float = 10.0) -> Rows:
    draft = prepare(writing, A2)
    lines = [Line(0, first, last, 0.0, 0.0) for first, last in zip([0, *breaks[:-1]], breaks, strict=True)]
    return set_rows(writing, draft.spaced, lines, EM, x)


def of_line(rows: Rows, line: int) -> slice:
    return slice(rows.starts[line], rows.starts[line] + rows.counts[line])


def straight(text: str, slope: list[float]) -> Writing:
    writing = write(text, wild=0.0)
    writing.slope[: len(slope)] = slope
    return writing


def test_a_sloping_line_turns_its_letters_with_it() -> None:
    rows = rows_of(straight("nun nun", [0.1]), [2])
    angle = np.arctan(0.1)
    turned = EM * np.array([np.cos(angle), np.sin(angle), -np.sin(angle), np.cos(angle)])
    assert rows.columns[:4].T == pytest.approx(np.tile(turned, (6, 1)))
    x, y = rows.columns[4], rows.columns[5]
    assert np.diff(y) / np.diff(x) == pytest.approx(0.1)


def test_a_letter_that_leans_already_is_turned_as_it_is() -> None:
    writing = straight("n", [0.2])
    writing.matrix[0] = 1.1, 0.05, 0.3, 0.9
    (matrix,) = rows_of(writing, [1]).columns[:4].T
    cos, sin = np.cos(np.arctan(0.2)), np.sin(np.arctan(0.2))
    turn = np.array([[cos, -sin], [sin, cos]])
    assert matrix.reshape(2, 2).T == pytest.approx(EM * turn @ np.array([[1.1, 0.3], [0.05, 0.9]]))


def test_a_line_turns_about_its_middle_not_about_its_margin() -> None:
    level = rows_of(straight("nunn nunn nunn nunn", [0.0, 0.0]), [2, 4])
    tilted = rows_of(straight("nunn nunn nunn nunn", [0.1, -0.1]), [2, 4])
    for line in (0, 1):
        rise = (tilted.columns[5] - level.columns[5])[of_line(level, line)]
        assert rise.max() > 0.5
        assert rise.min() < -0.5
        assert abs(rise.max() + rise.min()) < 0.6 * rise.max()


def test_lines_of_one_slope_keep_their_distance_however_long_they_are() -> None:
    """A short last line of a page that climbs lies on the page's tilt, not level with the middle of the long one."""
    rows = rows_of(straight("nun nun nun nun nun nun", [0.05, 0.05]), [5, 6])
    x, y = rows.columns[4], rows.columns[5]
    second = of_line(rows, 1)
    assert y[second] == pytest.approx(0.05 * (x[second] - x[0]) + y[0])


def test_lines_are_moved_sideways_into_the_box() -> None:
    rows = rows_of(straight("nun nun nunn nunn", []), [2, 4])
    left = rows.box.left
    right = rows.box.right
    box = Box(left.min() + 1.0, 0.0, right.max() - left.min(), 50.0)
    inside = contained(rows, box)
    assert inside is not None
    assert (inside.columns[4] - rows.columns[4]) == pytest.approx(1.0)
    assert contained(rows, Box(left.min(), 0.0, right.max() - left.min() - 1.0, 50.0)) is None
    back = contained(rows, Box(left.min() - 5.0, 0.0, right.max() - left.min() + 4.0, 50.0))
    assert back is not None
    assert back.box.right.max() == pytest.approx(right.max() - 1.0)


def test_a_line_is_pushed_down_until_its_ascenders_clear_the_descenders_above() -> None:
    """Descenders .35 em deep over ascenders .8 em high need 1.15 em and the clearance; letters between need nothing."""
    meet = stack(rows_of(straight("gggg llll", []), [1, 2]), [4.0], 0.3)
    assert -meet.y[1] == pytest.approx(1.15 * EM + 0.3, abs=0.2)
    miss = stack(rows_of(straight("nnnn nnnn", []), [1, 2]), [4.0], 0.3)
    assert miss.y[1] == -4.0


def test_a_line_is_pushed_clear_of_lines_further_up_too() -> None:
    writing = straight("gg . ll", [])
    lines = [Line(0, 0, 1, 0.0, 0.0), Line(0, 1, 2, 9.0, 0.0), Line(0, 2, 3, 0.0, 0.0)]
    rows = set_rows(writing, prepare(writing, A2).spaced, lines, EM, 10.0)
    block = stack(rows, [0.5, 2.0], 0.3)
    assert block.y[1] == -0.5
    assert -block.y[2] >= 1.15 * EM + 0.3 - 1e-6


def test_the_left_edge_stays_ragged_where_there_is_no_room_to_spare() -> None:
    writing = write(NOTE, 3, replace(HAND, x_height=(2.4, 2.5, 3.0)))
    writing.left[:] = -1.0 + 0.2 * np.sin(np.arange(len(writing.left)))
    found = fit(prepare(writing, builtin().get("us-a7")), 2.4)
    assert not isinstance(found, float)
    rows = found.block.rows
    left = np.minimum.reduceat(rows.box.left, rows.starts)[:-2]
    assert np.unique(np.round(left, 2)).size == left.size
    assert left.min() >= builtin().get("us-a7").safe_box.x

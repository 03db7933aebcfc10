"""Lines of glyphs: turned about their own middle with their letters, pushed clear, moved into the box."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from synthetic import HAND, NOTE, write

from notegen.layout.breaking import Line
from notegen.layout.fitting import break_lines, fit, prepare, way
from notegen.layout.ink import Rows
from notegen.layout.place import Setting, contained, set_rows, slopes_of, stack
from notegen.layout.stocks import builtin
from notegen.model.stock import Box
from notegen.model.writing import Writing

A2 = builtin().get("us-a2")
EM = 5.0


def rows_of(writing: Writing, breaks: list[int], x: float = 10.0) -> Rows:
    lines = [Line(0, first, last, 0.0, 0.0) for first, last in zip([0, *breaks[:-1]], breaks, strict=True)]
    return rows_at(writing, lines, x)


def rows_at(writing: Writing, lines: list[Line], x: float) -> Rows:
    setting = Setting(lines, EM, x, slopes_of(writing, len(lines)))
    return set_rows(prepare([writing], A2).spaced, [setting])


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


def squeezed(tight: float, narrow: float) -> tuple[Rows, Rows]:
    """Return a line of five words as it is, and with its gaps and its last word squeezed."""
    writing = straight("nun nun nun nun nun", [])
    return rows_of(writing, [5]), rows_at(writing, [Line(0, 0, 5, 0.0, tight, narrow)], 10.0)


def test_the_letters_of_the_last_word_move_together_and_keep_their_shapes() -> None:
    loose, narrow = squeezed(0.0, 0.1)
    assert narrow.columns[:, :12] == pytest.approx(loose.columns[:, :12])
    assert narrow.columns[:4] == pytest.approx(loose.columns[:4])
    assert np.diff(narrow.columns[4, 12:]) == pytest.approx(0.9 * np.diff(loose.columns[4, 12:]))
    assert narrow.columns[4, 12] == pytest.approx(loose.columns[4, 12])


@pytest.mark.parametrize("tight", [0.2, 0.5, 0.75])
def test_gaps_near_the_end_of_a_line_give_more_and_all_together_what_was_asked(tight: float) -> None:
    loose, close = squeezed(tight, 0.0)
    _, closest = squeezed(1.0, 0.0)
    given, most = (np.diff((loose.columns - rows.columns)[4, ::3]) for rows in (close, closest))
    share = given / most
    assert share.min() >= 0.0
    assert (np.diff(share) > 0).all()
    assert share.max() <= 1.0 + 1e-9
    assert given.sum() == pytest.approx(tight * most.sum())


def test_lines_are_moved_sideways_into_the_box() -> None:
    rows = rows_of(straight("nun nun nunn nunn", []), [2, 4])
    left = rows.box.left
    right = rows.box.right
    box = Box(left.min() + 1.0, 0.0, right.max() - left.min(), 50.0)
    inside, fits = contained(rows, [box])
    assert fits == [True]
    assert (inside.columns[4] - rows.columns[4]) == pytest.approx(1.0)
    assert contained(rows, [Box(left.min(), 0.0, right.max() - left.min() - 1.0, 50.0)])[1] == [False]
    back, fits = contained(rows, [Box(left.min() - 5.0, 0.0, right.max() - left.min() + 4.0, 50.0)])
    assert fits == [True]
    assert back.box.right.max() == pytest.approx(right.max() - 1.0)


def test_a_line_is_pushed_down_until_its_ascenders_clear_the_descenders_above() -> None:
    """Descenders .35 em deep over ascenders .8 em high need 1.15 em and the clearance; letters between need nothing."""
    meet = stack(rows_of(straight("gggg llll", []), [1, 2]), [0.0, 4.0], [0.3])
    assert -meet.y[1] == pytest.approx(1.15 * EM + 0.3, abs=0.2)
    miss = stack(rows_of(straight("nnnn nnnn", []), [1, 2]), [0.0, 4.0], [0.3])
    assert miss.y[1] == -4.0


def test_a_line_is_pushed_clear_of_lines_further_up_too() -> None:
    writing = straight("gg . ll", [])
    lines = [Line(0, 0, 1, 0.0, 0.0), Line(0, 1, 2, 9.0, 0.0), Line(0, 2, 3, 0.0, 0.0)]
    block = stack(rows_at(writing, lines, 10.0), [0.0, 0.5, 2.0], [0.3])
    assert block.y[1] == -0.5
    assert -block.y[2] >= 1.15 * EM + 0.3 - 1e-6


def test_lines_of_one_card_know_nothing_of_the_card_before() -> None:
    """A crowded card is searched three lines up; three lines above the next card's second one it still goes on."""
    crowded, next_one = straight("gg ll gg ll", []), straight("gg ll ll", [])
    above, below = [0.0, 0.5, 0.5, 0.5], [0.0, 0.5, 2.0]
    settings = [
        Setting([Line(0, word, word + 1, 0.0, 0.0) for word in range(count)], EM, 10.0, [0.0] * count)
        for count in (4, 3)
    ]
    first = stack(set_rows(prepare([crowded], A2).spaced, settings[:1]), above, [0.3])
    second = stack(set_rows(prepare([next_one], A2).spaced, settings[1:]), below, [0.3])
    both = stack(set_rows(prepare([crowded, next_one], A2).spaced, settings), above + below, [0.3] * 2)
    assert both.y == first.y + second.y
    assert both.top == first.top + second.top
    assert both.bottom == first.bottom + second.bottom


def test_the_left_edge_stays_ragged_where_there_is_no_room_to_spare() -> None:
    writing = write(NOTE, 3, replace(HAND, x_height=(2.4, 2.5, 3.0)))
    writing.left[:] = -1.0 + 0.2 * np.sin(np.arange(len(writing.left)))
    block = prepare([writing], builtin().get("us-a7"))
    trial = way(block.drafts[0], 2.4)
    found = fit(block, [trial], [break_lines(block.drafts[0], trial)])
    assert found.over[0] <= 0.0
    rows = found.stack.rows
    left = np.minimum.reduceat(rows.box.left, rows.starts)[:-2]
    assert np.unique(np.round(left, 2)).size == left.size
    assert left.min() >= builtin().get("us-a7").safe_box.x

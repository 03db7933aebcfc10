"""Line ends: greedy, now and then early, now and then squeezed, and no short word alone where a squeeze avoids it."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.layout.breaking import (
    EARLY,
    FULL,
    INSET,
    NARROW,
    NEARING,
    Line,
    Stretch,
    TooLong,
    Words,
    break_passage,
)

GAP, GIVE = 1.0, 0.1


def words_of(widths: list[float], whims: list[float] | None = None) -> Words:
    """Return words with gaps of 1, of which a tenth may be squeezed away; no whim does anything unless given."""
    starts = [0.0, *accumulate(width + GAP for width in widths)][:-1]
    return Words(
        start=starts,
        width=widths,
        left=[0.0] * len(widths),
        reach=[start + width for start, width in zip(starts, widths, strict=True)],
        give=[GIVE * index for index in range(len(widths))],
        whim=whims or [0.3] * len(widths),
        letters=[int(2 * width) for width in widths],
        early=[word for word, whim in enumerate(whims or [], start=1) if whim < EARLY],
    )


def broken(words: Words, room: float, indent: float = 0.0) -> list[Line]:
    stretch = Stretch(0, 0, len(words.width), lambda _, first: indent if first else 0.0, 0.0, room)
    return break_passage(words, stretch, 0)


def sizes(lines: list[Line]) -> list[int]:
    return [line.last - line.first for line in lines]


def test_words_fill_a_line_until_the_next_does_not_fit() -> None:
    assert sizes(broken(words_of([4.0] * 7), 14.0)) == [3, 3, 1]


def test_an_indent_takes_room_from_the_first_line_alone() -> None:
    lines = broken(words_of([4.0] * 7), 14.0, indent=2.0)
    assert sizes(lines) == [2, 3, 2]
    assert [line.x for line in lines] == [2.0, 0.0, 0.0]


def test_a_whim_ends_a_line_early_only_when_it_is_nearly_full() -> None:
    whims = [0.3] * 4 + [0.01] + [0.3] * 8
    assert FULL * 23.2 < 19.0 < FULL * 24.0  # five words and their gaps are 19 long, six are 23
    assert sizes(broken(words_of([3.0] * 13), 23.2))[0] == 6
    assert sizes(broken(words_of([3.0] * 13, whims), 23.2)) == [5, 6, 2]
    assert sizes(broken(words_of([3.0] * 13, whims), 24.0))[0] == 6


def test_a_whim_presses_one_more_word_onto_a_line() -> None:
    room = 4 * 4.0 + 3 * GAP - 0.4  # four words fit when the last gives up .14 and three gaps .26 of their .3
    lines = broken(words_of([4.0] * 9, [0.9] * 9), room)
    assert sizes(lines) == [4, 4, 1]
    assert lines[0].narrow == NARROW[0]
    assert lines[0].tight == pytest.approx(0.26 / 0.3)
    assert sizes(broken(words_of([4.0] * 9, [0.3] * 9), room)) == [3, 3, 3]


def test_no_more_is_squeezed_than_gaps_and_the_last_word_give() -> None:
    most = 3 * GIVE + INSET * NARROW[1] * 4.0 * 7 / 8
    lines = broken(words_of([4.0] * 9, [0.9] * 9), 4 * 4.0 + 3 * GAP - most + 1e-9)
    assert sizes(lines) == [4, 4, 1]
    assert (lines[0].tight, lines[0].narrow) == (pytest.approx(1.0), pytest.approx(NARROW[1]))
    assert sizes(broken(words_of([4.0] * 9, [0.9] * 9), 4 * 4.0 + 3 * GAP - most - 0.01)) == [3, 3, 3]


def test_a_full_line_moves_up_a_little_and_an_early_or_last_one_does_not() -> None:
    lines = broken(words_of([3.0] * 13, [0.3] * 4 + [0.01] + [0.3] * 8), 23.2)
    assert [line.tight for line in lines] == [0.0, NEARING, 0.0]


def test_a_short_word_alone_is_taken_up_by_a_slight_squeeze_of_the_line_before() -> None:
    room = 3 * 4.0 + 3 * GAP + 1.0 - 0.8 * 3 * GIVE
    (line,) = broken(words_of([4.0, 4.0, 4.0, 1.0]), room + 1e-9)
    assert line.tight == pytest.approx(0.8)
    assert sizes(broken(words_of([2.0, 1.0, 2.0, 4.0, 3.0, 1.0]), 6 * GAP + 12.0 - 0.2)) == [6]
    long_word = words_of([4.0, 4.0, 4.0, 4.0])
    assert sizes(broken(long_word, 4 * 4.0 + 3 * GAP - 0.2)) == [3, 1]


def test_a_short_word_alone_is_else_given_the_word_before_for_company() -> None:
    widths = [3.0, 3.0, 3.0, 2.0, 1.5]
    assert sizes(broken(words_of(widths), 15.0)) == [3, 2]  # three words and their gaps are 11 of 15 long
    assert sizes(broken(words_of([*widths[:3], 6.0, 1.5]), 11.5 / 0.6)) == [4, 1]  # 11 of 19 would be too short
    lines = broken(words_of([3.0] * 4 + widths), 15.0, indent=1.0)
    assert sizes(lines) == [3, 4, 2]
    assert lines[-1].x == 0.0
    assert [line.tight for line in lines] == [NEARING, NEARING, 0.0]


def test_a_pressed_line_that_gives_its_last_word_away_is_loose_again() -> None:
    words = words_of([3.0, 3.0, 3.0, 3.0, 3.0, 3.0], [0.9] * 6)
    room = 5 * 3.0 + 4 * GAP - 0.2
    assert [line.tight + line.narrow > 0.0 for line in broken(words, room)] == [False, False]
    assert sizes(broken(words, room)) == [4, 2]


def test_lines_further_up_stay_as_they_are_when_the_line_before_takes_the_widow_up() -> None:
    first, second = broken(words_of([4.0, 4.0, 2.0, 1.5, 3.5, 3.0, 1.5, 1.08]), 14.3)
    assert (first.last, first.tight) == (3, NEARING)
    assert (second.first, second.last, second.tight) == (3, 8, pytest.approx(0.28 / 0.4))


def test_a_line_that_a_whim_ended_takes_its_widow_back() -> None:
    words = words_of([4.0, 4.0, 4.0, 2.0], [0.3, 0.3, 0.01, 0.3])
    words.reach[3] = words.start[3] + 2.0
    (line,) = broken(words, 17.0)
    assert line.tight == 0.0


def test_a_short_word_alone_is_also_avoided_by_writing_all_lines_closer() -> None:
    room = 3 * 4.0 + 3 * GAP + 1.0 - 0.25
    assert sizes(broken(words_of([4.0, 4.0, 4.0, 1.0]), room)) == [4]
    assert sizes(broken(words_of([4.0, 4.0, 4.0, 1.0]), room - 0.2)) == [3, 1]  # 9 of 15.55 would be too short


def test_ink_that_begins_left_of_its_word_is_kept_inside() -> None:
    words = words_of([4.0])
    words.left[0] = -1.5
    assert broken(words, 10.0)[0].x == 1.5


def test_a_word_longer_than_a_line_is_named() -> None:
    with pytest.raises(TooLong) as found:
        broken(words_of([4.0, 15.0, 4.0]), 14.0)
    assert found.value.word == 1


@given(
    widths=st.lists(st.floats(0.2, 9.0), min_size=1, max_size=60),
    seed=st.lists(st.floats(0.0, 0.999), min_size=60, max_size=60),
    room=st.floats(9.5, 40.0),
)
def test_lines_hold_every_word_once_and_never_more_than_their_room(
    widths: list[float], seed: list[float], room: float
) -> None:
    words = words_of(widths, seed[: len(widths)])
    lines = broken(words, room)
    assert [line.first for line in lines] == [0, *(line.last for line in lines[:-1])]
    assert lines[-1].last == len(widths)
    for line in lines:
        assert 0.0 <= line.tight <= 1.0
        squeezed = line.tight * (words.give[line.last - 1] - words.give[line.first])
        assert line.narrow == 0.0 or NARROW[0] <= line.narrow <= NARROW[1]
        squeezed += line.narrow * INSET * words.width[line.last - 1] * (1 - 1 / max(words.letters[line.last - 1], 1))
        assert words.reach[line.last - 1] - words.start[line.first] - squeezed <= room - line.x + GIVE + 1e-9

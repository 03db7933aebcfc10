"""Line ends: greedy, now and then early, now and then squeezed, and no short word alone where a squeeze avoids it."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.layout.breaking import EARLY, FULL, Line, Stretch, TooLong, Words, break_passage

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
    room = 4 * 4.0 + 3 * GAP - 0.2  # four words fit when three gaps give up .2 of their .3
    lines = broken(words_of([4.0] * 9, [0.9] * 9), room)
    assert sizes(lines) == [4, 4, 1]
    assert lines[0].tight == pytest.approx(0.2 / 0.3)
    assert sizes(broken(words_of([4.0] * 9, [0.3] * 9), room)) == [3, 3, 3]


def test_no_more_is_squeezed_than_gaps_give() -> None:
    room = 4 * 4.0 + 3 * GAP - 0.31
    assert sizes(broken(words_of([4.0] * 9, [0.9] * 9), room)) == [3, 3, 3]


def test_a_short_word_alone_is_avoided_by_squeezing() -> None:
    room = 3 * 4.0 + 3 * GAP + 1.0 - 0.25
    assert sizes(broken(words_of([4.0, 4.0, 4.0, 1.0]), room)) == [4]
    assert sizes(broken(words_of([4.0, 4.0, 4.0, 1.0]), room - 0.1)) == [3, 1]
    assert sizes(broken(words_of([4.0, 4.0, 4.0, 3.0]), 3 * 4.0 + 3 * GAP + 3.0 - 0.25)) == [3, 1]


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
        assert words.reach[line.last - 1] - words.start[line.first] - squeezed <= room - line.x + GIVE + 1e-9

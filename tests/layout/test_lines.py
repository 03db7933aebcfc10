"""Plain type in lines: nothing is lost, nothing is too wide, and what is cut says so."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from notegen import plain
from notegen.layout.lines import cut, paper_of, wrapped

TEXT = st.text(alphabet="abi WÅ-'.,東京、。ー（）다שא\n\t", max_size=60)


@given(TEXT, st.floats(3.0, 60.0), st.booleans())
@example("、 a.W", 9.75, False)
def test_a_broken_text_has_all_its_letters_in_lines_that_fit(text: str, width: float, strong: bool) -> None:
    lines = wrapped(text, width, 3.0, strong=strong)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert line == line.strip()
        assert plain.width(line, 3.0, strong) <= width + 0.4 or len(line) == 1 or line[0] in "（"


@given(TEXT, st.floats(5.0, 40.0), st.integers(1, 3))
def test_no_more_lines_than_there_is_room_for(text: str, width: float, most: int) -> None:
    whole, lines = wrapped(text, width, 3.0), wrapped(text, width, 3.0, most=most)
    assert len(lines) <= most
    assert lines == whole or (len(whole) > most and lines[-1].endswith("…"))


@given(TEXT, st.floats(5.0, 60.0))
def test_what_is_cut_ends_in_an_ellipsis_and_fits(text: str, width: float) -> None:
    made = cut(text, width, 3.0)
    assert made == text or (made.endswith("…") and text.startswith(made[:-1]))
    assert plain.width(made, 3.0) <= width


def test_words_are_kept_whole_where_lines_have_room() -> None:
    assert wrapped("sign it with a pen and add a line", 30.0, 3.0) == ("sign it with a pen", "and add a line")
    assert wrapped("Featherstonehaugh-Cholmondeley", 38.0, 3.0) == ("Featherstonehaugh-", "Cholmondeley")
    assert cut("sign it with a pen", 22.0, 3.0) == "sign it with…"


def test_wide_scripts_break_between_characters_and_keep_their_marks() -> None:
    lines = wrapped("渋谷スクランブルスクエア、十五階（東）", 12.0, 3.0)
    assert len(lines) > 3
    assert not any(line[0] in "、ー）" for line in lines)
    assert not any(line[-1] in "（" for line in lines)


@pytest.mark.parametrize(
    ("locale", "paper"),
    [("en_US", "letter"), ("en-CA", "letter"), ("es_MX", "letter"), ("en_GB", "a4"), ("de", "a4"), ("ja_JP", "a4")],
)
def test_paper_goes_by_the_country(locale: str, paper: str) -> None:
    assert paper_of(locale) == paper


def test_a_word_of_thousands_of_letters_is_divided_in_one_walk() -> None:
    """Each of its beginnings was once measured for each of its lines: otherwise this has no end."""
    lines = wrapped("x" * 6_000 + " end", 60, 3)
    assert "".join(lines).replace(" ", "") == "x" * 6_000 + "end"
    assert wrapped("x" * 6_000, 60, 3, most=2)[-1].endswith("…")

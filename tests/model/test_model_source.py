"""Lines, columns and offsets say the same thing in three ways."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notegen.model.source import Source, Span

TEXTS = st.text(st.sampled_from("ab\n🎈日"), max_size=40)


def test_a_part_of_a_file_counts_from_its_first_line() -> None:
    source = Source("f.yaml", "one\ntwo 🎈 x\n", first_line=10)
    span = Span(source, source.text.index("x"), source.text.index("x") + 1)
    assert (span.line, span.column, span.text, str(span)) == (11, 7, "x", "f.yaml:11:7")
    assert source.line_text(11) == "two 🎈 x"
    assert source.line_text(10) == "one"
    assert source.line_text(9) == source.line_text(13) == ""


@given(TEXTS, st.integers(1, 50), st.data())
def test_an_offset_survives_the_way_by_line_and_column(text: str, first: int, data: st.DataObject) -> None:
    source = Source("f", text, first)
    offset = data.draw(st.integers(0, len(text)))
    line, column = source.line_of(offset), source.column_of(offset)
    assert source.offset_at(line, column) == offset
    assert source.line_text(line)[: column - 1] == text[:offset].rpartition("\n")[2]


@given(TEXTS, st.integers(1, 60), st.integers(1, 60))
def test_a_place_beyond_the_text_is_held_inside(text: str, line: int, column: int) -> None:
    assert 0 <= Source("f", text).offset_at(line, column) <= len(text)


@given(st.lists(st.sampled_from(["", "ab", "🎈" * 9, "x" * 700]), min_size=60, max_size=90), st.integers(1, 9))
def test_a_long_text_has_the_lines_that_a_short_one_has(lines: list[str], first: int) -> None:
    """Places in a text of thousands of findings come from a table of its line ends."""
    source = Source("f", "\n".join(lines) + "\n" + "y" * 5000, first)
    assert [source.line_text(first + number) for number in range(len(lines))] == lines
    assert source.line_text(first - 1) == source.line_text(first + len(lines) + 1) == ""
    at = 0
    for number, line in enumerate(lines):
        assert source.line_of(at) == source.line_of(at + len(line)) == first + number
        at += len(line) + 1
    assert source.line_of(len(source.text)) == first + len(lines)

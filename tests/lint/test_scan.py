"""The words of a template are all read, each at its own place, without Jinja."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.lint.scan import HOLE, MOST, readings
from notegen.model.note import Note
from notegen.model.source import Source
from notegen.model.template import Template


def read(text: str, **more: object) -> list[str]:
    """Return the texts of the readings of a template, and check that each piece is at its place."""
    notes = list(readings(Template("t", Source("t.j2", text), **more)))  # type: ignore[arg-type]
    for note in notes:
        check_places(note)
    return [note.text for note in notes]


def check_places(note: Note) -> None:
    """Check that literal pieces are their origin's very characters and that pieces cover the text."""
    assert "".join(note.text[piece.start : piece.end] for piece in note.pieces) == note.text
    for piece in note.pieces:
        words = note.text[piece.start : piece.end]
        assert words in (piece.origin.text, HOLE)


def test_text_and_holes() -> None:
    assert read("Dear {{ customer.name }}, hi") == [f"Dear {HOLE}, hi"]


def test_both_branches_and_the_way_past() -> None:
    assert read("a {% if x %}b{% elif y %}c{% endif %} d") == ["a b d", "a c d", "a  d"]


def test_an_inner_branch_is_reached() -> None:
    assert set(read("{% if x %}a{% else %}{% if y %}b{% else %}c{% endif %}{% endif %}")) == {"a", "b", "c"}


def test_a_loop_is_read_once_and_past() -> None:
    assert read("{% for x in y %}a {{ x }}{% else %}none{% endfor %}") == [f"a {HOLE}", "none"]
    assert read("{% for x in y %}a{% endfor %}.") == ["a.", "."]


def test_white_space_is_cut_as_jinja_cuts_it() -> None:
    assert read("one\n{% if x %}\ntwo\n  {% endif %}\nthree") == ["one\ntwo\nthree", "one\nthree"]
    assert read("one  {%- if x -%}  two  {%- endif %}\nthree")[0] == "onetwo\nthree"
    assert read("one {{- x -}} two") == [f"one{HOLE}two"]
    assert read("one\n{# a remark #}\ntwo") == ["one\ntwo"]


def test_raw_text_is_text_and_comments_are_not() -> None:
    assert read("{% raw %}{{ name }}{% endraw %}{# valued customer #}") == ["{{ name }}"]


def test_a_tag_may_hold_its_own_end_in_a_string() -> None:
    assert read("{{ '}}' }}a{% set x = \"%}\" %}b") == [f"{HOLE}ab"]


def test_what_is_included_is_a_hole_and_read_by_itself() -> None:
    library = {"_sign.j2": Source("_sign.j2", "---\nname: sign\n---\nYour Sales Team")}
    assert read("With love,\n{% include '_sign.j2' %}", library=library) == [f"With love,\n{HOLE}", "Your Sales Team"]


def test_front_matter_is_not_read() -> None:
    assert read("---\nname: x\n---\nhello", body=16) == ["hello"]


@pytest.mark.parametrize(
    "text", ["{{ a", "{% if x %}a", "a{% endif %}b{% else %}c", "{# a", "{% raw %}a", "{%", "{{", "{% %}"]
)
def test_broken_templates_are_read_as_far_as_they_go(text: str) -> None:
    read(text)


def test_deep_and_wide_templates_end() -> None:
    assert len(read("{% if x %}" * 500 + "a" + "{% endif %}" * 500)) <= MOST
    assert len(read("{% if x %}a{% else %}b{% endif %}" * 500)) == 2
    assert len(read("{% if x %}a" + "{% elif y %}b" * 500 + "{% endif %}")) == MOST


TREES = st.recursive(
    st.sampled_from(["w ", "{{ x }}", "\n"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"{{% if x %}}{two[0]}{{% else %}}{two[1]}{{% endif %}}"),
        inner.map(lambda one: f"{{% for x in y %}}{one}{{% endfor %}}"),
    ),
    max_leaves=12,
)


@given(TREES)
def test_every_word_is_read_in_some_reading(text: str) -> None:
    numbers = iter(range(1000))
    numbered = re.sub("w ", lambda _: f"w{next(numbers)} ", text)
    words = set(re.findall(r"w\d+", numbered))
    assert words <= set(" ".join(read(numbered)).replace(HOLE, " ").split())

"""The words of a template are all read, each at its own place, in every combination of neighbouring branches."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.lint.ways import HOLE, MOST, fragments, readings
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
    assert read("  {% if x %}one{% endif %} {% if y %}two{% endif %}")[0] == "one two"


def test_raw_text_is_text_and_comments_are_not() -> None:
    assert read("{% raw %}{{ name }}{% endraw %}{# valued customer #}") == ["{{ name }}"]


def test_a_tag_may_hold_its_own_end_in_a_string() -> None:
    assert read("{{ y['}}'] }}a{% set x = \"%}\" %}b") == [f"{HOLE}ab"]


def test_what_is_included_is_read_in_its_place_and_by_itself() -> None:
    library = {"_sign.j2": Source("_sign.j2", "---\nname: sign\n---\nYour {{ x }} Team\n")}
    whole = ["With love,\nYour {HOLE} Team!", "Your {HOLE} Team\n"]
    assert read("With love,\n{% include '_sign.j2' %}!", library=library) == [w.format(HOLE=HOLE) for w in whole]


def test_a_file_that_includes_itself_ends() -> None:
    library = {"_a.j2": Source("_a.j2", "a{% include '_b.j2' %}"), "_b.j2": Source("_b.j2", "b{% include '_a.j2' %}")}
    assert read("{% include '_a.j2' %}", library=library)[0] == f"ab{HOLE}"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("'recent' if x else 'first'", {"recent", "first"}),
        ('-"recent" if x else "first"-', {"recent", "first"}),
        ("'recent' if x", {"recent", ""}),
        ("x or 'friend'", {HOLE, "friend"}),
        ("x | default('friend')", {HOLE, "friend"}),
        ("x if y else 'friend'", {HOLE, "friend"}),
        ("'a' if x else 'b' | upper", {HOLE, "a", "b"}),
        ("'friend'", {"friend"}),
        ("x['friend']", {HOLE}),
        ("x == 'friend'", {HOLE}),
        ("x | replace('friend', 'foe')", {HOLE}),
    ],
)
def test_words_in_quotes_are_read_where_they_may_be_printed(expression: str, words: set[str]) -> None:
    assert set(read("{{" + expression + "}}")) == words


def test_a_variable_stands_for_the_words_it_was_set_to() -> None:
    text = "{% if x %}{% set w = 'recent' %}{% else %}{% set w = 'first' %}{% endif %}your {{ w }} order"
    assert {"your recent order", "your first order"} <= set(read(text))
    assert read("{% set w = x %}{{ w }}") == [HOLE]


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


def pieced(text: str, **more: object) -> list[str]:
    """Return the texts of the fragments of a template, with their places checked."""
    notes = list(fragments(Template("t", Source("t.j2", text), **more)))  # type: ignore[arg-type]
    for note in notes:
        covered = "".join(note.text[piece.start : piece.end] for piece in note.pieces)
        assert covered == note.text.replace("\n\n", "") or "\n\n" in covered
        for piece in note.pieces:
            assert note.text[piece.start : piece.end] in (piece.origin.text, HOLE)
    return [note.text for note in notes]


def test_neighbouring_branches_meet_in_every_combination() -> None:
    forks = "".join(f"{{% if x{n} %}}a{n}{{% else %}}b{n}{{% endif %}}" for n in range(4))
    made = {*read(forks), *pieced(forks)}
    assert made == {f"{a}0{b}1{c}2{d}3" for a in "ab" for b in "ab" for c in "ab" for d in "ab"}


def test_far_more_branches_meet_their_neighbours() -> None:
    forks = " ".join(f"{{% if x{n} %}}a{n}{{% else %}}b{n}{{% endif %}}" for n in range(20))
    made = " | ".join([*read(forks), *pieced(forks)])
    for n in range(15):
        for choice in range(64):
            words = " ".join(f"{'ab'[choice >> k & 1]}{n + k}" for k in range(6))
            assert words in made, words


def test_paragraphs_that_were_read_are_not_read_again() -> None:
    forks = "\n\n".join(f"{{% if x{n} %}}a{n}{{% else %}}b{n}{{% endif %}}" for n in range(6))
    assert pieced(forks) == []


@given(TREES)
def test_fragments_stand_at_their_places(text: str) -> None:
    pieced(text)


def test_fragments_of_wide_templates_end() -> None:
    assert len(pieced("{% if x %}a" + "{% elif y %}b" * 500 + "{% endif %}")) <= MOST
    assert len(pieced("{% if x %}a{% else %}b{% endif %} " * 500)) <= MOST

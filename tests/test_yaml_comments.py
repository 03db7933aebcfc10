"""Comments of YAML are found where they are comments, and say which lines they are about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.model.source import Source
from notegen.yamlsource import comments


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1  # one\n", [("# one", 1, 1)]),
        ("# one\na: 1\n", [("# one", 2, 2)]),
        ("# one\n# two\n\na: 1\n", [("# one", 4, 4), ("# two", 4, 4)]),
        ("a: '# none'\n", []),
        ('a: "x # none"\n', []),
        ("a: x#none\n", []),
        ("a: |\n  # none\n  x\n", []),
        ("a: >-  # one\n  # none\n  x\nb: 1\n", [("# one", 1, 3)]),
        ("a:\n  # one\n  - x\n  - y # two\n", [("# one", 3, 3), ("# two", 4, 4)]),
        ("a: {b: 1, # one\n  c: 2}\n", [("# one", 1, 1)]),
        ("# one\n", [("# one", 2, 2)]),
        ("# one\na: 'x\n  y'\n", [("# one", 2, 3)]),
        ("a: 1 # one\nb: [\n", [("# one", 1, 1)]),
        ("", []),
    ],
)
def test_comments(text: str, found: list[tuple[str, int, int]]) -> None:
    assert [(one.span.text, one.first, one.last) for one in comments(Source("a.yaml", text))] == found


@given(st.text(alphabet="#'\"|>-: \nab{}[]", max_size=60))
def test_any_text_comes_to_an_end(text: str) -> None:
    source = Source("a.yaml", text)
    for one in comments(source):
        assert one.span.text.startswith("#") and "\n" not in one.span.text
        assert one.first <= one.last

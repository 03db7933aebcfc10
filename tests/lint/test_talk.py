"""The moves of a letter: the copy that notes are read by, and that it finds what the expressions find."""

from collections.abc import Callable
from pathlib import Path

import pytest

from notegen.lint import talk
from notegen.lint.plain import plain

ROOT = Path(__file__).parents[2]


def test_the_copy_says_what_the_yaml_says(golden: Callable[[str, str], None]) -> None:
    golden(str(talk.COPY.relative_to(ROOT)), talk.copy())


@pytest.mark.parametrize("name", talk.moves())
def test_spoken_finds_what_the_expressions_find(name: str) -> None:
    texts = [text for move in talk.moves().values() for text in (*move.bad, *move.good)]
    for text in (*texts, " ".join(texts), "\n\n".join(texts)):
        made = plain(text)
        assert talk.spoken(made).get(name, ()) == tuple(talk.moves()[name].spans(made))

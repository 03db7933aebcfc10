"""Plain type is set word by word, which nobody can see."""

from __future__ import annotations

import string
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen import plain
from notegen.plain import bidi, setting
from notegen.plain.faces import faces

LATIN = string.ascii_letters + string.digits + string.punctuation + "éüßłŁÅñ–—·’“”"


@pytest.mark.parametrize("between", ["", " "])
def test_pairs_stand_as_far_apart_as_in_a_whole_line(between: str) -> None:
    """Kerning does not reach over a space or to a digit in the plain face, so nothing is lost."""
    (face, *_) = faces(False)
    for pair in product(LATIN, repeat=2):
        text = between.join(pair)
        whole = setting._shaped(face, text, None)
        assert sum(run.width for run in plain.runs(text)) == pytest.approx(whole.width, abs=1e-9), text


@given(st.text(st.sampled_from(LATIN + "   東京łאבג"), max_size=40))
def test_no_letter_is_lost_between_runs(text: str) -> None:
    """Runs have all of the text, in its order where it runs from the left; the width is that of all."""
    found = plain.runs(text)
    if bidi.is_plain(text):
        assert "".join(run.text for run in found) == text
    assert sorted("".join(part for run in found for part in run.texts)) == sorted(text)
    assert plain.width(text, 2.0) == pytest.approx(2 * sum(sum(run.advances) for run in found))


def test_words_from_the_right_stay_together() -> None:
    """Two Hebrew words stand in one run, the first at the right."""
    (run,) = plain.runs("אבג דהו")
    assert "".join(run.texts) == "והד גבא"


def test_what_is_lacking_is_named_once() -> None:
    assert plain.lacking("a \U00012000 東 b\U00012000\U00012001") == "\U00012000\U00012001"
    assert plain.lacking("") == ""

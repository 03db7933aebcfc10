"""Text is cut into words that are there, whatever its apostrophes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notegen import lint
from notegen.lint.sayings import sayings
from notegen.model.source import Source


@given(st.text(alphabet="aS9'’. \n-é", max_size=40))
def test_every_word_has_a_letter_and_stands_where_it_is_said_to(text: str) -> None:
    said = sayings(text)
    assert all(said.low)
    assert [said.small[start:end] for start, end in zip(said.starts, said.ends, strict=True)] == list(said.low)
    assert all(first.last == then.first for first, then in zip(said.sentences, said.sentences[1:], strict=False))


def test_a_possessive_that_lost_its_word_is_no_word() -> None:
    assert sayings("'s").low == ("s",)
    assert sayings("Ana's 's").low == ("ana", "s")
    lint.check_letter(Source("letter.txt", "Dear Ana,\n\nThe cello is 's, and the tailgate is yours.\n"))

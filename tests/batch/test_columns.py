"""Columns of texts."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from notegen.batch.columns import Texts

TEXTS = st.lists(st.text(st.characters(codec=None), max_size=12), max_size=30)


@given(TEXTS)
def test_texts_come_back_as_they_were_added(texts: list[str]) -> None:
    column = Texts(texts)
    assert list(column) == texts
    assert [column[number] for number in range(len(column))] == texts
    assert column[1:3] == texts[1:3]


def test_a_place_that_is_not_there_is_an_index_error() -> None:
    column = Texts(["a"])
    for number in (1, -2):
        try:
            column[number]
        except IndexError:
            continue
        raise AssertionError(number)


def test_a_hundred_thousand_keys_take_a_few_megabytes() -> None:
    column = Texts(f"customer-{number}-2026-11-28" for number in range(100_000))
    size = sys.getsizeof(column._data) + sys.getsizeof(column._ends)
    assert size < 5_000_000

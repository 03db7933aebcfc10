"""Words that stand for knowing nothing are told from words."""

from __future__ import annotations

import time
from datetime import date

import pytest
import strategies
from hypothesis import given

from notegen.model.junk import is_junk


@pytest.mark.parametrize(
    "value",
    [
        "",
        "  ",
        "\n",
        "N/A",
        "n/a.",
        "n.a.",
        "NA",
        "na",
        "N / A",
        "n/d",
        "TBD",
        " tbd ",
        "(TBA)",
        "-",
        "--",
        "—",
        ".",
        "...",
        "?",
        "???",
        "unknown",
        "Unknown!",
        "xxx",
        "XXXX",
        "test?",
        "Test",
        "None",
        "null",
        "NULL",
        "nil",
        "NaN",
        "nan",
        "undefined",
        "not available",
        "Not-Available",
        "Not  applicable",
        "[MODEL]",
        "{{ name }}",
        "{name}",
        "<<First Name>>",
        "%FNAME%",
        "*|FNAME|*",
        None,
    ],
)
def test_what_says_nothing(value: object) -> None:
    assert is_junk(value)


@pytest.mark.parametrize(
    "value",
    [
        "None of the rain",
        "the test drive",
        "Na",
        "Na Li",
        "Nan",
        "Null",
        "Xu",
        "X",
        "A+",
        "100%",
        "a",
        "日本",
        "<3",
        "[sic]",
        "0",
        "No",
        0,
        0.0,
        False,
        True,
        date(2026, 3, 4),
        (),
        {},
    ],
)
def test_what_says_something(value: object) -> None:
    assert not is_junk(value)


@given(strategies.WORDS)
def test_blanks_around_a_value_change_nothing(text: str) -> None:
    assert is_junk(f" {text}\n") == is_junk(text)


@pytest.mark.parametrize(
    "text", ["<" + " " * 20_000 + "x!", "<<" + "a " * 9_000 + "!", "<" + "\n " * 9_000, "n" + " " * 20_000]
)
def test_long_nonsense_is_judged_in_no_time(text: str) -> None:
    """Three thousand blanks after a < once took a minute."""
    start = time.perf_counter()
    is_junk(text)
    assert time.perf_counter() - start < 1

"""The filters of notes, in English and elsewhere, as a person of that place would write."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from composing import composed, words

from notegen.compose.english import ordinal, possessive, with_article
from notegen.compose.filters import WANTS, note_filters
from notegen.compose.values import WrongType

DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("locale", "name", "value", "expected"),
    [
        ("en_US", "long_date", DAY, "March 4, 2026"),
        ("en_GB", "long_date", DAY, "4 March 2026"),
        ("de_DE", "long_date", DAY, "4. März 2026"),
        ("ja", "long_date", DAY, "2026年3月4日"),
        ("en_US", "day_month", DAY, "March 4"),
        ("fr", "day_month", DAY, "4 mars"),
        ("en_US", "month_year", DAY, "March 2026"),
        ("es", "month_year", DAY, "marzo de 2026"),
        ("en_US", "weekday", DAY, "Wednesday"),
        ("nl", "weekday", DAY, "woensdag"),
        ("en_US", "month", DAY, "March"),
        ("ja", "month", DAY, "3月"),
        ("nl", "month", DAY, "maart"),
        ("ru", "month", DAY, "март"),
        ("pl", "month", DAY, "marzec"),
        ("en_US", "money", 31400, "$31,400"),
        ("en_US", "money", 31400.5, "$31,400.50"),
        ("en_US", "money", 0.1 + 0.2, "$0.30"),
        ("en_US", "money", -5, "-$5"),
        ("de_DE", "money", 1234, "1.234 $"),
        ("en_US", "number", 1234567, "1,234,567"),
        ("de_DE", "number", 2.5, "2,5"),
        ("en_US", "ordinal", 1, "1st"),
        ("fr", "ordinal", 1, "1er"),
        ("fr", "ordinal", 2, "2e"),
        ("de_DE", "ordinal", 3, "3."),
        ("es", "ordinal", 3, "3.º"),
        ("en_US", "in_words", 0, "zero"),
        ("en_US", "in_words", 12, "twelve"),
        ("en_US", "in_words", 13, "13"),
        ("en_US", "in_words", 1200, "1,200"),
        ("en_US", "in_words", 3.0, "three"),
        ("de_DE", "in_words", 5, "fünf"),
        ("fi", "in_words", 5, "5"),
        ("en_US", "and_list", ["a"], "a"),
        ("en_US", "and_list", [], ""),
        ("en_US", "and_list", ["a", "b"], "a and b"),
        ("en_US", "and_list", ["a", "b", "c"], "a, b and c"),
        ("en_US", "and_list", ("a", "b", "c", 4), "a, b, c and 4"),
        ("es", "and_list", ["a", "b", "c"], "a, b y c"),
        ("en_US", "first_name", "Ana Maria Reyes", "Ana"),
        ("en_US", "lower_first", "The Outback", "the Outback"),
        ("en_US", "upper_first", "the Outback", "The Outback"),
        ("en_US", "upper_first", "", ""),
    ],
)
def test_filters(locale: str, name: str, value: Any, expected: str) -> None:
    """Each filter gives what a person there would write (no-break spaces count as spaces here)."""
    made = note_filters(locale, "USD")[name](value)
    assert made.replace("\u00a0", " ").replace("\u202f", " ") == expected


def test_money_in_other_currencies() -> None:
    """The shop's currency, or the one that is given; yen have no hundredths."""
    assert note_filters("en_US", "EUR")["money"](5) == "€5"
    assert note_filters("en_US", "USD")["money"](5, "GBP") == "£5"
    assert note_filters("en_US", "JPY")["money"](1234.6) == "¥1,235"


def test_months_do_not_depend_on_what_was_asked_before() -> None:
    """One locale's names never turn up in another's, in any order."""
    asked = ["ja", "nl", "en_US", "nl", "ru", "de_DE"]
    assert [note_filters(locale, "USD")["month"](DAY) for locale in asked] == [
        "3月",
        "maart",
        "March",
        "maart",
        "март",
        "März",
    ]


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (DAY, date(2028, 3, 5), 2),
        (DAY, date(2028, 3, 4), 2),
        (DAY, date(2028, 3, 3), 1),
        (DAY, DAY, 0),
        (date(2024, 2, 29), date(2025, 2, 28), 0),
        (date(2024, 2, 29), date(2025, 3, 1), 1),
    ],
)
def test_years_since(start: date, end: date, years: int) -> None:
    """Whole years, counted as birthdays are."""
    assert note_filters("en_US", "USD")["years_since"](start, end) == years


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("long_date", "2026-03-04"),
        ("money", "31400"),
        ("money", True),
        ("money", float("nan")),
        ("money", float("inf")),
        ("money", 10**15),
        ("ordinal", 1.5),
        ("in_words", None),
        ("and_list", "abc"),
        ("and_list", [["a"]]),
        ("first_name", "ITO, KEN"),
        ("possessive", 3),
        ("years_since", DAY),
        ("upper_first", DAY),
    ],
)
def test_wrong_types(name: str, value: Any) -> None:
    """A filter refuses what it cannot write, and never guesses."""
    arguments = (value, date(2020, 1, 1)) if name == "years_since" else (value,)
    with pytest.raises(WrongType):
        note_filters("en_US", "USD")[name](*arguments)


def test_english_rules_refuse_other_languages() -> None:
    """An apostrophe and s, or "a" and "an", would be wrong anywhere else."""
    for name in ("possessive", "a_an"):
        with pytest.raises(WrongType):
            note_filters("de_DE", "EUR")[name]("Ana")


def test_wants_names_filters_that_there_are() -> None:
    """The table of the static check is about our own filters and join."""
    assert set(WANTS) - {"join"} <= set(note_filters("en_US", "USD"))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Outback", "an"), ("Escape", "an"), ("Forester", "a"), ("hour", "an"), ("honest answer", "an"),
        ("used car", "a"), ("unit", "a"), ("umbrella", "an"), ("uncle", "an"), ("unusual one", "an"),
        ("uninsured driver", "an"), ("European tour", "a"), ("one-off", "a"),
        ("F-150", "an"), ("SUV", "an"), ("BMW", "a"), ("MX-5", "an"),
        ("RAV4", "a"), ("XC90", "an"), ("NASA badge", "a"), ("Acura", "an"), ("ACURA", "an"), ("8-foot canoe", "an"),
        ("11-speed hub", "an"), ("18 year old", "an"), ("1-ton truck", "a"), ("4Runner", "a"), ("80s synth", "an"),
        ("“Outback”", "an"), ("ukulele", "a"), ("X-ray", "an"), ("U-Haul", "a"), ("heirloom", "an"), ("Ural", "a"),
        ("élan", "an"), ("GTI", "a"), ("A4", "an"), ("Uruguayan rug", "a"), ("Ute", "a"), ("Umber coat", "an"),
        ("110-volt saw", "a"), ("urgent call", "an"), ("yellow one", "a"), ("I-Pace", "an"),
    ],
)  # fmt: skip
def test_articles(given: str, expected: str) -> None:
    """A or an, as it is said aloud."""
    assert with_article(given).split()[0] == expected


def test_possessives() -> None:
    """Names take 's; only a plural family with its article takes the apostrophe alone."""
    assert [possessive(name) for name in ("Chris", "the Joneses", "Ana", "James")] == [
        "Chris's",
        "the Joneses'",
        "Ana's",
        "James's",
    ]


def test_ordinals() -> None:
    """The teens are th."""
    numbers = (1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111, 112)
    assert [ordinal(number)[-2:] for number in numbers] == "st nd rd th th th th st nd st th th".split()


def test_in_templates() -> None:
    """Filters take arguments, hand facts on and combine."""
    assert words("{{ sale.price | money('EUR') }}; {{ customer.household | and_list }}") == "€31,400; Bo and Kim"
    assert words("{{ sale.date | years_since(today) | in_words }}") == "two"
    assert (
        words("{{ sale.date | weekday | lower }}, {{ customer.name | first_name | possessive }}") == "wednesday, Ana's"
    )


@pytest.mark.parametrize(
    "expression", ["sale.date | weekday(1, 2, 3)", "sale.date | years_since", "sale.date | long_date(x=1)"]
)
def test_wrong_values_in_a_filters_brackets_are_said_in_plain_words(expression: str) -> None:
    """Nothing of Python's inside is shown."""
    (finding,) = composed(f"{{{{ {expression} }}}}").diagnostics
    assert finding.code == "T014"
    assert "brackets" in finding.message
    assert "lambda" not in finding.message


def test_a_fact_of_the_shop_is_missed_in_the_shops_file() -> None:
    """A shop fact belongs in notegen.yaml, not in a customer's file."""
    (finding,) = composed("{{ shop.motto }}").diagnostics
    assert finding.related[0].message == "write motto under shop in notegen.yaml"

"""The year that a yearly card is for, around new year and on days that not every year has."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen import settings
from notegen.facts import load_source
from notegen.model.facts import Facts
from notegen.model.source import Source
from notegen.pipeline.gangs import Job, period_of

SCHEMA = settings.defaults().schema


def job(every: str | None, today: date | None) -> Job:
    return cast(Job, SimpleNamespace(template=SimpleNamespace(every=every), wishes=SimpleNamespace(today=today)))


def born(day: str) -> Facts:
    read = load_source(Source("facts.yaml", f"customer: {{name: Ana Reyes, birthday: {day}}}\n"), SCHEMA)
    assert read.value
    return read.value[0]


ANA = born("1990-01-03")


@pytest.mark.parametrize(
    ("birthday", "today", "year"),
    [
        ("1990-01-03", "2026-12-28", "2027"),  # printed before new year for a day after it
        ("1990-12-30", "2027-01-02", "2026"),  # printed late
        ("1990-06-15", "2026-06-15", "2026"),
        ("1992-02-29", "2027-02-20", "2027"),  # kept on the 1st of March
        ("1992-02-29", "2028-02-29", "2028"),
        ("1992-02-29", "2026-12-31", "2027"),
    ],
)
def test_a_birthday_card_is_for_the_nearest_birthday(birthday: str, today: str, year: str) -> None:
    assert period_of(born(birthday), job("birthday", date.fromisoformat(today))) == year


@pytest.mark.parametrize(
    ("today", "year"),
    [("2026-10-31", "2026"), ("2026-11-01", "2027"), ("2026-12-31", "2027"), ("2027-01-01", "2027")],
)
def test_a_card_of_every_year_is_for_the_next_from_two_months_before(today: str, year: str) -> None:
    assert period_of(ANA, job("year", date.fromisoformat(today))) == year


def test_a_card_that_comes_once_is_for_no_year() -> None:
    assert period_of(ANA, job(None, date(2026, 11, 28))) == ""
    assert period_of(ANA, job("birthday", None)) == ""


def test_an_anniversary_without_a_sale_is_for_the_year_of_the_day() -> None:
    assert period_of(ANA, job("anniversary", date(2026, 6, 1))) == "2026"


@given(st.dates(date(1970, 1, 1), date(2090, 12, 31)), st.integers(-170, 170))
def test_a_birthday_is_the_same_one_for_months_before_and_after(today: date, days: int) -> None:
    """Whoever prints twice within months does not give two cards for one birthday."""
    day = today + timedelta(days=days)
    one = born(day.replace(year=1960).isoformat() if (day.month, day.day) != (2, 29) else "1960-02-29")
    assert period_of(one, job("birthday", today)) == str(day.year)

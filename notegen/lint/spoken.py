"""Numbers and days as people write them in English: "eleven", "22nd", "November 22", "11/22/2025"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = "january february march april may june july august september october november december".split()
"""Their names, in order."""

_SMALL: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
).split()

CARDINALS: Final[dict[str, int]] = {
    **{word: number for number, word in enumerate(_SMALL)},
    **{word: 20 + 10 * index for index, word in enumerate(_TENS)},
    **{
        f"{ten}{joint}{_SMALL[unit]}": 20 + 10 * index + unit
        for index, ten in enumerate(_TENS)
        for unit in range(1, 10)
        for joint in ("-", " ")
    },
}
ORDINALS: Final[dict[str, int]] = {
    **{word: number for number, word in enumerate(_ORDINALS, 1)},
    "twenty-fifth": 25,
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
}
_WORDS: Final[dict[int, str]] = {number: word for word, number in CARDINALS.items() if " " not in word}

_DIGITS: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_NTH: Final = re.compile(r"(\d+)(?:st|nd|rd|th)")
_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DATE: Final = re.compile(
    rf"\b(?=[\dJFMASOND])(?:(?P<month>{_MONTH}) (?:the )?"
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? (?P<year>(?:19|20)\d\d)\b)?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month2>{_MONTH})(?:,? (?P<year2>(?:19|20)\d\d)\b)?"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b"
    r"|(?<![\d/.])(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<year3>(?:19|20)?\d\d)(?![\d/]))"
)


_MAYBE: Final = re.compile(r"[JFMASOND\d](?:(?<=\d)[-/.]\d|(?<!\d)(?:an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec))")
"""A text without it names no day; it is quicker to be looked for than a day."""


@lru_cache(maxsize=8192)
def number_of(word: str) -> int | None:
    """Return the whole number that a word or digits stand for."""
    small = word.lower()
    if small in CARDINALS:
        return CARDINALS[small]
    if _DIGITS.fullmatch(small) and len(small) < 16:
        return int(small.replace(",", ""))
    return None


def ordinal_of(word: str) -> int | None:
    """Return the number of "third" or "3rd"."""
    small = word.lower()
    found = _NTH.fullmatch(small)
    return int(found[1][:9]) if found else ORDINALS.get(small)


def in_words(number: int) -> str | None:
    """Return a small number in words."""
    return _WORDS.get(number)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a text names at start..end; `days` are the months and days that it may mean."""

    start: int
    end: int
    days: tuple[tuple[int, int], ...]
    year: int | None

    def means(self, day: date) -> bool:
        """Return whether it may be this day, as far as it says."""
        return (day.month, day.day) in self.days and self.year in (None, day.year)


def days_in(text: str) -> Iterator[Day]:
    """Yield every day of a month that a text names."""
    if _MAYBE.search(text) is None:
        return
    for match in _DATE.finditer(text):
        days, year = _parts(match)
        good = tuple((month, day) for month, day in days if 1 <= month <= 12 and 1 <= day <= 31)
        if good:
            yield Day(match.start(), match.end(), good, year)


def _parts(match: re.Match[str]) -> tuple[list[tuple[int, int]], int | None]:
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
        return [(month, day)], year
    if match["a"]:
        first, second, year = int(match["a"]), int(match["b"]), int(match["year3"])
        return [(first, second), (second, first)], year if year > 99 else 2000 + year
    month_name, day_digits = match["month"] or match["month2"], match["day"] or match["day2"]
    written = match["year"] or match["year2"]
    return [(month_of(month_name) or 0, int(day_digits))], int(written) if written else None


def month_of(name: str) -> int | None:
    """Return the number of a month by its name or the first letters of it."""
    short = name.lower()[:3]
    return next((number for number, month in enumerate(MONTHS, 1) if month.startswith(short)), None)


def read_day(text: str) -> date | None:
    """Return the date that a text is, when it is one alone, with its year, and in one way only."""
    found = list(days_in(text.strip()))
    if len(found) != 1 or found[0].year is None or found[0].end - found[0].start < len(text.strip()):
        return None
    month, day = found[0].days[0]
    try:
        return date(found[0].year, month, day)
    except ValueError:
        return None


def weekday(day: date) -> str:
    """Return the day's name, in small letters."""
    return WEEKDAYS[day.weekday()]

"""How long ago: "two years ago" when it was one, "the fifth anniversary", "your 70th birthday"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from notegen.lint.claims.claim import Claim
from notegen.lint.claims.frames import says_that_it_was
from notegen.lint.knowing import Known
from notegen.lint.sayings import Sayings
from notegen.lint.spoken import number_of, ordinal_of

_AGO: Final = re.compile(r"\b(an?|\w+(?:-\w+)?) (years?) ago\b", re.IGNORECASE)
_LONG: Final = re.compile(
    r"\b(?:it(?: has|'s| is) (?:now )?(?:been )?(an?|\w+(?:-\w+)?) (years?) (?:now |today )?(?:since|that)\b"
    r"|(an?|\w+(?:-\w+)?) (years?) have (?:passed|gone by)\b"
    r"|(?:for|these) (\w+(?:-\w+)?) (years?) (?:with us|of custom)\b)",
    re.IGNORECASE,
)
_ANNIVERSARY: Final = re.compile(r"\b([\w-]+)(?: year)? anniversary\b", re.IGNORECASE)
_AGE: Final = re.compile(
    r"\byour ([\w-]+) birthday\b|\byou (?:turn|turned|are turning|will be turning|will turn) ([\w-]+)\b", re.IGNORECASE
)
_WAS: Final = re.compile(r"\b(?:that|it|this) (?:was|is)\b", re.IGNORECASE)
_YEAR: Final = 365.2425
_SLACK: Final = 0.12
"""Share of a year, six weeks, by which a card may be early or late for an anniversary."""


def spans_of_time(said: Sayings, known: Known) -> Iterator[Claim]:
    """Find numbers of years that the dates in the facts and the day of the note deny."""
    today = known.today
    if today is None:
        return
    if not said.bag.isdisjoint(("year", "years", "anniversary")):
        yield from _elapsed(said, known, today)
    birthday = known.day("customer.birthday")
    if birthday is not None:
        yield from _age(said, birthday, today)


def _elapsed(said: Sayings, known: Known, today: date) -> Iterator[Claim]:
    sale = known.day("sale.date")
    dates = [f.value for f in known.facts if isinstance(f.value, date) and f.path != "customer.birthday"]
    allowed = {years for day in dates for years in _years(day, today)}
    if sale is None:
        return
    for match in _AGO.finditer(said.text):
        sentence = said.sentence_at(match.start())
        if says_that_it_was(said, match.start(), known) or _WAS.search(said.text[sentence.start : match.start()]):
            yield from _counted(match, known, allowed)
    for match in _LONG.finditer(said.text):
        yield from _counted(match, known, allowed)
    for match in _ANNIVERSARY.finditer(said.text):
        number = ordinal_of(match[1])
        if number is not None and number not in allowed and not _is_told(match[0], known):
            yield Claim(match.start(1), match.end(1), "sale.date", f"{sale:%Y}")


def _counted(match: re.Match[str], known: Known, allowed: set[int]) -> Iterator[Claim]:
    word = next(group for group in match.groups() if group)
    number = 1 if word.lower() in ("a", "an") else number_of(word)
    if number is not None and number not in allowed and not _is_told(match[0], known):
        start = match.start() + match[0].index(word)
        yield Claim(start, match.end(), "sale.date")


def _is_told(words: str, known: Known) -> bool:
    return words.lower() in known.told.text.lower()


def _years(day: date, today: date) -> frozenset[int]:
    """Return the years from one day to another as people may count them."""
    exact = (today - day).days / _YEAR
    return frozenset((int(exact), round(exact), int(exact + _SLACK)))


def _age(said: Sayings, birthday: date, today: date) -> Iterator[Claim]:
    age = today.year - birthday.year
    for match in _AGE.finditer(said.text):
        word = match[1] or match[2]
        number = ordinal_of(word) if match[1] else number_of(word)
        if number is not None and number not in (age, age + 1) and number > 9:
            group = 1 if match[1] else 2
            yield Claim(match.start(group), match.end(group), "customer.birthday")

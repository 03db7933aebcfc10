"""When it was: "on Saturday" when the sale was on a Tuesday, "May 21" when it was the 12th, "since 2014"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from notegen.lint.claims.claim import Claim
from notegen.lint.claims.frames import of_the_sale
from notegen.lint.knowing import Known
from notegen.lint.sayings import Sayings, Sentence
from notegen.lint.spoken import MONTHS, WEEKDAYS, Day, days_in, weekday

_WEEKDAYS: Final = frozenset(WEEKDAYS)
_DIGIT: Final = re.compile(r"\d")
_MONTH: Final = re.compile(
    r"\b(?:in|last|this past|back in|early|late) (?P<month>" + "|".join(m.title() for m in MONTHS) + r")\b(?! \d)"
)
_YEAR: Final = re.compile(r"\bin ((?:19|20)\d\d)\b")
_CENTURY: Final = re.compile(r"[12](?:(?<=1)9|(?<=2)0)\d\d")
"""Without it a text names no year; it is quicker to be looked for."""
_SINCE: Final = re.compile(
    r"\b(?:since|from)(?: way back in)? (?:" + "|".join(m.title() for m in MONTHS) + r" )?((?:19|20)\d\d)\b"
)
_CUSTOMER: Final = re.compile(
    r"\b(?:customer|client|patient|member|with us|to us|coming|come|known|trusted|our|us|bought|here)\b", re.IGNORECASE
)
_FAMILY: Final = frozenset("son daughter wife husband mother father brother sister his her their my child dog".split())
_HEAD: Final = 40
"""Characters at the start of a text in which a line may be the date of the letter."""


def days(said: Sayings, known: Known) -> Iterator[Claim]:
    """Find weekdays, dates, months and years that the dates in the facts deny."""
    sale = known.day("sale.date")
    if _DIGIT.search(said.text):
        dated = [one for one in days_in(said.text) if not _is_dateline(said, one)]
        for one in dated:
            yield from _day(said, one, known, sale)
        yield from _since(said, known)
    else:
        dated = []
    if sale is not None:
        yield from _weekdays(said, known, sale, dated)
        yield from _months(said, known)


def _dates(known: Known) -> Iterator[tuple[str, date]]:
    return ((fact.path, fact.value) for fact in known.facts if isinstance(fact.value, date))


def _is_dateline(said: Sayings, one: Day) -> bool:
    sentence = said.sentence_at(one.start)
    rest = said.text[sentence.start : one.start] + said.text[one.end : sentence.end]
    return len(rest.split()) <= 1 and sentence.start < _HEAD


def _day(said: Sayings, one: Day, known: Known, sale: date | None) -> Iterator[Claim]:
    beside = _weekday_beside(said, one)
    same = [(path, day) for path, day in _dates(known) if one.means(day)]
    if [path for path, _ in same] == ["customer.birthday"] and said.bag.isdisjoint(("birthday", "born", "returns")):
        same = []
    if same:
        if beside and beside[0] not in {weekday(day) for _, day in same}:
            yield Claim(beside[1], beside[1] + len(beside[0]), same[0][0], f"a {weekday(same[0][1]).title()}")
        return
    if any(one.days[0] in other.days for other in days_in(known.told.text)):
        return
    sentence = said.sentence_at(one.start)
    birthday = known.day("customer.birthday")
    if "birthday" in said.within(sentence):
        if birthday is not None and _is_theirs(said, sentence):
            yield Claim(one.start, one.end, "customer.birthday")
    elif sale is not None and of_the_sale(said, beside[1] if beside else one.start, one.end, known):
        yield Claim(one.start, one.end, "sale.date")


def _is_theirs(said: Sayings, sentence: Sentence) -> bool:
    """Return whether a sentence speaks of "your birthday" or wishes a happy one, and not of somebody else's."""
    words = said.within(sentence)
    before = words[words.index("birthday") - 1] if words.index("birthday") else "your"
    return before in ("your", "happy", "the") and _FAMILY.isdisjoint(words)


def _weekday_beside(said: Sayings, one: Day) -> tuple[str, int] | None:
    match = re.search(r"\b(\w+day),? (?:the |on )?$", said.text[max(0, one.start - 20) : one.start], re.IGNORECASE)
    if match is None or match[1].lower() not in _WEEKDAYS:
        return None
    return match[1].lower(), max(0, one.start - 20) + match.start(1)


def _weekdays(said: Sayings, known: Known, sale: date, dated: list[Day]) -> Iterator[Claim]:
    if said.bag.isdisjoint(_WEEKDAYS):
        return
    allowed = {weekday(day) for path, day in _dates(known) if not path.startswith("customer.")}
    allowed |= known.words & _WEEKDAYS | {word[:-1] for word in known.words if word[:-1] in _WEEKDAYS}
    for index in said.find(_WEEKDAYS - allowed):
        start, end = said.starts[index], said.ends[index]
        if any(one.start - 8 < end <= one.start for one in dated):
            continue
        if of_the_sale(said, start, end, known):
            yield Claim(start, end, "sale.date", f"a {weekday(sale).title()}")


def _months(said: Sayings, known: Known) -> Iterator[Claim]:
    """Judge a month or a year alone."""
    if not said.bag.isdisjoint(MONTHS):
        yield from _month(said, known)
    if _CENTURY.search(said.text) is None:
        return
    all_dates = [day for _, day in _dates(known)]
    for match in _YEAR.finditer(said.text):
        free = int(match[1]) not in {day.year for day in all_dates} and match[1] not in known.words
        if free and of_the_sale(said, match.start(), match.end(), known):
            yield Claim(match.start(1), match.end(1), "sale.date")


def _month(said: Sayings, known: Known) -> Iterator[Claim]:
    all_dates = [day for _, day in _dates(known)]
    for match in _MONTH.finditer(said.text):
        month = MONTHS.index(match["month"].lower()) + 1
        told = match["month"].lower() in known.words
        if (
            month not in {day.month for day in all_dates}
            and not told
            and of_the_sale(said, match.start(), match.end(), known)
        ):
            yield Claim(match.start("month"), match.end("month"), "sale.date")


def _since(said: Sayings, known: Known) -> Iterator[Claim]:
    """Judge "with us since 2014"."""
    since = known.day("customer.since")
    if since is None:
        return
    for match in _SINCE.finditer(said.text):
        sentence = said.sentence_at(match.start())
        years = {str(day.year) for _, day in _dates(known)} | known.words
        if match[1] not in years and _CUSTOMER.search(said.text, sentence.start, match.start()):
            yield Claim(match.start(1), match.end(1), "customer.since")

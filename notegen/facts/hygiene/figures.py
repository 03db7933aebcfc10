"""Postcodes that lost a zero on the way through a spreadsheet, and days that nobody can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from notegen.facts.hygiene.mending import finding
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.facts import Facts, Value
from notegen.model.places import Place, place_in

_FIVE_DIGITS: Final = frozenset(
    "us usa u.s. u.s.a. united-states united-states-of-america de germany deutschland fr france it italy italia es "
    "spain españa espana pr puerto-rico mx mexico méxico fi finland suomi ee estonia hr croatia rs serbia ua "
    "ukraine".split()
)
"""Countries whose postcodes have five digits, of which the first may be 0 (Universal Postal Union, addressing)."""
_ZERO_STATES: Final = frozenset(
    "ct ma me nh nj ri vt pr vi connecticut massachusetts maine new-hampshire new-jersey rhode-island vermont".split()
)
"""Where ZIP codes begin with 0."""
_SHORT: Final = re.compile(r"(\d{3,4})(-\d{4})?")
_WHOLE: Final = re.compile(r"[0-9]{5}")
_APOSTROPHE: Final = re.compile(r"'(\d[\d-]+)")
"""Spreadsheets and shop exports put an apostrophe before digits to keep them text."""

_EPOCHS: Final = {
    date(1970, 1, 1): "day 0 of Unix",
    date(1969, 12, 31): "day 0 of Unix, west of Greenwich",
    date(1900, 1, 1): "day 1 of a spreadsheet",
    date(1899, 12, 30): "day 0 of a spreadsheet",
    date(1899, 12, 31): "day 0 of a spreadsheet",
    date(1904, 1, 1): "day 0 of an old spreadsheet",
    date(1601, 1, 1): "day 0 of Windows",
    date(1753, 1, 1): "the first day of a data base",
    date(1, 1, 1): "the first day there is",
    date(9999, 12, 31): "the last day there is",
}
_OLDEST: Final = 115
"""Years that a customer can be old."""
_FUTURE: Final = re.compile(r"(?:sale|sales\.\d+|feedback)\.date|problem\.date|customer\.(?:since|birthday)")
_PAST: Final = re.compile(r"(?:sale|sales\.\d+|feedback)\.date|problem\.date|customer\.since")
_EARLIEST: Final = date(1950, 1, 1)
"""A sale before this is a slip of the pen: few shops write to who bought so long ago."""


def postcodes(one: Facts) -> Iterator[Diagnostic]:
    """Yield a postcode that has too few digits for its country or state."""
    path = "customer.address.postcode"
    text = one.get(path)
    if not isinstance(text, str) or _WHOLE.fullmatch(text):
        return
    marked = _APOSTROPHE.fullmatch(text)
    if marked is not None:
        hint = "the export put it there; take it away"
        yield finding("F026", Severity.ERROR, one, path, f"{path} begins with an apostrophe", hint, wanted=marked[1])
    short = _SHORT.fullmatch(text)
    country, region = _folded(one, "country"), _folded(one, "region")
    if short is None or not (country in _FIVE_DIGITS or (not country and region in _ZERO_STATES)):
        return
    whole = short[1].zfill(5) + (short[2] or "")
    american = not country or country.startswith("u")
    sure = whole if not american or not region or region in _ZERO_STATES else None
    message = f"{path} is '{text}', and a postcode there has five digits"
    hint = f'a spreadsheet has dropped the zero: write "{whole}"' if sure else "look it up; a digit is missing"
    yield finding("F026", Severity.ERROR, one, path, message, hint, wanted=sure)


def _folded(one: Facts, part: str) -> str:
    text = one.get(f"customer.address.{part}")
    return "-".join(text.casefold().split()) if isinstance(text, str) else ""


def dates(one: Facts, today: date | None, there: Sequence[tuple[str, Value]]) -> Iterator[Diagnostic]:
    """Yield the days that stand for a blank field, lie ahead, or are too long ago; `there` are the tree's leaves."""
    seen: set[Place] = set()
    for path, value in there:
        if not isinstance(value, date) or path == "today":
            continue
        place = place_in(one.spans, path)
        if place is None or place in seen:
            continue
        seen.add(place)
        said = _doubt(path, value, today)
        if said is not None:
            severity, why, hint = said
            yield finding("F027", severity, one, path, f"{path} is {value.isoformat()}, {why}", hint)


def _doubt(path: str, day: date, today: date | None) -> tuple[Severity, str, str] | None:
    birthday = path.endswith("birthday")
    if day in _EPOCHS and not (birthday and day.year in (1969, 1970)):
        return Severity.ERROR, f"which is {_EPOCHS[day]}", "a program wrote it for a blank field; leave the line out"
    if today is not None and day > today and _FUTURE.fullmatch(path):
        ahead = "look at the year" if day.year > today.year else "has it happened yet?"
        return Severity.WARNING, f"and today is {today.isoformat()}", ahead
    if birthday and today is not None and today.year - day.year > _OLDEST:
        return Severity.WARNING, f"{today.year - day.year} years ago", "look at the century"
    if day < _EARLIEST and _PAST.fullmatch(path):
        return Severity.WARNING, "which is long ago", "look at the century"
    return None

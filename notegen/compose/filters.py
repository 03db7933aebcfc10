"""The filters of notes: dates, money, numbers and names as a person of that locale would write them.

A filter gets what the template gives it and either returns text or raises WrongType, which becomes a diagnostic where
it stands. Those that keep part of their input do so by slices and `+`, which ropes follow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, Final

from notegen.compose import english
from notegen.compose.values import Flag, Gap, Record, WrongType, long_form, reads_of, text_of

Filter = Callable[..., Any]

_STANDALONE: Final = frozenset("be ca cs el fi hr hy ka lt pl ru sk uk".split())
"""Languages whose months have another form when no day stands beside them; the others take the usual one."""

_MOST: Final = 10**15

_SMALL: Final[Mapping[str, tuple[str, ...]]] = {
    "en": tuple("zero one two three four five six seven eight nine ten eleven twelve".split()),
    "de": tuple("null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()),
    "es": tuple("cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce".split()),
    "fr": tuple("zéro un deux trois quatre cinq six sept huit neuf dix onze douze".split()),
    "it": tuple("zero uno due tre quattro cinque sei sette otto nove dieci undici dodici".split()),
    "nl": tuple("nul een twee drie vier vijf zes zeven acht negen tien elf twaalf".split()),
    "pt": tuple("zero um dois três quatro cinco seis sete oito nove dez onze doze".split()),
}

_ORDINALS: Final[Mapping[str, Callable[[int], str]]] = {
    "en": english.ordinal,
    "es": lambda number: f"{number}.º",
    "fr": lambda number: "1er" if number == 1 else f"{number}e",
    "it": lambda number: f"{number}º",
    "pt": lambda number: f"{number}º",
    "nl": lambda number: f"{number}e",
}


def language(locale: str) -> str:
    """Return the language of a locale's name."""
    return re.split(r"[-_]", locale)[0]


@lru_cache(maxsize=32)
def note_filters(locale: str, currency: str) -> Mapping[str, Filter]:
    """Return the filters of notes for a locale (as Babel names it, "en_US") and a currency (as in ISO 4217)."""
    words = language(locale)
    only = partial(_only_english, words)
    return {
        "long_date": lambda value: long_form(_date(value).toordinal(), locale),
        "day_month": lambda value: _skeleton(_date(value), "MMMMd", locale),
        "month_year": lambda value: _skeleton(_date(value), "yMMMM", locale),
        "weekday": lambda value: _pattern(_date(value), "EEEE", locale),
        "month": lambda value: _pattern(_date(value), "LLLL" if words in _STANDALONE else "MMMM", locale),
        "money": lambda value, code=currency: _money(_number(value), _text(code), locale),
        "number": lambda value: _decimal(_number(value), locale),
        "ordinal": lambda value: _ORDINALS.get(words, "{}.".format)(_whole(value)),
        "in_words": lambda value: _in_words(_whole(value), locale),
        "and_list": partial(_and_list, locale),
        "possessive": only(english.possessive),
        "a_an": only(english.with_article),
        "first_name": first_name,
        "lower_first": lambda value: _text(value)[:1].lower() + _text(value)[1:],
        "upper_first": lambda value: _text(value)[:1].upper() + _text(value)[1:],
        "years_since": years_since,
    }


WANTS: Final[Mapping[str, str]] = (
    dict.fromkeys(("long_date", "day_month", "month_year", "weekday", "month", "years_since"), "date")
    | dict.fromkeys(("money", "number", "ordinal", "in_words"), "number")
    | dict.fromkeys(("possessive", "a_an", "first_name", "lower_first", "upper_first"), "text")
    | dict.fromkeys(("and_list", "join"), "list")
)
"""The kind of fact that a filter wants, by the schema's names, for the check that needs no customer."""


def _date(value: Any) -> date:
    if isinstance(value, date):
        return value
    raise WrongType("a date", value, "write the fact as YYYY-MM-DD, without quotes")


def _number(value: Any) -> int | float:
    if not isinstance(value, (int, float)) or isinstance(value, (bool, Flag)):
        raise WrongType("a number", value, "write the fact as a number: 31400")
    if not abs(value) < _MOST:
        raise WrongType("a number below 10^15", value)
    return value


def _whole(value: Any) -> int:
    number = _number(value)
    if number == int(number):
        return int(number)
    raise WrongType("a whole number", value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise WrongType("text", value)


@lru_cache(maxsize=1024)
def _skeleton(value: date, skeleton: str, locale: str) -> str:
    from babel.dates import format_date, format_skeleton

    value = date(value.year, value.month, value.day)
    try:
        return str(format_skeleton(skeleton, value, locale=locale))
    except KeyError:  # A locale without that skeleton: a few small languages.
        return str(format_date(value, "d MMMM" if skeleton == "MMMMd" else "MMMM y", locale=locale))


@lru_cache(maxsize=1024)
def _pattern(value: date, pattern: str, locale: str) -> str:
    from babel.dates import format_date

    return str(format_date(date(value.year, value.month, value.day), pattern, locale=locale))


@lru_cache(maxsize=1024)
def _money(value: int | float, currency: str, locale: str) -> str:
    from babel import Locale
    from babel.numbers import format_currency, get_currency_precision

    amount = round(Decimal(str(value)), get_currency_precision(currency))
    if amount != amount.to_integral_value():
        return str(format_currency(amount, currency, locale=locale))
    pattern = re.sub(r"\.0+", "", Locale.parse(locale).currency_formats["standard"].pattern)
    return str(format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False))


@lru_cache(maxsize=1024)
def _decimal(value: int | float, locale: str) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(Decimal(str(value)), locale=locale))


def _in_words(value: int, locale: str) -> str:
    words = _SMALL.get(language(locale), ())
    return words[value] if 0 <= value < len(words) else _decimal(value, locale)


@lru_cache(maxsize=64)
def _joints(locale: str) -> tuple[str, str, str, str]:
    """Return what stands between two, and at the start, in the middle and at the end of more.

    English is as in "a, b and c": the comma before "and" belongs to print more than to handwriting.
    """
    from babel import Locale

    patterns = Locale.parse("en_GB" if language(locale) == "en" else locale).list_patterns["standard"]
    two, start, middle, end = (patterns[name].replace("{0}", "").replace("{1}", "") for name in _PARTS)
    return two, start, middle, end


_PARTS: Final = ("2", "start", "middle", "end")


def _and_list(locale: str, value: Any) -> Any:
    if isinstance(value, (str, Record, Gap)) or not hasattr(value, "__iter__"):
        raise WrongType("a list", value, "write the fact as a list: [a, b]")
    items = list(value)
    for item in items:
        if not isinstance(item, (str, int, float, date)):
            raise WrongType("a list of words", item)
    parts = [text_of(item) if reads_of(item) else str(item) for item in items]
    if len(parts) < 2:
        return parts[0] if parts else ""
    two, start, middle, end = _joints(locale)
    if len(parts) == 2:
        return parts[0] + two + parts[1]
    made = parts[0] + start + parts[1]
    for part in parts[2:-1]:
        made = made + middle + part
    return made + end + parts[-1]


def first_name(value: Any) -> str:
    """Return the first word of a name; "ITO, KEN" is not a name that a person says."""
    name = _text(value)
    if "," in name:
        hint = "write the name as it is said, first name first; or give customer.first_name"
        raise WrongType("a name as it is said", value, hint)
    return name.split()[0] if name.split() else name


def years_since(value: Any, other: Any) -> int:
    """Return the whole years from one date to a later one."""
    start, end = _date(value), _date(other)
    if end < start:
        raise WrongType("an earlier date than the one it is given", value)
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _only_english(words: str, function: Callable[[str], str]) -> Filter:
    """Let a filter of English grammar refuse other languages, which need other grammar."""

    def checked(value: Any) -> str:
        if words != "en":
            raise WrongType("an English note", value, "say it in other words: this is a rule of English")
        return function(_text(value))

    return checked


__all__ = ["WANTS", "first_name", "language", "note_filters", "years_since"]

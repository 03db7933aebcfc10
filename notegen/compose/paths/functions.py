"""What filters and methods make of the facts that go in: keep them, lose them, or hand on items of a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

KEEPING: Final = frozenset(
    "upper lower title capitalize trim center replace truncate wordwrap indent string format lower_first upper_first "
    "possessive a_an first_name long_date day_month month_year weekday month money number ordinal in_words".split()
)
"""Filters whose result still shows the fact; what others make (`length`, `round`, `years_since`) does not."""

SOLID: Final = frozenset(
    "upper lower title capitalize lower_first upper_first possessive a_an first_name long_date day_month month_year "
    "weekday month money number ordinal in_words string trim".split()
)
"""Filters that make text of anything that has any."""

ORDERS: Final = frozenset(("sort", "unique", "reverse"))
SAME: Final = frozenset(("sort", "list", "unique", "reverse"))
SOME: Final = frozenset(("select", "reject", "selectattr", "rejectattr"))
ITEM: Final = frozenset(("first", "last", "min", "max"))
JOINS: Final = frozenset(("join", "and_list"))
COUNTS: Final = frozenset(("length", "count"))
LISTS: Final = frozenset(("sum", "batch", "slice", "groupby", "items", "dictsort", "map")) | SAME | SOME | COUNTS
"""Filters that may be given nothing, which is then an empty list."""

TEXTS: Final = frozenset(
    "upper lower title capitalize strip lstrip rstrip replace center ljust rjust casefold swapcase zfill removeprefix "
    "removesuffix strftime isoformat expandtabs".split()
)
"""Methods whose result still shows the fact that they belong to."""

PARTS: Final = frozenset(("split", "rsplit", "splitlines", "partition", "rpartition"))
"""Methods that take a text apart."""

DATE_PARTS: Final = frozenset(("year", "month", "day"))
"""Parts of a date, which are printed as they are."""

RECORDS: Final = frozenset(("items", "keys", "values"))

FOLDED: Final[Mapping[str, Callable[..., str]]] = {
    "upper": str.upper,
    "lower": str.lower,
    "title": str.title,
    "capitalize": str.capitalize,
    "trim": str.strip,
    "string": str,
    "replace": str.replace,
    "lower_first": lambda text: text[:1].lower() + text[1:],
    "upper_first": lambda text: text[:1].upper() + text[1:],
}
"""Filters that are worked out when they are given constants; only whether anything is left matters."""

_DIRECTIVE: Final = re.compile(r"%[^a-zA-Z%]*[a-zA-Z]")


def folded(name: str, *given: object) -> str | None:
    """Return what a filter makes of constants, or None when that is not known."""
    if name not in FOLDED or not all(isinstance(one, str) for one in given):
        return None
    try:
        return FOLDED[name](*given)
    except TypeError:
        return None


def leaves_words(pattern: object) -> bool:
    """Return whether a pattern of `format` has words of its own."""
    return isinstance(pattern, str) and bool(_DIRECTIVE.sub("", pattern))

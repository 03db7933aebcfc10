"""Facts as templates see them: values that carry their path, and gaps where a fact is absent, blank or junk.

A date prints in the long form of the locale ("March 4, 2026") wherever it is printed without a filter, so that no card
ever shows 2026-03-04. Blank and junk values are gaps: falsy, replaced by `default`, and never printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from jinja2.exceptions import TemplateRuntimeError, UndefinedError
from jinja2.runtime import Undefined
from jinja2.utils import missing

from notegen.compose.rope import EMPTY, Mark, Rope, known, rope_reads
from notegen.model.junk import is_junk
from notegen.model.note import Trust
from notegen.model.schema import Kind

_text: Final = str.__new__
_tuple: Final = tuple.__new__


class FactText(Rope):
    """A text fact."""

    __slots__ = ("_path",)
    _path: str


class FactInt(int):
    """A whole number that knows its facts."""

    _reads: tuple[str, ...] = ()


class FactFloat(float):
    """A number that knows its facts."""

    _reads: tuple[str, ...] = ()


class Flag(int):
    """A yes or no that knows its facts; it prints as Jinja prints a bool."""

    _reads: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "True" if self else "False"

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return format(bool(self), spec)


class Day(date):
    """A date that knows its facts and prints in the long form of its class's locale."""

    _reads: tuple[str, ...] = ()
    _locale: str = "en_US"

    def __str__(self) -> str:
        return long_form(self.toordinal(), self._locale)


class Items(tuple[Any, ...]):
    """A list of facts."""

    _path: str = ""


@Mapping.register
class Record:
    """Facts by name, each made into what templates see when it is first asked for; it reads as a mapping does.

    It is registered and not derived, because asking whether something is an instance of a derived one takes five times
    as long, and every step of a template asks.
    """

    __slots__ = ("_made", "_path", "_raw", "_wrap")

    def __init__(self, raw: Mapping[str, Any], path: str, wrap: Callable[[Any, str], Any]) -> None:
        self._raw = raw
        self._path = path
        self._wrap = wrap
        self._made: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._wrap(self._raw[key], f"{self._path}.{key}")
        return made

    def __contains__(self, key: object) -> bool:
        return key in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)

    def __repr__(self) -> str:
        return "a record"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and dict(self.items()) == dict(other.items())

    __hash__ = None  # type: ignore[assignment]

    def get(self, key: str, default: Any = None) -> Any:
        """As dict.get."""
        return self[key] if key in self._raw else default

    def keys(self) -> Iterable[str]:
        """As dict.keys."""
        return self._raw.keys()

    def values(self) -> list[Any]:
        """Return all values, made."""
        return [self[key] for key in self._raw]

    def items(self) -> list[tuple[str, Any]]:
        """Return all names with their values, made."""
        return [(key, self[key]) for key in self._raw]


class Gap(Undefined):
    """What stands where nothing can be printed: falsy, empty, and as deep as one cares to ask.

    `_kind` is absent (the schema knows it, the customer lacks it), blank (blank or junk), unset (a template's own
    variable without a value) or told (already reported). `_tell` reports the use of a gap where a value is needed.
    """

    __slots__ = ("_kind", "_path", "_tell")
    _kind: str
    _path: str
    _tell: Callable[[Gap], None] | None

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        self._undefined_hint, self._undefined_obj = hint, obj
        self._undefined_name, self._undefined_exception = name, exc
        self._kind = "unset"
        self._path = ""
        self._tell = None

    def __getitem__(self, key: Any) -> Any:
        return self

    def _compare(self, other: Any) -> bool:
        if self._tell is None:
            raise UndefinedError(self._undefined_message)
        self._tell(self)
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _compare  # type: ignore[assignment]


def gap(kind: str, path: str = "", tell: Callable[[Gap], None] | None = None, hint: str | None = None) -> Gap:
    """Make a gap of a kind."""
    made = Gap(hint, name=path)
    made._kind, made._path, made._tell = kind, path, tell
    return made


@lru_cache(maxsize=4096)
def long_form(ordinal: int, locale: str) -> str:
    """Return a date in the long form of a locale, without its year's era."""
    from babel.dates import format_date

    return format_date(date.fromordinal(ordinal), format="long", locale=locale)


@lru_cache(maxsize=64)
def day_type(locale: str) -> type[Day]:
    """Return the class of dates that print in a locale; what is computed from such a date prints the same way."""
    return type("Day", (Day,), {"_locale": locale})


@lru_cache(maxsize=4096)
def junk_text(text: str) -> bool:
    """Return whether a text is junk; both renders ask of each, and a shop's facts are asked of for every customer."""
    return is_junk(text)


def carrier(day: type[Day], tell: Callable[[Gap], None]) -> Callable[[Any, str], Any]:
    """Return what turns a plain fact into one that carries its path; `tell` is called when a gap is compared."""
    return _Carrier(day, tell).carried


def barer(day: type[Day]) -> Callable[[Any, str], Any]:
    """Return what turns a fact into what a plain render sees: itself, a gap, or a date that prints in its locale."""
    return _Barer(day).bare


class _Carrier:
    """A function that calls itself would hold itself, and every customer's facts, until Python looks for such rings."""

    __slots__ = ("_day", "_tell")

    def __init__(self, day: type[Day], tell: Callable[[Gap], None]) -> None:
        self._day, self._tell = day, tell

    def carried(self, value: Any, path: str) -> Any:
        if isinstance(value, str):
            if junk_text(value):
                return gap("blank", path, self._tell)
            text = _text(FactText, value)
            text._runs = ((0, len(value), _tuple(Mark, (None, (path,), Trust.EXACT)), -1),)
            text._path = path
            return text
        if isinstance(value, dict):
            return Record(value, path, self.carried)
        if isinstance(value, tuple):
            items = Items([self.carried(one, f"{path}.{index}") for index, one in enumerate(value)])
            items._path = path
            return items
        if value is None:
            return gap("blank", path, self._tell)
        return lift(value, (path,), self._day)


class _Barer:
    """As _Carrier."""

    __slots__ = ("_day",)

    def __init__(self, day: type[Day]) -> None:
        self._day = day

    def bare(self, value: Any, path: str) -> Any:
        if isinstance(value, str):
            return gap("blank", path) if junk_text(value) else value
        if isinstance(value, dict):
            return Record(value, path, self.bare)
        if isinstance(value, tuple):
            return tuple([self.bare(one, path) for one in value])
        if value is None:
            return gap("blank", path)
        return self._day(value.year, value.month, value.day) if isinstance(value, date) else value


def lift(value: Any, reads: tuple[str, ...], day: type[Day] = Day, trust: Trust = Trust.EXACT) -> Any:
    """Give a scalar that was made from facts their paths; what cannot carry any comes back as it is."""
    if not reads or isinstance(value, Rope) or reads_of(value):
        return value
    if isinstance(value, str):
        return known(value, Mark(None, reads, trust))
    made: Any = None
    if isinstance(value, bool):
        made = Flag(value)
    elif isinstance(value, int):
        made = FactInt(value)
    elif isinstance(value, float):
        made = FactFloat(value)
    elif isinstance(value, date):
        kind = type(value) if isinstance(value, Day) else day
        made = kind(value.year, value.month, value.day)
    if made is None:
        return value
    made._reads = reads
    return made


def reads_of(value: Any) -> tuple[str, ...]:
    """Return the paths of the facts that a value carries, in order, each once."""
    if isinstance(value, Rope):
        return rope_reads(value)
    if isinstance(value, (FactInt, FactFloat, Flag, Day)):
        return value._reads
    if isinstance(value, (Items, Record)) and value._path:
        return (value._path,)
    if isinstance(value, dict):
        return _union(value.values())
    if isinstance(value, (tuple, list)):
        return _union(value)
    return ()


def _union(values: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path for one in values for path in reads_of(one)))


def path_of(value: Any) -> str:
    """Return the one path that a value stands for, or an empty string."""
    if isinstance(value, (FactText, Items, Record, Gap)):
        return value._path
    if isinstance(value, (FactInt, FactFloat, Flag, Day)) and len(value._reads) == 1:
        return value._reads[0]
    return ""


def text_of(value: Any) -> Rope:
    """Print a scalar as Jinja does, keeping what it carries."""
    if isinstance(value, Rope):
        return value
    text = str(value)
    return known(text, Mark(None, reads_of(value))) if text else EMPTY


SCALARS: Final = (str, int, float, date)


def printable(value: Any) -> bool:
    """Return whether a value has a printed form that belongs on a card: not a list, a record, None or a function."""
    return isinstance(value, SCALARS)


def writable(value: Any) -> bool:
    """Return whether a value may be printed: a yes or no has a printed form, but "True" belongs on no card."""
    return printable(value) and not isinstance(value, (bool, Flag))


KIND_WORDS: Final[Mapping[Kind, str]] = {
    Kind.TEXT: "text",
    Kind.NUMBER: "a number",
    Kind.DATE: "a date",
    Kind.FLAG: "a yes or no",
    Kind.ANY: "anything",
    Kind.LIST: "a list",
    Kind.RECORD: "a record",
}


def kind_of(value: Any) -> str:
    """Say in a word what a value is, for messages."""
    return next((word for types, word in _KINDS if isinstance(value, types)), "not a value")


_KINDS: Final[tuple[tuple[Any, str], ...]] = (
    ((bool, Flag), "a yes or no"),
    (Undefined, "absent"),
    (str, "text"),
    ((int, float), "a number"),
    (date, "a date"),
    (Mapping, "a record"),
    ((tuple, list, range), "a list"),
    (type(None), "none"),
)


class WrongType(Exception):
    """A filter was given what it cannot work with: what it wants, and what it got."""

    def __init__(self, wanted: str, value: Any, hint: str | None = None) -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.value = value
        self.hint = hint

    def sentence(self, name: str) -> str:
        """Say it in one sentence, with the fact's path when there is one."""
        subject = path_of(self.value) or "this"
        return f"{name} wants {self.wanted}; {subject} is {kind_of(self.value)}"


_TYPES: Final = re.compile(r"'?\b(FactText|Rope|str|FactInt|int|FactFloat|float|Flag|bool|Day|Items|Record|Gap)\b'?")
_WORDS: Final = {
    **dict.fromkeys(("FactText", "Rope", "str"), "text"),
    **dict.fromkeys(("FactInt", "FactFloat", "int", "float"), "number"),
    **dict.fromkeys(("Flag", "bool"), "yes or no"),
    "Day": "date",
    "Items": "list",
    "Record": "record",
    "Gap": "nothing",
}


def plain_words(message: str) -> str:
    """Return one of Python's complaints with the types called what a writer of templates calls them."""
    if "argument" in message and "()" in message:
        return "it is given too few values in its brackets, or too many, or one of a name that it does not know"
    return _TYPES.sub(lambda match: _WORDS[match[1]], message)

"""`%` and `str.format` on ropes: the result is Python's own, the places are found piece by piece."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from string import Formatter
from typing import Any, Final

from notegen.compose.align import aligned
from notegen.compose.rope import Mark, Rope, concat, cut, known, limit
from notegen.compose.values import WrongType, printable, reads_of

_SPEC: Final = re.compile(
    r"%(?:\((?P<key>[^)]*)\))?[#0\- +]*(?P<width>\*|\d+)?(?:\.(?P<precision>\*|\d+)?)?[hlL]?(?P<kind>[a-zA-Z%])"
)
_NESTED: Final = re.compile(r":[^}]*\{")
_NUMBER: Final = re.compile(r"\d{5,}")


def percent(rope: Rope, values: Any) -> Rope:
    """Format as `str % values` does."""
    for match in _SPEC.finditer(str.__str__(rope)):
        limit(max((int(match[name]) for name in ("width", "precision") if (match[name] or "*") != "*"), default=0))
    arguments = values if isinstance(values, tuple) else (values,)
    for value in arguments if "*" in rope else ():
        if not printable(value):
            raise WrongType("words to put in", value)
        limit(value if isinstance(value, int) else 0)
    text = str.__mod__(str.__str__(rope), values)
    limit(len(text))
    pieces = concat(_percent_pieces(rope, values, arguments)) if "*" not in rope else None
    return pieces if pieces == text and pieces is not None else aligned(text, rope, reads_of(values))


def _percent_pieces(rope: Rope, values: Any, arguments: Sequence[Any]) -> Iterator[str]:
    at = used = 0
    for match in _SPEC.finditer(str.__str__(rope)):
        yield cut(rope, at, match.start())
        at = match.end()
        if match["kind"] == "%":
            yield cut(rope, at - 1, at)
            continue
        value = values[match["key"]] if match["key"] is not None else arguments[min(used, len(arguments) - 1)]
        used += 1
        spec = re.sub(r"\([^)]*\)", "", match[0])
        yield _piece(str.__mod__(str(spec), (value,)), value)
    yield cut(rope, at, len(rope))


def _piece(text: str, value: Any) -> Rope:
    """Return a formatted value; text that stayed what it was keeps its runs."""
    if not printable(value):
        raise WrongType("words to put in", value)
    if isinstance(value, Rope):
        return aligned(text, value, reads_of(value))
    return known(str.__str__(text), Mark(None, reads_of(value)))


def braces(rope: Rope, args: Sequence[Any], kwargs: Mapping[str, Any], formatter: Formatter) -> Rope:
    """Format as `str.format` does, with the formatter's own idea of which attributes may be read."""
    limit(max(map(int, _NUMBER.findall(str.__str__(rope))), default=0))
    nested = _NESTED.search(rope) is not None
    for value in (*args, *kwargs.values()) if nested else ():
        if not printable(value):
            raise WrongType("words to put in", value)
        limit(value if isinstance(value, int) else 0)
    text = formatter.vformat(str.__str__(rope), args, kwargs)
    limit(len(text))
    pieces = None if nested else concat(_brace_pieces(rope, args, kwargs, formatter))
    return pieces if pieces is not None and pieces == text else aligned(text, rope, reads_of((*args, *kwargs.values())))


def _brace_pieces(rope: Rope, args: Sequence[Any], kwargs: Mapping[str, Any], formatter: Formatter) -> Iterator[str]:
    at = count = 0
    for before, name, spec, conversion in formatter.parse(str.__str__(rope)):
        yield cut(rope, at, at + len(before))
        at += len(before)
        if name is None:
            continue
        at = str.index(rope, "}", at) + 1
        numbered = name == "" or name[0] in ".["
        value, _ = formatter.get_field(f"{count}{name}" if numbered else name, args, kwargs)
        count += numbered
        value = formatter.convert_field(value, conversion) if conversion else value
        yield _piece(formatter.format_field(value, spec or ""), value)

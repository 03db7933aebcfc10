"""What a text must hold for an expression to fit, read off the expression itself.

An expression is a sequence of parts. As long as the parts can be written out in a few ways (letters, small classes,
optional words, alternatives) the ways are multiplied; where that ends, the ways so far are one group: a text that holds
none of them cannot fit. The most telling groups are kept.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from typing import Any, Final

WAYS: Final = 48
"""Ways of writing one stretch that are still multiplied out."""
GROUPS: Final = 3
"""Groups that are kept: more would cost more than they save."""
LONGEST: Final = 16
"""Characters of a literal: longer ones tell no more."""

_CLASS: Final = 10
"""Characters of a class that are still tried one by one: the digits."""

_ODD: Final = str.maketrans({"ſ": "s", "ı": "i", "İ": "i"})


def folded(text: str) -> str:
    """Return plain text as needs are looked for in it: lower case, every line break a space."""
    return (text if text.isascii() else text.translate(_ODD)).lower().replace("\n", " ")


def parsed(pattern: str) -> Any:
    """Return the syntax tree that the standard library makes of a pattern."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from re import _parser  # type: ignore[attr-defined]
    return _parser.parse(pattern, re.IGNORECASE | re.MULTILINE)


def needs_of(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Return groups of literals; a text that lacks all of one group cannot hold the pattern."""
    groups = {tuple(sorted(_fewest(group))) for group in _groups(parsed(pattern))}
    ranked = sorted((group for group in groups if group and all(group)), key=_worth, reverse=True)
    telling = [group for group in ranked if _worth(group)[0] >= 3] or ranked[:1]
    return tuple(telling[:GROUPS])


def _worth(group: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
    return min(8, *(len(literal.strip()) for literal in group)), -len(group), group


def _fewest(group: Iterable[str]) -> set[str]:
    """Return the literals of a group that contain no other of it."""
    literals = set(group)
    return {one for one in literals if not any(other != one and other in one for other in literals)}


def _groups(parts: Any) -> list[set[str]]:
    """Return what a sequence of parts cannot do without."""
    found: list[set[str]] = []
    ways = {""}
    for part in parts:
        if str(part[0]) == "ASSERT":
            found += _groups(part[1][1])
        more = _ways([part])
        if more is None:
            found += [ways, *_inside(part)]
            ways = {""}
        elif len(ways) * len(more) > WAYS:
            found.append(ways)
            ways = set(more)
        else:
            ways = {way + one for way in ways for one in more}
    found.append(ways)
    return [{_cut(way) for way in group} for group in found if all(group)]


def _cut(way: str) -> str:
    return folded(way)[:LONGEST]


def _inside(part: Any) -> list[set[str]]:
    """Return what one part cannot do without that has too many ways to be written out."""
    operator, value = str(part[0]), part[1]
    if operator == "SUBPATTERN":
        return _groups(value[3])
    if operator in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _groups(value[2]) if value[0] else []
    if operator != "BRANCH":
        return []
    branches = [_groups(branch) for branch in value[1]]
    if not all(branches):
        return []
    best = (max(groups, key=lambda group: _worth(tuple(group))) for groups in branches)
    return [set().union(*best)]


def _ways(parts: Any) -> set[str] | None:
    """Return all ways of writing a sequence of parts, or None when they are too many."""
    ways = {""}
    for operator, value in parts:
        more = _ways_of(str(operator), value)
        if more is None or len(ways) * len(more) > WAYS:
            return None
        ways = {way + one for way in ways for one in more}
    return ways


def _ways_of(operator: str, value: Any) -> set[str] | None:
    if operator == "LITERAL":
        return {chr(value)}
    if operator in ("AT", "ASSERT", "ASSERT_NOT"):
        return {""}
    if operator == "IN":
        return _ways_of_class(value)
    if operator == "MAX_REPEAT" and value[1] == 1:
        inner = _ways(value[2])
        return None if inner is None else inner | ({""} if value[0] == 0 else set())
    return _ways(value[3]) if operator == "SUBPATTERN" else _ways_of_branches(value) if operator == "BRANCH" else None


def _ways_of_branches(value: Any) -> set[str] | None:
    branches = [_ways(branch) for branch in value[1]]
    whole: set[str] = set().union(*(branch for branch in branches if branch is not None))
    return whole if all(branch is not None for branch in branches) and len(whole) <= WAYS else None


def _ways_of_class(members: Any) -> set[str] | None:
    """Return the characters of a small class; white space is a space, as in folded text."""
    found = set()
    for operator, value in members:
        if str(operator) == "LITERAL":
            found.add(chr(value))
        elif str(operator) == "RANGE" and value[1] - value[0] < _CLASS:
            found.update(map(chr, range(value[0], value[1] + 1)))
        elif str(value) == "CATEGORY_SPACE":
            found.add(" ")
        else:
            return None
    return found if len(found) <= _CLASS else None

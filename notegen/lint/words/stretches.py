"""A text cut where few expressions reach across, so that what was found in one stretch is known the next time.

The notes of a batch have most of their sentences in common. A cut lies between the end of a sentence and the white
space after it, and between two line breaks. Whether an expression can fit across one is read off the expression: it
must be able to take, or to look at, both characters beside the cut. Where it cannot, it fits a text just where it fits
one of the stretches, each taken with the white space at both of its ends. So a stretch may say that an expression fits
where the text would not have it, and never the other way round.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final

from notegen.lint.words.needs import parsed

STOPS: Final = ".!?"
BLANKS: Final = " \n"
"""The white space that plain text has; a class for white space has both."""
LONGEST: Final = 600
"""Characters of a stretch that is worth remembering; longer ones are looked through each time."""
KEPT: Final = 4096
"""Stretches that are remembered."""

_CUT: Final = re.compile(r"[.!?\n](?:(?<=\n)(?=\n)|(?<!\n)(?=\s))")
_REPEATS: Final = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def stretches(text: str) -> list[str]:
    """Cut plain text; each stretch has the character after its cut as well, with which the next one begins."""
    cuts = [match.end() for match in _CUT.finditer(text)]
    if not cuts:
        return [text]
    return [text[: cuts[0] + 1], *(text[a : b + 1] for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True))]


def crosses(pattern: str) -> bool:
    """Return whether an expression may fit across a cut, or minds where a text begins in a way that a cut upsets."""
    parts = parsed(pattern)
    if _minds_edges(parts, denied=False):
        return True
    return any(_Pair(first, second, {}).of(parts).both for first, second in ((STOPS, BLANKS), ("\n", "\n")))


@dataclass(frozen=True, slots=True)
class _Ways:
    """What a part of an expression may take: nothing, a first character of the second kind, a last of the first.

    `both` is whether it may take one of the first kind and, next to it, one of the second.
    """

    empty: bool = True
    begins: bool = False
    ends: bool = False
    both: bool = False

    def then(self, other: _Ways) -> _Ways:
        """Return what one part followed by another may take."""
        return _Ways(
            self.empty and other.empty,
            self.begins or (self.empty and other.begins),
            other.ends or (other.empty and self.ends),
            self.both or other.both or (self.ends and other.begins),
        )

    def beside(self, other: _Ways) -> _Ways:
        """Return what one of two parts may take."""
        return _Ways(
            self.empty or other.empty, self.begins or other.begins, self.ends or other.ends, self.both or other.both
        )


@dataclass(frozen=True, slots=True)
class _Pair:
    """Looks for expressions that take a character of `first` and, next to it, one of `second`.

    `groups` keeps what the groups may take, for those that are referred to.
    """

    first: str
    second: str
    groups: dict[int, _Ways]

    def of(self, parts: Any) -> _Ways:
        """Return what a sequence of parts may take."""
        whole = _Ways()
        for operator, value in parts:
            whole = whole.then(self._of_one(str(operator), value, whole))
        return whole

    def _of_one(self, operator: str, value: Any, before: _Ways) -> _Ways:
        if operator in _REPEATS:
            once = self.of(value[2])
            often = once.then(once) if value[1] > 1 else once
            return often if value[0] else often.beside(_Ways())
        if operator in ("ASSERT", "ASSERT_NOT"):
            return self._looked_at(value[0], value[1], before)
        if operator in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            takes = _takes(operator, value)
            return _Ways(False, any(map(takes, self.second)), any(map(takes, self.first)))
        return self._of_many(operator, value)

    def _of_many(self, operator: str, value: Any) -> _Ways:
        if operator == "SUBPATTERN":
            inside = self.of(value[3])
            if value[0] is not None:
                self.groups[value[0]] = inside
            return inside
        if operator == "GROUPREF" and value in self.groups:
            return self.groups[value]
        if operator == "BRANCH":
            return reduce(_Ways.beside, map(self.of, value[1]))
        return _Ways() if operator == "AT" else _Ways(True, True, True, True)

    def _looked_at(self, direction: int, parts: Any, before: _Ways) -> _Ways:
        """Return what looking ahead or back adds: the characters are seen, and not taken.

        One character ahead is no harm, since a stretch has the one after its cut.
        """
        seen = self.of(parts)
        if direction < 0:
            return _Ways(True, False, seen.ends, seen.both)
        far = int(parts.getwidth()[1]) > 1
        return _Ways(True, False, False, seen.both or (far and before.ends and seen.begins))


def _takes(operator: str, value: Any) -> Any:
    """Return whether a part that is one character may be a given one."""
    if operator == "LITERAL":
        return lambda one: ord(one) == value
    if operator == "NOT_LITERAL":
        return lambda one: ord(one) != value
    if operator == "ANY":
        return lambda one: one != "\n"
    denied = bool(value) and str(value[0][0]) == "NEGATE"
    return lambda one: any(_is_in(str(kind), member, one) for kind, member in value) != denied


def _is_in(kind: str, member: Any, one: str) -> bool:
    if kind == "LITERAL":
        return bool(ord(one) == member)
    if kind == "RANGE":
        return bool(member[0] <= ord(one) <= member[1])
    if kind != "CATEGORY":
        return False
    name = str(member)
    there = {"SPACE": one.isspace(), "DIGIT": one.isdigit(), "WORD": one.isalnum() or one == "_"}
    return there[name.rpartition("_")[2]] != ("_NOT_" in name)


def _minds_edges(parts: Any, *, denied: bool) -> bool:
    """Return whether an expression asks that a place be no beginning and no end."""
    for operator, value in parts:
        name = str(operator)
        if name == "AT" and denied and "BOUNDARY" not in str(value):
            return True
        if any(_minds_edges(one, denied=denied or name == "ASSERT_NOT") for one in _inside(name, value)):
            return True
    return False


def _inside(name: str, value: Any) -> list[Any]:
    if name == "BRANCH":
        return list(value[1])
    if name == "ATOMIC_GROUP":
        return [value]
    index = {"SUBPATTERN": 3, "ASSERT": 1, "ASSERT_NOT": 1}.get(name, 2 if name in _REPEATS else None)
    return [value[index]] if index is not None else []

"""What a text must hold for an expression to fit, read off the expression itself.

An expression is a sequence of parts. As long as the parts can be written out in a few ways (letters, small classes,
optional words, alternatives) the ways are multiplied; where that ends, the ways so far are one group: a text that holds
none of them cannot fit. The most telling groups are kept.

Needs are looked for in a folded text: lower case, every digit a nought, a space before and after it. So ten digits in a
row are a literal, and `^` and `$` are a space. Behind the text stands what is true of it: CAPITALS, TWICE, LENGTHY.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from operator import eq
from typing import Any, Final

WAYS: Final = 48
"""Ways of writing one stretch that are still multiplied out."""
GROUPS: Final = 3
"""Groups that are kept: more would cost more than they save."""
LONGEST: Final = 16
"""Characters of a literal: longer ones tell no more."""
CAPITALS: Final = "\x01capitals"
"""Said of a text that has two capital letters of English side by side."""
TWICE: Final = "\x01twice"
"""Said of a text in which a word follows itself."""
LENGTHY: Final = "\x01lengthy"
"""Said of a text in which LONG letters and digits of English follow each other."""
LONG: Final = 12

_CLASS: Final = 10
"""Characters of a class that are still tried one by one."""

_SAID: Final = (CAPITALS, TWICE, LENGTHY)
_ODD: Final = str.maketrans({"ſ": "s", "ı": "i", "İ": "i"})
_NOUGHTS: Final = str.maketrans("\n123456789", " 000000000")
_DIGIT: Final = re.compile(r"\d")
_CAPITALS: Final = re.compile("[A-Z][A-Z]")
_WORD: Final = re.compile(r"\w+")
_OPEN: Final = "OPEN"
_CLOSE: Final = "CLOSE"
_REPEATS: Final = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def folded(text: str) -> str:
    """Return plain text as needs are looked for in it, with what is said of it behind."""
    return folded_words(text)[0]


def folded_words(text: str) -> tuple[str, list[str]]:
    """Return folded text, and the words of it."""
    low = lowered(text)
    words = _WORD.findall(low)
    said = CAPITALS if _CAPITALS.search(text) else ""
    if any(map(eq, words, words[1:])):
        said += TWICE
    if max(map(len, words), default=0) >= LONG:
        said += LENGTHY
    if said:
        words += said.split("\x01")[1:]
    return low + said, words


def lowered(text: str) -> str:
    """Return folded text without what is said of it."""
    low = (text if text.isascii() else _DIGIT.sub("0", text.translate(_ODD))).lower().translate(_NOUGHTS)
    return f" {low} "


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


def _flat(parts: Any, *, cased: bool = False) -> Iterator[tuple[str, Any, bool]]:
    """Yield the parts of a sequence, those of its groups among them, each with whether it minds the case."""
    for operator, value in parts:
        if str(operator) == "SUBPATTERN":
            yield _OPEN, value[0], cased
            yield from _flat(value[3], cased=cased or bool(value[2] & re.IGNORECASE))
            yield _CLOSE, value[0], cased
        else:
            yield str(operator), value, cased


def _groups(parts: Any, *, cased: bool = False) -> list[set[str]]:
    """Return what a sequence of parts cannot do without."""
    sequence = list(_flat(parts, cased=cased))
    found: list[set[str]] = [{TWICE}] if _says_twice(sequence) else []
    ways = {""}
    for operator, value, minds in sequence:
        if operator == "ASSERT":
            found += _groups(value[1], cased=minds)
        if operator in _REPEATS and value[1] != 1 and value[0]:
            more, ways = _repeated(value, ways, cased=minds)
            found += more
            continue
        if operator == "AT" and "BOUNDARY" not in str(value):
            # No character is taken, but what is beside the place is known: a line break, or nothing.
            ends = "END" in str(value)
            found.append({way + " " for way in ways} if ends else ways)
            ways = {""} if ends else {" "}
            continue
        several = _ways_of(operator, value)
        if several is None:
            found += [ways, *_inside(operator, value, cased=minds)]
            ways = {""}
        elif len(ways) * len(several) > WAYS:
            found.append(ways)
            ways = set(several)
        else:
            ways = {way + one for way in ways for one in several}
    found.append(ways)
    return [{_cut(way) for way in group} for group in found if all(way.strip() for way in group)]


def _repeated(value: Any, before: set[str], *, cased: bool) -> tuple[list[set[str]], set[str]]:
    """Return what a part that is there once or more cannot do without, and the ways in which its last time may end."""
    least, _, inner = value
    found: list[set[str]] = [{CAPITALS}] if cased and least > 1 and _is_of(inner, _is_capital) else []
    if least >= LONG and _is_of(inner, _is_alphanumeric):
        found.append({LENGTHY})
    ways = _ways(inner)
    if ways is None:
        return [*found, before, *_groups(inner, cased=cased)], _tails(inner)
    run = {""}
    while least and len(run) * len(ways) <= WAYS:
        run, least = {one + way for one in run for way in ways}, least - 1
    if len(before) * len(run) <= WAYS:
        return [*found, {way + one for way in before for one in run}], run
    return [*found, before, run], run


def _tails(parts: Any) -> set[str]:
    """Return the ways in which a sequence may end, as far back as they are few."""
    tails = {""}
    for operator, value, _ in reversed(list(_flat(parts))):
        ways = _ways_of(operator, value)
        if ways is None or len(ways) * len(tails) > WAYS:
            break
        tails = {way + tail for way in ways for tail in tails}
    return tails


def _cut(way: str) -> str:
    return way if way in _SAID else way.translate(_ODD).lower().translate(_NOUGHTS)[:LONGEST]


def _inside(operator: str, value: Any, *, cased: bool) -> list[set[str]]:
    """Return what one part cannot do without that has too many ways to be written out."""
    if operator in _REPEATS:
        return _groups(value[2], cased=cased) if value[0] else []
    if operator != "BRANCH":
        return []
    branches = [_groups(branch, cased=cased) for branch in value[1]]
    if not all(branches):
        return []
    best = (max(groups, key=lambda group: _worth(tuple(group))) for groups in branches)
    return [set().union(*best)]


def _says_twice(sequence: list[tuple[str, Any, bool]]) -> bool:
    """Return whether a sequence asks for a whole word, white space and that word again."""
    parts = [(operator, value) for operator, value, _ in sequence if operator != "ASSERT_NOT"]
    for start, (operator, number) in enumerate(parts):
        if operator != _OPEN or number is None or (_CLOSE, number) not in parts[start:]:
            continue
        end = parts.index((_CLOSE, number), start)
        after = [one for one in parts[end + 1 :] if one[0] not in (_OPEN, _CLOSE)][:3]
        before = [one for one in parts[:start] if one[0] not in (_OPEN, _CLOSE)][-1:]
        edges = [str(value) for operator, value in (*before, *after[2:]) if operator == "AT"]
        if (
            edges == ["AT_BOUNDARY", "AT_BOUNDARY"]
            and after[1] == ("GROUPREF", number)
            and _ways_of(*after[0]) == {" "}
            and all(_is_wordy(*part) for part in parts[start + 1 : end])
        ):
            return True
    return False


def _is_wordy(operator: str, value: Any) -> bool:
    """Return whether a part takes letters of English alone."""
    if operator in _REPEATS:
        return all(_is_wordy(str(one), inner) for one, inner in value[2])
    if operator == "BRANCH":
        return all(_is_wordy(str(one), inner) for branch in value[1] for one, inner in branch)
    if operator != "IN":
        return operator == "LITERAL" and chr(value).isascii() and chr(value).isalpha()
    return all(
        str(kind) == "RANGE" and _is_wordy("LITERAL", end) for kind, member in value for end in _ends(member)
    ) and all(chr(member[0]).islower() == chr(member[1]).islower() for _, member in value)


def _ends(member: Any) -> Any:
    return member if isinstance(member, tuple) else (member,)


def _is_of(parts: Any, kind: Callable[[str], bool]) -> bool:
    """Return whether a sequence is one class of characters of a kind; both ends of a range are."""
    if len(parts) != 1 or str(parts[0][0]) != "IN":
        return False
    return all(
        str(name) in ("LITERAL", "RANGE") and all(kind(chr(end)) for end in _ends(member))
        for name, member in parts[0][1]
    )


def _is_capital(one: str) -> bool:
    return "A" <= one <= "Z"


def _is_alphanumeric(one: str) -> bool:
    return one.isascii() and one.isalnum()


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
        return {_cut(chr(value))}
    if operator in ("AT", "ASSERT", "ASSERT_NOT", _OPEN, _CLOSE):
        return {""}
    if operator == "IN":
        return _ways_of_class(value)
    if operator == "MAX_REPEAT" and value[1] == 1:
        inner = _ways(value[2])
        return None if inner is None else inner | ({""} if value[0] == 0 else set())
    if operator == "MAX_REPEAT" and value[0] == value[1] <= LONGEST:
        return _ways(list(value[2]) * value[0])
    return _ways(value[3]) if operator == "SUBPATTERN" else _ways_of_branches(value) if operator == "BRANCH" else None


def _ways_of_branches(value: Any) -> set[str] | None:
    branches = [_ways(branch) for branch in value[1]]
    whole: set[str] = set().union(*(branch for branch in branches if branch is not None))
    return whole if all(branch is not None for branch in branches) and len(whole) <= WAYS else None


def _ways_of_class(members: Any) -> set[str] | None:
    """Return the characters of a small class; white space is a space and a digit a nought, as in folded text."""
    found = set()
    for operator, value in members:
        if str(operator) == "LITERAL":
            found.add(_cut(chr(value)))
        elif str(operator) == "RANGE" and ("0" <= chr(value[0]) and chr(value[1]) <= "9"):
            found.add("0")
        elif str(operator) == "RANGE" and value[1] - value[0] < _CLASS:
            found.update(_cut(chr(one)) for one in range(value[0], value[1] + 1))
        elif str(value) == "CATEGORY_SPACE":
            found.add(" ")
        elif str(value) == "CATEGORY_DIGIT":
            found.add("0")
        else:
            return None
    return found if len(found) <= _CLASS else None

"""What is known about a customer as words that may be printed: each fact's leaf with its path, and the words of all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from notegen.lint.nouns import GROUP_OF, GROUPS, MAKES, stem
from notegen.lint.plain import plain
from notegen.lint.sayings import Sayings, sayings
from notegen.model.facts import Facts, Value
from notegen.model.junk import is_junk
from notegen.model.schema import Schema

Scalar: TypeAlias = "str | int | float | bool | date"

_UNSPOKEN: Final = frozenset(("preferences", "today", "key"))
_WORD: Final = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_AFTER_HEAD: Final = re.compile(r"\s*(?:,|\(|\b(?:with|for|on|in|at|of|to|from|by|two|three)\b)")
SHORT: Final = frozenset("the a an of and for with in on at to by from or your our my its new".split())
"""Words that say nothing about a thing."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One value that is known; `text` is it as plain words when it is text."""

    path: str
    value: Scalar
    weight: int
    text: str

    @property
    def leaf(self) -> str:
        """The name of the nearest thing above it that has one: `dogs` for `details.dogs.0`."""
        return next((step for step in reversed(self.path.split(".")) if not step.isdigit()), "")


@dataclass(frozen=True, slots=True)
class Thing:
    """What was sold.

    `nouns` are the words that stand for it ("outback", "car"), `own` those of them that its facts use. `years` and
    `makes` are those that its name holds, `groups` what kind of thing it is.
    """

    nouns: frozenset[str]
    own: frozenset[str]
    words: frozenset[str]
    years: frozenset[str]
    makes: frozenset[str]
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known: `facts` by their order in the file, `words` of every text, and the texts as one."""

    facts: tuple[Fact, ...]
    by_path: Mapping[str, Fact]
    words: frozenset[str]
    told: Sayings
    places: tuple[tuple[int, str], ...]
    thing: Thing
    today: date | None

    def text(self, path: str) -> str:
        """Return a fact's text, empty when there is none."""
        fact = self.by_path.get(path)
        return fact.text if fact is not None else ""

    def day(self, path: str) -> date | None:
        """Return a fact that is a date."""
        fact = self.by_path.get(path)
        return fact.value if fact is not None and isinstance(fact.value, date) else None

    def told_at(self, offset: int) -> str:
        """Return the path of the fact that a character of `told` belongs to."""
        return next((path for start, path in reversed(self.places) if start <= offset), "")


def known(facts: Facts, schema: Schema, today: date | None) -> Known:
    """Gather what is known."""
    found = tuple(_facts(facts, schema))
    texts = [one for one in found if one.text]
    places, length = [], 0
    for one in texts:
        places.append((length, one.path))
        length += len(one.text) + 2
    told = sayings("\n\n".join(one.text for one in texts))
    words = told.bag | {part for word in told.bag if "-" in word for part in word.split("-")}
    by_path = {one.path: one for one in found}
    own = facts.get("today")
    day = own if isinstance(own, date) else today
    return Known(found, by_path, words, told, tuple(places), _thing(found), day)


def _facts(facts: Facts, schema: Schema) -> Iterator[Fact]:
    sale = facts.tree.get("sale")
    for root, value in facts.tree.items():
        if root in _UNSPOKEN:
            continue
        if root == "sales" and isinstance(value, tuple):
            for number, one in enumerate(value):
                if one is not sale:
                    yield from _leaves(f"sales.{number}", one, schema)
            continue
        yield from _leaves(root, value, schema)


def _leaves(path: str, value: Value, schema: Schema) -> Iterator[Fact]:
    if isinstance(value, Mapping):
        for key, inside in value.items():
            yield from _leaves(f"{path}.{key}", inside, schema)
    elif isinstance(value, tuple):
        for number, inside in enumerate(value):
            yield from _leaves(f"{path}.{number}", inside, schema)
    elif value is not None and not is_junk(value):
        field = schema.lookup(path)
        text = value if isinstance(value, str) else ""
        text = plain(text).text if text and not (text.isascii() and "\n" not in text) else text
        yield Fact(path, value, field.weight if field is not None else 0, text)


def _thing(facts: tuple[Fact, ...]) -> Thing:
    names = [one.text for one in facts if one.text and one.leaf in ("item", "short") and one.path.startswith("sale")]
    own: set[str] = set()
    words: set[str] = set()
    years: set[str] = set()
    for name in names:
        own |= _heads(name)
        words |= {word.lower() for word in _WORD.findall(name)}
        years |= set(_YEAR.findall(name))
    makes = words & MAKES.keys()
    groups = {MAKES[make] for make in makes if MAKES[make]} | {
        group for word in own for group in GROUP_OF.get(stem(word), ())
    }
    nouns = own.union(*(GROUPS[group] for group in groups))
    return Thing(*map(frozenset, (nouns, own, words, years, makes, groups)))


def _heads(name: str) -> set[str]:
    """Return the words of a name that stand for the thing: its noun, and words with a capital or a digit."""
    cut = _AFTER_HEAD.search(name, 1)
    words = _WORD.findall(name[: cut.start()] if cut else name)
    named = {
        word.lower()
        for word in words
        if (word[0].isupper() or not word.isalpha())
        and not word.isdigit()
        and word.lower() not in MAKES
        and word.lower() not in SHORT
        and not word[0].isdigit()
    }
    if not named:
        named = {word.lower() for word in words if word.lower() in MAKES and word[0].isupper()}
    last = [word for word in words if word[0].islower() and word not in SHORT]
    if last and (not named or GROUP_OF.get(stem(last[-1]))):
        named.add(last[-1])
    return named | {stem(word) for word in named if word.islower()}

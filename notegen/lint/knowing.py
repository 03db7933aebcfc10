"""What is known about a customer as words that may be printed: each fact's leaf with its path, and the words of all."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Final, NamedTuple, TypeAlias

from notegen.lint.nouns import GROUP_OF, GROUPS, MAKES, stem
from notegen.lint.plain import plain
from notegen.lint.sayings import Sayings, sayings
from notegen.model.facts import Facts, Value
from notegen.model.junk import is_junk
from notegen.model.schema import Schema

Scalar: TypeAlias = "str | int | float | bool | date"

_NAMES: Final = ("item", "short")
"""Names of the facts that name what was sold."""
_UNSPOKEN: Final = frozenset(("preferences", "today", "key"))
_WORD: Final = re.compile(r"\w+(?:['.-]\w+)*")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_AFTER_HEAD: Final = re.compile(r"\s*(?:,|\(|\b(?:with|for|on|in|at|of|to|from|by|two|three)\b)")
KEPT: Final = 4096
"""Names of things and weights of facts that are remembered: a batch has few."""
SHOPS: Final = 8
"""Shops whose facts are remembered; a facts' tree is never changed after loading."""
_shops: dict[int, _Shop] = {}
_weights: dict[int, tuple[Schema, dict[str, int]]] = {}
LONG: Final = 30
"""Letters of a text that is no placeholder."""
SHORT: Final = frozenset("the a an of and for with in on at to by from or your our my its new".split())
"""Words that say nothing about a thing."""


class _Shop(NamedTuple):
    """A shop's facts, the words of their texts, and what stands between blanks in these."""

    tree: Value
    facts: tuple[Fact, ...]
    words: frozenset[str]
    spaced: frozenset[str]


class Fact(NamedTuple):
    """One value that is known; `text` is it as plain words when it is text.

    `leaf` is the name of the nearest thing above it that has one: `dogs` for `details.dogs.0`.
    """

    path: str
    value: Scalar
    weight: int
    text: str
    leaf: str


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


@dataclass(frozen=True)
class Known:
    """All that is known: `facts` by their order in the file, `words` of every text; `told` are the texts as one.

    `of_shop` is what stands between blanks in the texts of the shop.

    It has no slots, so that what few notes need is made when it is asked for.
    """

    facts: tuple[Fact, ...]
    by_path: Mapping[str, Fact]
    words: frozenset[str]
    thing: Thing
    today: date | None
    of_shop: frozenset[str] = frozenset()

    @cached_property
    def wording(self) -> str:
        """The texts of all facts as one, in small letters."""
        return "\n\n".join([one.text for one in self.facts if one.text]).lower()

    @cached_property
    def told(self) -> Sayings:
        """The texts of all facts as one text, each a paragraph."""
        return sayings("\n\n".join(one.text for one in self.facts if one.text))

    @cached_property
    def _places(self) -> tuple[list[int], list[str]]:
        texts = [one for one in self.facts if one.text]
        starts = accumulate((len(one.text) + 2 for one in texts), initial=0)
        return list(starts)[:-1], [one.path for one in texts]

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
        starts, paths = self._places
        return paths[bisect_right(starts, offset) - 1]


def known(facts: Facts, schema: Schema, today: date | None) -> Known:
    """Gather what is known."""
    found = tuple(_facts(facts, schema))
    texts = [one.text for one in found if one.text and one.path[:5] != "shop."]
    shop = _of_the_shop(facts.tree.get("shop"), schema)
    words = _words_of("\n\n".join(texts)) | shop.words
    own = facts.get("today")
    day = own if isinstance(own, date) else today
    names = tuple([one.text for one in found if one.text and one.leaf in _NAMES and one.path[:4] == "sale"])
    return Known(found, {one.path: one for one in found}, words, _thing(names), day, shop.spaced)


def _words_of(text: str) -> frozenset[str]:
    """Return the words of a text in small letters, and the parts of those with a hyphen."""
    words = _WORD.findall(text.lower().replace("'s", ""))
    return frozenset((*words, *(part for word in words if "-" in word for part in word.split("-"))))


def _facts(facts: Facts, schema: Schema) -> list[Fact]:
    found: list[Fact] = []
    sale = facts.tree.get("sale")
    for root, value in facts.tree.items():
        if root in _UNSPOKEN:
            continue
        if root == "sales" and isinstance(value, tuple):
            for number, one in enumerate(value):
                if one is not sale:
                    _gather(found, f"sales.{number}", "sales", one, schema)
        elif root == "shop":
            found += _of_the_shop(value, schema).facts
        else:
            _gather(found, root, root, value, schema)
    return found


def _of_the_shop(value: Value, schema: Schema) -> _Shop:
    """Return what is known of the shop: customers that were read together have one and the same tree of it."""
    known = _shops.get(id(value))
    if known is None or known.tree is not value:
        found: list[Fact] = []
        _gather(found, "shop", "shop", value, schema)
        if len(_shops) >= SHOPS:
            _shops.clear()
        known = _shops[id(value)] = _shop(value, tuple(found))
    return known


def _shop(value: Value, facts: tuple[Fact, ...]) -> _Shop:
    text = "\n\n".join(one.text for one in facts)
    return _Shop(value, facts, _words_of(text), frozenset(text.lower().split()))


def _gather(found: list[Fact], path: str, leaf: str, value: Value, schema: Schema) -> None:
    if isinstance(value, str):
        # Junk is a word or two; looking for it in sentences would take longer than all the rest.
        if len(value) > LONG or not is_junk(value):
            text = value if value.isascii() and "\n" not in value and "  " not in value else plain(value).text
            found.append(Fact(path, value, _weight(schema, path), text, leaf))
    elif isinstance(value, tuple):
        for number, inside in enumerate(value):
            _gather(found, f"{path}.{number}", leaf, inside, schema)
    elif isinstance(value, Mapping):
        for key, inside in value.items():
            _gather(found, f"{path}.{key}", key, inside, schema)
    elif value is not None:
        found.append(Fact(path, value, _weight(schema, path), "", leaf))


def _weight(schema: Schema, path: str) -> int:
    """Return how specific a fact is; what lies under a shop, or under what was remembered, need not be looked up."""
    of_schema = _weights.get(id(schema))
    if of_schema is None or of_schema[0] is not schema:
        if len(_weights) >= SHOPS:
            _weights.clear()
        of_schema = _weights[id(schema)] = schema, {}
    weight = of_schema[1].get(path)
    if weight is None:
        root = path.partition(".")[0]
        field = (
            None if root == "shop" else schema.fields.get(path) or schema.lookup(root if root == "remember" else path)
        )
        weight = field.weight if field is not None else 0
        if len(of_schema[1]) < KEPT:
            of_schema[1][path] = weight
    return weight


@lru_cache(maxsize=KEPT)
def _thing(names: tuple[str, ...]) -> Thing:
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

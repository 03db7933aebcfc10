"""How many: "your two sons" when there are three, "all four chairs" when there are six, "the twins"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from notegen.lint.claims.claim import Claim
from notegen.lint.knowing import SHORT, Known
from notegen.lint.nouns import stem
from notegen.lint.sayings import Sayings, sayings
from notegen.lint.spoken import CARDINALS, number_of

_NUMBERS: Final = frozenset((*CARDINALS, "both")) - {"zero", "one"}
_MEASURES: Final = frozenset(
    "year month week day hour minute second mile kilometre kilometer foot inch metre meter time o'clock percent dollar"
    " cent pound euro yen night morning people thing way of degree lap".split()
)
_MORE: Final = frozenset(
    "other another first last next more these than about nearly almost over least most some than of in at old"
    " page platform highway route road street number no or chapter room bay gate aged age".split()
)
_CHILDREN: Final = frozenset(("son", "boy", "daughter", "girl"))
_BIRTHS: Final = {"twins": 2, "triplets": 3}
_AFFIX: Final = re.compile(r"^(?:number_of|num|no_of|count_of|n)_|_(?:count|number|total)$")
_OF_YOU: Final = re.compile(r"\b(three|four|five|six|seven) of you\b", re.IGNORECASE)
_CUSTOM: Final = ("sale.details", "sales.", "remember", "customer.", "problem.")

_BESIDE: Final = " \n,;:"
"""Beside these, a word ends for certain."""
_NUMBERED: Final = re.compile(rf"\d|(?i:{'|'.join(word for word in CARDINALS if word.isalpha())})")
KEPT: Final = 2048
"""Texts of facts whose numbers are remembered: those of the shop are the same in every note."""

_Given = dict[str, dict[int, str]]
"""By noun: each number that a fact gives, with the fact's path."""


def counts(said: Sayings, known: Known) -> Iterator[Claim]:
    """Find numbers of known things that no fact gives."""
    yield from _of_you(said, known)
    numbers = said.bag & _NUMBERS | {word for word in said.bag if word[0].isdigit() and not _years_or_ordinal(word)}
    births = said.bag & _BIRTHS.keys()
    if not numbers and not births:
        return
    given, told = _given(known), None
    if births:
        yield from _births(said, known, given)
    for index in said.find(numbers):
        word = said.low[index]
        number = 2 if word == "both" else number_of(word)
        if number is None or number == 1 or _years_or_ordinal(word) or not _MORE.isdisjoint(said.before(index, 1)):
            continue
        if not _names_a_thing(said, index) or _is_quoted(said, index, known):
            continue
        told = _told(known) if told is None else told
        yield from _judged(said, index, number, given, told)


def _names_a_thing(said: Sayings, index: int) -> bool:
    """Return whether the word after a number may be of things that are counted."""
    after = index + 1
    if after >= len(said.low) or said.low[after] in SHORT or not said.joined(index, after):
        return False
    return stem(said.low[after]) not in _MEASURES


def _is_quoted(said: Sayings, index: int, known: Known) -> bool:
    """Return whether a fact has this number with this noun in the same words: most notes print what is remembered."""
    if said.low[index] == "both":
        return False
    start, end = said.starts[index], said.ends[index + 1]
    phrase = said.small[start:end]
    at = known.wording.find(phrase)
    if at < 0:
        return False
    before, after = known.wording[at - 1 : at], known.wording[at + len(phrase) : at + len(phrase) + 1]
    return not (before and before not in _BESIDE) and not (after and after not in _BESIDE)


def _years_or_ordinal(word: str) -> bool:
    return word.isdigit() and (len(word) == 4 or len(word) > 7)


def _given(known: Known) -> _Given:
    """Return numbers that are facts of their own, and the lengths of lists."""
    given: _Given = {}
    lists: dict[str, int] = {}
    for fact in known.facts:
        custom = fact.path.startswith(_CUSTOM) or fact.path.count(".") == 0
        if isinstance(fact.value, int) and not isinstance(fact.value, bool) and custom:
            noun = stem(_AFFIX.sub("", fact.leaf.lower()).rpartition("_")[2])
            given.setdefault(noun, {})[fact.value] = fact.path
        parent, _, last = fact.path.rpartition(".")
        if last.isdigit() and parent not in ("remember", "customer.household", "sales", "customer.address.lines"):
            lists[parent] = lists.get(parent, 0) + 1
    for parent, length in lists.items():
        given.setdefault(stem(parent.rpartition(".")[2].rpartition("_")[2].lower()), {})[length] = parent
    quantity = known.by_path.get("sale.quantity")
    if quantity is not None and isinstance(quantity.value, int):
        for noun in known.thing.own:
            given.setdefault(stem(noun), {})[quantity.value] = quantity.path
    return given


def _told(known: Known) -> _Given:
    """Return numbers before nouns in the texts of the facts."""
    told: _Given = {}
    for fact in known.facts:
        for noun, number in _numbers_in(fact.text) if fact.text else ():
            told.setdefault(noun, {})[number] = fact.path
    return told


@lru_cache(maxsize=KEPT)
def _numbers_in(text: str) -> tuple[tuple[str, int], ...]:
    """Return the nouns of a text that stand after a number."""
    if _NUMBERED.search(text) is None:
        return ()
    words = sayings(text)
    found: list[tuple[str, int]] = []
    for index in range(len(words.low) - 1):
        number = number_of(words.low[index])
        if number is None or number < 2 or not words.joined(index, index + 1) or _years_or_ordinal(words.low[index]):
            continue
        for place in (index + 1, index + 2):
            if place < len(words.low) and words.joined(index, place) and words.low[place] not in SHORT:
                noun = stem(words.low[place])
                if noun not in _MEASURES:
                    found.append((noun, number))
    return tuple(found)


def _judged(said: Sayings, index: int, number: int, given: _Given, told: _Given) -> Iterator[Claim]:
    sentence = said.sentence_at(said.starts[index])
    for place in (index + 1, index + 2, index + 3):
        if place >= sentence.last or not said.joined(place - 1, place) or said.low[place] in SHORT:
            return
        noun = stem(said.low[place])
        if noun in _MEASURES:
            return
        path = _denied(noun, number, given, told)
        if path is not None:
            if path:
                before = said.before(index, 1)
                sure = noun in given or (bool(before) and before[0] in ("your", "the", "all", "those"))
                yield Claim(said.starts[index], said.ends[place], path, sure=sure)
            return


def _denied(noun: str, number: int, given: Mapping[str, Mapping[int, str]], told: _Given) -> str | None:
    """Return the path that denies a number of a noun; empty when one agrees, None when none is known."""
    known = {**told.get(noun, {}), **given.get(noun, {})}
    if known:
        return "" if number in known else (next(iter(given.get(noun, {}).values()), None) or next(iter(known.values())))
    if noun in _CHILDREN and given.get("child"):
        most = max(given["child"])
        return given["child"][most] if number > most else ""
    if noun == "child" and not _CHILDREN.isdisjoint(given):
        sexes = [one for one in _CHILDREN if one in given]
        return given[sexes[0]][max(given[sexes[0]])] if number < sum(max(given[one]) for one in sexes) else ""
    return None


def _births(said: Sayings, known: Known, given: _Given) -> Iterator[Claim]:
    """Judge twins and triplets against the number of children."""
    for index in said.find(frozenset(_BIRTHS)):
        word = said.low[index]
        if known.told.bag.isdisjoint((word, word[:-1])) and said.before(index, 1) in (("the",), ("your",), ("both",)):
            for noun in ("child", "son", "daughter", "boy", "girl", "baby"):
                most = max(given.get(noun, {0: ""}))
                if 0 < most < _BIRTHS[word]:
                    yield Claim(said.starts[index], said.ends[index], given[noun][most])
                    return


def _of_you(said: Sayings, known: Known) -> Iterator[Claim]:
    """Judge "the four of you" against the household."""
    people = sum(path.startswith("customer.household.") for path in known.by_path)
    if people < 2:
        return
    for match in _OF_YOU.finditer(said.text):
        number = number_of(match[1])
        if number not in (people, people + 1):
            yield Claim(match.start(), match.end(), "customer.household", sure=False)

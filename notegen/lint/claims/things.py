"""What was sold: "the Forester" when it is an Outback, "the 2021 Outback" when it is of 2022, "a 17-foot boat"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from notegen.lint.claims.adjectives import ADJECTIVES
from notegen.lint.claims.claim import POINTING, Claim, is_other
from notegen.lint.knowing import SHORT, Known
from notegen.lint.nouns import GROUP_OF, MAKES, stem
from notegen.lint.sayings import Sayings
from notegen.lint.spoken import MONTHS, WEEKDAYS, number_of

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_UNIT: Final = re.compile(
    r"(\w+?(?:-\w+)?)-(foot|inch|speed|seat|seater|door|piece|gallon|litre|liter|carat|string|burner|drawer|gear"
    r"|horsepower|watt|person|man|tier|storey|story|bedroom|cylinder|ton|drawer|panel|pane)"
)
_BUY: Final = frozenset(
    "buy buying bought purchase purchasing purchased choosing chose ordering ordered leasing leased"
    " enjoy enjoying".split()
)
_BUY_ALONE: Final = frozenset("buy buying bought purchase purchasing purchased ordering ordered".split())
_LOOSE: Final = frozenset("new little big lovely beautiful first fine".split())
_WITH_NEW: Final = frozenset(("your", "the", "that", "this", "you"))
_SELLERS: Final = frozenset("from me us here both out up with".split())
_STOP: Final = (
    SHORT
    | frozenset(
        "that which when who as is was has had will would and so because it you we i after where then here"
        " me us".split()
    )
) - {"new"}
_NOT_SOLD: Final = (
    frozenset(
        "labrador lab retriever beagle poodle spaniel terrier collie corgi dachshund puppy kitten dog cat baby year job"
        " english french spanish german".split()
    )
    | frozenset(WEEKDAYS)
    | frozenset(MONTHS)
)
_APART: Final = frozenset("traded trade-in instead nearly almost than before once dreamed considered".split())


def things(said: Sayings, known: Known) -> Iterator[Claim]:
    """Find other things, makes, years and sizes than the facts give."""
    if not known.thing.own:
        return
    yield from _years(said, known)
    yield from _makes(said, known)
    yield from _models(said, known)
    yield from _sizes(said, known)


def _path(known: Known) -> str:
    return next((path for path in ("sale.item", "sale.short") if path in known.by_path), "sale")


def _followed(said: Sayings, index: int, known: Known, nouns: frozenset[str]) -> bool:
    """Return whether a word is followed, in the same breath, by a noun of the thing that was sold."""
    last = said.sentence_at(said.starts[index]).last
    for place in range(index + 1, min(index + 5, last)):
        word = said.low[place]
        if not said.joined(place - 1, place):
            return False
        if word in nouns:
            return True
        if not (word in ADJECTIVES or word in MAKES or word in known.thing.words or word.isdigit()):
            return False
    return False


def _years(said: Sayings, known: Known) -> Iterator[Claim]:
    thing = known.thing
    if not thing.years:
        return
    years = frozenset([word for word in said.bag if word[:2] in ("19", "20") and _YEAR.fullmatch(word)])
    for index in said.find(years - known.words):
        if not _followed(said, index, known, thing.nouns):
            continue
        sentence = said.within(said.sentence_at(said.starts[index]))
        indefinite = said.before(index, 1) == ("a",)
        theirs = not {"you", "your", "yours"}.isdisjoint(sentence) and _APART.isdisjoint(sentence)
        if (indefinite and theirs) or not is_other(said, index):
            yield Claim(said.starts[index], said.ends[index], _path(known), sure=not indefinite)


def _makes(said: Sayings, known: Known) -> Iterator[Claim]:
    thing = known.thing
    if not thing.makes:
        return
    for index in said.find(frozenset(MAKES)):
        word = said.low[index]
        rival = MAKES[word] in thing.groups or not MAKES[word]
        if not rival or word in known.words or not said.word(index)[0].isupper():
            continue
        sentence = said.within(said.sentence_at(said.starts[index]))
        dated = said.before(index, 1)
        if dated and _YEAR.fullmatch(dated[0]) and dated[0] not in thing.years:
            continue
        pointed = any(one in POINTING for one in said.before(index, 2)) and _APART.isdisjoint(sentence)
        if not is_other(said, index) and (pointed or _followed(said, index, known, thing.own)):
            yield Claim(said.starts[index], said.ends[index], _path(known))


def _models(said: Sayings, known: Known) -> Iterator[Claim]:
    for index in said.find(_BUY | {"new"}):
        start = _object(said, index)
        sentence = said.sentence_at(said.starts[index])
        if start is None or not _APART.isdisjoint(said.within(sentence)):
            continue
        while start < sentence.last - 1 and (said.low[start] in ADJECTIVES or said.low[start] in _LOOSE):
            start += 1
        last = _name_end(said, start, sentence.last)
        if last > start and (claim := _judged(said, start, last, known, said.low[index])) is not None:
            yield claim


def _name_end(said: Sayings, start: int, end: int) -> int:
    """Return where the name of a thing ends: "CR-V", "Yamaha upright piano", "boat"."""
    last = start
    while last < min(end, start + 4) and said.low[last] not in _STOP:
        if last > start and (
            not said.joined(last - 1, last) or not (_is_named(said, last) or said.low[last] in GROUP_OF)
        ):
            break
        last += 1
    return last


def _is_named(said: Sayings, index: int) -> bool:
    return said.word(index)[0].isupper() or not said.low[index].replace("-", "").isalpha()


def _object(said: Sayings, index: int) -> int | None:
    """Return where the words for what was bought begin, after "buying the", "your new"."""
    if said.low[index] == "new":
        return index + 1 if set(said.before(index, 1)) & _WITH_NEW and index + 1 < len(said.low) else None
    place = index + 1
    while place < len(said.low) and said.low[place] in _SELLERS and place < index + 4:
        place += 1
    if place + 1 < len(said.low) and said.low[place] in ("the", "your", "that", "this") and said.joined(index, place):
        return place + 1
    return None


def _judged(said: Sayings, start: int, last: int, known: Known, verb: str) -> Claim | None:
    """Return a claim when the words start..last are the name of another thing than was sold."""
    words = said.low[start:last]
    told = known.thing.nouns | (known.words - SHORT)
    if not _NOT_SOLD.isdisjoint(words) or any(not told.isdisjoint((word, stem(word))) for word in words):
        return None
    groups = GROUP_OF.get(words[-1], ())
    whole = said.starts[start], said.ends[last - 1], _path(known)
    bought = verb in _BUY
    if groups and known.thing.groups.isdisjoint(groups) and (known.thing.groups or bought):
        return Claim(*whole, sure=bool(known.thing.groups))
    if groups or words[-1].isdigit():
        return None
    if _is_named(said, last - 1) and (bought or _goes_by_a_name(known)):
        return Claim(*whole, sure=_goes_by_a_name(known))
    return Claim(*whole, sure=False) if verb in _BUY_ALONE and _sold_here(said, last) else None


def _sold_here(said: Sayings, index: int) -> bool:
    """Return whether "from me", "from us", "here" follow."""
    return said.low[index : index + 2] in (("from", "me"), ("from", "us")) or said.low[index : index + 1] == ("here",)


def _goes_by_a_name(known: Known) -> bool:
    """Return whether what was sold goes by a name, as an Outback does and a table does not."""
    return any(word[:1].isupper() for word in (known.text("sale.item") or known.text("sale.short")).split())


def _sizes(said: Sayings, known: Known) -> Iterator[Claim]:
    for index, word in enumerate(said.low) if "-" in said.text else ():
        match = _UNIT.fullmatch(word) if "-" in word else None
        number = number_of(match[1]) if match else None
        if match is None or number is None or not _followed(said, index, known, known.thing.nouns):
            continue
        given = [
            (number_of(one[1]), known.told_at(known.told.starts[place]))
            for place, told in enumerate(known.told.low)
            if "-" in told and (one := _UNIT.fullmatch(told)) and one[2] == match[2]
        ]
        if given and number not in {amount for amount, _ in given}:
            yield Claim(said.starts[index], said.ends[index], given[0][1])

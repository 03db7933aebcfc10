"""Words of a template that are facts of the customer who is being written to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from notegen.lint.claims.adjectives import COLOURS
from notegen.lint.knowing import SHORT, Fact, Known
from notegen.lint.nouns import MAKES
from notegen.lint.place import fact_span, pieces_of
from notegen.lint.reading import Found, Knowledge, Reading
from notegen.lint.sayings import Sayings
from notegen.lint.spoken import days_in, number_of, weekday
from notegen.model.diagnostic import Related, Severity
from notegen.model.note import Role

_Place = tuple[int, int, str, str]
"""Start and end in plain text, the fact's path, and the expression that prints it."""

_IDIOMS: Final = re.compile(
    r"\b(?:black and white|white lies?|red tape|red carpet|green light|red light|blue sky|blue skies"
    r"|(?:black|blue|green) ink"
    r"|gold(?:en)? (?:rule|standard|medal|star)|out of the blue|silver (?:lining|bullet|spoon)|green (?:thumb|fingers?)"
    r"|gr[ae]y area|orange juice|red (?:wine|cross|letter)|white (?:paper|wine|board|christmas)|black (?:coffee|friday)"
    r"|rose (?:to|from|up)|in the (?:red|black|pink)|lime juice|with flying)\b",
    re.IGNORECASE,
)
_REPEATED: Final = frozenset("next every each any by until till open closed before coming".split())
_COMMON: Final = frozenset(
    "help time times visit family work home house room road street card note letter gift order model colour color size"
    " none same yours best good great nice small large first last blue free full long open early late today music food"
    " garden coffee lunch dinner morning evening summer winter spring autumn weekend holiday husband wife daughter son"
    " mother father children kids friend friends neighbour neighbor service delivery standard basic regular cash check"
    " left right back front both phone online store shop left-handed monthly yearly weekly".split()
)
_NAMES: Final = ("customer.name", "customer.first_name", "customer.last_name", "customer.household")
LEAST: Final = 13
"""A number below this may stand in any text."""


def hard_coded(reading: Reading, knowledge: Knowledge) -> Iterator[Found]:
    """Find facts of the customer among the template's own words."""
    known, said = knowledge.known, knowledge.said
    ending = [*reading.parts(Role.SIGNATURE), *reading.parts(Role.CLOSING)]
    seen: set[int] = set()
    for start, end, path, expression in sorted(_places(said, known), key=lambda place: (place[0], -place[1])):
        first, last = reading.plain.original(start, end)
        pieces = pieces_of(reading.note, first, last)
        signed = any(block.start <= first < block.end for block in ending)
        if signed or first in seen or not pieces or any(piece.reads for piece in pieces):
            continue
        seen.update(range(first, last))
        span = fact_span(reading.context.facts, path)
        related = (Related(span, f"{path} is given here"),) if span is not None else ()
        message = f"'{{text}}' is written into the template, and it is {path} of this customer"
        yield Found(first, last, message, f"use {{{{ {expression} }}}}", Severity.WARNING, related)


def _places(said: Sayings, known: Known) -> Iterator[_Place]:
    shops = known.of_shop
    for fact in known.facts:
        if fact.path.startswith("shop."):
            continue
        if isinstance(fact.value, date):
            yield from _date(said, fact)
        elif isinstance(fact.value, int | float):
            yield from _number(said, fact)
        elif fact.path.startswith(_NAMES):
            yield from _words(said, fact, _capitals(said, fact.text.lower().split(), shops))
        elif fact.weight > 0 and fact.leaf in ("item", "short", "colour", "color"):
            yield from _thing(said, known, fact, shops)
        elif (fact.weight > 0 and not fact.path.startswith("remember.")) or fact.path == "customer.address.city":
            yield from _value(said, fact, shops)
    return


def _date(said: Sayings, fact: Fact) -> Iterator[_Place]:
    day = fact.value
    if not isinstance(day, date) or fact.weight == 0:
        return
    dated = [one for one in days_in(said.text) if one.means(day)] if re.search(r"\d", said.text) else []
    yield from ((one.start, one.end, fact.path, f"{fact.path} | day_month") for one in dated)
    if fact.path == "sale.date":
        for index in said.find(frozenset((weekday(day),))):
            if _REPEATED.isdisjoint(said.before(index, 2)):
                yield said.starts[index], said.ends[index], fact.path, f"{fact.path} | weekday"


def _number(said: Sayings, fact: Fact) -> Iterator[_Place]:
    value = fact.value
    yearlike = isinstance(value, int) and 1900 <= value <= 2100
    if isinstance(value, bool) or not isinstance(value, int) or value < LEAST or yearlike:
        return
    if fact.weight > 0 or fact.leaf == "price":
        for index, word in enumerate(said.low):
            if (word[0].isdigit() or word.isalpha()) and number_of(word) == value:
                yield said.starts[index], said.ends[index], fact.path, fact.path
        for match in re.finditer(rf"\b{value:,}\b", said.text) if value > 999 else ():
            yield match.start(), match.end(), fact.path, fact.path


def _capitals(said: Sayings, words: list[str], shops: frozenset[str]) -> Iterator[int]:
    wanted = frozenset(word for word in words if len(word) > 2 and word not in shops and word not in SHORT)
    for index in said.find(wanted):
        if said.word(index)[0].isupper() or not said.low[index].isalpha():
            yield index


def _words(said: Sayings, fact: Fact, places: Iterator[int]) -> Iterator[_Place]:
    path = ".".join(step for step in fact.path.split(".") if not step.isdigit())
    yield from ((said.starts[index], said.ends[index], fact.path, path) for index in places)


def _thing(said: Sayings, known: Known, fact: Fact, shops: frozenset[str]) -> Iterator[_Place]:
    low = fact.text.lower()
    if fact.leaf in ("colour", "color"):
        for index in said.find(frozenset(word for word in low.split() if word in COLOURS or " " not in low)):
            around = said.text[max(0, said.starts[index] - 12) : said.ends[index] + 14]
            if not _IDIOMS.search(around):
                yield said.starts[index], said.ends[index], fact.path, fact.path
        return
    named = [word.strip(",") for word in fact.text.split() if word[0].isupper() or not word.isalpha()]
    own = [word.lower() for word in named if word.lower() in known.thing.own and word.lower() not in MAKES]
    yield from _words(said, fact, _capitals(said, own, shops))
    phrase = low.removeprefix("the ")
    if phrase.count(" ") and not own:
        yield from _phrase(said, fact, phrase)


def _value(said: Sayings, fact: Fact, shops: frozenset[str]) -> Iterator[_Place]:
    low = fact.text.lower()
    words = low.split()
    if len(words) > 4 or len(low) < 4 or low in shops or set(words) <= _COMMON | SHORT:
        return
    if len(words) > 1 or fact.text.islower():
        yield from _phrase(said, fact, low)
    else:
        yield from _words(said, fact, _capitals(said, words, shops))


def _phrase(said: Sayings, fact: Fact, phrase: str) -> Iterator[_Place]:
    low = said.small
    start = low.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        if not (low[start - 1 : start].isalnum() or low[end : end + 1].isalnum()):
            yield start, end, fact.path, fact.path
        start = low.find(phrase, end)

"""Names in a text that are nearly, and not quite, names that the facts give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from unicodedata import combining, normalize

from notegen.lint.knowing import KEPT, Known
from notegen.lint.nouns import GROUP_OF, stem
from notegen.lint.sayings import Sayings
from notegen.lint.spoken import MONTHS, WEEKDAYS

_WORD: Final = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_CAPITAL: Final = re.compile(r"[A-Z](?<!\w[A-Z])[^\W\d_]+(?:['-][^\W\d_]{2,})*")
_GREETED: Final = re.compile(
    r"^[ \t]*(?:dear|hi|hello|hey|liebe[rs]?|cher|chère|querid[oa]|cara|caro|kjære|kära|beste"
    r"|good (?:morning|afternoon|evening))[ ,]+([^\n,:!]+)",
    re.I | re.M,
)
_TITLES: Final = frozenset(
    "mr mrs ms miss mx dr prof professor sir madam rev reverend father sister captain and & san sensei sama herr frau"
    " señor señora mr. mrs. ms. dr. the family all both everyone everybody jr sr ii iii friend friends neighbour"
    " neighbor my very own you folks team".split()
)
_FOREIGN: Final = frozenset(
    "der das und ist nicht ein eine ich sie wir mit für auf den dem im vous votre les des est et pour avec nous le une"
    " los las que con por su para il che di per sono een het van niet op og det som på ikke att och är".split()
)
_DOES: Final = frozenset("had has was is will would says said asked taught took came went".split())
"""What a name that opens a sentence goes on to do."""
_ADDRESSED: Final = frozenset("dear mr mrs ms miss dr prof mx".split())
_NO_NAME: Final = frozenset((*WEEKDAYS, *MONTHS, "the", "and", "for", "with", "their", "there", "when", "that", "this"))
_WHOSE: Final = frozenset(
    "brother sister mother father uncle aunt cousin friend neighbour neighbor son daughter wife".split()
)
_SURE: Final = ("customer.name", "customer.first_name", "customer.last_name", "customer.greeting", "customer.household")
_Words = set[str] | frozenset[str]
SHORTEST: Final = 4
"""Letters of a name below which a near one is taken for another."""


@dataclass(frozen=True, slots=True)
class Near:
    """A word at start..end of plain text that is nearly the name in the fact at `path`, or that greets a stranger."""

    start: int
    end: int
    name: str
    path: str
    sure: bool


def near_names(said: Sayings, known: Known) -> Iterator[Near]:
    """Find names that are spelled otherwise than the facts spell them."""
    names = _names(known)
    if not names:
        return
    greeted = _greeting(said)
    found = list(_spelled(said, known, names))
    yield from found
    if greeted is not None and known.text("customer.name"):
        yield from _stranger(said, known, greeted, [one.start for one in found])


def _greeting(said: Sayings) -> tuple[int, int] | None:
    match = _GREETED.search(said.text)
    return match.span(1) if match else None


def _names(known: Known) -> dict[str, str]:
    """Return the words of names, as they are written, with the paths that give them."""
    names: dict[str, str] = {}
    for fact in known.facts:
        person = fact.path.startswith(_SURE)
        if not fact.text or not (person or _is_name(fact.path, fact.leaf)):
            continue
        for word in _names_in(fact.text, 3 if person else SHORTEST):
            names.setdefault(word, fact.path)
    return names | {word: path for word, path in _told(known) if word not in names}


@lru_cache(maxsize=KEPT)
def _names_in(text: str, least: int) -> tuple[str, ...]:
    """Return the words of a name of so many letters that have a capital and are no titles or things."""
    return tuple(
        word
        for word in _WORD.findall(text)
        if word[0].isupper() and len(word) >= least and not word.isdigit()
        if word.lower() not in _TITLES and not GROUP_OF.get(stem(word.lower()))
    )


def _told(known: Known) -> Iterator[tuple[str, str]]:
    """Yield words with a capital in what is remembered; one that begins a sentence must be long to be a name."""
    for fact in known.facts:
        if fact.text and fact.path.startswith(("remember", "sale.details")):
            for match in _CAPITAL.finditer(fact.text):
                begins = fact.text[max(0, match.start() - 2) : match.start()] in ("", ". ", "? ", "! ")
                begins = begins and fact.text.count(" ") > 2
                if len(match[0]) > (6 if begins else SHORTEST):
                    yield match[0], fact.path


def _is_name(path: str, leaf: str) -> bool:
    return (
        leaf in ("salesperson", "signer", "company", "city", "short", "item", "by", "chosen_by") or path == "shop.name"
    )


def _spelled(said: Sayings, known: Known, names: dict[str, str]) -> Iterator[Near]:
    right = known.words.union([name.lower() for name in names])
    folded = {_fold(name): name for name in names}
    letters = frozenset(_kin(name[0]) for name in folded)
    begins = {sentence.first for sentence in said.sentences}
    for index, low in _looked_at(said):
        if low in right or len(low) < 3 or not said.text[said.starts[index]].isupper() or _is_known(said, index, right):
            continue
        form = _fold(low)
        if form in folded:
            name = folded[form]
            yield Near(said.starts[index], said.ends[index], name, names[name], sure=False)
        elif len(low) >= SHORTEST and _kin(form[0]) in letters and not _may_be_any_word(said, index, begins, right):
            near = next((name for other, name in folded.items() if _is_near(form, other)), None)
            if near is not None and not _is_somebody_else(said, index, right):
                sure = names[near].startswith(_SURE) and index not in begins
                yield Near(said.starts[index], said.ends[index], near, names[near], sure)


def _looked_at(said: Sayings) -> Iterable[tuple[int, str]]:
    """Return the words that may be names: all of an English text, the greeting's where every noun has a capital."""
    if len(said.bag & _FOREIGN) < 2:
        return enumerate(said.low)
    greeted = _greeting(said) or (0, 0)
    return [(index, low) for index, low in enumerate(said.low) if greeted[0] <= said.starts[index] < greeted[1]]


def _is_known(said: Sayings, index: int, right: _Words) -> bool:
    """Return whether a word is a date, several of something known ("the Walshes"), or made of known words."""
    low = said.low[index]
    if _is_date(said, index, right) or ("-" in low and set(low.split("-")) <= right):
        return True
    several = low.endswith("s") and (low[:-1] in right or low[:-2] in right)
    return several and _ADDRESSED.isdisjoint(said.before(index, 1))


def _may_be_any_word(said: Sayings, index: int, begins: set[int], right: _Words) -> bool:
    """Return whether a word has its capital for opening a sentence: "Take", and not a Tate misspelt."""
    if index not in begins or len(said.low[index]) > 5 or said.text.startswith("'s", said.ends[index]):
        return False
    after = said.low[index + 1 : index + 2]
    if not after or after[0] in _DOES:
        return not after
    return not (after[0] in right and said.word(index + 1)[0].isupper())


def _is_date(said: Sayings, index: int, right: _Words) -> bool:
    """Return whether a word is a month or a weekday, and not a name in "Leo and April"."""
    before = said.before(index, 2)
    return said.low[index] in _NO_NAME and not (before[1:] == ("and",) and before[0] in right)


def _is_somebody_else(said: Sayings, index: int, right: _Words) -> bool:
    """Return whether a near name has a family name of its own, or is said to be a relative's, or opens a sentence."""
    before = said.before(index, 2)
    if any(word in _WHOSE and word not in right for word in before):
        return True
    sentence = said.sentence_at(said.starts[index])
    after = index + 1
    followed = after < sentence.last and said.joined(index, after) and said.word(after)[0].isupper()
    return followed and said.low[after] not in right and not said.text.startswith("'", said.ends[index])


@lru_cache(maxsize=8192)
def _fold(name: str) -> str:
    small = name.lower()
    if small.isascii():
        return small
    bare = "".join(part for part in normalize("NFKD", small) if not combining(part))
    return bare.translate({ord("ø"): "o", ord("ł"): "l", ord("ß"): "ss", ord("æ"): "ae"})


def _kin(letter: str) -> str:
    """Return one letter for those that names exchange at their beginning: Catherine and Katherine."""
    return {"c": "k", "j": "y", "p": "f", "v": "w", "g": "j", "i": "y"}.get(letter, letter)


def _is_near(one: str, other: str) -> bool:
    """Return whether one slip, or two in a long name, turns one into the other."""
    if one == other or abs(len(one) - len(other)) > 2 or _kin(one[0]) != _kin(other[0]):
        return False
    longest = max(len(one), len(other))
    return distance(one, other, 2) <= (1 if longest < 7 else 2)


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters are changed, put in, left out or swapped; anything above `most` is most + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, before_above, row = row, before, [i]
        for j, against in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before_above[j - 2] + 1)
            row.append(cost)
        before = above
        if min(row) > most:
            return most + 1
    return row[-1]


def _stranger(said: Sayings, known: Known, greeted: tuple[int, int], near: list[int]) -> Iterator[Near]:
    """Find a greeting that has a name and none of the customer's."""
    start, end = greeted
    theirs = {
        part
        for fact in known.facts
        if fact.path.startswith(("customer.", "key")) and fact.text
        for word in _WORD.findall(fact.text.lower())
        for part in (word, *word.split("-"))
    }
    folded = {_fold(word) for word in theirs}
    for match in _WORD.finditer(said.text, start, end):
        word = match[0].lower().removesuffix("'s")
        parts = {_fold(part) for part in (word, *word.split("-"))}
        if word in _TITLES or not match[0][0].isupper() or match.start() in near or not folded.isdisjoint(parts):
            continue
        if any(_is_short_for(part, whole) for part in parts for whole in folded):
            continue
        yield Near(match.start(), match.end(), "", _greeted_by(known), sure=True)


def _greeted_by(known: Known) -> str:
    paths = ("customer.greeting", "customer.first_name", "customer.name")
    return next((path for path in paths if path in known.by_path), "customer.name")


_SHORT_FORMS: Final = (
    "william bill billy will liam|robert bob bobby rob|richard rick dick rich|margaret peggy meg maggie|james jim jimmy"
    " jamie|john jack johnny|elizabeth liz beth betty eliza lizzie|catherine katherine kate cathy kathy katie kitty"
    "|edward ed ted eddie ned|charles charlie chuck|henry hank harry|michael mike mick|thomas tom tommy|anthony tony"
    "|dorothy dot dottie|joseph joe|susan sue susie|deborah deb debbie|theodore ted theo|francis frank|francisco paco"
    "|josé pepe|lawrence larry|harold hal harry|mary polly molly|sarah sally sadie|walter walt|abigail abby gail"
)
_FAMILIES: Final = tuple(frozenset(line.split()) for line in _SHORT_FORMS.split("|"))


def _is_short_for(word: str, name: str) -> bool:
    """Return whether somebody of a name may be called so."""
    if len(word) > 1 and len(name) > len(word) and name.startswith(word):
        return True
    return any(word in family and name in family for family in _FAMILIES)

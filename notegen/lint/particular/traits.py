"""What a word says about its sentence: that it could be in anybody's letter, or that it is about somebody."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from notegen.lint.particular.lexicon import Theme, is_abstract, theme


class Trait(StrEnum):
    """A kind of word, or of sentence, that letters to everyone and letters to one person do not share alike."""

    PRAISE = "praise"
    PROMISE = "promise"
    BUSINESS = "business"
    OFFERS = "offers"
    PLAIN = "plain"
    TRADES = "trades"
    CHEER = "cheer"
    ABSTRACT = "abstract"
    OURS = "ours"
    ALL = "all"
    HYPE = "hype"
    ARE = "are"
    EXCLAIMED = "exclaimed"
    MINE = "mine"
    WAS = "was"
    TOLD = "told"
    NOT = "not"
    OUTSIDE = "outside"
    NAME = "name"
    WHEN = "when"
    NUMBER = "number"
    HUMAN = "human"
    KIN = "kin"
    DEED = "deed"


HOLDS: Final = frozenset(
    {Trait.OUTSIDE, Trait.NAME, Trait.WHEN, Trait.NUMBER, Trait.HUMAN, Trait.KIN, Trait.DEED},
)
"""The traits that make a sentence particular: a thing, a name, a day, a number, a person, a deed."""

PAST: Final = frozenset(
    "ate bent bit blew bought broke caught climbed crept cut dug drank drove dropped fed fell fetched flew forgot froze"
    " held hid hit hung knelt laid lent meant paid put ran rang rode rose sang sat saw said sent shook shut slept slid"
    " spilled spilt stole stood stuck swam swept swore swung taught told tore threw went woke wore wrote asked answered"
    " argued borrowed carried counted knew laughed noticed read rescued returned rebuilt stopped turned waited watched"
    " phoned telephoned apologised apologized checked cleaned mended moved opened pulled pushed sounded wondered"
    " spoke took brought came found left lost thought".split()
)
"""Verbs of the past that tell a story."""
CUSTOMARY: Final = frozenset(
    "chose selected trusted joined decided visited purchased chosen allowed entrusted supported placed shared deserved"
    " needed wanted expected enjoyed loved liked hoped wished made gave felt met took brought meant thought knew cared"
    " earned helped picked showed continued kept put smashed believed turned knew lost found left came".split()
)
"""What every customer of every firm is said to have done."""

_LISTS: Final = {
    Trait.HUMAN: "he she him her his hers he's she's he'd she'd he'll she'll himself herself",
    Trait.OURS: "we our us ours ourselves we're we've we'll we'd",
    Trait.MINE: "i me my mine myself i'm i've i'll i'd",
    Trait.ALL: "every each all any always everyone everything everybody anyone anything anywhere everywhere whatever"
    " whenever wherever whichever both many countless endless never forever ever entire whole most more best",
    Trait.NOT: "not no nor didn't wasn't couldn't hadn't isn't don't doesn't weren't won't nobody nothing never",
    Trait.WAS: "was were had did been wasn't weren't hadn't didn't",
    Trait.ARE: "is are is has have be am it's that's we're we've i'm i've you're you've",
    Trait.HYPE: "so very truly really incredibly just simply extremely absolutely highly greatly",
    Trait.KIN: "mother father mum mom mam dad sister brother son sons daughter daughters grandmother grandfather"
    " grandma grandpa granny nan grandson granddaughter grandchildren aunt uncle niece nephew cousin husband wife boys"
    " girls twins fiancé fiancée stepson neighbour neighbor neighbours neighbors vicar boy girl",
    Trait.NUMBER: "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety half twice third fourth fifth"
    " sixth seventh eighth ninth tenth",
}
_LISTED: Final = {
    word: tuple(trait for trait in _LISTS if word in _LISTS[trait].split())
    for word in {word for words in _LISTS.values() for word in words.split()}
}
_WHEN: Final = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?(?:'s)?|january|february|april|june|july|august|september|october"
    r"|november|december|yesterday|tomorrow|tonight|morning|afternoon|evening|noon|midnight|o'clock|easter"
    r"|thanksgiving"
)
_FIGURE: Final = re.compile(r"\d{1,4}(?:[:.]\d\d)?(?:st|nd|rd|th|am|pm)?")


@lru_cache(maxsize=8192)
def traits(word: str) -> tuple[Trait, ...]:
    """Return the traits of a word in lower case; one outside the lexicon is OUTSIDE."""
    if word[0].isdigit():
        return (Trait.NUMBER,) if _FIGURE.fullmatch(word) else ()
    if _WHEN.fullmatch(word):
        return (Trait.WHEN,)
    listed = _LISTED.get(word, ())
    told = (Trait.TOLD,) if word in PAST else ()
    kind = theme(word)
    if kind is None:
        abstract = is_abstract(word)
        return listed + (told or ((Trait.ABSTRACT,) if abstract else () if listed else (Trait.OUTSIDE,)))
    own = () if kind is Theme.FUNCTION else (Trait(kind.value),)
    return listed + told + own + ((Trait.ABSTRACT,) if own and is_abstract(word) else ())

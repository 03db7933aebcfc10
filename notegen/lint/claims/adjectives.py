"""Colours and materials: "the blue Outback" when it is red, "the oak table" when it is walnut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Final

from notegen.lint.claims.claim import Claim, is_other
from notegen.lint.knowing import KEPT, SHORT, Fact, Known
from notegen.lint.nouns import MAKES, stem
from notegen.lint.sayings import Sayings, sayings

_FAMILIES: Final = """
red: red crimson scarlet burgundy maroon ruby raspberry cherry wine vermilion brick
pink: pink rose raspberry magenta salmon fuchsia
orange: orange copper rust apricot tangerine salmon
yellow: yellow gold golden mustard lemon cream
green: green emerald olive teal mint lime sage turquoise
blue: blue navy teal turquoise azure cobalt indigo cyan
purple: purple violet lilac lavender plum indigo magenta burgundy
brown: brown tan chestnut chocolate bronze copper beige khaki rust walnut
grey: grey gray silver charcoal graphite gunmetal slate pewter
black: black ebony charcoal
white: white ivory cream pearl
beige: beige tan sand cream champagne ivory khaki
"""
_MATERIALS: Final = """
wood: oak walnut pine maple cherry teak ash mahogany beech birch cedar elm rosewood spruce ebony
stone: diamond sapphire emerald ruby opal pearl amethyst topaz garnet aquamarine turquoise
metal: gold silver platinum brass bronze copper titanium aluminium aluminum steel
cloth: leather linen wool woollen cotton velvet silk denim suede
roof: cedar slate tile tiled thatch thatched tin copper asphalt
counter: granite marble quartz slate soapstone
"""
Senses = Mapping[str, frozenset[str]]
"""What an adjective may say: of each category (colour, wood, stone), which of its families."""


def _senses() -> dict[str, dict[str, frozenset[str]]]:
    made: dict[str, dict[str, set[str]]] = {}
    for line in _FAMILIES.strip().splitlines():
        family, words = line.split(":")
        for word in words.split():
            made.setdefault(word, {}).setdefault("colour", set()).add(family)
    for line in _MATERIALS.strip().splitlines():
        category, words = line.split(":")
        for word in words.split():
            made.setdefault(word, {}).setdefault(category, set()).add(word)
    return {word: {one: frozenset(all_) for one, all_ in senses.items()} for word, senses in made.items()}


SENSES: Final[Mapping[str, Senses]] = _senses()
ADJECTIVES: Final = frozenset(SENSES)
COLOURS: Final = frozenset(word for word, senses in SENSES.items() if "colour" in senses)

_MODIFIERS: Final = frozenset(
    "new little big small lovely beautiful shiny bright dark light deep pale fine good great brand-new handsome old"
    " metallic long tall solid".split()
)
_ATTRIBUTES: Final = frozenset(
    "colour color paint stone metal wood material finish fabric upholstery trim gem counter".split()
)
"""Names of facts that describe the thing sold, and not a thing of their own."""
_STAND_INS: Final = frozenset(("one", "paint", "finish"))
_LINKS: Final = frozenset(("is", "was", "in", "looks", "looked"))
_CHOSE: Final = frozenset(("chose", "picked", "choosing", "picking", "with", "on"))
_APART: Final = frozenset("nearly almost instead traded than would".split())
_THERE: Final = frozenset("in at by next across outside behind near".split())
_COUNTER: Final = frozenset(
    "nearly almost instead rather traded trade-in called considered not never over wanted once until before than if"
    " would".split()
)
"""In a sentence with one of these, a thing may be said to be what it is not."""

_Stated = dict[str, dict[str, dict[str, str]]]
"""By noun and category: each family that a fact gives, with the fact's path."""


def adjectives(said: Sayings, known: Known) -> Iterator[Claim]:
    """Find colours and materials of known things that no fact gives them."""
    if said.bag.isdisjoint(ADJECTIVES):
        return
    stated = _stated(known)
    for index in said.find(ADJECTIVES):
        noun = _noun(said, index, stated, known)
        path = _denied(said.low[index], stated.get(noun, {})) if noun else ""
        if path:
            yield Claim(said.starts[index], said.ends[index], path)


def _stated(known: Known) -> _Stated:
    stated: _Stated = {}
    for fact in known.facts:
        if fact.text:
            for noun in _nouns_of(fact, known):
                for word in fact.text.lower().replace("-", " ").split():
                    _state(stated, noun, word.strip(",.;"), fact.path)
    for noun, word, path in _told(known):
        _state(stated, noun, word, path)
    return stated


def _told(known: Known) -> Iterator[tuple[str, str, str]]:
    """Yield the nouns that stand after adjectives in the facts' texts: the noun, the adjective, the fact's path."""
    there = known.words & ADJECTIVES
    for fact in known.facts if there else ():
        if " " not in fact.text or not any(word in fact.text.lower() for word in there):
            continue
        told = sayings(fact.text)
        for index in told.find(ADJECTIVES):
            after = index + 1
            if after < len(told.low) and told.joined(index, after) and told.low[after] not in ADJECTIVES:
                yield stem(told.low[after]), told.low[index], fact.path


def _nouns_of(fact: Fact, known: Known) -> frozenset[str]:
    """Return the nouns that the whole of a fact's text describes."""
    if fact.leaf in _ATTRIBUTES or (fact.leaf in ("item", "short") and fact.path.startswith("sale")):
        return _stems(known.thing.nouns) | {fact.leaf}
    if len(fact.text) < 40 and fact.text.count(" ") < 4 and not fact.path.startswith(("customer", "shop")):
        return frozenset((stem(fact.leaf.rpartition("_")[2]),))
    return frozenset()


@lru_cache(maxsize=KEPT)
def _stems(nouns: frozenset[str]) -> frozenset[str]:
    return frozenset(map(stem, nouns)) | _STAND_INS


def _state(stated: _Stated, noun: str, word: str, path: str) -> None:
    for category, families in SENSES.get(word, {}).items():
        of_noun = stated.setdefault(noun, {}).setdefault(category, {})
        for family in families:
            of_noun.setdefault(family, path)


def _denied(word: str, stated: Mapping[str, Mapping[str, str]]) -> str:
    """Return the path of the fact that an adjective contradicts, in every sense that it has."""
    senses = SENSES[word]
    if any(not families.isdisjoint(stated.get(category, ())) for category, families in senses.items()):
        return ""
    return next((path for category in senses for path in stated.get(category, {}).values()), "")


def _noun(said: Sayings, index: int, stated: _Stated, known: Known) -> str:
    """Return the known noun that an adjective describes, when it can be no other thing of that name."""
    sentence = said.sentence_at(said.starts[index])
    words = frozenset(said.low[sentence.first : index])
    noun = _after(said, index, sentence.last, stated, known)
    if noun:
        first = index
        while first > sentence.first and _modifies(said, first - 1):
            first -= 1
        apart = is_other(said, first) or "old" in said.low[first:index] or not words.isdisjoint(_APART)
        apart = apart or _stands_elsewhere(said, first, index, sentence.last)
        return "" if apart else noun
    if not words.isdisjoint(_COUNTER):
        return ""
    return _before(said, index, sentence.first, sentence.last, known)


def _stands_elsewhere(said: Sayings, first: int, index: int, last: int) -> bool:
    """Return whether "the black one in the corner" is another of its kind."""
    if said.before(first, 1) != ("the",):
        return False
    follow = said.low[index + 1 : min(index + 5, last)]
    return any(one in _THERE and two in ("the", "our", "my", "door") for one, two in pairwise(follow))


def _modifies(said: Sayings, index: int) -> bool:
    return said.low[index] in ADJECTIVES | _MODIFIERS and said.joined(index, index + 1)


def _after(said: Sayings, index: int, last: int, stated: _Stated, known: Known) -> str:
    """Return the noun in "red Outback", "dark red 2022 Subaru Outback"."""
    for place in range(index + 1, min(index + 5, last)):
        word = said.low[place]
        if not said.joined(place - 1, place):
            return ""
        noun = stem(word)
        followed = place + 1 < last and said.joined(place, place + 1) and stem(said.low[place + 1]) in stated
        if noun in stated and not (followed and noun not in known.thing.own):
            return noun
        passed = word in ADJECTIVES or word in _MODIFIERS or word in MAKES or word.isdigit()
        if not passed and word not in known.thing.words:
            return ""
    return ""


def _before(said: Sayings, index: int, first: int, last: int, known: Known) -> str:
    """Return a noun for "the Outback in red", "your Outback is red", "you chose red"."""
    own = known.thing.own
    describes = index + 1 < last and said.joined(index, index + 1) and said.low[index + 1] not in _ENDS
    if not own or index - 1 < first or describes:
        return ""
    link = said.low[index - 1]
    if link in _LINKS and index - 2 >= first and said.low[index - 2] in own:
        return "" if is_other(said, index - 2) else "one"
    chosen = said.low[max(first, index - 3) : index]
    if link in _CHOSE | {"the"} and any(word in ("chose", "picked", "settled", "decided", "went") for word in chosen):
        return "one"
    return ""


_ENDS: Final = frozenset("and for after because when as so it to that which too then on at from".split()) | SHORT
"""Words after which an adjective stands alone."""

"""Where they live: "all the way from Westport" when it is Fairhaven."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from notegen.lint.claims.claim import Claim
from notegen.lint.knowing import Known
from notegen.lint.sayings import Sayings
from notegen.lint.spoken import MONTHS, WEEKDAYS

_NAME: Final = r"((?:[A-Z][\w'-]+)(?: (?:[A-Z][\w'-]+))*)"
_FROM: Final = re.compile(
    r"(?:\b(?:you|you both|you all|you two|for|your|of|by) (?:com(?:e|ing)|came|dr(?:ive|ove|iving)|r(?:ide|ode|iding)"
    r"|travel(?:led|ing|ling|ed)?|trip|visit(?:ing)?|stopp(?:ed|ing))"
    r"(?: all the way| the long way| over| in| by| up| down| out| here| to us| to see us| to me| to see me| back)* from"
    r"|\ball the way (?:here )?from|\b(?:over|up|down) (?:here )?from|\bback home (?:to|in)"
    r"|\b(?:things|everything|everybody) (?:are |is )?in|\b(?:drive|trip|way|road|all) back to"
    r"|\byour (?:house|home|place|street|garden|kitchen|neighbou?rs|friends|family) in"
    r"|\b(?:you|folks) (?:live|living) in)"
    rf" {_NAME}"
)
_GOING: Final = frozenset(
    "come coming came drive drove driving ride rode riding travel traveled travelled traveling travelling trip visit"
    " visiting stopped stopping way over up down back things everything everybody house home place street garden"
    " kitchen neighbors neighbours friends family live living".split()
)
"""Without one of these a text does not say where somebody lives or comes from."""
_NO_PLACE: Final = frozenset(
    (*WEEKDAYS, *MONTHS, "christmas", "easter", "thanksgiving", "spring", "summer", "the", "i")
)


def places(said: Sayings, known: Known) -> Iterator[Claim]:
    """Find a town given as theirs that is not."""
    if "customer.address.city" not in known.by_path:
        return
    if said.bag.isdisjoint(("from", "to", "in")) or said.bag.isdisjoint(_GOING):
        return
    for match in _FROM.finditer(said.text):
        words = match[1].lower().removesuffix("'s").split()
        if _NO_PLACE.isdisjoint(words) and known.words.isdisjoint(words):
            yield Claim(match.start(1), match.end(1), "customer.address.city", sure=False)

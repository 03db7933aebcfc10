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
    r"(?:\b(?:com(?:e|ing)|came|dr(?:ive|ove|iving)|r(?:ide|ode|iding)|travel(?:led|ing|ling|ed)?|trip|way|miles|hours?"
    r"|visit(?:ing)?) (?:all the way |the long way |over |in |up |down |out |here |to (?:us|see us|me|see me) |back ){0,3}"
    r"from|\b(?:over|up|down|all the way) (?:here )?from|\bback (?:home )?(?:to|in)|\bhome (?:to|in)"
    rf"|\byour (?:house|home|place|street|garden|kitchen|neighbou?rs|friends|family) in|\b(?:you|people|folks|living|live) in) {_NAME}"
)
_NO_PLACE: Final = frozenset(
    (*WEEKDAYS, *MONTHS, "christmas", "easter", "thanksgiving", "spring", "summer", "the", "i")
)


def places(said: Sayings, known: Known) -> Iterator[Claim]:
    """Find a town given as theirs that is not."""
    if "customer.address.city" not in known.by_path:
        return
    if said.bag.isdisjoint(("from", "to", "in")):
        return
    for match in _FROM.finditer(said.text):
        words = match[1].lower().removesuffix("'s").split()
        if _NO_PLACE.isdisjoint(words) and known.words.isdisjoint(words):
            yield Claim(match.start(1), match.end(1), "customer.address.city", sure=False)

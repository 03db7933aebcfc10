"""People whom a wish names: a son, a late wife, the friend who is no longer one."""

from __future__ import annotations

import re
from typing import Final

from notegen.lint.stems import WORD
from notegen.model.facts import Facts

_RELATION: Final = re.compile(
    r"""\b(?:sons?|daughters?|boys?|girls?|kids?|child(?:ren)?|twins|bab(?:y|ies)|wife|husband|partner|spouse|fianc[ée]+
    |(?:boy|girl)?friend|ex|mother|father|mom|mum|dad|brothers?|sisters?|aunt|uncle|cousin|niece|nephew|grand\w+|dog|cat
    |horse|puppy|boss|neighbou?r|in-law|step\w+|widow(?:er)?)s?,?\s(?:named\s|called\s|is\s)?
    ([^\W\d_]{2,})(?:(?:,|\sand|\sor|\s&)\s([^\W\d_]{2,}))?""",
    re.IGNORECASE | re.VERBOSE,
)
_CAPITAL: Final = re.compile(r"(?<=[^.!?:\s]\s)[A-Z][^\W\d_]*[a-z]")
_CALENDAR: Final = frozenset(
    """January February March April May June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday Christmas Easter Thanksgiving Route Street Road Lake County Mr Mrs Ms Dr Facebook
    Instagram Google Yelp Medicare Mom Mum Dad""".split()
)
_NO_NAME: Final = frozenset(
    """about and any anything are because been comes death died does ever for from had has have her his illness is it
    job leaving loss mention never not of on or out passed passing please school surgery talk that the their this to
    trouble troubles was were when which who will with at in by left moved should situation move wedding business
    accident arrest problems things again moving dying college divorce photos pictures health""".split()
)


def named_people(wish: str, facts: Facts) -> frozenset[str]:
    """Return the names in a wish, as they are written in a note; never the customer's own, nor what they bought."""
    words = {word for match in _RELATION.finditer(wish) for word in match.groups() if word}
    words |= {word[0] for word in _CAPITAL.finditer(wish)}
    own = {
        word.casefold() for path in ("customer.name", "sale.item") for word in WORD.findall(str(facts.get(path) or ""))
    }
    return frozenset(
        name
        for name in (word[0].upper() + word[1:] for word in words if word.casefold() not in _NO_NAME | own)
        if name not in _CALENDAR
    )

"""What a customer asked for, read from `preferences`: topics that are never mentioned again, or no mail at all.

A wish is a few words of the customer's ("don't ask about trade-ins"), or a record that also keeps the reason. It names
topics that have a lexicon; where it names none, its own words are what may not be said. Nothing here judges whether
the wish is wise: a shop that asks again after a no has lost more than a sale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from notegen.lint.named import named_people
from notegen.lint.place import fact_span
from notegen.lint.stems import WORD, stem
from notegen.lint.topics import Topic, topics
from notegen.model.facts import Facts, Value
from notegen.model.source import Span

SELLING: Final = frozenset(
    "trade-in new-car upgrade upsell financing warranty membership discounts selling-the-house".split()
)
"""Topics that are one neighbourhood: whoever declined one of them is told of no other thing to buy."""
ASKING: Final = frozenset("referral review survey".split())
"""Topics that ask for a good word: likewise."""
HOUSEHOLD: Final = "household"
"""The `scope` of a wish that everybody at the address shares."""

_MAIL: Final = frozenset("mail mails mailing mailings card cards letter letters note notes write writing post".split())
_CONTACT: Final = frozenset("contact contacting anything communication communications correspondence".split())
_IDLE: Final = frozenset(
    """a about address again all and any anymore are as ask asked asking asks at avoid be been bother bring but by
    call'd can comment could discuss discussing do does doesn't don't dont during either else ever for from
    get give go had has hate hates have he her here hers him his how i if in into is it it's its keep know
    kind let like long longer make mail many matter me mention mentioning mentions more much must my need
    needs never no none nor not nothing of off offer on one or our out over own please question raise raising
    really refer reference regarding remind said same say saying sell send sending sent she should some
    something speak speaking still stop stuff subject such talk talking tell telling than thank thanks that
    the their them then there these they thing things this those to too topic topics touch under up upon us
    want wants was we were what whatever when which who why will wish wishes with won't word words would wrong
    you your""".split()
)
_WEAK: Final = frozenset("late old new first last big other former recent little past early good bad best".split())
"""Words that alone say too little, unless the wish has no others."""
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
"""Scripts without spaces between words: a wish in one of them is looked for letter by letter."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing asked for: in the customer's words, why, and where it is written down.

    `about` are the topics it names, `names` the people, and `stems` the words that it forbids when it names no topic;
    `no_mail` when nothing may be sent. `for_household` when everybody at the address shares it.
    """

    text: str
    reason: str
    since: str
    span: Span | None
    about: tuple[Topic, ...]
    names: frozenset[str]
    stems: frozenset[str]
    letters: tuple[str, ...]
    no_mail: bool
    for_household: bool

    @property
    def is_usable(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.no_mail or self.about or self.stems or self.letters)

    def is_about(self, topics: frozenset[str]) -> bool:
        """Return whether it names one of these topics."""
        return any(topic.name in topics for topic in self.about)


def wishes(facts: Facts) -> Iterator[Wish]:
    """Yield what a customer asked for, in the order of the file."""
    if facts.get("preferences.do_not_mail") is True or facts.get("preferences.no_mail") is True:
        name = "do_not_mail" if facts.get("preferences.do_not_mail") is True else "no_mail"
        span = fact_span(facts, f"preferences.{name}")
        yield Wish("no mail", "", "", span, (), frozenset(), frozenset(), (), no_mail=True, for_household=True)
    asked = facts.get("preferences.do_not")
    for index, item in enumerate(asked if isinstance(asked, tuple) else (asked,)):
        path = f"preferences.do_not.{index}" if isinstance(asked, tuple) else "preferences.do_not"
        if item is not None:
            yield _wish(item, fact_span(facts, path), facts)


def _wish(item: Value, span: Span | None, facts: Facts) -> Wish:
    record: Mapping[str, Value] = item if isinstance(item, Mapping) else {"topic": item}
    text = str(record.get("topic") or "")
    plain = " ".join(text.replace("_", " ").replace("’", "'").split()).casefold()
    about = tuple(topic for name, topic in topics().items() if name == plain or topic.is_named_in(plain))
    given = record.get("words")
    words = [str(word) for word in given] if isinstance(given, tuple) else []
    no_mail = not about and not words and _is_no_mail(plain)
    loose = "" if about or words or no_mail else plain
    stems = frozenset(stem(w) for word in words for w in WORD.findall(word)) | _content(loose, facts)
    letters = tuple(word for word in WORD.findall(loose) if _UNSPACED.search(word))
    return Wish(
        text=text or ", ".join(words),
        reason=str(record.get("reason") or ""),
        since=str(record.get("since") or ""),
        span=span,
        about=about,
        names=named_people(text, facts) if about else frozenset(),
        stems=frozenset(one for one in stems if not _UNSPACED.search(one)),
        letters=letters,
        no_mail=no_mail,
        for_household=record.get("scope") == HOUSEHOLD,
    )


def _is_no_mail(text: str) -> bool:
    """Return whether a wish is about mail and nothing else: no cards, do not write to us, no contact."""
    words = set(WORD.findall(text))
    return bool(words & (_MAIL | _CONTACT)) and words <= _MAIL | _CONTACT | _IDLE


def _content(text: str, facts: Facts) -> frozenset[str]:
    """Return the stems of the words of a wish that say what it is about."""
    said = [word for word in WORD.findall(text) if word not in _IDLE and (len(word) > 1 or not word.isascii())]
    named = {stem(word) for word in WORD.findall(str(facts.get("customer.name") or ""))}
    strong = [word for word in said if word not in _WEAK and stem(word) not in named] or said
    return frozenset(stem(word) for word in strong)

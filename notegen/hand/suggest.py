"""Which hands can write some texts: for each hand, what it lacks and where that stands; the best hand first."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from notegen.hand import coverage, missing
from notegen.model.facts import Facts, Value
from notegen.model.hand import Hand
from notegen.model.source import Span


@dataclass(frozen=True, slots=True)
class Text:
    """A text that somebody wrote about a customer, and its place."""

    key: str
    path: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Lack:
    """A character that a hand does not have, and the texts with it, in the order of the files.

    It is `lent` when another hand writes it inside the note.
    """

    character: str
    texts: tuple[Text, ...]
    lent: bool

    @property
    def name(self) -> str:
        """Return the character's number and name in Unicode."""
        return f"U+{ord(self.character):04X} {unicodedata.name(self.character, 'a character without a name')}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How well a hand suits some texts.

    `strange` counts the letters, each once, that the hand writes itself though it is not meant for their script: they
    may look set in type.
    """

    hand: Hand
    lacks: tuple[Lack, ...]
    strange: int

    @property
    def beyond(self) -> tuple[Lack, ...]:
        """What neither the hand nor those beside it can write."""
        return tuple(lack for lack in self.lacks if not lack.lent)

    @property
    def foreign(self) -> tuple[str, ...]:
        """Scripts of which the hand is asked for letters though it is not meant for them: other hands write those."""
        scripts = dict.fromkeys(coverage.script_of(lack.character) for lack in self.lacks if lack.lent)
        return tuple(one for one in scripts if one and not coverage.is_for(self.hand.scripts, one))

    @property
    def rank(self) -> tuple[int, ...]:
        """Less is better: customers who cannot be written to, customers who can with help, characters, strange ones."""
        return len(customers(self.beyond)), len(customers(self.lacks)), len(self.lacks), self.strange


def customers(lacks: Iterable[Lack]) -> tuple[str, ...]:
    """Return the customers whose texts have what is lacking."""
    return tuple(dict.fromkeys(text.key for lack in lacks for text in lack.texts))


UNWRITTEN = ("key", "preferences")
"""What a note never quotes."""


def texts_of(people: Iterable[Facts]) -> tuple[Text, ...]:
    """Return the texts of customers that a note could quote: values with a place in a file, the shop's included."""
    found: dict[tuple[str, Span], Text] = {}  # `sale` is the last of `sales`: each place is taken once
    for one in people:
        for text in _texts(one, "", one.tree):
            if text.path.split(".")[0] not in UNWRITTEN:
                found.setdefault((text.key, text.span), text)
    return tuple(found.values())


def _texts(facts: Facts, path: str, value: Value) -> Iterator[Text]:
    if isinstance(value, str):
        span = facts.spans.get(path)
        if span is not None:
            yield Text(facts.key, path, value, span)
        return
    inside: Iterable[tuple[object, Value]] = ()
    if isinstance(value, Mapping):
        inside = value.items()
    elif isinstance(value, tuple):
        inside = enumerate(value)
    for step, one in inside:
        yield from _texts(facts, f"{path}.{step}" if path else str(step), one)


def suggest(hands: Iterable[Hand], texts: Iterable[Text]) -> tuple[Suggestion, ...]:
    """Return a suggestion for each hand, best first.

    What suits the most customers comes first, then what needs the least help. Raises UnreadableFile for a hand whose
    font cannot be read.
    """
    places: dict[str, dict[Text, None]] = {}
    for text in texts:
        for character in unicodedata.normalize("NFC", text.value):
            if not missing.is_silent(character):
                places.setdefault(character, {})[text] = None
    found = [_judged(hand, places) for hand in hands]
    return tuple(sorted(found, key=lambda one: (one.rank, one.hand.name)))


def _judged(hand: Hand, places: Mapping[str, Mapping[Text, None]]) -> Suggestion:
    own, others = missing.characters(hand), missing.lent(hand)
    lacks, strange = [], 0
    for character, texts in places.items():
        script = coverage.script_of(character)
        if character in own and (not script or coverage.is_for(hand.scripts, script)):
            continue
        if character in own and character not in others:
            strange += 1
        else:
            lacks.append(Lack(character, tuple(texts), character in others))
    return Suggestion(hand, tuple(lacks), strange)

"""What can only be seen when the notes of a batch are laid side by side."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from notegen.lint.numbers import number
from notegen.lint.place import fact_span, locate
from notegen.model.diagnostic import Diagnostic, Related, Severity
from notegen.model.facts import Facts
from notegen.model.note import Block, Note, Piece, Role, Trust
from notegen.model.source import Span

if TYPE_CHECKING:
    from notegen.lint.gathering import Common, Memory, Together

LEAST_WORDS: Final = 5
"""Words of the shortest sentence that counts as repeated."""
NAMED: Final = 3
"""Customers that a finding names."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SPACED: Final = bytes(code if chr(code).isalnum() or code == ord("'") else ord(" ") for code in range(128)) * 2
"""What is no part of a word in ASCII becomes a space."""
_SENTENCE: Final = re.compile(r"[^\s.!?…][^.!?…]*(?:[.!?…](?=\w)[^.!?…]*)*[.!?…]*[\"')”’]*")
_NAMES: Final = ("name", "first_name", "last_name", "greeting", "household")
"""What a customer's names are, below `customer`."""
_WORDED: Final = frozenset({Role.BODY, Role.POSTSCRIPT})
_NEAR: Final = {
    "household": "one household",
    "office": "people of one company",
    "street": "neighbours in one street",
}


Again: TypeAlias = Callable[[Sequence[int]], Sequence[tuple[Note, Facts]]]
"""Makes notes of a batch again, by their running numbers, with their customers."""
AT_ONCE: Final = 64
"""Notes that are asked for again in one go."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One note of a batch, the blocks of its body, and its customer."""

    note: Note
    body: tuple[Block, ...]
    facts: Facts

    @property
    def who(self) -> str:
        """The customer's name, or the key where there is none."""
        return str(self.facts.get("customer.name") or self.facts.key)

    @property
    def home(self) -> Span | None:
        """Where the customer's name stands in the YAML."""
        return fact_span(self.facts, "customer.name") or fact_span(self.facts, "customer")


def sent(note: Note, facts: Facts) -> Sent:
    """Lay a note beside the others of its batch."""
    return Sent(note, tuple(block for block in note.blocks if block.role in _WORDED), facts)


class Sentence(NamedTuple):
    """A sentence of the body of a note: its words folded, its place, and whether it is remembered word for word."""

    sent: Sent
    folded: str
    words: int
    start: int
    end: int
    remembered: str


def near_identical_notes(batch: Together, again: Again) -> Iterator[Diagnostic]:
    """Two people who may compare their cards get nearly the same one.

    Finds notes of a batch of which four fifths of the three-word runs are the same, once the names are taken out, when
    they go to one household (the same address, or a name in the other's `household`), to one company, or to the same
    street of a town.

    The second card in the house, the office or the street is read beside the first. What seemed written to one person
    is then seen to be a form, and both cards are spoilt.

    Bad:  The same birthday card, but for the name, to Mr. Ito and to Mr. Mori at Hoshikawa Rail.
    Good: One card about the tide table, and one about the whistles.
    Mend: Write down something different for each, send one card to both, or leave a month between them.
    """
    twins = batch.twins()
    while some := list(islice(twins, AT_ONCE)):
        known = _made(again, [number for twin in some for number in (twin.one, twin.other)])
        yield from (_alike(twin.kind, known[twin.one], known[twin.other]) for twin in some)


def repeated_sentence(batch: Together, again: Again, share: float = 0.5, most: float = 0.6) -> Iterator[Diagnostic]:
    """The notes of a batch say the same.

    Finds two things. A sentence of at least five words that was written down as remembered of one customer and stands
    in the card of another who does not live there, too. And, in a batch of eight or more, that more than 60 % of the
    words are in sentences that more than half of the cards have; greeting, closing and signature do not count.

    A memory that two people share word for word was not a memory. And a template may have a sentence or two for
    everybody, but when they are most of the card, the card is a circular with a name on it.

    Bad:  "You made our day, and we talked of nothing else." in the facts of both Ana Reyes and Otto Brandt
    Good: "You backed the trailer into the tight corner on your first try." in the facts of one
    Mend: Give each customer a memory of their own. Take sentences out of the template, or let the facts choose them.
    """
    memories = batch.memories()
    while some := list(islice(memories, AT_ONCE)):
        known = _made(again, [number for one in some for number in (one.first, *one.strangers[: NAMED - 1])])
        yield from (_shared(memory, known) for memory in some)
    common = batch.common(share, most)
    if common is not None:
        yield _circular(common, _made(again, [common.first])[common.first])


def _made(again: Again, numbers: Iterable[int]) -> dict[int, Sent]:
    """Return notes made again, by their running number."""
    asked = sorted(set(numbers))
    return {one: sent(*made) for one, made in zip(asked, again(asked), strict=True)}


def own_words(sent: Sent) -> list[str]:
    """Return the words of a note's body in small letters, without names."""
    customer = sent.facts.get("customer")
    given = [customer.get(name) for name in _NAMES] if isinstance(customer, Mapping) else ()
    texts = (str(item) for value in given for item in (value if isinstance(value, tuple) else (value,)) if item)
    names = set(_words(" ".join(texts))) - {"and", "the", "of"}
    names |= {name + ending for name in names for ending in ("'s", "’s")}
    text = sent.note.text
    return [word for word in _words(" ".join([text[one.start : one.end] for one in sent.body])) if word not in names]


def _words(text: str) -> list[str]:
    """Return the words of a text in small letters; of one in ASCII with as few steps as there can be."""
    folded = text.casefold()
    if not folded.isascii():
        return _WORD.findall(folded)
    found = folded.encode().translate(_SPACED).decode().split()
    return _unquoted(found) if "'" in folded else found


def _unquoted(words: Iterable[str]) -> list[str]:
    """Return words of which some may have apostrophes; those that are no part of a word go."""
    found: list[str] = []
    for word in words:
        if "'" in word:
            found.extend(_WORD.findall(word))
        else:
            found.append(word)
    return found


def _alike(kind: str, one: Sent, other: Sent) -> Diagnostic:
    return Diagnostic(
        code="B101",
        severity=Severity.WARNING,
        message=f"{one.who} and {other.who}, {_NEAR[kind]}, get nearly the same note",
        span=one.home,
        hint="write down something different for each, or send one card to both",
        related=(Related(other.home, f"{other.who} gets nearly the same"),) if other.home is not None else (),
        note=one.note.key,
    )


def sentences(sent: Sent) -> Iterator[Sentence]:
    """Yield the sentences of a note's body that are long enough to be compared."""
    pieces = sent.note.pieces
    starts = [piece.start for piece in pieces]
    for block in sent.body:
        for match in _SENTENCE.finditer(sent.note.text, block.start, block.end):
            words = match[0].casefold().split()
            if len(words) >= LEAST_WORDS:
                start, end = match.span()
                at = bisect_right(starts, start) - 1
                told = _remembered(pieces[at], end) if at >= 0 and start < pieces[at].end else ""
                yield Sentence(sent, " ".join(words), len(words), start, end, told)


def _remembered(piece: Piece, end: int) -> str:
    """Return the path of the customer's fact that printed a sentence up to its end, or nothing; `piece` begins it."""
    if not piece.reads or piece.trust is Trust.STATIC or piece.end < end - 1:
        return ""
    return "" if piece.reads[0].startswith(("shop.", "today")) else piece.reads[0]


def _shared(memory: Memory, known: Mapping[int, Sent]) -> Diagnostic:
    told = [known[one] for one in (memory.first, *memory.strangers[: NAMED - 1])]
    first, *others = (_sentence(one, memory.sentence, remembered=True) for one in told)
    names = [one.who for one in told]
    many = len(memory.strangers) + 1
    more = f" and {many - NAMED} more" if many > NAMED else ""
    spans = [fact_span(one.sent.facts, one.remembered) for one in others]
    return Diagnostic(
        code="B102",
        severity=Severity.WARNING,
        message=f"the same memory is told to {', '.join(names)}{more}",
        span=fact_span(first.sent.facts, first.remembered),
        hint="write down for each what only they would know",
        related=tuple(
            Related(span, f"and of {one.sent.who} here")
            for span, one in zip(spans, others, strict=True)
            if span is not None
        ),
    )


def _sentence(one: Sent, wanted: int, *, remembered: bool = False) -> Sentence:
    """Return the first sentence of a note that a number stands for."""
    there = (each for each in sentences(one) if each.remembered or not remembered)
    return next(each for each in there if number(each.folded) == wanted)


def _circular(common: Common, first: Sent) -> Diagnostic:
    """Return the finding on a batch that is mostly made of the sentences that most of its notes have."""
    sentence = _sentence(first, common.sentence)
    share = common.shared / common.total
    return Diagnostic(
        code="B102",
        severity=Severity.WARNING,
        message=f"{share:.0%} of the words of {common.notes:,} notes are in sentences that most of them share",
        span=locate(first.note, sentence.start, sentence.end),
        hint="print more of what each customer is remembered for, and less that everybody gets",
    )

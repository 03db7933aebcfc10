"""What can only be seen when the notes of a batch are laid side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from notegen.lint.households import Place, places
from notegen.lint.place import fact_span, locate
from notegen.model.diagnostic import Diagnostic, Related, Severity
from notegen.model.facts import Facts
from notegen.model.note import Block, Note, Role, Trust
from notegen.model.source import Span

ALIKE: Final = 0.8
"""Share of the runs of three words of the shorter note, found in the other, from which two notes are near-identical."""
LEAST_RUNS: Final = 6
"""Runs of three words that a note must have to be compared at all."""
COMPARED: Final = 10
"""Different notes of one place that each further note is compared with."""
LEAST_WORDS: Final = 5
"""Words of the shortest sentence that counts as repeated."""
LEAST_NOTES: Final = 8
"""Notes of a batch from which shares are judged."""
NAMED: Final = 3
"""Customers that a finding names."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE: Final = re.compile(r"[^\s.!?…][^.!?…]*(?:[.!?…](?=\w)[^.!?…]*)*[.!?…]*[\"')”’]*")
_NAMES: Final = (
    "customer.name",
    "customer.first_name",
    "customer.last_name",
    "customer.greeting",
    "customer.household",
)
_WORDED: Final = frozenset({Role.BODY, Role.POSTSCRIPT})
_NEAR: Final = {
    "household": "one household",
    "office": "people of one company",
    "street": "neighbours in one street",
}


Runs: TypeAlias = "frozenset[tuple[str, ...]]"


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


def near_identical_notes(batch: Sequence[Sent]) -> Iterator[Diagnostic]:
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
    groups: dict[Place, list[Sent]] = {}
    for sent in batch:
        for place in places(sent.facts):
            groups.setdefault(place, []).append(sent)
    seen: set[tuple[str, str]] = set()
    runs: dict[int, Runs] = {}
    for place, group in groups.items():
        for one, other in _twins(group, runs) if len(group) > 1 else ():
            pair = (one.note.key, one.note.template)
            if pair not in seen:
                seen.add(pair)
                yield _alike(place, one, other)


def repeated_sentence(batch: Sequence[Sent], share: float = 0.5, most: float = 0.6) -> Iterator[Diagnostic]:
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
    said = [sentence for sent in batch for sentence in _sentences(sent)]
    yield from _shared_memories(said)
    yield from _circular(batch, said, share, most)


def _twins(group: Sequence[Sent], known: dict[int, Runs]) -> Iterator[tuple[Sent, Sent]]:
    """Yield each note that is like an earlier one, with the first that it is like; `known` keeps runs by note."""
    different: list[tuple[Sent, Runs]] = []
    for sent in group:
        runs = known.get(id(sent))
        if runs is None:
            runs = known[id(sent)] = _runs(sent)
        if len(runs) < LEAST_RUNS:
            continue
        twin = next((other for other, others in different if _are_alike(runs, others)), None)
        if twin is None:
            different = [*different[-COMPARED + 1 :], (sent, runs)]
        elif twin.facts.key != sent.facts.key:
            yield sent, twin


def _are_alike(one: Runs, other: Runs) -> bool:
    return len(one & other) >= ALIKE * min(len(one), len(other))


def _runs(sent: Sent) -> Runs:
    """Return the runs of three words of a note's body, without names."""
    given = [sent.facts.get(path) for path in _NAMES]
    texts = (str(item) for value in given for item in (value if isinstance(value, tuple) else (value,)) if item)
    names = {word for text in texts for word in _WORD.findall(text.casefold())} - {"and", "the", "of"}
    names |= {name + ending for name in names for ending in ("'s", "’s")}
    text = sent.note.text
    body = " ".join(text[block.start : block.end] for block in sent.body).casefold()
    words = [word for word in _WORD.findall(body) if word not in names]
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def _alike(place: Place, one: Sent, other: Sent) -> Diagnostic:
    return Diagnostic(
        code="B101",
        severity=Severity.WARNING,
        message=f"{one.who} and {other.who}, {_NEAR[place.kind]}, get nearly the same note",
        span=one.home,
        hint="write down something different for each, or send one card to both",
        related=(Related(other.home, f"{other.who} gets nearly the same"),) if other.home is not None else (),
        note=one.note.key,
    )


def _sentences(sent: Sent) -> Iterator[Sentence]:
    note = sent.note
    for block in sent.body:
        for match in _SENTENCE.finditer(note.text, block.start, block.end):
            words = match[0].casefold().split()
            if len(words) >= LEAST_WORDS:
                folded = " ".join(words)
                yield Sentence(sent, folded, len(words), match.start(), match.end(), _remembered(note, match))


def _remembered(note: Note, match: re.Match[str]) -> str:
    """Return the path of the customer's fact that printed a whole sentence, or nothing."""
    piece = note.piece_at(match.start())
    if piece is None or not piece.reads or piece.trust is Trust.STATIC or piece.end < match.end() - 1:
        return ""
    return "" if piece.reads[0].startswith(("shop.", "today")) else piece.reads[0]


def _shared_memories(said: Sequence[Sentence]) -> Iterator[Diagnostic]:
    by_text: dict[str, dict[str, Sentence]] = {}
    for sentence in said:
        if sentence.remembered:
            by_text.setdefault(sentence.folded, {}).setdefault(sentence.sent.facts.key, sentence)
    for sentences in by_text.values():
        first, *others = sentences.values()
        if others:
            home = {place for place in places(first.sent.facts) if place.kind == "household"}
            strangers = [one for one in others if home.isdisjoint(places(one.sent.facts))]
            if strangers:
                yield _shared(first, strangers)


def _shared(first: Sentence, others: Sequence[Sentence]) -> Diagnostic:
    names = [first.sent.who, *(one.sent.who for one in others)]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    places_of = [fact_span(one.sent.facts, one.remembered) for one in others[: NAMED - 1]]
    return Diagnostic(
        code="B102",
        severity=Severity.WARNING,
        message=f"the same memory is told to {', '.join(names[:NAMED])}{more}",
        span=fact_span(first.sent.facts, first.remembered),
        hint="write down for each what only they would know",
        related=tuple(
            Related(span, f"and of {one.sent.who} here")
            for span, one in zip(places_of, others, strict=False)
            if span is not None
        ),
    )


def _circular(batch: Sequence[Sent], said: Sequence[Sentence], share: float, most: float) -> Iterator[Diagnostic]:
    """Find a batch that is mostly made of the sentences that most of its notes have."""
    notes = len(batch)
    if notes < LEAST_NOTES:
        return
    counts = Counter(folded for folded, _ in {(one.folded, id(one.sent)) for one in said})
    common = {folded for folded, count in counts.items() if count > share * notes}
    total = sum(len(sent.note.text[b.start : b.end].split()) for sent in batch for b in sent.body)
    shared = sum(one.words for one in said if one.folded in common)
    if total and shared > most * total:
        first = next(one for one in said if one.folded in common)
        yield Diagnostic(
            code="B102",
            severity=Severity.WARNING,
            message=f"{shared / total:.0%} of the words of {notes:,} notes are in sentences that most of them share",
            span=locate(first.sent.note, first.start, first.end),
            hint="print more of what each customer is remembered for, and less that everybody gets",
        )

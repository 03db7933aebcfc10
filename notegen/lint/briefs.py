"""What a batch must remember of one note to judge all of them together: numbers instead of words.

A brief is made where the note is made, in a worker, and is a few hundred bytes. Its numbers are hashes of 64 bits that
are the same in every process; two different sentences share one in a batch of a million notes with a chance of less
than one in a million.
"""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass, field
from typing import Final

from notegen.lint.households import KINDS, places
from notegen.lint.numbers import number
from notegen.lint.rules.batch import Sent, own_words, sent, sentences
from notegen.lint.wishes import wishes
from notegen.model.facts import Facts
from notegen.model.note import Note
from notegen.model.rebuilt import rebuilt

KIND: Final = 0b11
"""The bits of a place's number that say its kind, as an index of households.KINDS."""

KIND_OF: Final = {kind: place for place, kind in enumerate(KINDS)}
"""The number of each kind of place."""

REMEMBERED: Final = 8192
"""Words whose numbers are kept: a batch has some thousands."""

_BYTES: Final = 8
_SECOND, _THIRD = (bytes(sorted(range(256), key=lambda code: number(f"{place}{code}"))) for place in (2, 3))
"""Each byte changed for another one, without a pattern: the same words in another order are another run."""


def _nothing() -> array[int]:
    return array("Q")


@rebuilt
@dataclass(frozen=True, slots=True)
class Brief:
    """One customer of a batch in numbers: arrays of unsigned 64 bits (`Q`), but `words` of 32 (`I`).

    `key` stands for the customer, `card` for customer and template, `places` for where they live and work. `runs` are
    the runs of three words of the note's body, in their order. `sentences` are those of the body that are long enough
    to be compared, `words` how many words each has, and `remembered` those of them that a fact of the customer printed
    whole. `total` counts all words of the body. `shares` says that they have a wish that holds for their household.
    Without a note only `key`, `places` and `shares` mean something.
    """

    key: int
    places: array[int]
    shares: bool
    written: bool = False
    card: int = 0
    runs: array[int] = field(default_factory=_nothing)
    sentences: array[int] = field(default_factory=_nothing)
    words: array[int] = field(default_factory=_nothing)
    remembered: array[int] = field(default_factory=_nothing)
    total: int = 0


def brief(note: Note | None, facts: Facts) -> Brief:
    """Return what a batch must remember of a customer and the note to them, or of one for whom there is no note."""
    shares = any(wish.for_household for wish in wishes(facts))
    if note is None:
        return Brief(number(facts.key), _places(facts), shares)
    one = sent(note, facts)
    said = list(sentences(one))
    numbers = [number(sentence.folded) for sentence in said]
    return Brief(
        key=number(facts.key),
        places=_places(facts),
        shares=shares,
        written=True,
        card=number(f"{note.key}\0{note.template}"),
        runs=_runs(one),
        sentences=array("Q", numbers),
        words=array("I", [sentence.words for sentence in said]),
        remembered=array("Q", [its for its, sentence in zip(numbers, said, strict=True) if sentence.remembered]),
        total=sum([len(note.text[block.start : block.end].split()) for block in one.body]),
    )


def _places(facts: Facts) -> array[int]:
    return array(
        "Q", [number(f"{KIND_OF[place.kind]}\0{place.name}") & ~KIND | KIND_OF[place.kind] for place in places(facts)]
    )


def _runs(one: Sent) -> array[int]:
    """Return the numbers of the runs: those of three words, of which the second and the third have their bytes changed.

    All runs are done at once, as one long number.
    """
    known = _WORDS
    words = b"".join([known[word] for word in own_words(one)])
    long = len(words) - 2 * _BYTES
    if long <= 0:
        return array("Q")
    second, third = words[_BYTES:].translate(_SECOND), words[2 * _BYTES :].translate(_THIRD)
    mixed = int.from_bytes(words, "little") ^ int.from_bytes(second, "little") ^ int.from_bytes(third, "little")
    return array("Q", mixed.to_bytes(len(words), "little")[:long])


class _Words(dict[str, bytes]):
    """The numbers of words, in bytes, kept while there are few."""

    def __missing__(self, word: str) -> bytes:
        if len(self) >= REMEMBERED:
            self.clear()
        made = self[word] = number(word).to_bytes(_BYTES, sys.byteorder)
        return made


_WORDS: Final = _Words()

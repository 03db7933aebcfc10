"""What a batch must remember of one note to judge all of them together: numbers instead of words.

A brief is made where the note is made, in a worker, and is a few hundred bytes. Its numbers are hashes of 64 bits that
are the same in every process; two different sentences share one in a batch of a million notes with a chance of less
than one in a million.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
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

_MASK: Final = (1 << 64) - 1
_STEPS: Final = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
"""Odd numbers of 64 bits without a pattern, one for each word of a run: those of the mixers SplitMix64 and xxHash64."""


def _nothing() -> array[int]:
    return array("Q")


@rebuilt
@dataclass(frozen=True, slots=True)
class Brief:
    """One customer of a batch in numbers: arrays of unsigned 64 bits (`Q`), but `words` of 32 (`I`).

    `key` stands for the customer, `card` for customer and template, `places` for where they live and work. `runs` are
    the runs of three words of the note's body, each once. `sentences` are those of the body that are long enough to be
    compared, `words` how many words each has, and `remembered` those of them that a fact of the customer printed whole.
    `total` counts all words of the body. `shares` says that they have a wish that holds for their whole household.
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
    return Brief(
        key=number(facts.key),
        places=_places(facts),
        shares=shares,
        written=True,
        card=number(f"{note.key}\0{note.template}"),
        runs=_runs(one),
        sentences=array("Q", [number(sentence.folded) for sentence in said]),
        words=array("I", [sentence.words for sentence in said]),
        remembered=array("Q", [number(sentence.folded) for sentence in said if sentence.remembered]),
        total=sum(len(note.text[block.start : block.end].split()) for block in one.body),
    )


def _places(facts: Facts) -> array[int]:
    given: Iterable[tuple[str, int]] = ((place.name, KINDS.index(place.kind)) for place in places(facts))
    return array("Q", [number(f"{kind}\0{name}") & ~KIND | kind for name, kind in given])


def _runs(one: Sent) -> array[int]:
    words = list(map(number, own_words(one)))
    first, second, third = _STEPS
    runs = zip(words, words[1:], words[2:], strict=False)
    return array("Q", {(a * first + b * second + c * third) & _MASK for a, b, c in runs})

"""A letter that somebody typed, read as a note: each part that says what a fact says is taken to come from it.

Three words of a fact or more, as they stand, are called aligned: they are the fact's own. A shorter value may be there
by chance, and a sentence that tells a remembered one in other words is not its words: they have paths as references.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from notegen.lint.claims.adjectives import COLOURS
from notegen.lint.knowing import SHORT, Fact, Known
from notegen.lint.nouns import MAKES, stem
from notegen.lint.plain import Plain
from notegen.lint.sayings import Sayings
from notegen.lint.spoken import MONTHS, days_in, in_words, read_day, weekday
from notegen.model.note import Note, Piece, Trust
from notegen.model.source import Source, Span

PHRASE: Final = 6
"""Words up to which a fact's text is looked for as it stands."""
HEAD: Final = 200
"""Characters in which the day of a letter is looked for."""
QUOTED: Final = 3
"""Words of a fact that nobody writes by chance."""
ENOUGH: Final = 0.34
"""Share of a remembered sentence's telling words that another sentence has when it tells the same."""

_CALLED: Final = (
    "customer.name",
    "customer.first_name",
    "customer.last_name",
    "customer.greeting",
)
_UNTELLING: Final = frozenset(
    "that this with from have your yours were been when then they them their there what which will would about after"
    " before could should into over just very much more most some such than only also because while where here came"
    " come made make took take told tell said says went time first every never ever again still thank thanks"
    " like".split()
)


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    path: str


@dataclass(frozen=True, slots=True)
class _Marks:
    """Places in order, apart from each other, and the paths of the facts at each."""

    starts: list[int]
    ends: list[int]
    paths: list[tuple[str, ...]]


def aligned(source: Source, text: Plain, said: Sayings, known: Known) -> Note:
    """Return a letter as a note in which what the facts say is traced to them."""
    values = _apart(_values(said, known))
    tellings = _by_place(_tellings(said, known))
    pieces: list[Piece] = []
    done = 0
    for start, end in pairwise(
        sorted({0, len(text.text), *values.starts, *values.ends, *tellings.starts, *tellings.ends})
    ):
        last = text.original(start, end)[1] if end < len(text.text) else len(source.text)
        if last > done:
            paths = _covering(values, start, end)
            texts = any(known.by_path[path].text for path in paths)
            quoted = texts and said.text.count(" ", start, end) >= QUOTED - 1
            reads = tuple(dict.fromkeys((*paths, *_covering(tellings, start, end))))
            trust = Trust.EXACT if not reads else Trust.ALIGNED if quoted else Trust.STATIC
            pieces.append(Piece(done, last, Span(source, done, last), reads, trust))
            done = last
    if not pieces:
        pieces = [Piece(0, len(source.text), Span(source, 0, len(source.text)))]
    return Note(source.name, "", source.text, tuple(pieces))


def written_on(said: Sayings) -> date | None:
    """Return the day at the head of a letter, when a line there is a day with its year and a word or two at most."""
    for one in days_in(said.text[:HEAD]):
        line = said.sentence_at(one.start)
        rest = said.text[line.start : one.start] + said.text[one.end : line.end]
        if one.year is not None and len(rest.split()) < 3:
            return read_day(said.text[one.start : one.end])
    return None


def _by_place(marks: Iterable[_Mark]) -> _Marks:
    """Gather marks by their places, no two of which overlap."""
    made: dict[tuple[int, int], list[str]] = {}
    for one in sorted(marks, key=lambda mark: mark.start):
        made.setdefault((one.start, one.end), []).append(one.path)
    starts, ends = [start for start, _ in made], [end for _, end in made]
    return _Marks(starts, ends, [tuple(paths) for paths in made.values()])


def _covering(marks: _Marks, start: int, end: int) -> tuple[str, ...]:
    """Return the paths of the marks in which start..end lies whole."""
    index = bisect_right(marks.starts, start) - 1
    return marks.paths[index] if index >= 0 and end <= marks.ends[index] else ()


def _values(said: Sayings, known: Known) -> Iterator[_Mark]:
    low = said.text.lower()
    low = low if len(low) == len(said.text) else said.text
    days = list(days_in(said.text))
    for fact in known.facts:
        if fact.path.startswith("shop."):
            continue
        named = isinstance(fact.value, date)
        for form in dict.fromkeys(_forms(fact, known)):
            for start in _found(form, low):
                # A month or a weekday has a capital: one may march in May.
                if not named or said.text[start].isupper():
                    yield _Mark(start, start + len(form), fact.path)
        if isinstance(fact.value, date):
            yield from (_Mark(day.start, day.end, fact.path) for day in days if day.means(fact.value))


def _forms(fact: Fact, known: Known) -> Iterator[str]:
    """Yield the words, in small letters, that say a value."""
    value = fact.value
    if isinstance(value, bool):
        words = fact.leaf.lower().split("_")
        if value and len(words) > 1:
            yield " ".join(words)
    elif isinstance(value, date):
        yield weekday(value)
        yield MONTHS[value.month - 1]
    elif isinstance(value, int | float):
        yield from _numbers(value)
    else:
        yield from _texts(fact, known)


def _numbers(value: int | float) -> Iterator[str]:
    if abs(value) > 1:
        yield f"{value}"
        yield f"{value:,}"
        yield f"{value:,.2f}"
        words = in_words(int(value)) if value == int(value) else None
        if words is not None:
            yield words


def _texts(fact: Fact, known: Known) -> Iterator[str]:
    low = fact.text.lower()
    words = low.split()
    if fact.path.startswith("customer.household"):
        # The customer's own name is no more telling for being one of the household's.
        own = " ".join(known.text(path) for path in _CALLED).lower().split()
        yield from (word for word in words if len(word) > 2 and word not in own)
        return
    if len(words) <= PHRASE:
        yield low
        yield low.removeprefix("the ")
    if fact.path.startswith(_CALLED):
        yield from (word for word in words if len(word) > 2 and word not in SHORT and not word.endswith("."))
    elif fact.leaf in ("item", "short"):
        yield from (word.strip(",") for word in words if word.strip(",") in known.thing.own or word in MAKES)
    elif len(words) <= PHRASE:
        yield from (word for word in words if word in COLOURS)


def _found(form: str, low: str) -> Iterator[int]:
    """Yield where a form stands as whole words."""
    start = low.find(form) if len(form) > 1 else -1
    while start >= 0:
        end = start + len(form)
        if not (low[start - 1 : start].isalnum() or low[end : end + 1].isalnum()):
            yield start
        start = low.find(form, end)


def _apart(marks: Iterable[_Mark]) -> _Marks:
    """Return the longest marks that do not overlap, and every mark of the same characters."""
    kept: list[_Mark] = []
    places: set[tuple[int, int]] = set()
    taken: set[int] = set()
    for one in sorted(marks, key=lambda mark: (mark.start - mark.end, mark.start)):
        place = (one.start, one.end)
        if place in places or taken.isdisjoint(range(*place)):
            kept.append(one)
            places.add(place)
            taken.update(range(*place))
    return _by_place(kept)


def _tellings(said: Sayings, known: Known) -> Iterator[_Mark]:
    """Yield the sentences that tell what a longer text of the facts tells."""
    told = [(fact.path, _telling(fact.text.lower().split())) for fact in known.facts if fact.text.count(" ") >= 4]
    for sentence in said.sentences:
        words = _telling(said.within(sentence))
        for path, remembered in told:
            shared = len(words & remembered)
            if shared >= 2 and shared >= ENOUGH * len(remembered):
                start, end = said.starts[sentence.first], sentence.end
                yield _Mark(start, start + len(said.text[start:end].rstrip()), path)


def _telling(words: Iterable[str]) -> frozenset[str]:
    bare = (word.strip(".,;:!?\"'()").removesuffix("'s") for word in words)
    return frozenset(stem(word) for word in bare if len(word) > 3 and word not in _UNTELLING)

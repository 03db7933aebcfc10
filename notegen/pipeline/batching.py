"""A batch: everybody's card, or why somebody has none; and the file that is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from notegen import lint
from notegen.errors import NotegenError
from notegen.model.diagnostic import Diagnostic, has_errors
from notegen.model.facts import Facts
from notegen.model.source import Source
from notegen.model.template import Template
from notegen.pipeline.cards import Drawing
from notegen.pipeline.drafting import Draft, drafted, sources_of
from notegen.pipeline.passing import kept

if TYPE_CHECKING:
    from notegen.model.card import Card
    from notegen.press import Pressed

Progress = Callable[[int], None]

UNREADABLE = "a customer who could not be read"
"""What somebody is called whose document says no name that could be read."""


def quietly(_done: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who gets no card, envelope or label, and why."""

    key: str
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """The cards that can be printed, who is left out, everything that was found, and the words of everybody.

    `raw` has, besides, what is allowed, with each finding as its stage made it. `keys` are those of everybody who was
    asked for, in the order of the facts: matching marks are numbered by them, whoever is left out.
    """

    cards: Sequence[Card]
    left_out: tuple[LeftOut, ...]
    diagnostics: tuple[Diagnostic, ...]
    drafts: tuple[Draft, ...] = ()
    raw: tuple[Diagnostic, ...] = ()
    keys: Sequence[str] = ()


def prepare(
    people: Sequence[Facts],
    bad: Sequence[Diagnostic],
    template: Template,
    made: Drawing,
    progress: Progress = quietly,
    homes: Mapping[str, tuple[Facts, ...]] | None = None,
    *,
    whole: bool = True,
) -> Batch:
    """Compose, lint, write and lay out a note for everybody; `bad` are the findings of loading, by customer's key.

    Nothing is printed here: a person with an error is left out, with the reasons, and the caller decides. Cards stand
    in the order of `people`. `progress` is told of each person once. `homes` has the others of each customer's
    household, by key; they are looked for among `people` when it is not given. What only a whole batch shows is not
    looked for when `people` are not the `whole` of one.
    """
    spoiled = {one.note for one in bad if one.is_error}
    drafts = drafted([one for one in people if one.key not in spoiled], template, made.shop, made.wishes, homes)
    trouble = {one.facts.key: one.diagnostics for one in drafts}
    raw = {one.facts.key: one.raw for one in drafts}
    cards: dict[str, Card] = {}
    progress(len(people) - sum(one.ok for one in drafts))
    for one, laid in made.cards(one for one in drafts if one.ok):
        key = one.facts.key
        counted = kept(laid.diagnostics, sources_of(one.facts, template), made.shop, made.wishes)
        trouble[key] += counted if laid.value is not None else laid.diagnostics
        raw[key] += laid.diagnostics
        if laid.value is not None and not has_errors(counted):
            cards[key] = laid.value
        progress(1)
    together = _together(drafts, made.shop.lint.repeated_share) if whole else ()
    found = (*_in_order(drafts, trouble), *kept(together, _sources(drafts), made.shop, made.wishes))
    reasons = {one.key: trouble.get(one.key) or tuple(b for b in bad if b.note == one.key) for one in people}
    left = [left_out(one, reasons[one.key]) for one in people if one.key not in cards]
    made_cards = tuple(cards[one.key] for one in people if one.key in cards)
    raw_found = (*_in_order(drafts, raw), *together)
    keys = tuple(one.key for one in people)
    return Batch(made_cards, (*unreadable(people, bad), *left), found, tuple(drafts), raw_found, keys)


def _in_order(drafts: Sequence[Draft], by_key: Mapping[str, tuple[Diagnostic, ...]]) -> Iterator[Diagnostic]:
    return (finding for one in drafts for finding in by_key[one.facts.key])


def _sources(drafts: Sequence[Draft]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source for one in drafts for source in sources_of(one.facts, one.template)))


def _together(drafts: Sequence[Draft], share: float) -> tuple[Diagnostic, ...]:
    """Return what only the whole batch shows."""
    written = [(one.note, one.facts) for one in drafts if one.note is not None]
    return lint.check_batch([note for note, _ in written], [facts for _, facts in written], share=share)


def name_of(facts: Facts) -> str:
    """Return what a customer is called in a list."""
    return str(facts.get("customer.name") or facts.key)


def left_out(one: Facts, trouble: Iterable[Diagnostic]) -> LeftOut:
    """Return somebody who gets nothing, with the errors among what was found."""
    return LeftOut(one.key, name_of(one), tuple(dict.fromkeys(found.message for found in trouble if found.is_error)))


def unreadable(people: Sequence[Facts], bad: Sequence[Diagnostic]) -> Iterator[LeftOut]:
    """Name by their place those whose document could not be read at all, so that nobody is dropped in silence."""
    known = {one.key for one in people}
    for finding in bad:
        if finding.is_error and finding.note not in known:
            yield LeftOut(str(finding.span), UNREADABLE, (finding.message,))


def press(cards: Sequence[Card], path: Path, *, title: str, language: str, progress: Progress = quietly) -> Pressed:
    """Write the cards as one PDF file, whole or not at all."""
    from notegen.press import write_pdf

    if not cards:
        raise NotegenError("there is no card to print")
    return write_pdf(cards, path, title=title, language=language, progress=progress)

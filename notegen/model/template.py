"""A template: what it is for, what it needs, and its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from notegen.model.source import Source, Span

PURPOSES = ("thanks", "check-in", "anniversary", "birthday", "apology", "referral-thanks", "offer", "other")
"""What a note can be for; it is for one thing."""

PERIODS = ("year", "birthday", "anniversary")
"""How a card of one occasion may come again: every calendar year, birthday, or anniversary of the sale."""


@dataclass(frozen=True, slots=True)
class Template:
    """Front matter, read and checked, and the Jinja body that follows it.

    `source` is the whole file and `body` the offset at which the body begins. `purpose` is one of PURPOSES, and
    `requires` are the dotted paths that a customer must have; `fallback` declares a short honest note for when nothing
    specific is known. `every` is one of PERIODS, None for a card that a customer gets once. `by_hand` is what a person
    adds to each card with a pen. `library` holds the sources that the body may include, import or extend, by the name
    it uses for them, so that a template is a value and any process can render it. `places` gives the span of each
    front-matter key.
    """

    name: str
    source: Source
    body: int = 0
    occasion: str | None = None
    purpose: str | None = None
    stock: str | None = None
    hand: str | None = None
    locale: str | None = None
    requires: tuple[str, ...] = ()
    fallback: bool = False
    every: str | None = None
    by_hand: tuple[str, ...] = ()
    library: Mapping[str, Source] = field(default_factory=dict)
    places: Mapping[str, Span] = field(default_factory=dict)

"""What a rule reads: finished words, made plain, with everything known about where they came from.

A note, a letter and each way through a template are all read as a `Note`, so that a rule is written once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from notegen.lint import words
from notegen.lint.plain import Plain, plain
from notegen.lint.words.overlap import outermost
from notegen.model.diagnostic import Related, Severity
from notegen.model.facts import Facts
from notegen.model.note import Block, Note, Role
from notegen.model.schema import Schema
from notegen.model.source import Span
from notegen.model.template import Template

if TYPE_CHECKING:
    from notegen.lint.knowing import Known
    from notegen.lint.sayings import Sayings


class Medium(StrEnum):
    """What the words are: a note made from facts, one way through a template, or a letter that somebody typed."""

    NOTE = "note"
    TEMPLATE = "template"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about a note: its customer, the facts there can be, its template, the day it is written on.

    `household` are the other customers at the same address, whose wishes about the mail count too.
    """

    facts: Facts | None = None
    schema: Schema | None = None
    template: Template | None = None
    today: date | None = None
    household: tuple[Facts, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known about the customer, and the words that are to be compared with it."""

    known: Known
    said: Sayings


@dataclass(frozen=True, slots=True)
class Reading:
    """Words to be judged; offsets of matches are into `note.text`. Without facts there is no `knowledge`.

    `moves` keeps where each move was found, by its name: several rules ask for the same ones.
    """

    note: Note
    medium: Medium
    context: Context
    plain: Plain
    matches: tuple[words.Match, ...]
    blocks: tuple[Block, ...]
    moves: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict, compare=False, repr=False)
    knowledge: Knowledge | None = None

    def matches_of(self, rule: str) -> Iterator[words.Match]:
        """Yield what the phrases of one rule found."""
        return (match for match in self.matches if match.phrase.rule == rule)

    def parts(self, role: Role) -> Iterator[Block]:
        """Yield the blocks that play one part: the greeting, the paragraphs of the body."""
        return (block for block in self.blocks if block.role is role)

    @property
    def is_fallback(self) -> bool:
        """Whether the template declares itself a short honest note for when nothing specific is known."""
        return self.context.template is not None and self.context.template.fallback


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found at start..end (half open) of the text it read; `at` when the place to mend is elsewhere."""

    start: int
    end: int
    message: str
    hint: str
    severity: Severity
    related: tuple[Related, ...] = ()
    at: Span | None = None


def read(note: Note, medium: Medium, context: Context) -> Reading:
    """Prepare words for the rules."""
    text = plain(note.text)
    return Reading(
        note, medium, context, text, outermost(words.find(text)), note.blocks, knowledge=knowledge(text, context)
    )


def knowledge(text: Plain, context: Context) -> Knowledge | None:
    """Prepare what is known for the rules that compare words with it."""
    if context.facts is None or context.schema is None:
        return None
    from notegen.lint.knowing import known
    from notegen.lint.sayings import sayings

    return Knowledge(known(context.facts, context.schema, context.today), sayings(text.text))

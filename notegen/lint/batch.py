"""A batch judged whole: what no note shows by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from inspect import cleandoc
from typing import Final

from notegen.lint.briefs import brief
from notegen.lint.gathering import Together
from notegen.lint.rules.batch import Again, near_identical_notes, repeated_sentence
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.facts import Facts
from notegen.model.note import Note
from notegen.model.rule import Rule

SHARE: Final = 0.5
"""Share of the notes of a batch that must have a sentence for it to count as everybody's."""
MOST: Final = 0.6
"""Share of the words of a batch that may be in such sentences."""

BATCH_RULES: Final = (
    Rule("B101", "near-identical-notes", "batch", Severity.WARNING, cleandoc(near_identical_notes.__doc__ or "")),
    Rule("B102", "repeated-sentence", "batch", Severity.WARNING, cleandoc(repeated_sentence.__doc__ or "")),
)


def check_batch(
    notes: Sequence[Note], people: Sequence[Facts], *, share: float = SHARE, most: float = MOST
) -> tuple[Diagnostic, ...]:
    """Judge the notes of one mailing together; `people` are their customers, in the same order.

    The time is linear in the number of notes. Findings are warnings: each of the notes may be good.
    """
    with _gathered(notes, people) as batch:
        return tuple(judged_together(batch, _at_hand(notes, people), share=share, most=most))


def check_neighbours(notes: Sequence[Note], people: Sequence[Facts]) -> tuple[Diagnostic, ...]:
    """Look for near-identical notes alone, among the notes of several templates."""
    with _gathered(notes, people) as batch:
        return tuple(near_identical_notes(batch, _at_hand(notes, people)))


def judged_together(batch: Together, again: Again, *, share: float = SHARE, most: float = MOST) -> Iterator[Diagnostic]:
    """Yield what only a whole batch shows, when the briefs of all its notes are in.

    `again` makes notes again by their running numbers, at most a few hundred at once and each in the order asked; only
    the notes that a finding names are asked for. The findings are those of `check_batch` on all notes.
    """
    yield from near_identical_notes(batch, again)
    yield from repeated_sentence(batch, again, share, most)


def _gathered(notes: Sequence[Note], people: Sequence[Facts]) -> Together:
    batch = Together()
    for note, one in zip(notes, people, strict=True):
        batch.add(brief(note, one))
    return batch


def _at_hand(notes: Sequence[Note], people: Sequence[Facts]) -> Again:
    return lambda numbers: [(notes[one], people[one]) for one in numbers]

"""A batch judged whole: what no note shows by itself."""

from __future__ import annotations

from collections.abc import Sequence
from inspect import cleandoc
from typing import Final

from notegen.lint.rules.batch import near_identical_notes, repeated_sentence, sent
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
    batch = [sent(note, one) for note, one in zip(notes, people, strict=True)]
    return (*near_identical_notes(batch), *repeated_sentence(batch, share, most))


def check_neighbours(notes: Sequence[Note], people: Sequence[Facts]) -> tuple[Diagnostic, ...]:
    """Look for near-identical notes alone, among the notes of several templates."""
    return tuple(near_identical_notes([sent(note, one) for note, one in zip(notes, people, strict=True)]))

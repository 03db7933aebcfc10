"""Rules about words: what a note, a template or a letter must not say, and what it must."""

from notegen.lint.batch import BATCH_RULES, check_batch, check_neighbours
from notegen.lint.codes import RULES
from notegen.lint.engine import check_letter, check_note, check_template
from notegen.lint.fold import distinct
from notegen.lint.households import fellows
from notegen.lint.reading import Context

__all__ = [
    "BATCH_RULES",
    "RULES",
    "Context",
    "check_batch",
    "check_letter",
    "check_neighbours",
    "check_note",
    "check_template",
    "distinct",
    "fellows",
]

"""Rules about words: what a note, a template or a letter must not say, and what it must.

Names are imported on first use: to fold and tell findings that are known, no rule is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notegen.lazy import names

if TYPE_CHECKING:
    from notegen.lint.batch import BATCH_RULES as BATCH_RULES
    from notegen.lint.batch import check_batch as check_batch
    from notegen.lint.batch import check_neighbours as check_neighbours
    from notegen.lint.batch import judged_together as judged_together
    from notegen.lint.briefs import Brief as Brief
    from notegen.lint.briefs import brief as brief
    from notegen.lint.codes import RULES as RULES
    from notegen.lint.engine import check_letter as check_letter
    from notegen.lint.engine import check_note as check_note
    from notegen.lint.engine import check_template as check_template
    from notegen.lint.fold import distinct as distinct
    from notegen.lint.gathering import Homes as Homes
    from notegen.lint.gathering import Together as Together
    from notegen.lint.households import fellows as fellows
    from notegen.lint.reading import Context as Context
    from notegen.lint.words import BROKEN_RULE as BROKEN_RULE
    from notegen.lint.words import OwnRules as OwnRules

_HOMES = {
    "BATCH_RULES": "batch",
    "BROKEN_RULE": "words",
    "Brief": "briefs",
    "Homes": "gathering",
    "Together": "gathering",
    "brief": "briefs",
    "judged_together": "batch",
    "OwnRules": "words",
    "RULES": "codes",
    "Context": "reading",
    "check_batch": "batch",
    "check_letter": "engine",
    "check_neighbours": "batch",
    "check_note": "engine",
    "check_template": "engine",
    "distinct": "fold",
    "fellows": "households",
}

__all__ = [  # noqa: PLE0604  (the names are strings; ruff cannot see into the table)
    *_HOMES
]

__getattr__, __dir__ = names(__name__, _HOMES)

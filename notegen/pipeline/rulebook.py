"""Every rule there is, whichever stage finds it.

The table is kept beside the findings, so that a run whose findings are all known loads no stage to name them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import lru_cache

from notegen.errors import NotegenError
from notegen.model.diagnostic import Severity
from notegen.model.rule import Rule
from notegen.pipeline.keys import tool
from notegen.pipeline.store import Store, folder
from notegen.registry import Registry


@lru_cache(maxsize=1)
def rules() -> Registry[Rule]:
    """Return every rule by code; the name is an alias."""
    store, key = Store(folder()), f"rules-{tool()}"
    kept = store.tree(key)
    try:
        return in_order(Rule(**{**one, "severity": Severity(one["severity"])}) for one in kept)
    except (TypeError, KeyError, ValueError, NotegenError):
        found = in_order(gathered())
        store.put_tree(key, lambda: [asdict(rule) for rule in found])
        return found


def gathered() -> Iterator[Rule]:
    """Yield the rules of every stage."""
    from notegen import compose, facts, hand, layout, lint
    from notegen.lint import allow_codes
    from notegen.pipeline import codes

    words = (*lint.RULES, *lint.BATCH_RULES, *allow_codes.RULES)
    stages = (facts.RULES, compose.RULES, words, hand.RULES, layout.RULES, codes.RULES)
    yield from (rule for stage in stages for rule in stage)


def in_order(some: Iterable[Rule]) -> Registry[Rule]:
    """Make a registry of rules, by code."""
    found: Registry[Rule] = Registry("rule")
    for rule in sorted(some, key=lambda rule: rule.code):
        found.add(rule.code, rule, aliases=(rule.name,))
    return found

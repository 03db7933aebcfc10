"""Every rule there is, whichever stage finds it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from notegen.model.rule import Rule
from notegen.registry import Registry


@lru_cache(maxsize=1)
def rules() -> Registry[Rule]:
    """Return every rule by code; the name is an alias."""
    from notegen import compose, facts, hand, layout, lint
    from notegen.lint import allow_codes
    from notegen.pipeline import codes

    stages = (facts.RULES, compose.RULES, lint.RULES, hand.RULES, layout.RULES, allow_codes.RULES, codes.RULES)
    return in_order(rule for stage in stages for rule in stage)


def in_order(some: Iterable[Rule]) -> Registry[Rule]:
    """Make a registry of rules, by code."""
    found: Registry[Rule] = Registry("rule")
    for rule in sorted(some, key=lambda rule: rule.code):
        found.add(rule.code, rule, aliases=(rule.name,))
    return found

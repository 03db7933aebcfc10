"""Every rule there is, whichever stage finds it.

The table is kept beside the findings, so that a run whose findings are all known loads no stage to name them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.errors import NotegenError
from notegen.model.diagnostic import Checked, Severity
from notegen.model.rule import Rule
from notegen.pipeline.keys import tool
from notegen.pipeline.store import Store, folder
from notegen.registry import Registry

if TYPE_CHECKING:
    from notegen.lint.words import OwnRules


def rules(root: Path | None = None) -> Registry[Rule]:
    """Return every rule by code, those of a shop's own folder among them; the name is an alias."""
    own = own_rules(root).value
    return in_order((*bundled(), *own.rules)) if own is not None else bundled()


@lru_cache(maxsize=1)
def bundled() -> Registry[Rule]:
    """Return the rules that come with notegen."""
    store, key = Store(folder()), f"rules-{tool()}"
    kept = store.tree(key)
    try:
        return in_order(Rule(**{**one, "severity": Severity(one["severity"])}) for one in kept)
    except (TypeError, KeyError, ValueError, NotegenError):
        found = in_order(gathered())
        store.put_tree(key, lambda: [asdict(rule) for rule in found])
        return found


def own_rules(root: Path | None) -> Checked[OwnRules]:
    """Return the rules of a shop's `rules/` folder, and what is wrong with them; read again when they change."""
    there = root / "rules" if root is not None else None
    if there is None or not there.is_dir():
        return Checked(None, ())
    files = sorted((*there.glob("*.yaml"), *there.glob("*.yml")))
    return _own_rules(there, tuple((str(one), one.stat().st_mtime_ns, one.stat().st_size) for one in files))


@lru_cache(maxsize=8)
def _own_rules(there: Path, _state: tuple[tuple[str, int, int], ...]) -> Checked[OwnRules]:
    """Read a folder of rules; `_state` makes the memory forget when a file changes."""
    from notegen.lint.words.own import own_rules as read

    here = Path.cwd()
    shown = there.relative_to(here) if there.is_absolute() and there.is_relative_to(here) else there
    return read(shown, (name for rule in bundled() for name in (rule.code, rule.name)))


def gathered() -> Iterator[Rule]:
    """Yield the rules of every stage."""
    from notegen import compose, facts, hand, layout, lint
    from notegen.layout import mail_codes
    from notegen.lint import allow_codes
    from notegen.pipeline import codes
    from notegen.post.address.codes import RULES as addresses
    from notegen.preflight.codes import RULES as preflight
    from notegen.press.art.codes import RULES as art

    words = (*lint.RULES, *lint.BATCH_RULES, lint.BROKEN_RULE, *allow_codes.RULES)
    post = (*mail_codes.RULES, *addresses)
    stages = (facts.RULES, compose.RULES, words, hand.RULES, layout.RULES, art, post, preflight, codes.RULES)
    yield from (rule for stage in stages for rule in stage)


def in_order(some: Iterable[Rule]) -> Registry[Rule]:
    """Make a registry of rules, by code."""
    found: Registry[Rule] = Registry("rule")
    for rule in sorted(some, key=lambda rule: rule.code):
        found.add(rule.code, rule, aliases=(rule.name,))
    return found

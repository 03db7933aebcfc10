"""What a shop lets pass: findings that a comment allows, and the levels that its settings give to rules.

Lint, write, preview and batch ask here, so that what lint lets pass is printed, too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from notegen.errors import NotegenError, UnknownName
from notegen.model.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from notegen.model.rule import Rule
    from notegen.model.source import Source
    from notegen.pipeline.wishes import Wishes
    from notegen.settings import Settings
    from notegen.settings.linting import Level, LintSettings

_WEIGHT: Final = {"error": 0, "warning": 1, "info": 2, "off": 3}


@dataclass(frozen=True, slots=True)
class Weights:
    """The levels that settings give to rules, by code, in all files and in those that a pattern matches."""

    root: Path | None = None
    everywhere: Mapping[str, Level] = field(default_factory=dict)
    by_pattern: tuple[tuple[str, Mapping[str, Level]], ...] = ()

    def of(self, one: Diagnostic) -> Diagnostic | None:
        """Return a finding as much as it counts, or None when it does not."""
        level = self.everywhere.get(one.code)
        for pattern, levels in self.by_pattern:
            if one.code in levels and one.span is not None and matches(one.span.source.name, pattern, self.root):
                level = levels[one.code]
        if level is None:
            return one
        return None if level.value == "off" else replace(one, severity=Severity(level.value))


def weights(lint: LintSettings, root: Path | None) -> Weights:
    """Return the levels by code; names that stand for no rule, and rules that nothing silences, are passed over."""
    if not lint.severity and not lint.paths:
        return Weights(root)
    from notegen.pipeline.rulebook import rules

    known = rules()

    def by_code(levels: Mapping[str, Level]) -> dict[str, Level]:
        named = {known.get(word): level for word, level in levels.items() if word in known}
        return {rule.code: level for rule, level in named.items() if not _turns_down(rule, level)}

    return Weights(root, by_code(lint.severity), tuple((pattern, by_code(levels)) for pattern, levels in lint.paths))


def misnamed(shop: Settings) -> Iterable[Diagnostic]:
    """Find names under `lint:` that stand for no rule, and levels for rules that nothing silences."""
    named = tuple(shop.lint.named())
    if not named:
        return
    from notegen.pipeline.rulebook import rules

    known = rules()
    for word, level, place in named:
        if word not in known:
            error = UnknownName("rule", word, (name for rule in known for name in (rule.code, rule.name)))
            near = error.hint if error.hint and error.hint.startswith("did") else "`notegen rule list` shows them all"
            yield Diagnostic("F018", Severity.ERROR, error.message, place, near)
        elif _turns_down(known.get(word), level):
            rule = known.get(word)
            message = f"{rule.code} {rule.name} cannot be turned down to {level.value}"
            yield Diagnostic("A104", Severity.ERROR, message, place, "change the words or the facts")


def code_of(word: str) -> str:
    """Return the code of a rule that the command line names; raises UnknownName."""
    from notegen.pipeline.rulebook import rules

    return rules().get(word).code


def silenced(lint: LintSettings, words: Sequence[str]) -> LintSettings:
    """Return settings with more rules switched off; raises NotegenError for one that nothing silences."""
    if not words:
        return lint
    from notegen.pipeline.rulebook import rules
    from notegen.settings.linting import Level

    for rule in map(rules().get, words):
        if not rule.allowable:
            raise NotegenError(f"{rule.code} {rule.name} cannot be ignored", hint="change the words or the facts")
    off = {rules().get(word).code: Level.OFF for word in words}
    return replace(lint, severity={**lint.severity, **off}, paths=(*lint.paths, ("**", off)))


def kept(
    found: Iterable[Diagnostic], sources: Iterable[Source], shop: Settings, wishes: Wishes
) -> tuple[Diagnostic, ...]:
    """Return the findings that count where the given files are printed from, at their levels."""
    rest = tuple(found)
    if not rest:
        return rest
    from notegen.lint.allow import allowances, sort_out
    from notegen.pipeline.rulebook import rules

    given = [one for source in sources for one in allowances(source)] if wishes.inline else []
    if given:
        rest = sort_out(rest, given, rules()).kept
    weighed = weights(shop.lint, shop.root)
    return tuple(one for one in map(weighed.of, rest) if one is not None)


def counted(found: Iterable[Diagnostic], shop: Settings, wishes: Wishes) -> tuple[Diagnostic, ...]:
    """Return the findings of loading that count: the comments of the files that they are in may allow them."""
    rest = tuple(found)
    return kept(rest, dict.fromkeys(one.span.source for one in rest if one.span is not None), shop, wishes)


def _turns_down(rule: Rule, level: Level) -> bool:
    return not rule.allowable and _WEIGHT[level.value] > _WEIGHT[rule.severity.value]


def from_root(name: str, root: Path | None) -> str:
    """Return a file's name as it is from the folder of notegen.yaml, with slashes."""
    base = os.path.abspath(root) if root is not None else os.getcwd()
    return os.path.relpath(os.path.abspath(name), base).replace(os.sep, "/")


def matches(name: str, pattern: str, root: Path | None) -> bool:
    """Return whether a pattern matches a file, seen from the root, or a folder that it is in.

    `*` stands for anything but a slash, `**` for anything; without a slash, the name in any folder is meant.
    """
    path = from_root(name, root)
    above = [path[:end] for end, character in enumerate(path) if character == "/"]
    if "/" not in pattern.rstrip("/"):
        return any(_regex(pattern.rstrip("/")).fullmatch(part) for part in path.split("/"))
    return any(_regex(pattern.strip("/")).fullmatch(one) for one in (path, *above))


@lru_cache(maxsize=256)
def _regex(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/?|\*|\?)", pattern)
    meant = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(meant.get(part) or re.escape(part) for part in parts), re.DOTALL)

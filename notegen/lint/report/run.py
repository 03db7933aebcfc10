"""What a report is made from: the findings of one run, and what there is to know about the run."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.rule import Rule
from notegen.model.source import Span

LEVELS = tuple(Severity)
"""From the gravest down."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that somebody allowed, with the reason given; `in_source` when a comment beside it says so."""

    diagnostic: Diagnostic
    reason: str
    in_source: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the linter; `rules` are those there are, by code.

    `root` is the folder that relative names count from; names are shown as they are when it is None. `fail_level` is
    the least severity that fails the run, None for none. `status` is what the command will end with.
    """

    diagnostics: tuple[Diagnostic, ...]
    rules: Mapping[str, Rule] = field(default_factory=dict)
    version: str = "0"
    root: PurePath | None = None
    fail_level: Severity | None = Severity.ERROR
    status: int = 0
    suppressed: tuple[Suppressed, ...] = ()
    colour: bool = False

    def fails(self, one: Diagnostic) -> bool:
        """Return whether a finding fails the run."""
        return at_least(one.severity, self.fail_level)

    def names(self) -> dict[str, str]:
        """Return the rules' names by code."""
        return {code: rule.name for code, rule in self.rules.items()}

    def title(self, one: Diagnostic) -> str:
        """Return a finding's code and its rule's name."""
        rule = self.rules.get(one.code)
        return f"{one.code} {rule.name}" if rule is not None else one.code

    def path(self, span: Span) -> str:
        """Return a file's path with slashes, counted from the root where it is inside, absolute where it is not."""
        name = PurePath(span.source.name)
        if self.root is None:
            return name.as_posix()
        whole = PurePath(posixpath.normpath((self.root / name).as_posix()))
        return whole.relative_to(self.root).as_posix() if whole.is_relative_to(self.root) else whole.as_posix()


def named(rules: Iterable[Rule] | None) -> dict[str, str]:
    """Return the names of rules by code; of those about words when none are given."""
    if rules is None:
        from notegen.lint.codes import RULES

        rules = RULES
    return {rule.code: rule.name for rule in rules}


def at_least(severity: Severity, level: Severity | None) -> bool:
    """Return whether a severity is as grave as a level, or graver; nothing is as grave as None."""
    return level is not None and LEVELS.index(severity) <= LEVELS.index(level)


def end_line(span: Span) -> int:
    """Return the 1-based line of the place after the last character."""
    return span.source.line_of(span.end)


def end_column(span: Span) -> int:
    """Return the 1-based column of the place after the last character, in code points."""
    return span.source.column_of(span.end)


def on_one_line(text: str) -> str:
    """Return a text with every run of white space as one space."""
    return " ".join(text.split())


def advice(one: Diagnostic) -> str:
    """Return what was found and, on a second line, what to do."""
    return f"{one.message}\n{one.hint}" if one.hint else one.message


def by_file(run: Run) -> Iterator[tuple[str, list[Diagnostic]]]:
    """Yield each file's path with its findings, as first met; an empty path for findings without a place."""
    files: dict[str, list[Diagnostic]] = {}
    for one in run.diagnostics:
        files.setdefault(run.path(one.span) if one.span is not None else "", []).append(one)
    yield from files.items()


def lines(rows: Iterable[str]) -> str:
    """Return rows with a line end after each."""
    return "".join(f"{row}\n" for row in rows)

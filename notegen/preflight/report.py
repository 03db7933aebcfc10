"""What preflight says about a file: findings, what was looked at, and what was not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from notegen.model.diagnostic import Severity

_FIGURES: Final = re.compile(r"-?\d[\d.,]*")

MOST: Final = 200
"""Different findings of one rule beyond which the rest is only counted: a broken file may have millions."""


def shown(words: str) -> str:
    """Return words in which nothing can play with a terminal or begin a line: names in a file may hold anything."""
    return words if words.isprintable() else "".join(one if one.isprintable() else "?" for one in words)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, said once however many pages have it.

    `pages` are 1-based and in order, empty for what concerns the whole file. `object` is the first PDF object that has
    it, as "12 0", with `page` the first page. `count` is how often it was seen.
    """

    code: str
    severity: Severity
    message: str
    hint: str | None = None
    pages: tuple[int, ...] = ()
    object: str | None = None
    count: int = 1

    @property
    def page(self) -> int | None:
        """The first page that has it, 1-based; None for what concerns the whole file."""
        return self.pages[0] if self.pages else None

    @property
    def is_error(self) -> bool:
        """Whether a press would refuse the file for it."""
        return self.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A check that was not made, or not on everything, and why."""

    check: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict on one file. `name` is what the file was called, `pages` how many it has (0 when unreadable)."""

    name: str
    pages: int
    findings: tuple[Finding, ...]
    checked: tuple[str, ...]
    unchecked: tuple[Unchecked, ...]

    @property
    def ok(self) -> bool:
        """Whether no error was found."""
        return not any(one.is_error for one in self.findings)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The errors alone."""
        return tuple(one for one in self.findings if one.is_error)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all that was found."""
        return frozenset(one.code for one in self.findings)


@dataclass(slots=True)
class _Kept:
    """A finding that is still growing."""

    code: str
    severity: Severity
    message: str
    hint: str | None
    object: str | None
    pages: dict[int, None] = field(default_factory=dict)
    count: int = 0


class Notebook:
    """Where checks write down what they find; the same thing on many pages becomes one finding."""

    def __init__(self, severities: dict[str, Severity], hints: dict[str, str], wanted: Iterable[str]) -> None:
        self._severities = severities
        self._hints = hints
        self._wanted = frozenset(wanted)
        self._kept: dict[tuple[str, str, Severity], _Kept] = {}
        self._numbers: dict[str, int] = {}
        self.unchecked: dict[tuple[str, str], None] = {}

    def add(
        self,
        code: str,
        message: str,
        *,
        page: int | None = None,
        object: str | None = None,
        severity: Severity | None = None,
        key: str | None = None,
    ) -> None:
        """Write a finding down; findings of one code that differ in figures alone (or have the same `key`) are one."""
        if code not in self._wanted:
            return
        level = severity or self._severities[code]
        message = shown(message)
        index = (code, key if key is not None else _FIGURES.sub("#", message), level)
        kept = self._kept.get(index)
        if kept is None:
            number = self._numbers.get(code, 0)
            if number >= MOST:
                self.skip(f"more of {code}", f"there are more than {MOST} different ones")
                return
            self._numbers[code] = number + 1
            kept = self._kept[index] = _Kept(code, level, message, self._hints.get(code), object)
        kept.count += 1
        if page is not None:
            kept.pages[page] = None

    def skip(self, check: str, reason: str) -> None:
        """Write down that something was not checked."""
        self.unchecked[shown(check), shown(reason)] = None

    def findings(self) -> tuple[Finding, ...]:
        """Return what was found: the file first, then by page; errors before warnings."""
        return tuple(sorted(self._made(), key=lambda one: (_ORDER[one.severity], one.page or 0, one.code)))

    def _made(self) -> Iterator[Finding]:
        for one in self._kept.values():
            pages = tuple(sorted(one.pages))
            yield Finding(one.code, one.severity, one.message, one.hint, pages, one.object, one.count)


_ORDER: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}

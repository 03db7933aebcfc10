"""What was found wrong with what a person wrote: returned, collected, never thrown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from notegen.model.rebuilt import rebuilt
from notegen.model.source import Span

T = TypeVar("T")


class Severity(StrEnum):
    """How much it matters: an error keeps the note from being printed."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@rebuilt
@dataclass(frozen=True, slots=True)
class Related:
    """A second place that explains the first, with a few words: the YAML line behind a template line."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A safe replacement of the characters of a span."""

    span: Span
    replacement: str


@rebuilt
@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: where, what, and what to do about it.

    `note` is the key of the note it concerns, if any, and `printed` the place in that note's words, in a source that
    holds its whole text.
    """

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    hint: str | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    note: str | None = None
    printed: Span | None = None

    @property
    def is_error(self) -> bool:
        """Whether this keeps a note from being printed."""
        return self.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """What a stage made, or None when it could not, and what it found on the way."""

    value: T | None
    diagnostics: tuple[Diagnostic, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether there is a value and no error."""
        return self.value is not None and not has_errors(self.diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether any of them is an error."""
    return any(diagnostic.is_error for diagnostic in diagnostics)

"""Putting a shop's own stocks and sheets beside those that come with notegen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from notegen.model.diagnostic import Checked, Diagnostic
from notegen.model.sheet import SheetStock
from notegen.model.stock import Stock
from notegen.registry import Registry

Ware = TypeVar("Ware", Stock, SheetStock)


def put(read: Iterable[tuple[Path, Checked[Ware]]], registry: Registry[Ware]) -> tuple[Diagnostic, ...]:
    """Add what was read of files to a registry; a broken one goes to `registry.broken` with the reason.

    Returns everything that was found wrong. Raises NotegenError for a name that is taken.
    """
    found: list[Diagnostic] = []
    for path, one in read:
        found.extend(one.diagnostics)
        if one.value is None:
            registry.broken[path.stem] = reason(one.diagnostics)
        else:
            registry.add(one.value.name, one.value, aliases=one.value.aka)
    return tuple(found)


def reason(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the place and the words of the first error."""
    worst = next(one for one in diagnostics if one.is_error)
    return f"{worst.span}: {worst.message}" if worst.span else worst.message

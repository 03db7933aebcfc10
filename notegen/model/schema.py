"""Which facts there can be, and how much each says about one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from notegen.errors import nearest

REMEMBERED: Final = 4096
"""Paths whose fields a schema remembers: the customers of a batch have the same ones."""


class Kind(StrEnum):
    """What a value may be."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FLAG = "flag"
    ANY = "any"
    LIST = "list"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Field:
    """One fact that may be given.

    `path` is dotted, with `*` for any item of a list (`sales.*.item`). `weight` counts how specific a printed value is:
    0 for a name or a shop fact, 1 or more for what only this customer would have. An `open` record takes any keys;
    what is under it weighs what the record weighs.
    """

    path: str
    kind: Kind
    doc: str
    weight: int = 0
    required: bool = False
    open: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """All facts that templates may speak of."""

    fields: Mapping[str, Field] = field(default_factory=dict)
    _found: dict[str, Field | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def lookup(self, path: str) -> Field | None:
        """Return the field for a dotted path; list indices match `*`; None when no schema knows it."""
        if path not in self._found:
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            self._found[path] = self._looked_up(path)
        return self._found[path]

    def _looked_up(self, path: str) -> Field | None:
        generic = ".".join("*" if step.isdigit() else step for step in path.split("."))
        found = self.fields.get(generic)
        if found is not None:
            return found
        parent, _, leaf = generic.rpartition(".")
        above = self.lookup(parent) if parent else None
        if above is None or not leaf:
            return None
        if above.open or (above.kind is Kind.ANY):
            return Field(path, Kind.ANY, f"under {above.path}", weight=above.weight, open=True)
        return None

    def children(self, path: str) -> tuple[str, ...]:
        """Return the names declared directly under a path (`""` for the roots)."""
        prefix = f"{path}." if path else ""
        names = (known[len(prefix) :] for known in self.fields if known.startswith(prefix))
        return tuple(name for name in names if name and "." not in name and name != "*")

    def suggest(self, path: str) -> str | None:
        """Return the nearest known path: a sibling first, then the same leaf elsewhere, then the closest path."""
        parent, _, leaf = path.rpartition(".")
        sibling = nearest(leaf, self.children(parent))
        if sibling:
            return f"{parent}.{sibling}" if parent else sibling
        elsewhere = [known for known in self.fields if known.rpartition(".")[2] == leaf and "*" not in known]
        return elsewhere[0] if elsewhere else nearest(path, [known for known in self.fields if "*" not in known])

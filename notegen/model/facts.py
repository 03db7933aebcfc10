"""What a business knows about one customer and sale: a read-only tree in which every value knows its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from notegen.model.source import Source, Span

Value: TypeAlias = "str | int | float | bool | date | Mapping[str, Value] | tuple[Value, ...] | None"


def index_of(step: str) -> int | None:
    """Return the item of a list that a step of a path names, or None: `0` to `999999`, in the digits of ASCII."""
    return int(step) if len(step) <= 6 and step.isascii() and step.isdigit() else None


@dataclass(frozen=True, slots=True)
class Facts:
    """One customer's facts with the shop's beside them.

    `key` names the customer in a batch and seeds the drawing; it does not depend on the order of the file.
    `tree` holds plain dicts, tuples and scalars, never changed after loading. `spans` maps each dotted path
    (`customer.name`, `sales.0.item`) to its place; a path of the tree without a span was derived.
    """

    key: str
    source: Source
    tree: Mapping[str, Value]
    spans: Mapping[str, Span]

    def get(self, path: str) -> Value:
        """Return the value at a dotted path, or None when there is none."""
        here: Value = self.tree
        for step in path.split("."):
            if type(here) is dict or isinstance(here, Mapping):  # the first is all that is asked of most, and faster
                here = here.get(step)
            else:
                index = index_of(step)
                if index is None or not isinstance(here, tuple) or index >= len(here):
                    return None
                here = here[index]
        return here

    def has(self, path: str) -> bool:
        """Return whether the path is there with a value other than None."""
        return self.get(path) is not None

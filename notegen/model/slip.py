"""A packing slip: which card goes into which envelope, and what a person adds to it by hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """What a card and its envelope have in common: a code to compare at a glance, and the place in mailing order."""

    code: str
    number: int

    @property
    def text(self) -> str:
        """The mark as it is printed."""
        return f"{self.code} {self.number}"


@dataclass(frozen=True, slots=True)
class Row:
    """One card of a batch, in mailing order.

    `address` are the lines of its envelope below the name, as far as they are known; `begins` are the first words of
    the note. `envelope` is None for a card that goes without one. `by_hand` is what a person is to do to it.
    """

    mark: Mark
    key: str
    name: str
    address: tuple[str, ...]
    begins: str
    hand: str
    stock: str
    envelope: str | None
    by_hand: tuple[str, ...] = ()

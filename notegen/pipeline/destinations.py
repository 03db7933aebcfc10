"""Where facts say that a card goes, and where the shop says that it comes from, ready to be set on an envelope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from notegen.model.address import Address, Vertical
from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.pipeline import posting

if TYPE_CHECKING:
    from notegen.model.facts import Facts
    from notegen.settings import Settings


@dataclass(frozen=True, slots=True)
class Destination:
    """An address as lines, as columns where it is Japanese and so wanted, and in its parts."""

    address: Address
    lines: tuple[str, ...]
    columns: Vertical | None


def destination(one: Facts, shop: Settings, home: str, *, upright: bool = False) -> Checked[Destination]:
    """Return where a customer's mail goes; findings point into the facts.

    `home` is the shop's `sender_country`, the same for all customers. `upright` asks for columns, for mail that is
    addressed from top to bottom; an address that cannot be set so keeps its lines, with a warning.
    """
    made = posting.set_out(one, shop, home)
    if made.value is None:
        return Checked(None, made.diagnostics)
    address, lines = made.value
    columns: Checked[Vertical] = _columns(address, home, honour=True) if upright else Checked(None)
    found = tuple(replace(finding, note=one.key) for finding in columns.diagnostics)
    return Checked(Destination(address, lines, columns.value), (*made.diagnostics, *found))


@dataclass(frozen=True, slots=True)
class Sender:
    """The shop's own address; what it looks like depends on the country that a letter goes to."""

    shop: Settings
    columns: Vertical | None = None
    lines_to: dict[str | None, tuple[str, ...]] = field(default_factory=dict)

    def lines(self, to: str | None = None) -> tuple[str, ...]:
        """Return the lines for a letter to a country, None for the shop's own."""
        if to not in self.lines_to:
            self.lines_to[to] = posting.return_block(self.shop, to).value or ()
        return self.lines_to[to]


def sender_of(shop: Settings, *, upright: bool = False) -> Checked[Sender]:
    """Return the shop's address with what is wrong with it; no value when the shop does not say one."""
    if shop.shop.get("address") is None:
        return Checked(None)
    read = posting.return_address(shop)
    if read.value is None:
        return Checked(None, read.diagnostics)
    columns = _columns(read.value, posting.sender_country(shop), honour=False).value if upright else None
    return Checked(Sender(shop, columns), read.diagnostics)


def _columns(address: Address, home: str, *, honour: bool) -> Checked[Vertical]:
    """Return a Japanese address as columns; a sender does not honour himself."""
    from notegen.post.address import vertical

    if (address.country or home) != "JP":
        return Checked(None)
    made = vertical(address, honour=honour)
    return Checked(made.value, tuple(_milder(made.diagnostics)))


def _milder(found: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    return (replace(one, severity=Severity.WARNING) for one in found)

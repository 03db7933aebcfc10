"""Where facts say that a card goes, and where the shop says that it comes from, ready to be set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notegen.model.address import PARTS, Address, Vertical, Written
from notegen.model.diagnostic import Checked
from notegen.model.facts import Facts, Value
from notegen.model.source import Span
from notegen.post import address as formats

if TYPE_CHECKING:
    from notegen.settings import Settings


@dataclass(frozen=True, slots=True)
class Destination:
    """An address as lines, as columns where it is Japanese, and in its parts."""

    address: Address
    lines: tuple[str, ...]
    columns: Vertical | None


def home_country(shop: Settings) -> str:
    """Return the country that the shop mails from: that of its address, else that of its locale."""
    said = shop.shop.get("address")
    named = said.get("country") if isinstance(said, Mapping) else None
    found = formats.country_of(str(named)) if named else None
    return found or shop.locale.replace("-", "_").rpartition("_")[2]


def destination(one: Facts, home: str, *, upright: bool = False) -> Checked[Destination]:
    """Return where a customer's mail goes, for a sender in a country; findings point into the facts.

    `upright` asks for columns, for mail that is addressed from top to bottom.
    """
    name = str(one.get("customer.name") or one.key)
    written = _written(one.get("customer.address"), name, one.spans, "customer.address", "customer.name")
    made = _set(written, home, upright=upright)
    return Checked(made.value, tuple(replace(found, note=one.key) for found in made.diagnostics))


def sender_of(shop: Settings, home: str, *, upright: bool = False) -> Checked[Destination]:
    """Return the shop's own address; no value when it does not say one."""
    said = shop.shop.get("address")
    if said is None:
        return Checked(None)
    name = str(shop.shop.get("name") or shop.shop.get("signer") or "")
    return _set(_written(said, name, shop.spans, "shop.address", "shop.name"), home, upright=upright)


def _set(written: Written, home: str, *, upright: bool) -> Checked[Destination]:
    read = formats.read(written, home)
    if read.value is None:
        return Checked(None, read.diagnostics)
    lines = formats.lines(read.value, home, written.places)
    found = (*read.diagnostics, *lines.diagnostics)
    if lines.value is None:
        return Checked(None, found)
    japanese = upright and (read.value.country or home) == "JP"
    columns: Checked[Vertical] = formats.vertical(read.value) if japanese else Checked(None)
    return Checked(Destination(read.value, lines.value, columns.value), (*found, *columns.diagnostics))


def _written(said: Value, name: str, spans: Mapping[str, Span], at: str, named: str) -> Written:
    """Return an address as it stands in a tree: under `at`, with the person's name from `named`."""
    record: Mapping[str, Value] = said if isinstance(said, Mapping) else {}
    parts = {part: str(record[part]) for part in PARTS if record.get(part) is not None}
    whole = said if isinstance(said, str | tuple) else record.get("lines")
    rows = tuple(whole.splitlines()) if isinstance(whole, str) else whole if isinstance(whole, tuple) else ()
    places = {path[len(at) + 1 :]: span for path, span in spans.items() if path == at or path.startswith(f"{at}.")}
    if named in spans:
        places.setdefault("name", spans[named])
        places.setdefault("", spans[named])
    return Written({"name": name, **parts}, tuple(map(str, rows)), places)

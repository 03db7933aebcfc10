"""Where facts say that a card goes, and where the shop says that it comes from, ready to be set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notegen.facts.addresses import SHOP, written
from notegen.model.address import Address, Vertical, Written
from notegen.model.diagnostic import Checked
from notegen.model.facts import Facts
from notegen.model.source import Source
from notegen.post import address as formats

if TYPE_CHECKING:
    from notegen.settings import Settings

USUAL = "US"
"""Where mail is from when neither the shop's address nor its locale names a country."""


@dataclass(frozen=True, slots=True)
class Destination:
    """An address as lines, as columns where it is Japanese, and in its parts."""

    address: Address
    lines: tuple[str, ...]
    columns: Vertical | None


def home_country(shop: Settings) -> str:
    """Return the ISO code of the country that the shop mails from: that of its address, else that of its locale."""
    said = shop.shop.get("address")
    named = said.get("country") if isinstance(said, Mapping) else None
    return (formats.country_of(named) if isinstance(named, str) else None) or _of_locale(shop.locale)


def language_of(shop: Settings) -> str:
    """Return the language that the shop writes in, which names countries abroad where its post reads it."""
    return shop.locale.split("_")[0]


def destination(one: Facts, home: str, *, language: str | None = None, upright: bool = False) -> Checked[Destination]:
    """Return where a customer's mail goes, for a sender in a country; findings point into the facts.

    `language` is the sender's. `upright` asks for columns, for mail that is addressed from top to bottom.
    """
    made = _set(written(one), home, language, upright=upright, honour=True)
    return Checked(made.value, tuple(replace(found, note=one.key) for found in made.diagnostics))


def sender_of(shop: Settings, home: str, *, upright: bool = False) -> Checked[Destination]:
    """Return the shop's own address; no value when it does not say one."""
    if shop.shop.get("address") is None:
        return Checked(None)
    facts = Facts(SHOP, shop.source or Source("notegen.yaml", ""), {SHOP: shop.shop}, shop.spans)
    own = written(facts, SHOP)
    signer = shop.shop.get("signer")
    if "name" not in own.parts and isinstance(signer, str):
        own = replace(own, parts={**own.parts, "name": signer})
    return _set(own, home, None, upright=upright, honour=False)


def sender_lines(sender: Destination, home: str, to: Destination) -> tuple[str, ...]:
    """Return the lines of the sender on one customer's mail: what goes abroad says from which country it came."""
    abroad = formats.country_line(to.address.country or home, home) is not None
    return (*sender.lines, formats.country_name(home, "en").upper()) if abroad else sender.lines


def _set(told: Written, home: str, language: str | None, *, upright: bool, honour: bool) -> Checked[Destination]:
    read = formats.read(told, home)
    if read.value is None:
        return Checked(None, read.diagnostics)
    lines = formats.lines(read.value, home, told.places, language, honour=honour)
    found = (*read.diagnostics, *lines.diagnostics)
    if lines.value is None:
        return Checked(None, found)
    japanese = upright and (read.value.country or home) == "JP"
    columns: Checked[Vertical] = formats.vertical(read.value, honour=honour) if japanese else Checked(None)
    return Checked(Destination(read.value, lines.value, columns.value), (*found, *columns.diagnostics))


def _of_locale(locale: str) -> str:
    """Return the country of a locale, or where its language is most spoken (CLDR, through Babel)."""
    from babel.core import get_global

    language, *rest = locale.replace("-", "_").split("_")
    if rest and len(rest[-1]) == 2:
        return rest[-1]
    likely = str(get_global("likely_subtags").get(language, "")).split("_")
    return likely[-1] if len(likely[-1]) == 2 and likely[-1].isupper() else USUAL

"""Who gets an envelope and where it goes: facts and settings become addresses and blocks of lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notegen.model.diagnostic import Checked

if TYPE_CHECKING:
    from notegen.model.address import Address
    from notegen.model.facts import Facts
    from notegen.settings import Settings

HOME = "US"
"""The sender's country when neither the shop's address nor its locale names one."""


def sender_country(shop: Settings) -> str:
    """Return the ISO code of the country whose post the shop uses: that of its address, else of its locale."""
    from notegen.post.address import served_by

    read = _return_address(shop, _of_locale(shop.locale)).value
    return served_by((read.country if read is not None else None) or _of_locale(shop.locale))


def language_of(shop: Settings) -> str:
    """Return the language that the shop writes in, which names countries abroad where the post reads it."""
    return shop.locale.split("_")[0]


def block_of(facts: Facts, shop: Settings) -> Checked[tuple[str, ...]]:
    """Return the lines of a customer's envelope, with all that was found; no value when they have no address."""
    made = set_out(facts, shop)
    return Checked(made.value[1] if made.value is not None else None, made.diagnostics)


def set_out(facts: Facts, shop: Settings, home: str | None = None) -> Checked[tuple[Address, tuple[str, ...]]]:
    """Return a customer's address in its parts and as the lines of an envelope; no value when they have none.

    `home` is the shop's `sender_country`, for those who ask for many customers; None has it found out.
    """
    from notegen.facts.addresses import written
    from notegen.post import address

    home = home or sender_country(shop)
    told = written(facts)
    made = address.read(told, home)
    found = made.diagnostics
    value = None
    if made.value is not None:
        block = address.lines(made.value, home, told.places, language_of(shop))
        found += block.diagnostics
        value = (made.value, block.value) if block.value is not None else None
    return Checked(value, tuple(replace(one, note=facts.key) for one in found))


def return_address(shop: Settings) -> Checked[Address]:
    """Return the shop's own address, with findings that point at notegen.yaml; no value when it has none.

    Who signs stands for a shop without a name.
    """
    return _return_address(shop, sender_country(shop))


def _return_address(shop: Settings, home: str) -> Checked[Address]:
    from notegen.facts.addresses import SHOP, written
    from notegen.post import address

    own = written(_as_facts(shop), SHOP)
    signer = shop.shop.get("signer")
    if "name" not in own.parts and isinstance(signer, str):
        own = replace(own, parts={**own.parts, "name": signer})
    return address.read(own, home)


def return_block(shop: Settings, to: str | None = None) -> Checked[tuple[str, ...]]:
    """Return the lines of the sender's address; on a letter to another country, `to`, the shop's own is named, too."""
    from notegen.post import address

    made = return_address(shop)
    if made.value is None:
        return Checked(None, made.diagnostics)
    here = sender_country(shop)
    block = address.lines(made.value, here, None, language_of(shop), honour=False).value or ()
    abroad = to is not None and address.country_line(to, here, language_of(shop)) is not None
    own = (address.country_name(here, "en").upper(),) if abroad else ()
    return Checked((*block, *own), made.diagnostics)


def _as_facts(shop: Settings) -> Facts:
    from notegen.model.facts import Facts
    from notegen.model.source import Source

    source = shop.source or Source("notegen.yaml", "")
    return Facts("shop", source, {"shop": shop.shop}, shop.spans)


def _of_locale(locale: str) -> str:
    """Return the country of a locale, or where its language is most spoken (CLDR, through Babel)."""
    from babel.core import get_global

    language, *rest = locale.split("_")
    if rest and len(rest[-1]) == 2:
        return rest[-1]
    likely = str(get_global("likely_subtags").get(language, "")).split("_")
    return likely[-1] if len(likely[-1]) == 2 and likely[-1].isupper() else HOME

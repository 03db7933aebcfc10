"""An address becomes a block of lines, in the order of the country that it is in."""

from __future__ import annotations

from collections.abc import Mapping

from notegen.model.address import Address
from notegen.model.diagnostic import Checked
from notegen.model.source import Span
from notegen.post.address.names import country_line


def lines(
    address: Address, sender_country: str, places: Mapping[str, Span] | None = None, language: str | None = None
) -> Checked[tuple[str, ...]]:
    """Return the block from top to bottom, the name first, the country last and only when it is abroad.

    `sender_country` is an ISO code of two letters; an address without a country is there. `language` is the sender's,
    for the country's name. `places` says where the parts stand in the facts, so that findings point there.
    """
    city = " ".join(part for part in (address.city, address.region, address.postcode) if part)
    own = address.lines or tuple(part for part in (address.street, address.street2, city) if part)
    last = country_line(address.country or sender_country, sender_country, language)
    block = (address.name, address.company, address.care_of and f"c/o {address.care_of}", *own, last)
    return Checked(tuple(part for part in block if part))

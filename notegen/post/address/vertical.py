"""A Japanese address as columns, for a card or an envelope that is written from top to bottom."""

from __future__ import annotations

from notegen.model.address import Address, Vertical
from notegen.model.diagnostic import Checked


def vertical(address: Address) -> Checked[Vertical]:
    """Return the parts of a Japanese address for vertical setting; no value for an address that is not in Japanese."""
    digits = "".join(one for one in address.postcode or "" if one.isdigit())
    columns = ("".join(part for part in (address.region, address.city, address.street) if part), address.street2 or "")
    return Checked(Vertical(digits, tuple(filter(None, columns)), address.company, (f"{address.name} 様",)))

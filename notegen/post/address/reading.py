"""An address is made of what facts say, and judged by what its country's post needs."""

from __future__ import annotations

from notegen.model.address import Address, Written
from notegen.model.diagnostic import Checked


def read(written: Written, sender_country: str) -> Checked[Address]:
    """Return the address that facts hold, with its country's code and its postcode as the post writes it.

    The findings point at the facts. There is no value when there is no address at all.
    """
    parts = {key: value for key, value in written.parts.items() if key != "name"}
    return Checked(Address(written.parts.get("name", ""), **parts, lines=written.lines))

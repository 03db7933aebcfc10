"""A postal address in parts, before any country's order is given to them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """Where something is sent: who, and the parts that a country's post puts in its own order.

    `country` is an ISO 3166 code of two letters, None when the facts do not say. `lines` are the address as somebody
    wrote it out, which wins over the parts. `name` and `company` stand above either.
    """

    name: str
    company: str | None = None
    street: str | None = None
    street2: str | None = None
    city: str | None = None
    region: str | None = None
    postcode: str | None = None
    country: str | None = None
    lines: tuple[str, ...] = ()

"""A postal address in parts, before any country's order is given to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from notegen.model.source import Span

PARTS = ("name", "company", "care_of", "street", "street2", "district", "city", "region", "postcode", "country")
"""The parts of an address that are one text each."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where something is sent: who, and the parts that a country's post puts in its own order.

    `country` is an ISO 3166 code of two letters, None when the facts do not say. `lines` are the address as somebody
    wrote it out, which wins over the parts. `name` and `company` stand above either. `care_of` is at whose home the
    person is found, without "c/o"; `district` is a part of the town that the post wants named: a village, a colonia, a
    bairro, a ward.
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
    care_of: str | None = None
    district: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """An address as facts have it, before anything is made of it.

    `parts` holds texts by the names of PARTS, `lines` the lines that were written out. `places` says where each part
    stands: by its name, `lines.0` for a line, `""` for the record that holds them or should.
    """

    parts: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    places: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vertical:
    """A Japanese address as it is set in columns from right to left.

    `postcode` is seven digits, for their boxes. `address` are its columns, the largest part first, with numbers in
    kanji; `company` is one more, and `names` are the people's, each with how they are addressed (様).
    """

    postcode: str
    address: tuple[str, ...]
    company: str | None
    names: tuple[str, ...]

"""The order in which cards are printed: that of the facts, of the post, of names, or of postcodes."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from notegen.model.person import Person

if TYPE_CHECKING:
    from notegen.batch.preparing import Prepared


class By(StrEnum):
    """What cards are ordered by."""

    FACTS = "facts"
    MAILING = "mailing"
    NAME = "name"
    POSTCODE = "postcode"


_NUMBERS: Final = re.compile(r"\d+")


def natural(text: str) -> str:
    """Return a text that sorts as people sort: 9 before 10, and capitals with small letters."""
    return _NUMBERS.sub(lambda number: number.group().zfill(8), text.casefold())


def _mailing(one: Person) -> str:
    """Trays are made up by country, then by postcode; a carrier walks a street by its numbers.

    Who has no address comes last: those cards are handed over.
    """
    where = one.sorting
    known = "0" if where.postcode or where.street else "1"
    words = where.street.split(" ")
    # A street is sorted by its name first, whether its number stands before it or after.
    street = " ".join(sorted(words, key=lambda word: word[:1].isdigit()))
    return "\0".join((known, where.country, natural(where.postcode), natural(street), one.key))


def _name(one: Person) -> str:
    return "\0".join((one.sorting.family, one.name.casefold(), one.key))


def _postcode(one: Person) -> str:
    known = "0" if one.sorting.postcode else "1"
    return "\0".join((known, natural(one.sorting.postcode), one.sorting.family, one.name.casefold(), one.key))


_KEYS: Final[dict[By, Callable[[Person], str]]] = {By.MAILING: _mailing, By.NAME: _name, By.POSTCODE: _postcode}


def order_of(prepared: Prepared, by: By) -> list[int] | range:
    """Return the numbers of the cards in the order in which they are to be printed."""
    if by is By.FACTS:
        return range(len(prepared.keys))
    from notegen.batch.columns import Texts

    texts = Texts(_KEYS[by](one) for _, one in prepared.people())
    return sorted(range(len(texts)), key=texts.__getitem__)

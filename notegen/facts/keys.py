"""The key of a customer's note: the same whatever the order of the file, and readable in a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from hashlib import blake2b
from typing import Final
from unicodedata import category, combining, normalize

from notegen.model.facts import Value
from notegen.model.source import Source

LONGEST: Final = 60
"""Characters of a name that go into a key."""

_PLAIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_APOSTROPHES: Final = re.compile("['’`´]")
_HYPHENS: Final = re.compile("-+")


def key_of(tree: Mapping[str, Value], source: Source) -> str:
    """Return the `key:` given, else the name and the date of the sale as a slug, else one made of the text itself."""
    given = tree.get("key")
    if isinstance(given, str) and given:
        return given
    name = _at(tree, "customer", "name")
    day = _at(tree, "sale", "date")
    named = slug(name) if isinstance(name, str) else ""
    if not named:
        text = source.text.removeprefix("---").strip()
        return f"unnamed-{blake2b(text.encode(), digest_size=4).hexdigest()}"
    return f"{named}-{day.isoformat()}" if isinstance(day, date) else named


def slug(text: str) -> str:
    """Return small letters and digits with hyphens between: "José O'Brien" is jose-obrien, "伊藤 花子" 伊藤-花子."""
    small = _APOSTROPHES.sub("", text.casefold())
    if not small.isascii():
        small = normalize("NFC", "".join(map(_without_accent, normalize("NFC", small)))).casefold().translate(_PLAIN)
    spaced = "".join(letter if letter.isalnum() or category(letter)[0] == "M" else "-" for letter in small)
    return _HYPHENS.sub("-", spaced).strip("-")[:LONGEST].strip("-")


def _without_accent(letter: str) -> str:
    """Return a Latin letter without its accents; one of another script is kept whole."""
    bare = "".join(part for part in normalize("NFKD", letter) if not combining(part))
    return bare if bare and bare.isascii() else letter


def _at(tree: Mapping[str, Value], record: str, leaf: str) -> Value:
    inside = tree.get(record)
    return inside.get(leaf) if isinstance(inside, Mapping) else None

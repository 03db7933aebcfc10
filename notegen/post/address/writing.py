"""What facts say of an address, without what is none: junk, blank lines, telephone numbers, the country's own line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from notegen.model.address import PARTS, Written
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.junk import is_junk
from notegen.model.source import Span
from notegen.post.address import codes
from notegen.post.address.formats import regions_of
from notegen.post.address.names import country_of

LAID_OUT: Final = ("street", "street2", "district", "city", "region", "postcode")
"""The parts that say where somebody lives."""

CITY_STATES: Final = frozenset(("SG", "HK", "MO", "MC", "VA", "GI", "LU"))
"""Countries whose name may be the town in the last line of an address inside them."""

_CODES_LIKE_JUNK: Final = frozenset(("NA",))
"""Naples and Navarre."""

_CONTACT: Final = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "an e-mail address"),
    (re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE), "a web address"),
    (
        re.compile(r"\b(?:tel|telephone|telefon|phone|ph|mob|mobile|fax|cell)\b[.:]?\s*\+?[\d(][\d ()./-]{5,}", re.I),
        "a telephone number",
    ),
    (re.compile(r"\+\d[\d ()./-]{7,}\d|\(\d{3}\) ?\d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b"), "a telephone number"),
)


@dataclass(frozen=True, slots=True)
class Clean:
    """The parts and lines that are left, the country that the last line was, and what was found."""

    parts: Mapping[str, str]
    lines: tuple[str, ...]
    country: str | None
    diagnostics: tuple[Diagnostic, ...]


def clean(written: Written, sender_country: str) -> Clean:
    """Take out what is no part of an address; a country in the last line is taken for the address's country."""
    found: list[Diagnostic] = []
    parts = {part: written.parts[part] for part in PARTS if part in written.parts}
    for part, text in list(parts.items()):
        if part == "region" and text.strip() in _CODES_LIKE_JUNK:
            continue
        wrong = list(_words(text, part, written.places))
        found.extend(wrong)
        if is_junk(text) or (wrong and part != "name"):
            del parts[part]
    lines = []
    for number, line in enumerate(written.lines):
        wrong = list(_line(line, f"lines.{number}", written.places))
        found.extend(wrong)
        if not wrong:
            lines.append(line)
    last = _country(lines[-1], sender_country) if len(lines) > 1 else None
    if last is not None:
        lines.pop()
    return Clean(parts, tuple(lines), last, tuple(found))


def _country(line: str, sender_country: str) -> str | None:
    """Return the country that the last line of an address names; GA and Georgia are a state to an American."""
    text = line.strip()
    states = {name.casefold() for one in regions_of(sender_country).values() for name in (one.code, one.name)}
    if text.casefold() in states or (len(text) == 2 and text.upper() not in ("UK", "US")):
        return None
    found = country_of(text)
    return None if found == sender_country and found in CITY_STATES else found


def _line(line: str, path: str, places: Mapping[str, Span]) -> Iterator[Diagnostic]:
    if line.strip():
        yield from _words(line, path, places)
        return
    place = places.get(path) or places.get("")
    message = "the address has a blank line, which is left out"
    yield Diagnostic(codes.BLANK, Severity.WARNING, message, place, "take it out")


def _words(text: str, path: str, places: Mapping[str, Span]) -> Iterator[Diagnostic]:
    """Yield that a text is junk, or is how to reach somebody in another way."""
    place = places.get(path) or places.get("")
    if is_junk(text):
        if text.strip():
            message = f"the address says '{text.strip()}'"
            hint = "write what it is, or leave the key out"
            yield Diagnostic(codes.JUNK, Severity.ERROR, message, place, hint)
        return
    for form, what in _CONTACT:
        match = form.search(text)
        if match:
            message = f"the address holds {what}: {match[0].strip()}"
            hint = "move it to customer.email or customer.phone"
            yield Diagnostic(codes.NOT_POSTAL, Severity.ERROR, message, place, hint)
            return

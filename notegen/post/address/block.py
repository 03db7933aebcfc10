"""An address becomes a block of lines, in the order of the country that it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from notegen.model.address import Address
from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.model.source import Span
from notegen.post.address import codes
from notegen.post.address.formats import Format, format_of
from notegen.post.address.honorifics import honoured
from notegen.post.address.names import country_line
from notegen.post.address.template import filled, leads

MOST: Final = 7
"""Lines of an address: six and the country (La Poste, Swiss Post, PostNL, UPU Denmark)."""

LONGEST: Final = 50
"""Characters of a line where the post names no number; more do not fit a window of 100 mm at 10 points."""

BESIDE: Final = 40
"""Characters up to which a flat stands in the line of its street."""

_LIVES_WITH: Final = re.compile(r"c/o\b|℅|chez\b|presso\b|a/c\b|care of\b|bei\b|u p\.|hos\b|p/a\b", re.IGNORECASE)
_OWN_SCRIPT: Final = re.compile("[\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")


def lines(
    address: Address,
    sender_country: str,
    places: Mapping[str, Span] | None = None,
    language: str | None = None,
    *,
    honour: bool = True,
) -> Checked[tuple[str, ...]]:
    """Return the block from top to bottom, the country last and only when it is abroad.

    `sender_country` is an ISO code of two letters; an address without a country is there. `language` is the sender's,
    for the country's name. `places` says where the parts stand in the facts, so that findings point there. Lines that
    somebody wrote out are kept as they are, below the name unless they have it. Without `honour` no 様 follows a
    Japanese name: nobody calls himself so.
    """
    country = address.country or sender_country
    how = format_of(country)
    last = country_line(country, sender_country, language)
    own = _written(address) if address.lines else _made(address, how, abroad=last is not None, honour=honour)
    block = (*own, last) if last else own
    return Checked(block, tuple(_findings(block, how, places or {})))


def in_own_script(address: Address, how: Format) -> bool:
    """Return whether an address is in its country's own script, and so goes from the largest part to the smallest."""
    parts = (address.street, address.street2, address.district, address.city, address.region)
    return bool(how.script) and any(part and _OWN_SCRIPT.search(part) for part in parts)


def _made(address: Address, how: Format, *, abroad: bool, honour: bool) -> tuple[str, ...]:
    """Return the lines that the parts make, without the country's."""
    script = in_own_script(address, how)
    clean = _clean(address)
    parts: dict[str, str | None] = {
        "name": clean.name,
        "company": None if _same(clean.company, clean.name) else clean.company,
        "care_of": _lives_with(clean.care_of, how.care_of_script if script else how.care_of, after=script),
        "street": _street(clean, how, script=script),
        "district": clean.district,
        "city": clean.city or how.town,
        "region": clean.region,
        "postcode": _postcode(clean.postcode, how.abroad if abroad else ""),
    }
    templates = how.script if script else how.lines
    if any(leads(one) == "region" for one in templates) and _same(clean.region, clean.city):
        parts["region"] = None
    if script and honour and how.code == "JP":
        parts |= honoured(parts["name"] or "", parts["company"])
    made = (filled(template, parts) for template in templates)
    return tuple(line for text in made for line in text.split("\n") if line)


def _clean(address: Address) -> Address:
    """Return an address whose parts have one space between words and no blank line."""

    def tidy(text: str | None) -> str | None:
        rows = (" ".join(row.split()) for row in (text or "").splitlines())
        return "\n".join(row for row in rows if row) or None

    return replace(
        address,
        name=tidy(address.name) or "",
        company=tidy(address.company),
        care_of=tidy(address.care_of),
        street=tidy(address.street),
        street2=tidy(address.street2),
        district=tidy(address.district),
        city=tidy(address.city),
        region=tidy(address.region),
        postcode=tidy(address.postcode),
    )


def _street(address: Address, how: Format, *, script: bool) -> str | None:
    """Return the street with the flat, floor or building where the country has it."""
    street, unit = address.street, address.street2
    if not street or not unit:
        return street or unit
    place = how.unit_script if script else how.unit
    joined = f"{street}{place}{unit}"
    if place not in ("above", "below") and "\n" not in joined and len(joined) <= BESIDE:
        return joined
    above = place == "above" or (place != "below" and how.crowded == "above")
    return f"{unit}\n{street}" if above else f"{street}\n{unit}"


def _lives_with(text: str | None, word: str, *, after: bool) -> str | None:
    if text is None or _LIVES_WITH.match(text):
        return text
    if after and word:
        return text if text.endswith(word) else text + word
    return f"{word} {text}" if word else text


def _postcode(text: str | None, before: str) -> str | None:
    return text if text is None or text.startswith(before) else before + text


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.casefold() == other.casefold()


def _written(address: Address) -> tuple[str, ...]:
    """Return the lines that were written out, with the name where it is not among them."""
    own = tuple(" ".join(line.split()) for line in address.lines if line.strip())
    name = " ".join(address.name.split())
    there = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)" if name.isascii() else re.escape(name), re.IGNORECASE)
    if not name or any(there.search(line) for line in own):
        return own
    return (*own, name) if own and own[0].startswith("〒") else (name, *own)


def _findings(block: tuple[str, ...], how: Format, places: Mapping[str, Span]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the block as a whole."""
    whole = places.get("")
    if len(block) > MOST:
        message = f"the address has {len(block)} lines, and posts read at most {MOST}"
        hint = "leave out what the postman does not need: a department, a county, a second building"
        yield Diagnostic(codes.TALL, Severity.WARNING, message, whole, hint)
    most = how.longest or LONGEST
    for line in block:
        if len(line) > most:
            message = f"the line '{line}' has {len(line)} characters, and {most} are the most"
            hint = "put the flat or the building under street2, or shorten it as the post does"
            yield Diagnostic(codes.LONG, Severity.WARNING, message, whole, hint)

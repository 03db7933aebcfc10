"""Postcodes as each post writes them, and the zero that a spreadsheet took."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

from notegen.post.address.formats import Format, Region, regions_of

_PREFIX: Final = re.compile(r"[A-Z]{1,3}(?=\d)")
"""The letters of a country before a postcode of digits: D-, CH-, SE-."""


def tidied(text: str, how: Format) -> str | None:
    """Return a postcode as the post of a country writes it; None when there can be no such postcode there."""
    written = " ".join(normalize("NFKC", text).replace("〒", "").upper().split())
    if how.postcode is None:
        return written
    if how.form is None and how.postcode.fullmatch(written):
        return written
    bare = re.sub(r"[^0-9A-Z]", "", written)
    for candidate in (bare, _PREFIX.sub("", bare, count=1)):
        match = how.postcode.fullmatch(candidate)
        if match:
            return _set(match, how.form)
    return written if how.allowed is not None and how.allowed.fullmatch(written) else None


def restored(text: str, how: Format, region: str | None) -> str | None:
    """Return a postcode with the zeros back that it began with, when its region proves them; else None."""
    bare = re.sub(r"\D", "", text)
    known = regions_of(how.code).get(region or "")
    long = 9 if how.code == "US" and len(bare) > 5 else 5
    if known is None or known.begins is None or not 3 <= len(bare) < long or how.postcode is None:
        return None
    whole = bare.zfill(long)
    match = how.postcode.fullmatch(whole)
    return _set(match, how.form) if match and lies_in(whole, known) else None


def lies_in(postcode: str, region: Region) -> bool:
    """Return whether a postcode is one of a region's, as far as is known."""
    return region.begins is None or region.begins.match(re.sub(r"[^0-9A-Z]", "", postcode)) is not None


def _set(match: re.Match[str], form: str | None) -> str:
    """Return the parts of a postcode in the post's form; marks between parts that are not there are left out."""
    if form is None:
        return match[0]
    made = re.sub(r"\\(\d)", lambda part: match[int(part[1])] or "", form)
    return made.strip(" -")

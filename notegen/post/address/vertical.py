"""A Japanese address as columns, for a card or an envelope that is written from top to bottom."""

from __future__ import annotations

import re
from typing import Final

from notegen.model.address import Address, Vertical
from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.post.address import codes
from notegen.post.address.block import in_own_script
from notegen.post.address.formats import format_of
from notegen.post.address.honorifics import firm, named

LONGEST: Final = 20
"""Characters of a column of the address; a longer one is cut before the house number."""

_DIGITS: Final = str.maketrans("0123456789０１２３４５６７８９", "〇一二三四五六七八九" * 2)
_NUMBER: Final = re.compile(r"[0-9０-９]+")
_HYPHEN: Final = re.compile(r"(?<=[\d０-９])\s*[-－−‐–—ー]\s*(?=[\d０-９])")
_HOUSE: Final = re.compile(r"(?=[0-9０-９一二三四五六七八九十〇]+(?:丁目|番|[-－−‐–—]))")


def vertical(address: Address, *, honour: bool = True) -> Checked[Vertical]:
    """Return the parts of a Japanese address for vertical setting.

    Numbers become kanji: two digits as they are said (12 is 十二: 一 above 二 would be read as 三), longer ones digit
    by digit (201 is 二〇一). Hyphens between them become ノ, which has no other form when it is set upright. There is
    no value for an address that is not in Japan, not in Japanese, or written out in lines. Without `honour` nobody is
    addressed: the sender's own name has no 様.
    """
    how = format_of("JP")
    if address.country not in (None, "JP") or address.lines or not in_own_script(address, how):
        hint = "write region, city and street in Japanese, or have the address printed from left to right"
        message = "an address that is not in Japanese parts cannot be set from top to bottom"
        return Checked(None, (Diagnostic(codes.NOT_VERTICAL, Severity.ERROR, message, None, hint),))
    digits = "".join(one for one in address.postcode or "" if one.isdigit())
    place = "".join(_bare(part) for part in (address.region, address.city, address.district, address.street) if part)
    columns = (*_columns(place), address.street2)
    lives_with = f"{address.care_of.removesuffix('様方')}様方" if address.care_of else None
    names = named(address.name) if honour else tuple(filter(None, (address.name,)))
    company = firm(address.company, alone=honour and not names) if address.company else None
    made = tuple(_upright(column) for column in (*columns, lives_with) if column)
    return Checked(Vertical(digits, made, company, names))


def _columns(place: str) -> tuple[str, ...]:
    """Cut an address that is too long for one column, where its house number begins."""
    if len(place) <= LONGEST:
        return (place,)
    starts = [match.start() for match in _HOUSE.finditer(place) if match.start()]
    cut = next((start for start in starts if start <= LONGEST), LONGEST)
    return place[:cut], place[cut:]


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _upright(text: str) -> str:
    return _NUMBER.sub(_said, _HYPHEN.sub("ノ", " ".join(text.split())))


def _said(number: re.Match[str]) -> str:
    """Return a number in kanji."""
    digits = number[0].translate(_DIGITS)
    if len(digits) != 2 or digits[0] == "〇":
        return digits
    tens, ones = digits[0], digits[1]
    return f"{'' if tens == '一' else tens}十{'' if ones == '〇' else ones}"

"""What countries are called, in any language, and how the last line of a letter that goes abroad names one.

Names come from CLDR, through Babel. The usual ones (codes, English) are looked up first; the others are read only when
these do not help.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final
from unicodedata import category, normalize

from notegen.errors import nearest
from notegen.post.address.formats import codes, format_of, known

_LANGUAGES: Final = (
    *("de", "fr", "es", "it", "pt", "nl", "sv", "nb", "da", "fi", "pl", "cs", "hu", "el", "ja", "ko", "zh", "zh_Hant"),
    *("he", "ru", "uk", "tr", "ar", "hi", "ro", "bg", "hr", "sr", "sk", "sl", "et", "lv", "lt", "is", "ga", "cy"),
    *("th", "vi", "id", "ms", "ca", "eu", "gl", "lb", "rm", "fa", "ur", "bn", "ta", "sw", "af", "sq", "mk", "ka", "hy"),
)
"""Languages whose names of countries are understood; where two disagree the first counts."""

_ALIASES: Final = {
    "GB": "UK, U.K., Great Britain, Britain, England, Scotland, Wales, Northern Ireland",
    "US": "U.S., U.S.A., United States of America, the States, America, États-Unis d'Amérique",
    "NL": "Holland, The Netherlands",
    "IE": "Eire, Republic of Ireland, Ireland (Republic)",
    "KR": "Korea, Republic of Korea, Rep. of Korea, Korea (Rep.), ROK",
    "KP": "DPRK",
    "CZ": "Czech Republic, Czech Rep.",
    "CN": "PR China, P.R. China, People's Republic of China, PRC",
    "TW": "Taiwan, R.O.C., ROC, Republic of China",
    "HK": "Hong Kong, Hongkong, Hong Kong SAR",
    "MO": "Macao, Macau",
    "RU": "Russian Federation",
    "CH": "Swiss Confederation, Schweizer Eidgenossenschaft",
    "DE": "Federal Republic of Germany, Bundesrepublik Deutschland, Bundesrepublik, BRD, FRG, Allemagne",
    "AE": "UAE, U.A.E.",
    "VA": "Vatican, Holy See",
    "MM": "Burma",
    "TR": "Turkey",
    "MK": "Macedonia",
    "SZ": "Swaziland",
    "CI": "Ivory Coast",
    "CV": "Cape Verde",
    "TL": "East Timor",
    "CD": "DR Congo, DRC, Democratic Republic of the Congo",
    "CG": "Congo, Republic of the Congo",
    "PS": "Palestine",
    "VN": "Viet Nam",
    "LA": "Lao",
    "SY": "Syria",
    "BO": "Bolivia",
    "VE": "Venezuela",
    "TZ": "Tanzania",
    "GR": "EL, Hellas",
    "JP": "Nippon, Nihon",
}
"""What people write that CLDR does not list, by country."""

_PLAIN: Final = {
    "US": {"en": "United States of America"},
    "HK": {"de": "Hongkong", "sv": "Hongkong", "nb": "Hongkong", "da": "Hongkong", "nl": "Hongkong", "": "Hong Kong"},
    "MO": {"de": "Macau", "": "Macao"},
    "MM": {"en": "Myanmar"},
    "CD": {"en": "Democratic Republic of the Congo"},
    "CG": {"en": "Republic of the Congo"},
}
"""Names for the last line where CLDR's are made for lists; the language "" stands for all others."""

_WITH_ARTICLE: Final = frozenset(("US", "GB", "NL", "AE", "PH", "BS", "GM", "DO", "CF", "CD", "CG", "IM", "MV", "VA"))
"""Countries that English calls by "the"."""

_ARTICLE: Final = re.compile(r"^(?:the|la|le|les|die|der|las|los|el|il|o|os|a|as) ")


@lru_cache(maxsize=4096)
def country_of(text: str) -> str | None:
    """Return the ISO code of two letters for a country's code or name in any language, None when there is none."""
    key = _folded(text)
    if not key:
        return None
    bare = _ARTICLE.sub("", key)
    return _usual().get(key) or _usual().get(bare) or _foreign().get(key) or _foreign().get(bare)


@lru_cache(maxsize=256)
def suggested(text: str) -> str | None:
    """Return the name of the country that a misspelt name is nearest to."""
    english = {_folded(name): name for name in (country_name(code, "en") for code in codes())}
    found = nearest(_folded(text), english)
    if found:
        return english[found]
    near = nearest(_folded(text), _foreign())
    return country_name(_foreign()[near], "en") if near else None


def country_name(country: str, language: str) -> str:
    """Return what a country is called in a language, in English where CLDR does not say."""
    plain = _PLAIN.get(country, {})
    if language in plain or "" in plain:
        return plain.get(language, plain.get("", country))
    name = _territories(language).get(country) or _territories("en").get(country) or country
    return re.sub(r" \([^)]*\)$", "", name)


def country_said(country: str) -> str:
    """Return what a country is called inside an English sentence: the United States, Germany."""
    name = re.sub(r" of America$", "", country_name(country, "en"))
    return f"the {name}" if country in _WITH_ARTICLE or name.endswith("Islands") else name


def country_line(country: str, sender_country: str, language: str | None = None) -> str | None:
    """Return the last line of a letter from one country to another, in capitals; None when it stays inside.

    The name is in `language` if the sender's post reads it there, else in the first of those that it reads. Capitals
    are asked for by the posts of Britain, Germany, Finland, Korea and the United States, and by the UPU.
    """
    here = format_of(sender_country)
    if country == sender_country or country in here.one_post or sender_country in format_of(country).one_post:
        return None
    read = here.languages or ("en",)
    chosen = language if language in read else read[0]
    return country_name(country, chosen).upper()


def _folded(text: str) -> str:
    """Return a name without case, accents, dots and other marks, its words one space apart."""
    bare = "".join(one for one in normalize("NFKD", text.casefold()) if category(one) != "Mn")
    bare = re.sub(r"\.(?=\w\b)|(?<=\b\w)\.", "", bare)
    return " ".join(re.sub(r"[^\w]+", " ", normalize("NFC", bare).replace("&", " and ")).split())


@cache
def _usual() -> Mapping[str, str]:
    """Return codes of two and three letters, English names and what people write, folded, with the country of each."""
    from babel.core import get_global

    made = {_folded(country_name(code, "en")): code for code in codes()}
    made |= {_folded(name): code for code, name in _territories("en").items() if known(code)}
    for alias, targets in get_global("territory_aliases").items():
        if alias.isalpha() and len(targets) == 1 and known(targets[0]):
            made.setdefault(alias.casefold(), targets[0])
    for code, names in _ALIASES.items():
        made |= {_folded(name): code for name in names.split(", ")}
    return made | {code.casefold(): code for code in codes()}


@cache
def _foreign() -> Mapping[str, str]:
    """Return the names of countries in other languages than English, folded, with the country of each."""
    made: dict[str, str] = {}
    for name, code in _named():
        made.setdefault(_folded(name), code)
        made.setdefault(_ARTICLE.sub("", _folded(name)), code)
    return made


def _named() -> Iterator[tuple[str, str]]:
    for language in _LANGUAGES:
        for code, name in _territories(language).items():
            if known(code):
                yield name, code


@cache
def _territories(language: str) -> Mapping[str, str]:
    from babel import Locale, UnknownLocaleError

    try:
        found = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {str(code): str(name) for code, name in found.items() if len(code) == 2}

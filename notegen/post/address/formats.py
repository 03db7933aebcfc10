"""The formats of all countries, read from the data beside this module when one is first asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from notegen.files import read_source
from notegen.yamlsource import parse

_FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Format:
    """How one country's post wants an address; `countries.yaml` says what each entry means.

    `postcode` is what a postcode's letters and digits must be, None where there are no postcodes or none is known.
    `allowed` is a second, looser pattern, of the postcode as it is written. `source` says where the format is from.
    """

    code: str
    lines: tuple[str, ...]
    script: tuple[str, ...] = ()
    unit: str = "above"
    unit_script: str = "above"
    crowded: str = "below"
    care_of: str = "c/o"
    care_of_script: str = ""
    postcode: re.Pattern[str] | None = None
    form: str | None = None
    allowed: re.Pattern[str] | None = None
    example: str = ""
    abroad: str = ""
    needs: tuple[str, ...] = ("street", "city")
    region: str = ""
    town: str | None = None
    longest: int | None = None
    languages: tuple[str, ...] = ()
    one_post: tuple[str, ...] = ()
    capitals: str = ""
    source: str = "Google address data"


@dataclass(frozen=True, slots=True)
class Region:
    """A state or province: its code, its name, and what its postcodes begin with."""

    code: str
    name: str
    begins: re.Pattern[str] | None


TERRITORIES: Final = frozenset(("PR", "GU", "VI", "AS", "MP"))
"""Countries by ISO 3166 whose post is that of the United States, with the codes of states (Publication 28, B)."""


def served_by(country: str) -> str:
    """Return the country whose post delivers in a country: its own, but for territories of the United States."""
    return "US" if country in TERRITORIES else country


def known(country: str) -> bool:
    """Return whether a code is that of a country."""
    return country in _world()


def codes() -> tuple[str, ...]:
    """Return the codes of all countries."""
    return tuple(_world())


def described() -> tuple[str, ...]:
    """Return the countries that have a format of their own, with its source, in the order of the data."""
    return tuple(_own())


@cache
def format_of(country: str) -> Format:
    """Return a country's format; one that is no country has the plainest."""
    own, world = _own().get(country, {}), _world().get(country, {})
    loose = world.get("postcode")
    pattern = own.get("postcode", loose)
    needs = tuple(own.get("needs", world.get("needs", ("street", "city"))))
    texts = {key: own[key] for key in _TEXTS if key in own}
    return Format(
        code=country,
        lines=tuple(own.get("lines", world.get("lines", _PLAINEST))),
        script=tuple(own.get("script", ())),
        postcode=re.compile(str(pattern)) if pattern else None,
        allowed=re.compile(loose) if loose else None,
        example=world.get("example", ""),
        needs=tuple(part for part in needs if part not in own.get("optional", ())),
        languages=tuple(own.get("languages", ())),
        one_post=tuple(own.get("one_post", ())),
        longest=own.get("longest"),
        **texts,
    )


_TEXTS: Final = (
    *("unit", "unit_script", "crowded", "care_of", "care_of_script", "form", "abroad", "region", "town"),
    *("capitals", "source"),
)
_PLAINEST: Final = ("{name}", "{company}", "{care_of}", "{street}", "{district}", "{city}", "{region}", "{postcode}")


@cache
def regions_of(country: str) -> Mapping[str, Region]:
    """Return the regions of a country whose post wants their codes, by code; empty for others."""
    known = json.loads((_FOLDER / "regions.json").read_text(encoding="utf-8")).get(country, {})
    return {code: Region(code, name, re.compile(begins) if begins else None) for code, (name, begins) in known.items()}


@cache
def _world() -> Mapping[str, Any]:
    made: dict[str, Any] = json.loads((_FOLDER / "world.json").read_text(encoding="utf-8"))
    return made


@cache
def _own() -> Mapping[str, Any]:
    documents = parse(read_source(_FOLDER / "countries.yaml", "countries.yaml")).value or ()
    value: Any = documents[0].value
    return {str(code): one for code, one in value.items()}

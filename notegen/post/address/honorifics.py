"""How a Japanese addressee is named on an envelope: 様 after a person, 御中 after a firm, one of them always."""

from __future__ import annotations

import re
from typing import Final

PERSON: Final = "様"
FIRM: Final = "御中"

_HAS_ONE: Final = re.compile(r"(?:様|さま|殿|先生|御中|御一同|一同|君|ちゃん|教授|師)$")
_SEVERAL: Final = re.compile(r"\s*(?:[、,&＆]|・(?![ァ-ヺ])|(?<![ァ-ヺー])・)\s*|\n")
"""What stands between two people; ・ between katakana parts the given name of one from the family name."""


def named(text: str) -> tuple[str, ...]:
    """Return each person of a name, with how they are addressed."""
    people = [person.strip() for person in _SEVERAL.split(text)]
    return tuple(person if _HAS_ONE.search(person) else f"{person} {PERSON}" for person in people if person)


def firm(text: str, *, alone: bool) -> str:
    """Return a firm's name, with 御中 when no person stands with it."""
    return text if not alone or _HAS_ONE.search(text) else f"{text} {FIRM}"


def honoured(name: str, company: str | None) -> dict[str, str | None]:
    """Return the name and company of a block, with how they are addressed."""
    return {
        "name": "\n".join(named(name)) or None,
        "company": firm(company, alone=not name) if company else None,
    }

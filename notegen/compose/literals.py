"""A string constant of a template as a rope: each character from the characters that spell it, escapes included."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from notegen.compose.rope import Rope, concat, literal, retext

if TYPE_CHECKING:
    from notegen.compose.codegen import Text

_UNIT: Final = re.compile(
    r"\\(?:[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|.)|[^\\]+", re.DOTALL
)


def spelled(value: str, text: Text, offset: int) -> Rope | None:
    """Return the rope of the string literals (neighbours are one constant) that begin at an offset of the body.

    None when they do not spell `value`: then the constant was not written there.
    """
    places = text.places
    parts: list[Rope] = []
    for token in places.tokens[max(0, places.index_at(offset)) :]:
        if token.kind == "string":
            parts += _units(token.text[1:-1], text, token.start + 1)
        elif token.kind != "whitespace":
            break
        if sum(map(len, parts)) >= len(value):
            break
    rope = concat(parts)
    return rope if str.__eq__(rope, value) else None


def _units(raw: str, text: Text, start: int) -> list[Rope]:
    found: list[Rope] = []
    for unit in _UNIT.finditer(raw):
        origin = text.span(start + unit.start(), start + unit.end())
        if unit[0][0] != "\\":
            found.append(literal(unit[0], origin))
            continue
        decoded = unit[0].encode("ascii", "backslashreplace").decode("unicode-escape")
        found.append(retext(decoded, literal(unit[0], origin)))
    return found

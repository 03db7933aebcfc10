"""One line of a format, filled: what stands between two parts is printed only when both are there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

_FIELD: Final = re.compile(r"\{(\w+)\}")


def filled(template: str, parts: Mapping[str, str | None]) -> str:
    """Return a line with its parts, empty when it has none; a part may bring line breaks of its own."""
    pieces, after = _cut(template)
    made = ""
    for number, (before, name) in enumerate(pieces):
        text = parts.get(name)
        if text:
            made += before + text if made or number == 0 else text
    return made + after if made else ""


def leads(template: str) -> str | None:
    """Return the only part of a line that holds one alone, None for others."""
    names = [name for _, name in _cut(template)[0]]
    return names[0] if len(names) == 1 else None


@cache
def _cut(template: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Return each part with what stands before it, and what stands after the last."""
    pieces = _FIELD.split(template)
    return tuple(zip(pieces[0::2], pieces[1::2], strict=False)), pieces[-1]

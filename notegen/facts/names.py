"""Names as a data base keeps them, which nobody would write on an envelope."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.facts import Facts

_WORD: Final = re.compile(r"[^\W\d_]+")
_REVERSED: Final = re.compile(r"\s*([^\W\d_][^,]*?)\s*,\s*([^\W\d_][^,]*?)\s*")
_SEVERAL: Final = re.compile(r"\s(?:and|und|et|y|e|och|og|en)\s|[&+]", re.IGNORECASE)
_AFTER_COMMA: Final = re.compile(
    r"(?:jr|sr|i{1,3}|iv|m\.?d|ph\.?d|esq|d\.?d\.?s|d\.?v\.?m|cpa|r\.?n|inc|ltd|llc|gmbh)\.?", re.IGNORECASE
)


def badly_written(one: Facts, paths: Iterable[str]) -> Iterator[Diagnostic]:
    """Warn of names in capitals, and of a full name that begins with the family's name and a comma."""
    for path in sorted(paths):
        text = one.get(path)
        if not isinstance(text, str):
            continue
        span = one.spans.get(path)
        if _is_shouted(text):
            hint = f"write it as they do: {_WORD.sub(lambda word: word[0].capitalize(), text)}"
            yield Diagnostic("F020", Severity.WARNING, f"{path} is written in capitals", span, hint)
        if path == "customer.name" and (turned := _turned(text)):
            hint = f"write it as they do: {turned}"
            yield Diagnostic("F021", Severity.WARNING, f"{path} begins with the family name and a comma", span, hint)


def _is_shouted(text: str) -> bool:
    """Return whether a name is all capitals; initials and short forms (JP, BJ III) are how people are called."""
    return text.isupper() and any(len(word) > 3 for word in _WORD.findall(text))


def _turned(text: str) -> str | None:
    found = _REVERSED.fullmatch(text)
    if found is None or _SEVERAL.search(text) or _AFTER_COMMA.fullmatch(found[2]):
        return None
    return f"{found[2]} {found[1]}"

"""In which direction each character of a text runs: the Unicode bidirectional algorithm (UAX 9), implicit rules.

Levels are as there: even ones run from left to right, odd ones from right to left. Explicit embeddings and isolates are
passed over, for nobody writes them by hand; the marks LRM and RLM count.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_PAIRS = dict(zip("([{⟨〈《「『【〔（［｛", ")]}⟩〉》」』】〕）］｝", strict=True))
MIRROR = {**_PAIRS, **{close: open_ for open_, close in _PAIRS.items()}} | dict(
    zip("<>«»‹›≤≥", "><»«›‹≥≤", strict=True)
)
"""What a sign is drawn as that runs from right to left."""

_CLOSERS = frozenset(_PAIRS.values())
_SILENT = frozenset(("BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))
_NEUTRAL = frozenset(("B", "S", "WS", "ON"))
_NUMBERS = frozenset(("EN", "AN"))


def is_plain(text: str) -> bool:
    """Whether nothing in a text runs from right to left."""
    return max(text, default="") < "\u0590" or not any(
        unicodedata.bidirectional(character) in {"R", "AL", "AN"} for character in text
    )


def base_level(text: str) -> int:
    """Return 1 when the first letter of a text runs from right to left, else 0 (rules P2 and P3)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"L", "R", "AL"}:
            return int(kind != "L")
    return 0


def levels(text: str, base: int) -> list[int]:
    """Return the level of each character of a paragraph whose own level is `base`."""
    kinds = [unicodedata.bidirectional(character) or "L" for character in text]
    heard = [place for place, kind in enumerate(kinds) if kind not in _SILENT]
    side = "R" if base else "L"
    resolved = _weak([kinds[place] for place in heard], side)
    resolved = _bracketed("".join(text[place] for place in heard), resolved, side)
    resolved = _neutral(resolved, side)
    found = [-1] * len(text)
    for place, kind in zip(heard, resolved, strict=True):
        found[place] = _level(kind, base)
    before = base
    for place, level in enumerate(found):
        before = found[place] = before if level < 0 else level
    return found


def _level(kind: str, base: int) -> int:
    """Return the level of a resolved character (rules I1 and I2)."""
    if base:
        return base + (kind != "R")
    return {"L": 0, "R": 1}.get(kind, 2)


def _weak(kinds: list[str], side: str) -> list[str]:
    """Return the kinds with marks, numbers and what belongs to numbers resolved (rules W1 to W7)."""
    found = _separated(_numbered(_marked(kinds, side), side))
    strong = side
    for place, kind in enumerate(found):
        if kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            found[place] = "L"
    return found


def _marked(kinds: list[str], side: str) -> list[str]:
    """Return the kinds with each mark of its letter's kind (W1)."""
    found: list[str] = []
    for kind in kinds:
        found.append((found[-1] if found else side) if kind == "NSM" else kind)
    return found


def _numbered(kinds: list[str], side: str) -> list[str]:
    """Return the kinds with numbers after Arabic letters as Arabic ones, and those letters as others (W2, W3)."""
    found, strong = [], side
    for kind in kinds:
        if kind in {"L", "R", "AL"}:
            strong = kind
        found.append("AN" if kind == "EN" and strong == "AL" else "R" if kind == "AL" else kind)
    return found


def _separated(kinds: list[str]) -> list[str]:
    """Return the kinds with separators and signs inside and around numbers as part of them (W4 to W6)."""
    found = list(kinds)
    for place in range(1, len(found) - 1):
        before, here, after = found[place - 1 : place + 2]
        if before == after and ((here == "CS" and before in _NUMBERS) or (here == "ES" and before == "EN")):
            found[place] = before
    for first, last in _stretches(found, frozenset(("ET",))):
        around = found[max(first - 1, 0) : first] + found[last : last + 1]
        if "EN" in around:
            found[first:last] = ["EN"] * (last - first)
    return ["ON" if kind in {"ES", "ET", "CS"} else kind for kind in found]


def _stretches(kinds: list[str], among: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each longest stretch of certain kinds."""
    place = 0
    while place < len(kinds):
        end = place
        while end < len(kinds) and kinds[end] in among:
            end += 1
        if end > place:
            yield place, end
        place = end + 1


def _bracketed(text: str, kinds: list[str], side: str) -> list[str]:
    """Return the kinds with pairs of brackets of the kind of what is in them (rule N0)."""
    found = list(kinds)
    for opening, closing in _pairs(text, kinds):
        inside = {_strong(kind) for kind in found[opening + 1 : closing]} & {"L", "R"}
        if not inside:
            continue
        before = next((_strong(kind) for kind in reversed(found[:opening]) if _strong(kind) in {"L", "R"}), side)
        found[opening] = found[closing] = side if side in inside else before
    return found


def _pairs(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    """Return the places of the brackets that belong together, in the order of the opening ones (BD16)."""
    waiting: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for place, character in enumerate(text):
        if kinds[place] != "ON":
            continue
        if character in _PAIRS:
            waiting.append((_PAIRS[character], place))
        elif character in _CLOSERS:
            match = next((number for number in reversed(range(len(waiting))) if waiting[number][0] == character), None)
            if match is not None:
                found.append((waiting[match][1], place))
                del waiting[match:]
    return sorted(found)


def _strong(kind: str) -> str:
    return "R" if kind in _NUMBERS else kind


def _neutral(kinds: list[str], side: str) -> list[str]:
    """Return the kinds with white and marks running as what is on both sides of them, else as the text (N1, N2)."""
    found = list(kinds)
    for first, last in _stretches(kinds, _NEUTRAL):
        before = _strong(kinds[first - 1]) if first else side
        after = _strong(kinds[last]) if last < len(kinds) else side
        found[first:last] = [before if before == after else side] * (last - first)
    return found

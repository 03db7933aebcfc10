"""The slug of a sheet: a line of small type in the waste that says which sheet this is and what is on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from notegen import plain
from notegen.layout.impose.cutting import CLEAR
from notegen.model.page import Line, Words
from notegen.model.stock import Box

EDGE = 3.5
"""Millimetres from the paper's edge in which a slug does not stand: few desktop printers reach further."""
SIZES = (2.4, 2.1, 1.8)
"""Millimetres of the em of its type, the first that fits."""
HEIGHT = 1.25
"""Of a line of type, in ems."""
NAME = 28
"""Characters of a key beyond which it is cut."""


@dataclass(frozen=True, slots=True)
class _Strip:
    """A free strip along an edge of the paper: its box, and whether its words run upwards."""

    box: Box
    upwards: bool


def slug(parts: Sequence[str], paper: tuple[float, float], keep: Sequence[Box], lines: Sequence[Line]) -> Words | None:
    """Return the words, where nothing else is; None when the sheet has no room for them.

    `parts` are said in their order; when there is little room, the last ones are left out. Characters that plain type
    lacks become boxes. `keep` is what is printed,
    `lines` are the marks. The lower edge is tried first, then the upper one, the left and the right.
    """
    for many in range(len(parts), 0, -1):
        text = plain.shown("   ".join(parts[:many]))
        for size in SIZES:
            wide = plain.width(text, size)
            for strip in _strips(paper, keep, size):
                for start, end in _gaps(strip, lines):
                    if wide <= end - start:
                        return _words(strip, start, size, text)
    return None


def _words(strip: _Strip, start: float, size: float, text: str) -> Words:
    if strip.upwards:
        return Words(strip.box.right - 0.3 * size, start, text, size, angle=90.0)
    return Words(start, strip.box.y + 0.3 * size, text, size)


def _strips(paper: tuple[float, float], keep: Sequence[Box], size: float) -> Iterator[_Strip]:
    """Yield the strips along the edges that lie in the waste and are high enough."""
    width, height = paper
    high = HEIGHT * size
    long, tall = width - 2 * EDGE, height - 2 * EDGE
    candidates = (
        _Strip(Box(EDGE, EDGE, long, high), False),
        _Strip(Box(EDGE, height - EDGE - high, long, high), False),
        _Strip(Box(EDGE, EDGE, high, tall), True),
        _Strip(Box(width - EDGE - high, EDGE, high, tall), True),
    )
    near = [box.inset(-CLEAR / 2) for box in keep]
    return (strip for strip in candidates if not any(_meet(strip.box, box) for box in near))


def _gaps(strip: _Strip, lines: Iterable[Line]) -> Iterator[tuple[float, float]]:
    """Yield the stretches of a strip that no mark is in."""
    box = strip.box
    low, high = (box.y, box.top) if strip.upwards else (box.x, box.right)
    taken = sorted(
        (line.y0, line.y1) if strip.upwards else (line.x0, line.x1)
        for line in lines
        if _meet(box, Box(line.x0, line.y0, line.x1 - line.x0, line.y1 - line.y0))
    )
    for start, end in taken:
        if start - CLEAR > low:
            yield low, start - CLEAR
        low = max(low, end + CLEAR)
    if high > low:
        yield low, high


def _meet(one: Box, other: Box) -> bool:
    return one.x <= other.right and other.x <= one.right and one.y <= other.top and other.y <= one.top


def told(job: str, sheet: int, sheets: int, side: str, numbers: Sequence[int], keys: Sequence[str]) -> tuple[str, ...]:
    """Return the parts of a slug, the weightiest first: job, sheet and face, cards, and the first and last key.

    `numbers` are those of the pieces on the sheet, from 0, in the order of the slots, and `keys` their keys, if any.
    """
    parts = [job, f"sheet {sheet + 1} of {sheets}, {side}"]
    if numbers:
        parts.append(_cards(sorted(set(numbers))))
    if keys:
        first, last = (_short(key) for key in (keys[0], keys[-1]))
        parts.append(first if first == last else f"{first} … {last}")
    return tuple(part for part in parts if part)


def _cards(numbers: Sequence[int]) -> str:
    first, last = numbers[0] + 1, numbers[-1] + 1
    if len(numbers) == 1:
        return f"no. {first}"
    if last - first == len(numbers) - 1:
        return f"nos. {first} to {last}"
    if len(numbers) == 2:
        return f"nos. {first} and {last}"
    return f"nos. {first}, {numbers[1] + 1} … {last}"


def _short(key: str) -> str:
    return key if len(key) <= NAME else f"{key[: NAME - 1]}…"

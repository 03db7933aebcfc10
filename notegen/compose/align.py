"""Finding a filter's result again in what went into it, for filters that say nothing about their work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from notegen.compose.rope import Mark, Rope, Run
from notegen.model.note import Trust

_TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")


def aligned(text: str, rope: Rope, extra: tuple[str, ...] = ()) -> Rope:
    """Return `text` as a rope, its characters traced to those of `rope` that they most likely are.

    A change of case alone is exact. Otherwise whole words are looked for in order, and every run is labelled
    `aligned`; characters that are found nowhere read `extra`.
    """
    if text == rope:
        return rope
    text = str.__str__(text)
    folded, wanted = _folded(rope), _folded(text)
    if folded == wanted:
        return Rope(text, rope._runs)
    return Rope(text, tuple(_runs(_matches(wanted, folded), rope, extra)))


def _folded(text: str) -> str:
    """Lower each character that stays one character, so that offsets stay."""
    lowered = str.lower(text)
    if len(lowered) == len(text):
        return str.__str__(lowered)
    return "".join(low if len(low := str.lower(one)) == 1 else one for one in str.__str__(text))


def _matches(wanted: str, given: str) -> list[int]:
    """Return for each character of `wanted` its offset in `given`, or -1."""
    found: list[int] = []
    at = 0
    for token in _TOKEN.finditer(wanted):
        piece = token[0]
        start = _find(piece, given, at)
        if piece.isspace():
            there = len(given) - len(given[start:].lstrip()) if start >= 0 else 0
            length = max(0, min(len(piece), there - start)) if start >= 0 else 0
            found += [*range(start, start + length), *[-1] * (len(piece) - length)]
            at = max(at, start + length)
        elif start < 0:
            found += [-1] * len(piece)
        else:
            at = start + len(piece)
            found += range(start, at)
    return found


def _find(piece: str, given: str, at: int) -> int:
    """Find a token: a space only at the offset, a mark within a few characters, a word as a word first."""
    if piece.isspace():
        return at if at < len(given) and given[at].isspace() else -1
    if not piece.isalnum() and len(piece) == 1:
        return given.find(piece, at, at + 3)
    whole = re.compile(rf"(?<!\w){re.escape(piece)}").search(given, at)
    return whole.start() if whole else given.find(piece, at)


def _runs(matches: list[int], rope: Rope, extra: tuple[str, ...]) -> Iterator[Run]:
    marks = {run[2]: run[2]._replace(trust=Trust.ALIGNED) for run in rope._runs}
    nowhere = Mark(None, extra, Trust.ALIGNED)
    index = 0
    start, previous = 0, None
    for i, match in enumerate([*matches, -2]):
        while match >= 0 and rope._runs[index][1] <= match:
            index += 1
        here = _place(match, rope._runs[index], marks) if match >= 0 else (nowhere, -1) if match == -1 else None
        if previous is not None and not _continues(previous, here, i - start):
            yield (start, i, *previous)
            start = i
            previous = here
        elif previous is None:
            previous = here


def _place(match: int, run: Run, marks: dict[Mark, Mark]) -> tuple[Mark, int]:
    return marks[run[2]], run[3] + match - run[0] if run[3] >= 0 else -1


def _continues(first: tuple[Mark, int], then: tuple[Mark, int] | None, length: int) -> bool:
    if then is None or then[0] != first[0]:
        return False
    return then[1] == (first[1] + length if first[1] >= 0 else -1)

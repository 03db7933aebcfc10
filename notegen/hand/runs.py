"""A word becomes runs: stretches of one script and one direction that one face of the hand writes.

A word's letters of one script go to one face, the hand's own before any other, so that no name changes hands in its
middle. Digits, stops and brackets belong to no script: the hand writes them itself wherever it can.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

from notegen.hand import coverage

COMMON = "Zyyy"
"""The ISO 15924 code of what belongs to no script."""

_FAMILY = {"Hani": "Jpan", "Bopo": "Jpan"}
_UNITED = {"Jpan": "Hani"}
LANGUAGE = {"Jpan": "ja", "Hang": "ko", "Hebr": "he", "Deva": "hi", "Cyrl": "ru", "Grek": "el"}
"""The language that HarfBuzz is told of for a script: it chooses between national forms."""

JOINERS = frozenset("\u200c\u200d")

Has = Callable[[int, str], bool]
"""Whether a face, by its number, can write a character."""

Faces = Callable[[str], Sequence[int]]
"""The faces that write a script, best first; 0 is the hand's own."""


class Run(NamedTuple):
    """Characters start..end (half open) of a word; `script` is a code of ISO 15924, `level` one of UAX 9."""

    start: int
    end: int
    face: int
    script: str
    level: int


class _Cell(NamedTuple):
    """A character with the marks on it."""

    start: int
    end: int
    script: str
    level: int


def script_of(character: str) -> str:
    """Return the script of a character, Chinese and Japanese taken together; COMMON for what many scripts use."""
    found = coverage.script_of(character)
    return _FAMILY.get(found, found) or COMMON


def tag(script: str) -> str:
    """Return the code that HarfBuzz knows a script by."""
    return _UNITED.get(script, script)


def runs(text: str, levels: Sequence[int], faces: Faces, has: Has) -> list[Run]:
    """Return the runs of a word in the order in which they are read; what no face has is in none of them."""
    cells = _cells(text, levels)
    scripts = {cell.script for cell in cells}
    of_script = {script: _face(_texts(text, cells, script), faces(script), has) for script in scripts}
    found: list[Run] = []
    near = -1
    for number, cell in enumerate(cells):
        if cell.script == COMMON:
            ordered = (0, near, _nearest(cells, number, of_script), *faces(COMMON))
        else:
            ordered = (of_script[cell.script], *faces(cell.script))
        # A mark that nobody has leaves its letter behind.
        for end in dict.fromkeys((cell.end, cell.start + 1)):
            face = _face([text[cell.start : end]], ordered, has)
            if face >= 0:
                near = face
                _add(found, cell._replace(end=end), face)
                break
    return found


def _cells(text: str, levels: Sequence[int]) -> list[_Cell]:
    found: list[_Cell] = []
    for place, character in enumerate(text):
        joined = unicodedata.category(character)[0] == "M" or character in JOINERS
        if found and (joined or (text[place - 1] == "\u200d" and script_of(character) == found[-1].script)):
            found[-1] = found[-1]._replace(end=place + 1)
        else:
            found.append(_Cell(place, place + 1, script_of(character), levels[place]))
    return found


def _texts(text: str, cells: Sequence[_Cell], script: str) -> list[str]:
    return [text[cell.start : cell.end] for cell in cells if cell.script == script]


def _face(texts: Sequence[str], faces: Sequence[int], has: Has) -> int:
    """Return the first face that can write all of some texts, or -1."""
    return next((face for face in faces if face >= 0 and all(_has_all(face, text, has) for text in texts)), -1)


def _has_all(face: int, text: str, has: Has) -> bool:
    return all(character in JOINERS or has(face, character) for character in text)


def _nearest(cells: Sequence[_Cell], number: int, of_script: dict[str, int]) -> int:
    """Return the face of the next letter after a sign that belongs to no script, or -1."""
    return next((of_script[cell.script] for cell in cells[number:] if cell.script != COMMON), -1)


def _add(found: list[Run], cell: _Cell, face: int) -> None:
    """Add a cell to the runs: to the last one where face, direction and script allow it."""
    if found:
        last = found[-1]
        alike = last.script == cell.script or COMMON in {last.script, cell.script}
        if alike and last[1:3] == (cell.start, face) and last.level == cell.level:
            script = cell.script if last.script == COMMON else last.script
            found[-1] = last._replace(end=cell.end, script=script)
            return
    found.append(Run(cell.start, cell.end, face, cell.script, cell.level))

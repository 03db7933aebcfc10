"""The faces of plain type, in the order in which they are asked for a character."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from notegen.resources import data_folder

REGULAR, STRONG = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"

OTHERS = ("japanese-pen/NotegenJapanesePen.ttf", "korean-pen/NanumPenScript.ttf", "devanagari-pen/KalamLight.ttf")
"""Where characters come from that the plain faces lack: kanji and kana, Hangul, Devanagari."""


@dataclass(frozen=True)
class Face:
    """A TrueType file, opened when it is first asked."""

    path: Path

    @cached_property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.path.read_bytes()

    @cached_property
    def shaper(self) -> Any:
        """HarfBuzz's font, scaled to units of the em."""
        import uharfbuzz

        return uharfbuzz.Font(uharfbuzz.Face(self.data))

    @cached_property
    def units(self) -> int:
        """Units of an em."""
        return int(self.shaper.face.upem)

    @cached_property
    def characters(self) -> frozenset[int]:
        """The code points that the face has glyphs for."""
        return frozenset(self.shaper.face.unicodes)


@cache
def faces(strong: bool) -> tuple[Face, ...]:
    """Return the faces of one weight, the plain one first."""
    folder = data_folder("fonts")
    first = (STRONG, REGULAR) if strong else (REGULAR,)
    return tuple(_face(folder / "plain" / name) for name in first) + tuple(_face(folder / name) for name in OTHERS)


@cache
def _face(path: Path) -> Face:
    return Face(path)

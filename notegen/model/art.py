"""Pictures that a card carries besides its note: front art, a back imprint."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class ArtKind(StrEnum):
    """What a picture's file is."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    SVG = "svg"


@dataclass(frozen=True, slots=True)
class Art:
    """A picture that was looked at and found fit: its file, what it is, and its natural size in mm.

    `digest` (SHA-256, hex) is of the file's bytes, so that one picture is put into a PDF once and two files of one
    name are told apart. `pixels` is the size of a PNG or JPEG, None for drawings. `page` counts from 0. The `size` of
    a PDF page is its trim; `bleed` is how far it is drawn beyond that on the left, at the bottom, on the right and at
    the top, in mm. `dpi` is the least resolution of any pixels in it at its natural size, None when it has none.
    `sized` is False for pixels whose file does not say how large they are; they are then taken at 300 to the inch.
    """

    path: Path
    kind: ArtKind
    size: tuple[float, float]
    digest: str
    pixels: tuple[int, int] | None = None
    page: int = 0
    bleed: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    dpi: float | None = None
    sized: bool = True

"""The form on which a person writes their letters, so that a hand can be made of them: every place in mm."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from notegen.model.stock import Box


class CellKind(StrEnum):
    """What a cell is for."""

    LETTER = "letter"
    DIGIT = "digit"
    MARK = "mark"
    PAIR = "pair"
    ACCENTED = "accented"
    PASSAGE = "passage"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Cell:
    """One place to write in: its label (a letter, a pair, the words to copy), and the number of the try, from 0.

    `box` is where the ink belongs; guides reach at most GUIDE mm into it. `baseline` and `x_height` are the y of the
    two lines that short ticks at its sides mark. A passage and a signature have no ticks: there both are 0.
    """

    label: str
    slot: int
    kind: CellKind
    box: Box
    baseline: float
    x_height: float


GUIDE = 1.2
"""How far a guide reaches into a cell at most, mm."""


@dataclass(frozen=True, slots=True)
class Marker:
    """An ArUco marker: its number in the dictionary, its outer square, and its black modules as rectangles.

    Around the square, `quiet` mm are left white.
    """

    id: int
    box: Box
    quiet: float
    modules: tuple[Box, ...]

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """The corners as ArUco's readers give them: upper left, upper right, lower right, lower left."""
        box = self.box
        return (box.x, box.top), (box.right, box.top), (box.right, box.y), (box.x, box.y)


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: what it says, its square without the quiet zone, and its black modules as rectangles."""

    text: str
    box: Box
    modules: tuple[Box, ...]


class Tone(StrEnum):
    """How a caption is set: a heading, a label to copy, running text, or a small note."""

    TITLE = "title"
    HEADING = "heading"
    LABEL = "label"
    TEXT = "text"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Caption:
    """Printed words that begin (or, when `centred`, have their middle) at x, on the baseline y; `size` is in points."""

    x: float
    y: float
    text: str
    size: float
    tone: Tone
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the form, `number` from 1; places in mm from its lower left corner, y upwards.

    `guides` are thin rectangles in a tint so light that a reader can drop it: all that is printed near where ink goes.
    """

    number: int
    markers: tuple[Marker, ...]
    code: Code
    cells: tuple[Cell, ...]
    captions: tuple[Caption, ...]
    guides: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form: its version, its paper's name and size (width, height) in mm, its extra letters, and its pages."""

    version: int
    paper: str
    size: tuple[float, float]
    letters: str
    pages: tuple[Page, ...]

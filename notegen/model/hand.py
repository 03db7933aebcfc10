"""A hand: one way of writing, with its pen and ink."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

CMYK: TypeAlias = tuple[float, float, float, float]
"""Ink coverage of cyan, magenta, yellow and black, each 0 to 1."""

MOST_PRESSED = 2.0
"""How far a pen's width swings at most to either side, in standard deviations."""

STEP = 0.75
"""One step of lightness, in standard deviations of an ink's coverage."""

LIGHTEST = 4
"""Steps of lightness that a word may have: few, so that a card has few colours."""


KINDS: dict[str, str] = {
    "quick": "a quick note, in passing",
    "business": "at work, to a customer",
    "school": "joined, as it was taught at school",
    "elder": "of an older person",
    "print": "unjoined letters",
    "capitals": "capitals alone",
}
"""The kinds of hand, and what each word stands for."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What somebody writes with.

    `width` is the stroke on paper in mm and does not grow with the letters. `taper` (0 to 1) is the part of its width
    that a stroke loses where it ends. `variation` is the coefficient of variation of the width along a stroke.
    """

    kind: str
    width: float
    taper: float = 0.0
    variation: float = 0.0

    @property
    def heaviest(self) -> float:
        """The broadest stroke that the pen makes, mm."""
        return self.width * (1.0 + MOST_PRESSED * self.variation)


@dataclass(frozen=True, slots=True)
class Ink:
    """What flows from the pen: its name, its process colours, and the name of a spot colour that replaces them.

    `cmyk` is the colour of the fullest words. `shade` is the standard deviation of the ink's coverage from word to
    word, as a part of it; 0 where a press allows no tints.
    """

    name: str
    cmyk: CMYK
    spot: str | None = None
    shade: float = 0.0

    def coverage(self, steps: int) -> float:
        """Return what part of the full ink a word has that is so many steps lighter."""
        return 1.0 - self.shade * STEP * steps


@dataclass(frozen=True, slots=True)
class Habits:
    """How loosely one writer writes at tidiness 1: standard deviations unless said otherwise.

    Along a line, smooth and correlated: `bend` and `bounce` of the baseline at the scale of a line and of a word
    (x-heights), `slant` (degrees), `height` and `width` (parts of 1). `gap` is the coefficient of variation of word
    gaps. From line to line: `page_slope` (mean and spread between cards) and `line_slope` in degrees, uphill positive;
    `pitch`, the coefficient of variation of the line pitch; `drift`, the left edge's mean and spread between cards in
    mm per line, inward positive; `margin`, its spread about that in mm.
    """

    bend: float = 0.14
    bounce: float = 0.17
    slant: float = 5.5
    height: float = 0.08
    width: float = 0.08
    gap: float = 0.27
    page_slope: tuple[float, float] = (0.7, 1.2)
    line_slope: float = 0.68
    pitch: float = 0.06
    drift: tuple[float, float] = (0.25, 0.5)
    margin: float = 0.8


@dataclass(frozen=True, slots=True)
class Fallback:
    """Another face, for what a hand's own face lacks.

    Its strokes are made as heavy as the hand's. It is scaled by `scale`, ems of the hand to one of its own; None makes
    its letters of `script` (ISO 15924, the Japanese ones together as Jpan) as tall as they are written beside the
    hand's. It is asked for letters of that script alone, and for signs that belong to no script.
    """

    font: str
    face_index: int = 0
    scale: float | None = None
    script: str = "Latn"


@dataclass(frozen=True, slots=True)
class Hand:
    """How somebody writes: a face, the pen in their fingers, and how large and loose the writing is.

    `font` is a path relative to `fonts/`, or an absolute one. `x_height` is (least, usual, greatest) in mm: layout
    chooses among `ladder()`. `leading` is the line pitch in x-heights, `word_gap` the mean gap between words in
    x-heights. `tidiness`: 0 neat, 1 the human median, 1.5 hurried; it scales `habits`. `kind` is one of KINDS, or "".
    `scripts` are those (ISO 15924: Latn, Jpan) whose letters look handwritten: a font may have more. `also` names
    the hands that write what this one lacks, before any others; `fallbacks` are their faces, when they are stated.
    `run_on` is how much further than usual strokes go into the next letter, x-heights: a joined face needs it when its
    strokes only just meet, and less than nothing when letters that it parts would come to touch.
    """

    name: str
    title: str
    role: str
    font: str
    pen: Pen
    ink: Ink
    x_height: tuple[float, float, float]
    leading: float
    word_gap: float
    tidiness: float
    licence: str
    origin: str
    face_index: int = 0
    habits: Habits = field(default_factory=Habits)
    kind: str = ""
    scripts: tuple[str, ...] = ("Latn",)
    also: tuple[str, ...] = ()
    run_on: float = 0.0
    fallbacks: tuple[Fallback, ...] = ()

    def ladder(self) -> tuple[float, ...]:
        """Return the x-heights (mm) to choose from, largest first, in steps of 5 %, so that notes share fonts."""
        least, _, greatest = self.x_height
        steps = [greatest]
        while steps[-1] * 0.95 >= least - 1e-9:
            steps.append(round(steps[-1] * 0.95, 4))
        return tuple(steps)

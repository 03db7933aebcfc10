"""A hand: one way of writing, with its pen and ink."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

CMYK: TypeAlias = tuple[float, float, float, float]
"""Ink coverage of cyan, magenta, yellow and black, each 0 to 1."""


@dataclass(frozen=True, slots=True)
class Hand:
    """How somebody writes: a face, the pen in their fingers, and how large and loose the writing is.

    `font` is a path relative to `fonts/`, or an absolute one. `pen` is the stroke width in mm and does not grow with
    the letters. `x_height` is (least, usual, greatest) in mm: layout chooses among `ladder()`. `leading` is the line
    pitch in x-heights, `word_gap` the mean gap between words in x-heights. `tidiness`: 0 neat, 1 the human median,
    1.5 hurried; it scales every drift.
    """

    name: str
    title: str
    role: str
    font: str
    pen: float
    ink: CMYK
    x_height: tuple[float, float, float]
    leading: float
    word_gap: float
    tidiness: float
    licence: str
    origin: str
    face_index: int = 0

    def ladder(self) -> tuple[float, ...]:
        """Return the x-heights (mm) to choose from, largest first, in steps of 5 %, so that notes share fonts."""
        least, _, greatest = self.x_height
        steps = [greatest]
        while steps[-1] * 0.95 >= least - 1e-9:
            steps.append(round(steps[-1] * 0.95, 4))
        return tuple(steps)

"""How a person writes, from the words they copied: size, pitch, gaps, and how much all that varies.

A page of a few lines says little about spreads, so each is taken between what was measured and what is usual among
people, the more of the former the more lines there are.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from notegen.errors import NotegenError
from notegen.hand.capture.cells import page_ink
from notegen.hand.capture.ink import Ink
from notegen.hand.capture.page import Sheet, Stack
from notegen.hand.habits import BOUNDS
from notegen.hand.measure.figures import PageFigures
from notegen.model.form import Cell, CellKind
from notegen.model.hand import Habits

DPI = 300.0
"""Dots to the inch at which the human figures were measured."""
LINES = 6.0
"""Lines at which measured and usual spreads count alike."""
INSIDE = 0.6
"""What is left aside along the frame of the words, mm."""
LEADING, WORD_GAP = 3.3, 1.3
"""Line pitch and word gap, x-heights, when the words were not copied: what most hands have."""

_MEDIANS = {
    "gap": ("gap_cv", 0.33),
    "slant": ("slant_sd", 6.7),
    "bounce": ("wordbase_sd", 0.134),
    "line_slope": ("slope_sd", 0.60),
    "pitch": ("pitch_cv", 0.084),
    "margin": ("left_sd_mm", 0.90),
}
"""The figure of the meter that each habit shows in, and its median over 98 people's pages: what a usual habit gives."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How somebody writes; `lines` is the number of lines that say so, 0 when all is as usual among people."""

    lines: int
    leading: float
    word_gap: float
    habits: Habits


def manner(stack: Stack, x_height: float) -> Manner:
    """Return how the writer of a form writes, `x_height` in mm."""
    figures = _figures(stack)
    if figures is None:
        return Manner(0, LEADING, WORD_GAP, Habits())
    pitch = figures.pitch_mm / x_height if figures.pitch_mm else LEADING
    gap = figures.gap or WORD_GAP
    return Manner(
        figures.n_lines,
        round(float(np.clip(pitch, 2.2, 5.4)), 2),
        round(float(np.clip(gap, 0.76, 2.5)), 2),
        habits(figures),
    )


def habits(figures: PageFigures) -> Habits:
    """Return the habits that a page's figures show."""
    weight = figures.n_lines / (figures.n_lines + LINES)
    usual = Habits()
    found: dict[str, float] = {}
    for habit, (figure, median) in _MEDIANS.items():
        measured = getattr(figures, figure)
        if measured is not None and measured > 0:
            least, greatest = BOUNDS[habit]
            value = getattr(usual, habit) * (measured / median) ** weight
            found[habit] = round(float(np.clip(value, max(least, 0.3 * getattr(usual, habit)), greatest)), 3)
    slope = _mean(figures.slope, usual.page_slope, weight, 2.5)
    drift = _mean(figures.left_drift_mm, usual.drift, weight, 1.2)
    return Habits(**found, page_slope=slope, drift=drift)


def _mean(measured: float | None, usual: tuple[float, float], weight: float, most: float) -> tuple[float, float]:
    """Return a mean between the measured and the usual one, and a spread that is the smaller the surer it is."""
    if measured is None:
        return usual
    mean = float(np.clip(measured * weight + usual[0] * (1 - weight), -most, most))
    return round(mean, 3), round(usual[1] * (1 - weight / 2), 3)


def _figures(stack: Stack) -> PageFigures | None:
    """Return what the meter says of the words that were copied; None when there are too few, or none."""
    from notegen.hand.measure.page import measure

    for sheet in stack.sheets:
        page = stack.page(sheet)
        for cell in page.cells:
            if cell.kind is CellKind.PASSAGE:
                try:
                    return measure(passage(sheet, cell, page_ink(sheet, page)), DPI)
                except (NotegenError, ValueError, IndexError):
                    return None
    return None


def passage(sheet: Sheet, cell: Cell, read: Ink) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return the words that were copied as grey pixels at DPI, dark ink on white paper without shadows."""
    per_mm = DPI / 25.4
    box = cell.box.inset(INSIDE)
    to_mm = np.array([[1 / per_mm, 0, box.x], [0, -1 / per_mm, box.top], [0, 0, 1]])
    size = round(box.width * per_mm), round(box.height * per_mm)
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    dark = cv2.warpPerspective(read.darkness, sheet.to_picture @ to_mm, size, flags=flags)
    return np.asarray(np.clip(np.rint(245 - 205 * dark), 0, 255), np.uint8)

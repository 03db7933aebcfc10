"""Accents put over their letters, and clear of them, where a font has let them slip: an é like an ë is another name."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from notegen.hand import outline
from notegen.hand.outline import Flags, Floats, Shapes

CLEAR = 0.16
"""White between a letter and the accent above it, x-heights."""
FARTHEST = 0.4
"""Farthest that an accent is lifted, x-heights."""
INSIDE = (0.25, 0.12)
"""Parts of a letter's width, at its left and right, over which the middle of an accent is out of place."""
_ABOVE = 230


def composed(characters: Mapping[str, int]) -> dict[int, int]:
    """Return the glyph of the letter alone for each glyph of a letter with one accent above it."""
    found: dict[int, int] = {}
    for character, glyph in characters.items():
        parts = unicodedata.normalize("NFD", character)
        if len(parts) == 2 and unicodedata.combining(parts[1]) == _ABOVE and parts[0] in characters:
            found.setdefault(glyph, characters[parts[0]])
    return found


def lifted(shape: Shapes, letter: Shapes, x_height: float) -> Shapes:
    """Return a composed letter with its accent over the letter, at least CLEAR above its ink."""
    mine = shape.points.copy()
    if not len(mine):
        return shape
    accent = _added(mine, letter.points, shape.contour_end)
    if accent is None:
        accent = _above(mine, shape.contour_end)
    if accent.any() and not accent.all():
        mine[accent] += _shift(mine[~accent], mine[accent], x_height)
    return replace(shape, points=mine)


def _added(mine: Floats, base: Floats, contour_end: Flags) -> Flags | None:
    """Return which points come after those of the base letter, or None when the font has drawn it anew."""
    count = len(base)
    if not 0 < count < len(mine) or not contour_end[count - 1] or np.abs(mine[:count] - base).max() > 1e-3:
        return None
    return np.arange(len(mine)) >= count


def _above(mine: Floats, contour_end: Flags) -> Flags:
    """Return which points are of contours that lie above the tallest contour's upper edge, or nearly so."""
    starts, ends = outline.contours(contour_end)
    low, high = np.minimum.reduceat(mine, starts), np.maximum.reduceat(mine, starts)
    body = int(np.argmax((high - low).max(axis=1)))
    accents: Flags = low[:, 1] > 0.85 * high[body, 1]
    return np.repeat(accents, ends - starts + 1)


def _shift(letter: Floats, accent: Floats, x_height: float) -> Floats:
    """Return how far an accent has to move, sideways and up; most have not to."""
    left, right = float(letter[:, 0].min()), float(letter[:, 0].max())
    middle = float(accent[:, 0].min() + accent[:, 0].max()) / 2
    least, greatest = left + INSIDE[0] * (right - left), right - INSIDE[1] * (right - left)
    aside = min(max(middle, least), greatest) - middle
    under = (letter[:, 0] > accent[:, 0].min() + aside) & (letter[:, 0] < accent[:, 0].max() + aside)
    white = float(accent[:, 1].min() - letter[under, 1].max()) if under.any() else 1.0
    return np.array([aside, min(max(CLEAR * x_height - white, 0.0), FARTHEST * x_height)])

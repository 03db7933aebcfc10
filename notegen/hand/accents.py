"""Accents lifted clear of letters that a font lets them run into: an é that reads as an ë is another name."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from notegen.hand import outline
from notegen.hand.outline import Floats, Shapes

CLEAR = 0.16
"""White between a letter and the accent above it, x-heights."""
FARTHEST = 0.4
"""Farthest that an accent is lifted, x-heights."""
_ABOVE = 230


def lift(glyphs: Shapes, characters: Mapping[str, int], x_height: float) -> Shapes:
    """Return the shapes with the accents of composed letters at least CLEAR above the ink below them."""
    points = glyphs.points.copy()
    for character, glyph in characters.items():
        parts = unicodedata.normalize("NFD", character)
        base = characters.get(parts[0])
        if len(parts) != 2 or base is None or unicodedata.combining(parts[1]) != _ABOVE:
            continue
        accent = _accent(glyphs, glyph, base)
        if accent is None:
            continue
        missing = CLEAR * x_height - _white(glyphs, base, glyphs.points[accent])
        points[accent, 1] += min(max(missing, 0.0), FARTHEST * x_height)
    return replace(glyphs, points=points)


def _accent(glyphs: Shapes, glyph: int, base: int) -> slice | None:
    """Return the points of a composed glyph that come after its base letter's, or None when it is drawn otherwise."""
    start, end = int(glyphs.first[glyph]), int(glyphs.first[glyph + 1])
    below = glyphs.points[glyphs.first[base] : glyphs.first[base + 1]]
    middle = start + len(below)
    if middle >= end or len(below) == 0 or not glyphs.contour_end[middle - 1]:
        return None
    return slice(middle, end) if np.abs(glyphs.points[start:middle] - below).max() < 1e-3 else None


def _white(glyphs: Shapes, base: int, accent: Floats) -> float:
    """Return the distance from the accent's lowest point down to the letter's ink below the accent's width."""
    lines, _ = outline.flatten(outline.take(glyphs, np.array([base])))
    left, right = accent[:, 0].min(), accent[:, 0].max()
    under = (lines[:, :, 0].max(axis=1) >= left) & (lines[:, :, 0].min(axis=1) <= right)
    return float(accent[:, 1].min() - lines[under, :, 1].max()) if under.any() else 1.0

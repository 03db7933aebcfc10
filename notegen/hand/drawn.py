"""The outlines of a font file, taken from it when they are first asked for.

A face of ten thousand characters has too many to read them all for a note of three hundred. Whatever is asked for
together or before, a glyph's outline is the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import RLock
from typing import TYPE_CHECKING, Any

import numpy as np

from notegen.hand import accents, outline
from notegen.hand.outline import Shapes
from notegen.hand.simplify import simplify
from notegen.hand.winding import orient

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

THINNEST = -0.3
"""How far an edge moves in at most when one face's strokes are made as wide as another's, stroke widths."""
THICKEST = 0.45
"""How far an edge moves out at most, stroke widths."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What makes a face go with another: a factor on all lengths, and how far its edges then move outwards, ems."""

    scale: float = 1.0
    grow: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """The shapes of a font's glyphs by number, in ems: few points, accents over their letters.

    `composed` maps a glyph to that of its letter without the accent above; `fit` comes last. `tolerance` is how far
    a contour drawn anew may be from the old one, ems.
    """

    font: TTFont
    order: list[str]
    units: int
    composed: Mapping[int, int]
    tolerance: float
    x_height: float
    fit: Fit = field(default_factory=Fit)
    _known: dict[int, Shapes] = field(default_factory=dict)
    _lock: Any = field(default_factory=RLock)

    def take(self, glyphs: Iterable[int]) -> Shapes:
        """Return the shapes of some glyphs, in the order asked for."""
        wanted = [int(glyph) for glyph in glyphs]
        with self._lock:
            self._draw(set(wanted) - self._known.keys())
            return outline.join([self._known[glyph] for glyph in wanted])

    def _draw(self, new: set[int]) -> None:
        if not new:
            return
        letters = {self.composed[glyph] for glyph in new if glyph in self.composed}
        numbers = sorted(new | letters)
        drawn = simplify(outline.join([self.raw(glyph) for glyph in numbers]), self.tolerance)
        one_by_one = dict(zip(numbers, outline.apart(drawn), strict=True))
        for glyph in sorted(new):
            letter = self.composed.get(glyph)
            shape = one_by_one[glyph]
            if letter is not None:
                shape = accents.lifted(shape, one_by_one[letter], self.x_height)
            self._known[glyph] = fitted(shape, self.fit)

    def raw(self, glyph: int) -> Shapes:
        """Return one glyph as its font draws it, as a set of one shape, composites taken apart."""
        name = self.order[glyph]
        if "glyf" in self.font:
            points, ends, flags = self.font["glyf"][name].getCoordinates(self.font["glyf"])
        else:
            points, ends, flags = _quadratic(self.font, name)
        count = len(points)
        contour_end = np.zeros(count, np.bool_)
        contour_end[np.array(ends, np.int64)] = True
        on_curve = (np.array(list(flags), np.uint8) & 1).astype(np.bool_)
        coordinates = np.array(list(points), np.float64).reshape(count, 2) / self.units
        return orient(Shapes(coordinates, on_curve, contour_end, np.array([0, count])))

    def is_blank(self, glyph: int, certainly: bool) -> bool:
        """Whether a glyph leaves no ink; unless it is to be known for certain, outlines are not read for it."""
        if certainly:
            return len(self.raw(glyph).points) == 0
        return "loca" in self.font and bool(self.font["loca"][glyph] == self.font["loca"][glyph + 1])


def fitted(shape: Shapes, fit: Fit) -> Shapes:
    """Return a shape scaled, and its strokes then made thicker or thinner."""
    if fit == Fit():
        return shape
    points = shape.points * fit.scale
    points = points + outline.normals(points, shape.contour_end) * fit.grow
    return Shapes(points, shape.on_curve, shape.contour_end, shape.first)


def fit_for(own: tuple[float, float], other: tuple[float, float], scale: float | None) -> Fit:
    """Return what makes a face of `own` (x-height, stroke) go with an `other`; a stated scale comes first."""
    factor = other[0] / own[0] if scale is None else scale
    stroke = own[1] * factor
    return Fit(factor, min(max((other[1] - stroke) / 2, THINNEST * stroke), THICKEST * stroke))


def _quadratic(font: TTFont, glyph: str) -> Any:
    """Return a cubic glyph as quadratic curves within a thousandth of an em."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    font.getGlyphSet()[glyph].draw(Cu2QuPen(pen, font["head"].unitsPerEm / 1000, reverse_direction=True))
    return pen.glyph().getCoordinates(None)

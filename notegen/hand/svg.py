"""Drawings in SVG files: their filled shapes as one outline in millimetres, groups and transforms resolved.

What is white is ground and what is not filled is not ink; clips, masks, text and links to elsewhere are passed over.
"""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from notegen.errors import NotegenError
from notegen.files import read_source
from notegen.hand import outline
from notegen.hand.outline import Shapes
from notegen.hand.winding import is_inside, orient

Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f: x' = a x + c y + e, y' = b x + d y + f."""

AGAIN = "save it as plain SVG with filled paths, or make one with `notegen signature`"
_UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96, "": 25.4 / 96, "q": 0.25}
"""Millimetres to a unit of length (CSS Values and Units, level 3)."""
_MOST_POINTS = 8_000
_MOST_TAGS = 50_000
"""Tags of a file: each path has one or two, and three points."""
_MOST_DATA = 400_000
"""Characters of path data: 50 to each point that there may be, twice what the wordiest program writes."""
_GRAIN = 1e-3
"""Millimetres to which points are rounded."""
_TOLERANCE = 0.01
"""Farthest that a quadratic curve may be from the cubic that it stands for, mm: a twentieth of a thin stroke."""
_FARTHEST = 1e7
"""The largest number of a path or a transform, whatever its unit."""
_LARGEST = 2000.0
"""Millimetres that a point may be from the drawing's corner."""
_SHAPES = frozenset(("path", "polygon", "polyline", "circle", "ellipse"))
_UNSEEN = frozenset(("defs", "clipPath", "mask", "symbol", "marker", "pattern", "metadata"))
_GROUND = re.compile(r"none|transparent|white|#fff(?:fff)?|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\)", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True, eq=False)
class Svg:
    """A drawing: its outline in mm, y upwards from the drawing's upper edge; `attributes` and the mm to a unit."""

    shapes: Shapes
    attributes: dict[str, str]
    scale: float


def read(path: Path) -> Svg:
    """Read the filled shapes of an SVG file.

    Raises UnreadableFile for what is missing or no text, NotegenError for what is no SVG, has nothing filled in it,
    carries a picture of pixels, is drawn with strokes alone, or is too intricate.
    """
    root = _root(read_source(path).text, path)
    elements = list(_seen(root, (1, 0, 0, 1, 0, 0), {}))
    if any(_name(one) == "image" for one, _, _ in elements):
        raise NotegenError(
            f"{path} carries a picture of pixels, and a card is drawn in outlines",
            hint="make outlines of the picture with `notegen signature`",
        )
    drawn = [(one, matrix, look) for one, matrix, look in elements if _name(one) in _SHAPES]
    filled = [one for one in drawn if not _GROUND.fullmatch(one[2].get("fill", "black").strip())]
    if drawn and not filled and any(look.get("stroke", "none") != "none" for _, _, look in drawn):
        raise NotegenError(
            f"{path} is drawn with strokes, and outlines are wanted",
            hint="turn strokes into paths in the program that made it, and save it again",
        )
    scale, top = _scale(root)
    # SVG's y points down; the drawing's upper edge becomes 0.
    whole = (scale, 0.0, 0.0, -scale, 0.0, top * scale)
    shapes = _outline([(one, _times(whole, matrix)) for one, matrix, _ in filled], path)
    by_depth = any(look.get("fill-rule") == "evenodd" for _, _, look in filled)
    return Svg(_turned(shapes, by_depth=by_depth), dict(root.attrib), scale)


def _root(text: str, path: Path) -> ET.Element:
    if "<!ENTITY" in text:
        raise NotegenError(f"{path} declares entities, which a drawing does not need", hint=AGAIN)
    if text.count("<") > _MOST_TAGS:
        raise NotegenError(f"{path} is too large or too intricate for a card", hint=AGAIN)
    try:
        root = ET.fromstring(text)
    except (ET.ParseError, ValueError) as error:
        raise NotegenError(f"{path} is no SVG file: {error}", hint="make one with `notegen signature`") from None
    if _name(root) != "svg":
        raise NotegenError(f"{path} is no SVG file", hint="make one with `notegen signature`")
    return root


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _seen(
    element: ET.Element, matrix: Matrix, look: dict[str, str]
) -> Iterator[tuple[ET.Element, Matrix, dict[str, str]]]:
    """Yield each element that is shown, with its whole transform and the look that it has or inherits."""
    if _name(element) in _UNSEEN:
        return
    style = dict(part.split(":", 1) for part in element.get("style", "").split(";") if ":" in part)
    own = {**element.attrib, **{key.strip(): value.strip() for key, value in style.items()}}
    look = look | {key: own[key] for key in ("fill", "fill-rule", "stroke") if key in own}
    if own.get("display") == "none" or own.get("visibility") == "hidden":
        return
    matrix = _times(matrix, transform(element.get("transform", "")))
    yield element, matrix, look
    for child in element:
        yield from _seen(child, matrix, look)


def transform(text: str) -> Matrix:
    """Return a list of SVG transforms as one; what is not understood is passed over."""
    whole: Matrix = (1, 0, 0, 1, 0, 0)
    for name, inside in re.findall(r"([a-zA-Z]+)\s*\(([^)]*)\)", text):
        given = [float(one) for one in _NUMBER.findall(inside)]
        if all(map(math.isfinite, given)):
            whole = _times(whole, _one(name, given))
    return whole


def _one(name: str, given: list[float]) -> Matrix:
    values = [*given, *[0.0] * 6]
    match name:
        case "matrix" if len(given) == 6:
            return given[0], given[1], given[2], given[3], given[4], given[5]
        case "translate":
            return 1, 0, 0, 1, values[0], values[1]
        case "scale" if given:
            return given[0], 0, 0, given[-1] if len(given) > 1 else given[0], 0, 0
        case "rotate":
            turn = math.radians(values[0])
            cos, sin, x, y = math.cos(turn), math.sin(turn), values[1], values[2]
            return cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y
        case "skewX" | "skewY":
            lean = math.tan(math.radians(values[0]))
            return (1, 0, lean, 1, 0, 0) if name == "skewX" else (1, lean, 0, 1, 0, 0)
    return 1, 0, 0, 1, 0, 0


def _times(outer: Matrix, inner: Matrix) -> Matrix:
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f


def _scale(root: ET.Element) -> tuple[float, float]:
    """Return the millimetres to a unit of the drawing, and the unit at its upper edge."""
    box = [float(one) for one in _NUMBER.findall(root.get("viewBox", ""))]
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        return _UNITS["px"], 0.0
    sides = [_length(root.get(name, "")) for name in ("width", "height")]
    known = [side / part for side, part in zip(sides, box[2:], strict=True) if side]
    return min(known, default=_UNITS["px"]), box[1]


def _length(text: str) -> float | None:
    """Return a length in mm, None for what depends on where it is shown."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-zA-Z]*)\s*", text)
    return float(match[1]) * _UNITS[match[2].lower()] if match and match[2].lower() in _UNITS else None


def _outline(elements: list[tuple[ET.Element, Matrix]], path: Path) -> Shapes:
    """Return shapes, each with its transform to millimetres, as one outline."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.svgLib.path.parser import parse_path
    from fontTools.svgLib.path.shapes import PathBuilder

    if sum(len(one.get("d", "")) + len(one.get("points", "")) for one, _ in elements) > _MOST_DATA:
        raise NotegenError(f"{path} is too large or too intricate for a card", hint=AGAIN)
    pen = TTGlyphPen(None)
    quadratic = Cu2QuPen(pen, _TOLERANCE / _GRAIN)
    try:
        for element, matrix in elements:
            builder = PathBuilder()
            builder.add_path_from_element(
                ET.Element(element.tag, {k: v for k, v in element.items() if k != "transform"})
            )
            for data in builder.paths:
                _check_numbers(data, matrix)
                parse_path(data, TransformPen(quadratic, [part / _GRAIN for part in matrix]))
        points, ends, flags = pen.glyph(dropImpliedOnCurves=False).getCoordinates(None)
        coordinates = np.array(list(points), np.float64).reshape(-1, 2) * _GRAIN
    except Exception as error:  # a damaged path ends in whatever fontTools trips over
        raise NotegenError(f"{path} cannot be drawn: {error or type(error).__name__}", hint=AGAIN) from error
    if not len(coordinates) or float(np.ptp(coordinates, axis=0).min()) <= 0:
        raise NotegenError(f"{path} has no outline in it", hint=AGAIN)
    if len(coordinates) > _MOST_POINTS or float(np.abs(coordinates).max()) > _LARGEST:
        raise NotegenError(f"{path} is too large or too intricate for a card", hint=AGAIN)
    contour_end = np.zeros(len(coordinates), np.bool_)
    contour_end[np.array(ends, np.int64)] = True
    on_curve = (np.array(list(flags), np.uint8) & 1).astype(np.bool_)
    return Shapes(coordinates, on_curve, contour_end, np.array([0, len(coordinates)]))


def _check_numbers(data: str, matrix: Matrix) -> None:
    """Raise ValueError for numbers that no drawing has: fontTools crashes the process on curves without end."""
    for number in (*map(float, _NUMBER.findall(data)), *matrix):
        if not abs(number) <= _FARTHEST:
            raise ValueError(f"a number of {number:g} is beyond any drawing")


def _turned(shapes: Shapes, *, by_depth: bool) -> Shapes:
    """Return an outline with ink on the right of its edges; `by_depth`: holes are told by what they lie in.

    A drawing filled by the non-zero rule may be wound either way round as a whole, and is turned as a whole first.
    """
    starts, ends = outline.contours(shapes.contour_end)
    areas = outline.areas(shapes.points, shapes.contour_end)
    rings = [shapes.points[start : end + 1] for start, end in zip(starts, ends, strict=True)]
    if by_depth:
        depth = [sum(is_inside(ring[0], other) for other in rings if other is not ring) for ring in rings]
        wrong = (areas < 0) != (np.array(depth) % 2 == 1)
    else:
        wrong = np.full(len(rings), float(areas.sum()) < 0)
    index = np.arange(len(shapes.points))
    for number in np.flatnonzero(wrong):
        part = slice(starts[number], ends[number] + 1)
        index[part] = index[part][::-1]
    return orient(Shapes(shapes.points[index], shapes.on_curve[index], shapes.contour_end, shapes.first))

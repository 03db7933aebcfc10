"""Signatures as SVG files: read from any drawing program's, written as one path in millimetres without a background."""

from __future__ import annotations

import hashlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from notegen.errors import NotegenError
from notegen.files import read_source
from notegen.hand import outline
from notegen.hand.outline import Flags, Floats, Shapes
from notegen.hand.winding import is_inside, orient
from notegen.model.signature import Signature

COLOUR = "#1a2340"
"""How viewers show the file; a card writes it in its own ink."""

_UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96, "": 25.4 / 96, "Q": 0.25}
"""Millimetres to a unit of length in SVG (CSS Values and Units, level 3)."""
_SHARE_BELOW = 0.25
"""Part of its height that a signature reaches below its baseline, for files that do not say where that is."""
_MOST_POINTS = 20_000
_GRAIN = 1e-3
"""Units of the drawing in which its points are rounded."""
_TOLERANCE = 0.03
"""Farthest that a quadratic curve may be from the cubic that it stands for, units of the drawing."""
_AGAIN = "save it as plain SVG with filled paths, or make one with `notegen signature`"


def made(shapes: Shapes, stroke: float) -> Signature:
    """Return outlines in mm (baseline at y = 0) as a signature whose ink begins at x = 0."""
    points = shapes.points - np.array([shapes.points[:, 0].min(), 0.0])
    content = points.tobytes() + shapes.on_curve.tobytes() + shapes.contour_end.tobytes()
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Signature(points, shapes.on_curve, shapes.contour_end, stroke, digest)


def svg(signature: Signature) -> bytes:
    """Return a signature as an SVG file: one path, its size in mm, nothing behind it."""
    left = float(signature.points[:, 0].min())
    top = float(signature.points[:, 1].max())
    width, height = _number(signature.width), _number(signature.height)
    path = "".join(_commands(signature, left, top))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}" data-baseline="{_number(top)}">\n'
        f"<title>Signature</title>\n"
        f'<path fill="{COLOUR}" fill-rule="nonzero" d="{path}"/>\n</svg>\n'
    ).encode("ascii")


def _commands(signature: Signature, left: float, top: float) -> Iterator[str]:
    places = np.stack((signature.points[:, 0] - left, top - signature.points[:, 1]), axis=1)
    starts, ends = outline.contours(signature.contour_end)
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        points, on = places[start : end + 1], signature.on_curve[start : end + 1]
        first = int(np.flatnonzero(on)[0]) if on.any() else -1
        if first < 0:
            points, on = np.concatenate(((points[:1] + points[-1:]) / 2, points)), np.concatenate(([True], on))
            first = 0
        yield from _contour(np.roll(points, -first, axis=0), np.roll(on, -first))


def _contour(points: Floats, on: Flags) -> Iterator[str]:
    """Yield a closed contour that begins on the curve."""
    yield f"M{_pair(points[0])}"
    control: Floats | None = None
    for point, is_on in zip([*points[1:], points[0]], [*on[1:], True], strict=True):
        if control is None and is_on:
            yield f"L{_pair(point)}"
        elif control is not None:
            yield f"Q{_pair(control)} {_pair(point if is_on else (control + point) / 2)}"
        control = None if is_on else point
    yield "Z"


def _pair(point: Floats) -> str:
    return f"{_number(float(point[0]))} {_number(float(point[1]))}"


def _number(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def load(path: Path) -> Signature:
    """Read a signature from an SVG file: its filled paths, in their real size.

    Raises UnreadableFile for what is missing or no text, NotegenError for what is no SVG, has nothing to draw, carries
    a picture of pixels, or is drawn with strokes alone.
    """
    text = read_source(path).text
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        text = re.sub(r"<!DOCTYPE[^>\[]*>", "", text)
    if "<!ENTITY" in text or "<!DOCTYPE" in text:
        raise NotegenError(f"{path} declares entities, which a drawing does not need", hint="save it as plain SVG")
    try:
        root = ET.fromstring(text)
    except ET.ParseError as error:
        raise NotegenError(f"{path} is no SVG file: {error}", hint="make one with `notegen signature`") from None
    _refuse(root, path)
    shapes = _outlines(text, path)
    scale, top = _scale(root)
    points = shapes.points * np.array([scale, -scale])
    baseline = root.get("data-baseline")
    if baseline is not None and re.fullmatch(r"[\d.]{1,12}", baseline) and baseline.count(".") < 2:
        zero = -(float(baseline) + top) * scale
    else:
        zero = float(points[:, 1].min()) + _SHARE_BELOW * float(np.ptp(points[:, 1]))
    moved = Shapes(points - np.array([0.0, zero]), shapes.on_curve, shapes.contour_end, shapes.first)
    turned = _turned(moved, by_depth="evenodd" in text)
    return made(turned, stroke_of(turned))


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


def _refuse(root: ET.Element, path: Path) -> None:
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    if root.tag.rpartition("}")[2] != "svg":
        raise NotegenError(f"{path} is no SVG file", hint="make one with `notegen signature`")
    if "image" in names:
        raise NotegenError(
            f"{path} carries a picture of pixels, and a card is drawn in outlines",
            hint="make outlines of the picture with `notegen signature`",
        )
    drawn = [one for one in root.iter() if one.tag.rpartition("}")[2] in ("path", "polyline", "line", "polygon")]
    if drawn and all(re.search(r"fill\s*[:=]\s*[\"']?none", f"{one.attrib}".replace("': '", "=")) for one in drawn):
        raise NotegenError(
            f"{path} is drawn with strokes, and outlines are wanted",
            hint="turn strokes into paths in the program that made it, and save it again",
        )


def _outlines(text: str, path: Path) -> Shapes:
    """Return all paths of an SVG, groups and transforms resolved, as one outline in its own units, y downwards."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.svgLib import SVGPath

    pen = TTGlyphPen(None)
    finer = (1 / _GRAIN, 0, 0, 1 / _GRAIN, 0, 0)
    try:
        SVGPath.fromstring(text.encode("utf-8"), transform=finer).draw(Cu2QuPen(pen, _TOLERANCE / _GRAIN))
        points, ends, flags = pen.glyph(dropImpliedOnCurves=False).getCoordinates(None)
    except Exception as error:  # a damaged path ends in whatever fontTools trips over
        raise NotegenError(f"{path} cannot be drawn: {error or type(error).__name__}", hint=_AGAIN) from error
    if not len(points):
        raise NotegenError(f"{path} has no outline in it", hint=_AGAIN)
    if len(points) > _MOST_POINTS:
        raise NotegenError(f"{path} has {len(points):,} points, and {_MOST_POINTS:,} would be many", hint=_AGAIN)
    contour_end = np.zeros(len(points), np.bool_)
    contour_end[np.array(ends, np.int64)] = True
    on_curve = (np.array(list(flags), np.uint8) & 1).astype(np.bool_)
    coordinates = np.array(list(points), np.float64).reshape(-1, 2) * _GRAIN
    return Shapes(coordinates, on_curve, contour_end, np.array([0, len(coordinates)]))


def _scale(root: ET.Element) -> tuple[float, float]:
    """Return the millimetres to a unit of the drawing, and the unit at its upper edge."""
    box = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", root.get("viewBox") or "")]
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        return _UNITS["px"], 0.0
    sides = [_length(root.get(name)) for name in ("width", "height")]
    known = [side / part for side, part in zip(sides, box[2:], strict=True) if side]
    return min(known, default=_UNITS["px"]), box[1]


def _length(text: str | None) -> float | None:
    """Return a length of SVG in mm, None for what depends on where it is shown."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-zA-Z]*)\s*", text or "")
    return float(match[1]) * _UNITS[match[2]] if match and match[2] in _UNITS else None


def stroke_of(shapes: Shapes) -> float:
    """Return the usual width of the strokes: twice the area over the length of the edge."""
    lines, _ = outline.flatten(shapes)
    start, stop = lines[:, 0], lines[:, 1]
    step = stop - start
    edge = float(np.sqrt((step * step).sum(axis=1)).sum())
    area = abs(float((stop[:, 0] * start[:, 1] - start[:, 0] * stop[:, 1]).sum() / 2))
    return 2 * area / edge if edge else 0.0

"""Signatures as SVG files: read from any drawing program's, written as one path in millimetres without a background."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from notegen.hand import outline
from notegen.hand.outline import Flags, Floats, Shapes
from notegen.hand.svg import read
from notegen.model.signature import Signature

COLOUR = "#1a2340"
"""How viewers show the file; a card writes it in its own ink."""

_SHARE_BELOW = 0.25
"""Part of its height that a signature reaches below its baseline, for files that do not say where that is."""


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
    """Read a signature from an SVG file: its filled shapes, in their real size.

    Raises UnreadableFile for what is missing or no text, NotegenError for what cannot be a signature.
    """
    drawing = read(path)
    points = drawing.shapes.points
    low, high = float(points[:, 1].min()), float(points[:, 1].max())
    zero = low + _SHARE_BELOW * (high - low)
    said = drawing.attributes.get("data-baseline", "")
    if re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", said):
        zero = -float(said) * drawing.scale
    shapes = replace(drawing.shapes, points=points - np.array([0.0, zero]))
    return made(shapes, stroke_of(shapes))


def stroke_of(shapes: Shapes) -> float:
    """Return the usual width of the strokes: twice the area over the length of the edge."""
    lines, _ = outline.flatten(shapes)
    start, stop = lines[:, 0], lines[:, 1]
    step = stop - start
    edge = float(np.sqrt((step * step).sum(axis=1)).sum())
    area = abs(float((stop[:, 0] * start[:, 1] - start[:, 0] * stop[:, 1]).sum() / 2))
    return 2 * area / edge if edge else 0.0

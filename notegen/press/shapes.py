"""Lines, areas and outlines as operators of a content stream; colours are set before, by `paints`."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from notegen.press.units import POINTS, number

if TYPE_CHECKING:
    from notegen.model.page import Area, Line, Outline, Transform
    from notegen.model.stock import Box


def in_points(at: Transform) -> Transform:
    """Return a map of millimetres as a map of points."""
    a, b, c, d, e, f = at
    return a, b, c, d, e * POINTS, f * POINTS


@lru_cache(maxsize=1024)
def mapped(at: Transform) -> bytes:
    """Return the operator after which everything stands where the map takes it."""
    return f"{' '.join(map(number, in_points(at)))} cm\n".encode("ascii")


def clip(box: Box) -> bytes:
    """Return the operators after which nothing is seen outside of a box."""
    at = " ".join(number(one * POINTS) for one in (box.x, box.y, box.width, box.height))
    return f"{at} re W n\n".encode("ascii")


def clipped(content: bytes, box: Box | None) -> bytes:
    """Return content of which nothing is seen outside of a box."""
    return content if box is None else b"q\n%s%sQ\n" % (clip(box), content)


def line(one: Line) -> bytes:
    """Return the operators of a straight stroke."""
    dash = " ".join(number(part * POINTS) for part in one.dash)
    ends = [number(at * POINTS) for at in (one.x0, one.y0, one.x1, one.y1)]
    shown = f"{number(one.width * POINTS)} w [{dash}] 0 d {ends[0]} {ends[1]} m {ends[2]} {ends[3]} l S\n"
    return shown.encode("ascii")


def area(one: Area) -> bytes:
    """Return the operators that fill rectangles as one path."""
    parts = [" ".join(number(at * POINTS) for at in (b.x, b.y, b.width, b.height)) + " re" for b in one.boxes]
    return "\n".join((*parts, "f\n")).encode("ascii")


def outline(one: Outline) -> bytes:
    """Return the operators of a path that is filled or stroked."""
    takes = {"m": 1, "l": 1, "c": 3, "h": 0}
    points = iter(one.points)
    steps: list[str] = []
    for kind in one.kinds:
        steps.extend(f"{number(x * POINTS)} {number(y * POINTS)}" for x, y in islice(points, takes[kind]))
        steps.append(kind)
    path = " ".join(steps)
    shown = f"{number(one.width * POINTS)} w [] 0 d {path} S\n" if one.width > 0 else f"{path} f\n"
    return shown.encode("ascii")

"""Shapes of SVG as paths: path data, basic shapes, lengths and transforms; read strictly, after SVG 1.1."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from notegen.model.page import UPRIGHT, Transform, applied, then
from notegen.press.art import codes
from notegen.press.art.faults import Fault
from notegen.press.art.svgtree import Node

Point: TypeAlias = tuple[float, float]

UNITS: Final = {
    "": 1.0,
    "px": 1.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "q": 24 / 25.4,
}
"""User units to a unit of length (CSS Values and Units, level 3)."""
SHAPES: Final = frozenset(("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"))
_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_SEPARATOR: Final = re.compile(r"[\s,]*")
_LENGTH: Final = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*([a-zA-Z]*)")
_COUNTS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
MOST_PIECES: Final = 200_000
"""Lines and curves of a drawing: more is a photograph that was traced, or an attack."""
_ROUND: Final = 0.5522847498
"""How far the handles of a quarter circle reach, in radii."""


@dataclass(frozen=True, slots=True)
class Path:
    """Steps of a path: kinds m (1 point), l (1), c (3), h (0)."""

    kinds: str
    points: tuple[Point, ...]

    def moved(self, at: Transform) -> Path:
        """Return the path where a map takes it."""
        return Path(self.kinds, tuple(applied(at, x, y) for x, y in self.points))

    def box(self) -> tuple[float, float, float, float]:
        """Return the least x and y and the greatest of the curve itself, not of its handles."""
        xs: list[float] = []
        ys: list[float] = []
        last: Point = (0.0, 0.0)
        points = iter(self.points)
        for kind in self.kinds:
            if kind == "c":
                corner = [last, next(points), next(points), next(points)]
                xs.extend(_extremes([x for x, _ in corner]))
                ys.extend(_extremes([y for _, y in corner]))
                last = corner[-1]
            elif kind != "h":
                last = next(points)
                xs.append(last[0])
                ys.append(last[1])
        return (min(xs), min(ys), max(xs), max(ys)) if xs else (0.0, 0.0, 0.0, 0.0)


def _extremes(p: list[float]) -> Iterator[float]:
    yield p[0]
    yield p[3]
    a, b, c = -p[0] + 3 * p[1] - 3 * p[2] + p[3], 2 * (p[0] - 2 * p[1] + p[2]), p[1] - p[0]
    root = b * b - 4 * a * c
    times = [-c / b] if abs(a) < 1e-12 and b else []
    if abs(a) >= 1e-12 and root >= 0:
        times = [(-b + math.sqrt(root)) / (2 * a), (-b - math.sqrt(root)) / (2 * a)]
    for t in times:
        if 0 < t < 1:
            u = 1 - t
            yield u**3 * p[0] + 3 * u * u * t * p[1] + 3 * u * t * t * p[2] + t**3 * p[3]


def wrong(node: Node, what: str, value: str) -> Fault:
    """Return the fault of an attribute that cannot be read."""
    shown = value if len(value) <= 40 else value[:37] + "..."
    return Fault(
        codes.NOT_DRAWABLE, f"has a {node.name} whose {what} cannot be read: '{shown}'", "save it again", node.at
    )


def length(node: Node, name: str, usual: float = 0.0, whole: float | None = None) -> float:
    """Return a length in user units; percentages are of `whole`."""
    text = node.attributes.get(name, "").strip()
    if not text or text == "auto":
        return usual
    if text.endswith("%") and whole is not None and (match := _NUMBER.fullmatch(text[:-1].strip())):
        return float(match[0]) / 100 * whole
    return measure(text, node, name)


def measure(text: str, node: Node, name: str) -> float:
    """Return what a length's text says, in user units."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None or match[2].casefold() not in UNITS:
        raise wrong(node, name, text)
    return _finite(float(match[1]) * UNITS[match[2].casefold()], node, name, text)


def _finite(value: float, node: Node, name: str, text: str) -> float:
    if not math.isfinite(value) or abs(value) > 1e7:
        raise wrong(node, name, text)
    return value


def numbers(text: str, node: Node, name: str) -> list[float]:
    """Return a list of numbers; raises Fault when there is anything else in it."""
    found = [_finite(float(one), node, name, text) for one in _NUMBER.findall(text)]
    if _NUMBER.sub("", text).replace(",", "").strip():
        raise wrong(node, name, text)
    return found


def path(node: Node, view: Point) -> Path:
    """Return a shape as a path; `view` is the drawing's size in user units, for percentages."""
    if node.name == "path":
        return path_data(node.attributes.get("d", ""), node)
    if node.name in ("polyline", "polygon"):
        return _poly(node)
    width, height = view

    def across(name: str, usual: float = 0.0) -> float:
        return length(node, name, usual, width)

    def down(name: str, usual: float = 0.0) -> float:
        return length(node, name, usual, height)

    if node.name == "line":
        return Path("ml", ((across("x1"), down("y1")), (across("x2"), down("y2"))))
    if node.name == "rect":
        rx, ry = across("rx", -1.0), down("ry", -1.0)
        rx, ry = (ry if rx < 0 else rx), (rx if ry < 0 else ry)
        return _rect(across("x"), down("y"), across("width"), down("height"), max(0.0, rx), max(0.0, ry))
    both = length(node, "r", 0.0, math.hypot(width, height) / math.sqrt(2))
    rx, ry = (both, both) if node.name == "circle" else (across("rx"), down("ry"))
    return _oval(across("cx"), down("cy"), rx, ry)


def _poly(node: Node) -> Path:
    values = numbers(node.attributes.get("points", ""), node, "points")
    if len(values) % 2:
        raise wrong(node, "points", node.attributes["points"])
    points = tuple(zip(values[::2], values[1::2], strict=True))
    if not points:
        return Path("", ())
    return Path("m" + "l" * (len(points) - 1) + ("h" if node.name == "polygon" else ""), points)


def _rect(x: float, y: float, w: float, h: float, rx: float, ry: float) -> Path:
    if w <= 0 or h <= 0:
        return Path("", ())
    rx, ry = min(rx, w / 2), min(ry, h / 2)
    if rx == 0 or ry == 0:
        return Path("mlllh", ((x, y), (x + w, y), (x + w, y + h), (x, y + h)))
    p, q = rx * (1 - _ROUND), ry * (1 - _ROUND)
    r, t = x + w, y + h
    return Path(
        "mlclclclch",
        (
            (x + rx, y), (r - rx, y), (r - p, y), (r, y + q), (r, y + ry),
            (r, t - ry), (r, t - q), (r - p, t), (r - rx, t),
            (x + rx, t), (x + p, t), (x, t - q), (x, t - ry),
            (x, y + ry), (x, y + q), (x + p, y), (x + rx, y),
        ),
    )  # fmt: skip


def _oval(x: float, y: float, rx: float, ry: float) -> Path:
    if rx <= 0 or ry <= 0:
        return Path("", ())
    p, q = rx * _ROUND, ry * _ROUND
    return Path(
        "mcccch",
        (
            (x + rx, y), (x + rx, y + q), (x + p, y + ry), (x, y + ry),
            (x - p, y + ry), (x - rx, y + q), (x - rx, y),
            (x - rx, y - q), (x - p, y - ry), (x, y - ry),
            (x + p, y - ry), (x + rx, y - q), (x + rx, y),
        ),
    )  # fmt: skip


class _Data:
    """Reads path data: commands and numbers, nothing between them but spaces and commas."""

    def __init__(self, text: str, node: Node) -> None:
        self.text = text
        self.node = node
        self.at = 0

    def fault(self) -> Fault:
        return wrong(self.node, "d", self.text[max(0, self.at - 8) : self.at + 24])

    def skip(self) -> None:
        match = _SEPARATOR.match(self.text, self.at)
        assert match is not None
        self.at = match.end()

    def number(self) -> float:
        self.skip()
        match = _NUMBER.match(self.text, self.at)
        if match is None:
            raise self.fault()
        self.at = match.end()
        return _finite(float(match[0]), self.node, "d", self.text)

    def flag(self) -> float:
        self.skip()
        if self.text[self.at : self.at + 1] not in ("0", "1"):
            raise self.fault()
        self.at += 1
        return float(self.text[self.at - 1])

    def steps(self) -> Iterator[tuple[str, list[float]]]:
        """Yield each command with its numbers; repeated ones are written out."""
        command = ""
        self.skip()
        while self.at < len(self.text):
            letter = self.text[self.at]
            if letter.upper() in _COUNTS:
                command = letter
                self.at += 1
            elif not command or command in "Zz":
                raise self.fault()
            count = _COUNTS[command.upper()]
            arc = command in "Aa"
            yield command, [self.flag() if arc and index in (3, 4) else self.number() for index in range(count)]
            command = {"M": "L", "m": "l"}.get(command, command)
            self.skip()


def path_data(text: str, node: Node) -> Path:
    """Return path data as a path of moves, lines and cubic curves; raises Fault, naming the place, when it is wrong."""
    maker = _Maker()
    reader = _Data(text, node)
    for command, values in reader.steps():
        if not maker.kinds and command not in "Mm":
            raise wrong(node, "d", text)
        maker.step(command, values)
        if len(maker.kinds) > MOST_PIECES:
            raise too_many_pieces(node)
    return Path("".join(maker.kinds), tuple(maker.points))


def too_many_pieces(node: Node) -> Fault:
    """Return the fault of a drawing with more than MOST_PIECES."""
    return Fault(codes.TOO_LARGE, f"has more than {MOST_PIECES:,} lines and curves", "simplify it", node.at)


class _Maker:
    """Makes a path from SVG's commands."""

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self.points: list[Point] = []
        self.here: Point = (0.0, 0.0)
        self.start: Point = (0.0, 0.0)
        self.handle: tuple[str, Point] = ("", (0.0, 0.0))

    def step(self, command: str, values: list[float]) -> None:
        """Take one command."""
        x, y = self.here if command.islower() else (0.0, 0.0)
        kind = command.upper()
        if kind == "Z":
            self._add("h")
            self.here = self.start
        elif kind == "A":
            self._arc(values, (x + values[5], y + values[6]))
        elif kind in "HV":
            self._add("l", (x + values[0], self.here[1]) if kind == "H" else (self.here[0], y + values[0]))
        else:
            points = [(x + a, y + b) for a, b in zip(values[::2], values[1::2], strict=True)]
            self._curve(kind, points)
        if kind not in "CSQT":
            self.handle = ("", self.here)

    def _add(self, kind: str, *points: Point) -> None:
        if kind not in "mh" and self.kinds and self.kinds[-1] == "h":
            self.kinds.append("m")
            self.points.append(self.start)
        self.kinds.append(kind)
        self.points.extend(points)
        if points:
            self.here = points[-1]
        if kind == "m":
            self.start = self.here

    def _curve(self, kind: str, points: list[Point]) -> None:
        if kind in "ML":
            self._add(kind.lower(), *points)
            return
        family = "C" if kind in "CS" else "Q"
        if kind in "ST":
            before, (px, py) = self.handle
            hx, hy = self.here
            points.insert(0, (2 * hx - px, 2 * hy - py) if before == family else self.here)
        self.handle = (family, points[-2])
        if family == "Q":
            (x0, y0), (x1, y1), (x2, y2) = self.here, *points
            points = [((x0 + 2 * x1) / 3, (y0 + 2 * y1) / 3), ((x2 + 2 * x1) / 3, (y2 + 2 * y1) / 3), (x2, y2)]
        self._add("c", *points)

    def _arc(self, values: list[float], end: Point) -> None:
        rx, ry = abs(values[0]), abs(values[1])
        if rx == 0 or ry == 0 or end == self.here:
            self._add("l", end)
            return
        for points in _arc(self.here, end, rx, ry, math.radians(values[2]), bool(values[3]), bool(values[4])):
            self._add("c", *points)


def _arc(
    start: Point, end: Point, rx: float, ry: float, lean: float, large: bool, sweep: bool
) -> Iterator[list[Point]]:
    """Yield an elliptical arc as cubic curves of at most a quarter turn (SVG 1.1, F.6.5)."""
    cos, sin = math.cos(lean), math.sin(lean)
    dx, dy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * dx + sin * dy, -sin * dx + cos * dy
    grow = math.sqrt(max(1.0, (x / rx) ** 2 + (y / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    under = (rx * ry) ** 2 - (rx * y) ** 2 - (ry * x) ** 2
    root = math.sqrt(max(0.0, under / ((rx * y) ** 2 + (ry * x) ** 2))) * (-1 if large == sweep else 1)
    cx, cy = root * rx * y / ry, -root * ry * x / rx
    first = math.atan2((y - cy) / ry, (x - cx) / rx)
    turn = math.atan2((-y - cy) / ry, (-x - cx) / rx) - first
    turn += math.tau if sweep and turn < 0 else -math.tau if not sweep and turn > 0 else 0.0
    unit: Transform = (
        rx * cos, rx * sin, -ry * sin, ry * cos,
        cos * cx - sin * cy + (start[0] + end[0]) / 2, sin * cx + cos * cy + (start[1] + end[1]) / 2,
    )  # fmt: skip
    count = max(1, math.ceil(abs(turn) / (math.pi / 2) - 1e-9))
    step = turn / count
    reach = 4 / 3 * math.tan(step / 4)
    for index in range(count):
        a, b = first + index * step, first + (index + 1) * step
        corners = (
            (math.cos(a) - reach * math.sin(a), math.sin(a) + reach * math.cos(a)),
            (math.cos(b) + reach * math.sin(b), math.sin(b) - reach * math.cos(b)),
            (math.cos(b), math.sin(b)),
        )
        made = [applied(unit, *corner) for corner in corners]
        yield [*made[:2], end] if index == count - 1 else made


def transform(text: str, node: Node) -> Transform:
    """Return a list of transforms as one; raises Fault for what is no transform."""
    whole = UPRIGHT
    for name, inside in re.findall(r"([a-zA-Z]+)\s*\(([^)]*)\)", text):
        made = _one_transform(name, numbers(inside, node, "transform"))
        if made is None:
            raise wrong(node, "transform", text)
        whole = then(made, whole)
    if re.sub(r"[a-zA-Z]+\s*\([^)]*\)", "", text).replace(",", "").strip():
        raise wrong(node, "transform", text)
    return whole


def _one_transform(name: str, v: Sequence[float]) -> Transform | None:
    match name, len(v):
        case "matrix", 6:
            return v[0], v[1], v[2], v[3], v[4], v[5]
        case "translate", 1 | 2:
            return 1.0, 0.0, 0.0, 1.0, v[0], v[1] if len(v) > 1 else 0.0
        case "scale", 1 | 2:
            return v[0], 0.0, 0.0, v[-1], 0.0, 0.0
        case "rotate", 1 | 3:
            return _rotated(math.radians(v[0]), *(v[1:] or (0.0, 0.0)))
        case (("skewX" | "skewY"), 1):
            lean = math.tan(math.radians(v[0]))
            return (1.0, 0.0, lean, 1.0, 0.0, 0.0) if name == "skewX" else (1.0, lean, 0.0, 1.0, 0.0, 0.0)
    return None


def _rotated(turn: float, x: float, y: float) -> Transform:
    cos, sin = math.cos(turn), math.sin(turn)
    return cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y

"""SVG drawings become vector paths in a form of the PDF.

The reader is our own and strict: libraries that read SVG pass over what they do not know, and a logo that has lost its
shadow or its letters would be found after printing. What is drawn: paths and basic shapes, groups, links inside the
file, symbols, transforms, fills, strokes with dashes, opacity, linear and radial gradients, clip paths, style sheets
with plain selectors. What is refused by name: text, pictures of pixels, filters, masks, patterns, markers, blend modes,
scripts, animation, nested drawings, and everything that is not in this file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from notegen.model.page import UPRIGHT, Transform, applied, then
from notegen.press.art import codes
from notegen.press.art.canvas import Canvas, Corners, Group, matrix
from notegen.press.art.colour import operator
from notegen.press.art.faults import Fault
from notegen.press.art.svggradient import GRADIENTS, Gradient, gradient
from notegen.press.art.svgpaint import Colour, colour
from notegen.press.art.svgshapes import (
    MOST_PIECES,
    SHAPES,
    Path,
    Point,
    length,
    measure,
    numbers,
    path,
    too_many_pieces,
    transform,
    wrong,
)
from notegen.press.art.svgstyle import INHERITED, OWN, Look, Rule, everything, look, rules
from notegen.press.art.svgtree import MOST_ELEMENTS, Node, parse
from notegen.press.art.svgview import PX, fitted, only_itself, size_of, view_box
from notegen.press.units import number

if TYPE_CHECKING:
    from notegen.press.art.colour import Colours

_QUIET: Final = frozenset(("defs", "title", "desc", "metadata", "style", "clipPath", "symbol", "view", *GRADIENTS))
_HINTS: Final = {
    "text": "turn text into paths in the program that made it",
    "image": "use the picture itself (PNG or JPEG), or draw it in paths",
    "pattern": "draw the pattern itself",
    "foreignObject": "draw it in paths",
    "switch": "keep one of its branches",
}
_MOST_SHAPES: Final = 20_000
"""Elements that are drawn, each as often as it is used: few lines of a file can use themselves without end."""
_MOST_DEEP: Final = 40
_URL: Final = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)\s*(.*)")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing ready to be embedded: its size in mm, and a stream in points from its lower left corner."""

    size: tuple[float, float]
    content: bytes
    canvas: Canvas


def draw(data: bytes, colours: Colours) -> Drawing:
    """Draw an SVG file; raises Fault for whatever is not drawn."""
    root = parse(data)
    only_itself(root)
    width, height = size_of(root)
    drawer = _Drawer(root, colours, (width / PX, height / PX))
    # SVG's y points down.
    scale = 72 / 96
    flip: Transform = (scale, 0.0, 0.0, -scale, 0.0, height / 25.4 * 72)
    inner = fitted(root, (width / PX, height / PX))
    content = drawer.content(root, then(inner, flip))
    if not drawer.shapes:
        raise Fault(codes.EMPTY, "has nothing in it that can be seen", "save it again from where it was made", root.at)
    return Drawing((width, height), content, drawer.canvas)


@dataclass(frozen=True, slots=True)
class _State:
    """Where an element is: what it inherits, its map to the whole stream, that of the group around it, its depth."""

    above: Look
    at: Transform
    corners: Corners
    base: Transform = UPRIGHT
    deep: int = 0


class _Drawer:
    """Walks a drawing once and writes its content."""

    def __init__(self, root: Node, colours: Colours, size: Point) -> None:
        self.root = root
        self.colours = colours
        self.canvas = Canvas()
        self.sheet: tuple[Rule, ...] = rules(root)
        # Of two elements with one name, viewers take the first.
        self.known: Mapping[str, Node] = {
            node.attributes["id"]: node for node in reversed(list(everything(root))) if "id" in node.attributes
        }
        view = view_box(root)
        self.view: Point = (view[2], view[3]) if view else size
        self.size = size
        self.shapes = 0
        self.pieces = 0
        self.elements = 0

    def content(self, root: Node, at: Transform) -> bytes:
        """Return the stream of the whole drawing, clipped to its size by the form's box."""
        corners = (0.0, 0.0, self.size[0] * 0.75, self.size[1] * 0.75)
        inherited = look(root, {**INHERITED, **OWN}, self.sheet)
        state = _State(inherited, at, corners, at if self.fades(root, inherited) else UPRIGHT)
        inside = b"".join(self.element(child, state) for child in root.children)
        return b"q\n" + _cm(at) + self.clip(root, inherited) + self.faded(inside, inherited, root, state) + b"Q\n"

    def element(self, node: Node, state: _State) -> bytes:
        """Return what draws an element; raises Fault for one that is not known."""
        if node.name in _QUIET:
            return b""
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise Fault(codes.TOO_LARGE, f"draws more than {MOST_ELEMENTS:,} elements", "simplify it", node.at)
        seen = look(node, state.above, self.sheet)
        if seen["display"] == "none":
            return b""
        own = transform(node.attributes.get("transform", ""), node)
        state = replace(state, above=seen, at=then(own, state.at), deep=state.deep + 1)
        if state.deep > _MOST_DEEP:
            raise Fault(codes.TOO_LARGE, "links elements to each other too deeply", "flatten it", node.at)
        fades = self.fades(node, seen)
        inside = self.inside(node, replace(state, base=state.at) if fades else state)
        if not inside:
            return b""
        clip = self.clip(node, seen)
        inside = clip + self.faded(inside, seen, node, state)
        return b"q\n" + (_cm(own) if own != UPRIGHT else b"") + inside + b"Q\n"

    def inside(self, node: Node, state: _State) -> bytes:
        """Return what draws an element in its own units."""
        if node.name in SHAPES:
            return self.shape(node, state)
        if node.name in ("g", "a"):
            return b"".join(self.element(child, state) for child in node.children)
        if node.name == "use":
            return self.used(node, state)
        what = "nests a drawing in a drawing" if node.name == "svg" else f"uses {node.name}"
        hint = _HINTS.get(node.name, "draw it in paths, or export it as PDF")
        raise Fault(codes.NOT_DRAWABLE, what, hint, node.at)

    def used(self, node: Node, state: _State) -> bytes:
        """Return what draws the element that a link stands for."""
        link = node.attributes.get("href", "")
        other = self.known.get(link.removeprefix("#"))
        if other is None or other.name == "svg":
            raise Fault(codes.NOT_DRAWABLE, f"uses '{link}', which is not in it", "save it again", node.at)
        at: Transform = (1.0, 0.0, 0.0, 1.0, length(node, "x", 0, self.view[0]), length(node, "y", 0, self.view[1]))
        if other.name != "symbol":
            below = replace(state, at=then(at, state.at))
            return b"q\n" + _cm(at) + self.element(other, below) + b"Q\n"
        size = length(node, "width", self.view[0], self.view[0]), length(node, "height", self.view[1], self.view[1])
        inner = then(fitted(other, size), at)
        seen = look(other, state.above, self.sheet)
        below = replace(state, above=seen, at=then(inner, state.at))
        inside = b"".join(self.element(child, below) for child in other.children)
        edge = b"%s re W n\n" % " ".join(number(one) for one in (at[4], at[5], *size)).encode("ascii")
        return b"q\n" + edge + _cm(inner) + inside + b"Q\n" if inside else b""

    def faded(self, inside: bytes, seen: Look, node: Node, state: _State) -> bytes:
        """Return a group under its opacity; a single shape's is in its own paint already."""
        if not self.fades(node, seen):
            return inside
        opacity = _share(seen["opacity"], node, "opacity")
        name = self.canvas.group(Group(inside, _back(state.at, state.corners)))
        return self.canvas.alpha(opacity, opacity) + f"/{name} Do\n".encode("ascii")

    def fades(self, node: Node, seen: Look) -> bool:
        """Return whether an element is a group that is partly clear."""
        single = node.name in SHAPES and not self.both(seen)
        return not single and _share(seen["opacity"], node, "opacity") < 1

    def both(self, seen: Look) -> bool:
        """Return whether a shape has a fill and a stroke, which fade together."""
        return seen["fill"] != "none" and seen["stroke"] != "none"

    def clip(self, node: Node, seen: Look) -> bytes:
        """Return what clips to an element's clip path."""
        text = seen["clip-path"]
        if text == "none":
            return b""
        other = self.linked(text, node, "clip-path", ("clipPath",))
        bounding = other.attributes.get("clipPathUnits") == "objectBoundingBox"
        if bounding and node.name not in SHAPES:
            raise Fault(codes.NOT_DRAWABLE, "clips a group by its own box", "save it as plain SVG", other.at)
        whole = transform(other.attributes.get("transform", ""), other)
        if bounding:
            x0, y0, x1, y1 = path(node, self.view).box()
            whole = then(whole, (x1 - x0, 0.0, 0.0, y1 - y0, x0, y0))
        parts = [self.clipping(child, whole, seen) for child in other.children if child.name not in _QUIET]
        steps = b"".join(_steps(one) for one, _ in parts) or b"0 0 0 0 re\n"
        odd = {rule for _, rule in parts} == {"evenodd"}
        if "evenodd" in {rule for _, rule in parts} and len(parts) > 1:
            raise Fault(codes.NOT_DRAWABLE, "joins clip paths of the even-odd rule", "join them first", other.at)
        return steps + (b"W* n\n" if odd else b"W n\n")

    def clipping(self, node: Node, at: Transform, above: Look) -> tuple[Path, str]:
        """Return one shape of a clip path and its fill rule."""
        seen = look(node, above, self.sheet)
        at = then(transform(node.attributes.get("transform", ""), node), at)
        if node.name == "use":
            other = self.known.get(node.attributes.get("href", "").removeprefix("#"))
            x, y = length(node, "x", 0, self.view[0]), length(node, "y", 0, self.view[1])
            if other is not None and other.name in SHAPES:
                return self.clipping(other, then((1.0, 0.0, 0.0, 1.0, x, y), at), seen)
        if node.name not in SHAPES or "clip-path" in node.attributes:
            raise Fault(codes.NOT_DRAWABLE, f"clips by {node.name}", "make one path of it", node.at)
        return path(node, self.view).moved(at), seen["clip-rule"]

    def linked(self, text: str, node: Node, what: str, kinds: tuple[str, ...]) -> Node:
        """Return the element that url(#...) stands for."""
        match = _URL.fullmatch(text.strip())
        other = self.known.get(match[1]) if match else None
        if other is None:
            raise wrong(node, what, text)
        if other.name not in kinds:
            hint = _HINTS.get(other.name, "draw it in paths, or export it as PDF")
            raise Fault(codes.NOT_DRAWABLE, f"paints with a {other.name}", hint, node.at)
        return other

    def shape(self, node: Node, state: _State) -> bytes:
        """Return what fills and strokes a shape."""
        seen = state.above
        outline = path(node, self.view)
        if not outline.kinds or seen["visibility"] != "visible":
            return b""
        self.shapes += 1
        if self.shapes > _MOST_SHAPES:
            raise Fault(codes.TOO_LARGE, f"has more than {_MOST_SHAPES:,} shapes", "simplify it", node.at)
        self.pieces += len(outline.kinds)
        if self.pieces > MOST_PIECES:
            raise too_many_pieces(node)
        opacity = 1.0 if self.both(seen) else _share(seen["opacity"], node, "opacity")
        steps = _steps(outline)
        shown = b""
        x0, y0, x1, y1 = outline.box()
        if x1 > x0 and y1 > y0:  # PDF fills a path without area with a hairline, SVG with nothing
            fill = self.paint("fill", node, state, outline, opacity)
            shown = self.filled(fill, steps, seen["fill-rule"] == "evenodd")
        wide = measure(seen["stroke-width"], node, "stroke-width")
        if wide > 0:
            stroke = self.paint("stroke", node, state, outline, opacity)
            shown += self.stroked(stroke, steps, node, state)
        return shown

    def paint(
        self, what: str, node: Node, state: _State, outline: Path, opacity: float
    ) -> tuple[Colour | Gradient | None, float]:
        """Return what a shape is filled or stroked with, and its opacity."""
        seen = state.above
        opacity *= _share(seen[f"{what}-opacity"], node, f"{what}-opacity")
        text = seen[what].strip()
        if match := _URL.fullmatch(text):
            if match[1] not in self.known and match[2]:
                text = match[2]
            else:
                other = self.linked(f"url(#{match[1]})", node, what, GRADIENTS)
                corners = outline.box()
                made = gradient(other, corners, self.view, self.known, self.sheet, seen, self.colours)
                return made, opacity
        if text == "none":
            return None, 0.0
        text = seen["color"] if text.casefold() == "currentcolor" else text
        return colour(text, node, what), opacity

    def filled(self, paint: tuple[Colour | Gradient | None, float], steps: bytes, odd: bool) -> bytes:
        """Return what fills a path."""
        made, opacity = paint
        rule = b"*" if odd else b""
        if isinstance(made, Colour):
            alpha = self.canvas.alpha(opacity * made.alpha, 1.0)
            return b"q\n" + alpha + operator(made.shown(self.colours)) + steps + b"f" + rule + b"\nQ\n"
        if made is None:
            return b""
        inside = self.canvas.alpha(opacity, 1.0) + steps + b"W" + rule + b" n\n" + _cm(made.at)
        name = self.canvas.shading(made.colours)
        return b"q\n" + inside + self.masked(made) + f"/{name} sh\nQ\n".encode("ascii")

    def masked(self, made: Gradient) -> bytes:
        """Return what lets a gradient's own opacity work, in the gradient's units."""
        if made.alpha is None:
            return b""
        name = self.canvas.shading(made.alpha)
        group = self.canvas.group(Group(f"/{name} sh\n".encode("ascii"), (-1e4, -1e4, 1e4, 1e4), "DeviceGray"))
        return f"/{self.canvas.mask(group)} gs\n".encode("ascii")

    def stroked(self, paint: tuple[Colour | Gradient | None, float], steps: bytes, node: Node, state: _State) -> bytes:
        """Return what strokes a path."""
        made, opacity = paint
        if made is None:
            return b""
        if isinstance(made, Gradient):
            if made.alpha is not None:
                message = "strokes with a gradient that is partly clear"
                raise Fault(codes.NOT_DRAWABLE, message, "turn the stroke into a path", node.at)
            name = self.canvas.pattern(
                self.canvas.shading(made.colours), then(then(made.at, state.at), _inverse(state.base))
            )
            set_colour = f"/Pattern CS /{name} SCN\n".encode("ascii")
        else:
            opacity *= made.alpha
            set_colour = operator(made.shown(self.colours), stroke=True)
        return b"q\n" + self.canvas.alpha(1.0, opacity) + set_colour + self.pen(node, state) + steps + b"S\nQ\n"

    def pen(self, node: Node, state: _State) -> bytes:
        """Return what sets the width, ends, joins and dashes of strokes."""
        seen = state.above
        try:
            cap = {"butt": 0, "round": 1, "square": 2}[seen["stroke-linecap"]]
            join = {"miter": 0, "round": 1, "bevel": 2}[seen["stroke-linejoin"]]
        except KeyError as error:
            raise Fault(codes.NOT_DRAWABLE, f"uses a stroke of kind {error}", "turn it into a path", node.at) from None
        limit = max(1.0, (numbers(seen["stroke-miterlimit"], node, "stroke-miterlimit") or [4.0])[0])
        wide = measure(seen["stroke-width"], node, "stroke-width")
        dashes: list[float] = []
        if seen["stroke-dasharray"] != "none":
            dashes = [measure(one, node, "dashes") for one in re.split(r"[\s,]+", seen["stroke-dasharray"]) if one]
        if min(dashes, default=0) < 0 or sum(dashes) == 0:
            dashes = []
        shift = measure(seen["stroke-dashoffset"], node, "stroke-dashoffset") if dashes else 0.0
        dashes = dashes * 2 if len(dashes) % 2 else dashes
        shift = shift % sum(dashes) if dashes else 0.0
        words = " ".join(number(one) for one in dashes)
        return f"{number(wide)} w {cap} J {join} j {number(limit)} M [{words}] {number(shift)} d\n".encode("ascii")


def _share(text: str, node: Node, name: str) -> float:
    value = numbers(text.removesuffix("%"), node, name)
    if len(value) != 1:
        raise wrong(node, name, text)
    return min(1.0, max(0.0, value[0] / 100 if text.endswith("%") else value[0]))


def _cm(at: Transform) -> bytes:
    return f"{matrix(at)} cm\n".encode("ascii")


def _steps(outline: Path) -> bytes:
    points = iter(outline.points)
    words: list[str] = []
    for kind in outline.kinds:
        for _ in range({"m": 1, "l": 1, "c": 3, "h": 0}[kind]):
            x, y = next(points)
            words.append(f"{number(x)} {number(y)}")
        words.append(kind)
    return (" ".join(words) + "\n").encode("ascii")


def _inverse(at: Transform) -> Transform:
    """Return the map back; of one that flattens everything, one that makes everything nothing."""
    a, b, c, d, e, f = at
    whole = a * d - b * c
    if abs(whole) < 1e-12:
        return 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    return d / whole, -b / whole, -c / whole, a / whole, (c * f - d * e) / whole, (b * e - a * f) / whole


def _back(at: Transform, corners: Corners) -> Corners:
    """Return the box, in an element's own units, that covers a box of the stream."""
    inverse = _inverse(at)
    x0, y0, x1, y1 = corners
    places = [applied(inverse, x, y) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return min(xs), min(ys), max(xs), max(ys)

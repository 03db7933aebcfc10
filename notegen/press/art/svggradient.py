"""Gradients of SVG drawings as shadings: mixed in sRGB, as SVG does, and converted sample by sample."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from notegen.model.page import Transform, then
from notegen.press.art import codes
from notegen.press.art.canvas import SAMPLES, Shading
from notegen.press.art.faults import Fault
from notegen.press.art.svgpaint import Colour, colour
from notegen.press.art.svgshapes import length, numbers, transform
from notegen.press.art.svgstyle import look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notegen.press.art.canvas import Corners
    from notegen.press.art.colour import Colours
    from notegen.press.art.svgshapes import Point
    from notegen.press.art.svgstyle import Look, Rule
    from notegen.press.art.svgtree import Node

_INHERITED: Final = (
    "x1", "y1", "x2", "y2", "cx", "cy", "r", "fx", "fy", "fr", "gradientUnits", "gradientTransform", "spreadMethod",
)  # fmt: skip
GRADIENTS: Final = ("linearGradient", "radialGradient")


@dataclass(frozen=True, slots=True)
class Gradient:
    """A gradient for one shape: its colours and, when some are not opaque, their opacity, under a map to the shape."""

    colours: Shading
    alpha: Shading | None
    at: Transform


def gradient(
    node: Node,
    shape: Corners,
    view: Point,
    known: Mapping[str, Node],
    sheet: tuple[Rule, ...],
    above: Look,
    tint: Colours,
) -> Gradient | Colour | None:
    """Return a gradient for a shape with a box, its one colour when it has but one, None when nothing is painted."""
    chain = _chain(node, known)
    first = _merged(chain)
    stops = _stops(next((one for one in chain if any(c.name == "stop" for c in one.children)), node), sheet, above)
    if first.attributes.get("spreadMethod", "pad") != "pad":
        message = f"has a gradient with spreadMethod {first.attributes['spreadMethod']}"
        raise Fault(codes.NOT_DRAWABLE, message, "draw the repetition itself", node.at)
    bounding = first.attributes.get("gradientUnits", "objectBoundingBox") == "objectBoundingBox"
    x0, y0, x1, y1 = shape
    if not stops or (bounding and (x1 <= x0 or y1 <= y0)):
        return None
    if len(stops) == 1:
        return stops[0][1]
    coordinates = _coordinates(first, (1.0, 1.0) if bounding else view)
    if coordinates is None:
        return stops[-1][1]
    at = transform(first.attributes.get("gradientTransform", ""), node)
    if bounding:
        at = then(at, (x1 - x0, 0.0, 0.0, y1 - y0, x0, y0))
    kind = 2 if node.name == "linearGradient" else 3
    mixed = [_mixed(stops, index / (SAMPLES - 1)) for index in range(SAMPLES)]
    plain = all(max(one.parts) - min(one.parts) < 1e-6 and len(one.parts) == 3 for _, one in stops)
    shown = [one.shown(tint, plain=plain) for one in mixed]
    space = tint.space if len(shown[0]) == tint.count else "DeviceCMYK"
    made = Shading(kind, coordinates, space, len(shown[0]), _packed(shown))
    clear = any(one.alpha < 1 for _, one in stops)
    alpha = Shading(kind, coordinates, "DeviceGray", 1, _packed([(one.alpha,) for one in mixed])) if clear else None
    return Gradient(made, alpha, at)


def _packed(samples: list[tuple[float, ...]]) -> bytes:
    return bytes(min(255, max(0, round(part * 255))) for one in samples for part in one)


def _chain(node: Node, known: Mapping[str, Node]) -> list[Node]:
    """Return a gradient and those that it takes after."""
    chain = [node]
    while href := chain[-1].attributes.get("href"):
        other = known.get(href.removeprefix("#")) if href.startswith("#") else None
        if other is None or other in chain or other.name not in GRADIENTS:
            message = f"has a gradient that takes after '{href}', which is no other gradient in it"
            raise Fault(codes.NOT_DRAWABLE, message, "save it again", chain[-1].at)
        chain.append(other)
    return chain


def _merged(chain: list[Node]) -> Node:
    from dataclasses import replace

    given: dict[str, str] = {}
    for one in reversed(chain):
        given.update({name: one.attributes[name] for name in _INHERITED if name in one.attributes})
    return replace(chain[0], attributes=given)


def _coordinates(node: Node, whole: Point) -> tuple[float, ...] | None:
    width, height = whole

    def across(name: str, share: float) -> float:
        return length(node, name, share * width, width)

    def down(name: str, share: float) -> float:
        return length(node, name, share * height, height)

    if node.name == "linearGradient":
        line = across("x1", 0.0), down("y1", 0.0), across("x2", 1.0), down("y2", 0.0)
        return line if line[:2] != line[2:] else None
    both = ((width**2 + height**2) / 2) ** 0.5
    cx, cy, r = across("cx", 0.5), down("cy", 0.5), length(node, "r", 0.5 * both, both)
    fx, fy = length(node, "fx", cx, width), length(node, "fy", cy, height)
    return (fx, fy, length(node, "fr", 0.0, both), cx, cy, r) if r > 0 else None


def _stops(node: Node, sheet: tuple[Rule, ...], above: Look) -> list[tuple[float, Colour]]:
    found: list[tuple[float, Colour]] = []
    for stop in node.children:
        if stop.name != "stop":
            continue
        seen = look(stop, above, sheet)
        said = seen["stop-color"]
        made = colour(seen["color"] if said.casefold() == "currentcolor" else said, stop, "stop-color")
        offset = stop.attributes.get("offset", "0").strip()
        value = numbers(offset.removesuffix("%"), stop, "offset") or [0.0]
        place = min(1.0, max(0.0, value[0] / 100 if offset.endswith("%") else value[0]))
        place = max(place, found[-1][0]) if found else place
        opacity = min(1.0, max(0.0, (numbers(seen["stop-opacity"], stop, "stop-opacity") or [1.0])[0]))
        found.append((place, Colour(made.parts, made.alpha * opacity)))
    if len({len(one.parts) for _, one in found}) > 1:
        raise Fault(codes.NOT_DRAWABLE, "mixes inks and RGB in one gradient", "give all stops one kind", node.at)
    return found


def _mixed(stops: list[tuple[float, Colour]], place: float) -> Colour:
    after = bisect_right([at for at, _ in stops], place)
    if after == 0:
        return stops[0][1]
    if after == len(stops):
        return stops[-1][1]
    (low, one), (high, other) = stops[after - 1], stops[after]
    share = (place - low) / (high - low)
    parts = tuple(a + (b - a) * share for a, b in zip(one.parts, other.parts, strict=True))
    return Colour(parts, one.alpha + (other.alpha - one.alpha) * share)

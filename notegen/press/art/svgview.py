"""How large an SVG drawing is, how its units fit into it, and that it is complete in itself."""

from __future__ import annotations

import re
from typing import Final

from notegen.model.page import UPRIGHT, Transform
from notegen.press.art import codes
from notegen.press.art.faults import Fault
from notegen.press.art.svgshapes import Point, measure, numbers, wrong
from notegen.press.art.svgstyle import everything
from notegen.press.art.svgtree import Node

PX: Final = 25.4 / 96
"""Millimetres to a user unit."""
_ACTIVE: Final = frozenset(("script", "handler", "listener"))
_MOVING: Final = frozenset(("animate", "animateTransform", "animateMotion", "animateColor", "set"))


def size_of(root: Node) -> tuple[float, float]:
    """Return a drawing's natural size in mm; raises Fault when it says none."""
    view = view_box(root)
    said = [root.attributes.get(name, "").strip() for name in ("width", "height")]
    known = [
        measure(text, root, "size") if text and not text.endswith("%") and text != "auto" else 0.0 for text in said
    ]
    if view is not None:
        known = [one or other for one, other in zip(known, view[2:], strict=True)]
    if min(known) <= 0:
        hint = "give it a width and a height in mm, or a viewBox"
        raise Fault(codes.SIZE, "does not say how large it is", hint, root.at)
    return known[0] * PX, known[1] * PX


def only_itself(root: Node) -> None:
    """Raise Fault for scripts, animation and links out of the file, wherever they are."""
    for node in everything(root):
        if node.name in _ACTIVE or any(name.startswith("on") for name in node.attributes):
            raise Fault(codes.REACHES_OUT, "carries a script", "take the script out of it", node.at)
        if node.name in _MOVING:
            raise Fault(codes.ANIMATED, "moves, and paper shows one picture", "save it without animation", node.at)
        link = node.attributes.get("href", "")
        if link and not link.startswith(("#", "data:")) and node.name != "a":
            raise Fault(codes.REACHES_OUT, f"refers to another file: {link[:60]}", "put it into the drawing", node.at)
        for name, value in node.attributes.items():
            if re.search(r"url\(\s*['\"]?(?!#|\s|['\"])", value) and name not in ("d", "id", "class"):
                message = f"refers to another file: {value[:60]}"
                raise Fault(codes.REACHES_OUT, message, "put it into the drawing", node.at)


def view_box(node: Node) -> list[float] | None:
    """Return an element's viewBox; raises Fault for one that is no box."""
    text = node.attributes.get("viewBox")
    if text is None:
        return None
    values = numbers(text, node, "viewBox")
    if len(values) != 4 or values[2] <= 0 or values[3] <= 0:
        raise wrong(node, "viewBox", text)
    return values


def fitted(node: Node, size: Point) -> Transform:
    """Return the map of a viewBox to a size, by preserveAspectRatio."""
    view = view_box(node)
    if view is None:
        return UPRIGHT
    x, y, w, h = view
    words = node.attributes.get("preserveAspectRatio", "xMidYMid meet").split()
    across, down = size[0] / w, size[1] / h
    if words[0] == "none":
        return across, 0.0, 0.0, down, -x * across, -y * down
    if re.fullmatch(r"x(Min|Mid|Max)Y(Min|Mid|Max)", words[0]) is None:
        raise wrong(node, "preserveAspectRatio", " ".join(words))
    scale = max(across, down) if words[1:] == ["slice"] else min(across, down)
    share = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}
    dx = (size[0] - w * scale) * share[words[0][1:4]]
    dy = (size[1] - h * scale) * share[words[0][5:8]]
    return scale, 0.0, 0.0, scale, dx - x * scale, dy - y * scale

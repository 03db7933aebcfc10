"""How an element of an SVG drawing looks: attributes, style sheets inside the file, and what is inherited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from notegen.press.art import codes
from notegen.press.art.faults import Fault
from notegen.press.art.svgtree import Node

INHERITED: Final = {
    "fill": "black",
    "fill-opacity": "1",
    "fill-rule": "nonzero",
    "stroke": "none",
    "stroke-width": "1",
    "stroke-opacity": "1",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "stroke-dasharray": "none",
    "stroke-dashoffset": "0",
    "visibility": "visible",
    "color": "black",
    "clip-rule": "nonzero",
    "marker-start": "none",
    "marker-mid": "none",
    "marker-end": "none",
    "paint-order": "normal",
}
"""Properties that go down to children, and what they are at the root (SVG 1.1, appendix N)."""

OWN: Final = {
    "opacity": "1",
    "display": "inline",
    "clip-path": "none",
    "stop-color": "black",
    "stop-opacity": "1",
}
_PLAIN: Final = {
    "mask": ("none",),
    "filter": ("none",),
    "mix-blend-mode": ("normal",),
    "vector-effect": ("none",),
    "marker-start": ("none",),
    "marker-mid": ("none",),
    "marker-end": ("none",),
    "marker": ("none",),
    "paint-order": ("normal", "fill", "fill stroke", "fill stroke markers", "fill markers stroke"),
    "color-interpolation": ("auto", "sRGB", "srgb"),
    "transform-origin": ("0 0", "0px 0px"),
    "animation": ("none",),
    "animation-name": ("none",),
}
"""Properties that would change the drawing, with the values that leave it as it is."""

Look = Mapping[str, str]
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR: Final = re.compile(r"(\*|[A-Za-z][\w-]*)?((?:[.#][A-Za-z_][\w-]*)*)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector of a style sheet with its declarations."""

    tag: str
    classes: frozenset[str]
    identity: str
    weight: tuple[int, int, int]
    declarations: tuple[tuple[str, str], ...]

    def fits(self, node: Node) -> bool:
        """Return whether it is about an element."""
        return (
            self.tag in ("", "*", node.name)
            and self.identity in ("", node.attributes.get("id"))
            and self.classes <= set(node.attributes.get("class", "").split())
        )


def rules(root: Node) -> tuple[Rule, ...]:
    """Return the rules of all style elements, the least weighty first."""
    found: list[Rule] = []
    for node in everything(root):
        if node.name == "style":
            found.extend(_sheet(node))
    return tuple(sorted(found, key=lambda rule: rule.weight))


def everything(node: Node) -> Iterator[Node]:
    """Yield an element and all below it."""
    yield node
    for child in node.children:
        yield from everything(child)


def look(node: Node, above: Look, sheet: tuple[Rule, ...]) -> Look:
    """Return the properties of an element; raises Fault for one that would change the drawing and cannot be drawn."""
    given = dict(_given(node, sheet))
    for name, allowed in _PLAIN.items():
        value = given.get(name)
        if value is not None and value not in (*allowed, "inherit", "initial", "unset"):
            raise Fault(codes.NOT_DRAWABLE, f"uses {name}: {value}", "flatten it in the program that made it", node.at)
    made = {name: above[name] for name in INHERITED} | OWN
    for name, value in given.items():
        if name not in made or value in ("inherit", "unset"):
            continue
        made[name] = {**INHERITED, **OWN}[name] if value == "initial" else value
    return made


def _given(node: Node, sheet: tuple[Rule, ...]) -> Iterator[tuple[str, str]]:
    """Yield declarations in the order in which the later ones win."""
    for name, value in node.attributes.items():
        yield name, value.strip()
    late: list[tuple[str, str]] = []
    for rule in sheet:
        if rule.fits(node):
            late.extend(rule.declarations)
    late.extend(declarations(node.attributes.get("style", ""), node))
    yield from ((name, value) for name, value in late if not value.endswith("!important"))
    yield from ((name, value.removesuffix("!important").strip()) for name, value in late if "!important" in value)


def declarations(text: str, node: Node) -> Iterator[tuple[str, str]]:
    """Yield the declarations of a style; raises Fault for a CSS transform, which attributes do better."""
    for part in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).split(";"):
        name, colon, value = part.partition(":")
        name = name.strip().casefold()
        if not colon:
            continue
        if name in ("transform", "d", "clip", "x", "y", "r", "cx", "cy", "rx", "ry", "width", "height"):
            message = f"sets '{name}' in a style, which is drawn from attributes alone"
            raise Fault(codes.NOT_DRAWABLE, message, "save it as plain SVG", node.at)
        yield name, re.sub(r"\s*!\s*important$", "!important", value.strip())


def _sheet(node: Node) -> Iterator[Rule]:
    text = re.sub(r"/\*.*?\*/|<!--|-->", "", node.text, flags=re.DOTALL)
    if "@import" in text or re.search(r"url\(\s*['\"]?(?!#)", text):
        raise Fault(codes.REACHES_OUT, "takes its style from another file", "save it with its styles inside", node.at)
    if at := re.search(r"@[\w-]+", text):
        raise Fault(codes.NOT_DRAWABLE, f"uses {at[0]} in a style sheet", "save it as plain SVG", node.at)
    for selectors, inside in _RULE.findall(text):
        made = tuple(declarations(inside, node))
        for selector in selectors.split(","):
            yield _rule(selector.strip(), made, node)


def _rule(selector: str, made: tuple[tuple[str, str], ...], node: Node) -> Rule:
    match = _SELECTOR.fullmatch(selector)
    if match is None or not selector:
        hint = "use names, .classes and #ids alone, or save it as plain SVG"
        raise Fault(codes.NOT_DRAWABLE, f"uses the selector '{selector}' in a style sheet", hint, node.at)
    parts = re.findall(r"[.#][\w-]+", match[2])
    classes = frozenset(part[1:] for part in parts if part[0] == ".")
    identity = next((part[1:] for part in parts if part[0] == "#"), "")
    tag = match[1] or ""
    return Rule(tag, classes, identity, (bool(identity), len(classes), tag not in ("", "*")), made)

"""SVG text becomes a tree of elements, each with its place; nothing outside the file is ever read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from notegen.press.art import codes
from notegen.press.art.faults import Fault

SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
MOST_BYTES: Final = 16 * 1024 * 1024
MOST_ELEMENTS: Final = 100_000
_MOST_DEEP: Final = 200
_SHEET: Final = re.compile(r"<\?xml-stylesheet[^?]*\?>")


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """An element of SVG's own namespace: `at` is its line and column, from 1; links are under "href"."""

    name: str
    attributes: dict[str, str]
    at: tuple[int, int]
    children: list[Node] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The characters directly inside."""
        return "".join(self.texts)


class _Builder:
    """Takes expat's events; elements of other namespaces (of drawing programs) are left out, as viewers do."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.open: list[Node | None] = []
        self.count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.EntityDeclHandler = self.entity
        self.parser.buffer_text = True

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        space, _, leaf = name.rpartition(" ")
        at = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        if len(self.open) > _MOST_DEEP:
            raise Fault(codes.TOO_LARGE, "nests elements too deeply", "simplify it in the program that made it", at)
        self.count += 1
        if self.count > MOST_ELEMENTS:
            what = f"has more than {MOST_ELEMENTS:,} elements"
            raise Fault(codes.TOO_LARGE, what, "simplify it in the program that made it", at)
        outside = space not in (SVG, "") or (bool(self.open) and self.open[-1] is None)
        if outside and self.open:
            self.open.append(None)
            return
        node = Node(leaf, dict(_own(attributes)), at)
        if self.root is None:
            self.root = node
        elif self.open and (parent := self.open[-1]) is not None:
            parent.children.append(node)
        self.open.append(node)

    def end(self, name: str) -> None:
        """Close an element."""
        self.open.pop()

    def characters(self, text: str) -> None:
        """Keep text: style sheets are text."""
        if self.open and (node := self.open[-1]) is not None:
            node.texts.append(text)

    def entity(self, name: str, *_: object) -> None:
        """Refuse what could unfold without end or reach out."""
        at = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        hint = "save it as plain SVG in the program that made it"
        raise Fault(codes.REACHES_OUT, f"declares the entity '{name}', which a drawing does not need", hint, at)


def parse(data: bytes) -> Node:
    """Return the root element; raises Fault for what is no SVG, declares entities or names an outside style sheet."""
    if len(data) > MOST_BYTES:
        raise Fault(codes.TOO_LARGE, "is larger than 16 MiB", "simplify it in the program that made it")
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        place = error.lineno, error.offset + 1
        what = expat.ErrorString(error.code)
        raise Fault(codes.UNREADABLE, f"is damaged: {what}", "save it again from where it was made", place) from None
    root = builder.root
    if root is None or root.name != "svg":
        name = "nothing" if root is None else root.name
        at = None if root is None else root.at
        raise Fault(codes.UNREADABLE, f"is no SVG drawing: its root is {name}", "save it as SVG", at)
    if _SHEET.search(data[:4096].decode("utf-8", "replace")):
        raise Fault(codes.REACHES_OUT, "takes its style from another file", "save it with its styles inside", root.at)
    return root


def _own(attributes: dict[str, str]) -> list[tuple[str, str]]:
    """Return the attributes without a namespace, and XLink's href as SVG 2 writes it."""
    links = [("href", value) for name, value in attributes.items() if name == f"{XLINK} href"]
    return [*links, *((name, value) for name, value in attributes.items() if " " not in name)]

"""What a drawing is written on: a content stream with the states, shadings, patterns and groups that it names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from notegen.press.units import number

if TYPE_CHECKING:
    from notegen.model.page import Transform
    from notegen.press.container import Container

Corners = tuple[float, float, float, float]
"""The least x and y of a box, and the greatest."""

SAMPLES: Final = 1024


def matrix(at: Transform) -> str:
    """Write a map as six numbers, precise enough for small units under large scales."""
    return " ".join(number(part, 6) for part in at)


def box(corners: Corners) -> str:
    """Write a box as an array."""
    return f"[{' '.join(number(one) for one in corners)}]"


@dataclass(frozen=True, slots=True)
class Shading:
    """A gradient: its type, coordinates, and the parts of its colour at evenly spread places, a byte each."""

    kind: int
    coordinates: tuple[float, ...]
    space: str
    parts: int
    samples: bytes


@dataclass(frozen=True, slots=True)
class Group:
    """A transparency group: its stream, its box in its own units, and its blend space, None for that of the page."""

    content: bytes
    corners: Corners
    space: str | None = None


@dataclass(slots=True)
class Canvas:
    """Collects what a drawing needs; equal things get one name."""

    states: dict[str, str] = field(default_factory=dict)
    shadings: dict[Shading, str] = field(default_factory=dict)
    patterns: dict[tuple[str, Transform], str] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)

    def state(self, entries: str) -> str:
        """Return the name of a graphics state."""
        return self.states.setdefault(entries, f"G{len(self.states)}")

    def alpha(self, fill: float, stroke: float) -> bytes:
        """Return what sets the opacity of fills and strokes, nothing when both are whole."""
        if fill >= 1 and stroke >= 1:
            return b""
        return f"/{self.state(f'/ca {number(fill)} /CA {number(stroke)}')} gs\n".encode("ascii")

    def shading(self, shading: Shading) -> str:
        """Return the name of a gradient."""
        return self.shadings.setdefault(shading, f"H{len(self.shadings)}")

    def pattern(self, shading: str, at: Transform) -> str:
        """Return the name of a pattern that shows a gradient under a map."""
        return self.patterns.setdefault((shading, at), f"P{len(self.patterns)}")

    def group(self, group: Group) -> str:
        """Return the name of a group."""
        self.groups.append(group)
        return f"D{len(self.groups) - 1}"

    def mask(self, group: str) -> str:
        """Return the name of a graphics state whose opacity is the lightness of a group."""
        return self.state(f"/SMask << /S /Luminosity /G {{{group}}} >>")


def embed(canvas: Canvas, content: bytes, corners: Corners, container: Container) -> int:
    """Put a drawing into a file as a form; `corners` (in points) is its box. Returns the number of the form."""
    from notegen.press.container import Plain

    resources = Plain(b"")
    shared = container.reserve(resources)
    here = container.number_of(shared)
    shadings = {name: _shading(one, container) for one, name in canvas.shadings.items()}
    groups = {f"D{at}": _group(one, here, container) for at, one in enumerate(canvas.groups)}
    patterns = {
        name: f"<< /PatternType 2 /Matrix [{matrix(at)}] /Shading {shadings[shading]} 0 R >>"
        for (shading, at), name in canvas.patterns.items()
    }
    states = {name: _filled(entries, groups) for entries, name in canvas.states.items()}
    kinds = (
        ("ExtGState", {name: f"<< /Type /ExtGState {entries} >>" for name, entries in states.items()}),
        ("Shading", {name: f"{one} 0 R" for name, one in shadings.items()}),
        ("Pattern", patterns),
        ("XObject", {name: f"{one} 0 R" for name, one in groups.items()}),
    )
    inside = " ".join(
        f"/{kind} << {' '.join(f'/{name} {one}' for name, one in named.items())} >>" for kind, named in kinds if named
    )
    resources.data = f"<< {inside} >>".encode("ascii")
    entries = f"/Type /XObject /Subtype /Form /BBox {box(corners)} /Resources {here} 0 R "
    return container.number_of(container.add_stream(content, entries))


def _filled(entries: str, groups: dict[str, int]) -> str:
    for name, one in groups.items():
        entries = entries.replace(f"{{{name}}}", f"{one} 0 R")
    return entries


def _shading(shading: Shading, container: Container) -> int:
    ranges = "0 1 " * shading.parts
    size = len(shading.samples) // shading.parts
    function = container.add_stream(
        shading.samples,
        f"/FunctionType 0 /Domain [0 1] /Range [{ranges.strip()}] /Size [{size}] /BitsPerSample 8 ",
    )
    coordinates = " ".join(number(one, 6) for one in shading.coordinates)
    entries = (
        f"<< /ShadingType {shading.kind} /ColorSpace /{shading.space} /Coords [{coordinates}] "
        f"/Function {container.number_of(function)} 0 R /Extend [true true] >>"
    )
    return _plain(entries, container)


def _plain(entries: str, container: Container) -> int:
    from notegen.press.container import Plain

    return container.number_of(container.add(Plain(entries.encode("ascii") + b"\n")))


def _group(group: Group, resources: int, container: Container) -> int:
    space = f" /CS /{group.space}" if group.space else ""
    entries = (
        f"/Type /XObject /Subtype /Form /BBox {box(group.corners)} "
        f"/Group << /S /Transparency{space} /I true >> /Resources {resources} 0 R "
    )
    return container.number_of(container.add_stream(group.content, entries))

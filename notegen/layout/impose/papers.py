"""Plain paper, and how many pieces go on it."""

from __future__ import annotations

from dataclasses import dataclass

from notegen.errors import NotegenError
from notegen.layout.measured import mm
from notegen.layout.sheets.papers import PAPERS
from notegen.model.sheet import SheetStock
from notegen.model.stock import Box
from notegen.registry import Registry

MARGIN = 6.35
"""Millimetres at each edge that a desktop printer may leave blank: a quarter of an inch; most need 4.2."""

_EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper, in mm, upright."""

    name: str
    title: str
    size: tuple[float, float]


_ABOUT: dict[str, tuple[str, ...]] = {
    "letter": ("US Letter paper, 8.5 x 11 in", "us-letter"),
    "legal": ("US Legal paper, 8.5 x 14 in", "us-legal"),
    "tabloid": ("tabloid paper, 11 x 17 in", "11x17", "ledger"),
    "12x18": ("12 x 18 in paper", "arch-b"),
    "13x19": ("13 x 19 in paper", "super-b"),
}
"""Titles and other names of papers whose name does not say it all."""


def papers() -> Registry[Paper]:
    """Return a new registry of the sizes of plain paper."""
    registry: Registry[Paper] = Registry("paper")
    for name, size in PAPERS.items():
        title, *aka = _ABOUT.get(name, (f"{name.upper()} paper", f"iso-{name}"))
        registry.add(name, Paper(name, title, size), aliases=aka)
    return registry


def grid(
    paper: Paper, size: tuple[float, float], *, bleed: float = 0.0, gutter: float | None = None, margin: float = MARGIN
) -> SheetStock:
    """Return plain paper with as many pieces of a size as go on it, upright or all turned, in its middle.

    `gutter` is the gap between pieces; None leaves both their bleeds room. The outer bleed stays inside the margin too.
    Where both ways hold as many, pieces stay upright. Raises NotegenError for pieces that are too large.
    """
    gap = 2 * bleed if gutter is None else gutter
    least = 2 * (margin + bleed)
    rooms = [(length - least + gap + _EPSILON) for length in paper.size]
    ways = ((*size,), (size[1], size[0]))
    counts = [tuple(int(room // (length + gap)) for room, length in zip(rooms, way, strict=True)) for way in ways]
    best = max((0, 1), key=lambda way: max(counts[way][0], 0) * max(counts[way][1], 0))
    (across, along), (width, height) = counts[best], ways[best]
    if across < 1 or along < 1:
        raise NotegenError(
            f"a piece of {mm(*size)} with {bleed:g} mm of bleed does not fit {paper.title}, {mm(*paper.size)}, "
            f"inside margins of {margin:g} mm",
            hint="choose larger paper, or a smaller margin where the printer can print to the edge",
        )
    left = (paper.size[0] - across * (width + gap) + gap) / 2
    top = (paper.size[1] + along * (height + gap) - gap) / 2
    slots = tuple(
        Box(left + column * (width + gap), top - height - row * (height + gap), width, height)
        for row in range(along)
        for column in range(across)
    )
    title = f"{paper.title}, {across} x {along} pieces of {mm(width, height)}"
    return SheetStock(paper.name, title, paper.size, slots, "plain paper", what="card", waste=(bleed, bleed))

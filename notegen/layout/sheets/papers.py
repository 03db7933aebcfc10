"""Papers by name, upright: (width, height) in mm. ISO 216 for A sizes, inches for the American ones."""

from __future__ import annotations

from typing import Final

PAPERS: Final[dict[str, tuple[float, float]]] = {
    "letter": (215.9, 279.4),
    "legal": (215.9, 355.6),
    "tabloid": (279.4, 431.8),
    "12x18": (304.8, 457.2),
    "13x19": (330.2, 482.6),
    "a3": (297.0, 420.0),
    "a4": (210.0, 297.0),
    "a5": (148.0, 210.0),
    "a6": (105.0, 148.0),
    "sra4": (225.0, 320.0),
    "sra3": (320.0, 450.0),
}
"""SRA3 and SRA4 are ISO 217; 12 x 18 and 13 x 19 in are what American digital presses take for tabloid with bleed."""


def named(paper: tuple[float, float]) -> str:
    """Return the name of a paper, whichever way it lies, or nothing for one that has none."""
    upright = tuple(sorted(paper))
    return next((name for name, size in PAPERS.items() if _near(upright, size)), "")


def _near(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return all(abs(a - b) < 0.5 for a, b in zip(one, other, strict=True))

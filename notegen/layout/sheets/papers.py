"""Papers by name, upright: (width, height) in mm. ISO 216 for A sizes, inches for the American ones."""

from __future__ import annotations

from typing import Final

PAPERS: Final[dict[str, tuple[float, float]]] = {
    "letter": (215.9, 279.4),
    "legal": (215.9, 355.6),
    "tabloid": (279.4, 431.8),
    "12x18": (304.8, 457.2),
    "a3": (297.0, 420.0),
    "a4": (210.0, 297.0),
    "a5": (148.0, 210.0),
    "a6": (105.0, 148.0),
    "sra3": (320.0, 450.0),
}
"""SRA3 is ISO 217; 12 x 18 in is what American digital presses take for tabloid with bleed."""

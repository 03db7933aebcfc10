"""Plain type: what addresses, labels, marks and slips are set in, and how wide it is.

DejaVu Sans has Latin, Greek, Cyrillic, Hebrew and Arabic letters; those that it lacks are taken from the bundled hand
that has them, so that no address loses a character.
"""

from __future__ import annotations

from notegen.plain.setting import Run, ink, lacking, runs, shown, width

__all__ = ["Run", "ink", "lacking", "runs", "shown", "width"]

"""What a person read off a calibration page with a ruler, and the correction that follows.

The printer takes a place p of a page to c + s (p - c) + o, c being the middle of the paper. Two lines of known places
give s and o each way; what undoes that is a stretch of 1 / s and a move of -o / s.
"""

from __future__ import annotations

from collections.abc import Mapping

from notegen.errors import NotegenError, nearest
from notegen.layout.printers.reader import checked
from notegen.model.printer import Printer

INSET = 20.0
"""Millimetres from the paper's edges to the four lines that are measured."""

READINGS = {
    "left": "front: from the left edge of the paper to the upright line beside it, mm",
    "bottom": "front: from the lower edge of the paper to the level line above it, mm",
    "across": "front: from that upright line to the one on the right, mm",
    "up": "front: from that level line to the upper one, mm",
    "back-left": "back: as left, mm",
    "back-bottom": "back: as bottom, mm",
}
"""What can be read off the page, and how."""


def from_readings(name: str, paper: tuple[float, float], readings: Mapping[str, float]) -> Printer:
    """Return a printer as it was measured on a sheet of a paper (mm).

    What was not read is taken to be right; a back that was not read is taken to be like the front. Raises NotegenError
    for a reading that there is not, and for one that no printer would give.
    """
    for one in readings:
        if one not in READINGS:
            near = nearest(one, READINGS)
            hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(READINGS)}"
            raise NotegenError(f"there is no reading called '{one}'", hint=hint)
    across, front_x, back_x = _along(paper[0], readings, "left", "across", "back-left")
    along, front_y, back_y = _along(paper[1], readings, "bottom", "up", "back-bottom")
    return checked(Printer(name, (front_x, front_y), (back_x, back_y), (across, along)))


def _along(
    length: float, readings: Mapping[str, float], near: str, between: str, behind: str
) -> tuple[float, float, float]:
    """Return stretch and moves of front and back in one direction."""
    distance = length - 2 * INSET
    scale = readings.get(between, distance) / distance
    if not 0.9 <= scale <= 1.1:
        hint = "measure in millimetres, on a page that was printed at 100 %"
        raise NotegenError(f"{between} cannot be {readings[between]:g} mm: it ought to be {distance:g}", hint=hint)
    usual = length / 2 - scale * distance / 2  # where the first line is when the middle is in its place
    front = readings.get(near, usual) - usual
    back = readings[behind] - usual if behind in readings else front
    return round(1 / scale, 5) + 0.0, round(-front / scale, 3) + 0.0, round(-back / scale, 3) + 0.0

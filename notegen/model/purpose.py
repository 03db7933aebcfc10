"""What a file of pages is for, and the conditions under which it is printed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Purpose(StrEnum):
    """Whom a file is for: a print shop, one's own printer, or eyes alone."""

    PRESS = "press"
    DESKTOP = "desktop"
    SCREEN = "screen"


class Duplex(StrEnum):
    """How a printer turns the sheet between its two sides."""

    LONG = "long-edge"
    SHORT = "short-edge"


class Plate(StrEnum):
    """What the ink of a note is printed with on a press: one named plate, the black one, or the four process plates."""

    SPOT = "spot"
    BLACK = "black"
    PROCESS = "process"


@dataclass(frozen=True, slots=True)
class Condition:
    """A printing condition: the ICC profile that describes it and how much ink it bears.

    `identifier` names the condition as registries do (such as "CGATS TR 006"), `tac` is the most total area coverage,
    in percent. `profile` is a CMYK profile of class `prtr`. `registry` is where the identifier is registered, "" for a
    condition of one's own.
    """

    name: str
    identifier: str
    title: str
    profile: Path
    tac: float
    source: str = ""
    registry: str = ""


@dataclass(frozen=True, slots=True)
class Setup:
    """What a file says about itself: its title, language and author, its purpose, and hints for the printer.

    `condition` must be given for the press. `duplex` is None for one-sided files. `plate` is what notes are printed
    with on a press. `date` is the day on which the file says it was made; None is the same day for all files. `record`
    is the number of pages that make one customer's record, for a file in PDF/VT parts; 0 writes no parts.
    """

    title: str
    language: str
    author: str = ""
    purpose: Purpose = Purpose.DESKTOP
    condition: Condition | None = None
    duplex: Duplex | None = None
    plate: Plate = Plate.SPOT
    date: datetime.date | None = None
    record: int = 0

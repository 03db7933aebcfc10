"""Pieces on sheets: in which order, how the sheet is turned, and where each side of each piece is printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from notegen.model.page import Transform
from notegen.model.purpose import Duplex
from notegen.model.stock import Box, Side


class Order(StrEnum):
    """Which piece goes where.

    SHEET fills one sheet after another. STACK deals them so that the cut piles, laid on each other, are in order.
    REPEAT gives each piece a sheet of its own, in every slot.
    """

    SHEET = "sheet"
    STACK = "stack"
    REPEAT = "repeat"


class Marks(StrEnum):
    """Which cut marks are drawn: short ones at corners, lines across the whole sheet, or none."""

    CORNER = "corner"
    FULL = "full"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Imposing:
    """How pieces are put on sheets.

    `duplex` is None for sheets that are printed on one side. `skip` is how many slots of the first sheet are used up.
    With `right_to_left` each row of slots is filled from the right. `marks` is None to go by the sheet: corner marks
    on plain paper, none on sheets that come cut. `job` names the work on each sheet's slug; None leaves the slug out.
    """

    order: Order = Order.SHEET
    duplex: Duplex | None = None
    skip: int = 0
    right_to_left: bool = False
    marks: Marks | None = None
    job: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What all pieces of a job have in common: trim size and bleed in mm, folds, and how they are turned over.

    `folds`, `across` and `tumble` are as in `Piece`.
    """

    size: tuple[float, float]
    bleed: float = 0.0
    folds: tuple[float, ...] = ()
    across: tuple[float, ...] = ()
    tumble: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a piece is on one side of any sheet: its slot, its trimmed box, and the map of the piece to the sheet.

    `turn` is how far the piece is turned to the left, in degrees. `clip` is how far its bleed may run: half the way to
    its neighbours, the whole bleed where there are none. Lengths are mm from the lower left corner of that side.
    """

    slot: int
    box: Box
    turn: int
    at: Transform
    clip: Box


@dataclass(frozen=True, slots=True)
class Place:
    """One side of one piece: the number of the piece, from 0, and where it is printed."""

    piece: int
    seat: Seat


@dataclass(frozen=True, slots=True)
class SheetSide:
    """One side of one sheet, sheets counted from 0: what is printed on it, in the order of the slots."""

    sheet: int
    side: Side
    places: tuple[Place, ...]

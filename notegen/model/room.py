"""Room that a card keeps free for a person's own pen: for a signature, and for a line by hand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from notegen.model.stock import Box


class Signing(StrEnum):
    """Who signs the cards: the name is printed, or a person signs each with a pen."""

    PRINTED = "printed"
    YOURSELF = "yourself"


class Use(StrEnum):
    """What a person writes into a room."""

    SIGNATURE = "signature"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Space:
    """White that is kept below a part of a note, `height` in mm, over the whole width of where one may write."""

    use: Use
    height: float


@dataclass(frozen=True, slots=True)
class Room:
    """A place on a card where nothing is printed, in mm from the lower left corner of the trimmed page."""

    use: Use
    box: Box

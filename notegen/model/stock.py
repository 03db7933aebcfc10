"""What a card is made of: its trim size, its bleed, and where one may write."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from notegen.model.rebuilt import rebuilt


@rebuilt
@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in mm; y points up, the origin is the lower left corner of the trimmed page."""

    x: float
    y: float
    width: float
    height: float

    def inset(self, by: float) -> Box:
        """Return the box made smaller by `by` mm on each side (larger when negative)."""
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """The y of the upper edge."""
        return self.y + self.height


class Side(StrEnum):
    """The two sides of a flat sheet. A folded card's outside (front, back) is its FRONT, its inside its BACK."""

    FRONT = "front"
    BACK = "back"


class Fold(StrEnum):
    """How a card opens: not at all, like a book, like a tent; a letter is folded across its writing."""

    NONE = "none"
    SIDE = "side"
    TENT = "tent"
    LETTER = "letter"


class Kind(StrEnum):
    """What a stock is for."""

    CARD = "card"
    ENVELOPE = "envelope"


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of one side that is read by itself: the whole of a flat card, one half of a folded one.

    `box` is on the sheet as that `side` is seen; `turned` panels are printed head down, to be upright once folded.
    """

    name: str
    box: Box
    side: Side = Side.FRONT
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Stock:
    """A card one can buy: trim size (width, height), bleed and safe distance in mm, and its panels.

    `write_on` names the panel that carries the note; `safe` is how far ink stays from the panel's edges. `folds` are x
    positions of vertical folds, `across` y positions of horizontal ones, in mm, as the front is seen. `aka` are other
    names. `envelope` names the envelope that it goes into. `source` says where the figures come from.
    """

    name: str
    title: str
    size: tuple[float, float]
    bleed: float
    safe: float
    panels: tuple[Panel, ...]
    write_on: str
    source: str
    folds: tuple[float, ...] = ()
    aka: tuple[str, ...] = ()
    across: tuple[float, ...] = ()
    fold: Fold = Fold.NONE
    kind: Kind = Kind.CARD
    envelope: str | None = None

    @property
    def side(self) -> Side:
        """The side of the sheet that carries the note."""
        return self.panel.side

    @property
    def panel(self) -> Panel:
        """The panel that carries the note."""
        return next(panel for panel in self.panels if panel.name == self.write_on)

    @property
    def safe_box(self) -> Box:
        """Where ink may stand, in mm from the lower left corner of the trimmed page."""
        return self.panel.box.inset(self.safe)

    @property
    def tumbles(self) -> bool:
        """Whether the back is seen after turning the sheet over its upper edge (a tent) and not over its side."""
        return self.fold is Fold.TENT

    @property
    def closed(self) -> tuple[float, float]:
        """Width and height of the card when it is folded, in mm: its broadest and its highest part."""
        return _longest(self.size[0], self.folds), _longest(self.size[1], self.across)

    def folds_on(self, side: Side) -> tuple[float, ...]:
        """Return the x positions of vertical folds as one side is seen."""
        if side is Side.FRONT or self.tumbles:
            return self.folds
        return tuple(sorted(self.size[0] - fold for fold in self.folds))

    def across_on(self, side: Side) -> tuple[float, ...]:
        """Return the y positions of horizontal folds as one side is seen."""
        if side is Side.FRONT or not self.tumbles:
            return self.across
        return tuple(sorted(self.size[1] - fold for fold in self.across))

    def panels_on(self, side: Side) -> tuple[Panel, ...]:
        """Return the panels of one side."""
        return tuple(panel for panel in self.panels if panel.side is side)


def _longest(length: float, folds: tuple[float, ...]) -> float:
    edges = (0.0, *sorted(folds), length)
    return max(after - before for before, after in pairwise(edges))

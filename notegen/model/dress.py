"""How a card is dressed: which pictures it carries, on which panels, and how they are fitted in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from notegen.model.art import Art
from notegen.model.stock import Box, Panel, Side, Stock

LEAST_DPI: Final = 300.0
"""Pixels to the inch below which a picture looks soft in print: what print shops ask for."""


class Fit(StrEnum):
    """How a picture is brought to its panel.

    `cover` fills the panel and the bleed; `contain` is as large as the safe area of the panel allows, whole;
    `actual` is the picture at its own size.
    """

    COVER = "cover"
    CONTAIN = "contain"
    ACTUAL = "actual"


class Stand(StrEnum):
    """Where a picture that does not fill its panel stands: in the middle, or centred near its foot."""

    MIDDLE = "middle"
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and the panel that it is for, by the panel's name."""

    art: Art
    panel: str
    fit: Fit = Fit.COVER
    stand: Stand = Stand.MIDDLE


@dataclass(frozen=True, slots=True)
class Dress:
    """The pictures of a card, in the order in which they are painted; the note is written after them.

    `allow_low_resolution` lets pictures pass that have fewer than 300 pixels to the inch.
    """

    pictures: tuple[Picture, ...] = ()
    allow_low_resolution: bool = False


def panel_of(stock: Stock, name: str) -> Panel | None:
    """Return the panel of a stock by its name, None when it has none of that name.

    Spaces and hyphens are alike. A flat card has a "front" and a "back" even if its stock names one panel only: the
    whole of either side.
    """
    wanted = name.strip().casefold().replace(" ", "-")
    for panel in stock.panels:
        if panel.name.casefold().replace(" ", "-") == wanted:
            return panel
    sides = {"front": Side.FRONT, "back": Side.BACK}
    if wanted not in sides or stock.folds or stock.across:
        return None
    side = sides[wanted]
    here = next((panel for panel in stock.panels if panel.side is side), None)
    return here or Panel(wanted, Box(0.0, 0.0, *stock.size), side)


def panel_names(stock: Stock) -> tuple[str, ...]:
    """Return the names that `panel_of` knows for a stock."""
    own = tuple(panel.name for panel in stock.panels)
    return own if stock.folds or stock.across else tuple(dict.fromkeys((*own, "front", "back")))


def picture_panel(stock: Stock) -> str:
    """Return the panel of a card's picture: the front, or the back of a flat card whose note is on the front."""
    flat = not (stock.folds or stock.across)
    return "back" if flat and stock.side is Side.FRONT else "front"

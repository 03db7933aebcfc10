"""How neat or hurried somebody writes: one number that tightens or loosens all habits of a hand, within limits.

At 0 a page's figures are near the neat end of what people show (the 5th percentile of pages by 100 writers), at 1 in
their middle, at 1.5 near the loose end (the 95th). Nobody writes like a font, so no habit is ever nothing; and whoever
hurries still wants to be read, so letters keep their size, slant and distance within `Limits`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from notegen.errors import NotegenError, nearest
from notegen.model.hand import Habits

NEATEST, USUAL, LOOSEST = 0.0, 1.0, 1.5

PRESETS = MappingProxyType({"neat": 0.0, "tidy": 0.5, "usual": 1.0, "loose": 1.25, "hurried": 1.5})
"""Tidiness by name."""


class Ends(NamedTuple):
    """By which factors a habit changes at the neat and at the hurried end."""

    neat: float
    hurried: float

    def at(self, tidiness: float) -> float:
        """Return the factor at a tidiness: 1 at the usual one, straight lines on either side."""
        if tidiness <= USUAL:
            return self.neat + (1.0 - self.neat) * tidiness
        return 1.0 + (self.hurried - 1.0) * (tidiness - USUAL) / (LOOSEST - USUAL)


ENDS = MappingProxyType(
    {
        "bend": Ends(0.60, 1.40),
        "bounce": Ends(0.60, 1.45),
        "slant": Ends(0.42, 1.70),
        "height": Ends(0.55, 1.35),
        "width": Ends(0.60, 1.45),
        "gap": Ends(0.68, 1.45),
        "page_slope": Ends(0.60, 1.40),
        "line_slope": Ends(0.42, 2.05),
        "pitch": Ends(0.50, 1.90),
        "drift": Ends(0.50, 1.60),
        "margin": Ends(0.45, 2.20),
    }
)
"""How each habit follows tidiness: about the 5th and the 95th percentile of people's pages over their median."""


def tidiness_of(text: str) -> float:
    """Return the tidiness that a preset's name or a number from 0 to 1.5 asks for.

    Raises NotegenError for any other text, naming the nearest preset.
    """
    name = text.strip().casefold()
    if name in PRESETS:
        return PRESETS[name]
    try:
        return checked(float(name))
    except ValueError:
        near = nearest(name, PRESETS)
        meant = f"did you mean '{near}'?" if near else _choices()
        raise NotegenError(f"there is no tidiness called '{text}'", hint=meant) from None


def checked(tidiness: float) -> float:
    """Return a tidiness that lies from 0 (neat) to 1.5 (hurried); raises NotegenError for any other number."""
    if not NEATEST <= tidiness <= LOOSEST:
        raise NotegenError(f"a tidiness of {tidiness:g} is beyond what people write like", hint=_choices())
    return float(tidiness)


def _choices() -> str:
    names = ", ".join(f"{name} ({value:g})" for name, value in PRESETS.items())
    return f"take a number from {NEATEST:g} (neat) to {LOOSEST:g} (hurried), or a name: {names}"


@lru_cache(maxsize=256)
def loosened(habits: Habits, tidiness: float) -> Habits:
    """Return the habits of somebody who writes this tidily; `habits` are those at 1.

    Raises NotegenError for a tidiness that is out of bounds.
    """
    factors = {name: ends.at(checked(tidiness)) for name, ends in ENDS.items()}
    slope, drift = factors.pop("page_slope"), factors.pop("drift")
    return replace(
        habits,
        **{name: getattr(habits, name) * factor for name, factor in factors.items()},
        page_slope=(habits.page_slope[0] * slope, habits.page_slope[1] * slope),
        drift=(habits.drift[0] * drift, habits.drift[1] * drift),
    )

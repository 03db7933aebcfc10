"""One face made to go with another, script by script: how tall its letters are and where they stand.

Scripts with small letters are matched by the height of those. The others have none: how tall people write them beside
Latin was chosen by looking at mixed notes, and where they stand follows the middle of Latin letters with their
ascenders.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from notegen.hand import outline, thickness
from notegen.hand.outline import Shapes


class Stand(NamedTuple):
    """Between which heights a script's letters stand, x-heights, and letters to measure; no `bottom`: on the line."""

    bottom: float | None
    top: float
    letters: str


VERSION = 2
"""Changes whenever a face would be made to go with a hand in another way."""

STANDS = {
    "Latn": Stand(None, 1.0, "xzvnuo"),
    "Cyrl": Stand(None, 1.0, "нпикоа"),
    "Grek": Stand(None, 1.0, "ανοσωπ"),
    "Jpan": Stand(-0.18, 1.72, "山田様東京学"),
    "Hang": Stand(-0.15, 1.6, "가나다김민준"),
    "Hebr": Stand(None, 1.22, "אדהחרמם"),
    "Deva": Stand(None, 1.4, "कमनसरत"),
}


class Match(NamedTuple):
    """What makes a face go with a hand: a factor on its lengths, a lift (ems of the hand), and its stroke (its ems)."""

    scale: float
    lift: float
    stroke: float


def match(letters: Shapes, script: str, x_height: float) -> Match:
    """Return how a face whose letters of a script these are goes with a hand of this x-height, ems."""
    stand = stand_of(script)
    low, high = (float(np.median(outline.bounds(letters)[:, edge])) for edge in (1, 3))
    if stand.bottom is None:
        scale, lift = stand.top * x_height / high, 0.0
    else:
        scale = (stand.top - stand.bottom) * x_height / (high - low)
        lift = stand.bottom * x_height - low * scale
    return Match(scale, lift, thickness.usual(letters))


def stand_of(script: str) -> Stand:
    """Return where a script's letters stand."""
    return STANDS.get(script, STANDS["Latn"])

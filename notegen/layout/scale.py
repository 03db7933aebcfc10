"""The sizes that a hand may write on a stock, and what each of them means to all its notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from notegen.model.hand import Hand
from notegen.model.pool import Pool
from notegen.model.stock import Box, Stock

COMFORT = 0.045
"""White that is kept inside the safe distance while there is room, as a part of the panel's shorter side."""

CLEAR = 0.12, 0.25
"""Least distance between the ink of two lines: in x-heights, and in mm."""


class _Size(NamedTuple):
    """What one size means to all notes of a hand on a stock, in mm.

    `comfort` is the white inside the safe distance, `extra` how far the pen's ink reaches beyond outlines, `y` and
    `height` are the frame's, and `clearance` is the least white between lines.
    """

    em: float
    comfort: float
    extra: float
    y: float
    height: float
    clearance: float


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """The sizes of a hand on a stock, which all its notes share: those of its ladder, and the usual one's number.

    `unit` and `stroke` are the pool's x-height and stroke width, in ems; `short` is the panel's shorter side, in mm.
    """

    hand: Hand
    unit: float
    stroke: float
    safe: Box
    short: float
    ladder: tuple[float, ...]
    usual: int
    known: dict[float, _Size] = field(default_factory=dict)

    def at(self, x_height: float) -> _Size:
        """Return what a size means; the frame is comfortable at the usual size, the whole safe box at the least."""
        found = self.known.get(x_height)
        return self._measured(x_height) if found is None else found

    def _measured(self, x_height: float) -> _Size:
        hand, safe = self.hand, self.safe
        least, usual, _ = hand.x_height
        ease = 1.0 if x_height >= usual else (x_height - least) / (usual - least)
        em = x_height / self.unit
        extra = _beyond(hand, self.stroke, em)
        comfort = ease * COMFORT * self.short
        self.known[x_height] = _Size(
            em=em,
            comfort=comfort,
            extra=extra,
            y=safe.y + extra + 0.8 * comfort,
            height=safe.height - 2 * extra - 1.6 * comfort,
            clearance=max(CLEAR[0] * x_height, CLEAR[1]) + 2 * extra,
        )
        return self.known[x_height]


@lru_cache(maxsize=64)
def scale_of(hand: Hand, unit: float, stroke: float, stock: Stock) -> Scale:
    """Return the sizes of a hand on a stock."""
    ladder, panel = hand.ladder(), stock.panel.box
    usual = min(range(len(ladder)), key=lambda index: abs(ladder[index] - hand.x_height[1]))
    return Scale(hand, unit, stroke, panel.inset(stock.safe), min(panel.width, panel.height), ladder, usual)


def pen_beyond(hand: Hand, pool: Pool, em: float) -> float:
    """Return how far the pen's ink reaches beyond the outlines where it is widest, in mm."""
    return _beyond(hand, pool.stroke, em)


def _beyond(hand: Hand, stroke: float, em: float) -> float:
    return max(0.0, hand.pen.heaviest - stroke * em) / 2

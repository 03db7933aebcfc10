"""Pages drawn by a pen of our own: strokes along known lines, the same pixels on any machine, every figure known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from notegen.hand import dice

Grey = NDArray[np.uint8]
Stroke = NDArray[np.float64]

WORDS = "dun lone lull to once dell noon told undo clue den unlet the elude cot nudge loud hound null tone oleo".split()
"""Made of the letters below."""


def arc(x: float, y: float, wide: float, high: float, start: float, stop: float) -> Stroke:
    """Return points on an ellipse, angles in turns."""
    turn = np.linspace(start, stop, 40) * 2 * np.pi
    return np.stack((x + wide * np.cos(turn), y + high * np.sin(turn)), axis=1)


def bar(x0: float, y0: float, x1: float, y1: float) -> Stroke:
    """Return points on a straight stroke."""
    part = np.linspace(0, 1, 40)[:, None]
    return np.array((x0, y0)) * (1 - part) + np.array((x1, y1)) * part


BOWL = arc(0.5, 0.5, 0.45, 0.5, 0, 1)
LETTERS: dict[str, tuple[float, tuple[Stroke, ...]]] = {
    "l": (0.45, (bar(0.2, 0, 0.2, 2.0),)),
    "t": (0.75, (bar(0.35, 0, 0.35, 1.5), bar(0.05, 1.0, 0.7, 1.0))),
    "o": (1.15, (BOWL,)),
    "c": (1.05, (arc(0.55, 0.5, 0.45, 0.5, 0.12, 0.88),)),
    "e": (1.15, (arc(0.5, 0.5, 0.45, 0.5, 0, 0.88), bar(0.05, 0.5, 0.95, 0.5))),
    "d": (1.25, (BOWL, bar(0.95, 0, 0.95, 2.0))),
    "g": (1.25, (BOWL, bar(0.95, 1, 0.95, -0.6), arc(0.5, -0.6, 0.45, 0.35, 0.5, 1))),
    "n": (1.15, (bar(0.1, 0, 0.1, 1), arc(0.5, 0.6, 0.4, 0.4, 0, 0.5), bar(0.9, 0, 0.9, 0.6))),
    "h": (1.15, (bar(0.1, 0, 0.1, 2), arc(0.5, 0.6, 0.4, 0.4, 0, 0.5), bar(0.9, 0, 0.9, 0.6))),
    "u": (1.15, (bar(0.1, 0.4, 0.1, 1), arc(0.5, 0.4, 0.4, 0.4, 0.5, 1), bar(0.9, 0, 0.9, 1))),
}
"""Advance and strokes, in x-heights, y upwards."""


@dataclass(frozen=True)
class Manner:
    """How a page is written: lengths in pixels, but gap and bounce in x-heights; spreads are drawn by the dice."""

    x_height: float = 30.0
    pitch: float = 105.0
    pitch_spread: float = 0.0
    slopes: Sequence[float] = field(default=(0.0,) * 9)
    gap: float = 1.5
    gap_spread: float = 0.0
    bounce: float = 0.0
    slant: float = 0.0
    slant_spread: float = 0.0
    left_drift: float = 0.0
    left_spread: float = 0.0
    stroke: float = 4.0
    seed: int = 1


def page(manner: Manner, size: tuple[int, int] = (1250, 1800)) -> tuple[Grey, list[list[str]]]:
    """Return a page of writing and the words of its lines."""
    luck = iter(dice.mild_normals(dice.seed_of("penned", manner.seed), 2000).tolist())
    dots, said = [], []
    y = 170.0
    for number, slope in enumerate(manner.slopes):
        tangent, x, line = float(np.tan(np.radians(slope))), 140.0 + manner.left_drift * number, []
        x += manner.left_spread * next(luck)
        while x < size[1] - 380:
            word = WORDS[int(abs(next(luck)) * 7919) % len(WORDS)]
            lean = float(np.tan(np.radians(manner.slant + manner.slant_spread * next(luck))))
            high = manner.bounce * next(luck)
            for letter in word:
                advance, strokes = LETTERS[letter]
                for stroke in strokes:
                    up = (stroke[:, 1] + high) * manner.x_height
                    across = x + stroke[:, 0] * manner.x_height + up * lean
                    dots.append(np.stack((across, y - up - (across - size[1] / 2) * tangent), axis=1))
                x += advance * manner.x_height
            x += max(0.6, manner.gap + manner.gap_spread * next(luck)) * manner.x_height
            line.append(word)
        said.append(line)
        y += manner.pitch * (1 + manner.pitch_spread * next(luck))
    return inked(np.concatenate(dots), manner.stroke / 2, size), said


def inked(dots: Stroke, radius: float, size: tuple[int, int]) -> Grey:
    """Return a page on which a round pen was set down at each dot."""
    reach = int(radius + 2)
    offset = np.arange(-reach, reach + 1)
    middle = np.rint(dots).astype(np.int64)
    x = middle[:, 0, None, None] + offset[None, None, :]
    y = middle[:, 1, None, None] + offset[None, :, None]
    far = np.hypot(x - dots[:, 0, None, None], y - dots[:, 1, None, None])
    dark = np.rint(200 * np.clip(radius + 0.5 - far, 0, 1)).astype(np.int64)
    paper = np.zeros(size, np.int64)
    np.maximum.at(paper, (np.broadcast_to(y, far.shape), np.broadcast_to(x, far.shape)), dark)
    return (245 - paper).astype(np.uint8)


def noisy(grey: Grey, spread: float, seed: int = 5) -> Grey:
    """Return a page with the grain of a scanner."""
    grain = dice.mild_normals(dice.seed_of("grain", seed), grey.size).reshape(grey.shape)
    return np.clip(np.rint(grey + spread * grain), 0, 255).astype(np.uint8)


EVEN = Manner()
SLOPES = (0.4, -0.3, 1.1, 0.9, 1.6, 0.2, 0.8, 1.3, 0.5)
LIVELY = Manner(
    pitch_spread=0.07, slopes=SLOPES, gap_spread=0.5, bounce=0.12, slant=8, slant_spread=6, left_drift=4,
    left_spread=10, seed=2,
)  # fmt: skip
SMALL = Manner(
    x_height=24, pitch=90, slopes=(*(-s for s in SLOPES), -1.0), gap=1.2, gap_spread=0.35, bounce=0.08, slant=-6,
    slant_spread=4, left_drift=-3, left_spread=7, stroke=3.2, seed=3,
)  # fmt: skip


def pages() -> dict[str, Grey]:
    """Return the pages that the figures in `measured.json` were taken from."""
    lively, small = page(LIVELY)[0], page(SMALL)[0]
    return {"even": page(EVEN)[0], "lively": lively, "small": small, "lively, noisy": noisy(lively, 14.0)}

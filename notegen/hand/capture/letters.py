"""The letters of a hand: the tries that are good enough, blends between them, and the white that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from notegen.hand.capture import trace
from notegen.hand.capture.blend import blend
from notegen.hand.capture.doubts import Judged, Usual, letters_of
from notegen.hand.outline import Shapes, bounds
from notegen.model.form import CellKind

MOST = 10
"""Most shapes of one letter, tries and blends: the pool makes more of each."""
DEEP = 0.35
"""How far into a letter's side its neighbour's white is counted, x-heights: what lies deeper is no room."""
USUAL_WHITE = 0.2
"""White between two upright strokes when no pair tells, x-heights."""
WHITES = (0.06, 0.6)
"""Least and greatest white, x-heights."""
SETTLED = 0.7
"""Part of a try's own distance from the letter's usual foot that is taken out."""
_ROWS = 12
FEWEST_PAIRS = 6


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter's shapes, the best first, in mm: x from the pen's place before the letter, y from its line.

    `advance` is how far the pen goes on after the first. `tries` is the number of shapes that were written, the others
    are blends; `is_sound` says that nothing was doubtful about the first.
    """

    text: str
    shapes: tuple[Shapes, ...]
    advance: float
    tries: int
    is_sound: bool


@dataclass(frozen=True, slots=True)
class Letters:
    """All letters of a hand; `white` is what its writer leaves between two upright strokes, mm."""

    letters: tuple[Letter, ...]
    white: float
    usual: Usual


@dataclass(frozen=True, slots=True)
class _Sides:
    """A shape's ink from `left` to `right`, and how open its two sides are on average, mm."""

    left: float
    right: float
    open_left: float
    open_right: float


def make(judged: Sequence[Judged], usual: Usual) -> Letters:
    """Return the letters that the samples give."""
    line = _line(judged)
    drawn = {
        text: (_level([_drawn(one, line) for one in tries]), tries[0].is_sound)
        for text, tries in sorted(letters_of(judged).items())
    }
    drawn = {text: (shapes, sound) for text, (shapes, sound) in drawn.items() if len(shapes[0].points)}
    sides = {text: _sides(shapes[0], usual.x_height) for text, (shapes, _) in drawn.items()}
    widths = {text: float(np.median([_width(one) for one in shapes])) for text, (shapes, _) in drawn.items()}
    white = _white(judged, sides, widths, usual)
    letters = tuple(_letter(text, shapes, sound, sides[text], white, usual) for text, (shapes, sound) in drawn.items())
    return Letters(letters, white, usual)


def _line(judged: Iterable[Judged]) -> float:
    """Return how far above the form's line the writer's own line lies, mm: the median foot of letters that stand."""
    feet = [
        one.sample.box().y - one.sample.cell.baseline
        for one in judged
        if one.is_sound and one.sample.cell.label in frozenset("abcdehiklmnorstuvwxzABCDEHIKLMNORSTUVWXZ")
    ]
    return float(np.median(feet)) if len(feet) > 10 else 0.0


def _drawn(one: Judged, line: float) -> Shapes:
    """Return a sample's outline with its ink's left end at 0 and its writer's line at 0."""
    shape = one.sample.outline()
    if not len(shape.points):
        return shape
    left = float(bounds(shape)[0, 0])
    return replace(shape, points=shape.points - np.array([left, one.sample.cell.baseline + line]))


def _level(shapes: Sequence[Shapes]) -> tuple[Shapes, ...]:
    """Return a letter's tries with most of what their feet differ taken out.

    In a place with ticks alone letters dance more than on a line; how a line dances is measured there and is a habit.
    """
    if len(shapes) < 2 or not all(len(one.points) for one in shapes):
        return tuple(shapes)
    feet = np.array([bounds(one)[0, 1] for one in shapes])
    lifts = (np.median(feet) - feet) * SETTLED
    return tuple(
        replace(one, points=np.asarray(one.points + np.array([0.0, lift]), np.float64))
        for one, lift in zip(shapes, lifts, strict=True)
    )


def _width(shape: Shapes) -> float:
    box = bounds(shape)[0]
    return float(box[2] - box[0])


def _sides(shape: Shapes, x_height: float) -> _Sides:
    """Return how much white a letter brings with it at its sides, over the rows between line and x-height."""
    points = np.concatenate(trace.rings(shape, 6))
    left, right = float(points[:, 0].min()), float(points[:, 0].max())
    row = np.floor(points[:, 1] / x_height * _ROWS).astype(np.int64)
    here = (row >= 0) & (row < _ROWS)
    if not here.any():
        return _Sides(left, right, 0.0, 0.0)
    deep = DEEP * x_height
    first, last = np.full(_ROWS, left + deep), np.full(_ROWS, right - deep)
    np.minimum.at(first, row[here], points[here, 0])
    np.maximum.at(last, row[here], points[here, 0])
    return _Sides(left, right, float(np.mean(first - left)), float(np.mean(right - last)))


def _white(judged: Iterable[Judged], sides: Mapping[str, _Sides], widths: Mapping[str, float], usual: Usual) -> float:
    """Return the white between upright strokes, mm: what the pairs' widths leave beside their letters' own."""
    found = []
    for one in judged:
        if one.sample.cell.kind is not CellKind.PAIR or not one.is_usable:
            continue
        first, second = one.sample.cell.label[0], one.sample.cell.label[-1]
        if first in sides and second in sides:
            between = one.sample.box().width - widths[first] - widths[second]
            found.append(between + sides[first].open_right + sides[second].open_left)
    if len(found) < FEWEST_PAIRS:
        return USUAL_WHITE * usual.x_height
    least, greatest = (limit * usual.x_height for limit in WHITES)
    return float(np.clip(np.median(found), least, greatest))


def _letter(text: str, shapes: tuple[Shapes, ...], sound: bool, sides: _Sides, white: float, usual: Usual) -> Letter:
    before = white / 2 - sides.open_left
    advance = before + sides.right + white / 2 - sides.open_right
    all_shapes = (*shapes, *_blends(shapes, usual))[:MOST]
    return Letter(text, tuple(_moved(one, before) for one in all_shapes), advance, len(shapes), sound)


def _blends(shapes: Sequence[Shapes], usual: Usual) -> list[Shapes]:
    """Return what lies in the middle of each two tries that are built alike."""
    stroke = max(usual.stroke, 0.1)
    made = (blend(one, other, 0.5, usual.x_height, stroke) for one, other in combinations(shapes, 2))
    return [one for one in made if one is not None]


def _moved(shape: Shapes, by: float) -> Shapes:
    return replace(shape, points=np.asarray(shape.points + np.array([by, 0.0]), np.float64))

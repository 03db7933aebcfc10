"""Which samples are doubtful, and why: each is named, and none is used without a person's knowing.

A sample is judged by itself (empty, cut off, run into its neighbour, a blot), beside its page (faint, much larger) and
beside the other tries of its letter, whose shapes it should have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np

from notegen.hand.capture import ink
from notegen.hand.capture.cells import Sample, by_label
from notegen.hand.capture.ink import Grey, Mask
from notegen.hand.outline import Floats
from notegen.model.form import CellKind

FAINT = 0.5
"""Darkness, as a part of the page's usual ink, under which a letter is faint."""
LIGHT = 0.55
"""Width of its strokes, as a part of the page's usual, under which a letter is thin, and over whose inverse a blot."""
OVER = 0.12
"""Part of a letter's ink that may lie in other places than its own."""
ASTRAY = 0.3
"""Part of a letter's ink that may lie outside its own place."""
NEAR = 0.3
"""How near each other the strokes of two tries should run, x-heights."""
STRANGE = 0.22
"""Part of a try's ink that may lie farther from another try's strokes than NEAR."""
SIZES = (0.6, 1.65)
"""Heights that a try may have beside its sisters and its letter beside its class, as parts of the usual."""
PIXELS = 6.0
"""Pixels to the millimetre at which shapes are compared."""
SPAN = 24.0
"""Side of the square in which shapes are compared, mm."""


class Doubt(StrEnum):
    """Why a sample is doubtful."""

    EMPTY = "empty"
    CUT = "cut off"
    MERGED = "runs into the next place"
    BLOT = "a blot, or crossed out"
    OUTSIDE = "over its place's edge"
    FAINT = "faint"
    THIN = "too thin"
    SMALL = "much smaller than usual"
    LARGE = "much larger than usual"
    STRANGE = "unlike the other tries"


UNUSABLE = frozenset((Doubt.EMPTY, Doubt.CUT, Doubt.MERGED, Doubt.BLOT))
"""Doubts with which a sample is never written with."""

MENDED = frozenset((Doubt.FAINT, Doubt.THIN, Doubt.OUTSIDE))
"""Doubts about how it was written and not about what it is: a letter without a sound try is written with such a one."""

_LOW, _TALL = frozenset("acemnorsuvwxz"), frozenset("bdfhklABCDEFGHIKLMNOPRSTUVWXYZ")
_MARKS = {".": 0.8, ",": 1.3, "'": 1.5, '"': 1.8, ":": 2.0, ";": 2.3, "-": 2.4, "!": 3.4}
"""Longest side that a mark may have, x-heights: twice what it has in most hands."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A sample, its doubts, and how far (0 to 1) its shape is from its sisters'."""

    sample: Sample
    doubts: tuple[Doubt, ...]
    apart: float

    @property
    def is_sound(self) -> bool:
        """Whether nothing is doubtful."""
        return not self.doubts

    @property
    def is_usable(self) -> bool:
        """Whether it may be written with when there is no better one."""
        return not UNUSABLE & set(self.doubts)

    @property
    def is_mended(self) -> bool:
        """Whether it is surely this letter, though not well written or scanned."""
        return set(self.doubts) <= MENDED

    @property
    def rank(self) -> tuple[int, float]:
        """How good it is beside the letter's other samples, the best first."""
        return len(self.doubts), self.apart


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual on the pages: the heights of small and of tall letters and of digits, and the pen's width, mm."""

    x_height: float
    tall: float
    digit: float
    stroke: float


def usual(found: Sequence[Sample]) -> Usual:
    """Return what is usual in some samples."""
    inked = [one for one in found if not one.is_empty and not one.cut]
    tops = {one.key: one.box().top - one.cell.baseline for one in inked}
    low = [top for (label, _), top in tops.items() if label in _LOW]
    tall = [top for (label, _), top in tops.items() if label in _TALL]
    digits = [top for (label, _), top in tops.items() if label in "0123456789"]
    x_height = float(np.median(low)) if low else 0.5 * float(np.median(tall or [6.4]))
    height = float(np.median(tall)) if tall else 2 * x_height
    stroke = float(np.median([one.stroke for one in inked])) if inked else 0.0
    return Usual(x_height, height, float(np.median(digits)) if digits else height, stroke)


def judge(found: Sequence[Sample], page: Usual) -> list[Judged]:
    """Return all samples with their doubts, in the same order."""
    apart: dict[tuple[str, int], tuple[float, bool]] = {}
    sizes: dict[tuple[str, int], Doubt | None] = {}
    for tries in by_label(found).values():
        inked = [one for one in tries if not one.is_empty]
        of_class = {one.key: _of_class(one, page) for one in inked}
        # A try that is spoilt says nothing about its sisters, unless all are.
        sound = [one for one in inked if not any(_alone(one, page)) and of_class[one.key] is None]
        for one in inked:
            sisters = [_extent(other) for other in sound if other is not one]
            beside = _size(one, [float(np.median(sisters))] if sisters else [], page)
            sizes[one.key] = of_class[one.key] or beside
        alike = [one for one in sound if sizes[one.key] is None]
        for one in inked:
            apart[one.key] = _apart([one, *(other for other in alike if other is not one)], page)
    return [_judged(one, page, apart.get(one.key, (1.0, False)), sizes.get(one.key)) for one in found]


def _judged(one: Sample, page: Usual, apart: tuple[float, bool], size: Doubt | None) -> Judged:
    if one.is_empty:
        return Judged(one, (Doubt.EMPTY,), 1.0)
    doubts = [*_alone(one, page), *([size] if size else [])]
    if apart[1]:
        doubts.append(Doubt.STRANGE)
    return Judged(one, tuple(doubts), apart[0])


def _alone(one: Sample, page: Usual) -> Iterator[Doubt]:
    """Return what is doubtful about a sample beside its page."""
    if one.cut:
        yield Doubt.CUT
    if one.shared > OVER:
        yield Doubt.MERGED
    if one.outside > ASTRAY:
        yield Doubt.OUTSIDE
    if _is_blot(one, page):
        yield Doubt.BLOT
    if one.darkness < FAINT:
        yield Doubt.FAINT
    if one.stroke < max(ink.THIN_PEN * 0.8, LIGHT * page.stroke):
        yield Doubt.THIN


def _is_blot(one: Sample, page: Usual) -> bool:
    """Whether strokes run so thick or so close that they have become one patch."""
    deep = cv2.distanceTransform(one.mask.astype(np.uint8), cv2.DIST_L2, 5)
    thickest = 2 * float(deep.max()) / one.place.per_mm
    is_dot = one.box().width < 0.6 * page.x_height and one.box().height < 0.6 * page.x_height
    return one.stroke > page.stroke / LIGHT or thickest > (5.0 if is_dot else 3.6) * max(page.stroke, 0.25)


def _size(one: Sample, expected: Sequence[float], page: Usual) -> Doubt | None:
    """Return whether a sample is much larger or smaller than it is expected to be, mm."""
    mine = _extent(one)
    spare = 0.35 * page.x_height
    for wanted in expected:
        if mine < SIZES[0] * wanted and wanted - mine > spare:
            return Doubt.SMALL
        if mine > SIZES[1] * wanted and mine - wanted > spare:
            return Doubt.LARGE
    return None


def _of_class(one: Sample, page: Usual) -> Doubt | None:
    """Return whether a sample is much larger or smaller than its kind of letter is on these pages."""
    label = one.cell.label
    if label in _MARKS:
        return Doubt.LARGE if _extent(one) > _MARKS[label] * page.x_height else None
    expected = page.x_height if label in _LOW else page.tall if label in _TALL else page.digit
    return _size(one, [expected] if label.isascii() and label.isalnum() and len(label) == 1 else [], page)


def _extent(one: Sample) -> float:
    """Return the height of a letter above its line, or the longer side of a mark, mm."""
    box = one.box()
    return box.top - one.cell.baseline if one.cell.label.isalnum() else max(box.width, box.height)


def _apart(tries: Sequence[Sample], page: Usual) -> tuple[float, bool]:
    """Return how far the first of some tries is from the others in its shape, and whether that is strange."""
    if len(tries) < 2:
        return 0.0, False
    drawn = [_drawn(one) for one in tries]
    reach = NEAR * page.x_height * PIXELS
    gaps = np.zeros((len(tries), len(tries)))
    for i, (mask, _) in enumerate(drawn):
        for j, (_, distance) in enumerate(drawn):
            gaps[i, j] = float(np.mean(distance[mask] > reach)) if i != j and mask.any() else 0.0
    return _strange(np.maximum(gaps, gaps.T), 0)


def _strange(gaps: Floats, number: int) -> tuple[float, bool]:
    """Return the usual distance of a try from its sisters, and whether it alone is far from all of them."""
    others = np.delete(gaps[number], number)
    rest = np.delete(np.delete(gaps, number, 0), number, 1)
    among = float(np.median(rest[np.triu_indices(len(rest), 1)])) if len(rest) > 1 else 0.0
    mine = float(np.median(others))
    return mine, mine > STRANGE and (mine > 1.6 * among or float(others.min()) > STRANGE)


def _drawn(one: Sample) -> tuple[Mask, Grey]:
    """Return a sample on a square of SPAN, its ink's middle in the square's, its baseline kept, and the distance to it.

    The baseline is kept but for what a person's tries vary: half of their difference in height is taken out.
    """
    scale = PIXELS / one.place.per_mm
    size = max(1, round(one.mask.shape[1] * scale)), max(1, round(one.mask.shape[0] * scale))
    small = cv2.resize(one.mask.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA) > 70
    box = one.box()
    canvas = np.zeros((round(SPAN * PIXELS),) * 2, np.bool_)
    left = round((SPAN / 2 - (box.x + box.width / 2 - one.place.left)) * PIXELS)
    middle = one.cell.baseline + (box.y + box.height / 2 - one.cell.baseline) / 2
    upper = round((SPAN / 2 - (one.place.top - middle)) * PIXELS)
    rows, columns = np.nonzero(small)
    rows, columns = rows + upper, columns + left
    there = (rows >= 0) & (rows < len(canvas)) & (columns >= 0) & (columns < len(canvas))
    canvas[rows[there], columns[there]] = True
    distance = cv2.distanceTransform((~canvas).astype(np.uint8), cv2.DIST_L2, 5)
    return canvas, np.asarray(distance, np.float32)


def letters_of(judged: Sequence[Judged]) -> Mapping[str, tuple[Judged, ...]]:
    """Return the samples of each single character that may be written with, the best first; pairs are left out.

    They are the sound ones, or else one that is surely the letter. A character of which no try is sure is left out:
    another hand's is better than a blot.
    """
    found: dict[str, list[Judged]] = {}
    for one in judged:
        if one.sample.cell.kind is not CellKind.PAIR and one.is_mended:
            found.setdefault(one.sample.cell.label, []).append(one)
    chosen: dict[str, tuple[Judged, ...]] = {}
    for label, tries in found.items():
        ranked = sorted(tries, key=lambda one: one.rank)
        chosen[label] = tuple(one for one in ranked if one.is_sound) or tuple(ranked[:1])
    return chosen

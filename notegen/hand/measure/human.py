"""What people's pages measure, and what it says about a page to be inside or outside of that.

The ranges are percentiles over 100 pages, one by each of 100 writers, from a public forensic handwriting database: a
text in ballpoint on unlined paper, scanned at 300 dpi and measured by this meter's method. Widths of repeated words
were taken on 13 of the pages for "and" (3 to 7 on a page) and on 8 for "the" (4 to 5).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import median
from typing import Final

from notegen.hand.measure.figures import PageFigures

PAGES: Final = 100
"""How many human pages were measured, each by another writer."""


class Verdict(Enum):
    """Where a figure lies among people's: the middle half, the middle nine tenths, or outside.

    `EVEN` and `UNEVEN` are for spreads, which a font has too little of; `LOW` and `HIGH` for all else.
    """

    TYPICAL = "typical"
    HUMAN = "human"
    EVEN = "too even"
    UNEVEN = "too uneven"
    LOW = "too low"
    HIGH = "too high"

    @property
    def is_human(self) -> bool:
        """Whether nine people in ten are like this."""
        return self in (Verdict.TYPICAL, Verdict.HUMAN)


@dataclass(frozen=True, slots=True)
class Range:
    """One figure of `PageFigures` as people have it: its 5th, 25th, 50th, 75th and 95th percentile.

    `title` names it in plain words with its `unit`; `below` and `above` are the tells of a page that is outside.
    `spread` tells spreads from levels. Where `scanned`, only a scan can be compared: the grain of paper is in it.
    """

    name: str
    title: str
    unit: str
    percentiles: tuple[float, float, float, float, float]
    below: str
    above: str
    spread: bool = True
    scanned: bool = False

    def verdict(self, value: float) -> Verdict:
        """Return where a value lies."""
        p5, p25, _, p75, p95 = self.percentiles
        if value < p5:
            return Verdict.EVEN if self.spread else Verdict.LOW
        if value > p95:
            return Verdict.UNEVEN if self.spread else Verdict.HIGH
        return Verdict.TYPICAL if p25 <= value <= p75 else Verdict.HUMAN


@dataclass(frozen=True, slots=True)
class Tell:
    """One figure beside people's: `value` is None where the page has too little to go by.

    `verdict` is None too where the figure is not comparable; `tell` says what a reader would see, "" inside the range.
    """

    range: Range
    value: float | None
    verdict: Verdict | None
    tell: str


RANGES: Final = (
    Range("slope", "slope of the page", "degrees", (-1.68, -0.21, 0.72, 1.71, 3.28),
          "the writing sinks to the right", "the writing climbs to the right", spread=False),
    Range("slope_sd", "slope, from line to line", "degrees", (0.256, 0.433, 0.597, 0.787, 1.196),
          "ruler-straight, parallel lines", "lines that each run another way"),
    Range("pitch", "line distance", "x-heights", (2.16, 2.86, 3.52, 4.25, 5.42),
          "lines set very close", "lines set very far apart", spread=False),
    Range("pitch_cv", "line distance, variation", "", (0.041, 0.062, 0.083, 0.109, 0.152),
          "lines at one distance, as a machine sets them", "lines at ragged distances"),
    Range("wordbase_sd", "height of words on the line", "x-heights", (0.086, 0.116, 0.135, 0.149, 0.176),
          "words that all stand on the line", "words that hop up and down"),
    Range("base_sd", "height of letters on the line", "x-heights", (0.119, 0.145, 0.168, 0.185, 0.198),
          "letters that all stand on the line", "letters that hop up and down"),
    Range("gap", "gap between words", "x-heights", (0.76, 1.10, 1.41, 1.97, 2.58),
          "words that nearly touch", "words far apart", spread=False),
    Range("gap_cv", "gap between words, variation", "", (0.232, 0.289, 0.325, 0.380, 0.447),
          "even gaps between words", "ragged gaps between words"),
    Range("slant", "slant", "degrees", (-15.0, -6.0, -1.5, 12.4, 31.1),
          "letters that lean far back", "letters that lean far over", spread=False),
    Range("slant_sd", "slant, from word to word", "degrees", (2.97, 5.19, 6.67, 8.90, 11.90),
          "letters that all lean alike", "letters that lean every way"),
    Range("word_height_cv", "height of small letters, variation", "", (0.126, 0.180, 0.223, 0.260, 0.316),
          "letters of one height", "letters of very different heights"),
    Range("left_drift_mm", "left edge, drift per line", "mm", (-0.73, -0.16, 0.28, 0.68, 1.39),
          "a left edge that runs outwards", "a left edge that runs inwards", spread=False),
    Range("left_sd_mm", "left edge, about its drift", "mm", (0.375, 0.659, 0.908, 1.436, 3.364),
          "a straight left edge", "a ragged left edge"),
    Range("left_mad_mm", "left edge, strays left aside", "mm", (0.258, 0.502, 0.743, 1.042, 1.939),
          "a straight left edge", "a ragged left edge"),
    Range("left_range_mm", "left edge, from end to end", "mm", (2.20, 3.53, 5.33, 8.59, 16.68),
          "a straight left edge", "a ragged left edge"),
    Range("stroke", "width of strokes", "x-heights", (0.062, 0.079, 0.093, 0.107, 0.143),
          "strokes very thin for letters of this size", "strokes very heavy for letters of this size", spread=False),
    Range("stroke_mm", "width of strokes", "mm", (0.25, 0.25, 0.25, 0.295, 0.395),
          "strokes thinner than a pen's", "strokes heavier than a ballpoint's", spread=False),
    Range("stroke_cv", "width of strokes, variation", "", (0.303, 0.337, 0.365, 0.384, 0.417),
          "strokes of one width", "strokes that swell and shrink"),
    Range("dark_cv", "darkness of the ink, variation", "", (0.154, 0.169, 0.181, 0.199, 0.226),
          "uniform ink", "blotchy ink", scanned=True),
    Range("x_height_mm", "height of small letters", "mm", (1.94, 2.46, 2.96, 3.64, 4.67),
          "very small writing", "very large writing", spread=False),
    Range("same_word_cv", "width of one word, variation", "", (0.036, 0.036, 0.067, 0.107, 0.107),
          "a word that always has one width", "a word that never looks the same"),
)  # fmt: skip
"""People's ranges, the most telling first. Of repeated words only quartiles are known: those of "and" and "the"."""


def tells(figures: PageFigures, *, scan: bool) -> tuple[Tell, ...]:
    """Return each figure of a page beside people's; `scan` says whether the page has been on paper."""
    return tuple(_tell(one, getattr(figures, one.name), scan) for one in RANGES)


def _tell(one: Range, value: float | None, scan: bool) -> Tell:
    if value is None or (one.scanned and not scan):
        return Tell(one, value, None, "")
    verdict = one.verdict(value)
    outside = one.below if verdict in (Verdict.EVEN, Verdict.LOW) else one.above
    return Tell(one, value, verdict, "" if verdict.is_human else outside)


def medians(pages: Sequence[PageFigures]) -> PageFigures:
    """Return the median of each figure over several pages, at least one; of those pages that have it."""
    named = [page.as_dict() for page in pages]
    return PageFigures(**dict(_medians(named)))  # type: ignore[arg-type]


def _medians(named: Sequence[dict[str, float | None]]) -> Iterator[tuple[str, float | None]]:
    for name in named[0]:
        known = [value for one in named if (value := one[name]) is not None]
        yield name, median(known) if known else None

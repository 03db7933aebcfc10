"""The figures of one page of handwriting."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class PageFigures:
    """What was measured on one page; a figure for which the page has too little to go by is None.

    Lengths named `_mm` are in mm, all others in x-heights, as parts of 1 (`_cv`: standard deviation over mean) or in
    degrees (slope uphill positive, slant to the right positive). `left_drift_mm` is by how much each line begins
    further right than the one before. `wordbase_sd` is the spread of each word's baseline about its line, `base_sd`
    that of the single letters' lowest points. `slant_sd` and `left_mad_mm` are from the median deviation, which strays
    do not move.
    `same_word_cv` is the spread of the widths of one word written several times, and needs to know the words;
    `twin_rms` and `double_rms` need the outlines: the least difference between two of one letter anywhere on the page,
    and between two in a row.
    """

    n_lines: int
    x_height_mm: float
    pitch: float | None
    pitch_mm: float | None
    pitch_cv: float | None
    slope: float | None
    slope_sd: float | None
    base_sd: float | None
    wordbase_sd: float | None
    gap: float | None
    gap_cv: float | None
    n_gaps: int
    word_height_cv: float | None
    slant: float | None
    slant_sd: float | None
    left_drift_mm: float | None
    left_sd_mm: float | None
    left_mad_mm: float | None
    left_range_mm: float | None
    stroke_mm: float | None
    stroke: float | None
    stroke_cv: float | None
    dark_cv: float | None
    same_word_cv: float | None = None
    double_rms: float | None = None
    twin_rms: float | None = None

    def as_dict(self) -> dict[str, float | None]:
        """Return the figures by name, in order."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class TooLittle:
    """Why a page was not measured: what it has too few of, how many were found and how many are needed."""

    things: str
    found: int
    needed: int

    def __str__(self) -> str:
        return f"{self.found:,} {self.things} found, at least {self.needed} are needed"

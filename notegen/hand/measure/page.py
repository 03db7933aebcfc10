"""The meter: a page of handwriting, as grey pixels, becomes the figures by which people tell a hand from a font.

Lines are found in the blurred ink and fitted through the feet of the letters; gaps are looked for after each line was
sheared upright; slant is the shear at which the ink stands in the highest columns. Widths of strokes are taken on their
skeleton. The human ranges (`human`) were measured in the same way, so every figure here is comparable with them, its
errors included: what a perfectly set font gives is the meter's floor.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from notegen.errors import NotegenError
from notegen.hand.measure import summing
from notegen.hand.measure.figures import PageFigures, TooLittle

if TYPE_CHECKING:
    from notegen.hand.measure.ink import Grey, Ink
    from notegen.hand.measure.lines import Line
    from notegen.hand.measure.words import Words, Written
    from notegen.hand.outline import Floats

Said: TypeAlias = Sequence[Sequence[str]]
"""The words of each line."""

PARTS = 40
"""Fewest parts of ink that are a page of writing: letters, or joined pieces of words."""

LINES = 3
"""Fewest lines."""


def measure(grey: NDArray[np.generic], dpi: float, said: Said = ()) -> PageFigures | None:
    """Return the figures of a page, or None when it has too little writing; see `look`."""
    found = look(grey, dpi, said)
    return found if isinstance(found, PageFigures) else None


def look(grey: NDArray[np.generic], dpi: float, said: Said = ()) -> PageFigures | TooLittle:
    """Return the figures of a page, or what it has too little of.

    `grey` is (H, W), 0 black to 255 white, best at 300 dpi, at which the human pages were scanned. `said` is what the
    page says, line by line, where that is known: without it there is no `same_word_cv`. Raises NotegenError when the
    extra `measure` is not installed.
    """
    require()
    from notegen.hand.measure import ink, lines

    pixels = _as_bytes(grey)
    found = ink.find(pixels, dpi)
    if len(found) < PARTS:
        return TooLittle("letters", len(found), PARTS)
    guess = _guess(found, dpi)
    columns = lines.strips(found, guess)
    tracks = lines.follow(columns, guess)
    if len(tracks) < LINES:
        return TooLittle("lines of writing", len(tracks), LINES)
    x_height, below = lines.body(columns, tracks, guess)
    fitted = lines.fit(columns, tracks, lines.feet(found, x_height), x_height, below)
    if len(fitted) < LINES:
        return TooLittle("lines of writing", len(fitted), LINES)
    return _read(found, pixels, fitted, x_height, dpi, said)


def require() -> None:
    """Raise NotegenError unless what the meter needs is installed."""
    try:
        import scipy
        import skimage
    except ImportError:
        raise NotegenError(
            "measuring needs scipy and scikit-image, which are not installed",
            hint="pip install 'notegen-cards[measure]'",
        ) from None
    del scipy, skimage


def _as_bytes(grey: NDArray[np.generic]) -> Grey:
    if grey.dtype == np.uint8:
        return grey  # type: ignore[return-value]
    return np.clip(np.rint(grey.astype(np.float64)), 0, 255).astype(np.uint8)


def _guess(found: Ink, dpi: float) -> float:
    """Return about how tall small letters are, in pixels."""
    heights = found.bottom - found.top
    tall = heights[heights > 0.02 * dpi]
    return max(float(np.median(tall)) * 0.85 if len(tall) else 0.0, 0.04 * dpi)


def _read(
    found: Ink, grey: Grey, fitted: Sequence[Line], x_height: int, dpi: float, said: Said
) -> PageFigures | TooLittle:
    """Cut the lines into words and put the figures together."""
    from notegen.hand.measure import repeats, words

    written = _written(found, fitted, x_height)
    gaps = [one.gaps for one in written]
    parting = words.word_gap(np.concatenate(gaps), x_height) if gaps else None
    if parting is None:
        return TooLittle("gaps between letters", sum(map(len, gaps)), 20)
    cut = [words.words(one, parting, x_height) for one in written]
    same = repeats.spread(repeats.widths(written, said))
    return _figures(written, cut, _strokes(found, grey), x_height, dpi, same)


def _written(found: Ink, fitted: Sequence[Line], x_height: int) -> list[Written]:
    from notegen.hand.measure import lines, words

    of_part = lines.lines_of(found, fitted, x_height)
    of_pixel = of_part[found.part]
    order = np.argsort(of_pixel, kind="stable")
    edges = np.searchsorted(of_pixel[order], np.arange(len(fitted) + 1))
    made = []
    for number, line in enumerate(fitted):
        pixels = order[edges[number] : edges[number + 1]]
        made.append(words.write_out(found, line, np.flatnonzero(of_part == number), pixels, x_height))
    return [one for one in made if one is not None]


def _strokes(found: Ink, grey: Grey) -> tuple[Floats, Floats]:
    """Return width in pixels and darkness (0 to 255) along the middle of all strokes."""
    from notegen.hand.measure import ink

    width, y, x = ink.widths(found)
    return width, 255.0 - grey[y, x].astype(np.float64)


def _figures(
    written: Sequence[Written],
    cut: Sequence[Words],
    strokes: tuple[Floats, Floats],
    x_height: int,
    dpi: float,
    same_word: float | None,
) -> PageFigures:
    mm = 25.4 / dpi
    gap, feet, base, height, slant = (
        np.concatenate([getattr(one, name) for one in cut]) for name in ("gap", "feet", "base", "height", "slant")
    )
    left, right = (np.array([getattr(one, side) for one in written], np.float64) for side in ("left", "right"))
    slopes = summing.slopes(np.array([one.line.slope for one in written]), right - left, x_height)
    middle = float(np.median((left + right) / 2))
    pitch = summing.pitches(np.array([one.line.at(middle) for one in written]))
    drift, off, reach = summing.edge(left, right)
    width, dark = strokes
    stroke = float(np.median(width))
    return PageFigures(
        n_lines=len(written),
        x_height_mm=x_height * mm,
        pitch=summing.middle(pitch / x_height),
        pitch_mm=summing.middle(pitch * mm),
        pitch_cv=summing.variation(pitch, 3),
        slope=summing.mean(slopes),
        slope_sd=summing.spread(slopes, 3),
        base_sd=summing.spread(feet, 1),
        wordbase_sd=summing.spread(base, 11),
        gap=summing.mean(gap),
        gap_cv=summing.variation(gap, 11),
        n_gaps=len(gap),
        word_height_cv=summing.variation(height, 16),
        slant=summing.middle(slant),
        slant_sd=summing.robust_spread(slant, 11),
        left_drift_mm=drift * mm,
        left_sd_mm=float(off.std()) * mm,
        left_mad_mm=summing.times(summing.robust_spread(off, 1), mm),
        left_range_mm=reach * mm,
        stroke_mm=stroke * mm,
        stroke=stroke / x_height,
        stroke_cv=summing.variation(width, 1),
        dark_cv=summing.variation(dark, 1),
        same_word_cv=same_word,
    )

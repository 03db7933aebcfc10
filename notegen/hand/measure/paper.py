"""Paper as a scanner or a phone sees it: shadows are taken away, so that ink is told from paper everywhere alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from notegen.hand.outline import Floats

Grey = NDArray[np.uint8]

TILE = 0.1
"""Paper is looked at in squares of so many inches."""

EVEN = 25.0
"""A page whose paper varies by less than this, of 255, is left as it is."""

WHITE = 245.0


def levelled(grey: Grey, dpi: float) -> Grey:
    """Return a page on paper that is everywhere as light; the very same page when it already is."""
    tile = max(4, round(TILE * dpi))
    paper = _paper(grey, tile)
    low, high = np.percentile(paper, (2, 98))
    if high - low < EVEN:
        return grey
    rows, columns = ((np.arange(size) + 0.5) / tile - 0.5 for size in grey.shape)
    smooth = _between(_between(paper, rows).T, columns).T
    found: Grey = np.clip(grey * (WHITE / np.maximum(smooth, 16.0)), 0, 255).astype(np.uint8)
    return found


def _paper(grey: Grey, tile: int) -> Floats:
    """Return how light the paper is in each tile: what is nearly lightest there, holes and blots left aside."""
    down, across = (-(-size // tile) for size in grey.shape)
    padded = np.pad(grey, ((0, down * tile - grey.shape[0]), (0, across * tile - grey.shape[1])), mode="edge")
    tiles = padded.reshape(down, tile, across, tile)[:, ::2, :, ::2].transpose(0, 2, 1, 3).reshape(down, across, -1)
    nearly = int(0.8 * tiles.shape[2])
    lightest = np.partition(tiles, nearly, axis=2)[:, :, nearly].astype(np.float64)
    smooth: Floats = ndimage.gaussian_filter(ndimage.median_filter(lightest, size=5), 1.0)
    return smooth


def _between(values: Floats, at: Floats) -> Floats:
    """Return rows of an array at places between them, in straight lines."""
    inside = np.clip(at, 0, len(values) - 1)
    below = np.minimum(inside.astype(np.int64), max(len(values) - 2, 0))
    part = (inside - below)[:, None]
    found: Floats = values[below] * (1 - part) + values[np.minimum(below + 1, len(values) - 1)] * part
    return found

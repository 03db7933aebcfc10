"""Ink on paper, out of a scan or a photograph: how dark each place is, whatever the pen's colour and the light.

The paper's own brightness is found around each place and divided out, so shadows and yellow lamps vanish. The three
channels are then mixed as the pen's own colour asks for: a blue stroke is dark where the red light is missing, a red
one where the green is, and what is printed in another pale colour fades. The edge of a stroke lies where darkness is
half of what the stroke reaches in its middle, which is where blur leaves it.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from notegen.errors import NotegenError

Picture = NDArray[np.uint8]
"""Pixels (height, width, 3) in red, green, blue, or (height, width) in grey; 255 is white."""
Grey = NDArray[np.float32]
Mask = NDArray[np.bool_]

PAPER = 9.0
"""Width of the widest blot that is still told from paper in shadow, mm."""
LOCAL = 1.2
"""Reach within which a stroke's own darkness is looked for, mm; wider than any pen."""
FAINTEST = 0.16
"""Least darkness, as a part of the page's usual ink, at which the edge of a faint stroke may lie."""
NOISE = 4.5
"""Standard deviations of the paper's grain that ink has to stand out by."""
THIN_PEN = 0.22
"""Stroke width under which a pen is too thin to be scanned well, mm: two pixels and a half at 300 dpi."""
PALE_PEN = 0.28
"""Darkness of the ink, as a part of black, under which a pen is too pale."""
RUN = 13.0
"""Length from which a level or upright run is a printed line and no stroke, mm: longer than any straight stroke."""
RULE = 0.55
"""Widest printed line that is taken out, mm."""


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """The ink of one picture.

    `darkness` (height, width) is 0 on paper and about 1 in the middle of a stroke. `grain` is the standard deviation
    of the paper. `colour` is the ink's reflectance in red, green and blue beside that of the paper. `per_mm` is the
    number of pixels to the millimetre.
    """

    darkness: Grey
    grain: float
    colour: tuple[float, float, float]
    per_mm: float

    @property
    def is_pale(self) -> bool:
        """Whether the pen hardly differs from the paper."""
        return 1 - float(np.mean(self.colour)) < PALE_PEN


def read(picture: Picture, per_mm: float, where: Mask | None = None) -> Ink:
    """Return the ink of a picture of `per_mm` pixels to the millimetre; `where` says which places show the pen alone.

    What is printed elsewhere (markers, captions) then does not count towards the pen's colour.
    """
    lack = _lack(picture, per_mm)
    spots = lack[where] if where is not None else lack.reshape(-1, lack.shape[-1])
    colour = _pen(spots)
    mix = colour / float(colour @ colour)
    darkness = np.ascontiguousarray(lack @ mix.astype(np.float32))
    calm = darkness[where] if where is not None else darkness.ravel()
    grain = _grain(calm)
    if grain > 0.03:
        # A grainy photograph: half a stroke's edge of smoothing costs little and keeps the outline from fraying.
        darkness = np.asarray(cv2.GaussianBlur(darkness, (0, 0), min(0.045 * per_mm, 0.9)), np.float32)
        grain = _grain(darkness[where] if where is not None else darkness.ravel())
    red, green, blue = (float(1 - value) for value in np.broadcast_to(colour, 3))
    return Ink(darkness.astype(np.float32), grain, (red, green, blue), per_mm)


def level(darkness: Grey, per_mm: float, grain: float = 0.0) -> Grey:
    """Return a field that is positive in ink, negative on paper and zero along the edges of strokes.

    The threshold at each place is half the darkness that the strokes around it reach, within LOCAL.
    """
    size = _odd(LOCAL * per_mm)
    calm = cv2.GaussianBlur(darkness, (0, 0), 0.5)
    peak = cv2.dilate(calm, np.ones((size, size), np.uint8))
    peak = cv2.GaussianBlur(peak, (0, 0), size / 7)
    least = max(FAINTEST, NOISE * grain)
    return np.asarray(darkness - np.clip(peak / 2, least, 0.5), np.float32)


def without_rules(mask: Mask, per_mm: float) -> Mask:
    """Return a mask without long straight runs: a form's or a pad's lines that a scanner has turned black.

    Where a stroke crosses a line, the line's pixels stay: the stroke goes on above and below.
    """
    cleared = mask.copy()
    for upright in (False, True):
        turned = mask.T if upright else mask
        lines = _runs(turned, per_mm)
        if lines.any():
            (cleared.T if upright else cleared)[lines] = False
    return cleared


def stroke_width(mask: Mask, per_mm: float) -> float:
    """Return the usual width of the strokes in a mask, mm: twice the area over the length of the edge; 0 if empty."""
    contours, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    edge = sum(cv2.arcLength(contour, True) for contour in contours)
    if not edge:
        return 0.0
    # OpenCV's contours run through the outermost pixels, half a pixel inside the edge.
    return float(2 * np.count_nonzero(mask) / edge / per_mm)


def _lack(picture: Picture, per_mm: float) -> Grey:
    """Return what light each place lacks beside the paper around it, for each channel: 0 paper, 1 black."""
    if picture.dtype != np.uint8 or picture.ndim not in (2, 3) or min(picture.shape[:2]) < 8:
        raise NotegenError(f"a picture of {picture.shape} {picture.dtype} pixels cannot be read", hint="scan it again")
    channels = picture[:, :, None] if picture.ndim == 2 else picture[:, :, :3]
    lacking = [1 - channel / paper for channel, paper in ((c, _paper(c, per_mm)) for c in np.moveaxis(channels, 2, 0))]
    return np.asarray(np.clip(np.stack(lacking, axis=2), -0.2, 1), np.float32)


def _paper(channel: Picture, per_mm: float) -> Grey:
    """Return the paper's own brightness at each place, as if nothing were written on it."""
    height, width = channel.shape
    shrink = max(1.0, per_mm / 3)
    size = max(4, round(width / shrink)), max(4, round(height / shrink))
    small = cv2.resize(np.ascontiguousarray(channel), size, interpolation=cv2.INTER_AREA)
    scale = per_mm / shrink
    reach = _odd(PAPER * scale)
    bare = cv2.morphologyEx(small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (reach, reach)))
    # The closing takes the brightest grain for paper: what is not ink is averaged once more.
    weight = (small > 0.88 * bare).astype(np.float32)
    sigma = 1.2 * scale
    total = cv2.GaussianBlur(small.astype(np.float32) * weight, (0, 0), sigma)
    count = cv2.GaussianBlur(weight, (0, 0), sigma)
    even = np.where(count > 0.05, total / np.maximum(count, 0.05), bare).astype(np.float32)
    whole = cv2.resize(even, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.maximum(whole, 1.0), np.float32)


def _pen(spots: Grey) -> Grey:
    """Return what light the pen's ink takes away in each channel, from the darkest thousandths of the places."""
    most = spots.max(axis=1)
    if not len(most):
        return np.full(spots.shape[1], 0.7, np.float32)
    # Half of the darkest that occurs at all often tells strokes from grain; their darker half tells the colour.
    dark = most > 0.5 * float(np.quantile(most[:: max(1, len(most) // 400_000)], 0.9985))
    inked = spots[dark & (most > 0.12)]
    if len(inked) < 30:
        return np.full(spots.shape[1], 0.7, np.float32)
    total = inked.sum(axis=1)
    core = np.asarray(np.median(inked[total >= np.median(total)], axis=0), np.float32)
    return np.maximum(core, np.float32(0.02))


def _grain(darkness: Grey) -> float:
    """Return the standard deviation of the paper, from the median so that strokes do not count."""
    some = darkness.ravel()[:: max(1, darkness.size // 400_000)]
    return float(1.4826 * np.median(np.abs(some - np.median(some)))) if some.size else 0.0


def _runs(mask: Mask, per_mm: float) -> Mask:
    """Return the pixels of long level runs that are no part of a stroke across them."""
    pixels = mask.astype(np.uint8)
    # A line that is a little slanted steps from row to row: thickened, it is one run.
    thick = cv2.dilate(pixels, np.ones((3, 1), np.uint8))
    length = _odd(RUN * per_mm)
    run = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    on_run = (run > 0) & mask
    if not on_run.any():
        return on_run
    tall = cv2.morphologyEx(pixels, cv2.MORPH_OPEN, np.ones((max(2, round(RULE * per_mm)) + 1, 1), np.uint8))
    return np.asarray(on_run & (tall == 0), np.bool_)


def _odd(pixels: float) -> int:
    return max(3, round(pixels) | 1)

"""A signature out of a photograph or a scan: its ink found on the paper, cropped, and traced as smooth outlines.

The picture's scale need not be known to find the ink: it is first guessed from the picture, then from the ink itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from notegen.errors import NotegenError
from notegen.hand import signature as files
from notegen.hand.capture import form, ink, page, trace
from notegen.hand.capture.ink import Grey, Mask, Picture
from notegen.hand.capture.pictures import Loaded
from notegen.hand.outline import Shapes
from notegen.model.form import CellKind
from notegen.model.signature import Signature
from notegen.model.stock import Box

USUAL = 50.0
"""Width of a signature whose size is not known, mm."""
LARGEST = 3600
"""Pixels of a picture's longer side that are used."""
FEWEST = 150
"""Pixels of a signature's width below which its strokes cannot be followed."""
THINNEST = 2.3
"""Pixels of a stroke's width below which it cannot be followed."""
_BLOT = 3.0
"""What is thicker than this is no stroke but a shadow or the table's edge, mm."""
_SPECK = 0.5
"""Smallest part that is kept, in squares of the stroke's width."""
_NEAR = 9.0
"""Parts farther than this from the largest are something else on the paper, mm."""
_ABOVE = 0.68
"""Least part of the ink that is above the baseline, with as many descenders as a name may have."""
_FRAME = 0.8
"""White kept from the form's frame around a signature, mm."""
_LINE_SHARE = 0.2
"""Least part of the ink that makes a line of its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """A signature out of a picture, and remarks for the person, one sentence each."""

    signature: Signature
    notes: tuple[str, ...]


def read(loaded: Loaded, width: float | None) -> Read:
    """Return the signature in a picture; `width` (mm) says how wide it is, else the picture's resolution does.

    A page of the form is known by its markers: then the signature in its frame is taken, in its real size.

    Raises NotegenError when there is no ink, when it is too small, too pale or too thin to trace, or when it is more
    than one line.
    """
    frames = _frames(loaded)
    for place, frame in enumerate(frames):
        try:
            return _read(frame, width)
        except NotegenError:
            if place == len(frames) - 1:
                raise
    return _read(loaded, width)


def _frames(loaded: Loaded) -> list[Loaded]:
    """Return what is inside the signature's frames, when the picture is of a page of the form; else none.

    Raises NotegenError for a page without such frames.
    """
    try:
        sheet = page.find(loaded.picture, loaded.source)
    except NotegenError:
        return []
    form_page = form.build(sheet.paper, sheet.told.letters if sheet.told else "").pages[sheet.number - 1]
    boxes = [cell.box.inset(_FRAME) for cell in form_page.cells if cell.kind is CellKind.SIGNATURE]
    if not boxes:
        raise NotegenError(
            f"{loaded.source} is page {sheet.number} of the form, which has no place for a signature",
            hint="give the page that has",
        )
    fine = float(np.clip(sheet.per_mm, 8, 24))
    return [Loaded(_flat(sheet, box, fine), loaded.source, fine * 25.4) for box in boxes]


def _flat(sheet: page.Sheet, box: Box, fine: float) -> Picture:
    """Return a part of a page as if it had been scanned straight, `fine` pixels to the millimetre."""
    to_mm = np.array([[1 / fine, 0, box.x], [0, -1 / fine, box.top], [0, 0, 1]])
    size = round(box.width * fine), round(box.height * fine)
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    flat = cv2.warpPerspective(np.ascontiguousarray(sheet.picture), sheet.to_picture @ to_mm, size, flags=flags)
    return np.asarray(flat, np.uint8)


def _read(loaded: Loaded, width: float | None) -> Read:
    picture, dpi = _shrunk(loaded.picture, loaded.dpi)
    known = dpi / 25.4 if dpi is not None and width is None else None
    field, mask, per_mm = _found(picture, known, width, loaded.source)
    _check(mask, per_mm, loaded.source)
    shapes = _traced(field, mask, per_mm)
    if not len(shapes.points):
        raise NotegenError(f"{loaded.source} shows no signature", hint=_AGAIN)
    made = files.made(shapes, ink.stroke_width(mask, per_mm))
    notes = []
    if known is None and width is None:
        notes.append(f"the picture does not say how large it is: taken as {USUAL:.0f} mm wide; --width says otherwise")
    return Read(made, tuple(notes))


_AGAIN = "write it with a dark pen on white paper, and take it from near, with light from the side"


def _shrunk(picture: Picture, dpi: float | None) -> tuple[Picture, float | None]:
    longer = max(picture.shape[:2])
    if longer <= LARGEST:
        return picture, dpi
    scale = LARGEST / longer
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), dpi * scale if dpi is not None else None


def _found(picture: Picture, known: float | None, width: float | None, source: str) -> tuple[Grey, Mask, float]:
    """Return the ink's level field, the mask of the signature, and the pixels to the millimetre."""
    if min(picture.shape[:2]) < 40:
        raise NotegenError(f"{source} has only {picture.shape[1]} by {picture.shape[0]} pixels", hint=_AGAIN)
    # Without a scale, a picture is taken to be twice as wide as the signature.
    per_mm = known or picture.shape[1] / (2 * (width or USUAL))
    for _ in range(1 if known else 3):
        found = ink.read(picture, per_mm)
        field = ink.level(found.darkness, per_mm, found.grain)
        mask = _signature(field > 0, per_mm)
        if not mask.any():
            high, across = picture.shape[:2]
            raise NotegenError(f"{source} ({across} by {high} pixels) shows no ink on paper", hint=_AGAIN)
        wide = int(np.ptp(np.flatnonzero(mask.any(axis=0)))) + 1
        before, per_mm = per_mm, known or wide / (width or USUAL)
        if abs(before / per_mm - 1) < 0.04:
            break
    return field, mask, per_mm


def _signature(mask: Mask, per_mm: float) -> Mask:
    """Return the parts of the ink that are strokes of one signature: no ruled lines, shadows, specks or edges."""
    mask = ink.without_rules(mask, per_mm)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    if count < 2:
        return np.zeros_like(mask)
    depth = cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 3)
    thick = np.zeros(count)
    np.maximum.at(thick, np.asarray(labels, np.int64).ravel(), depth.ravel())
    high, wide = mask.shape
    left, top, width, height, area = stats.T
    edge = (left == 0) | (top == 0) | (left + width == wide) | (top + height == high)
    strokes = (2 * thick / per_mm < _BLOT) & ~edge
    strokes[0] = False
    if not strokes.any():
        return np.zeros_like(mask)
    pen = ink.stroke_width(strokes[labels], per_mm) * per_mm
    strokes &= area > _SPECK * pen * pen
    return _together(labels, stats, strokes, per_mm)


def _together(labels: np.ndarray, stats: np.ndarray, strokes: np.ndarray, per_mm: float) -> Mask:
    """Return the strokes that are near the largest one, or near one that is."""
    left, top, width, height, area = stats.T.astype(np.float64)
    waiting = set(np.flatnonzero(strokes).tolist())
    if not waiting:
        return np.zeros(labels.shape, np.bool_)
    reached = [max(waiting, key=lambda one: area[one])]
    kept = set(reached)
    waiting -= kept
    while reached and waiting:
        one = reached.pop()
        rest = np.array(sorted(waiting))
        across = np.maximum(left[rest] - left[one] - width[one], left[one] - left[rest] - width[rest])
        down = np.maximum(top[rest] - top[one] - height[one], top[one] - top[rest] - height[rest])
        near = rest[np.maximum(across, down) < _NEAR * per_mm].tolist()
        reached += near
        kept |= set(near)
        waiting -= set(near)
    return np.asarray(np.isin(labels, sorted(kept)), np.bool_)


def _check(mask: Mask, per_mm: float, source: str) -> None:
    """Refuse what cannot become a good outline; raises NotegenError."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    wide = int(np.ptp(columns)) + 1
    if wide < FEWEST:
        raise NotegenError(
            f"the signature in {source} is only {wide} pixels wide, and {FEWEST} are wanted",
            hint="take the picture from nearer, or scan it at 600 dpi",
        )
    pen = ink.stroke_width(mask, per_mm) * per_mm
    if pen < THINNEST:
        raise NotegenError(
            f"the strokes in {source} are only {pen:.1f} pixels wide",
            hint="take the picture from nearer, or write with a broader pen",
        )
    if lines(mask[rows[0] : rows[-1] + 1], per_mm) > 1:
        raise NotegenError(
            f"{source} shows more than one line of writing",
            hint="crop the picture so that only the signature is in it",
        )


def lines(mask: Mask, per_mm: float) -> int:
    """Return how many lines of writing a mask shows: bands of rows with much ink, with rows almost without between."""
    rows = mask.sum(axis=1).astype(np.float64)
    calm = cv2.GaussianBlur(rows[:, None], (0, 0), sigmaX=0.1, sigmaY=max(0.35 * per_mm, 1.0))[:, 0]
    full = calm > 0.1 * float(np.quantile(calm, 0.97))
    edges = np.flatnonzero(np.diff(np.concatenate(([0], full.astype(np.int8), [0]))))
    bands = edges.reshape(-1, 2)
    total = rows.sum()
    return sum(rows[start:end].sum() > _LINE_SHARE * total for start, end in bands)


def baseline(mask: Mask, per_mm: float) -> float:
    """Return the row (from the top) of the line that the letters stand on: below it the ink falls off most."""
    rows = mask.sum(axis=1).astype(np.float64)
    reach = max(round(1.2 * per_mm), 2)
    padded = np.concatenate(([0.0], np.cumsum(np.pad(rows, reach))))
    at = np.arange(len(rows) + 1) + reach
    drop = (padded[at] - padded[at - reach]) - (padded[np.minimum(at + reach, len(padded) - 1)] - padded[at])
    # The tops and bars of letters are edges too: letters stand where most of the ink is above.
    drop[np.concatenate(([0.0], np.cumsum(rows))) < _ABOVE * rows.sum()] = -np.inf
    return float(np.argmax(drop))


def _traced(field: Grey, mask: Mask, per_mm: float) -> Shapes:
    """Return the outline of a mask's ink in mm, the baseline at y = 0."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    cut = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    field, mask = np.pad(field[cut], 3, constant_values=-0.5), np.pad(mask[cut], 3)
    place = trace.Place(0.0, baseline(mask, per_mm) / per_mm, per_mm)
    return trace.trace(field, mask, place, ink.stroke_width(mask, per_mm))

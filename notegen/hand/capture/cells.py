"""What was written in each place of the form: its ink, told from its neighbours' and from what is printed.

Each place is taken out of the picture at FINE pixels to the millimetre, in the form's own coordinates, with some of
what surrounds it. Ink belongs to the place that most of it lies in, so a tail may hang into the next row. Nothing is
scaled: size and baseline stay as they were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from notegen.hand.capture import ink, trace
from notegen.hand.capture.ink import Grey, Ink, Mask
from notegen.hand.capture.page import Sheet, through
from notegen.hand.outline import Shapes
from notegen.model.form import GUIDE, Cell, CellKind, Page
from notegen.model.stock import Box

FINE = 600 / 25.4
"""Pixels to the millimetre at which places are looked at: 600 dpi."""
AROUND = 4.0
"""What is looked at around a place, mm."""
GUIDE_REACH = 0.3
"""How far from its place a guide may be found, mm, when the paper is not quite flat."""
BLACK_GUIDE = 0.62
"""Darkness of the guides, as a part of the ink's, from which they cannot be told from ink by their tone."""
DUST = 0.4
"""Area of the smallest dot that is ink, in squares of the pen's width."""
DUST_MM = 0.012
"""Area of the smallest dot that is ink, mm2, while the pen's width is not known: of a circle 0.12 mm wide."""
_THUMB = 7.0
"""Pixels to the millimetre of the pictures on the contact sheet."""

WRITTEN = frozenset((CellKind.LETTER, CellKind.DIGIT, CellKind.MARK, CellKind.ACCENTED, CellKind.PAIR))
"""Kinds of cells that hold a letter or two on a line."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """What one place holds.

    `mask` and `field` (height, width) have the ink and its level field, cropped to the ink and lying at `place` (mm on
    the page). `outside` is the part of the ink beyond the place's box; `shared` the part that lies in other places;
    `cut` says that ink runs out of what was looked at; `darkness` is the ink's usual darkness, 1 for the page's;
    `stroke` its width in mm. `thumb` is the picture of the place, grey, and `shown` the mm on the page that it shows.
    """

    cell: Cell
    mask: Mask
    field: Grey
    place: trace.Place
    outside: float
    shared: float
    cut: bool
    darkness: float
    stroke: float
    thumb: ink.Picture
    shown: Box

    @property
    def key(self) -> tuple[str, int]:
        """The label and the number of the try."""
        return self.cell.label, self.cell.slot

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written here."""
        return not self.mask.any()

    def box(self) -> Box:
        """Return the box of the ink, mm on the page; raises ValueError when there is none."""
        rows, columns = np.flatnonzero(self.mask.any(axis=1)), np.flatnonzero(self.mask.any(axis=0))
        if not len(rows):
            raise ValueError(f"{self.key} is empty")
        scale = self.place.per_mm
        left, right = self.place.left + (columns[0] - 0.5) / scale, self.place.left + (columns[-1] + 0.5) / scale
        top, low = self.place.top - (rows[0] - 0.5) / scale, self.place.top - (rows[-1] + 0.5) / scale
        return Box(float(left), float(low), float(right - left), float(top - low))

    def outline(self) -> Shapes:
        """Return the outline of the ink, mm on the page."""
        return trace.trace(self.field, self.mask, self.place, max(self.stroke, 0.1))


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A place of the form in the picture: its darkness at FINE, and where it lies."""

    darkness: Grey
    place: trace.Place

    def window(self, box: Box, spare: float = 0.0) -> tuple[slice, slice]:
        """Return the rows and columns of a box on the page, mm, made larger by `spare`; empty when it is elsewhere."""
        height, width = self.darkness.shape
        scale = self.place.per_mm
        top, low = (round((self.place.top - y) * scale) for y in (box.top + spare, box.y - spare))
        left, right = (round((x - self.place.left) * scale) for x in (box.x - spare, box.right + spare))
        rows = slice(min(max(top, 0), height), min(max(low + 1, 0), height))
        return rows, slice(min(max(left, 0), width), min(max(right + 1, 0), width))


def page_ink(sheet: Sheet, page: Page) -> Ink:
    """Return the ink of a sheet's picture, the pen's colour taken from the places to write in."""
    where = np.zeros(sheet.picture.shape[:2], np.uint8)
    for cell in page.cells:
        box = cell.box.inset(GUIDE + GUIDE_REACH if cell.kind in WRITTEN else 1.0)
        corners = np.array([(box.x, box.y), (box.right, box.y), (box.right, box.top), (box.x, box.top)])
        cv2.fillConvexPoly(where, np.rint(through(sheet.to_picture, corners)).astype(np.int32), 1)
    return ink.read(sheet.picture, sheet.per_mm, where > 0)


def samples(sheet: Sheet, page: Page, read: Ink) -> list[Sample]:
    """Return what each place of a page holds but the signature's, in the order of the form."""
    guide = _guide_tone(sheet, page, read)
    cells = [cell for cell in page.cells if cell.kind in WRITTEN]
    return [_sample(sheet, page, read, cell, guide) for cell in cells]


def look(sheet: Sheet, read: Ink, box: Box, around: float = AROUND) -> Look:
    """Return the darkness of a box on the page and of what surrounds it."""
    place = trace.Place(box.x - around, box.top + around, FINE)
    size = round((box.width + 2 * around) * FINE), round((box.height + 2 * around) * FINE)
    return Look(np.asarray(_warped(read.darkness, sheet, place, size), np.float32), place)


def _warped(picture: Grey | ink.Picture, sheet: Sheet, place: trace.Place, size: tuple[int, int]) -> Any:
    """Return pixels of a picture in the form's coordinates; `size` is (width, height)."""
    to_mm = np.array([[1 / place.per_mm, 0, place.left], [0, -1 / place.per_mm, place.top], [0, 0, 1]])
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return cv2.warpPerspective(picture, sheet.to_picture @ to_mm, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)


def _sample(sheet: Sheet, page: Page, read: Ink, cell: Cell, guide: float) -> Sample:
    seen = look(sheet, read, cell.box)
    field = ink.level(seen.darkness, FINE, read.grain)
    field = _without_guides(field, seen, [one for one in page.guides if _near(one, cell.box)], guide)
    whole = field > 0
    if guide > BLACK_GUIDE:
        whole = ink.without_rules(whole, FINE)
    mine, outside, shared, cut = _own(whole, seen, cell, page)
    field = np.where(whole, field, np.minimum(field, -1e-3)).astype(np.float32)
    rows, columns = _around(mine)
    cropped = mine[rows, columns]
    place = trace.Place(seen.place.left + columns.start / FINE, seen.place.top - rows.start / FINE, FINE)
    dark = float(np.median(seen.darkness[mine])) if mine.any() else 0.0
    thumb, shown = _thumb(sheet, cell.box)
    stroke = ink.stroke_width(cropped, FINE)
    return Sample(cell, cropped, field[rows, columns], place, outside, shared, cut, dark, stroke, thumb, shown)


def _around(mask: Mask) -> tuple[slice, slice]:
    """Return the rows and columns of the ink and three pixels more, or a small empty window."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return slice(0, 8), slice(0, 8)
    return slice(max(rows[0] - 3, 0), rows[-1] + 4), slice(max(columns[0] - 3, 0), columns[-1] + 4)


def _own(whole: Mask, seen: Look, cell: Cell, page: Page) -> tuple[Mask, float, float, bool]:
    """Return the ink of a place, what part of it lies outside its box and in others', and whether it is cut off."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(whole.astype(np.uint8), connectivity=8)
    if count == 1:
        return whole, 0.0, 0.0, False
    area = stats[:, cv2.CC_STAT_AREA].astype(np.float64)
    inside = np.bincount(labels[seen.window(cell.box)].ravel(), minlength=count)
    belongs = (inside > 0.5 * area) & (area > _least_area(whole))
    belongs[0] = False
    mine = np.asarray(belongs[labels])
    total = max(float(area[belongs].sum()), 1.0)
    elsewhere = sum(
        np.count_nonzero(mine[seen.window(other.box)])
        for other in page.cells
        if other is not cell and _near(other.box, cell.box)
    )
    rim = np.concatenate((mine[0], mine[-1], mine[:, 0], mine[:, -1]))
    return mine, 1 - float(inside[belongs].sum()) / total, elsewhere / total, bool(rim.any())


def _least_area(whole: Mask) -> float:
    """Return the area, pixels, below which a spot is dust: by the width of the strokes around it."""
    width = ink.stroke_width(whole, FINE) * FINE
    return max(DUST_MM * FINE * FINE, DUST * width * width)


def _near(one: Box, other: Box) -> bool:
    reach = AROUND
    return (
        one.x < other.right + reach
        and other.x < one.right + reach
        and one.y < other.top + reach
        and other.y < one.top + reach
    )


def _guide_tone(sheet: Sheet, page: Page, read: Ink) -> float:
    """Return how dark the guides are in the picture, as a part of the ink's darkness."""
    middles = np.array([(box.x + box.width / 2, box.y + box.height / 2) for box in page.guides])
    at = through(sheet.to_picture, middles)
    reach = max(1, round(GUIDE_REACH * read.per_mm))
    darkest = cv2.dilate(read.darkness, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    height, width = darkest.shape
    columns, rows = (
        np.clip(np.rint(axis).astype(int), 0, most - 1) for axis, most in zip(at.T, (width, height), strict=True)
    )
    return float(np.median(darkest[rows, columns]))


def _without_guides(field: Grey, seen: Look, guides: Sequence[Box], tone: float) -> Grey:
    """Return a level field in which the guides are paper.

    A guide lighter than ink is told by its tone: over it, ink has to be darker than the middle between both. One as
    dark as ink goes, but where ink lies right beside it, a stroke crosses it or stands on it, and stays.
    """
    cleared = field.copy()
    for guide in guides:
        black = tone > BLACK_GUIDE
        rows, columns = seen.window(guide, 0.12 if black else GUIDE_REACH)
        if rows.start == rows.stop or columns.start == columns.stop:
            continue
        if black:
            stays = _crossed(field > 0, rows, columns, guide.width > guide.height)
            cleared[rows, columns] = np.where(stays, field[rows, columns], -0.3)
        else:
            limit = (1 + tone) / 2 if tone > 0.1 else 0.5
            over = seen.darkness[rows, columns] - np.float32(min(limit, 0.85))
            cleared[rows, columns] = np.minimum(field[rows, columns], over)
    return cleared


def _crossed(inked: Mask, rows: slice, columns: slice, is_level: bool) -> Mask:
    """Return where ink just beside a guide, above or below it (or left or right of it), goes on under it."""
    turned, first, second = (inked, rows, columns) if is_level else (inked.T, columns, rows)
    before = turned[max(first.start - 4, 0) : max(first.start - 1, 1), second]
    after = turned[first.stop + 1 : first.stop + 4, second]
    sides = [side.all(axis=0) for side in (before, after) if len(side)]
    line = np.any(sides, axis=0) if sides else np.zeros(second.stop - second.start, np.bool_)
    wide = cv2.dilate(line.astype(np.uint8)[None], np.ones((1, 3), np.uint8))[0] > 0
    stays = np.broadcast_to(wide, (first.stop - first.start, len(wide)))
    return stays if is_level else stays.T


def _thumb(sheet: Sheet, box: Box) -> tuple[ink.Picture, Box]:
    """Return a grey picture of a place with a little around it, and the mm on the page that it shows."""
    spare = 1.0
    place = trace.Place(box.x - spare, box.top + spare, _THUMB)
    size = round((box.width + 2 * spare) * _THUMB), round((box.height + 2 * spare) * _THUMB)
    picture = np.asarray(_warped(sheet.picture, sheet, place, size), np.uint8)
    return picture, Box(place.left, place.top - size[1] / _THUMB, size[0] / _THUMB, size[1] / _THUMB)


def by_label(found: Iterable[Sample]) -> dict[str, list[Sample]]:
    """Return the samples of each label, in the order of their tries."""
    tries: dict[str, list[Sample]] = {}
    for sample in found:
        tries.setdefault(sample.cell.label, []).append(sample)
    return tries

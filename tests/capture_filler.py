"""Forms filled in by machine: a font's letters, each a little different, on the printed form, with the truth beside.

`fill` returns clean pages; the modules' other functions do to a picture what scanners and telephones do. Scoring is on
the form's own coordinates, so no picture's geometry has to be known: `overlap(truth, mask_of(contours, truth))`.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from numpy.typing import NDArray

from notegen.hand.capture import form as forms
from notegen.hand.capture.sections import SENTENCES
from notegen.model.form import Cell, CellKind, Form, Page
from notegen.press.form import write_form
from notegen.resources import data_folder

Image = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Contours = list[NDArray[np.float64]]
Key = tuple[str, int]

DPI = 600
"""Raster of the truth; 23.6 pixels to a mm, three to four across a thin pen."""
MM = DPI / 25.4
INKS = {"blue": (28, 44, 130), "black": (30, 30, 34), "red": (178, 26, 36), "green": (20, 110, 60)}


@dataclass(frozen=True)
class Writer:
    """Who fills a form in: whose letters, at which x-height (mm, less when the font is tall), with which pen.

    `pen` is the stroke in mm that the font's usual stroke becomes; None leaves it as it is. `loose` scales how much the
    tries of one letter differ. `skip` is the part of the cells left blank, `faults` the part that is spoilt.
    """

    font: str
    ink: str = "blue"
    x_height: float = 3.2
    pen: float | None = None
    pale: float = 0.0
    loose: float = 1.0
    skip: float = 0.0
    faults: float = 0.0
    name: str = "Phyllis Quigley"


@dataclass(frozen=True)
class Truth:
    """The ink of one cell: a mask at DPI whose upper left corner is at (x, top) mm on the page."""

    page: int
    cell: Cell
    mask: Mask
    x: float
    top: float
    fault: str = ""


@dataclass(frozen=True)
class Filled:
    """One page as printed and filled: RGB at `dpi`, and the truth of each cell that has ink, by label and try."""

    page: Page
    image: Image
    dpi: int
    truths: dict[Key, Truth] = field(default_factory=dict)
    blank: tuple[Key, ...] = ()


def fill(form: Form, writer: Writer, *, dpi: int = 300, seed: int = 0, only: Collection[int] = ()) -> list[Filled]:
    """Fill in every page of a form, or only those with these numbers; a page does not depend on the others."""
    return [
        _page(form, page, writer, image, dpi, np.random.default_rng([seed, 7, page.number]))
        for page, image in zip(form.pages, printed(form, dpi), strict=True)
        if not only or page.number in only
    ]


@cache
def _printed(paper: str, letters: str, dpi: int) -> tuple[Image, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.pdf"
        write_form(forms.build(paper, letters), path)
        document = pdfium.PdfDocument(path.read_bytes())
        pages = [page.render(scale=dpi / 72, rev_byteorder=True).to_numpy()[:, :, :3] for page in document]
        size = forms.PAPERS[paper]
    return tuple(_true_to_size(page, size, dpi) for page in pages)


def _true_to_size(page: Image, size: tuple[float, float], dpi: int) -> Image:
    """Return a rendered page at exactly `dpi`, its lower left corner kept: pdfium stretches it to whole pixels."""
    high, wide = page.shape[:2]
    across, up = size[0] / 25.4 * dpi / wide, size[1] / 25.4 * dpi / high
    matrix = np.array([[across, 0, (across - 1) / 2], [0, up, high * (1 - up) + (up - 1) / 2]])
    return cv2.warpAffine(np.ascontiguousarray(page), matrix, (wide, high), borderValue=(255, 255, 255))


def printed(form: Form, dpi: int) -> list[Image]:
    """Return the blank pages of a form, RGB."""
    return [image.copy() for image in _printed(form.paper, form.letters, dpi)]


# Letters


@cache
def _font(name: str) -> TTFont:
    return TTFont(next((data_folder("fonts") / name).glob("*.[to]tf")))


@cache
def outlines(name: str, character: str) -> tuple[tuple[NDArray[np.float64], ...], float] | None:
    """Return a character's contours as polygons and its advance, in x-heights; None when the font has no such one."""
    font = _font(name)
    glyph = font.getBestCmap().get(ord(character))
    if glyph is None:
        return None
    unit = _x_height(name)
    polygons = tuple(part / unit for part in _polygons(font, glyph))
    return polygons, font["hmtx"][glyph][0] / unit


def _polygons(font: TTFont, glyph: str) -> list[NDArray[np.float64]]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[glyph].draw(pen)
    done: list[NDArray[np.float64]] = []
    points: list[NDArray[np.float64]] = []
    for verb, given in pen.value:
        args = [np.array(one, float) for one in given if one is not None]
        if verb == "moveTo":
            points = [args[0]]
        elif verb == "lineTo":
            points.append(args[0])
        elif verb == "qCurveTo":
            points.extend(_quadratics(points[-1], args))
        elif verb == "curveTo":
            points.extend(_bezier(np.array([points[-1], *args])))
        elif len(points) > 2:
            done.append(np.array(points))
    return done


def _quadratics(start: NDArray[np.float64], args: list[NDArray[np.float64]]) -> Iterable[NDArray[np.float64]]:
    *controls, end = args
    for place, control in enumerate(controls):
        stop = end if place == len(controls) - 1 else (control + controls[place + 1]) / 2
        yield from _bezier(np.array([start, control, stop]))
        start = stop


def _bezier(points: NDArray[np.float64]) -> Iterable[NDArray[np.float64]]:
    for t in np.linspace(0, 1, 9)[1:]:
        left = points
        while len(left) > 1:
            left = left[:-1] * (1 - t) + left[1:] * t
        yield left[0]


@cache
def _x_height(name: str) -> float:
    font = _font(name)
    tops = [np.concatenate(_polygons(font, font.getBestCmap()[ord(one)]))[:, 1].max() for one in "xzv"]
    return float(np.median(tops))


@cache
def _size(name: str, wanted: float) -> float:
    """Return the x-height at which tall and deep letters still fit their cells, as a person would choose it."""
    shapes = [found[0] for one in "bdfhklgjpqyBTWQJ" if (found := outlines(name, one))]
    points = np.concatenate([part for shape in shapes for part in shape])
    return min(wanted, 9.6 / points[:, 1].max(), 4.4 / max(-points[:, 1].min(), 0.1))


@cache
def stroke(name: str, x_height: float) -> float:
    """Return the font's usual stroke at that x-height, mm: twice the mean depth of its ridge, over a few letters."""
    depths = []
    for one in "nouil":
        found = outlines(name, one)
        assert found is not None
        mask = _raster([(part + np.array([0.5, 0.8])) * x_height for part in found[0]], (int(4 * x_height * MM),) * 2)
        depth = cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 5)
        ridge = (depth >= cv2.dilate(depth, np.ones((3, 3)))) & mask
        depths.append(2 * float(np.median(depth[ridge])) / MM)
    return float(np.median(depths))


def _shape(name: str, label: str) -> tuple[Contours, float] | None:
    """Return a word's contours and width in x-heights, its pen starting at 0."""
    contours: Contours = []
    x = 0.0
    for one in label:
        found = outlines(name, one)
        if found is None:
            return None
        contours += [part + np.array([x, 0]) for part in found[0]]
        x += found[1]
    return (contours, x) if contours else None


def _moved(contours: Contours, rng: np.random.Generator, loose: float, scale: float) -> Contours:
    """Return a shape scaled and written a little differently: size, width, slant, turn and a smooth bend."""
    size, wide = np.exp(rng.normal(0, [0.04 * loose, 0.04 * loose]))
    slant, turn = rng.normal(0, [0.06 * loose, 0.025 * loose])
    phase, wave = rng.uniform(0, 2 * np.pi, 4), rng.normal(0, 0.025 * loose, 4)
    linear = np.array([[wide, 0], [slant, 1]]) @ np.array([[1, turn], [-turn, 1]]) * scale * size
    moved = []
    for part in contours:
        x, y = part.T
        bend = np.stack(
            (
                wave[0] * np.sin(2.1 * y + phase[0]) + wave[1] * np.sin(1.7 * x + phase[1]),
                wave[2] * np.sin(1.9 * x + phase[2]) + wave[3] * np.sin(2.3 * y + phase[3]),
            ),
            axis=1,
        )
        moved.append((part + bend) @ linear)
    return moved


# Pixels


def _raster(contours: Sequence[NDArray[np.float64]], shape: tuple[int, int]) -> Mask:
    """Fill contours by the non-zero rule; they are in mm with the origin at the lower left of the raster, y upwards."""
    winding = np.zeros(shape, np.int16)
    for part in contours:
        pixels = np.stack((part[:, 0] * MM, shape[0] - part[:, 1] * MM), axis=1) - 0.5
        low = np.clip(np.floor(pixels.min(axis=0)).astype(int) - 1, 0, None)
        high = np.minimum(np.ceil(pixels.max(axis=0)).astype(int) + 2, shape[::-1])
        if (high <= low).any():
            continue
        # fillPoly also colours what the edge only touches: four times as fine, that is an eighth of a pixel.
        # One contour may cross itself; it is filled by the even-odd rule, which only a crossing stroke would show.
        fine = np.zeros(((high - low) * 4)[::-1], np.uint8)
        cv2.fillPoly(fine, [np.rint(((pixels - low) * 4 + 1.5) * 16).astype(np.int32)], 255, shift=4)
        one = cv2.resize(fine, tuple((high - low).tolist()), interpolation=cv2.INTER_AREA) > 127
        x, y = part.T
        sign = 1 if np.dot(x, np.roll(y, -1)) > np.dot(y, np.roll(x, -1)) else -1
        winding[low[1] : high[1], low[0] : high[0]] += one.astype(np.int16) * sign
    return np.asarray(winding != 0)


def _weighed(mask: Mask, usual: float, pen: float) -> Mask:
    """Return the ink of strokes that are `usual` mm wide as a pen of another width draws it; no stroke ever breaks."""
    by = abs(pen - usual) / 2 * MM
    if pen >= usual:
        return np.asarray(cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 5) <= by)
    from skimage.morphology import skeletonize

    inside = cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 5)
    core = cv2.distanceTransform((~skeletonize(mask)).astype(np.uint8), cv2.DIST_L2, 5)
    return np.asarray(mask & ((inside > by) | (core < 0.4 * pen * MM)))


def _ink(image: Image, truth: Truth, dpi: int, writer: Writer, rng: np.random.Generator) -> None:
    """Put a cell's ink on the page, with the uneven flow of a ballpoint."""
    step = DPI // dpi
    cover = truth.mask.astype(np.float32)
    cover = cv2.resize(cover, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA) if step > 1 else cover
    flow = cv2.resize(rng.uniform(0.72, 1, (9, 9)).astype(np.float32), cover.shape[::-1], interpolation=cv2.INTER_CUBIC)
    cover = (cover * np.clip(flow, 0, 1) * (1 - writer.pale))[:, :, None]
    left = round(truth.x / 25.4 * dpi)
    upper = image.shape[0] - round(truth.top / 25.4 * dpi)
    part = image[upper : upper + cover.shape[0], left : left + cover.shape[1]]
    cover = cover[: part.shape[0], : part.shape[1]]
    part[:] = np.rint(part * (1 - cover) + np.array(INKS[writer.ink], np.float32) * cover).astype(np.uint8)


# Filling


REACH = 2.0
"""The raster of a cell's truth goes so far beyond its box, mm: what a stroke may overshoot."""


def _page(form: Form, page: Page, writer: Writer, image: Image, dpi: int, rng: np.random.Generator) -> Filled:
    truths: dict[Key, Truth] = {}
    blank: list[Key] = []
    for cell in page.cells:
        key = cell.label, cell.slot
        contours = None if rng.uniform() < writer.skip else _written(cell, writer, rng)
        if contours is None:
            blank.append(key)
            continue
        truth = _truth(form, page, cell, contours, writer, dpi)
        if cell.baseline and rng.uniform() < writer.faults:
            truth = _spoilt(truth, rng)
        _ink(image, truth, dpi, writer, rng)
        truths[key] = truth
    return Filled(page, image, dpi, truths, tuple(blank))


def _written(cell: Cell, writer: Writer, rng: np.random.Generator) -> Contours | None:
    """Return a cell's ink in mm on the page, or None for what the font cannot write."""
    if cell.kind is CellKind.PASSAGE:
        return _passage(cell, writer, rng)
    label = writer.name if cell.kind is CellKind.SIGNATURE else cell.label
    shape = _shape(writer.font, label)
    if shape is None:
        return None
    scale = _size(writer.font, writer.x_height) * (1.5 if cell.kind is CellKind.SIGNATURE else 1)
    moved = _moved(shape[0], rng, writer.loose, scale)
    points = np.concatenate(moved)
    room = cell.box.width - 1.6
    shrink = min(1.0, room / np.ptp(points[:, 0]))
    middle = (points[:, 0].min() + points[:, 0].max()) / 2 * shrink
    spare = max(room - np.ptp(points[:, 0]) * shrink, 0)
    x = cell.box.x + cell.box.width / 2 - middle + np.clip(rng.normal(0, 0.5), -spare / 2, spare / 2)
    y = (cell.baseline or cell.box.y + 0.4 * cell.box.height) + np.clip(rng.normal(0, 0.2), -0.4, 0.4) * writer.loose
    return [part * shrink + [x, y] for part in moved]


def _passage(cell: Cell, writer: Writer, rng: np.random.Generator) -> Contours:
    """Return the sentences in lines that wander, with gaps and slopes as a person's vary."""
    scale = _size(writer.font, writer.x_height)
    contours: Contours = []
    y = cell.box.top - 3.4 * scale
    x, slope = cell.box.x + 2 + abs(rng.normal(0, 0.8)), rng.normal(0.012, 0.01)
    for word in " ".join(SENTENCES).split():
        shape = _shape(writer.font, word)
        assert shape is not None
        width = shape[1] * scale
        if x + width > cell.box.right - 4:
            y -= 3.5 * scale * (1 + rng.normal(0, 0.07))
            x, slope = cell.box.x + 2 + abs(rng.normal(0, 0.8)), rng.normal(0.012, 0.01)
        if y < cell.box.y + 2.5 * scale:
            break
        up = slope * (x - cell.box.x) + rng.normal(0, 0.1) * scale
        contours += [part + np.array([x, y + up]) for part in _moved(shape[0], rng, 0.6 * writer.loose, scale)]
        x += width + 1.4 * scale * np.exp(rng.normal(0, 0.3))
    return contours


def _truth(form: Form, page: Page, cell: Cell, contours: Contours, writer: Writer, dpi: int) -> Truth:
    """Return the mask of some ink, on a raster whose corner is a whole pixel of the page's picture."""
    grid = 25.4 / dpi
    left = np.floor((cell.box.x - REACH) / grid) * grid
    low = np.floor((cell.box.y - REACH) / grid) * grid
    step = DPI // dpi
    wide, high = (int(np.ceil((side + 2 * REACH) / grid)) * step + step for side in (cell.box.width, cell.box.height))
    mask = _raster([part - [left, low] for part in contours], (high, wide))
    if writer.pen is not None:
        mask = _weighed(mask, stroke(writer.font, _size(writer.font, writer.x_height)), writer.pen)
    # The picture's rows are counted from the top of a page whose height is a whole number of them.
    height = round(form.size[1] / grid)
    return Truth(
        page.number, cell, mask, float(left), float((height - (height - round(low / grid)) + high // step) * grid)
    )


def _spoilt(truth: Truth, rng: np.random.Generator) -> Truth:
    """Return a cell with something wrong: crossed out, only a speck, or written across its edge."""
    kind = str(rng.choice(["crossed", "speck", "outside"]))
    mask = truth.mask.copy()
    high, wide = mask.shape
    if kind == "crossed":
        drawn = mask.astype(np.uint8)
        for _ in range(4):
            ends = rng.uniform([0.15, 0.25, 0.6, 0.25], [0.4, 0.75, 0.85, 0.75]) * [wide, high, wide, high]
            a, b = ends.astype(int).reshape(2, 2).tolist()
            cv2.line(drawn, a, b, 1, 7)
        mask = drawn > 0
    elif kind == "speck":
        mask[:] = False
        cv2.circle(drawn := mask.astype(np.uint8), (wide // 2, high // 2), 4, 1, -1)
        mask = drawn > 0
    else:
        columns = np.flatnonzero(mask.any(axis=0))
        mask = np.roll(mask, int(wide - REACH * MM - 0.5 * (columns[0] + columns[-1])), axis=1)
    return replace(truth, mask=mask, fault=kind)


# What scanners and telephones do


def flatbed(image: Image, seed: int, *, quality: int = 82) -> Image:
    """Return a scan: turned by up to 1.5 degrees and shifted, a little soft, with noise, as a JPEG."""
    rng = np.random.default_rng([seed, 11])
    high, wide = image.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), rng.uniform(-1.5, 1.5), 1.0)
    turn[:, 2] += rng.uniform(-0.008, 0.008, 2) * wide
    moved = cv2.warpAffine(image, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=(238, 238, 236))
    toned = cv2.GaussianBlur(moved, (0, 0), 0.7).astype(np.float32) * 0.955 + 6
    return _jpeg(toned + _noise(rng, 3.5, image.shape), quality)


def photo(image: Image, seed: int, *, size: int = 3200, quality: int = 78) -> Image:
    """Return a telephone's picture of a page on a table: perspective, uneven light, a shadow, blur, noise, JPEG."""
    rng = np.random.default_rng([seed, 13])
    wide, high = size * 3 // 4, size
    corners = np.array([[0.09, 0.08], [0.91, 0.08], [0.91, 0.92], [0.09, 0.92]]) + rng.uniform(-0.045, 0.045, (4, 2))
    source = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) * [image.shape[1], image.shape[0]]
    matrix = cv2.getPerspectiveTransform(source.astype(np.float32), (corners * [wide, high]).astype(np.float32))
    table = _table(high, wide, rng)
    page = cv2.warpPerspective(image, matrix, (wide, high), flags=cv2.INTER_AREA)
    there = cv2.warpPerspective(np.full(image.shape[:2], 255, np.uint8), matrix, (wide, high))[:, :, None] / 255
    scene = page * there + table * (1 - there)
    colour = rng.uniform([0.96, 0.94, 0.84], [1.0, 0.98, 0.95]).astype(np.float32)
    lit = scene * _light(high, wide, rng)[:, :, None] * colour
    soft = cv2.GaussianBlur(lit, (0, 0), size / 3200)
    return _jpeg(soft + _noise(rng, 5, soft.shape), quality)


def _noise(rng: np.random.Generator, by: float, shape: tuple[int, ...]) -> NDArray[np.float32]:
    return rng.standard_normal(shape, np.float32) * np.float32(by)


def _table(high: int, wide: int, rng: np.random.Generator) -> NDArray[np.float32]:
    grain = cv2.resize(rng.normal(0, 1, (high // 6, 24)).astype(np.float32), (wide, high))
    return np.clip(np.array([122, 92, 66], np.float32) + 11 * grain[:, :, None], 20, 235).astype(np.float32)


def _light(high: int, wide: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return light that falls off to one side, and the soft-edged shadow of a hand or a telephone."""
    y, x = np.mgrid[0:1:64j, 0:1:48j]
    angle = rng.uniform(0, 2 * np.pi)
    slope = 0.82 + 0.22 * ((x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle))
    edge = (x - rng.uniform(0.3, 0.7)) * np.cos(angle + 1) + (y - rng.uniform(0.3, 0.7)) * np.sin(angle + 1)
    shadow = 1 - 0.34 / (1 + np.exp(-edge / 0.02))
    return cv2.resize((slope * shadow).astype(np.float32), (wide, high), interpolation=cv2.INTER_CUBIC)


def document_mode(image: Image) -> Image:
    """Return a page as a scanner's document mode gives it: grey, hard, the light guides turned to dark grey."""
    darkest = image.min(axis=2).astype(np.float32)
    grey = np.clip((darkest - 145) / (228 - 145), 0, 1) * 255
    return np.repeat(np.rint(grey).astype(np.uint8)[:, :, None], 3, axis=2)


def turned(image: Image, quarters: int) -> Image:
    """Return a page laid on the glass the wrong way round."""
    return np.ascontiguousarray(np.rot90(image, quarters))


def _jpeg(image: NDArray[np.floating], quality: int) -> Image:
    whole = cv2.convertScaleAbs(np.maximum(image, 0))
    _, packed = cv2.imencode(".jpg", whole[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.ascontiguousarray(cv2.imdecode(packed, cv2.IMREAD_COLOR)[:, :, ::-1])


def png(image: Image, dpi: int | None = None) -> bytes:
    """Return a picture as a PNG file, with its resolution when there is one."""
    from PIL import Image as Pictures

    stream = io.BytesIO()
    Pictures.fromarray(image).save(stream, "PNG", **({"dpi": (dpi, dpi)} if dpi else {}))
    return stream.getvalue()


# Scoring


def mask_of(contours: Sequence[NDArray[np.float64]], truth: Truth) -> Mask:
    """Return contours (mm on the page, y upwards, non-zero rule) on the raster of a truth."""
    low = truth.top - truth.mask.shape[0] / MM
    return _raster([np.asarray(part, float) - [truth.x, low] for part in contours], truth.mask.shape)


def overlap(truth: Truth, mask: Mask) -> float:
    """Return the ink in common over the ink of either (IoU)."""
    either = np.count_nonzero(truth.mask | mask)
    return np.count_nonzero(truth.mask & mask) / either if either else 1.0


@dataclass(frozen=True)
class Score:
    """How well a form was read: cells with ink, those found, and the overlap of those found."""

    cells: int
    found: int
    overlaps: tuple[float, ...]
    worst: tuple[tuple[Key, float], ...]

    @property
    def recovered(self) -> float:
        """The part of the cells that was found."""
        return self.found / self.cells

    @property
    def overlap(self) -> float:
        """The mean overlap of the found cells."""
        return float(np.mean(self.overlaps))


def score(pages: Iterable[Filled], found: dict[Key, Sequence[NDArray[np.float64]]], *, least: float = 0.5) -> Score:
    """Compare what was read (contours in mm on the page, by label and try) with the truth, of ruled cells alone.

    A cell counts as recovered when it was read with an overlap of at least `least`.
    """
    truths = {key: one for page in pages for key, one in page.truths.items() if one.cell.baseline and not one.fault}
    each = {key: overlap(one, mask_of(found[key], one)) for key, one in truths.items() if key in found}
    good = {key: value for key, value in each.items() if value >= least}
    worst = sorted(each.items(), key=lambda item: item[1])[:12]
    return Score(len(truths), len(good), tuple(good.values()), tuple(worst))

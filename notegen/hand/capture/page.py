"""Pages of the form found in pictures: where they lie, which they are, and what is wrong with the lot.

A page's ArUco markers say where its corners are and which page it is; its QR code says which form. From the markers
follows the homography from millimetres on the form to pixels of the picture, so a page may lie askew, upside down or
in perspective, and pages may come in any order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import cv2
import numpy as np

from notegen.errors import NotegenError
from notegen.hand.capture import fiducials, form
from notegen.hand.capture.form import Told
from notegen.hand.capture.ink import Picture
from notegen.hand.outline import Floats
from notegen.model.form import CellKind, Form, Page

LARGEST = 5000
"""Pixels of a picture's longer side that are used, about 430 dpi on A4; a larger one is averaged down."""
COARSEST = 5.5
"""Pixels to the millimetre, 140 dpi, below which the strokes of a pen cannot be followed."""
FEWEST = 3
"""Markers without which a page's place is not known well enough."""
BENT = 0.9
"""Farthest that a marker's corner may lie from where a flat page has it, mm."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A page of the form in a picture.

    `to_picture` (3, 3) takes homogeneous millimetres on the form (x right, y up from its lower left corner) to pixels.
    `per_mm` is the picture's scale at the page's middle. `told` is what the QR code says, or None when it could not be
    read. `notes` are remarks for the person, one sentence each.
    """

    source: str
    picture: Picture
    number: int
    paper: str
    told: Told | None
    to_picture: Floats
    per_mm: float
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """The pages of one form, in order, and the form; `missing` pages were in no picture."""

    form: Form
    sheets: tuple[Sheet, ...]
    missing: tuple[Page, ...]
    notes: tuple[str, ...] = field(default=())

    def page(self, sheet: Sheet) -> Page:
        """Return what is printed on a sheet."""
        return self.form.pages[sheet.number - 1]


def find(picture: Picture, source: str) -> Sheet:
    """Return the page of the form in a picture (RGB or grey); `source` names the file.

    Raises NotegenError when no page is found, when it is of another version, or when the picture is too coarse.
    """
    picture = _shrunk(picture)
    corners = _markers(picture)
    number = _page_number(corners, source)
    seen = {one: corners[one] for one in corners if one // fiducials.MARKERS_A_PAGE == number - 1}
    notes: list[str] = []
    if len(seen) < fiducials.MARKERS_A_PAGE:
        notes.append(f"{source}: one corner of page {number} was not seen; the other three had to do")
    fits = [(_fit(paper, number, seen), paper) for paper in form.PAPERS]
    (to_picture, error), paper = min(fits, key=lambda one: one[0][1])
    per_mm = _scale(to_picture, paper)
    if per_mm < COARSEST:
        raise NotegenError(
            f"page {number} in {source} has only {per_mm * 25.4:.0f} dots to the inch",
            hint="scan it at 300 dpi, or photograph it so that the page fills the picture",
        )
    if error > BENT:
        notes.append(f"{source}: the page is bent, and letters may be up to {error:.1f} mm off; press it flat")
    told = _told(picture, to_picture, paper, number, source)
    return Sheet(source, picture, number, paper, told, to_picture, per_mm, tuple(notes))


def stack(sheets: Sequence[Sheet]) -> Stack:
    """Put the pages of a form in order.

    Raises NotegenError when there are none, when a page comes twice, or when the pages are of different forms.
    """
    if not sheets:
        raise NotegenError("there is no page of the form here", hint="give the scans or photos of its pages")
    told = _agreed(sheets)
    whole = form.build(told.paper, told.letters)
    notes = [note for sheet in sheets for note in sheet.notes]
    notes += [
        f"{sheet.source}: the QR code could not be read; its markers say that it is page {sheet.number}"
        for sheet in sheets
        if sheet.told is None
    ]
    by_number: dict[int, Sheet] = {}
    for sheet in sheets:
        if sheet.number > len(whole.pages):
            raise NotegenError(f"{sheet.source} is page {sheet.number}, and the form has {len(whole.pages)}")
        if sheet.number in by_number:
            raise NotegenError(
                f"{by_number[sheet.number].source} and {sheet.source} are both page {sheet.number}",
                hint="leave out the one that is worse",
            )
        by_number[sheet.number] = sheet
    missing = tuple(page for page in whole.pages if page.number not in by_number)
    return Stack(whole, tuple(by_number[number] for number in sorted(by_number)), missing, tuple(notes))


def carries(page: Page) -> str:
    """Return in words what is written on a page: "a to z, 0 to 9"."""
    labels: dict[CellKind, list[str]] = {}
    for cell in page.cells:
        known = labels.setdefault(cell.kind, [])
        if cell.label not in known:
            known.append(cell.label)
    parts = []
    for kind, names in labels.items():
        if kind in {CellKind.PASSAGE, CellKind.SIGNATURE}:
            parts.append("the words to copy" if kind is CellKind.PASSAGE else "the signature")
        elif kind is CellKind.PAIR:
            parts.append("the pairs")
        else:
            parts += _spans(names)
    return ", ".join(parts)


def _spans(names: Sequence[str]) -> list[str]:
    """Return runs of neighbours as "a to z", and marks one after another."""
    runs: list[list[str]] = []
    for name in names:
        if runs and name.isalnum() and ord(name[0]) == ord(runs[-1][-1][0]) + 1:
            runs[-1].append(name)
        else:
            runs.append([name])
    long = [f"{run[0]} to {run[-1]}" if len(run) > 2 else " ".join(run) for run in runs]
    spoken = [one for one in long if " to " in one]
    rest = " ".join(one for one in long if " to " not in one)
    return [*spoken, rest] if rest else spoken


def _shrunk(picture: Picture) -> Picture:
    longer = max(picture.shape[:2])
    if longer <= LARGEST:
        return picture
    # A strip a thousand times as long as it is high keeps a row of pixels.
    height, width = (max(1, round(side * LARGEST / longer)) for side in picture.shape[:2])
    return np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _markers(picture: Picture) -> dict[int, Floats]:
    """Return the corners (4, 2), pixels, of each marker by its number; the middle of a pixel is a whole number."""
    grey = picture if picture.ndim == 2 else cv2.cvtColor(np.ascontiguousarray(picture[:, :, :3]), cv2.COLOR_RGB2GRAY)
    parameters = cv2.aruco.DetectorParameters()
    parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    parameters.cornerRefinementWinSize = max(3, min(10, max(grey.shape) // 500))
    parameters.adaptiveThreshWinSizeMax = 43
    parameters.adaptiveThreshWinSizeStep = 20
    parameters.minMarkerPerimeterRate = 0.05
    dictionary = cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, fiducials.DICTIONARY))
    found, numbers, _ = cv2.aruco.ArucoDetector(dictionary, parameters).detectMarkers(grey)
    if not found:
        return {}
    return {
        int(number): np.asarray(corner, np.float64).reshape(4, 2)
        for number, corner in zip(np.ravel(numbers), found, strict=True)
    }


def _page_number(corners: dict[int, Floats], source: str) -> int:
    """Return the page of which enough markers were found."""
    pages = [number // fiducials.MARKERS_A_PAGE + 1 for number in corners]
    best = max(sorted(set(pages)), key=pages.count, default=0)
    if pages.count(best) >= FEWEST and best:
        return best
    found = f"{pages.count(best)} of the 4 corner markers of page {best} are" if best else "no corner markers are"
    raise NotegenError(
        f"{source} shows no whole page of the form: {found} to be seen",
        hint="take the picture again with all four black squares in it, flat, sharp and without glare",
    )


@cache
def _first_page(paper: str) -> Page:
    """Return a page with its markers and code: they are in the same places on all pages of a paper."""
    return form.build(paper).pages[0]


def _fit(paper: str, number: int, seen: dict[int, Floats]) -> tuple[Floats, float]:
    """Return the homography from mm to pixels for a paper, and how far (mm) a corner lies from it at most."""
    markers = {one.id: one for one in _first_page(paper).markers}
    first = fiducials.MARKERS_A_PAGE * (number - 1)
    at = np.array([corner for one in sorted(seen) for corner in markers[one - first].corners])
    pixels = np.concatenate([seen[one] for one in sorted(seen)])
    found, _ = cv2.findHomography(at, pixels)
    to_picture = np.asarray(found, np.float64)
    if to_picture.shape != (3, 3):
        return np.eye(3), np.inf
    back = through(np.asarray(np.linalg.inv(to_picture)), pixels)
    return to_picture, float(np.sqrt(((back - at) ** 2).sum(axis=1)).max())


def through(homography: Floats, points: Floats) -> Floats:
    """Return points (n, 2) taken through a homography (3, 3)."""
    flat = np.column_stack((points, np.ones(len(points)))) @ homography.T
    return np.asarray(flat[:, :2] / flat[:, 2:], np.float64)


def _scale(to_picture: Floats, paper: str) -> float:
    """Return the pixels to the millimetre around the middle of the page."""
    width, height = form.PAPERS[paper]
    middle = np.array([width / 2, height / 2])
    square = through(to_picture, middle + np.array([(0, 0), (10, 0), (0, 10)]))
    across, up = square[1] - square[0], square[2] - square[0]
    return float(np.sqrt(abs(across[0] * up[1] - across[1] * up[0])) / 10)


def _told(picture: Picture, to_picture: Floats, paper: str, number: int, source: str) -> Told | None:
    """Return what the page's QR code says, looked for where it belongs and then everywhere.

    Raises NotegenError when the code belongs to another version of the form.
    """
    box = _first_page(paper).code.box
    fine, quiet = 12.0, 3.0
    size = round((box.width + 2 * quiet) * fine)
    to_mm = np.array([[1 / fine, 0, box.x - quiet], [0, -1 / fine, box.top + quiet], [0, 0, 1]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    square = cv2.warpPerspective(np.ascontiguousarray(picture), to_picture @ to_mm, (size, size), flags=flags)
    for image in (square, cv2.GaussianBlur(square, (0, 0), 2), picture):
        text, *_ = cv2.QRCodeDetector().detectAndDecode(np.ascontiguousarray(image))
        told = form.read(text) if text else None
        if told is not None:
            return _known(told, source) if told.page == number else None
    return None


def _known(told: Told, source: str) -> Told:
    try:
        form.form_of(told)
    except NotegenError as error:
        raise NotegenError(f"{source}: {error.message}", hint=error.hint) from None
    return told


def _agreed(sheets: Sequence[Sheet]) -> Told:
    """Return what the QR codes say of the form; raises NotegenError when they speak of different ones."""
    told = [(sheet.source, sheet.told) for sheet in sheets if sheet.told is not None]
    if not told:
        return Told(form.VERSION, sheets[0].paper, 1, 0, "")
    first_source, first = told[0]
    for source, other in told[1:]:
        if (other.paper, other.letters) != (first.paper, first.letters):
            raise NotegenError(
                f"{first_source} and {source} are pages of two different forms",
                hint="give the pages of one form at a time",
            )
    return first

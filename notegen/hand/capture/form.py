"""The form's geometry: sections flow over pages, each page with its markers, its code, its cells and its guides.

It is the seam between printing and reading: `build` gives the same places to the press and, from what a page's QR code
says, to the reader. A place that moves asks for a new VERSION, so that old prints are refused and never misread.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from notegen.errors import NotegenError, UnknownName
from notegen.hand.capture import fiducials
from notegen.hand.capture.sections import Section, sections
from notegen.model.form import Caption, Cell, Form, Page, Tone
from notegen.model.stock import Box

VERSION = 1

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Papers by name: width and height in mm (ISO 216; ANSI Y14.1)."""

WIDTH = 186.0
"""Width of what is written, mm: the same on both papers."""

_EDGE = 10.0
"""From the paper's edge to the markers, mm: printers leave 4 to 6.4 blank."""
_HEAD, _FOOT = 36.0, 24.5
"""From the paper's upper and lower edge to where cells may be, mm."""
_CODE_SIDE = 21.0
_ROW = {"a4": 16.6, "letter": 15.5}
"""Height of a row of cells, mm; Letter is 18 mm shorter than A4."""
_GAP = 0.6
"""White between two rows, mm."""
_BASELINE = 4.7
"""From the lower edge of a cell to its baseline, mm."""
_X_HEIGHT = 3.2
"""From the baseline to the upper tick, mm: the median of 98 adults is 3.0."""
_HEADING = 7.0
"""Height that a section's heading takes, mm."""
_BETWEEN = 2.2
"""White between two sections, mm."""
_THIN = 0.2
_LONG, _SHORT, _CORNER = 1.2, 0.7, 1.6
"""Thickness of a guide, how far baseline and x-height ticks reach into a cell, and the length of a corner tick, mm."""

MOST_LETTERS = 60
"""Extra letters that one form takes: its QR code names each of them."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a page's QR code says."""

    version: int
    paper: str
    page: int
    pages: int
    letters: str


@dataclass(slots=True)
class _Draft:
    """A page being filled from the top; `y` is how far down it is written."""

    number: int
    y: float
    cells: list[Cell] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    guides: list[Box] = field(default_factory=list)


def build(paper: str = "a4", letters: str = "") -> Form:
    """Return the form for a paper, with cells for extra letters beside the usual ones.

    Raises UnknownName for a paper that is not known, NotegenError for too many letters or when segno is missing.
    """
    if paper not in PAPERS:
        raise UnknownName("paper", paper, PAPERS)
    letters = extra(letters)
    size = PAPERS[paper]
    drafts = [_Draft(1, size[1] - _HEAD)]
    for section in sections(letters):
        _place(section, drafts, paper)
    if len(drafts) > fiducials.MOST_PAGES:
        raise NotegenError(f"the form would have {len(drafts)} pages", hint="ask for fewer extra letters")
    pages = tuple(_page(draft, paper, letters, len(drafts)) for draft in drafts)
    return Form(VERSION, paper, size, letters, pages)


def extra(letters: str) -> str:
    """Return the letters that the form does not have already, each once, in order, blanks left out.

    Raises NotegenError when they are too many.
    """
    known = {label for section in sections("") for label in section.labels}
    whole = unicodedata.normalize("NFC", letters)
    found = "".join(dict.fromkeys(one for one in whole if one.isprintable() and not one.isspace() and one not in known))
    if len(found) > MOST_LETTERS:
        raise NotegenError(
            f"these are {len(found)} extra letters, and a form takes {MOST_LETTERS}",
            hint="make two forms, or leave out what no name needs",
        )
    return found


def say(told: Told) -> str:
    """Return the text of a page's QR code, of letters, digits and signs that QR packs tightly."""
    points = ".".join(f"{ord(one):X}" for one in told.letters) or "-"
    return f"NOTEGEN-FORM {told.version} {told.paper.upper()} {told.page}/{told.pages} {points}"


_SAID = re.compile(r"NOTEGEN-FORM (\d{1,3}) ([A-Z0-9]+) (\d{1,2})/(\d{1,2}) (-|[0-9A-F]{1,6}(?:\.[0-9A-F]{1,6})*)")


def read(text: str) -> Told | None:
    """Return what a QR code says, or None when it is not of a form."""
    match = _SAID.fullmatch(text.strip())
    if match is None:
        return None
    version, paper, page, pages, points = match.groups()
    try:
        letters = "" if points == "-" else "".join(chr(int(one, 16)) for one in points.split("."))
    except ValueError:
        return None
    return Told(int(version), paper.lower(), int(page), int(pages), letters)


def form_of(told: Told) -> Form:
    """Return the form that a page belongs to.

    Raises NotegenError when another version of notegen printed it, or a paper or page that the form does not have.
    """
    if told.version != VERSION:
        raise NotegenError(
            f"this form has version {told.version}, and this notegen reads version {VERSION}",
            hint="print a new one with `notegen hand sheet`",
        )
    form = build(told.paper, told.letters)
    if len(form.pages) != told.pages or not 1 <= told.page <= told.pages:
        raise NotegenError(f"this code names page {told.page} of {told.pages}, which no form has")
    return form


def _place(section: Section, drafts: list[_Draft], paper: str) -> None:
    """Set a section below the last one, on a new page when it does not fit; one longer than a page is parted."""
    row = section.height or _ROW[paper]
    rows = [section.labels[i : i + section.across] for i in range(0, len(section.labels), section.across)]
    top = PAPERS[paper][1] - _HEAD
    full = top - _FOOT
    head = _HEADING + 4.3 * len(section.text)
    if head + len(rows) * row > drafts[-1].y - _FOOT + 1e-6 and drafts[-1].y < top:
        drafts.append(_Draft(len(drafts) + 1, top))
    while rows:
        draft = drafts[-1]
        fits = int((draft.y - _FOOT - head + 1e-6) / row)
        _heading(section, draft, paper)
        for labels in rows[:fits]:
            draft.y -= row
            _row(section, labels, Box(_left(paper), draft.y + _GAP / 2, WIDTH, row - _GAP), draft)
        rows = rows[fits:]
        draft.y -= _BETWEEN
        if rows:
            drafts.append(_Draft(len(drafts) + 1, top))
    assert head + row <= full


def _left(paper: str) -> float:
    return (PAPERS[paper][0] - WIDTH) / 2


def _heading(section: Section, draft: _Draft, paper: str) -> None:
    x, y = _left(paper), draft.y - 4.4
    draft.captions.append(Caption(x, y, section.title, 9.5, Tone.HEADING))
    draft.captions.append(Caption(x + 3 + 2 * len(section.title), y, section.hint, 7.5, Tone.NOTE))
    for number, line in enumerate(section.text):
        draft.captions.append(Caption(x, y - 5.2 - 4.3 * number, line, 9, Tone.TEXT))
    draft.y -= _HEADING + 4.3 * len(section.text)


def _row(section: Section, labels: Sequence[str], row: Box, draft: _Draft) -> None:
    """Set one row: each label and, to its right, its cells side by side."""
    pitch = WIDTH / section.across
    wide = (pitch - section.label_width - section.gap) / section.slots
    for place, label in enumerate(labels):
        x = row.x + place * pitch
        if section.label_width:
            y = row.y + _BASELINE
            draft.captions.append(Caption(x + section.label_width / 2 - 0.4, y, label, 11, Tone.LABEL, centred=True))
        x += section.label_width
        if section.ruled:
            draft.guides.extend(_ticks(Box(x, row.y, wide * section.slots, row.height), section.slots))
        for slot in range(section.slots):
            apart = 0.0 if section.ruled else 2.0
            box = Box(x + slot * wide, row.y, wide - apart, row.height)
            if section.ruled:
                draft.cells.append(Cell(label, slot, section.kind, box, *_lines(row)))
            else:
                draft.cells.append(Cell(section.name or label, slot, section.kind, box, 0.0, 0.0))
                draft.guides.extend(_frame(box))


def _lines(row: Box) -> tuple[float, float]:
    return row.y + _BASELINE, row.y + _BASELINE + _X_HEIGHT


def _ticks(group: Box, slots: int) -> Iterator[Box]:
    """Return the guides of cells side by side: at each side of each cell, ticks for its corners and its two lines."""
    baseline, x_height = _lines(group)
    wide = group.width / slots
    for edge in range(slots + 1):
        x = group.x + edge * wide
        yield Box(x - _THIN / 2, group.y, _THIN, _CORNER)
        yield Box(x - _THIN / 2, group.top - _CORNER, _THIN, _CORNER)
        for y, reach in ((baseline, _LONG), (x_height, _SHORT), (group.y, _SHORT), (group.top, _SHORT)):
            left = x - (reach if edge > 0 else 0)
            right = x + (reach if edge < slots else 0)
            yield Box(left, y - _THIN / 2, right - left, _THIN)


def _frame(box: Box) -> Iterator[Box]:
    """Return a thin frame just around a box."""
    yield Box(box.x - _THIN, box.y - _THIN, box.width + 2 * _THIN, _THIN)
    yield Box(box.x - _THIN, box.top, box.width + 2 * _THIN, _THIN)
    yield Box(box.x - _THIN, box.y, _THIN, box.height)
    yield Box(box.right, box.y, _THIN, box.height)


def _page(draft: _Draft, paper: str, letters: str, pages: int) -> Page:
    width, height = PAPERS[paper]
    side = fiducials.SIDE
    left, right, low, high = _EDGE, width - _EDGE - side, _EDGE, height - _EDGE - side
    first = fiducials.MARKERS_A_PAGE * (draft.number - 1)
    corners = ((left, high), (right, high), (right, low), (left, low))
    text = say(Told(VERSION, paper, draft.number, pages, letters))
    square = Box(right - 6 - _CODE_SIDE, height - _EDGE - _CODE_SIDE, _CODE_SIDE, _CODE_SIDE)
    head = tuple(_head(draft.number, paper, pages))
    return replace(
        Page(draft.number, (), fiducials.code(text, square), tuple(draft.cells), (), tuple(draft.guides)),
        markers=tuple(fiducials.marker(first + place, corner) for place, corner in enumerate(corners)),
        captions=(*head, *draft.captions),
    )


_TELL = (
    "Use the pen you like. Write at your usual size and pace, on the line that the longer ticks mark.",
    "Each letter has four places: write it four times as it comes. Leave blank what you do not need.",
    "Then scan every page at 300 dpi or more, or photograph each from above in even light.",
    "For your own hand, or with the consent of the person whose hand it is.",
)
_TELL_AGAIN = (
    "The same pen, size and pace as on the first page. Leave blank what you do not need.",
    "For your own hand, or with the consent of the person whose hand it is.",
)


def _head(number: int, paper: str, pages: int) -> Iterator[Caption]:
    width, height = PAPERS[paper]
    x, y = _EDGE + fiducials.SIDE + 5, height - _EDGE - 4.2
    yield Caption(x, y, "Your own hand" if number == 1 else "Your own hand, continued", 13, Tone.TITLE)
    for line, text in enumerate(_TELL if number == 1 else _TELL_AGAIN):
        yield Caption(x, y - 5.6 - 3.7 * line, text, 7.5, Tone.TEXT)
    where = f"page {number} of {pages}  ·  notegen form {VERSION}  ·  {'A4' if paper == 'a4' else 'US Letter'}"
    yield Caption(width / 2, _EDGE + 2, f"{where}  ·  print at 100 %", 7, Tone.NOTE, centred=True)

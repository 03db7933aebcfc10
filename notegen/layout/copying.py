"""Copy sheets: the words of a note, large and plain, for a person who writes it on a card with a pen.

One page for each customer. What is easily misspelt is underlined and spelt out below, and the envelope is shown as it
is to be written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from notegen import plain
from notegen.errors import NotegenError
from notegen.layout.lines import PAPERS, cut, wrapped
from notegen.model.copy_sheet import CopySheet
from notegen.model.note import Role
from notegen.model.page import Align, Item, Line, Outline, Page, Paint, Words, moved, placed

MARGIN = 18.0
"""White on all sides, mm."""

EMS = (6.3, 5.8, 5.3, 4.9, 4.6, 4.2, 3.9, 3.5, 3.2)
"""Sizes of the note in mm, the usual first (18 pt); the last (9 pt) is the least that is read from beside a card."""

LEADING = 1.62
"""From line to line, in ems."""

HEAD, TEXT, SMALL = 5.0, 3.8, 2.8
"""Ems in mm of the customer's name, of what is said about the note, and of captions."""

SPELT = 12
"""Names that are spelt out; there is seldom a card with more."""

GREY = Paint((0.0, 0.0, 0.0, 0.45))
_ENDING = (Role.CLOSING, Role.SIGNATURE)
"""Parts that stand right below each other."""

_TOP, _SPELT_LINE, _TASK_LINE, _ENVELOPE = 19.0, 6.2, 4.8, (92.0, 52.0)
"""Height of the head, of a name that is spelt out, of a line of things to do, and the size of the drawn envelope, mm;
it may be higher."""


def pages(sheets: Sequence[CopySheet], paper: str = "letter") -> tuple[Page, ...]:
    """Return the copy sheets as pages; `paper` is a4 or letter.

    A note too long for one page goes on on the next. Raises NotegenError when there is nothing to copy.
    """
    if not sheets:
        raise NotegenError("there is no note to copy")
    size = PAPERS[paper]
    found: list[Page] = []
    for number, sheet in enumerate(sheets, start=1):
        found += _pages(sheet, size, f"{number} of {len(sheets)}")
    return tuple(found)


def as_data(sheet: CopySheet) -> dict[str, object]:
    """Return a sheet for scripts."""
    return {
        "key": sheet.key,
        "name": sheet.name,
        "text": [text for _, text in sheet.parts],
        "address": list(sheet.address),
        "names": list(sheet.names),
        "words": sheet.words,
        "lines": sheet.lines,
        "stock": sheet.stock,
        "hand": sheet.hand,
        "by_hand": list(sheet.by_hand),
    }


def spelt(name: str) -> str:
    """Return a name letter by letter, and what its unusual letters are called: "P e ñ a  (ñ: n with tilde)"."""
    whole = unicodedata.normalize("NFC", name)
    told = [f"{one}: {_called(one)}" for one in dict.fromkeys(whole) if not one.isascii() and _called(one)]
    return f"{' '.join(whole)}  ({', '.join(told)})" if told else " ".join(whole)


def _called(letter: str) -> str:
    """Return what a Latin letter is called; nothing for other scripts, whose names few who write them know."""
    found = re.match(r"latin (?:small |capital )?(?:letter )?(.+)", unicodedata.name(letter, "").lower())
    return found.group(1) if found else ""


def _pages(sheet: CopySheet, size: tuple[float, float], place: str) -> Iterator[Page]:
    width = size[0] - 2 * MARGIN
    room = size[1] - 2 * MARGIN - _TOP
    foot = list(_foot(sheet, width, room - 4.0))
    depth = -min(_low(item) for item in foot) + 4.0
    em, lines = _fitted(sheet, width, room - depth)
    y = size[1] - MARGIN - _TOP
    items = _head(sheet, size, place)
    for text, white in lines:
        y -= em * (LEADING + white)
        if y < MARGIN:
            yield Page(size, tuple(items), label=f"{sheet.name}, {place}")
            items = _head(sheet, size, f"{place}, continued")
            y = size[1] - MARGIN - _TOP - em * LEADING
        items += _line(text, y, em, sheet.names)
    if y - depth < MARGIN - 0.01:
        yield Page(size, tuple(items), label=f"{sheet.name}, {place}")
        items, y = _head(sheet, size, f"{place}, continued"), size[1] - MARGIN - _TOP
    # What belongs to the envelope stands at the foot of the page, whatever the length of the note.
    shift = MARGIN + depth - 4.0
    items += [_raised(item, shift) for item in foot]
    yield Page(size, tuple(items), label=f"{sheet.name}, {place}")


def _fitted(sheet: CopySheet, width: float, room: float) -> tuple[float, list[tuple[str, float]]]:
    """Return the largest em at which the note has room, and its lines, each with the white before it in ems."""
    for em in EMS:
        lines: list[tuple[str, float]] = []
        before: Role | None = None
        for role, part in sheet.parts:
            white = 0.0 if before is None or (before in _ENDING and role in _ENDING) else 0.75
            broken = wrapped(part, width, em)
            lines += [(line, white if number == 0 else 0.0) for number, line in enumerate(broken)]
            before = role
        if sum(em * (LEADING + white) for _, white in lines) <= room:
            break
    return em, lines


def _head(sheet: CopySheet, size: tuple[float, float], place: str) -> list[Item]:
    right, y = size[0] - MARGIN, size[1] - MARGIN
    length = f"{sheet.words:,} words; {sheet.lines} lines on {sheet.stock} in the hand {sheet.hand}"
    name = cut(sheet.name, right - MARGIN - 40.0, HEAD, strong=True)
    return [
        Words(MARGIN, y - HEAD, name, HEAD, strong=True),
        Words(right, y - HEAD, place, TEXT, align=Align.RIGHT),
        Words(MARGIN, y - HEAD - 6.0, length, SMALL),
        Line(MARGIN, y - HEAD - 8.5, right, y - HEAD - 8.5, 0.25),
    ]


def _line(text: str, y: float, em: float, names: Sequence[str]) -> Iterator[Item]:
    """Yield a line of the note, and a stroke under each name in it."""
    yield Words(MARGIN, y, text, em)
    for name in names:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            x0, x1 = (MARGIN + plain.width(text[:end], em) for end in match.span())
            yield Line(x0, y - 0.24 * em, x1, y - 0.24 * em, 0.2)


def _foot(sheet: CopySheet, width: float, height: float) -> Iterator[Item]:
    """Yield what stands below the note, from y = 0 downwards: what is spelt out, and beside it the envelope.

    Things to do for which a page of this height has no room are counted.
    """
    wide, _ = _ENVELOPE
    yield Line(MARGIN, 0.0, MARGIN + width, 0.0, 0.15, GREY)
    left = width - wide - 6.0
    y = -5.0
    if sheet.names:
        yield Words(MARGIN, y, "spelt", SMALL)
        for name in sheet.names[:SPELT]:
            for number, line in enumerate(wrapped(spelt(name), left, TEXT, most=2)):
                y -= _SPELT_LINE if number == 0 else 4.6
                yield Words(MARGIN, y, line, TEXT)
        y -= 7.0
    if sheet.by_hand:
        yield Words(MARGIN, y, "and by hand", SMALL)
        for number, task in enumerate(sheet.by_hand):
            lines = wrapped(task, left, TEXT, most=3)
            if y - _TASK_LINE * (len(lines) + 1) < -height:
                rest = f"and {len(sheet.by_hand) - number} more, in the data of this sheet"
                yield Words(MARGIN, y - _TASK_LINE, rest, TEXT)
                break
            for line in lines:
                y -= _TASK_LINE
                yield Words(MARGIN, y, line, TEXT)
    yield from _envelope(sheet, MARGIN + width - wide, -4.0)


def _envelope(sheet: CopySheet, x: float, top: float) -> Iterator[Item]:
    """Yield an envelope with its address whole: smaller where lines are many or long, and higher at the last."""
    wide, high = _ENVELOPE
    for em in (4.2, 3.7, 3.2):
        lines = [line for part in sheet.address for line in wrapped(part, wide - 18.0, em)]
        tall = 1.5 * em * len(lines) + 14.0
        if tall <= high and len(lines) <= len(sheet.address) + 1:
            break
    high = max(high, tall)
    corners = ((x, top - high), (x + wide, top - high), (x + wide, top), (x, top))
    yield Outline("mlllh", corners, GREY, width=0.25)
    yield Words(x + 3.0, top - 4.5, "on the envelope", SMALL)
    first = top - high / 2 + 1.5 * em * (len(lines) - 1) / 2 - 3.0
    for number, line in enumerate(lines):
        yield Words(x + 14.0, first - number * 1.5 * em, line, em)
    if len(sheet.address) < 2:
        yield Words(x + 14.0, first - 1.5 * em * len(lines), "(the facts have no address)", SMALL)


def _low(item: Item) -> float:
    if isinstance(item, Words):
        return item.y - 0.25 * item.size
    if isinstance(item, Outline):
        return min(y for _, y in item.points)
    return item.y0 if isinstance(item, Line) else 0.0


def _raised(item: Item, by: float) -> Item:
    return placed(item, moved(0.0, by))

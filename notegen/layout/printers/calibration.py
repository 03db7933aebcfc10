"""A page to measure with a ruler and to hold against the light: what a printer does to both sides of a sheet.

Four lines stand 20 mm inside the edges of the paper; their distances from the edges and from each other are the six
readings. Scales along them, in mm on one side and inches on the other, show how far it is to where, and a cross on
each side's middle shows how far apart front and back are.
"""

from __future__ import annotations

from collections.abc import Iterator

from notegen.errors import NotegenError
from notegen.layout.impose.papers import Paper
from notegen.layout.lines import cut
from notegen.layout.measured import mm
from notegen.layout.printers.readings import INSET, READINGS
from notegen.model.page import Align, Item, Line, Page, Words
from notegen.model.purpose import Duplex
from notegen.model.stock import Side

FINE = 0.1
"""Millimetres: lines that are measured."""
BOLD = 0.25
TYPE = 3.2
SMALL = 2.6
LEFT = 36.0
"""Millimetres from the paper's left edge at which text begins."""
HALF = 8.0
"""Millimetres that the scale in the middle reaches each way."""
CORNER = 8.0
"""Millimetres from the end of a scale in which its numbers would meet the next scale's."""
LEAST = (200.0, 265.0)
"""Millimetres of paper that the text needs."""


def calibration_pages(paper: Paper, duplex: Duplex = Duplex.LONG, again: str | None = None) -> tuple[Page, Page]:
    """Return front and back of the calibration page.

    `again` names the printer for which they will be put right: what is read off such a page is no correction. Raises
    NotegenError for paper that has no room for the text.
    """
    if paper.size[0] < LEAST[0] or paper.size[1] < LEAST[1]:
        raise NotegenError(
            f"{paper.title}, {mm(*paper.size)}, is too small for the calibration page",
            hint="measure the printer on letter or a4: what it needs is the same on all papers",
        )
    sides = {Side.FRONT: _front(paper, duplex, again), Side.BACK: _back(paper)}
    return tuple(  # type: ignore[return-value]
        Page(paper.size, (*_frame(paper.size), *_scales(paper.size), *_middle(paper.size, side), *said), label=side)
        for side, said in sides.items()
    )


def _frame(size: tuple[float, float]) -> Iterator[Item]:
    """Yield the four lines, longer than the box that they make, and their letters."""
    width, height = size
    reach = INSET - 7.0
    for x in (INSET, width - INSET):
        yield Line(x, reach, x, height - reach, FINE)
    for y in (INSET, height - INSET):
        yield Line(reach, y, width - reach, y, FINE)
    middle, level = height / 2, width / 2
    yield from _letter("A", INSET - 4, middle)
    yield from _letter("B", level, INSET - 6)
    yield from _letter("C", width - INSET + 4, middle)
    yield from _letter("D", level, height - INSET + 3)


def _letter(text: str, x: float, y: float) -> Iterator[Item]:
    yield Words(x, y - 1.2, text, 4.6, strong=True, align=Align.CENTRE)


def _scales(size: tuple[float, float]) -> Iterator[Item]:
    """Yield scales inside the four lines: millimetres below and on the left, inches above and on the right."""
    width, height = size
    for at in range(int(width - 2 * INSET) + 1):
        yield Line(INSET + at, INSET, INSET + at, INSET + _tick(at, 10), FINE)
    for at in range(10, int(width - 2 * INSET - CORNER), 10):
        yield Words(INSET + at, INSET + 4.9, str(at), SMALL, align=Align.CENTRE)
    for at in range(int(height - 2 * INSET) + 1):
        yield Line(INSET, INSET + at, INSET + _tick(at, 10), INSET + at, FINE)
    for at in range(10, int(height - 2 * INSET - CORNER), 10):
        yield Words(INSET + 4.9, INSET + at - 0.9, str(at), SMALL)
    yield from _inches(size)


def _inches(size: tuple[float, float]) -> Iterator[Item]:
    width, height = size
    step = 25.4 / 16
    top, right = height - INSET, width - INSET
    for at in range(int((width - 2 * INSET) / step) + 1):
        yield Line(INSET + at * step, top, INSET + at * step, top - _tick(at, 16), FINE)
        if at and at % 16 == 0 and width - 2 * INSET - at * step > CORNER:
            yield Words(INSET + at * step, top - 6.8, f"{at // 16} in", SMALL, align=Align.CENTRE)
    for at in range(int((height - 2 * INSET) / step) + 1):
        yield Line(right, INSET + at * step, right - _tick(at, 16), INSET + at * step, FINE)
        if at and at % 16 == 0 and height - 2 * INSET - at * step > CORNER:
            yield Words(right - 4.9, INSET + at * step - 0.9, f"{at // 16} in", SMALL, align=Align.RIGHT)


def _tick(at: int, whole: int) -> float:
    """Return the length of a scale's tick in mm: the longest at a whole unit, longer at its half."""
    return 4.0 if at % whole == 0 else 3.0 if at % (whole // 2) == 0 else 1.8


def _middle(size: tuple[float, float], side: Side) -> Iterator[Item]:
    """Yield the cross in the middle: a scale of half millimetres on the front, bare long arms on the back."""
    x, y = size[0] / 2, size[1] / 2
    arm = HALF if side is Side.FRONT else 2.2 * HALF
    yield Line(x - arm, y, x + arm, y, FINE)
    yield Line(x, y - arm, x, y + arm, FINE)
    if side is Side.BACK:
        return
    for step in range(-int(2 * HALF), int(2 * HALF) + 1):
        at, half = step / 2, 1.6 if step % 10 == 0 else 1.0 if step % 2 == 0 else 0.5
        yield Line(x + at, y - half, x + at, y + half, FINE)
        yield Line(x - half, y + at, x + half, y + at, FINE)
    for sign in (-1, 1):
        yield Words(x + sign * (HALF + 3.5), y - 0.9, f"{sign * HALF:+g}", SMALL, align=Align.CENTRE)
        yield Words(x, y + sign * (HALF + 2.2) - 0.9, f"{sign * HALF:+g}", SMALL, align=Align.CENTRE)


def _front(paper: Paper, duplex: Duplex, again: str | None) -> Iterator[Item]:
    width, height = paper.size
    edge = "long" if duplex is Duplex.LONG else "short"
    yield Words(LEFT, height - 41, f"Printer calibration: front, {paper.title}", 4.2, strong=True)
    yield from _lines(
        height - 50,
        f"1  Print both sides at 100 %, not fitted to the page, flipped on the {edge} edge.",
        "2  Lay a ruler on this side and read, as exactly as you can, in millimetres:",
    )
    ought = {"left": INSET, "bottom": INSET, "across": width - 2 * INSET, "up": height - 2 * INSET}
    where = {
        "left": "from the left edge of the paper to line A",
        "bottom": "from the lower edge of the paper to line B",
        "across": "from line A to line C",
        "up": "from line B to line D",
    }
    yield from _table(height - 64, where, ought)
    yield from _lines(height - 94, "3  Turn the sheet over and read two more, as it says there.")
    yield Words(
        width / 2, height / 2 + 19, "4  Held against the light, the back's cross ought to stand on this zero.", TYPE,
        align=Align.CENTRE,
    )  # fmt: skip
    yield Words(width / 2, height / 2 - 18, "ticks are half millimetres", SMALL, align=Align.CENTRE)
    yield from _lines(height / 2 - 34, *(_told(paper, ought) if again is None else _told_again(paper, again)))


def _told(paper: Paper, ought: dict[str, float]) -> tuple[str, ...]:
    return (
        "5  Type what you read, with a name for this printer:",
        f"    notegen printer set NAME --paper {paper.name} --read left=19.6 --read bottom=20.3",
        f"        --read across={ought['across'] + 0.4:g} --read up={ought['up'] - 0.2:g} --read back-left=20.5 ...",
        "6  Look at it again, put right:",
        f"    notegen printer calibrate --paper {paper.name} --printer NAME -o again.pdf",
    )


def _told_again(paper: Paper, printer: str) -> tuple[str, ...]:
    return (
        f"5  This page is put right for {cut(printer, 50.0, TYPE)}: all ought to be as it says.",
        "    Type nothing that you read here. If it is not right, measure anew:",
        f"    notegen printer calibrate --paper {paper.name} -o page.pdf",
    )


def _back(paper: Paper) -> Iterator[Item]:
    _, height = paper.size
    yield Words(LEFT, height - 41, f"Printer calibration: back, {paper.title}", 4.2, strong=True)
    yield from _lines(height - 50, "Read on this side, as you look at it:")
    where = {
        "back-left": "from the left edge of the paper to line A",
        "back-bottom": "from the lower edge of the paper to line B",
    }
    yield from _table(height - 58, where, dict.fromkeys(where, INSET))


def _lines(top: float, *lines: str) -> Iterator[Item]:
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        yield Words(LEFT + indent, top - 5.4 * number, line.lstrip(), TYPE)


def _table(top: float, where: dict[str, str], ought: dict[str, float]) -> Iterator[Item]:
    """Yield rows of a reading's name, what to measure, what it ought to be, and a line to write on."""
    for number, (name, words) in enumerate(where.items()):
        assert name in READINGS
        y = top - 7 * number
        yield Words(LEFT + 4, y, name, TYPE, strong=True)
        yield Words(LEFT + 31, y, words, TYPE)
        yield Words(LEFT + 120, y, f"{ought[name]:.1f}", TYPE, align=Align.RIGHT)
        yield Line(LEFT + 123, y - 0.6, LEFT + 138, y - 0.6, BOLD)

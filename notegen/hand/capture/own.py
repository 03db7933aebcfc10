"""A filled-in form becomes a hand: pages put in order, samples judged, letters drawn, and the hand's two files made."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from string import ascii_letters, ascii_lowercase

import numpy as np

from notegen.errors import NotegenError
from notegen.hand import pens
from notegen.hand.capture import build, cells, letters
from notegen.hand.capture.doubts import Doubt, Judged, Usual, judge, usual
from notegen.hand.capture.ink import THIN_PEN
from notegen.hand.capture.letters import Letters
from notegen.hand.capture.manner import Manner, manner
from notegen.hand.capture.page import Stack, carries
from notegen.hand.outline import bounds
from notegen.model.form import CellKind
from notegen.model.hand import Habits, Ink

SINGLE = frozenset((CellKind.LETTER, CellKind.DIGIT, CellKind.MARK, CellKind.ACCENTED))
LEAST, SHRINK, GROW = 1.9, (0.55, 0.8), 1.1
"""On a card people write smaller than in the places of a form: down to 1.9 mm, as one in twenty does all the time, but
not under 0.55 of their height there nor over 0.8 of it; up to 1.1 of it."""
SPREAD = 0.93
"""The pen's width beside what is measured: blur and paper make strokes 6 (scans) to 12 % (photos) wider."""
BOUNDS = (0.8, 20.0)
"""Least and greatest x-height that a hand may have, mm."""


@dataclass(frozen=True, slots=True, eq=False)
class Captured:
    """What a form gave: its samples, the hand's letters and manner, what its ink looks like, and remarks."""

    stack: Stack
    judged: tuple[Judged, ...]
    letters: Letters
    manner: Manner
    colour: tuple[float, float, float]
    notes: tuple[str, ...]

    @property
    def usual(self) -> Usual:
        """What is usual on the pages."""
        return self.letters.usual

    @property
    def doubtful(self) -> tuple[Judged, ...]:
        """The samples with something wrong, places left blank aside."""
        return tuple(one for one in self.judged if one.doubts and Doubt.EMPTY not in one.doubts)

    @property
    def blank(self) -> tuple[Judged, ...]:
        """The places that nothing was written in."""
        return tuple(one for one in self.judged if Doubt.EMPTY in one.doubts)

    @property
    def lacking(self) -> str:
        """The letters, digits and marks of the form, small letters first, of which no try can be used."""
        have = {one.text for one in self.letters.letters}
        asked = [cell.label for page in self.stack.form.pages for cell in page.cells if cell.kind in SINGLE]
        return "".join(one for one in dict.fromkeys(ascii_letters + "".join(asked)) if one not in have)

    @property
    def unsure(self) -> str:
        """The letters that only a doubtful try stands for."""
        return "".join(one.text for one in self.letters.letters if one.text in ascii_letters and not one.is_sound)

    @property
    def is_fit(self) -> bool:
        """Whether the hand can be used: each small letter has a sound try."""
        return not {*self.lacking, *self.unsure} & {*ascii_lowercase}


def capture(stack: Stack, step: Callable[[int], None] = lambda _done: None) -> Captured:
    """Read all pages of a form; `step` is told of each page that is done. Raises NotegenError for an empty form."""
    found: list[cells.Sample] = []
    colours, notes = [], list(stack.notes)
    for sheet in stack.sheets:
        page = stack.page(sheet)
        read = cells.page_ink(sheet, page)
        found += cells.samples(sheet, page, read)
        colours.append(read.colour)
        if read.is_pale:
            notes.append(f"{sheet.source}: the ink is pale; a darker pen is read more surely")
        step(1)
    if all(one.is_empty for one in found):
        raise NotegenError("nothing is written on this form", hint="fill it in with a pen before it is scanned")
    page_usual = usual(found)
    notes += _about(page_usual, stack)
    judged = judge(found, page_usual)
    made = letters.make(judged, page_usual)
    red, green, blue = (float(value) for value in np.median(np.array(colours), axis=0))
    return Captured(stack, tuple(judged), made, manner(stack, page_usual.x_height), (red, green, blue), tuple(notes))


def _about(page: Usual, stack: Stack) -> list[str]:
    notes = [f"page {one.number} is missing; on it are {carries(one)}" for one in stack.missing]
    if 0 < page.stroke < THIN_PEN:
        notes.append(
            f"the pen is thin: its strokes are {page.stroke:.2f} mm wide, and under {THIN_PEN} mm letters break; "
            "a ballpoint or a gel pen is read more surely"
        )
    return notes


def files(captured: Captured, name: str) -> tuple[bytes, str]:
    """Return the hand's font file and its YAML file, which looks for the font beside it as NAME.ttf."""
    return build.font(captured.letters, f"notegen own {name}"), _yaml(captured, name)


def _yaml(captured: Captured, name: str) -> str:
    height = _as_set(captured.letters)
    least = min(max(LEAST, SHRINK[0] * height), SHRINK[1] * height)
    sizes = ", ".join(f"{min(max(one, BOUNDS[0]), BOUNDS[1]):.2f}" for one in (least, height, GROW * height))
    pen = min(max(SPREAD * captured.usual.stroke, pens.WIDTHS[0]), pens.WIDTHS[1])
    own = captured.manner
    lines = [
        f"title: {json.dumps(name.replace('-', ' ').replace('_', ' ').capitalize(), ensure_ascii=False)}",
        "role: a person's own hand, from a form",
        f"font: {json.dumps(name + '.ttf', ensure_ascii=False)}",
        f"pen: {pen:.2f} # mm, as measured",
        f"ink: {ink_name(captured.colour)} # the nearest of the inks that have a name",
        f"x_height: [{sizes}] # mm: least, usual (as written on the form), greatest",
        f"leading: {own.leading:.2f} # line pitch in x-heights",
        f"word_gap: {own.word_gap:.2f} # mean gap between words in x-heights",
        "tidiness: 1",
        *_habits(own),
        "licence: own hand",
        "origin: written by its owner on a form of notegen; to be used by that person or with their consent",
    ]
    return "\n".join(lines) + "\n"


def _as_set(made: Letters) -> float:
    """Return the x-height as a face measures it, over six letters, mm: set to that, letters come out as written."""
    tops = [float(bounds(one.shapes[0])[0, 3]) for one in made.letters if one.text in "xzvnuo"]
    return float(np.median(tops)) if tops else made.usual.x_height


def _habits(own: Manner) -> list[str]:
    if not own.lines:
        return []
    usual_habits = Habits()
    lines = [f"habits: # measured on {own.lines} lines"]
    for key in ("bounce", "slant", "gap", "line_slope", "pitch", "margin"):
        value = getattr(own.habits, key)
        if value != getattr(usual_habits, key):
            lines.append(f"  {key}: {value:g}")
    for key in ("page_slope", "drift"):
        mean, spread = getattr(own.habits, key)
        lines.append(f"  {key}: [{mean:g}, {spread:g}]")
    return lines


def ink_name(colour: tuple[float, float, float]) -> str:
    """Return the named ink whose colour is most like one, given as reflectance of red, green and blue.

    Scans show ink lighter than it is, so the hue counts more than the depth.
    """
    wanted = 1 - np.array(colour)
    return min(pens.inks(), key=lambda named: _unlike(wanted, named.ink)).ink.name


def _unlike(wanted: np.ndarray[tuple[int, ...], np.dtype[np.float64]], ink: Ink) -> float:
    cyan, magenta, yellow, black = ink.cmyk
    # What a plate of process ink takes from red, green and blue light, roughly: cyan and magenta are not pure.
    takes = np.array([[0.9, 0.25, 0.08], [0.1, 0.85, 0.35], [0.02, 0.08, 0.85]])
    passes = np.prod(1 - np.array([cyan, magenta, yellow])[:, None] * takes, axis=0) * (1 - 0.88 * black)
    lacks = 1 - passes
    hue = wanted / max(float(np.linalg.norm(wanted)), 1e-6) - lacks / float(np.linalg.norm(lacks))
    return float(np.linalg.norm(hue)) + 0.25 * abs(float(np.linalg.norm(wanted) - np.linalg.norm(lacks)))

"""Which texts a face can write, and with which of its glyphs: the slots of a pool.

A text is one character, or the characters of a ligature. A character that the face lacks is written with its nearest
relative (a straight apostrophe for a curly one) and stays itself as text, so that a reader of the PDF gets the note's
own characters.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np

from notegen.hand.face import Face, at_once
from notegen.hand.outline import bounds

RELATIVES: dict[str, tuple[str, ...]] = {
    "’": ("'", "‘"),
    "‘": ("'", "’"),
    "'": ("’",),
    "ʼ": ("’", "'"),
    "′": ("'", "’"),
    "“": ('"', "”"),
    "”": ('"', "“"),
    "„": ('"', "”", ",,"),
    '"': ("”",),
    "″": ('"', "”"),
    "–": ("-", "—"),
    "—": ("–", "--", "-"),
    "‐": ("-",),
    "‑": ("-",),
    "‒": ("–", "-"),
    "−": ("–", "-"),
    "-": ("–",),
    "…": ("...",),
    "•": ("·", "*", "-"),
    "·": (".",),
    "×": ("x",),
    "№": ("No",),
}
"""Nearest relatives, best first; several characters are written side by side and stand for one."""

STOPS = ".,;:!?…"
CLEAR = 0.08
"""White before a stop, x-heights: some faces let a full stop touch the letter before it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A text and the glyphs, with their pen positions in ems, that it is written with."""

    text: str
    glyphs: tuple[tuple[int, float], ...]


def slots(face: Face) -> tuple[Slot, ...]:
    """Return the slots that a face begins with: its characters, its ligatures, then what relatives stand in for.

    Of a large face they are those of the commonest characters.
    """
    own = [slot(face, glyph, character) for character, glyph in sorted(at_once(face.characters).items())]
    text_of = {glyph: character for character, glyph in sorted(face.characters.items(), reverse=True)}
    ligatures = []
    for glyph, parts in sorted(face.ligatures.items()) if is_joined(face) else ():
        if glyph not in text_of and all(part in text_of for part in parts) and _inked(face, glyph):
            ligatures.append(Slot("".join(text_of[part] for part in parts), ((glyph, 0.0),)))
    missing = [character for character in {*RELATIVES, *_compatible(face)} if character not in face.characters]
    borrowed = [lent for character in sorted(missing) if (lent := _borrowed(face, character))]
    return (*own, *ligatures, *borrowed)


def slot(face: Face, glyph: int, text: str) -> Slot:
    """Return the slot of any glyph of a face that stands for a text, which may be empty."""
    return Slot(text, ((glyph, _nudge(face, glyph) if text in STOPS and text else 0.0),))


def is_joined(face: Face) -> bool:
    """Whether most small letters of a face run on into the next one.

    A joined face needs its ligatures to join well. In an unjoined one they are a designer's ornaments, which take
    alternates away from two letters at once and may read as a third: i and n drawn together as an m.
    """
    letters = [face.characters[letter] for letter in "abcdefghiklmnrstuvwz" if letter in face.characters]
    boxes = bounds(face.glyphs.take(letters))
    reach = boxes[:, 2] - face.advances[letters]
    return bool(letters and np.mean(reach > 0.02 * face.x_height) > 0.5)


def _nudge(face: Face, glyph: int) -> float:
    """Return how far a stop has to move to the right so that it does not run into the letter before it, ems."""
    return max(0.0, CLEAR * face.x_height - float(bounds(face.glyphs.take([glyph]))[0, 0]))


def _inked(face: Face, glyph: int) -> bool:
    return len(face.glyphs.take([glyph]).points) > 0


def _compatible(face: Face) -> list[str]:
    """Return the typographic ligatures that a word processor may have put into a text."""
    return [chr(code) for code in range(0xFB00, 0xFB05)]


def _borrowed(face: Face, character: str) -> Slot | None:
    for relative in (*RELATIVES.get(character, ()), unicodedata.normalize("NFKC", character)):
        if all(part in face.characters for part in relative):
            return Slot(character, _side_by_side(face, relative))
    return None


def _side_by_side(face: Face, text: str) -> tuple[tuple[int, float], ...]:
    pen, placed = 0.0, []
    for character in text:
        glyph = face.characters[character]
        placed.append((glyph, pen))
        pen += float(face.advances[glyph])
    return tuple(placed)


def advance(face: Face, slot: Slot) -> float:
    """Return how far the pen goes on, in ems."""
    glyph, pen = slot.glyphs[-1]
    return pen + float(face.advances[glyph])

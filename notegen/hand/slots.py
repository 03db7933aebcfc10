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

OVERLAP = 0.082
"""How far two joined letters overlap so that drift does not open them, x-heights."""
SPARE = 0.0025
"""Most by which a stroke stops earlier where letters overlap by more than they need, x-heights."""
SHORT = 0.02
"""How much earlier a stroke stops in a hand that joins half of its letters, x-heights."""
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
    return _running_on(face)[0] > 0.5


def run_on(face: Face) -> float:
    """Return how much further strokes have to run into the next letter than a face has them, so that none opens, ems.

    Most joined faces overlap enough; in some, strokes only just meet. Where about half of the letters join, the others
    only just do not, and strokes stop a little earlier, so that as many close as open.
    """
    share, overlap = _running_on(face)
    joined = min(max((share - 0.5) / 0.15, 0.0), 1.0)
    missing = min(max(1.6 * (OVERLAP - overlap / face.x_height), -SPARE), 0.6 * OVERLAP)
    return (missing * joined - SHORT * (1 - joined)) * face.x_height


def _running_on(face: Face) -> tuple[float, float]:
    """Return the share of small letters that run on into the next one, and by how much two usually overlap, ems."""
    letters = [face.characters[letter] for letter in "abcdefghiklmnrstuvwz" if letter in face.characters]
    if not letters:
        return 0.0, 0.0
    boxes = bounds(face.glyphs.take(letters))
    reach = boxes[:, 2] - face.advances[letters]
    return float(np.mean(reach > 0.02 * face.x_height)), float(np.median(reach) - np.median(boxes[:, 0]))


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

"""Which faces a hand writes with besides its own, for the scripts and letters that its own lacks.

A hand may name other hands (`also`); after those comes the one with most letters, so that all that a hand lacks of
the Latin ones is written alike, and then all bundled hands that are meant for a script, the one first whose pen is most
like the hand's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from notegen.hand import hands
from notegen.hand.coverage import script_of
from notegen.model.hand import Fallback, Hand

BROADEST = "neat-print"
"""The hand that writes the names of most Latin languages, Vietnamese too."""


MANY = 4
"""Of how many words of a note one may be lent by another face."""


def fallbacks(hand: Hand) -> tuple[Fallback, ...]:
    """Return the faces beside a hand's own, best first; those that it states itself, if it does.

    Raises NotegenError when it names a hand that there is not.
    """
    if hand.fallbacks:
        return hand.fallbacks
    bundled = hands.builtin()
    named = [bundled.get(name) for name in hand.also]
    others = sorted(bundled, key=lambda other: _distance(hand, other))
    return tuple(
        Fallback(other.font, other.face_index, script=script)
        for other in dict.fromkeys((*named, *others))
        if other.font != hand.font
        for script in other.scripts
    )


class Writes(Protocol):
    """What a Shaper tells: which faces write a script, and which characters they have."""

    @property
    def faces(self) -> Callable[[str], list[int]]:
        """The faces that write a script, best first; 0 is the hand's own."""

    @property
    def has(self) -> Callable[[int, str], bool]:
        """Whether a face has a character."""


def lending(text: str, hand: Hand, shaper: Writes) -> Hand:
    """Return the hand in the face that a whole text is to be written in: another one when its own lacks much.

    A name in another face goes with the hand; every other word of a Vietnamese note would not.
    """
    words = unicodedata.normalize("NFC", text).split()
    lacking = [word for word in words if any(script_of(one) == "Latn" and not shaper.has(0, one) for one in word)]
    if len(lacking) * MANY < len(words):
        return hand
    letters = {one for word in lacking for one in word if script_of(one) == "Latn"}
    face = next((face for face in shaper.faces("Latn") if all(shaper.has(face, one) for one in letters)), 0)
    return replace(hand, font=other.font, face_index=other.face_index) if (other := _face(hand, face)) else hand


def _face(hand: Hand, face: int) -> Fallback | None:
    return fallbacks(hand)[face - 1] if face else None


def _distance(hand: Hand, other: Hand) -> tuple[bool, bool, float, str]:
    """Return how much another hand differs: has it most letters, then its kind, then its pen beside its letters."""
    return other.name != BROADEST, hand.kind != other.kind, abs(_weight(hand) - _weight(other)), other.name


def _weight(hand: Hand) -> float:
    return hand.pen.width / hand.x_height[1]

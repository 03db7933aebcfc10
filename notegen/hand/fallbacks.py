"""Which faces a hand writes with besides its own, for the scripts and letters that its own lacks.

A hand may name other hands (`also`); after those come all bundled hands that are meant for a script, the one first
whose pen is most like the hand's.
"""

from __future__ import annotations

from notegen.hand import hands
from notegen.model.hand import Fallback, Hand


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


def _distance(hand: Hand, other: Hand) -> tuple[bool, float, str]:
    """Return how much another hand differs: its kind first, then its pen beside the height of its letters."""
    return hand.kind != other.kind, abs(_weight(hand) - _weight(other)), other.name


def _weight(hand: Hand) -> float:
    return hand.pen.width / hand.x_height[1]

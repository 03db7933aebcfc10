"""Notes to write in the tests of the hand."""

from __future__ import annotations

from notegen.hand import hands
from notegen.model.hand import Hand
from notegen.model.note import Note

LATIN = [one.name for one in hands.builtin() if "Latn" in one.scripts]
"""The bundled hands that are meant for Latin letters."""

TEXT = """Dear Ana and Bo,

Thank you for driving the Outback home on March 4. You said the heated seats would settle the winter argument, and I
hope the bookkeeper's balloon committee at Priya’s school agrees. It was good to see all three of you.

Warmly,
Chris Okafor
"""


def note(text: str = TEXT, key: str = "ana") -> Note:
    """Return a note without provenance."""
    return Note(key, "test", text)


def hand(name: str = "quick-ballpoint") -> Hand:
    """Return a bundled hand."""
    return hands.builtin().get(name)

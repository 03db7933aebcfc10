"""How somebody arranges a note: by habits, which are the same on all their cards, and by the whim of one card."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from notegen.model.note import Role
from notegen.model.writing import Writing


@dataclass(frozen=True, slots=True)
class Manner:
    """How somebody arranges a note.

    `indent` is how far a paragraph's first line is pushed in, in x-heights (0: paragraphs are set apart by space).
    `ending` is the part of the line's length at which closing and signature begin (0: at the left). `above` is the part
    of the white that a short note leaves above itself. `date` is how far from the right edge a date ends, in
    x-heights.
    """

    indent: float
    ending: float
    above: float
    date: float

    def air(self, before: Role | None, role: Role) -> float:
        """Return the white between two parts beyond the usual pitch, in pitches."""
        if before is None:
            return 0.0
        if before is role is Role.BODY:
            return 0.0 if self.indent else 0.36
        if before is Role.GREETING and self.indent:
            return 0.15
        return _AIR.get((before, role), _BEFORE[role])


_BEFORE = {
    Role.DATE: 0.5,
    Role.GREETING: 0.45,
    Role.BODY: 0.27,
    Role.CLOSING: 0.3,
    Role.SIGNATURE: 0.3,
    Role.POSTSCRIPT: 0.55,
}
_AIR = {
    (Role.CLOSING, Role.SIGNATURE): 0.12,
    (Role.CLOSING, Role.CLOSING): 0.0,
    (Role.SIGNATURE, Role.SIGNATURE): 0.0,
    (Role.POSTSCRIPT, Role.POSTSCRIPT): 0.2,
}


def manner_of(writing: Writing) -> Manner:
    """Return the manner of a writing: whoever writes indents, and ends on the right, always or never.

    By how much is nearly the same on all their cards; where a date ends and a short note stands is up to each.
    """
    indented, indent, right, ending = _habits(writing.habit)
    shove, sway, above, date = _whims(writing)
    return Manner(
        indent=1.9 + 1.8 * indent + 0.4 * (shove - 0.5) if indented < 0.3 else 0.0,
        ending=0.48 + 0.1 * ending + 0.04 * (sway - 0.5) if right < 0.6 else 0.0,
        above=0.39 + 0.06 * above,
        date=0.5 + 3.0 * date,
    )


_MASK = (1 << 64) - 1


@lru_cache(maxsize=256)
def _habits(habit: int) -> list[float]:
    """Return what all cards of one writer have in common, in [0, 1)."""
    return _dice(habit, 4)


def _whims(writing: Writing) -> list[float]:
    """Return numbers in [0, 1) of this card alone, made of its first and its last whim."""
    return _dice(int(writing.whim[0] * 2**53) ^ (int(writing.whim[-1] * 2**53) << 11), 4)


def _dice(state: int, count: int) -> list[float]:
    """Return numbers in [0, 1) that depend on a state alone (splitmix64)."""
    found = []
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) & _MASK
        word = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & _MASK
        found.append(((word ^ (word >> 31)) >> 11) / 2**53)
    return found

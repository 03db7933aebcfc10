"""How somebody arranges a note: by habits, which are the same on all their cards, and by the whim of one card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from notegen.model.note import Role
from notegen.model.writing import Writing

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
        return _air(before, role, self.indent > 0.0)


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


def _air(before: Role | None, role: Role, indents: bool) -> float:
    if before is None:
        return 0.0
    if before is role is Role.BODY:
        return 0.0 if indents else 0.36
    if before is Role.GREETING and indents:
        return 0.15
    return _AIR.get((before, role), _BEFORE[role])


@lru_cache(maxsize=1024)
def airs(roles: tuple[Role, ...], indents: bool) -> tuple[float, ...]:
    """Return the white before each part of a note, in pitches, by somebody who indents or does not."""
    return tuple([_air(before, role, indents) for before, role in zip((None, *roles), roles, strict=False)])


def manner_of(writing: Writing) -> Manner:
    """Return the manner of a writing: whoever writes indents, and ends on the right, always or never.

    By how much is nearly the same on all their cards; where a date ends and a short note stands is up to each.
    """
    return manners([writing])[0]


def manners(writings: Sequence[Writing]) -> list[Manner]:
    """Return the manner of each writing; see `manner_of`."""
    whims = np.array([(one.whim[0], one.whim[-1]) for one in writings]).reshape(-1, 2)
    first, last = (whims * 2.0**53).astype(np.uint64).T
    drawn = _dice(first ^ (last << np.uint64(11)), 4).tolist()
    found = []
    for writing, (shove, sway, above, date) in zip(writings, drawn, strict=True):
        indented, indent, right, ending = _habits(writing.habit)
        found.append(
            Manner(
                indent=1.9 + 1.8 * indent + 0.4 * (shove - 0.5) if indented < 0.3 else 0.0,
                ending=0.48 + 0.1 * ending + 0.04 * (sway - 0.5) if right < 0.6 else 0.0,
                above=0.39 + 0.06 * above,
                date=0.5 + 3.0 * date,
            )
        )
    return found


@lru_cache(maxsize=256)
def _habits(habit: int) -> list[float]:
    """Return what all cards of one writer have in common, in [0, 1)."""
    found: list[float] = _dice(np.array([habit], np.uint64), 4)[0].tolist()
    return found


def _dice(states: NDArray[np.uint64], count: int) -> NDArray[np.float64]:
    """Return numbers in [0, 1) that depend on a state alone (splitmix64): a row for each of the states."""
    word = states[:, None] + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    drawn: NDArray[np.float64] = ((word ^ (word >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) / 2.0**53
    return drawn

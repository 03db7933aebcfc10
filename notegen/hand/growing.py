"""Pools that grow: arrays with room at their ends, of which each Pool value shows the part that was filled with it.

What is filled never changes, so a pool that somebody holds stays as it is while a longer one is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from notegen.model.pool import Name, Pool

PER_SLOT = ("ids", "advances")
PER_OUTLINE = ("bounds", "upper", "lower")
PER_POINT = ("points", "on_curve", "contour_end", "normals", "weight", "tip")


class Growing:
    """The arrays of a pool and the longest Pool there is of them; `add` is for one thread at a time."""

    def __init__(self, start: Pool) -> None:
        self.pool = start
        self._room: dict[str, NDArray[Any]] = {
            name: getattr(start, name) for name in ("first", *PER_SLOT, *PER_OUTLINE, *PER_POINT)
        }

    def add(self, more: Pool, names: Sequence[Name] = ()) -> Pool:
        """Return the pool with the slots of another, which go by `names`, behind its own.

        Measures, name and digest stay its own.
        """
        old = self.pool
        grown: dict[str, Any] = {
            name: self._longer(name, getattr(more, name)) for name in (*PER_SLOT, *PER_OUTLINE, *PER_POINT)
        }
        grown["first"] = self._longer("first", more.first[1:] + old.first[-1])
        self.pool = replace(old, texts=old.texts + more.texts, grown=(*old.grown, *names), **grown)
        return self.pool

    def _longer(self, name: str, more: NDArray[Any]) -> NDArray[Any]:
        used = len(getattr(self.pool, name))
        end = used + len(more)
        room = self._room[name]
        if end > len(room):
            larger = np.zeros((max(end, 2 * len(room)), *room.shape[1:]), room.dtype)
            larger[:used] = room[:used]
            room = self._room[name] = larger
        room[used:end] = more
        return room[:end]

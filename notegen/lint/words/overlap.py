"""One fault, one finding: of phrases found over one another, the ones that say most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from notegen.model.diagnostic import Severity

if TYPE_CHECKING:
    from notegen.lint.words import Match

_RANK = {severity: rank for rank, severity in enumerate(Severity)}


def outermost(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Return the matches that no other makes superfluous, in reading order.

    A match is superfluous when it lies inside another of any rule, or meets another of its own rule, that matters at
    least as much and is at least as long.
    """
    kept: dict[int, Match] = {}
    live: list[int] = []
    order = sorted(range(len(matches)), key=lambda index: (matches[index].start, -matches[index].end, index))
    for index in order:
        match = matches[index]
        live = [other for other in live if other in kept and kept[other].end > match.start]
        if any(_beats(kept[other], match) for other in live):
            continue
        for other in live:
            if _beats(match, kept[other]):
                del kept[other]
        kept[index] = match
        live.append(index)
    return tuple(kept.values())


def _beats(winner: Match, loser: Match) -> bool:
    covers = winner.start <= loser.start and loser.end <= winner.end
    return (covers or winner.phrase.rule == loser.phrase.rule) and _weight(winner) <= _weight(loser)


def _weight(match: Match) -> tuple[int, int]:
    return _RANK[match.phrase.severity], match.start - match.end

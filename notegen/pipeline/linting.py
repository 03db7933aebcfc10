"""The whole of lint: paths become units of work, units become findings, findings become a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.model.diagnostic import has_errors
from notegen.model.source import Source
from notegen.pipeline.judged import Judged, gathered
from notegen.pipeline.keys import Keys
from notegen.pipeline.passing import silenced
from notegen.pipeline.store import Store
from notegen.pipeline.store import folder as cache
from notegen.pipeline.units import Collector, Kind, Unit
from notegen.pipeline.wishes import Wishes

if TYPE_CHECKING:
    from notegen.pipeline.judging import Desk

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What lint is asked to look at: `given` is text from standard input, under the name that it goes by."""

    paths: tuple[Path, ...]
    template: str | None = None
    facts: Path | None = None
    only: str | None = None
    given: Source | None = None
    ignored: tuple[str, ...] = ()
    changed: str | None = None
    cached: bool = True


@dataclass(slots=True)
class Lint:
    """One run of lint."""

    asked: Asked
    wishes: Wishes
    keys: Keys = field(init=False)
    store: Store = field(init=False)
    _desk: Desk | None = None

    def __post_init__(self) -> None:
        self.keys = Keys(self.wishes)
        self.store = Store(cache() if self.asked.cached else None)

    def units(self) -> tuple[Unit, ...]:
        """Return the work there is, in the order in which findings are shown."""
        collector = Collector(self.asked.template, self.asked.facts, self.asked.only, self.asked.given)
        found = [unit for path in self.asked.paths for unit in collector.collect(path)]
        units = tuple({_identity(unit): unit for unit in map(self._silenced, reversed(found))}.values())[::-1]
        if self.asked.changed is None:
            return units
        from notegen.pipeline.changed import changed_files, concerned

        near = self.asked.paths[0] if self.asked.paths else Path(".")
        folder = near if near.is_dir() else near.parent
        return concerned(units, changed_files(self.asked.changed, folder), self.keys)

    def _silenced(self, unit: Unit) -> Unit:
        if not self.asked.ignored:
            return unit
        return replace(unit, shop=replace(unit.shop, lint=silenced(unit.shop.lint, self.asked.ignored)))

    def judged(self, units: Sequence[Unit], progress: Progress) -> Iterator[tuple[Unit, Judged]]:
        """Yield what each unit came to; notes of a shop whose hand or stock is none are not written."""
        lost: set[Path | None] = set()
        for unit in units:
            if unit.kind not in (Kind.NOTES, Kind.NEIGHBOURS) or unit.shop.root not in lost:
                judged = self._one(unit)
                if unit.kind is Kind.SETTINGS and has_errors(judged.diagnostics):
                    lost.add(unit.shop.root)
                yield unit, judged
            progress(1)
        self.store.prune()

    def _one(self, unit: Unit) -> Judged:
        if unit.kind is Kind.FOUND:
            source = unit.shop.source
            return gathered(unit.found, (source,) if source is not None else (), inline=self.wishes.inline)
        key = self.keys.key(unit) if self.store.place is not None else None
        kept = self.store.get(key)
        if kept is not None:
            return kept
        from notegen.pipeline.judging import Desk, judge

        self._desk = self._desk or Desk(self.wishes)
        judged = judge(unit, self._desk)
        self.store.put(key, judged)
        return judged


def _identity(unit: Unit) -> tuple[object, ...]:
    """Return what tells one unit from another: the same work is done once, however often it is asked for."""
    return unit.kind, unit.shop.root, unit.path, unit.facts, unit.found, bool(unit.pairs)

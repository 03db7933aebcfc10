"""Where the values of a document stand, kept as numbers: most places are never looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from notegen.model.source import Source, Span

Place: TypeAlias = "tuple[int, int]"
"""Where something begins and ends in a text: character offsets, half open."""


class Places(Mapping[str, Span]):
    """Spans of one source by dotted path, each made when it is asked for, and `more` of other sources beside them."""

    __slots__ = ("_at", "_more", "_source")

    def __init__(self, source: Source, at: dict[str, Place], more: Mapping[str, Span] | None = None) -> None:
        self._source = source
        self._at = at
        self._more = more or {}

    def __getitem__(self, path: str) -> Span:
        place = self._at.get(path)
        return self._more[path] if place is None else Span(self._source, *place)

    def __contains__(self, path: object) -> bool:
        return path in self._at or path in self._more

    def __iter__(self) -> Iterator[str]:
        yield from self._at
        yield from self._more

    def __len__(self) -> int:
        return len(self._at) + len(self._more)

    def __repr__(self) -> str:
        return f"Places({self._source!r}, {self._at!r}, {self._more!r})"

    def place(self, path: str) -> Place | None:
        """Return the offsets of a place in the source, None for one that is in another or not there."""
        return self._at.get(path)

    def under(self, path: str) -> Places:
        """Return what is under a path, which becomes `""`."""
        below, cut = f"{path}.", len(path) + 1
        at = {known[cut:]: place for known, place in self._at.items() if known == path or known.startswith(below)}
        return Places(self._source, at)

    def lent(self, origin: str, to: str) -> Places:
        """Return places in which all that is under one path is under another, too."""
        below, cut = f"{origin}.", len(origin)
        more = {to + path[cut:]: place for path, place in self._at.items() if path.startswith(below)}
        if origin in self._at:
            more[to] = self._at[origin]
        return Places(self._source, self._at | more, self._more)


def place_in(spans: Mapping[str, Span], path: str) -> Place | None:
    """Return the offsets of a path in its source, None when it is not there."""
    if isinstance(spans, Places):
        place = spans.place(path)
        if place is not None:
            return place
    span = spans.get(path)
    return None if span is None else (span.start, span.end)


def beside(spans: Mapping[str, Span], more: Mapping[str, Span]) -> Mapping[str, Span]:
    """Return both; where both have a path, it is that of `more`."""
    if not isinstance(spans, Places) or spans._more or not more.keys().isdisjoint(spans._at):
        return {**spans, **more}
    return Places(spans._source, spans._at, more)

"""A named set of one kind of thing: rules, hands, stocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from notegen.errors import NotegenError, UnknownName, nearest

T = TypeVar("T")


class Registry(Generic[T]):
    """Things of one kind by name; asking for a name that is not there says which one is near.

    `broken` keeps what failed to load, by name, with the reason: a bad plug-in is reported by `notegen doctor`
    and by whoever asks for it, and harms nothing else. `withheld` keeps what is known and left out on purpose.
    """

    def __init__(self, kind: str, items: Iterable[tuple[str, T]] = (), broken: Mapping[str, str] | None = None) -> None:
        self.kind = kind
        self._items: dict[str, T] = {}
        self._later: dict[str, Callable[[], T]] = {}
        self._aliases: dict[str, str] = {}
        self._labels: list[str] = []
        self.broken: dict[str, str] = dict(broken or {})
        self.withheld: dict[str, str] = {}
        for name, item in items:
            self.add(name, item)

    def add(self, name: str, item: T, *, aliases: Iterable[str] = ()) -> None:
        """Put one thing in; a name that is taken is a mistake."""
        self._name(name, aliases)
        self._items[name] = item

    def add_later(self, name: str, make: Callable[[], T], *, aliases: Iterable[str] = ()) -> None:
        """Put one thing in that is made when it is first asked for; a name that is taken is a mistake."""
        self._name(name, aliases)
        self._later[name] = make

    def _name(self, name: str, aliases: Iterable[str]) -> None:
        for one in (name, *aliases):
            if one.casefold() in self._aliases:
                raise NotegenError(f"there are two of {self.kind} '{one}'", hint="rename one of them")
            self._aliases[one.casefold()] = name
            self._labels.append(one)

    def _made(self, name: str) -> T:
        if name not in self._items:
            self._items[name] = self._later[name]()
        return self._items[name]

    def get(self, name: str) -> T:
        """Return the thing by its name or alias, in any case."""
        if name in self.broken:
            raise NotegenError(f"{self.kind} '{name}' could not be loaded: {self.broken[name]}")
        found = self._aliases.get(name.casefold())
        if found is None and name.casefold() in self.withheld:
            raise NotegenError(f"{self.kind} '{name}' is left out: {self.withheld[name.casefold()]}")
        if found is None:
            raise UnknownName(self.kind, name, self._labels if nearest(name, self._labels) else self.names())
        return self._made(found)

    def __iter__(self) -> Iterator[T]:
        return map(self._made, self.names())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.casefold() in self._aliases

    def __len__(self) -> int:
        return len(self.names())

    def names(self) -> tuple[str, ...]:
        """Return the names in the order they were added, without aliases."""
        return tuple(dict.fromkeys(self._aliases.values()))

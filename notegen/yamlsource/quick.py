"""Documents as nearly all are, read with as few steps as there can be; all others are left to the careful `Builder`.

What is read here holds maps, lists and scalars alone: no anchor, no tag, no key that is refused, no date that no
calendar has. It comes out as `Builder` would have it, which tests compare.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, NamedTuple

from notegen.model.facts import Value
from notegen.model.places import Place
from notegen.yamlsource.build import DEEPEST, MOST_VALUES, loader_of
from notegen.yamlsource.scalars import ImpossibleDate, resolve

_BLOCK: Final = ("|", ">")
_MANY: Final = MOST_VALUES - DEEPEST
"""Values beyond which a document is counted with care."""


class Unusual(Exception):
    """A document that needs care."""


class Plain(NamedTuple):
    """What `Builder` gathers of a document: its value, the places of values and of keys, and what has no quotes."""

    value: Value
    spans: dict[str, Place]
    keys: dict[str, Place]
    plain: frozenset[str]


def read(text: str) -> Plain:
    """Read one document; raises Unusual, or yaml.YAMLError for what is not YAML, and then `Builder` says why."""
    from yaml import events

    loader = loader_of(text)
    reader = _Reader(loader.get_event, text, events)
    try:
        value = reader.document()
    finally:
        loader.dispose()
    return Plain(value, reader.spans, reader.keys, frozenset(reader.plain))


class _Reader:
    """Follows the events of one document; `path` is that of the value that is read, and each value returns its end."""

    __slots__ = ("_get", "_kinds", "_list_begins", "_map_begins", "_scalar_is", "_text", "keys", "plain", "spans")

    def __init__(self, get: Callable[[], Any], text: str, events: Any) -> None:
        self.spans: dict[str, Place] = {}
        self.keys: dict[str, Place] = {}
        self.plain: list[str] = []
        self._get = get
        self._text = text
        self._kinds = events
        self._scalar_is = events.ScalarEvent
        self._map_begins = events.MappingStartEvent
        self._list_begins = events.SequenceStartEvent

    def document(self) -> Value:
        """Return the value of the only document."""
        kinds = self._kinds
        event = self._get()
        while type(event) in (kinds.StreamStartEvent, kinds.DocumentStartEvent):
            event = self._get()
        if type(event) is kinds.StreamEndEvent:
            return None
        value, _ = self._value(event, "", 0)
        while type(event := self._get()) is not kinds.StreamEndEvent:
            if type(event) is not kinds.DocumentEndEvent:
                raise Unusual
        return value

    def _value(self, event: Any, path: str, depth: int) -> tuple[Value, int]:
        if event.anchor is not None or len(self.spans) >= _MANY:
            raise Unusual
        kind = type(event)
        if kind is self._scalar_is:
            return self._scalar(event, path)
        if event.tag is not None or depth >= DEEPEST:
            raise Unusual
        start = event.start_mark.index
        read = self._map if kind is self._map_begins else self._list
        value, closing, last = read(event, path, depth + 1)
        end = closing.end_mark.index
        if end <= closing.start_mark.index:
            # A map or list without brackets ends with its last value.
            end = max(start, last)
        self.spans[path] = start, end
        return value, end

    def _scalar(self, event: Any, path: str) -> tuple[Value, int]:
        if event.tag is not None:
            raise Unusual
        text, style = event.value, event.style
        start, end = event.start_mark.index, event.end_mark.index
        if not style:
            self.plain.append(path)
            if start == end == len(self._text):
                # What is left out on the last line stands at its end, not on a line that belongs to the next document.
                start = end = end - self._text.endswith("\n")
            self.spans[path] = start, end
            try:
                return resolve(text), end
            except ImpossibleDate:
                raise Unusual from None
        if style in _BLOCK:
            end = start + len(self._text[start:end].rstrip(" \t\n"))
        self.spans[path] = start, end
        return text, end

    def _map(self, opened: Any, path: str, depth: int) -> tuple[Value, Any, int]:
        scalar, get, keys = self._scalar_is, self._get, self.keys
        end = opened.end_mark.index
        prefix = f"{path}." if path else ""
        made: dict[str, Value] = {}
        while type(event := get()) is scalar:
            key = event.value
            if key in made or event.tag is not None or event.anchor is not None or not _may_be_key(key, event.style):
                raise Unusual
            below = prefix + key
            keys[below] = event.start_mark.index, event.end_mark.index
            made[key], end = self._value(get(), below, depth)
        if type(event) is not self._kinds.MappingEndEvent:
            raise Unusual
        return made, event, end

    def _list(self, opened: Any, path: str, depth: int) -> tuple[Value, Any, int]:
        ending, get = self._kinds.SequenceEndEvent, self._get
        end = opened.end_mark.index
        prefix = f"{path}." if path else ""
        made: list[Value] = []
        while type(event := get()) is not ending:
            value, end = self._value(event, f"{prefix}{len(made)}", depth)
            made.append(value)
        return tuple(made), event, end


@lru_cache(maxsize=4096)
def _may_be_key(text: str, style: str | None) -> bool:
    if style:
        return style not in _BLOCK
    try:
        return isinstance(resolve(text), str) and text != "<<"
    except ImpossibleDate:
        return True

"""One document's tree from libyaml's events, with a place for every value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from notegen.model.diagnostic import Diagnostic, Related, Severity
from notegen.model.facts import Value
from notegen.model.source import Source, Span
from notegen.yamlsource.faults import BRACES
from notegen.yamlsource.scalars import ImpossibleDate, resolve

DEEPEST: Final = 48
"""Levels of nesting beyond which a document is refused; a customer file has five."""
MOST_VALUES: Final = 100_000
"""Values in one document beyond which it is refused."""
MOST_COPIES: Final = 5_000
"""Values that the aliases of one document may repeat in all."""

_Event: TypeAlias = Any
"""An event of the parser: its stubs call every mark optional, and at this border none is."""

_TAG: Final = "tag:yaml.org,2002:"
_HARMLESS: Final = frozenset((None, "!", f"{_TAG}str", f"{_TAG}map", f"{_TAG}seq"))


class TooMuch(Exception):
    """A document that is refused as a whole: too deep, too large, or repeating itself without end."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(slots=True)
class _Frame:
    """A map or list that is being read; `path` is None under a key that was refused, `is_key` before a colon."""

    path: str | None
    start: int
    items: dict[str, Value] | list[Value]
    anchor: str | None
    end: int
    key: str | None = None
    waits_for_key: bool = False
    is_key: bool = False

    def path_of_next(self) -> str | None:
        """Return the path of the value that comes next."""
        if self.path is None:
            return None
        step = str(len(self.items)) if isinstance(self.items, list) else self.key
        if step is None:
            return None
        return f"{self.path}.{step}" if self.path else step


class Builder:
    """Reads one document; `spans`, `keys`, `plain` and `diagnostics` fill up while `build` runs."""

    def __init__(self, source: Source) -> None:
        self.spans: dict[str, Span] = {}
        self.keys: dict[str, Span] = {}
        self.plain: set[str] = set()
        self.diagnostics: list[Diagnostic] = []
        self._source = source
        self._stack: list[_Frame] = []
        self._anchors: dict[str, tuple[str | None, Value]] = {}
        self._root: Value = None
        self._values = 0
        self._copies = 0

    def build(self) -> Value:
        """Return the document's value; raises yaml.YAMLError for what is not YAML and TooMuch for what is refused."""
        from yaml import events

        loader = loader_of(self._source.text)
        steps: dict[type, Callable[[_Event], None]] = {
            events.ScalarEvent: self._scalar,
            events.MappingStartEvent: self._open_map,
            events.SequenceStartEvent: self._open_list,
            events.MappingEndEvent: self._close,
            events.SequenceEndEvent: self._close,
            events.AliasEvent: self._alias,
        }
        try:
            event = loader.get_event()
            while type(event) is not events.StreamEndEvent:
                step = steps.get(type(event))
                if step is not None:
                    step(event)
                event = loader.get_event()
        finally:
            loader.dispose()
        return self._root

    def _scalar(self, event: _Event) -> None:
        span = self._scalar_span(event)
        plain = event.implicit[0] and event.tag is None
        if self._stack and self._stack[-1].waits_for_key:
            self._key(event.value, plain, span)
            return
        self._count(span)
        self._check_tag(event)
        path = self._next_path()
        if plain and path is not None:
            self.plain.add(path)
        value = self._resolve(event.value, span) if plain else event.value
        if event.anchor:
            self._anchors[event.anchor] = path, value
        self._store(path, value, span)

    def _scalar_span(self, event: _Event) -> Span:
        """Return the characters of a scalar, without its anchor and tag and without blank lines after it."""
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):
            end = start + len(self._source.text[start:end].rstrip(" \t\n"))
        elif event.anchor or event.tag:
            bare = end - len(event.value)
            start = bare if self._source.text[bare:end] == event.value else start
        elif start == end == len(self._source.text):
            # What is left out on the last line stands at its end, not on a line that belongs to the next document.
            start = end = end - self._source.text.endswith("\n")
        return Span(self._source, start, end)

    def _resolve(self, text: str, span: Span) -> Value:
        try:
            return resolve(text)
        except ImpossibleDate:
            hint = "write a date as 2026-03-04, or put it in quotes if it is not a date"
            self._report("F008", span, f"there is no such date as {text}", hint)
            return text

    def _key(self, text: str, plain: bool, span: Span) -> None:
        frame = self._stack[-1]
        frame.waits_for_key = False
        frame.key = self._allowed_key(frame, text, plain, span)
        path = self._next_path()
        if frame.key is not None and path is not None:
            self.keys[path] = span

    def _allowed_key(self, frame: _Frame, text: str, plain: bool, span: Span) -> str | None:
        """Return the key, or None, with a diagnostic, for one that is refused."""
        if plain and text == "<<":
            self._report("F005", span, "merging with << is not read here", "write the keys out")
            return None
        if plain and not self._is_text(text):
            what = f"'{text}' is not text, and a key must be" if text else "a key is missing before this colon"
            self._report("F007", span, what, f'put it in quotes: "{text}"' if text else "write the name of the fact")
            return None
        if text in frame.items:
            path = f"{frame.path}.{text}" if frame.path else text
            first = self.keys.get(path)
            related = (Related(first, "it is given here first"),) if first else ()
            self._report("F003", span, f"'{text}' is given twice", "keep one of them", related)
            return None
        return text

    @staticmethod
    def _is_text(text: str) -> bool:
        try:
            return isinstance(resolve(text), str)
        except ImpossibleDate:
            return True

    def _open_map(self, event: _Event) -> None:
        self._open(event, {})

    def _open_list(self, event: _Event) -> None:
        self._open(event, [])

    def _open(self, event: _Event, items: dict[str, Value] | list[Value]) -> None:
        start = event.start_mark.index
        span = Span(self._source, start, event.end_mark.index)
        self._count(span)
        self._check_tag(event)
        if len(self._stack) >= DEEPEST:
            raise self._too_much("F006", span, f"this is nested more than {DEEPEST} levels deep", "write it flatter")
        is_key = bool(self._stack) and self._stack[-1].waits_for_key
        if is_key:
            self._report_braces(span)
        path = None if is_key else self._next_path()
        waits = isinstance(items, dict)
        self._stack.append(_Frame(path, start, items, event.anchor, span.end, waits_for_key=waits, is_key=is_key))

    def _report_braces(self, span: Span) -> None:
        """Say that a list or map cannot be a key; the usual cause is a template's `{{ name }}` without quotes."""
        if self._source.text[max(span.start - 1, 0) : span.start + 1] == "{{":
            self._report("F007", span, BRACES, "put the value in quotes")
        else:
            self._report("F007", span, "a list or a map cannot be a key", "put text before the colon")

    def _close(self, event: _Event) -> None:
        frame = self._stack.pop()
        flow = event.end_mark.index > event.start_mark.index
        end = event.end_mark.index if flow else max(frame.start, frame.end)
        value = tuple(frame.items) if isinstance(frame.items, list) else frame.items
        if frame.anchor:
            self._anchors[frame.anchor] = frame.path, value
        if frame.is_key:
            self._stack[-1].waits_for_key = False
            self._stack[-1].key = None
        else:
            self._store(frame.path, value, Span(self._source, frame.start, end))

    def _alias(self, event: _Event) -> None:
        span = Span(self._source, event.start_mark.index, event.end_mark.index)
        if self._stack and self._stack[-1].waits_for_key:
            self._stack[-1].waits_for_key = False
            self._report("F007", span, "an alias cannot be a key", "write the key out")
            return
        path = self._next_path()
        if event.anchor in self._anchors:
            origin, value = self._anchors[event.anchor]
            self._copy(origin, path, value, span)
        else:
            value = span.text
            hint = "put the value in quotes if it is text that begins with *"
            self._report("F005", span, f"nothing before this is marked &{event.anchor}", hint)
        self._store(path, value, span)

    def _copy(self, origin: str | None, path: str | None, value: Value, span: Span) -> None:
        """Give the places of an anchored value to the path of its alias, and count what is repeated."""
        waiting = [(origin, path, value, len(self._stack))]
        while waiting:
            old, new, here, depth = waiting.pop()
            self._copies += 1
            if self._copies > MOST_COPIES or depth > DEEPEST:
                raise self._too_much("F005", span, "this repeats too much by aliases", "write the values out")
            if old is not None and new is not None:
                self._copy_place(old, new)
            waiting += [(_join(old, step), _join(new, step), below, depth + 1) for step, below in _below(here)]

    def _copy_place(self, old: str, new: str) -> None:
        if old in self.plain:
            self.plain.add(new)
        if old in self.spans:
            self.spans[new] = self.spans[old]
        if old in self.keys:
            self.keys.setdefault(new, self.keys[old])

    def _next_path(self) -> str | None:
        return self._stack[-1].path_of_next() if self._stack else ""

    def _store(self, path: str | None, value: Value, span: Span) -> None:
        if path is not None:
            self.spans[path] = span
        if not self._stack:
            self._root = value
            return
        frame = self._stack[-1]
        frame.end = span.end
        if isinstance(frame.items, list):
            frame.items.append(value)
            return
        if frame.key is not None:
            frame.items[frame.key] = value
        frame.key = None
        frame.waits_for_key = True

    def _count(self, span: Span) -> None:
        self._values += 1
        if self._values > MOST_VALUES:
            hint = "put each customer in a document of its own, with --- between them"
            raise self._too_much("F006", span, f"this document has more than {MOST_VALUES:,} values", hint)

    def _check_tag(self, event: _Event) -> None:
        tag = event.tag
        if tag not in _HARMLESS:
            start = event.start_mark.index
            span = Span(self._source, start, min(start + len(tag), event.end_mark.index))
            shown = tag.replace(_TAG, "!!")
            hint = "take the tag away; put the value in quotes if it is text that begins with !"
            self._report(
                "F004", span, f"the tag {shown} is refused: facts are text, numbers, dates, lists and maps", hint
            )

    def _report(self, code: str, span: Span, message: str, hint: str, related: tuple[Related, ...] = ()) -> None:
        self.diagnostics.append(Diagnostic(code, Severity.ERROR, message, span, hint, related))

    def _too_much(self, code: str, span: Span, message: str, hint: str) -> TooMuch:
        return TooMuch(Diagnostic(code, Severity.ERROR, message, span, hint))


def _join(path: str | None, step: str) -> str | None:
    return path if path is None else f"{path}.{step}" if path else step


def _below(value: Value) -> Iterator[tuple[str, Value]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from ((str(index), item) for index, item in enumerate(value))


def loader_of(text: str) -> Any:
    """Return a parser of a text; its user disposes of it."""
    return _loader()(text)


def _loader() -> Any:
    """Return libyaml's parser, or PyYAML's own where it was built without libyaml."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)

"""Whether a document says what its schema allows, in the kinds that it allows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from unicodedata import name as character_name
from unicodedata import normalize

from notegen.errors import nearest
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.facts import Value
from notegen.model.junk import is_junk
from notegen.model.schema import Field, Kind, Schema
from notegen.model.source import Span
from notegen.yamlsource import Document
from notegen.yamlsource.scalars import ImpossibleDate, read_date

_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NUMBERLIKE: Final = re.compile(r"\D{0,3}\s*[0-9][0-9,._'\s]*\D{0,3}")

WANTED: Final = {
    Kind.TEXT: "text",
    Kind.NUMBER: "a number like 31400",
    Kind.DATE: "a date like 1984-03-09",
    Kind.FLAG: "yes or no",
    Kind.LIST: "a list",
    Kind.RECORD: "a record of names and values",
    Kind.ANY: "a value",
}


@dataclass(frozen=True, slots=True)
class Index:
    """A schema made ready for many documents: what is declared under each path, and what is required.

    `noun` is what an entry is called and `more` what else one may do; `elsewhere` are roots that this kind of file
    cannot give, each with a hint; `names` are paths whose text is somebody's name.
    """

    schema: Schema
    children: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    noun: str
    more: str
    elsewhere: Mapping[str, str]
    names: frozenset[str]
    below: Mapping[str, Mapping[str, Field]]
    """What a file of this kind can give under each path, by name; `*` is any item of a list."""


def index(
    schema: Schema,
    noun: str,
    *,
    more: str = "",
    elsewhere: Mapping[str, str] | None = None,
    names: frozenset[str] = frozenset(),
) -> Index:
    """Make a schema ready for `check`."""
    children: dict[str, list[str]] = {}
    below: dict[str, dict[str, Field]] = {}
    for path, declared in schema.fields.items():
        parent, _, leaf = path.rpartition(".")
        children.setdefault(parent, []).append(leaf)
        if path not in (elsewhere or {}):
            below.setdefault(parent, {})[leaf] = declared
    required = tuple(path for path, one in schema.fields.items() if one.required)
    known = {parent: tuple(leaves) for parent, leaves in children.items()}
    return Index(schema, known, required, noun, more, elsewhere or {}, names, below)


def check(document: Document, known: Index) -> tuple[dict[str, Value], list[Diagnostic]]:
    """Return the document's tree with its text trimmed and in NFC and its dates as dates, and what is wrong with it.

    A value of the wrong kind stays in the tree as it was written.
    """
    checker = _Checker(document, known)
    if not isinstance(document.value, Mapping):
        what = _kind_of(document.value)
        checker.report(
            "F011", "", f"this document is {what}, a record of names and values is wanted", "write 'customer:' first"
        )
        return {}, checker.found
    return checker.record(document.value, "", ""), checker.found


class _Checker:
    """Walks one document along its schema; `path` is the document's, `generic` the schema's with `*` for an index."""

    def __init__(self, document: Document, known: Index) -> None:
        self.document = document
        self.known = known
        self.found: list[Diagnostic] = []

    def record(self, value: Mapping[str, Value], path: str, generic: str) -> dict[str, Value]:
        """Judge each entry of a record."""
        known = self.known.below.get(generic, {})
        prefix = f"{path}." if path else ""
        made: dict[str, Value] = {}
        for key, inside in value.items():
            declared = known.get(key)
            if declared is None:
                made[key] = self._undeclared(key, inside, prefix + key, generic)
            elif declared.kind is Kind.TEXT and type(inside) is str and _is_sound(inside) and not declared.choices:
                made[key] = inside
            else:
                made[key] = self.value(inside, prefix + key, declared.path, declared)
        return made

    def _undeclared(self, key: str, inside: Value, path: str, generic: str) -> Value:
        if "." in key and path not in self.known.elsewhere:
            below = f"{generic}.{key}" if generic else key
            declared = self.known.schema.fields.get(below)
            if declared is not None:
                return self.value(inside, path, below, declared)
        parent = self.known.schema.fields.get(generic)
        if parent is not None and (parent.open or parent.kind is Kind.ANY):
            self._name(key, path)
        else:
            self._unknown(key, path, generic)
        return self.free(inside, path)

    def value(self, value: Value, path: str, generic: str, declared: Field) -> Value:
        """Judge one value that the schema knows."""
        if value is None and self._is_unwritten(path):
            return None
        judge = _JUDGES.get(declared.kind)
        if judge is not None:
            return judge(self, value, path, declared)
        if declared.kind is Kind.RECORD and isinstance(value, Mapping):
            return self.record(value, path, generic)
        if declared.kind is Kind.LIST and isinstance(value, tuple):
            return self._items(value, path, f"{generic}.*")
        if declared.kind is Kind.ANY:
            known = isinstance(value, Mapping) and generic in self.known.children
            return self.record(value, path, generic) if known and isinstance(value, Mapping) else self.free(value, path)
        hint = (
            "write it as a list, each item on a line that begins with '- '"
            if declared.kind is Kind.LIST
            else "indent its names under it"
        )
        return self._wrong(value, path, declared, hint)

    def free(self, value: Value, path: str) -> Value:
        """Judge a value that may be anything: only its characters and the names of its keys can be wrong."""
        if isinstance(value, str):
            return value if _is_sound(value) else self._words(value, path, required=False)
        if isinstance(value, tuple):
            return tuple([self.free(item, f"{path}.{number}") for number, item in enumerate(value)])
        if isinstance(value, dict):
            for key in value:
                self._name(key, f"{path}.{key}")
            return {key: self.free(inside, f"{path}.{key}") for key, inside in value.items()}
        return value

    def report(self, code: str, path: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        """Add a finding at the value of a path."""
        self.found.append(Diagnostic(code, severity, message, self.document.spans.get(path), hint))

    def _items(self, value: tuple[Value, ...], path: str, generic: str) -> tuple[Value, ...]:
        declared = self.known.schema.fields.get(generic)
        if declared is None:
            return tuple(self.free(item, f"{path}.{number}") for number, item in enumerate(value))
        return tuple(self.value(item, f"{path}.{number}", generic, declared) for number, item in enumerate(value))

    def _text(self, value: Value, path: str, declared: Field) -> Value:
        if isinstance(value, str):
            text = self._words(value, path, required=declared.required)
            self._choice(text, path, declared)
            return text
        written = self._written(path)
        if isinstance(value, bool) or value is None:
            meaning = "nothing" if value is None else "yes" if value else "no"
            message = f"{path} wants text, and {written} without quotes means '{meaning}'"
            self.report("F013", path, message, f'quote it: "{written}"')
        elif isinstance(value, int | float):
            if path not in self.known.names:
                self._choice(written, path, declared)
                return written
            self.report("F014", path, f"{path} is the number {written}", f'quote it if it is a name: "{written}"')
        elif isinstance(value, date):
            self._wrong(value, path, declared, f'quote it: "{written}"')
        else:
            self._wrong(value, path, declared, "write one text")
        return value

    def _words(self, value: str, path: str, *, required: bool) -> str:
        """Return text trimmed and in NFC; report control characters and words that say nothing."""
        text = value.strip()
        if not text.isascii():
            text = normalize("NFC", text)
        bad = _CONTROL.search(text)
        if bad is not None:
            called = character_name(bad[0], "a control character").lower()
            self.report("F002", path, f"{path} has the character U+{ord(bad[0]):04X} ({called})", "delete it")
        elif required and is_junk(text):
            says = f"is '{text}'" if text else "is blank"
            self.report("F015", path, f"{path} {says}", "write what is true; no note can do without it")
        elif is_junk(text):
            says = f"is '{text}', which says nothing" if text else "is blank"
            self.report("F016", path, f"{path} {says}", "leave the line out when nothing is known", Severity.WARNING)
        return text

    def _choice(self, text: str, path: str, declared: Field) -> None:
        if declared.choices and text not in declared.choices:
            near = nearest(text, declared.choices)
            hint = f"did you mean '{near}'?" if near else f"choose among: {', '.join(declared.choices)}"
            self.report("F018", path, f"{path} cannot be '{text}'", hint)

    def _number(self, value: Value, path: str, declared: Field) -> Value:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        hint = "write digits without quotes"
        if isinstance(value, str) and _NUMBERLIKE.fullmatch(value):
            hint = "write the digits alone, without a currency sign, commas or quotes"
        return self._wrong(value, path, declared, hint)

    def _date(self, value: Value, path: str, declared: Field) -> Value:
        if isinstance(value, date):
            return value
        try:
            quoted = read_date(value.strip()) if isinstance(value, str) else None
        except ImpossibleDate:
            if path not in self.document.plain:
                self.report("F008", path, f"there is no such date as {value}", "write a date as 2026-03-04")
            return value
        return quoted or self._wrong(value, path, declared, "write the year, the month and the day: 2026-03-04")

    def _flag(self, value: Value, path: str, declared: Field) -> Value:
        if isinstance(value, bool):
            return value
        return self._wrong(value, path, declared, "write yes or no, without quotes")

    def _wrong(self, value: Value, path: str, declared: Field, hint: str) -> Value:
        message = f"{path} is {_kind_of(value)}, {WANTED[declared.kind]} is wanted"
        self.report("F011", path, message, hint)
        return value

    def _unknown(self, key: str, path: str, generic: str) -> None:
        where = f"{path.removesuffix(key).rstrip('.')} has no" if generic else f"there is no {self.known.noun} called"
        self.found.append(
            Diagnostic(
                "F010",
                Severity.ERROR,
                f"{where} '{key}'",
                self.document.keys.get(path),
                self._instead(key, path, generic),
            )
        )

    def _instead(self, key: str, path: str, generic: str) -> str:
        if path in self.known.elsewhere:
            return self.known.elsewhere[path]
        near = nearest(key, (name for name in self.known.children.get(generic, ()) if name not in self.known.elsewhere))
        if near:
            return f"did you mean '{near}'?"
        same = [known for known in self.known.schema.fields if known.endswith(f".{key}") and "*" not in known]
        if same:
            return f"did you mean {same[0]}?"
        names = ", ".join(name for name in self.known.children.get(generic, ()) if name not in self.known.elsewhere)
        return f"there are: {names}{self.known.more}"

    def _name(self, key: str, path: str) -> None:
        """Warn of a key that a template cannot write after a dot."""
        if key.isidentifier():
            return
        better = re.sub(r"\W+", "_", key).strip("_").lower()
        hint = f"call it {better}" if better.isidentifier() else "call it by letters, digits and _"
        span = self.document.keys.get(path)
        message = f"a template cannot write '{key}' after a dot"
        self.found.append(Diagnostic("F019", Severity.WARNING, message, span, hint))

    def _is_unwritten(self, path: str) -> bool:
        span = self.document.spans.get(path)
        return span is None or span.start == span.end

    def _written(self, path: str) -> str:
        span = self.document.spans.get(path)
        return span.text if span else ""


_JUDGES: Final[Mapping[Kind, Callable[[_Checker, Value, str, Field], Value]]] = {
    Kind.TEXT: _Checker._text,
    Kind.NUMBER: _Checker._number,
    Kind.DATE: _Checker._date,
    Kind.FLAG: _Checker._flag,
}
"""Not kept by each checker, which would then hold itself, and its document, until Python looks for such rings."""


def _is_sound(text: str) -> bool:
    """Return whether nothing can be wrong with a text as it stands: it is in ASCII, not padded and says something."""
    return text.isascii() and text.isprintable() and text[:1] != " " != text[-1:] and not is_junk(text)


def missing(
    tree: Mapping[str, Value], document: Document, known: Index, *, but: str | None = None
) -> Iterator[Diagnostic]:
    """Say which required facts are not there, at the nearest record that is; the root `but` is not looked at."""
    for required in known.required:
        if required.partition(".")[0] == but:
            continue
        for path in _expand(tree, required.split("."), ""):
            if path in document.spans and document.spans[path].text:
                continue
            place = path
            while place and place not in document.keys:
                place = place.rpartition(".")[0]
            span = document.keys[place] if place else _first_line(document)
            yield Diagnostic(
                "F012", Severity.ERROR, f"{path} is missing", span, f"write {known.schema.fields[required].doc}"
            )


def _expand(here: Value, steps: list[str], path: str) -> Iterator[str]:
    """Yield the paths that the steps stand for and at which there is nothing; a list that is absent lacks nothing."""
    if not steps:
        if here is None:
            yield path
        return
    step, rest = steps[0], steps[1:]
    if step == "*":
        if isinstance(here, tuple):
            for number, item in enumerate(here):
                yield from _expand(item, rest, f"{path}.{number}")
        return
    inside = here.get(step) if isinstance(here, Mapping) else None
    if here is None or isinstance(here, Mapping):
        yield from _expand(inside, rest, f"{path}.{step}" if path else step)


def _first_line(document: Document) -> Span:
    root = document.spans.get("", Span(document.source, 0, 0))
    end = document.source.text.find("\n", root.start)
    return Span(document.source, root.start, end if end >= 0 else len(document.source.text))


def _kind_of(value: Value) -> str:
    for kind, what in (
        (bool, "yes or no"),
        (str, "text"),
        (int | float, "a number"),
        (date, "a date"),
        (tuple, "a list"),
        (Mapping, "a record"),
    ):
        if isinstance(value, kind):
            return what
    return "nothing"

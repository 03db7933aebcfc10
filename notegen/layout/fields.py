"""Reading a file of measures: every key known, every length a number of mm; what is wrong collects with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from notegen.errors import nearest
from notegen.model.diagnostic import Checked, Diagnostic, Severity, has_errors
from notegen.model.facts import Value
from notegen.model.source import Source, Span
from notegen.yamlsource import Document, parse

LARGEST: Final = 1300.0
"""Millimetres beyond which a length is taken for a wrong unit; A0 is 1189 mm long."""

_SHAPES: Final = {2: "[width, height]", 4: "[x, y, width, height]"}
_EXAMPLES: Final = {2: "[139.7, 107.95]", 4: "[0, 0, 107.95, 139.7]"}


@dataclass(frozen=True, slots=True)
class Form:
    """What a kind of file has: what it is called, its keys, those that it cannot do without, and its codes.

    `key` is the code for keys, `value` for values, `place` for what cannot lie where it does.
    """

    thing: str
    keys: tuple[str, ...]
    required: tuple[str, ...]
    key: str
    value: str
    place: str


def opened(source: Source, form: Form) -> Checked[Document]:
    """Return the one map that a file of measures is."""
    parsed = parse(source)
    documents = parsed.value or ()
    if has_errors(parsed.diagnostics):
        return Checked(None, parsed.diagnostics)
    if len(documents) != 1 or not isinstance(documents[0].value, Mapping):
        message = f"a {form.thing} file is one map of measures"
        wrong = Diagnostic(form.value, Severity.ERROR, message, Span(source, 0, 0), "begin with `title:`")
        return Checked(None, (*parsed.diagnostics, wrong))
    return Checked(documents[0], parsed.diagnostics)


class Fields:
    """Takes a document's values one by one; what is wrong collects in `found`, with its place."""

    def __init__(self, document: Document, form: Form) -> None:
        self.document = document
        self.form = form
        self.tree: Mapping[str, Value] = document.value if isinstance(document.value, Mapping) else {}
        self.found: list[Diagnostic] = []

    def wrong(self, code: str, path: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        """Note what is wrong at a value, or at its key when there is no value."""
        span = self.document.spans.get(path) or self.document.keys.get(path) or Span(self.document.source, 0, 0)
        self.found.append(Diagnostic(code, severity, message, span, hint))

    def check_keys(self) -> None:
        """Note keys that there are not and those that are lacking."""
        form = self.form
        meant = set(self.unknown("", self.tree, form.keys, f"a {form.thing}"))
        for key in form.required:
            if self.tree.get(key) is None and key not in meant:
                self.wrong(form.key, key, f"this {form.thing} does not say its {key}", f"add `{key}:`")

    def unknown(self, path: str, tree: Mapping[str, Value], keys: Sequence[str], thing: str) -> Iterator[str | None]:
        """Note the keys of a map that are not known, and yield which each may have meant."""
        for key in tree:
            if key not in keys:
                near = nearest(key, keys)
                hint = f"did you mean '{near}'?" if near else f"{thing} has: {', '.join(keys)}"
                at = f"{path}.{key}" if path else key
                span = self.document.keys.get(at)
                self.found.append(
                    Diagnostic(self.form.key, Severity.ERROR, f"{thing} has no '{key}'", span, hint),
                )
                yield near

    def text(self, path: str) -> str:
        """Return a text that must be there."""
        value = self.tree[path]
        if not isinstance(value, str) or not value.strip():
            self.wrong(self.form.value, path, f"{path} must be a text", "write a few words")
        return str(value)

    def texts(self, path: str) -> Iterator[str]:
        """Yield the names of a list, or one name alone."""
        value = self.tree.get(path) or ()
        for index, one in enumerate(value if isinstance(value, tuple) else (value,)):
            if isinstance(one, str) and one:
                yield one
            else:
                at = f"{path}.{index}" if isinstance(value, tuple) else path
                hint = "put a name that is a number in quotes"
                self.wrong(self.form.value, at, f"{path} is a list of names", hint)

    def choice(self, path: str, value: Value, choices: Sequence[str]) -> str:
        """Return one of a few words."""
        if value in choices:
            return str(value)
        near = nearest(value, choices) if isinstance(value, str) else None
        hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(choices)}"
        name = path.rpartition(".")[2]
        plain = isinstance(value, str | int | float)
        self.wrong(
            self.form.value, path, f"there is no {name} '{value}'" if plain else f"{name} must be one word", hint
        )
        return choices[0]

    def length(self, path: str, value: Value, *, zero: bool = False) -> float:
        """Return a length in mm; `zero` allows 0."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong(self.form.value, path, f"{path} must be a number of mm", "write a number without a unit")
        elif not 0 <= value <= LARGEST or (value == 0 and not zero):
            least = "from 0" if zero else "above 0 and"
            self.wrong(
                self.form.value, path, f"{path} is {value:g} mm", f"lengths are in mm, {least} up to {LARGEST:g}"
            )
        else:
            return float(value)
        return 1.0

    def lengths(self, path: str, value: Value, count: int, *, zero: bool = False) -> tuple[float, ...]:
        """Return a pair of lengths, or a box of four of which the first two may be nought."""
        if not isinstance(value, tuple) or len(value) != count:
            hint = f"for example {path}: {_EXAMPLES[count]}"
            self.wrong(self.form.value, path, f"{path} must be {_SHAPES[count]} in mm", hint)
            return (1.0,) * count
        return tuple(
            self.length(f"{path}.{index}", one, zero=zero or (count == 4 and index < 2))
            for index, one in enumerate(value)
        )

    def positions(self, path: str) -> tuple[float, ...]:
        """Return a list of lengths that need not be there."""
        value = self.tree.get(path) or ()
        if not isinstance(value, tuple):
            message = f"{path} must be a list of positions in mm"
            self.wrong(self.form.value, path, message, f"for example {path}: [107.95]")
            return ()
        return tuple(self.length(f"{path}.{index}", one) for index, one in enumerate(value))

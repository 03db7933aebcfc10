"""A printer's file: a small map of moves and stretches, each within what a working printer needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from notegen.errors import NotegenError, nearest
from notegen.layout.codes import PRINTER_KEY, PRINTER_VALUE
from notegen.model.diagnostic import Checked, Diagnostic, Severity, has_errors
from notegen.model.facts import Value
from notegen.model.printer import Printer
from notegen.model.source import Source, Span
from notegen.yamlsource import Document, parse

FURTHEST = 10.0
"""Millimetres that a side may be moved: a printer that is further off needs its paper guides set."""
STRETCH = (0.98, 1.02)
"""How far pages may be stretched; a printer that is further off fits pages to its margins."""
_MOVES = ("front", "back")
_KEYS = (*_MOVES, "scale")


def read_printer(source: Source, name: str) -> Checked[Printer]:
    """Read and check one printer's file."""
    parsed = parse(source)
    documents = parsed.value or ()
    if has_errors(parsed.diagnostics):
        return Checked(None, parsed.diagnostics)
    if len(documents) != 1 or not isinstance(documents[0].value, Mapping):
        hint = "for example front: [0.4, -0.2]"
        wrong = Diagnostic(PRINTER_VALUE, Severity.ERROR, "a printer's file is one map", Span(source, 0, 0), hint)
        return Checked(None, (*parsed.diagnostics, wrong))
    reader = _Reader(documents[0], documents[0].value)
    printer = reader.printer(name)
    found = (*parsed.diagnostics, *reader.found)
    return Checked(None if has_errors(found) else printer, found)


@dataclass
class _Reader:
    """Takes a file's values one by one; what is wrong collects in `found`, with its place."""

    document: Document
    tree: Mapping[str, Value]
    found: list[Diagnostic] = field(default_factory=list)

    def printer(self, name: str) -> Printer:
        """Return the printer; what is wrong is left as it is usual."""
        for key in self.tree:
            if key not in _KEYS:
                near = nearest(key, _KEYS)
                hint = f"did you mean '{near}'?" if near else f"a printer has: {', '.join(_KEYS)}"
                place = self.document.keys.get(key)
                self.found.append(Diagnostic(PRINTER_KEY, Severity.ERROR, f"a printer has no '{key}'", place, hint))
        return Printer(name, self._pair("front", 0.0), self._pair("back", 0.0), self._pair("scale", 1.0))

    def _pair(self, key: str, usual: float) -> tuple[float, float]:
        value = self.tree.get(key)
        if value is None:
            return usual, usual
        if not isinstance(value, tuple) or len(value) != 2:
            shape = "[across, up]" if key == "scale" else "[right, up] in mm"
            self._wrong(key, f"{key} must be {shape}", f"for example {key}: [{usual:g}, {usual:g}]")
            return usual, usual
        first, second = (self._number(f"{key}.{index}", key, one, usual) for index, one in enumerate(value))
        return first, second

    def _number(self, path: str, key: str, value: Value, usual: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._wrong(path, f"{key} is made of numbers", "write a number without a unit")
        elif trouble := _trouble(key, float(value)):
            self._wrong(path, *trouble)
        else:
            return float(value)
        return usual

    def _wrong(self, path: str, message: str, hint: str) -> None:
        place = self.document.spans.get(path) or self.document.spans.get(path.split(".", maxsplit=1)[0])
        self.found.append(Diagnostic(PRINTER_VALUE, Severity.ERROR, message, place, hint))


def _trouble(key: str, value: float) -> tuple[str, str] | None:
    """Return what is wrong with a number, and what to do."""
    low, high = STRETCH if key == "scale" else (-FURTHEST, FURTHEST)
    if low <= value <= high:
        return None
    if key == "scale":
        return f"a scale of {value:g} is too far from 1", f"from {low:g} to {high:g}; print at 100 %, not fitted"
    return f"{value:g} mm is too far to move the {key}", f"up to {FURTHEST:g} mm; set the paper guides first"


def checked(printer: Printer) -> Printer:
    """Return a printer as it is. Raises NotegenError for a move or a stretch beyond what is sensible."""
    for key in _KEYS:
        for value in getattr(printer, key):
            if trouble := _trouble(key, value):
                raise NotegenError(trouble[0], hint=trouble[1])
    return printer


def as_yaml(printer: Printer) -> str:
    """Return a printer's file."""
    rows = [f"{key}: [{', '.join(map(_decimal, getattr(printer, key)))}]" for key in _KEYS]
    notes = ["mm to the right and up, as one looks at the front", "the same for the back", "across and up"]
    width = max(map(len, rows))
    return "".join(f"{row.ljust(width)}  # {note}\n" for row, note in zip(rows, notes, strict=True))


def _decimal(value: float) -> str:
    """Return a number without exponent: YAML takes 1e-05 for a text."""
    text = f"{value:.5f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text

"""Reading one stock file: every key known, every length positive, every panel and fold on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from notegen.errors import nearest
from notegen.layout.codes import STOCK_KEY, STOCK_PLACE, STOCK_VALUE
from notegen.model.diagnostic import Checked, Diagnostic, Severity, has_errors
from notegen.model.facts import Value
from notegen.model.source import Source, Span
from notegen.model.stock import Box, Panel, Stock
from notegen.yamlsource import Document, parse

_REQUIRED = ("title", "size", "bleed", "safe", "source")
_KEYS = (*_REQUIRED, "aka", "panels", "write_on", "folds")
_ROUNDING = 0.01
"""Millimetres by which figures given to a hundredth may miss each other."""

LARGEST = 1000.0
"""Millimetres beyond which a size is taken for a wrong unit."""


SMALLEST = 20.0
"""Millimetres that the safe box must measure each way."""


def read_stock(source: Source, name: str) -> Checked[Stock]:
    """Read and check one stock file."""
    parsed = parse(source)
    documents = parsed.value or ()
    if has_errors(parsed.diagnostics):
        return Checked(None, parsed.diagnostics)
    if len(documents) != 1 or not isinstance(documents[0].value, Mapping):
        wrong = _error(STOCK_VALUE, Span(source, 0, 0), "a stock file is one map of measures", "begin with `title:`")
        return Checked(None, (*parsed.diagnostics, wrong))
    reader = _Reader(documents[0])
    stock = reader.stock(name)
    diagnostics = (*parsed.diagnostics, *reader.found)
    return Checked(None if has_errors(diagnostics) else stock, diagnostics)


class _Reader:
    """Takes a document's values one by one; what is wrong collects in `found`, with its place."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tree: Mapping[str, Value] = document.value if isinstance(document.value, Mapping) else {}
        self.found: list[Diagnostic] = []

    def stock(self, name: str) -> Stock | None:
        """Return the stock, or None when something is wrong."""
        self._check_keys()
        if self.found:
            return None
        width, height = self._numbers("size", 2)
        page = Box(0.0, 0.0, width, height)
        panels = tuple(self._panels(page))
        stock = Stock(
            name=name,
            title=self._text("title"),
            size=(width, height),
            bleed=self._number("bleed"),
            safe=self._number("safe"),
            panels=panels,
            write_on=self._write_on(panels),
            source=self._text("source"),
            folds=self._folds(page),
            aka=tuple(self._texts("aka")),
        )
        if self.found:
            return None
        self._check_places(stock, page)
        return stock

    def wrong(self, code: str, path: str, message: str, hint: str) -> None:
        """Note an error at a value, or at its key when there is no value."""
        span = self.document.spans.get(path) or self.document.keys.get(path) or Span(self.document.source, 0, 0)
        self.found.append(_error(code, span, message, hint))

    def _check_keys(self) -> None:
        meant = set()
        for key in self.tree:
            if key not in _KEYS:
                near = nearest(key, _KEYS)
                meant.add(near)
                hint = f"did you mean '{near}'?" if near else f"a stock has: {', '.join(_KEYS)}"
                self.found.append(_error(STOCK_KEY, self.document.keys.get(key), f"a stock has no '{key}'", hint))
        for key in _REQUIRED:
            if self.tree.get(key) is None and key not in meant:
                self.wrong(STOCK_KEY, key, f"this stock does not say its {key}", f"add `{key}:`")

    def _text(self, path: str) -> str:
        value = self.tree[path]
        if not isinstance(value, str) or not value.strip():
            self.wrong(STOCK_VALUE, path, f"{path} must be a text", "write a few words")
        return str(value)

    def _texts(self, path: str) -> Iterator[str]:
        value = self.tree.get(path) or ()
        for index, one in enumerate(value if isinstance(value, tuple) else (value,)):
            if isinstance(one, str) and one:
                yield one
            else:
                at = f"{path}.{index}" if isinstance(value, tuple) else path
                self.wrong(STOCK_VALUE, at, f"{path} is a list of names", "put a name that is a number in quotes")

    def _number(self, path: str) -> float:
        return self._positive(path, self.tree[path], zero=path == "bleed")

    def _numbers(self, path: str, count: int) -> tuple[float, ...]:
        return self._tuple(path, self.tree[path], count)

    def _tuple(self, path: str, value: Value, count: int) -> tuple[float, ...]:
        if not isinstance(value, tuple) or len(value) != count:
            shape = "[width, height]" if count == 2 else "[x, y, width, height]"
            self.wrong(STOCK_VALUE, path, f"{path} must be {shape} in mm", f"for example {path}: {_EXAMPLE[count]}")
            return (1.0,) * count
        return tuple(self._positive(f"{path}.{i}", one, zero=count == 4 and i < 2) for i, one in enumerate(value))

    def _positive(self, path: str, value: Value, *, zero: bool) -> float:
        """Return a length; `zero` allows 0."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong(STOCK_VALUE, path, f"{path} must be a number of mm", "write a number without a unit")
        elif not (0 <= value if zero else 0 < value) or value > LARGEST:
            self.wrong(STOCK_VALUE, path, f"{path} is {value:g} mm", f"lengths are in mm, up to {LARGEST:g}")
        else:
            return float(value)
        return 1.0

    def _panels(self, page: Box) -> Iterator[Panel]:
        value = self.tree.get("panels")
        if value is None:
            yield Panel("front", page)
        elif not isinstance(value, Mapping) or not value:
            self.wrong(STOCK_VALUE, "panels", "panels must be names with boxes", "for example inside: [0, 0, 100, 140]")
        else:
            for name, box in value.items():
                yield Panel(name, Box(*self._tuple(f"panels.{name}", box, 4)))

    def _write_on(self, panels: tuple[Panel, ...]) -> str:
        names = [panel.name for panel in panels]
        wanted = self.tree.get("write_on")
        if wanted is None and len(names) > 1:
            self.wrong(STOCK_KEY, "panels", "this stock does not say which panel to write on", "add `write_on:`")
        elif wanted is not None and wanted not in names:
            near = nearest(str(wanted), names)
            hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(names)}"
            self.wrong(STOCK_VALUE, "write_on", f"there is no panel '{wanted}'", hint)
        return str(wanted) if wanted is not None else names[0] if names else ""

    def _folds(self, page: Box) -> tuple[float, ...]:
        value = self.tree.get("folds") or ()
        if not isinstance(value, tuple):
            self.wrong(STOCK_VALUE, "folds", "folds must be a list of positions in mm", "for example folds: [107.95]")
            return ()
        folds = tuple(self._positive(f"folds.{index}", one, zero=False) for index, one in enumerate(value))
        for index, fold in enumerate(folds):
            if fold >= page.width:
                message = f"the fold at {fold:g} mm is not on a page {page.width:g} mm wide"
                self.wrong(STOCK_PLACE, f"folds.{index}", message, "folds are measured from the left edge")
        return folds

    def _check_places(self, stock: Stock, page: Box) -> None:
        for panel in stock.panels:
            box, at = panel.box, f"panels.{panel.name}"
            if box.right > page.right + _ROUNDING or box.top > page.top + _ROUNDING:
                message = f"the panel '{panel.name}' reaches beyond the page of {page.width:g} x {page.height:g} mm"
                self.wrong(STOCK_PLACE, at, message, "a panel is [x, y, width, height] from the lower left corner")
            if any(box.x + _ROUNDING < fold < box.right - _ROUNDING for fold in stock.folds):
                self.wrong(STOCK_PLACE, at, f"a fold runs through the panel '{panel.name}'", "end panels at folds")
        if min(stock.safe_box.width, stock.safe_box.height) < SMALLEST:
            message = f"{stock.safe:g} mm kept free on each side leave no room to write"
            self.wrong(STOCK_PLACE, "safe", message, f"leave at least {SMALLEST:g} mm between the edges")


_EXAMPLE = {2: "[139.7, 107.95]", 4: "[0, 0, 107.95, 139.7]"}


def _error(code: str, span: Span | None, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, span, hint)

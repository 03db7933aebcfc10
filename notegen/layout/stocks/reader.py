"""Reading one stock file: every key known, every length positive, every panel and fold on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

from notegen.errors import nearest
from notegen.layout.codes import STOCK_KEY, STOCK_PLACE, STOCK_VALUE
from notegen.layout.fields import Fields, Form, opened
from notegen.layout.stocks.panels import WRITE_ON, usual
from notegen.model.diagnostic import Checked, has_errors
from notegen.model.facts import Value
from notegen.model.source import Source
from notegen.model.stock import Box, Fold, Kind, Panel, Side, Stock
from notegen.yamlsource import Document

_REQUIRED: Final = ("title", "size", "bleed", "safe", "source")
_KEYS: Final = (*_REQUIRED, "aka", "panels", "write_on", "folds", "across", "fold", "kind", "envelope")
_PANEL: Final = ("box", "side", "turned")

FORM: Final = Form("stock", _KEYS, _REQUIRED, STOCK_KEY, STOCK_VALUE, STOCK_PLACE)

SIDES: Final = {"front": Side.FRONT, "back": Side.BACK, "outside": Side.FRONT, "inside": Side.BACK}
"""What a file calls the two sides of the flat sheet."""

_ROUNDING: Final = 0.01
"""Millimetres by which figures given to a hundredth may miss each other."""

SMALLEST: Final = 20.0
"""Millimetres that the safe box must measure each way."""


def read_stock(source: Source, name: str) -> Checked[Stock]:
    """Read and check one stock file."""
    return read_document(opened(source, FORM), name)


def read_document(document: Checked[Document], name: str) -> Checked[Stock]:
    """Check a stock file that was opened."""
    if document.value is None:
        return Checked(None, document.diagnostics)
    reader = _Reader(document.value, FORM)
    stock = reader.stock(name)
    diagnostics = (*document.diagnostics, *reader.found)
    return Checked(None if has_errors(diagnostics) else stock, diagnostics)


class _Reader(Fields):
    """Takes the values of a stock file."""

    def stock(self, name: str) -> Stock | None:
        """Return the stock, or None when something is wrong."""
        self.check_keys()
        if self.found:
            return None
        width, height = self.lengths("size", self.tree["size"], 2)
        fold = Fold(self.choice("fold", self.tree.get("fold", Fold.NONE.value), tuple(Fold)))
        folds, across = self._folds("folds", width), self._folds("across", height)
        if fold is Fold.SIDE and not folds:
            folds = (width / 2,)
        if fold is Fold.TENT and not across:
            across = (height / 2,)
        panels = tuple(self._panels((width, height), fold, across if fold is Fold.TENT else folds))
        stock = Stock(
            name=name,
            title=self.text("title"),
            size=(width, height),
            bleed=self.length("bleed", self.tree["bleed"], zero=True),
            safe=self.length("safe", self.tree["safe"]),
            panels=panels,
            write_on=self._write_on(panels, fold),
            source=self.text("source"),
            folds=folds,
            aka=tuple(self.texts("aka")),
            across=across,
            fold=fold,
            kind=Kind(self.choice("kind", self.tree.get("kind", Kind.CARD.value), tuple(Kind))),
            envelope=self._envelope(),
        )
        if not self.found:
            self._check_places(stock)
        return None if self.found else stock

    def _envelope(self) -> str | None:
        value = self.tree.get("envelope")
        if value is None:
            return None
        if self.tree.get("kind") == Kind.ENVELOPE:
            self.wrong(STOCK_KEY, "envelope", "an envelope goes into no envelope", "leave `envelope:` out")
        return self.text("envelope")

    def _folds(self, path: str, length: float) -> tuple[float, ...]:
        folds = self.positions(path)
        side, edge = ("wide", "left") if path == "folds" else ("high", "lower")
        for index, fold in enumerate(folds):
            if fold >= length:
                message = f"the fold at {fold:g} mm is not on a page {length:g} mm {side}"
                hint = f"{path} are measured from the {edge} edge of the front"
                self.wrong(STOCK_PLACE, f"{path}.{index}", message, hint)
        return folds

    def _panels(self, size: tuple[float, float], fold: Fold, folds: tuple[float, ...]) -> Iterator[Panel]:
        value = self.tree.get("panels")
        if value is not None and (not isinstance(value, Mapping) or not value):
            self.wrong(STOCK_VALUE, "panels", "panels must be names with boxes", "for example inside: [0, 0, 100, 140]")
        elif isinstance(value, Mapping):
            yield from (self._panel(name, one) for name, one in value.items())
        elif fold in (Fold.SIDE, Fold.TENT) and len(folds) != 1:
            path = "across" if fold is Fold.TENT else "folds"
            message = f"a card with {len(folds)} folds must list its panels"
            self.wrong(STOCK_KEY, path, message, "add `panels:`, a name and [x, y, width, height] each")
        elif fold is Fold.NONE and (self.tree.get("folds") or self.tree.get("across")):
            path = "folds" if self.tree.get("folds") else "across"
            message = "this stock does not say how it is folded"
            if not self.found:
                self.wrong(STOCK_KEY, path, message, "add `fold: side`, tent or letter, or list its panels")
        else:
            yield from usual(size, fold, folds[0] if folds else 0.0)

    def _panel(self, name: str, value: Value) -> Panel:
        at = f"panels.{name}"
        if not isinstance(value, Mapping):
            return Panel(name, self._box(at, value))
        if any(self.unknown(at, value, _PANEL, "a panel")) or value.get("box") is None:
            if value.get("box") is None:
                self.wrong(STOCK_KEY, at, f"the panel '{name}' does not say its box", "add `box:`")
            return Panel(name, Box(0.0, 0.0, 1.0, 1.0))
        turned = value.get("turned", False)
        if not isinstance(turned, bool):
            self.wrong(STOCK_VALUE, f"{at}.turned", "turned is yes or no", "write true for a panel printed head down")
        side = SIDES[self.choice(f"{at}.side", value.get("side", "front"), tuple(SIDES))]
        return Panel(name, self._box(f"{at}.box", value["box"]), side, turned is True)

    def _box(self, path: str, value: Value) -> Box:
        return Box(*self.lengths(path, value, 4))

    def _write_on(self, panels: tuple[Panel, ...], fold: Fold) -> str:
        names = [panel.name for panel in panels]
        wanted = self.tree.get("write_on")
        if wanted is None and self.tree.get("panels") is None:
            return WRITE_ON[fold]
        if wanted is None and len(names) > 1:
            self.wrong(STOCK_KEY, "panels", "this stock does not say which panel to write on", "add `write_on:`")
        elif wanted is not None and wanted not in names:
            near = nearest(str(wanted), names)
            hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(names)}"
            self.wrong(STOCK_VALUE, "write_on", f"there is no panel '{wanted}'", hint)
        return str(wanted) if wanted is not None else names[0] if names else ""

    def _check_places(self, stock: Stock) -> None:
        for panel in stock.panels:
            self._check_panel(panel, stock)
        for side in Side:
            for one, other in combinations(stock.panels_on(side), 2):
                if _overlap(one.box, other.box):
                    message = f"the panels '{one.name}' and '{other.name}' lie over each other on one side"
                    self.wrong(STOCK_PLACE, f"panels.{other.name}", message, "say `side: inside` for the one inside")
        if stock.panel.turned:
            message = f"the note would stand on its head on '{stock.write_on}'"
            self.wrong(STOCK_PLACE, "write_on", message, "write on a panel that is not turned")
        if min(stock.safe_box.width, stock.safe_box.height) < SMALLEST:
            message = f"{stock.safe:g} mm kept free on each side leave no room to write"
            self.wrong(STOCK_PLACE, "safe", message, f"leave at least {SMALLEST:g} mm between the edges")
        if stock.bleed > min(stock.size) / 2:
            message = f"a bleed of {stock.bleed:g} mm is more than half of the card"
            self.wrong(STOCK_PLACE, "bleed", message, "printers ask for about 3 mm")

    def _check_panel(self, panel: Panel, stock: Stock) -> None:
        box, at, (width, height) = panel.box, f"panels.{panel.name}", stock.size
        if box.right > width + _ROUNDING or box.top > height + _ROUNDING:
            message = f"the panel '{panel.name}' reaches beyond the page of {width:g} x {height:g} mm"
            self.wrong(STOCK_PLACE, at, message, "a panel is [x, y, width, height] from the lower left corner")
        upright = any(_within(fold, box.x, box.right) for fold in stock.folds_on(panel.side))
        level = any(_within(fold, box.y, box.top) for fold in stock.across_on(panel.side))
        if stock.fold is not Fold.LETTER and (upright or level):
            message = f"a fold runs through the panel '{panel.name}'"
            hint = "end panels at folds, or say `fold:` (side, tent, or letter when it is written across its folds)"
            self.wrong(STOCK_PLACE, at, message, hint)


def _within(fold: float, low: float, high: float) -> bool:
    return low + _ROUNDING < fold < high - _ROUNDING


def _overlap(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.x, other.x)
    up = min(one.top, other.top) - max(one.y, other.y)
    return min(across, up) > _ROUNDING

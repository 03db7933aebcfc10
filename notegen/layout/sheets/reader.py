"""Reading one sheet file: the paper, one piece, and where its copies lie."""

from __future__ import annotations

from typing import Final

from notegen.layout.codes import SHEET_KEY, SHEET_PLACE, SHEET_VALUE
from notegen.layout.fields import Fields, Form, opened
from notegen.layout.sheets.grid import ROUNDING, SMALLEST, Grid, beyond, in_order, overlap, slots
from notegen.layout.sheets.papers import PAPERS
from notegen.model.diagnostic import Checked, has_errors
from notegen.model.facts import Value
from notegen.model.sheet import SheetStock
from notegen.model.source import Source
from notegen.model.stock import Box

WHAT: Final = ("label", "card", "envelope")

MOST: Final = 1000
"""Pieces of a sheet beyond which a count is taken for a slip of the key."""

ROUGH: Final = 0.05
"""Millimetres by which pieces may overlap or overhang: the error of figures given to a tenth."""

FORM: Final = Form(
    "sheet",
    keys=(
        "title",
        "paper",
        "source",
        "size",
        "grid",
        "first",
        "pitch",
        "slots",
        "what",
        "waste",
        "round",
        "brand",
        "part",
        "aka",
    ),
    required=("title", "paper", "source"),
    key=SHEET_KEY,
    value=SHEET_VALUE,
    place=SHEET_PLACE,
)


def read_sheet(source: Source, name: str) -> Checked[SheetStock]:
    """Read and check one sheet file."""
    document = opened(source, FORM)
    if document.value is None:
        return Checked(None, document.diagnostics)
    reader = _Reader(document.value, FORM)
    sheet = reader.sheet(name)
    found = (*document.diagnostics, *reader.found)
    return Checked(None if has_errors(found) else sheet, found)


class _Reader(Fields):
    """Takes the values of a sheet file."""

    def sheet(self, name: str) -> SheetStock | None:
        """Return the sheet, or None when something is wrong."""
        self.check_keys()
        if self.found:
            return None
        paper = self._paper()
        boxes = self._slots(paper)
        sheet = SheetStock(
            name=name,
            title=self.text("title"),
            paper=paper,
            slots=boxes,
            source=self.text("source"),
            what=self.choice("what", self.tree.get("what", WHAT[0]), WHAT),
            waste=self._pair("waste", (0.0, 0.0)),
            round=self.length("round", self.tree.get("round", 0), zero=True),
            brand=self._optional("brand"),
            part=self._optional("part"),
            aka=tuple(self.texts("aka")),
        )
        if not self.found:
            self._check_places(sheet)
        return None if self.found else sheet

    def _optional(self, path: str) -> str:
        return self.text(path) if self.tree.get(path) is not None else ""

    def _paper(self) -> tuple[float, float]:
        value = self.tree["paper"]
        if isinstance(value, str):
            return PAPERS[self.choice("paper", value.casefold(), tuple(PAPERS))]
        width, height = self.lengths("paper", value, 2)
        return width, height

    def _pair(self, path: str, usual: tuple[float, float]) -> tuple[float, float]:
        if self.tree.get(path) is None:
            return usual
        across, up = self.lengths(path, self.tree[path], 2, zero=True)
        return across, up

    def _slots(self, paper: tuple[float, float]) -> tuple[Box, ...]:
        listed = self.tree.get("slots")
        if listed is None:
            return self._grid(paper)
        for key in ("size", "grid", "first", "pitch"):
            if self.tree.get(key) is not None:
                self.wrong(SHEET_KEY, key, f"a sheet that lists its slots has no '{key}'", "say one or the other")
        if not isinstance(listed, tuple) or not 0 < len(listed) <= MOST:
            hint = "for example slots: [[0, 0, 105, 148], [105, 0, 105, 148]], each from the lower left corner"
            self.wrong(SHEET_VALUE, "slots", "slots must be a list of boxes", hint)
            return ()
        return in_order(Box(*self.lengths(f"slots.{index}", one, 4)) for index, one in enumerate(listed))

    def _grid(self, paper: tuple[float, float]) -> tuple[Box, ...]:
        for key in ("size", "grid"):
            if self.tree.get(key) is None:
                hint = f"add `{key}:`, or list every piece under `slots:`"
                self.wrong(SHEET_KEY, key, f"this sheet does not say its {key}", hint)
                return ()
        size = self._pair("size", (0.0, 0.0))
        columns, rows = self._counts(self.tree["grid"])
        pitch = self._pair("pitch", size)
        whole = (size[0] + (columns - 1) * pitch[0], size[1] + (rows - 1) * pitch[1])
        first = self._pair("first", ((paper[0] - whole[0]) / 2, (paper[1] - whole[1]) / 2))
        return slots(paper, size, (Grid(columns, rows, first, pitch),))

    def _counts(self, value: Value) -> tuple[int, int]:
        if isinstance(value, tuple) and len(value) == 2:
            columns, rows = value
            if (
                isinstance(columns, int)
                and isinstance(rows, int)
                and min(columns, rows) > 0
                and max(columns, rows, columns * rows) <= MOST
                and not isinstance(columns, bool)
                and not isinstance(rows, bool)
            ):
                return columns, rows
        message = "grid must be [columns, rows] in whole numbers"
        self.wrong(SHEET_VALUE, "grid", message, f"for example grid: [3, 8]; at most {MOST} pieces")
        return 1, 1

    def _check_places(self, sheet: SheetStock) -> None:
        at = next(key for key in ("slots", "pitch", "first", "grid") if self.tree.get(key) is not None)
        small = min(min(box.width, box.height) for box in sheet.slots)
        if small < SMALLEST:
            self.wrong(SHEET_VALUE, at, f"a piece is {small:g} mm across", f"pieces have at least {SMALLEST:g} mm")
        over = beyond(sheet.paper, sheet.slots)
        if over > ROUGH:
            message = f"a piece reaches {_mm(over)} mm over the paper of {sheet.paper[0]:g} x {sheet.paper[1]:g} mm"
            hint = "`first` is the left and upper distance of the first piece; slots begin at the lower left corner"
            self.wrong(SHEET_PLACE, at, message, hint)
        across = min(overlap(sheet.slots))
        if across > ROUGH:
            message = f"pieces lie {_mm(across)} mm over each other"
            self.wrong(SHEET_PLACE, at, message, "the pitch is from one piece's edge to the same edge of the next")
        if 2 * sheet.round > small + ROUNDING:
            self.wrong(SHEET_PLACE, "round", "corners are rounder than a piece is broad", "`round` is the radius in mm")


def _mm(length: float) -> str:
    return f"{round(length, 2):g}"

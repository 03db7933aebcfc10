"""What `print:` in notegen.yaml says: for whom files are, on which paper, and how they are put on sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from notegen.facts.check import check, index
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.facts import Value
from notegen.model.imposition import Marks, Order
from notegen.model.purpose import Duplex, Plate, Purpose
from notegen.model.schema import Field, Kind, Schema
from notegen.model.source import Span
from notegen.yamlsource import Document

_PURPOSES = tuple(one.value for one in Purpose)
_PLATES = tuple(one.value for one in Plate)
_ORDERS = tuple(one.value for one in Order)
_MARKS = tuple(one.value for one in Marks)
_FLIPS = tuple(one.value for one in Duplex)

SCHEMA: Final = Schema(
    {
        one.path: one
        for one in (
            Field("for", Kind.TEXT, "whom files are for: press, desktop or screen", choices=_PURPOSES),
            Field("condition", Kind.TEXT, "the printing condition of the press, such as gracol or fogra39"),
            Field("icc", Kind.TEXT, "a CMYK output profile of the press, from this file"),
            Field("tac", Kind.NUMBER, "the most ink that the paper bears, in percent of one plate"),
            Field("plate", Kind.TEXT, "what notes are printed with: spot, black or process", choices=_PLATES),
            Field("spots", Kind.LIST, "the named plates that the printer knows of"),
            Field("spots.*", Kind.TEXT, "the name of one plate"),
            Field("marks", Kind.TEXT, "the marks to cut by: corner, full or none", choices=_MARKS),
            Field("sheet", Kind.TEXT, "the sheet that cards are put on, or a paper such as letter or a4"),
            Field("fill", Kind.TEXT, "how slots are filled: sheet, stack or repeat", choices=_ORDERS),
            Field("duplex", Kind.TEXT, "how the sheet is turned: long-edge or short-edge", choices=_FLIPS),
            Field("printer", Kind.TEXT, "the printer whose offsets are put right"),
            Field("matching", Kind.FLAG, "whether a small mark tells which envelope is a card's"),
        )
    }
)


@dataclass(frozen=True, slots=True)
class PrintSettings:
    """How files are printed; None where the shop does not say. `places` says where each setting is written."""

    purpose: Purpose | None = None
    condition: str | None = None
    icc: Path | None = None
    tac: float | None = None
    plate: Plate | None = None
    spots: tuple[str, ...] = ()
    marks: Marks | None = None
    sheet: str | None = None
    fill: Order | None = None
    duplex: Duplex | None = None
    printer: str | None = None
    matching: bool | None = None
    places: Mapping[str, Span] = field(default_factory=dict)


def read(part: Document, root: Path, found: list[Diagnostic]) -> PrintSettings:
    """Read what stands under `print:`; what is wrong is found and left as it is usual."""
    if not isinstance(part.value, Mapping):
        hint = "write names under it, such as for: press"
        found.append(_error("F011", part.spans.get(""), "print is no record of names and values", hint))
        return PrintSettings()
    tree, wrong = check(part, index(SCHEMA, "setting"))
    found.extend(wrong)
    if tree.get("condition") and tree.get("icc"):
        said = "both a condition and a profile are named, and a file has one"
        found.append(_error("F011", part.spans.get("icc"), said, "leave one of the two out"))
    purpose, plate, fill = (_text(tree, name) for name in ("for", "plate", "fill"))
    duplex, marks = (_text(tree, name) for name in ("duplex", "marks"))
    icc = _text(tree, "icc")
    return PrintSettings(
        purpose=Purpose(purpose) if purpose in _PURPOSES else None,
        condition=_text(tree, "condition"),
        icc=root / icc if icc else None,
        tac=_tac(tree, part, found),
        plate=Plate(plate) if plate in _PLATES else None,
        spots=tuple(one for one in _list(tree, "spots") if isinstance(one, str)),
        marks=Marks(marks) if marks in _MARKS else None,
        sheet=_text(tree, "sheet"),
        fill=Order(fill) if fill in _ORDERS else None,
        duplex=Duplex(duplex) if duplex in _FLIPS else None,
        printer=_text(tree, "printer"),
        matching=_flag(tree, "matching"),
        places=part.spans,
    )


def _tac(tree: Mapping[str, Value], part: Document, found: list[Diagnostic]) -> float | None:
    value = tree.get("tac")
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    if not 100 <= value <= 400:
        hint = "four plates are 400 %; coated paper bears about 300, uncoated 260 to 280"
        found.append(_error("F018", part.spans.get("tac"), f"tac is {value:g} %, from 100 to 400 is possible", hint))
        return None
    return float(value)


def _text(tree: Mapping[str, Value], key: str) -> str | None:
    value = tree.get(key)
    return value if isinstance(value, str) and value else None


def _list(tree: Mapping[str, Value], key: str) -> tuple[Value, ...]:
    value = tree.get(key)
    return value if isinstance(value, tuple) else ()


def _flag(tree: Mapping[str, Value], key: str) -> bool | None:
    value = tree.get(key)
    return value if isinstance(value, bool) else None


def _error(code: str, span: Span | None, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, span, hint)

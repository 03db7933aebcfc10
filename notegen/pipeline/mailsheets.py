"""Envelopes and labels become pages of a file: an envelope on pages of its own, labels on their sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.errors import NotegenError
from notegen.model.imposition import Imposing
from notegen.model.page import Page, PlacedCard
from notegen.model.piece import Piece
from notegen.model.purpose import Purpose
from notegen.model.stock import Side
from notegen.pipeline.batching import Progress, quietly
from notegen.pipeline.imposing import sheet_pages
from notegen.pipeline.pieces import flip_of
from notegen.pipeline.printing import Judge, Printed, plates

if TYPE_CHECKING:
    from notegen.model.printer import Printer
    from notegen.model.sheet import SheetStock
    from notegen.model.stock import Stock
    from notegen.pipeline.printing import Printing


def envelope_pages(pieces: Sequence[Piece], printer: Printer | None = None) -> Iterator[Page]:
    """Yield the front of each envelope, and its back when something is on it, each where the printer needs it."""
    from notegen.layout.printers import corrected

    for piece in pieces:
        pages = [(Side.FRONT, Page(piece.size, piece.front, label=piece.key))]
        if piece.back:
            pages.append((Side.BACK, Page(piece.size, piece.back, label=f"{piece.key}, back")))
        for side, page in pages:
            yield page if printer is None else corrected(page, printer, side)


def label_size(sheet: SheetStock) -> tuple[float, float]:
    """Return the width and height of a sheet's labels, mm; raises NotegenError for a sheet without any."""
    if not sheet.slots:
        raise NotegenError(f"the sheet {sheet.name} has no labels")
    return min(slot.width for slot in sheet.slots), min(slot.height for slot in sheet.slots)


def label_pages(
    pieces: Sequence[Piece], sheet: SheetStock, skip: int, printer: Printer | None = None
) -> Iterator[Page]:
    """Yield sheets of labels in reading order; the first `skip` labels of the first sheet are used up."""
    return sheet_pages(pieces, sheet, Imposing(skip=skip), printer)


def press_envelopes(
    pieces: Sequence[Piece],
    path: Path | str,
    how: Printing,
    stock: Stock | None,
    title: str,
    progress: Progress = quietly,
) -> Printed:
    """Write envelopes as one PDF for whom they are, whole or not at all.

    Raises Unfit for a press file that has an error by our own preflight.
    """
    from notegen.hand.grown import pool_with
    from notegen.press import write_pages

    backs = [piece for piece in pieces if piece.back]
    setup = replace(how.setup(title, how.shop.locale), duplex=flip_of(backs[0]) if backs else None)
    written = (item.card.hand for piece in pieces for item in piece.front if isinstance(item, PlacedCard))
    judge = Judge(how, stock, path, plates(written, how.plate))
    pages = envelope_pages(pieces, how.printer)
    pressed = write_pages(pages, path, setup, progress, judge if how.purpose is Purpose.PRESS else None, pool_with)
    return Printed(pressed, (), judge.report)

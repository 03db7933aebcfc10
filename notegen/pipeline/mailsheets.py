"""Envelopes and labels become pages of a file: an envelope on pages of its own, labels on their sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.errors import NotegenError
from notegen.layout.impose import plan
from notegen.model.imposition import Form, Imposing
from notegen.model.page import Page, placed
from notegen.model.piece import Piece
from notegen.model.purpose import Purpose, Setup
from notegen.pipeline.batching import Progress, quietly

if TYPE_CHECKING:
    from notegen.model.sheet import SheetStock
    from notegen.press import Pressed


def envelope_pages(pieces: Sequence[Piece]) -> Iterator[Page]:
    """Yield the front of each envelope, and its back when something is on it."""
    for piece in pieces:
        yield Page(piece.size, piece.front, label=piece.key)
        if piece.back:
            yield Page(piece.size, piece.back, label=f"{piece.key}, back")


def label_size(sheet: SheetStock) -> tuple[float, float]:
    """Return the width and height of a sheet's labels, mm; raises NotegenError for a sheet without any."""
    if not sheet.slots:
        raise NotegenError(f"the sheet {sheet.name} has no labels")
    return min(slot.width for slot in sheet.slots), min(slot.height for slot in sheet.slots)


def label_pages(pieces: Sequence[Piece], sheet: SheetStock, skip: int) -> Iterator[Page]:
    """Yield sheets of labels in reading order; the first `skip` labels of the first sheet are used up."""
    form = Form(label_size(sheet))
    for side in plan(len(pieces), form, sheet, Imposing(skip=skip)):
        items = tuple(placed(item, one.seat.at) for one in side.places for item in pieces[one.piece].front)
        yield Page(sheet.paper, items, label=f"sheet {side.sheet + 1}")


def press_pages(pages: Iterator[Page], path: Path, title: str, language: str, progress: Progress = quietly) -> Pressed:
    """Write pages for one's own printer as one PDF, whole or not at all."""
    from notegen.press import write_pages

    return write_pages(pages, path, Setup(title, language, purpose=Purpose.DESKTOP), progress)

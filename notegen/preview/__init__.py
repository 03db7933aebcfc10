"""Cards become pictures: one note on a desk with its guides, or a contact sheet of many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

    from notegen.hand.capture.doubts import Judged
    from notegen.model.card import Card
    from notegen.model.imposition import SheetSide
    from notegen.model.piece import Piece
    from notegen.model.sheet import SheetStock
    from notegen.preview.grey import GreyPage

__all__ = [
    "card_png",
    "contact_sheet",
    "grey_pages",
    "page_count",
    "page_image",
    "page_png",
    "pages_png",
    "samples_sheet",
    "sheet_preview",
]


def grey_pages(path: Path, *, dpi: float | None = None) -> Iterator[GreyPage]:
    """Return each page of a PDF, or each picture of a PNG, JPEG or TIFF, in grey at 300 dots to the inch, one by one.

    `dpi` is a picture's own resolution where its file does not say. Raises UnreadableFile for what is neither, and
    NotegenError for a picture that is too coarse or does not say its resolution.
    """
    from notegen.preview import grey

    return grey.grey_pages(path, dpi=dpi)


def page_image(pdf: bytes | Path, page: int, *, dpi: float = 150) -> Image:
    """Return page number `page` (from 0) of a PDF as an RGB picture on white.

    Raises UnreadableFile for what is no PDF, NotegenError for a page that is not there.
    """
    from notegen.preview import png

    return png.page_image(pdf, page, dpi=dpi)


def page_count(pdf: bytes | Path) -> int:
    """Return how many pages a PDF has; raises UnreadableFile for what is no PDF."""
    from notegen.preview import png

    return png.page_count(pdf)


def samples_sheet(judged: Sequence[Judged], path: Path) -> None:
    """Write a picture of all samples of a form, each with the outline that was read and what is doubtful about it.

    Raises UnwritableFile when the picture cannot be written.
    """
    from notegen.preview import samples

    samples.samples_sheet(judged, path)


def page_png(pdf: bytes | Path, page: int, *, dpi: float = 150) -> bytes:
    """Return page number `page` (from 0) of a PDF as a PNG file; see `page_image`."""
    from notegen.preview import png

    return png.as_png(png.page_image(pdf, page, dpi=dpi), dpi)


def pages_png(pdf: bytes | Path, *, dpi: float = 150) -> bytes:
    """Return all pages of a PDF as one PNG file: above each other when they are broad, beside each other when high."""
    from notegen.preview import png

    return png.as_png(png.together(png.page_images(pdf, list(range(png.page_count(pdf))), dpi=dpi)), dpi)


def card_png(card: Card, path: Path, *, dpi: float = 200, guides: bool = True, piece: Piece | None = None) -> None:
    """Write a picture of one card lying on a desk, as the press would print it.

    A `piece` adds its pictures, and its other side when something is on it. With `guides`, the bleed is shown too, with
    lines for trim, bleed, safe area and folds, and what they mean. Raises UnwritableFile when the picture cannot be
    written.
    """
    from notegen.preview import contact

    contact.card_png(card, path, dpi=dpi, guides=guides, piece=piece)


def contact_sheet(
    cards: Sequence[Card],
    path: Path,
    *,
    columns: int = 3,
    dpi: float = 110,
    guides: bool = False,
    pieces: Sequence[Piece] = (),
) -> None:
    """Write one picture of several cards in rows of `columns`, each with its key below.

    `pieces`, one for each card, add the pictures of the side that the note is on.

    A sheet that would be very large is drawn at fewer `dpi`. Raises NotegenError when there are no cards.
    """
    from notegen.preview import contact

    contact.contact_sheet(cards, path, columns=columns, dpi=dpi, guides=guides, pieces=pieces)


def sheet_preview(pdf: Path, sheet: SheetStock, sides: Sequence[SheetSide], path: Path, *, dpi: float = 75) -> None:
    """Write a picture of one sheet of a PDF of sheets: its sides, with trims and the numbers of pieces and blank slots.

    `sides` are that sheet's, of its plan. Raises UnreadableFile for what is no PDF, and UnwritableFile.
    """
    from notegen.preview import sheets

    sheets.sheet_preview(pdf, sheet, sides, path, dpi=dpi)

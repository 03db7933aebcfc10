"""A sheet as it comes out of the printer: both sides on a desk, with its slots, their numbers and what is cut."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from notegen.files import write_bytes
from notegen.model.imposition import SheetSide
from notegen.model.page import applied
from notegen.model.sheet import SheetStock
from notegen.model.stock import Box, Side
from notegen.preview import desk
from notegen.preview.guides import Colour, Guide, draw_line
from notegen.preview.png import as_png, page_images

MARGIN = 12.0
"""Desk around a sheet, mm."""
LETTERS = 4.2
"""Height of numbers, mm."""
TRIM: Colour = (205, 50, 45)
BLANK: Colour = (110, 120, 140)
_TAKEN = Guide("trim", "trimmed edge", TRIM, (1, 0), ())
_FREE = Guide("blank", "a blank place", BLANK, (1.6, 1.2), ())


def sheet_preview(pdf: Path, sheet: SheetStock, sides: Sequence[SheetSide], path: Path, *, dpi: float) -> None:
    """Write a picture of one sheet; see `notegen.preview.sheet_preview`."""
    scale = dpi / 25.4
    first = sides[0].sheet * len(sides)
    pages = page_images(pdf, list(range(first, first + len(sides))), dpi=dpi)
    margin, pixels = round(MARGIN * scale), max(11.0, LETTERS * scale)
    width = margin + sum(page.width + margin for page in pages)
    legend = (_TAKEN, _FREE) if len(sides[0].places) < len(sheet.slots) else (_TAKEN,)
    foot = desk.legend_size(legend, width - 2 * margin, pixels)
    picture = Image.new("RGB", (width, 2 * margin + pages[0].height + foot + margin // 2), desk.DESK)
    fronts = _boxes(sheet, sides[0])
    left = margin
    for side, page in zip(sides, pages, strict=True):
        drawn = _numbered(desk.on_paper(page), side, fronts if side.side is Side.FRONT else None, scale, pixels)
        desk.lay(picture, drawn, (left, margin), scale)
        said = f"sheet {side.sheet + 1}, {side.side.value}"
        ImageDraw.Draw(picture).text(
            (left, margin * 0.45), said, fill=desk.WORDS, font=desk.font_for(said, pixels), anchor="lm"
        )
        left += page.width + margin
    desk.draw_legend(picture, legend, (margin, picture.height - foot - margin // 2, width - 2 * margin), pixels)
    write_bytes(path, as_png(picture, dpi))


def _boxes(sheet: SheetStock, side: SheetSide) -> dict[int, Box]:
    """Return the box of each slot of a front: the piece's in those that are taken, the slot's own in blanks."""
    found = dict(enumerate(sheet.slots))
    found.update({place.seat.slot: place.seat.box for place in side.places})
    return found


def _numbered(
    page: Image.Image, side: SheetSide, slots: dict[int, Box] | None, scale: float, pixels: float
) -> Image.Image:
    """Draw trims and numbers over a side: each piece's in its upper right corner, a blank slot's in its middle."""
    draw = ImageDraw.Draw(page)
    taken = {place.seat.slot for place in side.places}
    for slot, box in (slots or {}).items():
        if slot not in taken:
            _outline(draw, box, page.height, scale, _FREE)
            _badge(
                draw,
                _at(box.x + box.width / 2, box.y + box.height / 2, page.height, scale),
                f"{slot + 1}",
                pixels,
                BLANK,
            )
    for place in side.places:
        seat = place.seat
        _outline(draw, seat.box, page.height, scale, _TAKEN)
        wide, high = (seat.box.width, seat.box.height) if seat.turn % 180 == 0 else (seat.box.height, seat.box.width)
        corner = applied(seat.at, wide - min(6.0, wide / 4), high - min(5.0, high / 4))
        _badge(draw, _at(*corner, page.height, scale), f"{place.piece + 1}", pixels, TRIM)
    return page


def _outline(draw: ImageDraw.ImageDraw, box: Box, height: int, scale: float, guide: Guide) -> None:
    corners = [_at(x, y, height, scale) for x, y in _corners(box)]
    for one, other in zip(corners, (*corners[1:], corners[0]), strict=True):
        draw_line(draw, (*one, *other), guide, scale)


def _corners(box: Box) -> tuple[tuple[float, float], ...]:
    return (box.x, box.y), (box.right, box.y), (box.right, box.top), (box.x, box.top)


def _at(x: float, y: float, height: int, scale: float) -> tuple[float, float]:
    return min(max(x * scale, 0.0), 1e6), min(max(height - y * scale, 0.0), height - 1.0)


def _badge(draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, pixels: float, colour: Colour) -> None:
    font = desk.font_for(text, pixels)
    half, high = font.getlength(text) / 2 + pixels * 0.45, pixels * 0.75
    box = (at[0] - half, at[1] - high, at[0] + half, at[1] + high)
    draw.rounded_rectangle(box, radius=high, fill=(255, 255, 255), outline=colour, width=max(1, round(pixels / 10)))
    draw.text(at, text, fill=colour, font=font, anchor="mm")

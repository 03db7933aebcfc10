"""A card as it looks on a desk: paper, a soft shadow, guides over it and a legend below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from notegen.model.card import Card
from notegen.preview.guides import Guide, draw_line, guides, room_guides
from notegen.resources import data_folder

DESK = (228, 224, 217)
PAPER = (254, 252, 246)
WORDS = (70, 68, 64)
SHADOW = 90
"""How dark the shadow is under the card, of 255."""

OTHER_LETTERS = "neat-print/Mynerve.ttf"
"""For labels with letters beyond ASCII, which Pillow's own font does not have."""


def on_paper(page: Image.Image) -> Image.Image:
    """Return a page printed on warm white stock."""
    return ImageChops.multiply(page, Image.new("RGB", page.size, PAPER))


def trimmed(page: Image.Image, card: Card, scale: float) -> Image.Image:
    """Return what is left of a page when it is cut; `scale` is pixels to the mm."""
    bleed, (width, height) = card.stock.bleed, card.stock.size
    left, top = round(bleed * scale), round(bleed * scale)
    return page.crop((left, top, left + round(width * scale), top + round(height * scale)))


def with_guides(page: Image.Image, card: Card, scale: float, *, written: bool = True) -> Image.Image:
    """Return a whole page with its guides drawn over it; those of the note stand on the side that is `written` on."""
    drawn = page.copy()
    draw = ImageDraw.Draw(drawn)
    bleed = card.stock.bleed
    found = (*guides(card.stock), *room_guides(card.rooms))
    for guide in found if written else [one for one in found if one.name in ("trim", "bleed")]:
        for x0, y0, x1, y1 in guide.lines:
            ends = [((x + bleed) * scale, page.height - (y + bleed) * scale) for x, y in ((x0, y0), (x1, y1))]
            (a, b), (c, d) = [(min(x, page.width - 1), min(max(y, 0), page.height - 1)) for x, y in ends]
            draw_line(draw, (a, b, c, d), guide, scale)
    return drawn


def lay(desk: Image.Image, card: Image.Image, at: tuple[int, int], scale: float) -> None:
    """Put a card on the desk, with the shadow that it throws."""
    blur = max(1.0, 1.1 * scale)
    room = round(3 * blur)
    shadow = Image.new("L", (card.width + 2 * room, card.height + 2 * room))
    shadow.paste(SHADOW, (room, room, room + card.width, room + card.height))
    shadow = shadow.filter(ImageFilter.GaussianBlur(blur))
    fall = round(0.6 * scale)
    desk.paste((40, 34, 26), (at[0] - room + fall // 2, at[1] - room + fall), shadow)
    desk.paste(card, at)


def font_for(text: str, pixels: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return a font of that size which has the letters of the text, as far as we ship one."""
    if text.isascii():
        return ImageFont.load_default(pixels)
    return ImageFont.truetype(str(data_folder("fonts") / OTHER_LETTERS), round(pixels * 1.2))


def legend_size(items: Sequence[Guide], width: int, pixels: float) -> int:
    """Return the height in pixels of a legend in a given width."""
    rows = max((row + 1 for _, _, row in _places(items, width, pixels)), default=0)
    return round(rows * pixels * 1.7)


def draw_legend(desk: Image.Image, items: Sequence[Guide], box: tuple[int, int, int], pixels: float) -> None:
    """Write what the lines mean, from (left, top) within a width, in letters of `pixels`."""
    left, top, width = box
    draw = ImageDraw.Draw(desk)
    for guide, x, row in _places(items, width, pixels):
        middle = top + row * pixels * 1.7 + pixels * 0.85
        scale = pixels / 2.6
        draw_line(draw, (left + x, middle, left + x + pixels * 2.6, middle), guide, scale)
        font = font_for(guide.label, pixels)
        draw.text((left + x + pixels * 3.1, middle), guide.label, fill=WORDS, font=font, anchor="lm")


def _places(items: Iterable[Guide], width: int, pixels: float) -> list[tuple[Guide, float, int]]:
    """Return (guide, x, row) for each entry, a new row when one is full."""
    places, x, row = [], 0.0, 0
    for guide in items:
        needs = pixels * 3.1 + font_for(guide.label, pixels).getlength(guide.label)
        if x and x + needs > width:
            x, row = 0.0, row + 1
        places.append((guide, x, row))
        x += needs + pixels * 1.8
    return places

"""Several cards on one page: each is a form of its own, with its own font and ink, put where it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from notegen.files import replacing
from notegen.model.stock import Stock
from notegen.press.units import POINTS, number, page_boxes

if TYPE_CHECKING:
    from notegen.model.card import Card
    from notegen.press.container import Container
    from notegen.press.draw import Fonts

Place = tuple[float, float]
"""Where the lower left corner of a card's trimmed page is put on the page, mm."""


def write_montage(
    cards: Sequence[Card], places: Sequence[Place], page: Stock, path: Path, *, title: str, language: str
) -> None:
    """Write a PDF of one page with all cards on it; the same cards give the same bytes. Raises UnwritableFile."""
    from notegen.press.container import Container
    from notegen.press.draw import Fonts

    with replacing(path) as stream:
        container = Container(stream, title=title, language=language, author="")
        fonts = Fonts(container)
        numbers = [_form(card, place, container, fonts) for card, place in zip(cards, places, strict=True)]
        objects = b" ".join(b"/X%d %d 0 R" % pair for pair in enumerate(numbers))
        boxes = " ".join(f"/{name} [{' '.join(map(number, box))}]" for name, box in page_boxes(page).items())
        entries = b"/Resources << /XObject << %s >> >> %s" % (objects, boxes.encode("ascii"))
        container.add_page(b"".join(b"/X%d Do\n" % one for one in range(len(numbers))), entries)
        fonts.embed()
        container.finish()


def _form(card: Card, place: Place, container: Container, fonts: Fonts) -> int:
    """Write a card as a form XObject and return its number."""
    from notegen.press.stream import contents

    font = fonts.of(card)
    (content,) = contents([card], [font.codes(card.outline)])
    width, height = ((length + 2 * card.stock.bleed) * POINTS for length in card.stock.size)
    x, y = ((at - card.stock.bleed) * POINTS for at in place)
    reference = container.add_stream(
        content,
        f"/Type /XObject /Subtype /Form /BBox [0 0 {number(width)} {number(height)}] "
        f"/Matrix [1 0 0 1 {number(x)} {number(y)}] /Resources {fonts.resources(font, card.hand.ink)} 0 R ",
    )
    return container.number_of(reference)

"""Pages of any items as one PDF: cards in their hands, plain type, lines, areas, pictures.

Cards of some pages are written together, as in `draw`; each is a form of its own, because forms bring their own fonts
and inks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from notegen.errors import NotegenError
from notegen.files import replacing
from notegen.model.page import Area, Line, Outline, Page, Paint, PlacedArt, PlacedCard, Words, moved, then
from notegen.press.pdf import BLOCK, Pressed, _silent
from notegen.press.units import POINTS, number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from notegen.model.card import Card
    from notegen.model.page import Item, Transform
    from notegen.model.purpose import Setup
    from notegen.model.stock import Box
    from notegen.press.container import Container
    from notegen.press.draw import Font, Fonts
    from notegen.press.type import Type


def write_pages(
    pages: Iterable[Page], path: Path, setup: Setup, progress: Callable[[int], None] | None = None
) -> Pressed:
    """Write pages as one file, which appears under its name only when it is whole; the same pages give the same bytes.

    `pages` is read as it is written, a few at a time; `progress` is told how many more are written. Raises NotegenError
    when there are none, and UnwritableFile; nothing is left behind then.
    """
    blocks = _blocks(pages)
    first = next(blocks, None)
    if first is None:
        raise NotegenError("there are no pages to print")
    with replacing(path) as stream:
        return _write(chain([first], blocks), stream, setup, progress or _silent)


def _write(blocks: Iterable[list[Page]], stream: BinaryIO, setup: Setup, progress: Callable[[int], None]) -> Pressed:
    from notegen.press.container import Container

    container = Container(stream, title=setup.title, language=setup.language, author=setup.author)
    book = _Book(container, setup)
    pages = 0
    for block in blocks:
        book.write(block)
        progress(len(block))
        pages += len(block)
    names = (*book.fonts.embed(), *book.type.embed())
    return Pressed(pages, container.finish(), names)


def _blocks(pages: Iterable[Page]) -> Iterator[list[Page]]:
    iterator = iter(pages)
    while block := list(islice(iterator, BLOCK)):
        yield block


class _Resources:
    """What a page's stream names: fonts, colour spaces and forms."""

    def __init__(self) -> None:
        self.fonts: dict[str, Any] = {}
        self.spaces: dict[str, Any] = {}
        self.forms: dict[str, int] = {}

    def entries(self, number_of: Callable[[Any], int]) -> bytes:
        """Return the dictionary's text."""
        kinds = (
            ("Font", {name: number_of(one) for name, one in self.fonts.items()}),
            ("ColorSpace", {name: number_of(one) for name, one in self.spaces.items()}),
            ("XObject", self.forms),
        )
        inside = " ".join(
            f"/{kind} << {' '.join(f'/{name} {one} 0 R' for name, one in named.items())} >>"
            for kind, named in kinds
            if named
        )
        return f"<< {inside} >>".encode("ascii")


class _Book:
    """One file being filled with pages."""

    def __init__(self, container: Container, setup: Setup) -> None:
        from notegen.press.art.drawing import Arts
        from notegen.press.draw import Fonts
        from notegen.press.type import Type

        self.container = container
        self.fonts: Fonts = Fonts(container)
        self.type: Type = Type(container)
        self.arts: Arts = Arts(container, setup)
        self._plates: dict[Paint, tuple[str, Any]] = {}

    def write(self, pages: Sequence[Page]) -> None:
        """Write a block of pages; all of their cards' streams are made together."""
        placed = [item for page in pages for item in page.items if isinstance(item, PlacedCard)]
        contents = iter(self._contents([one.card for one in placed]))
        for page in pages:
            self._page(page, contents)

    def _contents(self, cards: Sequence[Card]) -> Iterator[tuple[bytes, Font]]:
        from notegen.press.stream import contents

        if not cards:
            return
        fonts = [self.fonts.of(card) for card in cards]
        codes: list[NDArray[Any]] = [font.codes(card.outline) for card, font in zip(cards, fonts, strict=True)]
        yield from zip(contents(cards, codes), fonts, strict=True)

    def _page(self, page: Page, contents: Iterator[tuple[bytes, Font]]) -> None:
        needs = _Resources()
        parts = [_map(moved(page.margin, page.margin))] if page.margin else []
        parts.extend(self._item(item, needs, contents) for item in page.items)
        resources = needs.entries(self.container.number_of)
        self.container.add_page(b"".join(parts), b"/Resources %s %s" % (resources, boxes(page)))

    def _item(self, item: Item, needs: _Resources, contents: Iterator[tuple[bytes, Font]]) -> bytes:
        if isinstance(item, PlacedCard):
            return self._card(item, needs, *next(contents))
        if isinstance(item, Words):
            shown, fonts = self.type.show(item)
            needs.fonts.update(fonts)
            return self._colour(item.paint, needs, stroke=False) + shown
        if isinstance(item, Line):
            return self._colour(item.paint, needs, stroke=True) + _line(item)
        if isinstance(item, Area):
            return self._colour(item.paint, needs, stroke=False) + _area(item)
        if isinstance(item, Outline):
            return self._colour(item.paint, needs, stroke=item.width > 0) + _outline(item)
        assert isinstance(item, PlacedArt)
        shown, objects = self.arts.show(item)
        needs.forms.update(objects)
        return shown

    def _card(self, placed: PlacedCard, needs: _Resources, content: bytes, font: Font) -> bytes:
        """Write a card as a form and return what draws it."""
        card = placed.card
        width, height = ((length + 2 * card.stock.bleed) * POINTS for length in card.stock.size)
        corner = moved(-card.stock.bleed, -card.stock.bleed)
        resources = self.fonts.resources(font, card.hand.ink)
        matrix = " ".join(map(number, _points(then(corner, placed.at))))
        form = self.container.add_stream(
            content,
            f"/Type /XObject /Subtype /Form /BBox [0 0 {number(width)} {number(height)}] "
            f"/Matrix [{matrix}] /Resources {resources} 0 R ",
        )
        name = f"X{len(needs.forms)}"
        needs.forms[name] = self.container.number_of(form)
        return _clipped(f"/{name} Do\n".encode("ascii"), placed.clip)

    def _colour(self, paint: Paint, needs: _Resources, *, stroke: bool) -> bytes:
        if paint.spot is None:
            parts = " ".join(number(round(part, 4)) for part in paint.cmyk)
            return f"{parts} {'K' if stroke else 'k'}\n".encode("ascii")
        if paint not in self._plates:
            from notegen.press.ink import separation

            space = self.container.reserve(separation(paint.spot, paint.cmyk))
            self._plates[paint] = f"S{len(self._plates)}", space
        name, space = self._plates[paint]
        needs.spaces[name] = space
        return (f"/{name} CS 1 SCN\n" if stroke else f"/{name} cs 1 scn\n").encode("ascii")


def boxes(page: Page) -> bytes:
    """Return MediaBox, BleedBox and TrimBox as entries of a page's dictionary; the media begins at nought."""
    trim = page.trim
    corner = page.margin
    found = {"MediaBox": trim.inset(-corner), "BleedBox": trim.inset(-page.bleed), "TrimBox": trim}
    return " ".join(f"/{name} [{_box(box, corner)}]" for name, box in found.items()).encode("ascii")


def _box(box: Box, corner: float) -> str:
    return " ".join(number((at + corner) * POINTS) for at in (box.x, box.y, box.right, box.top))


def _points(at: Transform) -> Transform:
    a, b, c, d, e, f = at
    return a, b, c, d, e * POINTS, f * POINTS


def _map(at: Transform) -> bytes:
    return f"{' '.join(map(number, _points(at)))} cm\n".encode("ascii")


def _clipped(content: bytes, clip: Box | None) -> bytes:
    if clip is None:
        return content
    at = " ".join(number(one * POINTS) for one in (clip.x, clip.y, clip.width, clip.height))
    return b"q\n%s re W n\n%sQ\n" % (at.encode("ascii"), content)


def _line(line: Line) -> bytes:
    dash = " ".join(number(part * POINTS) for part in line.dash)
    ends = [number(at * POINTS) for at in (line.x0, line.y0, line.x1, line.y1)]
    shown = f"{number(line.width * POINTS)} w [{dash}] 0 d {ends[0]} {ends[1]} m {ends[2]} {ends[3]} l S\n"
    return shown.encode("ascii")


def _area(area: Area) -> bytes:
    parts = [" ".join(number(one * POINTS) for one in (b.x, b.y, b.width, b.height)) + " re" for b in area.boxes]
    return "\n".join((*parts, "f\n")).encode("ascii")


def _outline(outline: Outline) -> bytes:
    takes = {"m": 1, "l": 1, "c": 3, "h": 0}
    points = iter(outline.points)
    steps: list[str] = []
    for kind in outline.kinds:
        steps.extend(f"{number(x * POINTS)} {number(y * POINTS)}" for x, y in islice(points, takes[kind]))
        steps.append(kind)
    path = " ".join(steps)
    shown = f"{number(outline.width * POINTS)} w [] 0 d {path} S\n" if outline.width > 0 else f"{path} f\n"
    return shown.encode("ascii")

"""Pages of any items as one PDF: cards in their hands, plain type, lines, areas, pictures.

Cards that are not drawn yet are drawn here, those of some pages together: numpy's cost is then shared. The card of a
page that has one is one of the page's own streams, which every RIP draws faster; several are forms, which bring their
own fonts and inks. A card's stream is put into the file as it is, so it may have been made anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from notegen.errors import NotegenError
from notegen.files import replacing
from notegen.model.card import Card
from notegen.model.page import (
    Area,
    Group,
    Line,
    Outline,
    Page,
    PlacedArt,
    PlacedCard,
    Words,
    moved,
    then,
)
from notegen.model.purpose import Purpose
from notegen.model.stock import Box
from notegen.press import shapes
from notegen.press.units import POINTS, boxes, number

if TYPE_CHECKING:
    from notegen.model.drawn import Drawn
    from notegen.model.hand import Ink
    from notegen.model.page import Item, Paint, Transform
    from notegen.model.purpose import Setup
    from notegen.press.container import Container
    from notegen.press.drawing import Pools
    from notegen.press.fonts import Font, Fonts

BLOCK = 32
"""Pages whose streams are written together: numpy's cost per call is then shared, and memory stays small."""

DEFLATED = "/Filter /FlateDecode "
"""The entry of a stream that is deflated."""

SHORT, KEPT = 200, 64
"""Bytes of a part of a page's content that is shared with other pages, and how many such parts are remembered."""

Contents = Iterator[tuple[bytes, "Font"]]
"""The deflated streams of cards in their order, each with the font it is written in."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """What was written: how many pages and bytes, the PostScript names of the fonts, and the file's SHA-256.

    `sha256` is in hexadecimal; "" where pages that exist were put on sheets.
    """

    pages: int
    bytes: int
    fonts: tuple[str, ...]
    sha256: str = ""


def write_pages(
    pages: Iterable[Page],
    path: Path | str,
    setup: Setup,
    progress: Callable[[int], None] | None = None,
    approve: Callable[[Path], None] | None = None,
    pools: Pools | None = None,
) -> Pressed:
    """Write pages as one file, which appears under its name only when it is whole; the same pages give the same bytes.

    `pages` is read as it is written, a few at a time; `progress` is told how many more are written. `approve` is shown
    the finished file before it gets its name; when it raises, there is none. Pages may have cards or what `draw` made
    of them for this setup; for the latter, `pools` is asked at the end for the pool of each font, given its hand and
    the names of the slots that it has to have. Raises NotegenError when there are no pages, or when the setup lacks
    what its purpose needs, and UnwritableFile; then nothing is left behind.
    """
    from notegen.press.about import ready

    setup = ready(setup)
    blocks = _blocks(pages)
    first = next(blocks, None)
    if first is None:
        raise NotegenError("there are no pages to print")
    with replacing(path, approve) as stream:
        return _write(chain([first], blocks), stream, setup, progress or _silent, pools)


def _write(
    blocks: Iterable[list[Page]],
    stream: BinaryIO,
    setup: Setup,
    progress: Callable[[int], None],
    pools: Pools | None,
) -> Pressed:
    from notegen.press.about import VERSIONS, catalog, info
    from notegen.press.container import Container

    container = Container(stream, VERSIONS[setup.purpose])
    book = _Book(container, setup, pools)
    pages = 0
    for block in blocks:
        book.write(block)
        progress(len(block))
        pages += len(block)
    names = (*book.fonts.embed(), *book.type.embed())
    entries = book.parts.catalog() | catalog(container, setup)
    length = container.finish(entries, info(setup))
    return Pressed(pages, length, names, container.sha256)


def _blocks(pages: Iterable[Page]) -> Iterator[list[Page]]:
    iterator = iter(pages)
    while block := list(islice(iterator, BLOCK)):
        yield block


def _silent(pages: int) -> None:
    """Take no notice of the progress."""


class _Resources:
    """What a stream names: fonts, colour spaces and forms."""

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

    def __init__(self, container: Container, setup: Setup, pools: Pools | None) -> None:
        from notegen.press.art.drawing import Arts
        from notegen.press.fonts import Fonts
        from notegen.press.paints import paints
        from notegen.press.parts import Parts
        from notegen.press.type import Type

        self.container = container
        self.fonts: Fonts = Fonts(container, pools)
        self.type: Type = Type(container)
        self.paints = paints(container, setup)
        self.arts: Arts = Arts(container, setup, self.paints)
        self.parts = Parts(container, setup.record)
        self._setup = setup
        self._resources: dict[bytes, bytes] = {}
        self._usual: dict[tuple[tuple[str, Any], ...], bytes] = {}
        self._ink: tuple[Ink, Any] | None = None
        self._shared: dict[tuple[int, Box], tuple[Group, str, int]] = {}
        self._media = Box(0.0, 0.0, 0.0, 0.0)
        self._short: dict[bytes, int] = {}
        self._group = _group(container) if setup.purpose is Purpose.PRESS else b""

    def write(self, pages: Sequence[Page]) -> None:
        """Write a block of pages; all of their cards' streams are made together."""
        contents = self._contents([one.card for page in pages for one in _cards(page.items)])
        for page in pages:
            self._page(page, contents)

    def _contents(self, cards: Sequence[Card | Drawn]) -> Contents:
        """Yield what shows each card; those that are not drawn yet are drawn together."""
        from notegen.press.drawing import draw

        drawn = iter(draw([card for card in cards if isinstance(card, Card)], self._setup))
        for card in cards:  # one after the other: whether a font has room depends on the cards before
            if isinstance(card, Card):
                yield self.fonts.show(next(drawn), self.fonts.meet(card.pool))
            else:
                yield self.fonts.show(card)

    def _page(self, page: Page, contents: Contents) -> None:
        seen = (0.0, 0.0) if self._setup.purpose is Purpose.SCREEN else (page.bleed, page.margin)
        needs = _Resources()
        corner = moved(seen[1], seen[1])
        self._media = page.trim.inset(-page.margin)
        cards = list(_cards(page.items))
        if len(cards) == 1 and cards[0] in page.items:
            streams = self._with_one(page.items, corner, needs, contents)
        else:
            streams = (self._own(self._shown(page.items, corner, needs, contents)),)
        entries = (b"/Resources ", self._named(needs), b" ", boxes(page.size, *seen), self._group, self.parts.before())
        self.parts.after(self.container.add_page(streams, b"".join(entries)))

    def _shown(self, items: Sequence[Item], corner: Transform, needs: _Resources, contents: Contents) -> bytes:
        parts = [self._item(item, needs, contents) for item in items]
        return b"".join([shapes.mapped(corner), *parts] if corner[4] else parts)

    def _with_one(
        self, items: Sequence[Item], corner: Transform, needs: _Resources, contents: Contents
    ) -> tuple[int, ...]:
        """Write the streams of a page with one card: its own, and what comes before and after; return their numbers."""
        at = next(place for place, item in enumerate(items) if isinstance(item, PlacedCard))
        placed = items[at]
        assert isinstance(placed, PlacedCard)
        stream, font = next(contents)
        self._names(placed.card, font, needs)
        below, above = (
            self._shown(some, corner, needs, contents) if some else b"" for some in (items[:at], items[at + 1 :])
        )
        before, after = _where(placed.card.stock.bleed, placed.at, placed.clip, corner)
        if items[:at] or items[at + 1 :]:
            before = (b"q\n%sQ\n" % below if below else b"") + b"q\n" + before
            after += b"Q\n" + (b"q\n%sQ\n" % above if above else b"")
        card = self.container.number_of(self.container.add_packed(stream, DEFLATED))
        written = (self._own(before) if before else None, card, self._own(after) if after else None)
        return tuple(number for number in written if number is not None)

    def _own(self, content: bytes) -> int:
        """Write a part of a page's content and return its number; short ones are shared."""
        from notegen.press.drawing import packed

        found = self._short.get(content)
        if found is None:
            found = self.container.number_of(self.container.add_packed(packed(content), DEFLATED))
            if len(content) <= SHORT and len(self._short) < KEPT:
                self._short[content] = found
        return found

    def _names(self, card: Card | Drawn, font: Font, needs: _Resources) -> None:
        """Take note of what a card's stream names."""
        from notegen.press.ink import INK
        from notegen.press.stream import FONT

        needs.fonts[FONT] = font.reference
        ink = card.hand.ink
        if self._ink is None or self._ink[0] is not ink:
            self._ink = ink, self.paints.space(ink)
        if self._ink[1] is not None:
            needs.spaces[INK] = self._ink[1]

    def _item(self, item: Item, needs: _Resources, contents: Contents) -> bytes:
        if isinstance(item, PlacedCard):
            return self._form(item, needs, *next(contents))
        if isinstance(item, Group):
            return self._once(item, needs) if item.shared else self._grouped(item, needs, contents)
        if isinstance(item, PlacedArt):
            shown, objects = self.arts.show(item)
            needs.forms.update(objects)
            return shown
        return self._colour(item.paint, needs, stroke=_is_stroked(item)) + self._plain(item, needs)

    def _plain(self, item: Words | Line | Area | Outline, needs: _Resources) -> bytes:
        if isinstance(item, Words):
            shown, fonts = self.type.show(item)
            needs.fonts.update(fonts)
            return shown
        if isinstance(item, Line):
            return shapes.line(item)
        return shapes.area(item) if isinstance(item, Area) else shapes.outline(item)

    def _form(self, placed: PlacedCard, needs: _Resources, stream: bytes, font: Font) -> bytes:
        """Write a card as a form and return what draws it."""
        card, own = placed.card, _Resources()
        self._names(card, font, own)
        width, height = ((length + 2 * card.stock.bleed) * POINTS for length in card.stock.size)
        matrix = " ".join(map(number, shapes.in_points(_from_bleed(placed))))
        form = self.container.add_packed(
            stream,
            f"/Type /XObject /Subtype /Form /BBox [0 0 {number(width)} {number(height)}] "
            f"/Matrix [{matrix}] /Resources {self._named(own).decode('ascii')} {DEFLATED}",
        )
        name = f"X{len(needs.forms)}"
        needs.forms[name] = self.container.number_of(form)
        return shapes.clipped(f"/{name} Do\n".encode("ascii"), placed.clip)

    def _named(self, needs: _Resources) -> bytes:
        """Return a reference to what a stream names; what many streams name is written once."""
        from notegen.press.container import Plain

        if any(name.startswith("X") for name in needs.forms):
            return needs.entries(self.container.number_of)
        key = (*needs.fonts.items(), *needs.spaces.items(), *needs.forms.items())
        if key not in self._usual:
            entries = needs.entries(self.container.number_of)
            if entries not in self._resources:
                written = self.container.add(Plain(entries + b"\n"))
                self._resources[entries] = b"%d 0 R" % self.container.number_of(written)
            self._usual[key] = self._resources[entries]
        return self._usual[key]

    def _grouped(self, group: Group, needs: _Resources, contents: Contents) -> bytes:
        inside = b"".join(self._item(item, needs, contents) for item in group.items)
        return shapes.clipped(b"q\n%s%sQ\n" % (shapes.mapped(group.at), inside), group.clip)

    def _once(self, group: Group, needs: _Resources) -> bytes:
        """Write a group that many pages show, the first time, and return what draws it."""
        key = id(group), self._media
        if key not in self._shared:
            own, media = _Resources(), self._media
            content = self._grouped(group, own, iter(()))
            corners = " ".join(number(at * POINTS) for at in (media.x, media.y, media.right, media.top))
            entries = f"/Type /XObject /Subtype /Form /BBox [{corners}] /Resources {self._named(own).decode('ascii')} "
            form = self.container.number_of(self.container.add_stream(content, entries))
            self._shared[key] = group, f"G{len(self._shared)}", form
        _, name, form = self._shared[key]
        needs.forms[name] = form
        return f"/{name} Do\n".encode("ascii")

    def _colour(self, paint: Paint, needs: _Resources, *, stroke: bool) -> bytes:
        shown, spaces = self.paints.colour(paint, stroke=stroke)
        needs.spaces.update(spaces)
        return shown


def _cards(items: Iterable[Item]) -> Iterator[PlacedCard]:
    """Yield the cards of a page, those in groups among them; a shared group has none."""
    for item in items:
        if isinstance(item, PlacedCard):
            yield item
        elif isinstance(item, Group) and not item.shared:
            yield from _cards(item.items)


def _group(container: Container) -> bytes:
    """Write the page group of a press file, which blends in the colours of its output intent; return the entry."""
    from notegen.press.container import Plain

    group = container.add(Plain(b"<< /Type /Group /S /Transparency /CS /DeviceCMYK >>\n"))
    return b" /Group %d 0 R" % container.number_of(group)


def _from_bleed(placed: PlacedCard) -> Transform:
    """Return the map from a card's own stream, which begins at the corner of its bleed, to the page."""
    bleed = placed.card.stock.bleed
    return then(moved(-bleed, -bleed), placed.at)


@lru_cache(maxsize=256)
def _where(bleed: float, placed: Transform, clip: Box | None, corner: Transform) -> tuple[bytes, bytes]:
    """Return what stands before a card's stream, to put it in its place on a page, and what after it."""
    at = then(moved(-bleed, -bleed), placed)
    if clip is not None:
        return shapes.mapped(corner) + b"q\n" + shapes.clip(clip) + shapes.mapped(at), b"Q\n"
    whole = then(at, corner)
    return b"" if _is_upright(whole) else shapes.mapped(whole), b""


def _is_upright(at: Transform) -> bool:
    return all(abs(one - wanted) < 1e-6 for one, wanted in zip(at, (1, 0, 0, 1, 0, 0), strict=True))


def _is_stroked(item: Words | Line | Area | Outline) -> bool:
    return isinstance(item, Line) or (isinstance(item, Outline) and item.width > 0)

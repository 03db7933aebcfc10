"""Cards as one print-ready PDF: a page a card, the hand's outlines embedded as fonts, ink in CMYK."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from notegen.errors import NotegenError
from notegen.files import replacing

if TYPE_CHECKING:
    from notegen.model.card import Card

BLOCK = 32
"""Cards whose streams are written together: numpy's cost per call is then shared, and memory stays small."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """What was written: how many pages and bytes, and the PostScript names of the fonts."""

    pages: int
    bytes: int
    fonts: tuple[str, ...]


def write_pdf(
    cards: Iterable[Card],
    path: Path,
    *,
    title: str,
    language: str,
    author: str = "",
    progress: Callable[[int], None] | None = None,
) -> Pressed:
    """Write each card as a page of one file, which appears under its name only when it is whole.

    `cards` is read as it is written, a few at a time. `language` is a tag such as "en-US". `progress` is told how many
    more pages are written, each time some are. Raises NotegenError when there are no cards and UnwritableFile when the
    file cannot be written; nothing is left behind then.
    """
    blocks = _blocks(cards)
    first = next(blocks, None)
    if first is None:
        raise NotegenError("there are no cards to print", hint="name at least one file of facts")
    with replacing(path) as stream:
        return _write(first, blocks, stream, title, language, author, progress or _silent)


def _write(
    first: list[Card],
    rest: Iterator[list[Card]],
    stream: BinaryIO,
    title: str,
    language: str,
    author: str,
    progress: Callable[[int], None],
) -> Pressed:
    from notegen.press.container import Container
    from notegen.press.draw import Fonts, draw

    container = Container(stream, title=title, language=language, author=author)
    fonts = Fonts(container)
    pages = 0
    for block in chain([first], rest):
        written = draw(block, container, fonts)
        progress(written)
        pages += written
    names = fonts.embed()
    return Pressed(pages, container.finish(), names)


def _blocks(cards: Iterable[Card]) -> Iterator[list[Card]]:
    iterator = iter(cards)
    while block := list(islice(iterator, BLOCK)):
        yield block


def _silent(pages: int) -> None:
    """Take no notice of the progress."""

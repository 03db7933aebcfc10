"""Pages of plain type for an office printer: labels, packing slips, copy sheets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from notegen import plain
from notegen.model.page import Page, Words
from notegen.model.purpose import Setup

if TYPE_CHECKING:
    from notegen.model.page import Item
    from notegen.press import Pressed


def print_pages(pages: Iterable[Page], path: Path | str, *, title: str, locale: str) -> Pressed:
    """Write pages as one file, whole or not at all.

    A letter that plain type lacks is shown as a box; whoever made the pages names it.
    """
    from notegen.press import write_pages

    shown = (replace(page, items=tuple(_shown(item) for item in page.items)) for page in pages)
    return write_pages(shown, path, Setup(title, locale))


def _shown(item: Item) -> Item:
    return replace(item, text=plain.shown(item.text)) if isinstance(item, Words) else item

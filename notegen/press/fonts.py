"""The fonts of a file, which gather the outlines that its cards use.

A font is shared by all cards of one pool, size and pen. An outline gets its code when it is first used, so pages can
be written before anybody knows which outlines the font will hold.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np
from reportlab.pdfbase import pdfdoc

from notegen.press.embed import embed
from notegen.press.font import RESERVED, build_font

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from notegen.model.card import Card
    from notegen.model.hand import Pen
    from notegen.model.pool import Pool
    from notegen.press.container import Container

MOST = 65_000
"""Outlines in one font: its codes have two bytes. When it is full, the next one begins."""


class Font:
    """Outlines of one pool at one size with one pen, in the order in which they were first used."""

    def __init__(self, pool: Pool, em: float, pen: Pen, name: str) -> None:
        self.pool, self.em, self.pen, self.name = pool, em, pen, name
        self.used: list[int] = []
        self._codes = np.zeros(len(pool.first) - 1, np.int32)
        self.dictionary = pdfdoc.PDFDictionary()
        self.reference: Any = None

    def codes(self, outlines: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the codes of these outlines; those that are new get the next ones."""
        codes = self._codes[outlines]
        if not codes.all():
            new = list(dict.fromkeys(outlines[codes == 0].tolist()))
            self._codes[new] = np.arange(len(new)) + RESERVED + len(self.used)
            self.used.extend(new)
            codes = self._codes[outlines]
        return codes

    def takes(self, card: Card) -> bool:
        """Whether a card's outlines can be put in here; of two pools, the one that grew out of the other is kept."""
        pool, own = card.pool, self.pool
        if pool is own:
            return not self.is_full(card)
        shared = min(len(pool.ids), len(own.ids))
        if not (pool.ids[:shared] == own.ids[:shared]).all():
            return False
        if len(pool.ids) > shared:
            self.pool = pool
            self._codes = np.concatenate((self._codes, np.zeros((len(pool.ids) - shared) * pool.k, np.int32)))
        return not self.is_full(card)

    def is_full(self, card: Card) -> bool:
        """Whether the outlines of one more card might not fit."""
        return len(self.used) + len(card.outline) > MOST


class Fonts:
    """The fonts of one file, by pool, size and pen."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._open: dict[tuple[str, float, float, float, float], Font] = {}
        self._all: list[Font] = []

    def of(self, card: Card) -> Font:
        """Return the font that a card is written in."""
        pen = card.hand.pen
        key = card.pool.digest, card.em, pen.width, pen.taper, pen.variation
        font = self._open.get(key)
        if font is None or not font.takes(card):
            font = self._open[key] = Font(card.pool, card.em, pen, _name(key, len(self._all)))
            font.reference = self._container.reserve(font.dictionary)
            self._all.append(font)
        return font

    def embed(self) -> tuple[str, ...]:
        """Write all fonts, now that it is known what they hold; return their names."""
        for font in self._all:
            program = build_font(font.pool, font.used, em=font.em, pen=font.pen, name=font.name)
            font.dictionary.dict.update(embed(program, self._container))
        return tuple(font.name for font in self._all)


def _name(key: tuple[Any, ...], order: int) -> str:
    """Return a PostScript name that no other font in the world is likely to have."""
    return "Notegen" + hashlib.sha256(repr((*key, order)).encode("utf-8")).hexdigest()[:12].upper()

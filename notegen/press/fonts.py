"""The fonts of a file, which gather the outlines that its cards use.

A font is shared by all cards of one pool, size and pen. The outlines that a pool begins with have the same codes in
all files. Those that it got later get the next free code when they are first used in a file, so pages can be written
before anybody knows which outlines the font will hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from reportlab.pdfbase import pdfdoc

from notegen.model.pool import BEGUN, Name
from notegen.press.drawing import packed
from notegen.press.embed import embed
from notegen.press.font import RESERVED, build_font
from notegen.press.stream import settled

if TYPE_CHECKING:
    from notegen.model.drawn import Drawn
    from notegen.model.hand import Hand, Pen
    from notegen.model.pool import Pool
    from notegen.press.container import Container
    from notegen.press.drawing import Pools

CODES = 65_536
"""Codes of a font, which have two bytes. When an outline finds none, the next font begins."""


class _Key(NamedTuple):
    """What cards of one font have in common; `kin` tells pools of one digest apart that grew otherwise."""

    pool: str
    static: int
    em: float
    pen: Pen
    kin: int


class Font:
    """Outlines of one pool at one size with one pen."""

    def __init__(self, key: _Key, hand: Hand, name: str) -> None:
        self.key, self.hand, self.name = key, hand, name
        self.dictionary = pdfdoc.PDFDictionary()
        self.reference: Any = None
        self._used = np.zeros(CODES, np.bool_)
        self._grown: dict[tuple[Name, int], int] = {}
        self._next = RESERVED + key.static

    def takes(self, drawn: Drawn) -> bool:
        """Whether there is a code for each of a card's outlines."""
        return self._next + sum(one not in self._grown for one in drawn.grown) <= CODES

    def add(self, drawn: Drawn) -> list[int]:
        """Note the outlines of a card, and return the codes of those that its pool got later."""
        self._used[np.frombuffer(drawn.codes, "<u2")] = True
        for one in drawn.grown:
            if one not in self._grown:
                self._grown[one] = self._next
                self._next += 1
        return [self._grown[one] for one in drawn.grown]

    @property
    def names(self) -> list[Name]:
        """The slots that the pool got later, in the order in which they were first used."""
        return list(dict.fromkeys(name for name, _ in self._grown if name.face != BEGUN))

    def outlines(self, pool: Pool) -> dict[int, int]:
        """Return the outline that each code shows, in the order of codes."""
        static: list[int] = np.flatnonzero(self._used).tolist()
        slots = _slots(pool)
        grown = {
            code: (name.glyph if name.face == BEGUN else slots[name]) * pool.k + alternate
            for (name, alternate), code in self._grown.items()
        }
        return {code: code - RESERVED for code in static} | grown


class Fonts:
    """The fonts of one file, by pool, size and pen.

    `pools` finds the pools of cards that were drawn elsewhere; those of other cards are met beforehand.
    """

    def __init__(self, container: Container, pools: Pools | None = None) -> None:
        self._container, self._find = container, pools
        self._pools: dict[str, list[Pool]] = {}
        self._open: dict[_Key, Font] = {}
        self._last: dict[tuple[str, int, float, int], tuple[Pen, Font]] = {}
        self._all: list[Font] = []

    def meet(self, pool: Pool) -> int:
        """Take note of the pool of a card; of two, the one that grew out of the other is kept. Return its kin."""
        known = self._pools.setdefault(pool.digest, [])
        for kin, other in enumerate(known):
            if pool is other:
                return kin
            shared = min(len(pool.ids), len(other.ids))
            if (pool.ids[:shared] == other.ids[:shared]).all():
                if len(pool.ids) > shared:
                    known[kin] = pool
                return kin
        known.append(pool)
        return len(known) - 1

    def show(self, drawn: Drawn, kin: int = 0) -> tuple[bytes, Font]:
        """Return the deflated stream of a card, which has all of its codes, and the font that it is written in."""
        font = self._of(drawn, kin)
        codes = font.add(drawn)
        return (packed(settled(drawn.stream, codes)) if codes else drawn.stream), font

    def _of(self, drawn: Drawn, kin: int) -> Font:
        """Return the font that a card is written in; one that has no room for it is closed."""
        # Pens are values, but cards that were read together share theirs: most are found without looking into them.
        pen, near = drawn.hand.pen, (drawn.pool, drawn.static, drawn.em, kin)
        last = self._last.get(near)
        if last is not None and last[0] is pen and last[1].takes(drawn):
            return last[1]
        key = _Key(drawn.pool, drawn.static, drawn.em, pen, kin)
        font = self._open.get(key)
        if font is None or not font.takes(drawn):
            font = self._open[key] = Font(key, drawn.hand, _name(key, len(self._all)))
            font.reference = self._container.reserve(font.dictionary)
            self._all.append(font)
        self._last[near] = pen, font
        return font

    def embed(self) -> tuple[str, ...]:
        """Write all fonts, now that it is known what they hold; return their names."""
        for font in self._all:
            pool = self._pool(font)
            coded = font.outlines(pool)
            program = build_font(pool, list(coded.values()), em=font.key.em, pen=font.key.pen, name=font.name)
            font.dictionary.dict.update(embed(program, list(coded), self._container))
        return tuple(font.name for font in self._all)

    def _pool(self, font: Font) -> Pool:
        known = self._pools.get(font.key.pool, [])
        if known and _has(known[font.key.kin], font.names):
            return known[font.key.kin]
        if self._find is None:
            raise ValueError(f"nobody says where the outlines of '{font.hand.name}' are")
        return self._find(font.hand, font.names)


def _slots(pool: Pool) -> dict[Name, int]:
    """Return the slots that a pool got later by their names."""
    return {name: pool.static + place for place, name in reversed(list(enumerate(pool.grown)))}


def _has(pool: Pool, names: Iterable[Name]) -> bool:
    return set(names) <= set(pool.grown)


def _name(key: _Key, order: int) -> str:
    """Return a PostScript name that no other font in the world is likely to have."""
    said = key.pool, key.em, key.pen.width, key.pen.taper, key.pen.variation, order
    return "Notegen" + hashlib.sha256(repr(said).encode("utf-8")).hexdigest()[:12].upper()

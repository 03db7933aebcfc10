"""Cards are drawn: each becomes a content stream that any file can show, in whichever process and order.

The code of an outline that its pool begins with follows from its number. Outlines that a pool got later have other
numbers in other processes, so a stream that shows some keeps their places and gets their codes with its file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import deflate
import numpy as np

from notegen.model.drawn import Drawn
from notegen.model.pool import BEGUN, Name
from notegen.press.font import RESERVED
from notegen.press.stream import LATER, contents

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from notegen.model.card import Card
    from notegen.model.hand import Hand
    from notegen.model.pool import Pool
    from notegen.model.purpose import Setup

LEVEL = 1
"""Of libdeflate for pages: 110 µs for a card of 330 glyphs (zlib 240, 6 % larger); level 4 takes 165, saves 2 %."""

MOST_STATIC = 48_000
"""Outlines of a pool that have codes of their own in every file; the rest of a font's codes are for later ones."""

Pools: TypeAlias = Callable[["Hand", Sequence[Name]], "Pool"]
"""Returns the pool of a hand with slots of these names in it."""

Grown: TypeAlias = tuple[tuple[Name, int], ...]


def draw(cards: Sequence[Card], setup: Setup) -> list[Drawn]:
    """Return cards drawn for files of a setup, of which its purpose, condition and plate matter.

    The streams of all are made together, which takes less time than one by one and gives the same. Raises NotegenError
    for an ink that the paper does not bear.
    """
    from notegen.press.paints import inking

    if not cards:
        return []
    coded = _coded(cards)
    streams = contents(cards, [codes for codes, _ in coded], inking(setup))
    return [_drawn(card, stream, *of) for card, stream, of in zip(cards, streams, coded, strict=True)]


def packed(stream: bytes) -> bytes:
    """Return a page's stream deflated."""
    return bytes(deflate.zlib_compress(stream, LEVEL))


def static(pool: Pool) -> int:
    """Return how many outlines of a pool have the same codes in every file."""
    return min(pool.static * pool.k, MOST_STATIC)


def _coded(cards: Sequence[Card]) -> list[tuple[NDArray[np.int32], Grown]]:
    """Return for each card the codes of its glyphs, and its grown outlines: these have LATER and their place there."""
    every = np.concatenate([card.outline for card in cards])
    least = min(static(pool) for pool in {id(card.pool): card.pool for card in cards}.values())
    if not len(every) or int(every.max()) < least:
        every += np.int32(RESERVED)
        ends = np.cumsum([len(card.outline) for card in cards])
        return [(codes, ()) for codes in np.split(every, ends[:-1])]
    return [_with_grown(card) for card in cards]


def _with_grown(card: Card) -> tuple[NDArray[np.int32], Grown]:
    pool, fixed = card.pool, static(card.pool)
    codes = card.outline + np.int32(RESERVED)
    later = np.flatnonzero(card.outline >= fixed)
    wanted = card.outline[later].tolist()
    order = {outline: place for place, outline in enumerate(dict.fromkeys(wanted))}
    codes[later] = [LATER + order[outline] for outline in wanted]
    return codes, tuple((_name(pool, outline // pool.k), outline % pool.k) for outline in order)


def _name(pool: Pool, slot: int) -> Name:
    return pool.grown[slot - pool.static] if slot >= pool.static else Name(BEGUN, slot, "")


def _drawn(card: Card, stream: bytes, codes: NDArray[np.int32], grown: Grown) -> Drawn:
    return Drawn(
        key=card.key,
        stock=card.stock,
        hand=card.hand,
        em=card.em,
        ink=card.ink,
        rooms=card.rooms,
        pool=card.pool.digest,
        static=static(card.pool),
        stream=stream if grown else packed(stream),
        codes=(codes[codes < LATER] if grown else codes).astype("<u2").tobytes(),
        grown=grown,
    )

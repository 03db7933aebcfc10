"""The matching mark: a few characters on the back of a card and on its envelope, so that the right two come together.

It is the only machine thing on a card that is written by hand, so it is as small as a press prints well: 6 pt, solid
black on the black plate alone (a tint would break strokes this thin into dots), and never on the side with the note.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from hashlib import blake2b
from math import perm

from notegen import plain
from notegen.errors import NotegenError
from notegen.model.page import BLACK, Align, Item, Words, moved, placed, then, turned
from notegen.model.slip import Mark
from notegen.model.stock import Box, Fold, Kind, Panel, Side, Stock

LETTERS = "HJKMNPRTWXY349"
"""Characters that nobody takes for another (no 0 O D Q, 1 I L, 2 Z, 5 S, 6 G, 7, 8 B, U V) and that make no words."""

NEAR = 12
"""Cards in mailing order among which every two codes differ in two places or more: a swap is between neighbours."""

SPARE = 7
"""How many times more codes there are than cards, so that few need a second throw."""

SIZE = 6 * 25.4 / 72
"""The em of a mark in mm: 6 pt."""

CLEAR = 1.5
"""White between a mark and a picture beside it, mm."""

INSET = 6.35
"""How far a mark on an envelope stays from its edges, mm: a quarter of an inch, as safe areas of cards have."""


def marks(keys: Sequence[str], seed: int) -> tuple[Mark, ...]:
    """Return the marks of a batch, in mailing order; every code once, and the same for the same keys and seed.

    A code follows from its key and the seed: it is another only where it would be too much like one before it.
    """
    length = next(n for n in range(3, len(LETTERS)) if perm(len(LETTERS), n) >= SPARE * len(keys))
    codes: list[str] = []
    taken: set[str] = set()
    for key in keys:
        code = next(
            one
            for one in _codes(key, seed, length)
            if one not in taken and all(_apart(one, other) for other in codes[-NEAR:])
        )
        taken.add(code)
        codes.append(code)
    return tuple(Mark(code, number) for number, code in enumerate(codes, start=1))


def card_mark(stock: Stock, code: str, pictures: Collection[tuple[Side, Box]] = ()) -> tuple[Side, tuple[Item, ...]]:
    """Return on which side of a card its mark stands, and the mark: in the lower right corner of the back.

    `pictures` are the places of art, each as its side of the sheet is seen; where one is in the way, the mark stands in
    the lower left corner. Raises NotegenError for an envelope, for a card that goes into none or whose back is
    not known, and when pictures cover both corners.
    """
    if stock.kind is not Kind.CARD:
        raise NotegenError(f"{stock.name} is no card", hint="an envelope is marked on its back")
    panel = _back(stock)
    if stock.envelope is None:
        raise NotegenError(
            f"{stock.name} goes into no envelope, so there is nothing to match it with",
            hint="leave out the mark, or name an envelope in the stock's file: `envelope: env-a2`",
        )
    for align in (Align.RIGHT, Align.LEFT):
        item = _corner(panel, stock.safe, code, align)
        room = _reach(item).inset(-CLEAR)
        if not any(side is panel.side and _meet(room, box) for side, box in pictures):
            return panel.side, (item,)
    raise NotegenError(
        f"the back of {stock.name} has a picture where the mark would stand, and a mark would spoil it",
        hint="take a folded card with a free back, or leave out the mark",
    )


def envelope_mark(stock: Stock, code: str) -> tuple[Side, tuple[Item, ...]]:
    """Return the mark of an envelope and its side: the lower left corner of the back, away from the address side.

    Raises NotegenError for a card.
    """
    if stock.kind is not Kind.ENVELOPE:
        raise NotegenError(f"{stock.name} is no envelope", hint="a card is marked on its own back")
    back = next((one for one in stock.panels if one.side is Side.BACK), None)
    panel = back or Panel("back", Box(0.0, 0.0, *stock.size), Side.BACK)
    return Side.BACK, (_corner(panel, max(INSET, stock.safe), code, Align.LEFT),)


def _codes(key: str, seed: int, length: int) -> Iterator[str]:
    """Yield codes without a repeated character, ever others."""
    number = 0
    while True:
        dice = int.from_bytes(
            blake2b(f"{seed}\0{key}\0{number}".encode("utf-8", "backslashreplace"), digest_size=16).digest(), "big"
        )
        left, code = list(LETTERS), ""
        for _ in range(length):
            dice, place = divmod(dice, len(left))
            code += left.pop(place)
        yield code
        number += 1


def _apart(one: str, other: str) -> bool:
    return sum(a != b for a, b in zip(one, other, strict=True)) >= 2


def _back(stock: Stock) -> Panel:
    """Return what one sees last of a card: its back panel, or the part of the side without the note that is the back.

    Seen from outside, the back of a card that opens like a book is left of the fold; that of a tent is above it and
    stands head down. Raises NotegenError for a card of several folds that names no back.
    """
    others = [one for one in stock.panels if one.side is not stock.side]
    named = [one for one in others if one.name == "back"]
    if named or len(others) == 1:
        return (named or others)[0]
    width, height = stock.size
    side = Side.BACK if stock.side is Side.FRONT else Side.FRONT
    if stock.fold is Fold.LETTER:
        return Panel("back", Box(0.0, 0.0, width, height), side)
    if len(stock.folds) + len(stock.across) > 1:
        raise NotegenError(
            f"{stock.name} is folded more than once and does not say which panel is its back",
            hint="name one of its panels `back:` in the stock's file, or leave out the mark",
        )
    if stock.folds:
        return Panel("back", Box(0.0, 0.0, min(stock.folds_on(side)), height), side)
    if stock.across:
        low = max(stock.across_on(side))
        return Panel("back", Box(0.0, low, width, height - low), side, turned=True)
    return Panel("back", Box(0.0, 0.0, width, height), side)


def _reach(words: Words) -> Box:
    """Return the box around a mark as it stands on its sheet, from its line's descent to its ascent."""
    long = plain.width(words.text, words.size)
    before = long if words.align is Align.RIGHT else 0.0
    if words.angle:
        return Box(words.x - long + before, words.y - 0.8 * SIZE, long, 1.02 * SIZE)
    return Box(words.x - before, words.y - 0.22 * SIZE, long, 1.02 * SIZE)


def _meet(one: Box, other: Box) -> bool:
    across = one.x < other.right and other.x < one.right
    return across and one.y < other.top and other.y < one.top


def _corner(panel: Panel, inset: float, text: str, align: Align) -> Words:
    """Return words in a lower corner of a panel, as it is read."""
    box = panel.box
    x = box.width - inset if align is Align.RIGHT else inset
    # J hangs below the line by a fifth of the em.
    words = Words(x, inset + 0.22 * SIZE, text, SIZE, BLACK, align=align)
    item = placed(words, then(turned(180 if panel.turned else 0, box.width, box.height), moved(box.x, box.y)))
    assert isinstance(item, Words)
    return item

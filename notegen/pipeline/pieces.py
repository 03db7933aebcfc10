"""Cards, their pictures and their matching marks become pieces: what is printed on both sides of one card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, overload

from notegen.model.page import PlacedArt
from notegen.model.piece import Piece
from notegen.model.purpose import Duplex
from notegen.model.stock import Box, Side
from notegen.pipeline.deck import Deck

if TYPE_CHECKING:
    from notegen.model.card import Card
    from notegen.model.drawn import Drawn
    from notegen.model.dress import Dress
    from notegen.model.page import Item
    from notegen.model.stock import Stock


class Pieces(Sequence[Piece]):
    """The pieces of a batch, made when they are asked for: a thousand cards' items need not be there at once.

    `wear` has the pictures of each stock, by its name, `codes` the matching mark of each card, by its key; a batch
    without marks has none. `addressed` has what stands on the other side of cards that are mailed bare, by key. `front`
    and `back` say whether any piece has something on that side; where one side alone is printed, it is the front of
    all.
    """

    def __init__(
        self,
        cards: Sequence[Card | Drawn],
        wear: Mapping[str, Dress],
        codes: Mapping[str, str],
        addressed: Mapping[str, tuple[Item, ...]] | None = None,
    ) -> None:
        self._cards, self._wear, self._codes = Deck.of(cards), wear, codes
        self._addressed = addressed or {}
        stocks = self._cards.stocks
        self.only_stock: Stock | None = next(iter(stocks.values())) if len(stocks) == 1 else None
        firsts = [self._made(self._cards.first_of(name)) for name in stocks]
        self.front, self.back = any(one.front for one in firsts), any(one.back for one in firsts)

    @property
    def sides(self) -> int:
        """How many sides of a piece are printed."""
        return int(self.front) + int(self.back)

    @property
    def flip(self) -> Duplex | None:
        """How the paper of single cards is turned, None when one side is printed."""
        if self.sides < 2 or self.only_stock is None:
            return None
        return flip_of(self[0])

    def __len__(self) -> int:
        return len(self._cards)

    @overload
    def __getitem__(self, number: int) -> Piece: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Piece]: ...

    def __getitem__(self, number: int | slice) -> Piece | Sequence[Piece]:
        """Return a piece, or several."""
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        piece = self._made(range(len(self))[number])
        # What is printed on one side alone is a front for whoever puts it on paper.
        if self.front:
            return piece
        folds, across = seen_from_back(piece)
        return replace(piece, front=piece.back, back=(), folds=folds, across=across)

    def _made(self, number: int) -> Piece:
        from notegen.layout.dressing import dressed
        from notegen.layout.mark import card_mark

        card = self._cards[number]
        piece = dressed(card, self._wear[card.stock.name])
        if card.key in self._addressed:
            piece = _with(piece, self._addressed[card.key], Side.BACK if card.stock.side is Side.FRONT else Side.FRONT)
        if card.key not in self._codes:
            return piece
        whole = Box(0.0, 0.0, *card.stock.size)
        hung = [(side, item) for side in Side for item in piece.items(side) if isinstance(item, PlacedArt)]
        pictures = [(side, item.clip or whole) for side, item in hung]
        side, items = card_mark(card.stock, self._codes[card.key], pictures)
        return _with(piece, items, side)


def _with(piece: Piece, items: tuple[Item, ...], side: Side) -> Piece:
    if side is Side.FRONT:
        return replace(piece, front=(*piece.front, *items))
    return replace(piece, back=(*piece.back, *items))


def flip_of(piece: Piece) -> Duplex:
    """Return how a page of a piece's own size is turned, so that the back comes out as it is meant."""
    width, height = piece.size
    return Duplex.LONG if (height >= width) is not piece.tumble else Duplex.SHORT


def seen_from_back(piece: Piece) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the x of a piece's vertical folds and the y of its horizontal ones as its back is seen, mm."""
    width, height = piece.size
    if piece.tumble:
        return piece.folds, tuple(sorted(height - fold for fold in piece.across))
    return tuple(sorted(width - fold for fold in piece.folds)), piece.across

"""The cards of a batch in the order in which they are printed: what all of them share is known without reading them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from notegen.model.card import Card
    from notegen.model.drawn import Drawn
    from notegen.model.hand import Hand
    from notegen.model.stock import Stock


class Deck(Sequence["Card | Drawn"]):
    """Cards that are read when they are asked for.

    Card n of the deck is `read(order[n])`, whose customer is `keys[order[n]]`; `look[order[n]]` is the number of its
    stock and hand among `looks`. A thousand cards need not be there at once.
    """

    def __init__(
        self,
        keys: Sequence[str],
        looks: Sequence[tuple[Stock, Hand]],
        look: Sequence[int],
        read: Callable[[int], Card | Drawn],
        order: Sequence[int] | None = None,
    ) -> None:
        self._all, self._looks, self._look, self._read = keys, looks, look, read
        self.order = array("I", range(len(keys)) if order is None else order)

    @classmethod
    def of(cls, cards: Iterable[Card | Drawn]) -> Deck:
        """Return a deck of cards that are at hand."""
        if isinstance(cards, cls):
            return cards
        several = tuple(cards)
        looks: list[tuple[Stock, Hand]] = []
        look = array("I", (number_of(looks, card.stock, card.hand) for card in several))
        return cls([card.key for card in several], looks, look, several.__getitem__)

    def __len__(self) -> int:
        return len(self.order)

    @overload
    def __getitem__(self, number: int) -> Card | Drawn: ...

    @overload
    def __getitem__(self, number: slice) -> Deck: ...

    def __getitem__(self, number: int | slice) -> Card | Drawn | Deck:
        """Return a card, or a deck of several."""
        if isinstance(number, slice):
            return self.in_order(self.order[number])
        return self._read(self.order[number])

    def __iter__(self) -> Iterator[Card | Drawn]:
        return (self._read(number) for number in self.order)

    @property
    def keys(self) -> Iterator[str]:
        """The keys of the customers, in the order of the cards."""
        return (self._all[number] for number in self.order)

    @property
    def stocks(self) -> dict[str, Stock]:
        """The stocks that there are cards of, by name, in the order of their first cards."""
        used = dict.fromkeys(self._look[number] for number in self.order)
        return {self._looks[look][0].name: self._looks[look][0] for look in used}

    @property
    def hands(self) -> list[Hand]:
        """The hands that cards are written in, each with its pen and ink; one may be there for each stock."""
        return [self._looks[look][1] for look in dict.fromkeys(self._look[number] for number in self.order)]

    def first_of(self, stock: str) -> int:
        """Return the number of the first card of a stock. Raises StopIteration for one that there is no card of."""
        return next(n for n, number in enumerate(self.order) if self._looks[self._look[number]][0].name == stock)

    def only(self, keys: Collection[str]) -> Deck:
        """Return a deck of the cards of these customers, in the same order."""
        return self.in_order([number for number in self.order if self._all[number] in keys])

    def in_order(self, order: Sequence[int]) -> Deck:
        """Return a deck of cards by their numbers, in another order."""
        return Deck(self._all, self._looks, self._look, self._read, order)


def number_of(looks: list[tuple[Stock, Hand]], stock: Stock, hand: Hand) -> int:
    """Return the number of a look among `looks`, where it is put when it is new; a batch has few."""
    for number, (known, written) in enumerate(looks):
        if (known is stock or known == stock) and (written is hand or written == hand):
            looks[number] = (stock, hand)  # the next cards of a gang have these very ones
            return number
    looks.append((stock, hand))
    return len(looks) - 1

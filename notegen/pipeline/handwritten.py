"""An address in a hand: each line is written by itself, all in one size, and put where plain type would stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notegen.layout.envelope import BEGINS
from notegen.layout.mail_codes import TOO_LONG
from notegen.model.diagnostic import Checked, Diagnostic, Severity
from notegen.model.note import Note
from notegen.model.page import PlacedCard, moved
from notegen.model.stock import Box, Panel, Stock
from notegen.pipeline import looks
from notegen.pipeline.cards import HAND
from notegen.pipeline.opening import hands
from notegen.plain import bidi

if TYPE_CHECKING:
    from notegen.model.card import Card
    from notegen.model.hand import Hand
    from notegen.pipeline.wishes import Wishes
    from notegen.settings import Settings

STRIP = 1.7
"""Height of the strip that a line is laid out on, in pitches of its hand: too low for two lines."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What addresses are written with: a hand, dressed, and the number that with the key decides every stroke."""

    hand: Hand
    seed: int

    def write(self, key: str, lines: Sequence[str], room: Box, width: float) -> Checked[tuple[PlacedCard, ...]]:
        """Return the lines inside a room of an address side `width` mm broad; errors when they do not fit."""
        least, usual, _ = self.hand.x_height
        most = min(usual, room.height / (self.hand.leading * (len(lines) + 0.4)))
        if most < least:
            return Checked(None, (_too_long(key, len(lines)),))
        sized = self._lines(key, lines, (least, most, most), room)
        if sized.value is None:
            return Checked(None, sized.diagnostics)
        x_height = min(card.em * card.pool.x_height for card in sized.value)
        written = self._lines(key, lines, (x_height, x_height, x_height), room)
        if written.value is None:
            return Checked(None, written.diagnostics)
        from_right = bidi.base_level(lines[0]) == 1
        return Checked(tuple(self._placed(written.value, x_height, room, width, from_right)), written.diagnostics)

    def _lines(
        self, key: str, lines: Sequence[str], x_height: tuple[float, float, float], room: Box
    ) -> Checked[tuple[Card, ...]]:
        from notegen.hand import write
        from notegen.layout import lay_out

        hand = replace(self.hand, x_height=x_height)
        size = room.width, STRIP * hand.leading * x_height[1]
        stock = Stock("address", "address", size, 0.0, 0.0, (Panel("line", Box(0.0, 0.0, *size)),), "line", "the room")
        cards: list[Card] = []
        for number, line in enumerate(lines):
            written = write(Note(f"{key} address {number}", "address", line), hand, self.seed)
            laid: Checked[Card] = lay_out(written.value, stock) if written.value is not None else Checked(None)
            if laid.value is None:
                found = (*written.diagnostics, *laid.diagnostics)
                return Checked(None, tuple(replace(one, note=key) for one in found))
            cards.append(laid.value)
        return Checked(tuple(cards))

    def _placed(
        self, cards: Sequence[Card], x_height: float, room: Box, width: float, from_right: bool
    ) -> list[PlacedCard]:
        """Put the lines below each other, flush where they begin, in the middle of the room's height."""
        pitch = self.hand.leading * x_height
        broad = max(card.ink.width for card in cards)
        left = max(room.x, min(BEGINS * width, room.right - broad))
        bases = [float(card.matrix[:, 5].mean()) for card in cards]
        above, below = cards[0].ink.top - bases[0], bases[-1] - cards[-1].ink.y
        high = above + below + pitch * (len(cards) - 1)
        first = room.y + (room.height + high) / 2 - above
        shifts = [broad - card.ink.width if from_right else 0.0 for card in cards]
        return [
            PlacedCard(card, moved(left + shift - card.ink.x, first - pitch * number - base))
            for number, (card, base, shift) in enumerate(zip(cards, bases, shifts, strict=True))
        ]


def _too_long(key: str, count: int) -> Diagnostic:
    message = f"{count} lines of an address do not fit in handwriting"
    hint = "leave --handwritten away, or choose a hand that writes smaller"
    return Diagnostic(TOO_LONG, Severity.ERROR, message, hint=hint, note=key)


def pen(shop: Settings, wishes: Wishes) -> Pen:
    """Return the hand that was wished, else the shop's, dressed as asked; raises UnknownName."""
    hand = hands(shop).get(wishes.hand or shop.hand or HAND)
    seed = shop.seed if wishes.seed is None else wishes.seed
    return Pen(looks.dressed(hand, looks.wished(shop, wishes)), seed)

"""The pen, the ink and the tidiness that somebody asks for, put on a hand.

What the command says wins over the customer's preference, and that over the shop's; what nobody says is the hand's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

from notegen.errors import NotegenError
from notegen.model.facts import Value
from notegen.pipeline.wishes import Wishes

if TYPE_CHECKING:
    from notegen.model.hand import Hand
    from notegen.settings import Settings


@dataclass(frozen=True, slots=True)
class Looks:
    """How a hand is to be changed, as it was said; pens, inks and tidiness from the weakest word to the strongest."""

    pens: tuple[Value, ...] = ()
    inks: tuple[Value, ...] = ()
    tidiness: tuple[Value, ...] = ()
    tints: bool = True


def wished(shop: Settings, wishes: Wishes, preferred_ink: str | None = None) -> Looks:
    """Return what is asked for by the shop, the customer and the command, which has the last word."""
    return Looks(
        pens=_said(shop.pen, wishes.pen),
        inks=_said(shop.ink, preferred_ink, wishes.ink),
        tidiness=_said(shop.tidiness, wishes.tidiness),
        tints=shop.tints if wishes.tints is None else wishes.tints,
    )


def of_command(wishes: Wishes) -> Looks:
    """Return what the command line alone asks for."""
    return Looks(_said(wishes.pen), _said(wishes.ink), _said(wishes.tidiness), wishes.tints is not False)


def _said(*values: Value) -> tuple[Value, ...]:
    return tuple(value for value in values if value is not None)


def dressed(hand: Hand, asked: Looks) -> Hand:
    """Return a hand with another pen, ink or tidiness; NotegenError for one that there is not."""
    from notegen.hand import pens

    pen = reduce(lambda held, said: pens.pen(said, held), asked.pens, hand.pen)
    ink = reduce(lambda held, said: pens.ink(said, held), asked.inks, hand.ink)
    loose = reduce(lambda _, said: _tidiness(said), asked.tidiness, hand.tidiness)
    return replace(hand, pen=pen, ink=ink if asked.tints else pens.solid(ink), tidiness=loose)


def mistakes(shop: Settings) -> Iterator[tuple[str, NotegenError]]:
    """Yield what is wrong in a shop's pen, ink, tidiness and signature: the path in its settings, and the error."""
    from notegen.hand import pens, signature

    reads: dict[str, tuple[Value, Callable[[Value], object]]] = {
        "pen": (shop.pen, pens.pen),
        "ink": (shop.ink, pens.ink),
        "tidiness": (shop.tidiness, _tidiness),
    }
    for path, (said, read) in reads.items():
        try:
            if said is not None:
                read(said)
        except pens.Mistaken as error:
            part = f"{path}.{error.part}"
            yield (part if part in shop.places else path), error
        except NotegenError as error:
            yield path, error
    try:
        if shop.signature is not None:
            signature.load(shop.signature)
    except NotegenError as error:
        yield "signature", error


def _tidiness(said: Value) -> float:
    """Return a tidiness: a number from 0 to 1.5, as such or in words, or the name of one."""
    from notegen.hand.tidiness import tidiness_of

    return tidiness_of(str(said))

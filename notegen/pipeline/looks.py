"""The pen, the ink and the tidiness that somebody asks for, put on a hand.

What the command says wins over the customer's preference, and that over the shop's; what nobody says is the hand's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notegen.errors import NotegenError
from notegen.model.facts import Value
from notegen.pipeline.wishes import Wishes

if TYPE_CHECKING:
    from notegen.model.hand import Hand
    from notegen.settings import Settings


@dataclass(frozen=True, slots=True)
class Looks:
    """How a hand is to be changed, as it was said; None where nobody says anything."""

    pen: Value = None
    ink: Value = None
    tidiness: Value = None
    tints: bool = True


def wished(shop: Settings, wishes: Wishes, preferred_ink: str | None = None) -> Looks:
    """Return what is asked for, the command first, then the customer, then the shop."""
    return Looks(
        pen=shop.pen if wishes.pen is None else wishes.pen,
        ink=wishes.ink if wishes.ink is not None else preferred_ink if preferred_ink is not None else shop.ink,
        tidiness=shop.tidiness if wishes.tidiness is None else wishes.tidiness,
        tints=shop.tints if wishes.tints is None else wishes.tints,
    )


def of_command(wishes: Wishes) -> Looks:
    """Return what the command line alone asks for."""
    return Looks(wishes.pen, wishes.ink, wishes.tidiness, wishes.tints is not False)


def dressed(hand: Hand, asked: Looks) -> Hand:
    """Return a hand with another pen, ink or tidiness; NotegenError for one that there is not."""
    from notegen.hand import pens

    pen = hand.pen if asked.pen is None else pens.pen(asked.pen, hand.pen)
    ink = hand.ink if asked.ink is None else pens.ink(asked.ink, hand.ink)
    loose = hand.tidiness if asked.tidiness is None else _tidiness(asked.tidiness)
    return replace(hand, pen=pen, ink=ink if asked.tints else pens.solid(ink), tidiness=loose)


def mistakes(shop: Settings) -> Iterator[tuple[str, NotegenError]]:
    """Yield what is wrong in a shop's pen, ink and tidiness: the path in its settings, and the error."""
    from notegen.hand import pens

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


_NAMES = {"neat": 0.0, "tidy": 0.5, "usual": 1.0, "loose": 1.25, "hurried": 1.5}


def _tidiness(said: Value) -> float:
    """Return a tidiness: a number from 0 to 1.5, as such or in words, or the name of one."""
    try:
        loose = _NAMES.get(said.strip().casefold(), None) if isinstance(said, str) else None
        found = float(said) if loose is None and isinstance(said, int | float | str) else loose
    except ValueError:
        found = None
    if isinstance(said, bool) or found is None or not 0.0 <= found <= 1.5:
        names = ", ".join(f"{name} ({value:g})" for name, value in _NAMES.items())
        raise NotegenError(
            f"there is no tidiness called '{said}'", hint=f"write a number from 0 to 1.5, or a name: {names}"
        )
    return found

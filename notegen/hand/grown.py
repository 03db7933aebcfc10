"""Slots that a hand's pool gets after its start: named so that another process can add the same ones.

A pool begins with the same slots everywhere. What it gets later it gets in the order in which notes ask for it, so the
number of a later slot says nothing in another process, and its name does (`book.Name`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from notegen.errors import NotegenError
from notegen.hand import pools, signing
from notegen.hand.book import Book
from notegen.model.hand import Hand
from notegen.model.pool import DRAWING, Name, Pool
from notegen.model.signature import Signature

__all__ = ["DRAWING", "Name", "named", "pool_with", "register", "regrow", "static"]


def static(hand: Hand) -> int:
    """Return with how many slots the hand's pool begins in every process, whatever was asked of it since."""
    return pools.book(hand).begins_with


def named(hand: Hand, slots: Sequence[int]) -> list[Name]:
    """Return the names of slots of the hand's pool; raises KeyError for one that it does not have."""
    book = pools.book(hand)
    return [book.name_of(slot) for slot in slots]


def regrow(hand: Hand, names: Iterable[tuple[int, int, str]]) -> list[int]:
    """Return the slots of names, in order; those that the pool does not have yet are added to it in that order.

    Drawings have to be registered first: raises NotegenError for one that is not.
    """
    wanted = [Name(*one) for one in names]
    book = pools.book(hand)
    found: list[int] = []
    while len(found) < len(wanted):
        face = wanted[len(found)].face
        end = next((at for at in range(len(found), len(wanted)) if wanted[at].face != face), len(wanted))
        # A run of one face at once, which takes a fraction of the time of one by one.
        part = wanted[len(found) : end]
        if face == DRAWING:
            found += [_drawing(book, one) for one in part]
        else:
            found += book.slots(face, [(one.glyph, one.text) for one in part])
    return found


def pool_with(hand: Hand, names: Iterable[tuple[int, int, str]]) -> Pool:
    """Return the hand's pool with slots of these names in it; raises as `regrow` does."""
    regrow(hand, names)
    return pools.pool(hand)


def register(hand: Hand, signature: Signature, names: Iterable[str]) -> list[int]:
    """Return the slots of a drawn signature, one for each of the names that it stands for, in order.

    In a process that has asked nothing of the hand yet, their numbers follow right after its `static` ones.
    """
    return [signing.drawn(hand, signature, said) for said in names]


def _drawing(book: Book, name: Name) -> int:
    found = book.drawn(name.glyph)
    if found is None:
        raise NotegenError(
            f"a card is signed '{name.text}' with a drawing that is not at hand",
            hint="give the same --signature as when the card was written",
        )
    return found

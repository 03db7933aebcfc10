"""A note becomes writing: shapes chosen from a pool and moved by correlated drift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notegen.hand.codes import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from notegen.model.diagnostic import Checked
    from notegen.model.hand import Hand
    from notegen.model.note import Note
    from notegen.model.pool import Pool
    from notegen.model.signature import Signature
    from notegen.model.writing import Writing

__all__ = ["RULES", "pool", "sign", "write", "write_all"]


def pool(hand: Hand) -> Pool:
    """Return the hand's pool of alternates: from this process, from disk, or made now (about a second).

    Raises UnreadableFile when its font cannot be read, NotegenError when the font may not be embedded.
    """
    from notegen.hand import pools

    return pools.pool(hand)


def write(note: Note, hand: Hand, seed: int) -> Checked[Writing]:
    """Write a note in a hand; the same note key, hand name and seed give the same writing on any machine.

    What the hand cannot write is an error for each character; there is no Writing only when nothing is left to write.
    """
    from notegen.hand import writer

    return writer.write(note, hand, seed)


def write_all(notes: Iterable[Note], hand: Hand, seed: int) -> Iterator[Checked[Writing]]:
    """Yield the same as `write` for each note, in order, in a fraction of the time; some dozens are read ahead."""
    from notegen.hand import writer

    return writer.write_all(notes, hand, seed)


def sign(writing: Writing, signature: Signature, seed: int) -> Writing:
    """Return a writing whose signature, the first line of it, is drawn; one that has none stays as it is."""
    from notegen.hand import signing

    return signing.sign(writing, signature, seed)

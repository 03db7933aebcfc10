"""A copy sheet: what somebody needs beside them who writes a note with a pen."""

from __future__ import annotations

from dataclasses import dataclass

from notegen.model.note import Role


@dataclass(frozen=True, slots=True)
class CopySheet:
    """One note to be written by hand: its words, part by part, and the envelope's lines, the name first.

    `parts` are greeting, paragraphs, closing and so on, with what each is, without line ends. `names` are words of the
    note and of the envelope that are easily misspelt. `words` and `lines` are how long it is: the lines on its
    stock in its hand.
    """

    key: str
    name: str
    parts: tuple[tuple[Role, str], ...]
    address: tuple[str, ...]
    names: tuple[str, ...]
    words: int
    lines: int
    stock: str
    hand: str
    by_hand: tuple[str, ...] = ()

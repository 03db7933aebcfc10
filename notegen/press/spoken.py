"""The words behind the glyphs, so that readers, searches and screen readers get the note and not a guess.

Readers put words together from where glyphs stand, which goes wrong when each stands a little off: of the words of 42
cards pdfium kept 99.3 % and poppler 93.2 %. So every word is marked with the text it stands for, and a real space
follows it: both then keep all of them, for about 900 bytes a card. Marking whole lines costs less, but a viewer then
lights up only the first letter of a line that is searched or selected.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from notegen.model.card import Card
    from notegen.press.ink import Colours

SPACE = 1
"""The code of the space glyph in every font."""

SIZE = 4
"""The size of the font in the steps of places: what is half an em from its origin is then within a step of its place,
and most numbers of a matrix have two digits."""

SHOWN = b">Tj\n"
"""What follows the code of a glyph."""

CUT = b"\1"
"""Stands in glyphs, in the place of SHOWN, behind the last of each word: one byte is found quickly."""

_BEGUN = b">>BDC\n"
_CLOSE = SHOWN + b"EMC\n"
_SPACED = _CLOSE + b"<%04X>Tj\n" % SPACE
_SPACES = b"<%04X%04X>Tj\n" % (SPACE, SPACE)

MOST_KNOWN = 8192
"""Words whose mark is remembered."""

CLEAR = 0.8
"""Ems that a line must begin below the end of the one before, or pdfium takes the two for one line and sorts them."""


def spoken(card: Card, glyphs: bytes, raised: Sequence[tuple[int, bytes]], colours: Colours) -> list[bytes]:
    """Return the operators of a card's glyphs, cut into marked words with spaces between them.

    In `glyphs` a CUT follows the code of the last glyph of each word; `raised` are (word, its space), see there.
    """
    *words, rest = glyphs.split(CUT)
    begins = list(map(_MARKS.__getitem__, _texts(card, len(words))))
    unmarked = b"" in begins
    for word, colour in zip(*colours, strict=True):
        begins[word] = colour + begins[word]
    parts = [_SPACED] * (3 * len(words))
    parts[0::3] = begins
    parts[1::3] = words
    if card.said is not None:
        _close_up(card, parts)
    for word, spaces in raised:
        parts[3 * word + 2] = _CLOSE + spaces
    if unmarked:
        parts[2::3] = [
            end if begin.endswith(_BEGUN) else end.replace(b"EMC\n", b"")
            for begin, end in zip(begins, parts[2::3], strict=True)
        ]
    parts.append(rest)
    return parts


def cuts(card: Card) -> NDArray[np.bool_]:
    """Return which glyphs are the last of a stretch that a reader is told of: a word, mostly."""
    if card.said is None:
        return card.word_end | card.line_end
    flags = np.zeros(len(card.outline), np.bool_)
    flags[np.cumsum([count for count, _ in card.said]) - 1] = True
    return flags


def _close_up(card: Card, parts: list[bytes]) -> None:
    """Take the spaces away that follow no word: inside one of two directions, and between characters without spaces."""
    (ends,) = cuts(card).nonzero()
    for word in np.flatnonzero(~card.word_end[ends]).tolist():
        parts[3 * word + 2] = _CLOSE


def _texts(card: Card, count: int) -> list[str]:
    """Return the text of each word: the note's own words, or those of the glyphs should their numbers differ."""
    words = card.text.split() if card.said is None else [text for _, text in card.said]
    if len(words) == count:
        return words
    slots = (card.outline // card.pool.k).tolist()
    ends = np.flatnonzero(cuts(card)) + 1
    starts = [0, *ends[:-1].tolist()]
    return ["".join(card.pool.texts[slot] for slot in slots[a:b]) for a, b in zip(starts, ends.tolist(), strict=True)]


class _Marks(dict[str, bytes]):
    """The operators that begin words, of some thousands of them; looked up in half the time an lru_cache takes."""

    def __missing__(self, text: str) -> bytes:
        if len(self) >= MOST_KNOWN:
            self.clear()
        self[text] = found = _mark(text)
        return found


_MARKS = _Marks()


def _mark(text: str) -> bytes:
    """Return the operator that begins a word which stands for `text`; nothing when the word must go unmarked.

    pdfium leaves characters beyond the first plane out of such texts, so a word with one is left to its glyphs.
    """
    if not text or max(text) > "\uffff":
        return b""
    if text.isascii():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"/Span<</ActualText({escaped})>>BDC\n".encode("ascii")
    return f"/Span<</ActualText<FEFF{text.encode('utf-16-be').hex().upper()}>>>BDC\n".encode("ascii")


def raised_spaces(cards: Sequence[Card], numbers: NDArray[np.int32]) -> list[list[tuple[int, bytes]]]:
    """Return for each card the (word, space) of lines that fall so far that they end where the next begins.

    Spaces, which nobody sees, are then set an em higher and keep the lines apart: two, since pdfium takes the width
    of a text from its first origin to its last and passes over a text without width. `numbers` (n, 6) are the matrices
    of all cards as they are written.
    """
    starts = np.cumsum([0, *[len(card.outline) for card in cards]])
    ends = np.flatnonzero(np.concatenate([card.line_end for card in cards]))
    begins = np.zeros(len(numbers) + 1, np.bool_)
    begins[starts] = True
    ends = ends[~begins[ends + 1]]
    fall = numbers[ends, 5] - numbers[ends + 1, 5]
    close = ends[fall < CLEAR * _ems(numbers, ends)]
    found: list[list[tuple[int, bytes]]] = [[] for _ in cards]
    for glyph, which in zip(close.tolist(), (np.searchsorted(starts, close, "right") - 1).tolist(), strict=True):
        card, place = cards[which], glyph - int(starts[which])
        word = int(cuts(card)[:place].sum())
        found[which].append((word, _lifted(numbers[glyph].tolist())))
    return found


def _ems(numbers: NDArray[np.int32], glyphs: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the height of an em at each of these glyphs, in the unit of places."""
    heights: NDArray[np.float64] = np.hypot(numbers[glyphs, 2], numbers[glyphs, 3]) * SIZE
    return heights


def _lifted(matrix: Sequence[int]) -> bytes:
    a, b, c, d, x, y = matrix
    return b"%d %d %d %d %d %d Tm%s" % (a, b, c, d, x + abs(a) * SIZE, y + abs(d) * SIZE, _SPACES)

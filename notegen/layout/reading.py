"""What a reader of the PDF is told: the text of each stretch of a card, and its letters in the order it expects.

Of a line with letters that run from right to left, readers want everything from left to right as it stands. They turn
such letters round themselves, those of a marked text too; so these go unmarked. A number or a name inside them runs the
other way, and what keeps it whole is a mark. What pdfium cannot be told is the order of several words that run against
their line: it turns each word, but not the words among each other; and it sees a space behind a marked part of a word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from notegen.layout.breaking import Line
from notegen.model.card import Card
from notegen.model.writing import Flow, Turns, Writing, left_to_right

_BESIDE_NUMBERS = frozenset(("ES", "ET", "CS"))
"""Kinds of signs (UAX 9) that pdfium takes for a part of the number or name beside them."""


WIDE_GAP = 0.1
"""A gap behind a glyph's advance, ems, that a reader may take for a space."""


class _Glyph(NamedTuple):
    """A glyph in reading order: its number, its text, its level, and that of the space before it, None for no space.

    `told` is the level that a reader is told of.
    """

    number: int
    text: str
    level: int
    told: int
    gap: int | None


def said(writing: Writing, lines: Sequence[Line]) -> tuple[tuple[int, str], ...] | None:
    """Return how many glyphs each stretch of a card has up to a space or the end of a line, and its text.

    None for a writing of which these are simply the words of its text.
    """
    flow = writing.flow
    if flow is None:
        return None
    found: list[tuple[int, str]] = []
    for line in lines:
        begin = line.first
        for word in range(line.first, line.last):
            if flow.spaced[word] or word == line.last - 1:
                count = int(writing.words[word + 1] - writing.words[begin])
                found.append((count, "".join(flow.said[begin : word + 1])))
                begin = word + 1
    return tuple(found)


def readable(card: Card, writing: Writing, lines: Sequence[Line]) -> Card:
    """Return a card with the glyphs of each line as readers expect them, where something runs leftwards."""
    flow = writing.flow
    if flow is None or flow.turns is None:
        return card
    order: list[int] = []
    texts: list[tuple[int, str]] = []
    word_end, line_end = np.zeros((2, len(card.outline)), np.bool_)
    for line in lines:
        glyphs = [glyph for word in range(line.first, line.last) for glyph in _word(card, writing, flow, word)]
        for stretch in _as_it_stands(list(_stretches(glyphs, flow.from_right))):
            if stretch:
                numbers = [stretch[place].number for place in left_to_right([glyph.level for glyph in stretch])]
                order += numbers
                texts += _marks(card, stretch, numbers)
            else:
                word_end[len(order) - 1] = True
        word_end[len(order) - 1] = flow.spaced[line.last - 1]
        line_end[len(order) - 1] = True
    return replace(
        card,
        outline=card.outline[order],
        matrix=card.matrix[order],
        word_end=word_end,
        line_end=line_end,
        said=tuple(texts),
        lightness=None if card.lightness is None else card.lightness[order],
    )


def _marks(card: Card, stretch: Sequence[_Glyph], numbers: list[int]) -> list[tuple[int, str]]:
    """Return the texts of a stretch: none when it runs leftwards, one letter each for a number with a sign before it.

    Behind what is marked together pdfium sees a gap, and with it a space or even another line. Letters that stand too
    far apart it would take for words of their own, so these have to be together.
    """
    text = "".join(glyph.text for glyph in stretch)
    if stretch[0].told % 2:
        return [(len(stretch), "")]
    if all(glyph.level == glyph.told for glyph in stretch) or len(text) > len(stretch) or _is_wide(card, numbers):
        return [(len(stretch), text)]
    return [(1, letter) for letter in text]


def _is_wide(card: Card, numbers: list[int]) -> bool:
    """Whether some glyphs that follow each other have a gap between them that a reader may take for a space."""
    x, width = card.matrix[numbers, 4], card.matrix[numbers, 0]
    ends = card.pool.advances[card.outline[numbers] // card.pool.k] * width
    # A card from the right is still its mirror image here: x falls from left to right.
    gaps = np.abs(np.diff(x)) - ends[:-1]
    return bool(gaps.max(initial=0.0) > WIDE_GAP * card.em)


def _as_it_stands(stretches: Sequence[list[_Glyph]]) -> list[list[_Glyph]]:
    """Return the stretches of a line from left to right, with an empty one for the white between two."""
    items: list[tuple[int, list[_Glyph]]] = []
    for stretch in stretches:
        if items and stretch[0].gap is not None:
            items.append((stretch[0].gap, []))
        items.append((stretch[0].told, stretch))
    return [items[number][1] for number in left_to_right([level for level, _ in items])]


def _word(card: Card, writing: Writing, flow: Flow, word: int) -> list[_Glyph]:
    """Return a word's glyphs in the order of reading."""
    gap = int(flow.turns.gap[word - 1]) if word and flow.turns is not None and flow.spaced[word - 1] else None
    found: list[_Glyph] = []
    for level, glyphs in _pieces(writing, flow, word):
        for glyph in glyphs:
            text = card.pool.texts[card.outline[glyph] // card.pool.k]
            found.append(_Glyph(glyph, text, level, level, None if found else gap))
    return found


def _pieces(writing: Writing, flow: Flow, word: int) -> list[tuple[int, range]]:
    """Return the level and the glyphs of each piece of a word, in the order of reading."""
    start, stop = writing.words[word : word + 2].tolist()
    turns: Turns | None = flow.turns
    if turns is None:
        return [(0, range(start, stop))]
    low, high = np.searchsorted(turns.first, (start, stop)).tolist()
    spans = pairwise([*turns.first[low:high].tolist(), stop])
    # A piece is kept from the left in a note from the left, and from the right in one from the right.
    pieces = [
        (level, range(*span)[:: 1 if level % 2 == flow.from_right else -1])
        for level, span in zip(turns.level[low:high].tolist(), spans, strict=True)
    ]
    if flow.from_right:
        pieces.reverse()
    return [pieces[number] for number in left_to_right([level for level, _ in pieces])]


def _stretches(glyphs: Sequence[_Glyph], from_right: bool) -> Iterator[list[_Glyph]]:
    """Yield a line's stretches in reading order: words, or where they are mixed, their parts of one direction."""
    levels = _widened(glyphs) if from_right else [glyph.level for glyph in glyphs]
    stretch: list[_Glyph] = []
    for glyph, level in zip(glyphs, levels, strict=True):
        if stretch and (level != stretch[-1].told or glyph.gap is not None):
            yield stretch
            stretch = []
        stretch.append(glyph._replace(told=level))
    if stretch:
        yield stretch


def _widened(glyphs: Sequence[_Glyph]) -> list[int]:
    """Return the levels, with those of the signs beside what runs rightwards that pdfium takes for a part of it."""
    levels = [glyph.level for glyph in glyphs]
    for step in (1, -1):
        for place in range(len(glyphs))[::step]:
            near = place - step
            if 0 <= near < len(glyphs) and levels[near] % 2 == 0 and glyphs[max(place, near)].gap is None:
                levels[place] = levels[near] if _is_beside(glyphs[place].text) else levels[place]
    return levels


def _is_beside(text: str) -> bool:
    return bool(text) and all(unicodedata.bidirectional(character) in _BESIDE_NUMBERS for character in text)

"""Writing that runs from right to left, and words in a line that run against the rest of it.

A writing from the right is laid out as its mirror image on the mirror image of its stock, and turned back at the end:
so the left edge that people keep becomes the right one, and all else is as for Latin. Words that run against their line
are put in order when the line is known, by the levels that the hand gave them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from notegen.layout.breaking import Line, Words
from notegen.layout.ink import Floats, Script
from notegen.model.card import Card
from notegen.model.pool import Pool
from notegen.model.stock import Box, Stock
from notegen.model.writing import Flow, Turns, Writing, left_to_right

if TYPE_CHECKING:
    from notegen.layout.place import Setting


def is_from_right(writing: Writing) -> bool:
    """Whether a writing runs from right to left and is kept as its mirror image."""
    return writing.flow is not None and writing.flow.from_right


def mirrored(writing: Writing) -> Writing:
    """Return a writing from the right with a pool that is mirrored as its maps are."""
    return replace(writing, pool=_mirrored_pool(writing.pool))


@lru_cache(maxsize=8)
def _mirrored_pool(pool: Pool) -> Pool:
    """Return what layout reads of a pool as its mirror image: the boxes and edges, but not the points."""
    bounds = pool.bounds * np.array([-1, 1, -1, 1], np.float32)
    bounds = bounds[:, [2, 1, 0, 3]]
    return replace(pool, bounds=bounds, upper=pool.upper[:, ::-1].copy(), lower=pool.lower[:, ::-1].copy())


@lru_cache(maxsize=32)
def mirrored_stock(stock: Stock) -> Stock:
    """Return a stock with its panels seen in a mirror."""
    panels = (replace(panel, box=_mirrored_box(panel.box, stock)) for panel in stock.panels)
    return replace(stock, panels=tuple(panels))


def _mirrored_box(box: Box, stock: Stock) -> Box:
    return replace(box, x=stock.size[0] - box.right)


def turned_back(card: Card, pool: Pool, stock: Stock) -> Card:
    """Return the card of which a mirror image was laid out."""
    matrix = card.matrix * np.array([1.0, -1.0, -1.0, 1.0, -1.0, 1.0])
    matrix[:, 4] += stock.size[0]
    rooms = tuple(replace(room, box=_mirrored_box(room.box, stock)) for room in card.rooms)
    return replace(card, matrix=matrix, pool=pool, stock=stock, ink=_mirrored_box(card.ink, stock), rooms=rooms)


def across(words: Words, lines: Sequence[Line], width: float) -> list[Line]:
    """Return the lines of a passage that runs against the note's direction: each ends where others begin."""
    return [line._replace(x=max(line.x, width - line.x - _length(words, line))) for line in lines]


def _length(words: Words, line: Line) -> float:
    last = line.last - 1
    return words.start[last] + words.width[last] - words.start[line.first]


def reordered(script: Script, settings: Sequence[Setting], x: Floats) -> Floats:
    """Return the places of all glyphs of a block on their endless lines, with the words of each line in order."""
    found = x
    for first, setting in zip(script.firsts, settings, strict=False):
        flow = setting.flow
        if flow is None or flow.turns is None:
            continue
        found = found.copy() if found is x else found
        for line in setting.lines:
            _reorder(script, flow, flow.turns, (first, line), found)
    return found


class _Item(NamedTuple):
    """What is put in order: glyphs first..last (none for white) that begin at x, and how much room they take."""

    level: int
    first: int
    last: int
    x: float
    width: float


def _reorder(script: Script, flow: Flow, turns: Turns, at: tuple[int, Line], x: Floats) -> None:
    """Move the glyphs of a line of the writing whose first word has this number."""
    origin, line = at
    first, last = origin + line.first, origin + line.last
    start = float(x[script.words[first]] - script.place[0, script.words[first]])
    items: list[_Item] = []
    for word in range(first, last):
        glyph = int(script.words[word])
        begin = float(x[glyph] - script.place[0, glyph])
        if items:
            end = max(item.x + item.width for item in items)
            items.append(_Item(int(turns.gap[word - 1 - origin]), 0, 0, end, begin - end))
        narrow = 1.0 - line.narrow if word == last - 1 else 1.0
        items += _pieces(script, flow, turns, (origin, word), (begin, narrow))
    order = left_to_right([item.level for item in items])
    if flow.from_right:
        order.reverse()
    ends = accumulate((items[number].width for number in order), initial=start)
    for number, place in zip(order, ends, strict=False):
        item = items[number]
        x[item.first : item.last] += place - item.x


def _pieces(script: Script, flow: Flow, turns: Turns, at: tuple[int, int], place: tuple[float, float]) -> list[_Item]:
    """Return the pieces of a word, which begins at a place and is made so narrow, in the order of reading."""
    (origin, word), (begin, narrow) = at, place
    base = int(script.words[origin])
    low, high = np.searchsorted(turns.first, script.words[word : word + 2] - base).tolist()
    starts = (turns.begin[low:high] * narrow).tolist()
    glyphs = [*(turns.first[low:high] + base).tolist(), int(script.words[word + 1])]
    ends = [*starts[1:], float(script.width[word]) * narrow]
    found = [
        _Item(level, glyphs[number], glyphs[number + 1], begin + starts[number], ends[number] - starts[number])
        for number, level in enumerate(turns.level[low:high].tolist())
    ]
    if flow.from_right:
        found.reverse()
    return [found[number] for number in left_to_right([item.level for item in found])]

"""Words of any script set by HarfBuzz, run by run: each in its face, script and direction.

A face beside the hand's own has been made as large as the hand's letters (`matching`); a script whose letters stand
higher or lower than that in its font is moved down or up to the line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from notegen.hand.runs import LANGUAGE, Run, tag
from notegen.hand.spacing import spaced
from notegen.model.writing import left_to_right
from notegen.plain.bidi import MIRROR

if TYPE_CHECKING:
    from notegen.hand.book import Book

FEATURES = {"calt": False, "clig": False, "rand": False, "dlig": False, "kern": True, "mark": True}


@dataclass(frozen=True, slots=True)
class Set:
    """A word's glyphs: slot, advance and offset from the pen in ems, and which glyph each is attached to.

    `on[i]` is how many places from i that glyph is; 0 for one that stands by itself. `pieces` are (first glyph, level)
    of each part that runs in one direction.
    """

    slots: list[int]
    advances: list[float]
    offsets: list[tuple[float, float]]
    on: list[int]
    pieces: tuple[tuple[int, int], ...]


Simply = Callable[[str, Run], Set | None]
"""How a run is set that takes no more than a Latin word does; None for others."""


def set_runs(book: Book, text: str, runs: Sequence[Run], simply: Simply, from_right: bool) -> Set:
    """Return a word set: its glyphs from left to right as they stand, or from right to left when it is `from_right`."""
    order = left_to_right([run.level for run in runs])
    whole = Set([], [], [], [], ())
    for number in order:
        run = runs[number]
        own = text[run.start : run.end]
        part = simply(own, run) or _set(book, own, run)
        pieces = whole.pieces
        if not pieces or pieces[-1][1] != run.level:
            pieces = (*pieces, (len(whole.slots), run.level))
        whole = Set(
            whole.slots + part.slots,
            whole.advances + part.advances,
            whole.offsets + part.offsets,
            whole.on + part.on,
            pieces,
        )
    whole = _apart(book, whole)
    return _reversed(whole) if from_right else whole


def _apart(book: Book, word: Set) -> Set:
    """Return the word with the pairs of signs that need it brought apart; marks and parts of letters are no signs."""
    pool = book.pool
    advances = np.array(word.advances)
    stands = np.array([not on and bool(pool.texts[slot]) for on, slot in zip(word.on, word.slots, strict=True)], bool)
    edges = np.flatnonzero(np.diff(stands, prepend=False, append=False)).tolist()
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        advances[first:last] = spaced(pool, np.array(word.slots[first:last]), advances[first:last])
    return replace(word, advances=advances.tolist())


def _reversed(word: Set) -> Set:
    count = len(word.slots)
    ends = [*(first for first, _ in word.pieces[1:]), count]
    pieces = tuple((count - end, level) for end, (_, level) in zip(ends, word.pieces, strict=True))
    on = [-place for place in reversed(word.on)]
    return Set(word.slots[::-1], word.advances[::-1], word.offsets[::-1], on, pieces[::-1])


def _set(book: Book, text: str, run: Run) -> Set:
    """Return one run from left to right; letter by letter when its font has nothing to shape or lacks a letter."""
    leaf = book.leaf(run.face)
    font, units = leaf.shaping
    shaped = _shape(font, text, run) if font is not None else None
    if shaped is None:
        return _plain(book, text, run)
    infos, positions = shaped
    texts = _texts(text, [info.cluster for info in infos], run.level % 2 == 1)
    slots = book.slots(run.face, [(info.codepoint, one) for info, one in zip(infos, texts, strict=True)])
    nominal = book.pool.advances[slots]
    scale = leaf.match.scale / units
    kerns = [
        position.x_advance - font.get_glyph_h_advance(info.codepoint)
        for info, position in zip(infos, positions, strict=True)
    ]
    zero = [position.x_advance == 0 for position in positions]
    advances = [
        0.0 if none else float(own) + kern * scale for none, own, kern in zip(zero, nominal, kerns, strict=True)
    ]
    offsets = [(position.x_offset * scale, position.y_offset * scale + leaf.match.lift) for position in positions]
    return Set(slots, advances, offsets, _attached(zero, run.level % 2 == 1), ((0, run.level),))


def _shape(font: Any, text: str, run: Run) -> tuple[Any, Any] | None:
    """Return HarfBuzz's glyphs and positions from left to right, or None when the font lacks one of the letters."""
    import uharfbuzz as hb

    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.script = tag(run.script)
    buffer.direction = "rtl" if run.level % 2 else "ltr"
    if run.script in LANGUAGE:
        buffer.language = LANGUAGE[run.script]
    hb.shape(font, buffer, FEATURES)
    infos = buffer.glyph_infos
    return None if any(info.codepoint == 0 for info in infos) else (infos, buffer.glyph_positions)


def _plain(book: Book, text: str, run: Run) -> Set:
    known = [one for one in text if unicodedata.category(one) != "Cf"]
    if run.level % 2:
        known = [MIRROR.get(one, one) for one in reversed(known)]
    slots = [book.slot_of(run.face, one) for one in known]
    lift = book.leaf(run.face).match.lift
    return Set(
        slots,
        [float(advance) for advance in book.pool.advances[slots]],
        [(0.0, lift)] * len(slots),
        [0] * len(slots),
        ((0, run.level),),
    )


def _texts(text: str, clusters: Sequence[int], reverse: bool) -> list[str]:
    """Return the text of each glyph: that of its cluster for the first of it, nothing for the others."""
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    found = [""] * len(clusters)
    seen: set[int] = set()
    places = range(len(clusters))
    for place in reversed(places) if reverse else places:
        cluster = clusters[place]
        if cluster not in seen:
            seen.add(cluster)
            own = text[cluster : ends[cluster]]
            # Readers turn brackets round with the rest, so they are told of the one that is seen.
            found[place] = MIRROR.get(own, own) if reverse else own
    return found


def _attached(zero: Sequence[bool], reverse: bool) -> list[int]:
    """Return how many places away the glyph is that each mark is attached to; a mark takes no room of its own."""
    found = [0] * len(zero)
    step = 1 if reverse else -1
    for place, is_mark in enumerate(zero):
        other = place
        while is_mark and 0 <= other < len(zero) and zero[other]:
            other += step
        found[place] = other - place if 0 <= other < len(zero) else 0
    return found

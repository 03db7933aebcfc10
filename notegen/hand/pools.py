"""The pool of a hand, made once and kept on disk, and the shaper that goes with it."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from notegen.hand import alternates, cache, face
from notegen.hand.shape import Shaper
from notegen.hand.slots import slots
from notegen.model.hand import Hand
from notegen.model.pool import Pool
from notegen.resources import data_folder


def font_path(hand: Hand) -> Path:
    """Return where a hand's font file is: as given, or below the built-in `fonts`."""
    path = Path(hand.font)
    return path if path.is_absolute() else data_folder("fonts") / path


def pool(hand: Hand) -> Pool:
    """Return the hand's pool of alternates, from this process, from disk, or made now.

    Raises UnreadableFile when its font cannot be read, NotegenError when the font may not be embedded.
    """
    return shaper(hand).pool


@lru_cache(maxsize=64)
def shaper(hand: Hand) -> Shaper:
    """Return what sets the hand's words; hands that differ in pen or size alone share it."""
    return _shaper(str(font_path(hand)), hand.face_index, hand.name)


@lru_cache(maxsize=16)
def _shaper(font: str, index: int, name: str) -> Shaper:
    data = face.font_bytes(Path(font))
    digest = _digest(data, index)
    kept = cache.read(digest, name)
    if kept is None:
        kept = cache.as_kept(*_make(data, index, name, digest, font))
        cache.keep(*kept)
    made, glyphs = kept
    slot_of = {text: slot for slot, text in reversed(list(enumerate(made.texts)))}
    of_glyph = {(glyph, text): slot for slot, (glyph, text) in enumerate(zip(glyphs, made.texts, strict=True))}
    shaping, units = _harfbuzz(data, index)
    plain = frozenset(slot_of) | frozenset(" \n\t\u00a0")
    return Shaper(made, slot_of, plain, of_glyph, shaping, units, _substitutes(shaping, made.texts, glyphs))


def _digest(data: bytes, index: int) -> str:
    """Return the name of the pool's content: its font, and how this version of the code warps it."""
    made_with = (alternates.VERSION, alternates.K, alternates.GRID, index)
    return hashlib.sha256(f"{face.content_digest(data)} {made_with}".encode()).hexdigest()


def _make(data: bytes, index: int, name: str, digest: str, font: str) -> tuple[Pool, tuple[int, ...]]:
    read = face.load(data, index, font)
    mine = slots(read)
    return alternates.make_pool(read, mine, name, digest), tuple(slot.glyphs[0][0] for slot in mine)


def _harfbuzz(data: bytes, index: int) -> tuple[Any, int]:
    """Return HarfBuzz's font for a face that has something to shape, and the units of its em."""
    if not face.SHAPING_TABLES & face.tables(data, index):
        return None, 1
    import uharfbuzz as hb

    shaped = hb.Face(hb.Blob(data), index)
    return hb.Font(shaped), int(shaped.upem)


def _substitutes(font: Any, texts: tuple[str, ...], glyphs: tuple[int, ...]) -> dict[str, str]:
    """Return what HarfBuzz is to be told instead of each character that the font itself does not have."""
    if font is None:
        return {}
    own = {
        glyph: text for text, glyph in zip(texts, glyphs, strict=True) if font.get_nominal_glyph(ord(text[0])) == glyph
    }
    return {
        text: own[glyph]
        for text, glyph in zip(texts, glyphs, strict=True)
        if len(text) == 1 and font.get_nominal_glyph(ord(text)) is None and glyph in own
    }

"""One face of a hand: what it begins with, from disk where it was kept, and other glyphs when they are asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from notegen.hand import adding, alternates, cache, face, matching, runs, slots, thickness
from notegen.hand.alternates import Measures
from notegen.hand.cache import Kept
from notegen.hand.face import Face
from notegen.hand.matching import STANDS, Match, match, stand_of
from notegen.model.pool import Pool
from notegen.resources import data_folder


class Beside(NamedTuple):
    """The measures of the hand that a face has to go with, ems, and the script that it is for; see `Fallback`."""

    of: Measures
    scale: float | None
    script: str


class Leaf:
    """A face of a font file, opened when something of it has to be drawn."""

    def __init__(self, path: Path, index: int, beside: Beside | None = None, run_on: float = 0.0) -> None:
        self.path, self.index, self.beside, self.run_on = path, index, beside, run_on
        self.data = face.font_bytes(path)
        self.content = f"{face.content_digest(self.data)}/{index}"

    @cached_property
    def face(self) -> Face:
        """The face itself; raises NotegenError when the font is not one or may not be embedded."""
        if self.beside is None:
            return self._read
        of, found = self.beside.of, self.match
        once = replace(self._read, stroke=found.stroke).fitted(of.x_height, of.stroke, found.scale)
        # Edges cannot move as far as they should everywhere; what is missing on the whole is made good.
        letters = stand_of(self.beside.script).letters
        glyphs = [self._read.characters[one] for one in letters if one in self._read.characters]
        over = (thickness.usual(once.glyphs.take(glyphs)) - of.stroke) / found.scale if glyphs else 0.0
        return replace(self._read, stroke=found.stroke + over).fitted(of.x_height, of.stroke, found.scale)

    @cached_property
    def _read(self) -> Face:
        if not self.path.resolve().is_relative_to(data_folder("fonts").resolve()):
            adding.refuse_endless(self.data, str(self.path), self.index)
        load = face.load if self.beside is None else face.load_beside
        return load(self.data, self.index, str(self.path))

    @cached_property
    def match(self) -> Match:
        """How the face is made to go with the hand's own: nothing is done to that."""
        if self.beside is None:
            return Match(1.0, 0.0, 0.0)
        letters = face.letters_of(self.data, self.index, stand_of(self.beside.script).letters)
        if not len(letters):
            return Match(self.beside.of.x_height / self._read.x_height, 0.0, self._read.stroke)
        found = match(letters, self.beside.script, self.beside.of.x_height)
        return found if self.beside.scale is None else found._replace(scale=self.beside.scale, lift=0.0)

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters that the font has a glyph for, its outlines unread."""
        return face.characters_of(self.data, self.index, str(self.path))

    @cached_property
    def shaping(self) -> tuple[Any, int]:
        """HarfBuzz's font, or None for a face that has nothing to shape, and the units of its em."""
        if not face.SHAPING_TABLES & face.tables(self.data, self.index):
            return None, 1
        import uharfbuzz as hb

        shaped = hb.Face(hb.Blob(self.data), self.index)
        return hb.Font(shaped), int(shaped.upem)

    @cached_property
    def digest(self) -> str:
        """What names the slots that the face begins with: its font, and how this version of the code warps it."""
        beside = self.beside and (*self.beside, STANDS.get(self.beside.script), matching.VERSION)
        made_with = (alternates.VERSION, alternates.K, alternates.GRID, thickness.WITHIN, beside, self.run_on)
        return hashlib.sha256(f"{self.content} {made_with}".encode()).hexdigest()

    def start(self, name: str) -> Kept:
        """Return the slots that the face begins with, from disk or made now, and the characters that it has."""
        kept = cache.read(self.digest, name)
        if kept is None:
            every = slots.slots(self.face)
            mine = [one for one in every if self._is_wanted(one.text)] or every[:1]
            made = self.make(mine, name)
            glyphs = tuple(slot.glyphs[0][0] for slot in mine)
            kept = cache.as_kept(Kept(made, glyphs, self.face.characters))
            cache.keep(kept)
        return kept

    def _is_wanted(self, text: str) -> bool:
        """Whether a face has to begin with a text.

        One that stands beside a hand's own is there for a script alone; of Latin letters a few will be asked for.
        """
        return self.beside is None or (runs.script_of(text[0]) == self.beside.script != "Latn")

    def more(self, wanted: Sequence[tuple[int, str]]) -> Pool:
        """Return slots for glyphs and their texts, as they would be if they had been kept on disk."""
        return cache.exact(self.make([slots.slot(self.face, glyph, text) for glyph, text in wanted], ""))

    def make(self, wanted: Sequence[slots.Slot], name: str) -> Pool:
        """Return the slots with their alternates."""
        read = self.face
        # All at once, which takes a fraction of the time of one by one.
        glyphs = {glyph for one in wanted for glyph, _ in one.glyphs}
        read.glyphs.take(glyphs.union(*(read.variants.get(glyph, ()) for glyph in glyphs)))
        run_on = slots.run_on(read) + self.run_on * read.x_height
        of = Measures(read.stroke, read.x_height, read.ascent, read.descent, run_on)
        if self.beside is not None:
            of = self.beside.of
        return alternates.make_pool(
            [alternates.sketch(read, self.content, one) for one in wanted], of, name, self.digest
        )

"""A hand's book: its pool, and the slots that are added to it when a note asks for what it does not have yet.

Slots get their numbers in the order in which they are asked for, so nothing that is drawn may depend on a number: each
slot's outlines follow from its font, glyph and text alone, or from its drawing (`Pool.ids`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np

from notegen.hand import alternates, cache, dice, outline
from notegen.hand.alternates import Measures, Sketch
from notegen.hand.growing import Growing
from notegen.hand.leaf import Beside, Leaf
from notegen.hand.outline import Shapes
from notegen.hand.simplify import TOLERANCE, simplify
from notegen.hand.winding import orient
from notegen.model.hand import Fallback
from notegen.model.pool import DRAWING, Name, Pool
from notegen.resources import data_folder


def font_path(font: str) -> Path:
    """Return where a font file is: as given, or below the built-in `fonts`."""
    path = Path(font)
    return path if path.is_absolute() else data_folder("fonts") / path


class Book:
    """The faces of a hand and its pool; any thread may ask it.

    A face's number is its place: 0 is the hand's own, then its fallbacks in order. Raises UnreadableFile or
    NotegenError when a face that is asked for cannot be used. `run_on` is the hand's own.

    The pool `begins_with` so many slots, which have the same numbers in every process; the others may not.
    """

    def __init__(
        self, name: str, font: str, index: int = 0, fallbacks: Sequence[Fallback] = (), run_on: float = 0.0
    ) -> None:
        self.fallbacks = tuple(fallbacks)
        self._lock = RLock()
        self._leaves = {0: Leaf(font_path(font), index, run_on=run_on)}
        self._numbers: dict[tuple[int, int, str], int] = {}
        self._texts: dict[int, dict[str, int]] = {}
        self._characters: dict[int, dict[str, int]] = {}
        self._drawings: dict[int, int] = {}
        self._names: dict[int, Name] = {}
        start = self._leaves[0].start(name)
        self._growing = Growing(cache.named(start.pool, self._digest()))
        self.begins_with = len(start.pool.texts)
        self._enter(0, start, 0)

    def _digest(self) -> str:
        """Return the name of the pool: that of its first face, and which others it may get slots from."""
        own = self._leaves[0].digest
        others = [(Path(one.font).name, one.face_index, one.scale, one.script) for one in self.fallbacks]
        return hashlib.sha256(f"{own} {others}".encode()).hexdigest() if others else own

    def _enter(self, face: int, start: cache.Kept, at: int) -> None:
        """Note the numbers, from `at`, of the slots that a face begins with."""
        texts = start.pool.texts
        for slot, key in enumerate(zip(start.glyphs, texts, strict=True), at):
            self._numbers.setdefault((face, *key), slot)
            self._names[slot] = Name(face, *key)
        self._characters[face] = dict(start.characters)
        self._texts[face] = {text: at + slot for slot, text in reversed(list(enumerate(texts))) if text}

    @property
    def pool(self) -> Pool:
        """The pool as it is now."""
        return self._growing.pool

    def leaf(self, face: int) -> Leaf:
        """Return a face, with its font's content and HarfBuzz's font for it."""
        with self._lock:
            if face not in self._leaves:
                one, pool = self.fallbacks[face - 1], self.pool
                of = Measures(pool.stroke, pool.x_height, pool.ascent, pool.descent)
                self._leaves[face] = Leaf(font_path(one.font), one.face_index, Beside(of, one.scale, one.script))
            return self._leaves[face]

    def _open(self, face: int) -> None:
        """Add the slots that a face begins with, once."""
        if face in self._texts:
            return
        with self._lock:
            if face not in self._texts:
                start = self.leaf(face).start(self.pool.name)
                at = len(self.pool.texts)
                named = zip(start.glyphs, start.pool.texts, strict=True)
                self._growing.add(start.pool, [Name(face, *one) for one in named])
                self._enter(face, start, at)

    def writes(self, face: int, text: str) -> bool:
        """Whether a face can write a character, by itself or with its nearest relative, or a ligature of its own."""
        self._open(face)
        return text in self._texts[face] or text in self._characters[face]

    def characters(self, face: int) -> frozenset[str]:
        """Return all that a face can write, relatives' stand-ins and its ligatures among them."""
        self._open(face)
        return frozenset(self._texts[face]) | frozenset(self._characters[face])

    def stand_ins(self, face: int) -> dict[str, str]:
        """Return which of a face's own characters HarfBuzz is to be told of instead of those that it only borrows."""
        self._open(face)
        characters = self._characters[face]
        own = {glyph: character for character, glyph in reversed(characters.items())}
        return {
            text: own[glyph]
            for number, glyph, text in self._numbers
            if number == face and len(text) == 1 and text not in characters and glyph in own
        }

    def slot_of(self, face: int, character: str) -> int:
        """Return the slot of a character that the face writes; raises KeyError for one that it does not."""
        self._open(face)
        found = self._texts[face].get(character)
        return self.slot(face, self._characters[face][character], character) if found is None else found

    def slot(self, face: int, glyph: int, text: str) -> int:
        """Return the slot of any glyph of a face that stands for a text, which may be empty; it is made if need be."""
        return self.slots(face, [(glyph, text)])[0]

    def slots(self, face: int, wanted: Sequence[tuple[int, str]]) -> list[int]:
        """Return the slots of glyphs and the texts they stand for; those that are not there yet are made together."""
        numbers = self._numbers
        try:
            return [numbers[(face, *one)] for one in wanted]
        except KeyError:
            self._open(face)
        with self._lock:
            new = [one for one in dict.fromkeys(wanted) if (face, *one) not in numbers]
            if new:
                made, at = self.leaf(face).more(new), len(self.pool.texts)
                self._growing.add(made, [Name(face, *one) for one in new])
                self._names.update((at + slot, Name(face, *one)) for slot, one in enumerate(new))
                # Last, because readers hold no lock: who finds a number finds its outlines too.
                numbers.update(((face, *one), at + slot) for slot, one in enumerate(new))
            return [numbers[(face, *one)] for one in wanted]

    def name_of(self, slot: int) -> Name:
        """Return what a slot is known by in every process; raises KeyError for one that there is not."""
        return self._names[slot]

    def drawn(self, number: int) -> int | None:
        """Return the slot of a drawing that this process has made, by the id in its name; None for another."""
        return self._drawings.get(number)

    def drawing(self, name: str, shapes: Shapes, text: str) -> int:
        """Return the slot of a free drawing, whose alternates start from each of its shapes in turn.

        `shapes` are drawings of the same thing, such as several samples of one signature, in ems from where it starts
        on the baseline. The same name, shapes and text give the same slot.
        """
        number = _named(name, shapes, text)
        with self._lock:
            if number not in self._drawings:
                pool = self.pool
                of = Measures(pool.stroke, pool.x_height, pool.ascent, pool.descent)
                made = alternates.make_pool([_sketch(number, shapes, text, pool.stroke)], of, pool.name, pool.digest)
                self._growing.add(cache.exact(made), [Name(DRAWING, number, text)])
                self._names[len(pool.texts)] = Name(DRAWING, number, text)
                self._drawings[number] = len(pool.texts)
            return self._drawings[number]


def _named(name: str, shapes: Shapes, text: str) -> int:
    arrays: tuple[Any, ...] = (shapes.points.astype("<f8"), shapes.on_curve, shapes.contour_end, shapes.first)
    content = hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()
    return dice.seed_of("drawing", name, content, text)


def _sketch(number: int, shapes: Shapes, text: str, stroke: float) -> Sketch:
    drawn = simplify(outline.join([orient(one) for one in outline.apart(shapes)]), TOLERANCE * stroke)
    width = float(np.median(outline.bounds(drawn)[:, 2]))
    return Sketch(number, text, width, tuple(outline.apart(drawn)))

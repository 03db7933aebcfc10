"""Words become slots: HarfBuzz places and joins the letters; which alternate each gets is decided later.

The features by which a font chooses alternates itself (`calt`, `clig`, `rand`) are off: they repeat visibly, and look
across spaces. Faces without shaping tables, which most handwriting fonts are, are set letter by letter without it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from notegen.hand.book import Book
from notegen.hand.flowing import Key, Turned
from notegen.hand.outline import Floats
from notegen.hand.runs import COMMON, JOINERS, Run, runs, script_of
from notegen.hand.setting import FEATURES, Set, set_runs
from notegen.hand.spacing import spaced
from notegen.model.pool import Pool

if TYPE_CHECKING:
    from numpy.typing import NDArray

COMPLEX = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0590-\u10ff\u1200-\u1dff\u20d0-\u20ff\u3099\u309a\ua8e0-\uabff\ufb1d-\ufdff"
    "\ufe20-\ufe2f\ufe70-\ufefe\U00010800-\U00011fff]"
)
"""Characters that are not simply set one after another: marks, and scripts whose letters change beside each other."""

OWN = frozenset(("Latn", COMMON))
"""The scripts that a hand writes in its own face, whatever it is meant for."""

BLOCKS = {
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Cyrl": "\u0400-\u052f",
    "Hebr": "\u0590-\u05ff",
    "Deva": "\u0900-\u097f",
    "Hang": "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3",
    "Jpan": "\u3041-\u30ff\u3400-\u9fff",
}
"""Letters of the scripts for which there are hands, as classes of a regular expression: a font that a hand is not meant
to write them with may have them too, and they may look set in type."""


@dataclass(frozen=True, slots=True, eq=False)
class Shaped:
    """A word: its slots, and for each the advance and the offset from the pen, in ems.

    `on` and `pieces` are those of `setting.Set`, None and () for a word of which every letter stands by itself.
    """

    slots: NDArray[np.int64]
    advances: Floats
    offsets: Floats
    on: NDArray[np.int64] | None = None
    pieces: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Shaper:
    """Sets the words of one hand: in its own face what that has, and the rest in those beside it.

    `characters` are those that its own face can write, `plain` the spaces and those of the scripts that it is meant
    for; `scripts` are these, and `font` is the HarfBuzz font, or None for a
    face that has nothing to shape; `ligates` says whether it has ligatures, as joined faces alone do; `substitute` is
    what HarfBuzz is told of instead of a character that a relative stands in for.
    """

    book: Book
    characters: frozenset[str]
    plain: frozenset[str]
    font: Any
    units: int
    ligates: bool
    scripts: tuple[str, ...]
    substitute: dict[str, str] = field(default_factory=dict)

    @property
    def pool(self) -> Pool:
        """The hand's pool as it is now."""
        return self.book.pool

    def knows(self, text: str) -> bool:
        """Whether each character of a text is a space or one that the face can write."""
        return set(text) <= self.plain

    def writes(self, character: str) -> bool:
        """Whether the hand can write a character, in whichever face."""
        return any(self.has(face, character) for face in self.faces(script_of(character)))

    def faces(self, script: str) -> list[int]:
        """Return the faces that write a script, best first: the hand's own, unless the hand is not meant for it."""
        others = [face for face, one in enumerate(self.book.fallbacks, start=1) if script in {COMMON, one.script}]
        return [0, *others] if script in self.scripts or script in OWN else [*others, 0]

    def has(self, face: int, character: str) -> bool:
        """Whether a face has a character."""
        return character in (self.book.leaf(face).characters if face else self.characters)

    def is_blank(self, text: str) -> bool:
        """Whether the hand has nothing that a text is made of."""
        return not any(self.writes(character) for character in unicodedata.normalize("NFC", text))

    def set_word(self, word: Key) -> Shaped:
        """Return a word's slots in writing order; characters that no face has are left out."""
        if isinstance(word, Turned):
            return self._mixed(word.text, word.levels, word.from_right)
        text = unicodedata.normalize("NFC", word)
        if not self.knows(text) or COMPLEX.search(text):
            return self._mixed(text, [0] * len(text), False)
        shaped = self._own(text)
        return replace(shaped, advances=spaced(self.pool, shaped.slots, shaped.advances))

    def _own(self, text: str) -> Shaped:
        return (self._shaped(text) if self.font is not None and text else None) or self._plain(text)

    def _mixed(self, text: str, levels: Sequence[int], from_right: bool) -> Shaped:
        parts = runs(text, levels, self.faces, self.has)
        found = set_runs(self.book, text, parts, self._simply, from_right)
        return Shaped(
            np.array(found.slots, np.int64),
            np.array(found.advances, np.float64),
            np.array(found.offsets, np.float64).reshape(-1, 2),
            np.array(found.on, np.int64) if any(found.on) else None,
            found.pieces,
        )

    def _simply(self, text: str, run: Run) -> Set | None:
        """Return a run set as a word of the hand's own face is, or None for one that takes more."""
        if run.face or run.level % 2 or COMPLEX.search(text):
            return None
        # A joiner says how its neighbours are drawn, and Latin letters are drawn in one way.
        shaped = self._own("".join(one for one in text if one not in JOINERS or one in self.characters))
        offsets = [(float(x), float(y)) for x, y in shaped.offsets]
        slots: list[int] = shaped.slots.tolist()
        return Set(slots, shaped.advances.tolist(), offsets, [0] * len(slots), ((0, run.level),))

    def _plain(self, text: str) -> Shaped:
        slots = np.array([self.book.slot_of(0, character) for character in text], np.int64)
        return Shaped(slots, self.pool.advances[slots], np.zeros((len(slots), 2)))

    def _shaped(self, text: str) -> Shaped | None:
        """Return the word as HarfBuzz sets it, or None when it makes of characters what no single slot stands for."""
        import uharfbuzz as hb

        buffer = hb.Buffer()
        buffer.add_codepoints([ord(self.substitute.get(character, character)) for character in text])
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        hb.shape(self.font, buffer, {**FEATURES, "liga": self.ligates})
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        slots = self._slots(text, [(info.codepoint, info.cluster) for info in infos])
        if slots is None:
            return None
        kerns = [
            position.x_advance - self.font.get_glyph_h_advance(info.codepoint)
            for info, position in zip(infos, positions, strict=True)
        ]
        return Shaped(
            np.array(slots, np.int64),
            self.pool.advances[slots] + np.array(kerns) / self.units,
            np.array([(position.x_offset, position.y_offset) for position in positions]).reshape(-1, 2) / self.units,
        )

    def _slots(self, text: str, glyphs: list[tuple[int, int]]) -> list[int] | None:
        found: list[tuple[int, str]] = []
        clusters = [cluster for _, cluster in glyphs]
        for number, (glyph, cluster) in enumerate(glyphs):
            later = [other for other in clusters if other > cluster]
            characters = text[cluster : min(later, default=len(text))]
            together = clusters.count(cluster)
            if together == len(characters):
                characters = characters[number - clusters.index(cluster)]
            elif together > 1:
                return None
            found.append((glyph, characters))
        return self.book.slots(0, found)


def shaper_of(book: Book, scripts: tuple[str, ...]) -> Shaper:
    """Return what sets words with the faces of a book, of which the first is meant for some scripts."""
    font, units = book.leaf(0).shaping
    characters = book.characters(0)
    single = frozenset(text for text in characters if len(text) == 1)
    ligates = len(single) < len(characters)
    foreign = "".join(block for script, block in BLOCKS.items() if script not in scripts)
    meant = re.sub(f"[{foreign}]", "", "".join(single)) if foreign else single
    plain = frozenset(meant) | frozenset(" \n\t\u00a0")
    return Shaper(book, single, plain, font, units, ligates, scripts, book.stand_ins(0))

"""Words become slots: HarfBuzz places and joins the letters; which alternate each gets is decided later.

The features by which a font chooses alternates itself (`calt`, `clig`, `rand`) are off: they repeat visibly, and look
across spaces. Faces without shaping tables, which most handwriting fonts are, are set letter by letter without it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from notegen.hand.outline import Floats
from notegen.hand.spacing import spaced
from notegen.model.pool import Pool

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEATURES = {"calt": False, "clig": False, "rand": False, "dlig": False, "kern": True, "mark": True}


@dataclass(frozen=True, slots=True, eq=False)
class Shaped:
    """A word: its slots, and for each the advance and the offset from the pen, in ems."""

    slots: NDArray[np.int64]
    advances: Floats
    offsets: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Shaper:
    """Sets the words of one pool.

    `plain` has the characters with a slot and the spaces; `font` is the HarfBuzz font, or None for a face that has
    nothing to shape; `substitute` is what HarfBuzz is told of instead of a character that a relative stands in for.
    """

    pool: Pool
    slot_of: dict[str, int]
    plain: frozenset[str]
    slot_of_glyph: dict[tuple[int, str], int]
    font: Any
    units: int
    substitute: dict[str, str] = field(default_factory=dict)

    def knows(self, text: str) -> bool:
        """Whether each character of a text is a space or has a slot of its own."""
        return set(text) <= self.plain

    @property
    def ligates(self) -> bool:
        """Whether the pool has ligatures: it has those of joined faces alone."""
        return any(len(text) > 1 for text in self.pool.texts)

    def is_blank(self, text: str) -> bool:
        """Whether the face has nothing that a text is made of."""
        return not any(character in self.slot_of for character in unicodedata.normalize("NFC", text))

    def set_word(self, word: str) -> Shaped:
        """Return a word's slots in writing order; characters that the face lacks are left out."""
        text = unicodedata.normalize("NFC", word)
        known = "".join(character for character in text if character in self.slot_of)
        shaped = self._shaped(known) if self.font is not None and known else None
        shaped = shaped or self._plain(known)
        return replace(shaped, advances=spaced(self.pool, shaped.slots, shaped.advances))

    def _plain(self, text: str) -> Shaped:
        slots = np.array([self.slot_of[character] for character in text], np.int64)
        return Shaped(slots, self.pool.advances[slots], np.zeros((len(slots), 2)))

    def _shaped(self, text: str) -> Shaped | None:
        """Return the word as HarfBuzz sets it, or None when it uses a glyph that the pool does not have."""
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
        found: list[int] = []
        clusters = [cluster for _, cluster in glyphs]
        for number, (glyph, cluster) in enumerate(glyphs):
            later = [other for other in clusters if other > cluster]
            characters = text[cluster : min(later, default=len(text))]
            together = clusters.count(cluster)
            if together == len(characters):
                characters = characters[number - clusters.index(cluster)]
            elif together > 1:
                return None
            slot = self.slot_of_glyph.get((glyph, characters))
            if slot is None:
                return None
            found.append(slot)
        return found

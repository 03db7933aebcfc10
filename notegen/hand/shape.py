"""Words become slots: HarfBuzz places and joins the letters; which alternate each gets is decided later.

The features by which a font chooses alternates itself (`calt`, `clig`, `rand`) are off: they repeat visibly, and look
across spaces. Faces without shaping tables, which most handwriting fonts are, are set letter by letter without it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from notegen.hand.book import Book
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
    """Sets the words of one hand, in its own face.

    `characters` are those that it can write, `plain` those and the spaces; `font` is the HarfBuzz font, or None for a
    face that has nothing to shape; `ligates` says whether it has ligatures, as joined faces alone do; `substitute` is
    what HarfBuzz is told of instead of a character that a relative stands in for.
    """

    book: Book
    characters: frozenset[str]
    plain: frozenset[str]
    font: Any
    units: int
    ligates: bool
    substitute: dict[str, str] = field(default_factory=dict)

    @property
    def pool(self) -> Pool:
        """The hand's pool as it is now."""
        return self.book.pool

    def knows(self, text: str) -> bool:
        """Whether each character of a text is a space or one that the face can write."""
        return set(text) <= self.plain

    def is_blank(self, text: str) -> bool:
        """Whether the face has nothing that a text is made of."""
        return not any(character in self.characters for character in unicodedata.normalize("NFC", text))

    def set_word(self, word: str) -> Shaped:
        """Return a word's slots in writing order; characters that the face lacks are left out."""
        text = unicodedata.normalize("NFC", word)
        known = "".join(character for character in text if character in self.characters)
        shaped = self._shaped(known) if self.font is not None and known else None
        shaped = shaped or self._plain(known)
        return replace(shaped, advances=spaced(self.pool, shaped.slots, shaped.advances))

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


def shaper_of(book: Book) -> Shaper:
    """Return what sets words with the first face of a book."""
    font, units = book.leaf(0).shaping
    characters = book.characters(0)
    single = frozenset(text for text in characters if len(text) == 1)
    ligates = len(single) < len(characters)
    return Shaper(book, single, single | frozenset(" \n\t\u00a0"), font, units, ligates, book.stand_ins(0))

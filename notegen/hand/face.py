"""A font file as numbers: which characters it has, their outlines in ems, and what its writer's hand measures."""

from __future__ import annotations

import hashlib
import io
import logging
import struct
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from notegen.errors import NotegenError, UnreadableFile
from notegen.files import read_bytes
from notegen.hand import outline, thickness
from notegen.hand.accents import composed
from notegen.hand.drawn import Outlines, fit_for
from notegen.hand.outline import Floats, Shapes
from notegen.hand.simplify import TOLERANCE

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

# What fontTools has to say of a font's timestamps and hints concerns nobody who writes a card.
logging.getLogger("fontTools").setLevel(logging.ERROR)

SHAPING_TABLES = frozenset({"GSUB", "GPOS", "kern", "kerx", "morx"})
LARGEST = 48 * 1024 * 1024
"""Bytes beyond which a font is refused; the largest CJK fonts have 30 MB."""
OWN_HAND = "OWNH"
"""The vendor in the OS/2 table of a font that was made of a person's own hand."""
WHOLE = 1200
"""Characters up to which all of a face is drawn at once; of a larger one, what is rarely used waits."""
_XHEIGHT_LETTERS = "xzvnuo"
_STROKE_LETTERS = "noxlvu"


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One face of a font file, lengths in ems, y upwards.

    `glyphs` draws glyphs by their ids; `characters` maps a character to its glyph id; `variants` a glyph to the other
    shapes that the font has for it; `ligatures` a glyph to the glyphs it stands for. `own` says that the other shapes
    are tries of one person: all of them are that letter, however much they differ.
    """

    units: int
    characters: dict[str, int]
    glyphs: Outlines
    advances: Floats
    variants: dict[int, tuple[int, ...]]
    ligatures: dict[int, tuple[int, ...]]
    x_height: float
    stroke: float
    ascent: float
    descent: float
    own: bool = False

    def fitted(self, x_height: float, stroke: float, scale: float | None) -> Face:
        """Return the face as large and as heavy as one of these measures; a stated scale comes before x-heights."""
        fit = fit_for((self.x_height, self.stroke), (x_height, stroke), scale)
        return replace(
            self,
            glyphs=replace(self.glyphs, fit=fit, _known={}),
            advances=self.advances * fit.scale,
            x_height=self.x_height * fit.scale,
            stroke=self.stroke * fit.scale + 2 * fit.grow,
            ascent=self.ascent * fit.scale,
            descent=self.descent * fit.scale,
        )


def font_bytes(path: Path) -> bytes:
    """Return the content of a font file; raises UnreadableFile, for one of more than LARGEST bytes, too."""
    return read_bytes(path, LARGEST, kind="a font", large="no hand needs so many letters")


def content_digest(data: bytes) -> str:
    """Return the sha256 of a font file."""
    return hashlib.sha256(data).hexdigest()


def tables(data: bytes, index: int) -> frozenset[str]:
    """Return the names of a font's tables, read from its directory alone; none of what has no directory."""
    try:
        start = struct.unpack_from(">L", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
        count = struct.unpack_from(">H", data, start + 4)[0]
    except struct.error:
        return frozenset()
    names = (data[start + 12 + 16 * row : start + 16 + 16 * row] for row in range(count))
    return frozenset(name.decode("latin-1") for name in names)


def characters_of(data: bytes, index: int, name: str) -> frozenset[str]:
    """Return the characters that a font has a glyph for, its outlines unread."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(io.BytesIO(data), fontNumber=index, lazy=True) as font:
            return frozenset(chr(code) for code in font.getBestCmap() if _is_written(chr(code)))
    except Exception:  # fontTools meets a damaged font with whatever its parsers trip over
        raise UnreadableFile(f"the font {name} cannot be used", hint="get the file anew") from None


def letters_of(data: bytes, index: int, letters: str) -> Shapes:
    """Return some letters of a sound font as it draws them, those that it has; nothing else of it is read."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(data), fontNumber=index, lazy=True) as font:
        order, names = font.getGlyphOrder(), font.getBestCmap()
        rough = Outlines(font, order, int(font["head"].unitsPerEm), {}, 0.0, 1.0)
        return outline.join([rough.raw(font.getGlyphID(names[ord(one)])) for one in letters if ord(one) in names])


def load(data: bytes, index: int, name: str) -> Face:
    """Read a TrueType or OpenType font; raises NotegenError, with `name` for the file, when it is not one."""
    return _loaded(data, index, name, at_once)


def load_beside(data: bytes, index: int, name: str) -> Face:
    """Read a font that stands beside a hand's own: the same, but that ascent and descent are those of a few letters."""
    return _loaded(data, index, name, lambda characters: dict(list(characters.items())[:6]))


def _loaded(data: bytes, index: int, name: str, tall: Callable[[dict[str, int]], dict[str, int]]) -> Face:
    from fontTools.ttLib import TTFont

    try:
        # It stays open: what is not drawn now may be asked for later.
        return _face(TTFont(io.BytesIO(data), fontNumber=index, lazy=True), name, tall)
    except NotegenError:
        raise
    except Exception as error:  # fontTools meets a damaged font with whatever its parsers trip over
        raise UnreadableFile(
            f"the font {name} cannot be used: {error}", hint="a hand needs a TrueType or OpenType font with outlines"
        ) from error


def _face(font: TTFont, name: str, tall: Callable[[dict[str, int]], dict[str, int]]) -> Face:
    """Return a face; `tall` chooses the characters that ascent and descent are measured on."""
    _check_rights(font, name)
    units = int(font["head"].unitsPerEm)
    order = font.getGlyphOrder()
    ids = {glyph: number for number, glyph in enumerate(order)}
    characters = {chr(code): ids[glyph] for code, glyph in sorted(font.getBestCmap().items()) if _is_written(chr(code))}
    rough = Outlines(font, order, units, {}, 0.0, 1.0)
    whole = len(characters) <= WHOLE
    characters = {character: glyph for character, glyph in characters.items() if not rough.is_blank(glyph, whole)}
    if not characters:
        raise NotegenError(f"the font {name} has no letters", hint="use a font with outlines, not bitmaps")
    raw = [rough.raw(glyph) for glyph in _some(characters, _STROKE_LETTERS)]
    tolerance = TOLERANCE * stroke_of(outline.join(raw))
    plain = Outlines(font, order, units, {}, tolerance, 1.0)
    x_height = float(np.median(outline.bounds(plain.take(_some(characters, _XHEIGHT_LETTERS)))[:, 3]))
    drawn = Outlines(font, order, units, composed(characters), tolerance, x_height)
    box = outline.bounds(drawn.take(sorted(tall(characters).values())))
    return Face(
        units,
        characters,
        drawn,
        np.array([font["hmtx"][glyph][0] for glyph in order]) / units,
        _variants(order, ids),
        _ligatures(font, ids),
        x_height,
        thickness.usual(drawn.take(_some(characters, _STROKE_LETTERS + "aehtd"))),
        float(box[:, 3].max()),
        float(-box[:, 1].min()),
        own="OS/2" in font and font["OS/2"].achVendID == OWN_HAND,
    )


def at_once(characters: dict[str, int]) -> dict[str, int]:
    """Return the characters that are drawn before they are asked for: all, or of a large face the commonest."""
    if len(characters) <= WHOLE:
        return characters
    common = {character: glyph for character, glyph in characters.items() if _is_common(character)}
    return common or dict(sorted(characters.items())[:WHOLE])


def _is_common(character: str) -> bool:
    """Whether a character is of ASCII, Latin-1, general punctuation, or kana with their stops."""
    code = ord(character)
    return code < 0x100 or 0x2010 <= code <= 0x2033 or 0x3000 <= code < 0x3100


def _check_rights(font: TTFont, name: str) -> None:
    """Refuse a font whose maker forbids embedding (OS/2 fsType bit 1), for a PDF cannot be printed without it."""
    if "OS/2" in font and font["OS/2"].fsType & 0x000F == 0x0002:
        raise NotegenError(
            f"the maker of the font {name} forbids embedding it in a PDF", hint="choose a font that may be embedded"
        )


def _is_written(character: str) -> bool:
    """Whether a character leaves ink: not a space, a control or format character, or private use."""
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"}


def _variants(order: list[str], ids: dict[str, int]) -> dict[int, tuple[int, ...]]:
    """Return the alternates that the font's own glyph names declare: a.alt1, a.ss01."""
    found: dict[int, list[int]] = {}
    for glyph in order:
        base, dot, suffix = glyph.partition(".")
        if dot and suffix.startswith(("alt", "ss", "salt", "cv")) and base in ids:
            found.setdefault(ids[base], []).append(ids[glyph])
    return {base: tuple(others) for base, others in found.items()}


def _ligatures(font: TTFont, ids: dict[str, int]) -> dict[int, tuple[int, ...]]:
    """Return what each ligature glyph of the `liga`, `rlig` and `ccmp` features is made of."""
    if "GSUB" not in font or not font["GSUB"].table.FeatureList:
        return {}
    table = font["GSUB"].table
    wanted = {
        number
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag in {"liga", "rlig", "ccmp"}
        for number in record.Feature.LookupListIndex
    }
    found: dict[int, tuple[int, ...]] = {}
    for number in sorted(wanted):
        for subtable in table.LookupList.Lookup[number].SubTable:
            for first, rest in getattr(getattr(subtable, "ExtSubTable", subtable), "ligatures", {}).items():
                for one in rest:
                    found[ids[one.LigGlyph]] = (ids[first], *(ids[part] for part in one.Component))
    return found


def _some(characters: dict[str, int], letters: str) -> list[int]:
    present = [characters[letter] for letter in letters if letter in characters]
    return present or sorted(characters.values())[:6]


def stroke_of(shapes: Shapes) -> float:
    """Return about how broad strokes are, at once: the median of twice the area over the length of the edge."""
    lines, owner = outline.flatten(shapes)
    start, stop = lines[:, 0], lines[:, 1]
    step = stop - start
    edge = np.bincount(owner, np.sqrt((step * step).sum(axis=1)), len(shapes))
    area = np.bincount(owner, (stop[:, 0] * start[:, 1] - start[:, 0] * stop[:, 1]) / 2, len(shapes))
    return float(np.median(2 * np.abs(area) / edge))

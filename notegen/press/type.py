"""Plain type in a PDF: a subset of each face that was used, once in a file, with codes in the order of first use."""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc

from notegen import plain
from notegen.errors import NotegenError
from notegen.press.embed import tag, to_unicode
from notegen.press.units import POINTS, number

if TYPE_CHECKING:
    from notegen.model.page import Words
    from notegen.plain.faces import Face
    from notegen.press.container import Container

EARLIEST = 3_000_000_000
"""Seconds since 1904 at which every font says it was made (1999): no clock is read."""

DROPPED = ["GSUB", "GPOS", "GDEF", "cmap", "post", "kern", "name", "OS/2", "meta", "MATH", "FFTM"]
"""Tables that a font in a PDF does not need."""

REMEMBERED = 4096
"""Words of one face that are remembered as they are written."""


class _Used:
    """The glyphs of one face that were drawn, each with its code and the text it stands for."""

    def __init__(self, face: Face, resource: str, reference: Any) -> None:
        self.face, self.resource, self.reference = face, resource, reference
        self.codes: dict[tuple[int, str], tuple[str, float]] = {}
        self.advances: list[float] = [0.0]
        self._words: dict[tuple[str, tuple[int, ...]], str] = {}

    def shown(self, run: plain.Run) -> str:
        """Return what stands between the brackets of TJ for a run: codes, and how each is moved from its place.

        Raises NotegenError for a character that no face has.
        """
        key = run.text, run.glyphs  # a bracket that runs from the right is the other bracket
        found = self._words.get(key)
        if found is None:
            if len(self._words) >= REMEMBERED:
                self._words.clear()
            found = self._words[key] = self._array(run)
        return found

    def _array(self, run: plain.Run) -> str:
        if 0 in run.glyphs:
            lacking = " ".join(f"{one} (U+{ord(one):04X})" for one in plain.lacking(run.text))
            raise NotegenError(f"plain type has no letter for {lacking} in '{run.text}'", hint="write it otherwise")
        parts = ["<"]
        for glyph, advance, (dx, dy), text in zip(run.glyphs, run.advances, run.offsets, run.texts, strict=True):
            code, own = self.code(glyph, text)
            before, after = round(-dx * 1000), round((own - advance + dx) * 1000)
            if before:
                parts.append(f">{before}<")
            # An accent that stands higher or lower than it was drawn: TJ itself moves along the line alone.
            parts.append(f">] TJ {number(dy)} Ts [<{code}>] TJ 0 Ts [<" if abs(dy) > 0.0005 else code)
            if after:
                parts.append(f">{after}<")
        parts.append(">")
        return "".join(parts).replace("<>", "")

    def code(self, glyph: int, text: str) -> tuple[str, float]:
        """Return the code of a glyph, four digits, and its advance in ems; another text makes it another code."""
        found = self.codes.get((glyph, text))
        if found is None:
            advance = self.face.shaper.get_glyph_h_advance(glyph) / self.face.units
            found = self.codes[glyph, text] = f"{len(self.codes) + 1:04X}", advance
            self.advances.append(advance)
        return found


class Type:
    """The plain type of one file."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._used: dict[Face, _Used] = {}
        self._dictionaries: list[tuple[_Used, Any]] = []

    def show(self, words: Words) -> tuple[bytes, dict[str, Any]]:
        """Return the operators that set a line of words, without their colour, and the fonts they need.

        Raises NotegenError for a character that no face has: a box in its place would be found on paper.
        """
        from math import cos, radians, sin

        size = words.size * POINTS
        turn = radians(words.angle)
        a, b = cos(turn) * size, sin(turn) * size
        set_runs = plain.runs(words.text, words.strong)
        along = -{"left": 0.0, "centre": 0.5, "right": 1.0}[words.align] * sum(run.width for run in set_runs)
        parts, fonts = [b"BT\n"], {}
        for face, group in groupby(set_runs, key=lambda run: run.face):
            used = self._of(face)
            fonts[used.resource] = used.reference
            x, y = words.x * POINTS + a * along, words.y * POINTS + b * along
            matrix = " ".join(map(number, (a, b, -b, a, x, y)))
            stretch = list(group)
            shown = "".join(map(used.shown, stretch)).replace("><", "")
            parts.append(f"/{used.resource} 1 Tf\n{matrix} Tm\n[{shown}] TJ\n".encode("ascii"))
            along += sum(run.width for run in stretch)
        parts.append(b"ET\n")
        return b"".join(parts), fonts

    def _of(self, face: Face) -> _Used:
        if face not in self._used:
            dictionary = pdfdoc.PDFDictionary()
            used = _Used(face, f"P{len(self._used)}", self._container.reserve(dictionary))
            self._used[face] = used
            self._dictionaries.append((used, dictionary))
        return self._used[face]

    def embed(self) -> tuple[str, ...]:
        """Write the subsets of all faces that were used; return their names."""
        names = []
        for used, dictionary in self._dictionaries:
            name, entries = _embedded(used, self._container)
            dictionary.dict.update(entries)
            names.append(name)
        return tuple(names)


def _embedded(used: _Used, container: Container) -> tuple[str, dict[str, Any]]:
    """Write a subset of a face and return its name and its font dictionary's entries."""
    data, places, font = _subset(used)
    scale = 1000 / used.face.units
    base = "Notegen" + str(font["name"].getDebugName(6) or "Plain").replace("-", "")
    name = pdfdoc.PDFName(f"{tag(data)}+{base}")
    glyphs = [0, *(places[glyph] for glyph, _ in used.codes)]
    head, os2 = font["head"], font["OS/2"]
    descriptor = {
        "Type": "/FontDescriptor",
        "FontName": name,
        "Flags": 4,
        "FontBBox": pdfdoc.PDFArray([round(v * scale) for v in (head.xMin, head.yMin, head.xMax, head.yMax)]),
        "ItalicAngle": 0,
        "Ascent": round(font["hhea"].ascent * scale),
        "Descent": round(font["hhea"].descent * scale),
        "CapHeight": round(getattr(os2, "sCapHeight", 0) * scale) or 700,
        "StemV": 80,
        "FontFile2": container.add_stream(data, f"/Length1 {len(data)} "),
    }
    descendant = {
        "Type": "/Font",
        "Subtype": "/CIDFontType2",
        "BaseFont": name,
        "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
        "CIDToGIDMap": container.add_stream(b"".join(glyph.to_bytes(2, "big") for glyph in glyphs)),
        "DW": 0,
        "W": f"[0 [{' '.join(number(advance * 1000) for advance in used.advances)}]]",
        "FontDescriptor": container.add(pdfdoc.PDFDictionary(descriptor)),
    }
    return base, {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": name,
        "Encoding": "/Identity-H",
        "DescendantFonts": pdfdoc.PDFArray([container.add(pdfdoc.PDFDictionary(descendant))]),
        "ToUnicode": container.add_stream(to_unicode(dict(enumerate((text for _, text in used.codes), 1)))),
    }


def _subset(used: _Used) -> tuple[bytes, dict[int, int], Any]:
    """Return a font of the glyphs that were used, where each went by its old number, and the font as it was."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(used.face.data), recalcTimestamp=False)
    order = font.getGlyphOrder()
    for name in set(DROPPED).intersection(font.keys()):
        del font[name]  # fontTools would read all of a table before it drops it
    options = Options(notdef_outline=True, layout_features=[], hinting=False, legacy_kern=False)
    options.prune_unicode_ranges = options.prune_codepage_ranges = False  # both would read what is dropped
    options.drop_tables += DROPPED
    subsetter = Subsetter(options)
    subsetter.populate(gids=[glyph for glyph, _ in used.codes])
    subsetter.subset(font)
    font["head"].created = font["head"].modified = EARLIEST
    stream = io.BytesIO()
    font.save(stream, reorderTables=False)
    kept = {name: place for place, name in enumerate(font.getGlyphOrder())}
    whole = TTFont(io.BytesIO(used.face.data), lazy=True)
    return stream.getvalue(), {glyph: kept[order[glyph]] for glyph, _ in used.codes}, whole

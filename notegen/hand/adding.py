"""A font that somebody has becomes a hand: the font is examined, its letters measured, and a hand.yaml proposed.

A font file comes from anywhere. It is refused when it may not be embedded, has no outlines of letters, or is built to
exhaust a reader: composite glyphs that contain each other over and over are counted before they are taken apart.
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from notegen.errors import NotegenError, UnreadableFile
from notegen.hand import coverage, face, outline
from notegen.hand.face import Face
from notegen.model.hand import KINDS

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

MOST_POINTS = 20_000
"""Points of one glyph beyond which a font is refused: a rough-edged letter has 500, a detailed kanji 2,000."""
DEEPEST = 12
"""Levels of composites in composites."""
USUAL = 2.4
"""The usual x-height of the bundled hands, mm."""

_WEB = {b"wOFF": "a web font (WOFF)", b"wOF2": "a web font (WOFF2)"}
_KNOWN = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf")
_COLOURS = {
    "COLR": "a colour font",
    "SVG ": "a colour font",
    "sbix": "a colour font",
    "CBDT": "a colour font",
}
_NO_OUTLINES = "has no outlines, only bitmaps"
_LICENCES = (
    (r"open font licen[sc]e", "OFL-1.1"),
    (r"apache licen[sc]e", "Apache-2.0"),
    (r"\bmit licen[sc]e", "MIT"),
    (r"public domain|\bcc0\b", "public domain"),
    (r"ubuntu font licen[sc]e", "UFL-1.0"),
)


@dataclass(frozen=True, slots=True)
class Examined:
    """What a font file says of itself, and what its letters measure.

    `family`, `copyright`, `licence` and `url` are the font's own words, one line each; `rights` is what it says of
    embedding. `stroke` and `x_height` are in ems, `leading` is a guess in x-heights.
    """

    family: str
    copyright: str
    licence: str
    url: str
    rights: str
    index: int
    characters: frozenset[str]
    stroke: float
    x_height: float
    leading: float
    capitals: bool

    @property
    def known_licence(self) -> str:
        """The licence's short name, "" when the font does not speak of one that we know."""
        said = f"{self.licence} {self.copyright} {self.url.replace('OFL', 'open font license')}".casefold()
        return next((name for pattern, name in _LICENCES if re.search(pattern, said)), "")

    @property
    def scripts(self) -> tuple[str, ...]:
        """The scripts of which the font has an alphabet, the largest first; Latin when there is none."""
        return tuple(one.script for one in coverage.covered(self.characters)) or ("Latn",)


def examine(data: bytes, name: str, index: int = 0) -> Examined:
    """Read a font file with some suspicion; raises NotegenError with the reason for which it cannot become a hand."""
    from fontTools.ttLib import TTFont

    _check_kind(data, name)
    try:
        with TTFont(io.BytesIO(data), fontNumber=index, lazy=True) as font:
            _check_tables(font, name)
            rights = _rights(font, name)
            _check_size(font, name)
            said = {number: _one_line(font["name"].getDebugName(number) or "") for number in (0, 1, 13, 14, 16)}
        read = face.load(data, index, name)
        measures = _leading(read), _is_capitals(read)
    except NotegenError:
        raise
    except Exception as error:  # whatever the parsers of a damaged font trip over, RecursionError included
        raise UnreadableFile(
            f"the font {name} is damaged: {_one_line(str(error)) or type(error).__name__}", hint="get the file anew"
        ) from error
    return Examined(
        said[16] or said[1] or name,
        said[0],
        said[13],
        said[14],
        rights,
        index,
        frozenset(read.characters),
        read.stroke,
        read.x_height,
        *measures,
    )


def refuse_endless(data: bytes, name: str, index: int) -> None:
    """Raise NotegenError for a file that is no font, or one whose glyphs would be too large to be drawn.

    For fonts that stand in a shop's hands/ without having been examined.
    """
    from fontTools.ttLib import TTFont

    _check_kind(data, name)
    try:
        with TTFont(io.BytesIO(data), fontNumber=index, lazy=True) as font:
            _check_size(font, name)
    except NotegenError:
        raise
    except Exception as error:  # whatever the parsers of a damaged font trip over, RecursionError included
        raise UnreadableFile(
            f"the font {name} is damaged: {_one_line(str(error)) or type(error).__name__}", hint="get the file anew"
        ) from error


def _check_kind(data: bytes, name: str) -> None:
    if len(data) > face.LARGEST:
        raise NotegenError(
            f"the font {name} is larger than {face.LARGEST // 1024**2} MiB", hint="no hand needs so many letters"
        )
    web = _WEB.get(data[:4])
    if web:
        raise NotegenError(f"{name} is {web}", hint="take the .ttf or .otf of the same font")
    if data[:4] not in _KNOWN:
        raise NotegenError(f"{name} is not a TrueType or OpenType font", hint="name a file .ttf, .otf or .ttc")


def _check_tables(font: TTFont, name: str) -> None:
    for table, what in _COLOURS.items():
        if table in font:
            raise NotegenError(f"{name} is {what}", hint="a pen has one colour: take a font with plain outlines")
    if not any(table in font for table in ("glyf", "CFF ", "CFF2")):
        raise NotegenError(f"the font {name} {_NO_OUTLINES}", hint="take one that can be made larger and smaller")
    for table in ("cmap", "head", "hmtx", "maxp", "name"):
        if table not in font:
            raise UnreadableFile(f"the font {name} is damaged: it has no table '{table}'", hint="get the file anew")
    if "OS/2" not in font:
        raise NotegenError(f"the font {name} does not say whether it may be embedded (it has no table 'OS/2')")


def _rights(font: TTFont, name: str) -> str:
    """Say what the font's maker allows (OS/2 fsType); raises NotegenError when a PDF may not carry what we need."""
    bits = int(font["OS/2"].fsType)
    use = bits & 0x000E
    forbidden = (
        (use == 0x0002, "forbids embedding it in a PDF"),
        (bits & 0x0200, "allows to embed bitmaps of it alone"),
        (bits & 0x0100, "forbids embedding a part of it"),
    )
    for holds, what in forbidden:
        if holds:
            raise NotegenError(f"the maker of the font {name} {what}", hint="choose a font that may be embedded")
    return "may be embedded" if use in (0, 8) else "may be embedded for viewing and printing"


def _check_size(font: TTFont, name: str) -> None:
    """Refuse a font one of whose glyphs would be too large; composites are counted, not taken apart."""
    if not 16 <= int(font["head"].unitsPerEm) <= 16384:
        raise UnreadableFile(f"the font {name} is damaged: an em of {font['head'].unitsPerEm} units")
    if "glyf" not in font:
        _check_drawn(font, name)
        return
    table, counts = font["glyf"], dict[str, int]()
    for glyph in font.getGlyphOrder():
        if _points(table, glyph, counts, 0) > MOST_POINTS:
            raise NotegenError(f"the font {name} has a glyph of more than {MOST_POINTS:,} points: {_one_line(glyph)}")


def _points(table: Mapping[str, Any], glyph: str, counts: dict[str, int], depth: int) -> int:
    known = counts.get(glyph)
    if known is not None:
        return known
    if depth > DEEPEST:
        return MOST_POINTS + 1
    one = table[glyph]
    if one.isComposite():
        parts = one.components
        found = sum(_points(table, part.glyphName, counts, depth + 1) for part in parts)
    else:
        found = len(one.coordinates) if one.numberOfContours > 0 else 0
    counts[glyph] = found
    return found


def _check_drawn(font: TTFont, name: str) -> None:
    """Draw every glyph with cubic outlines once, and stop where there is no end of it."""
    from fontTools.pens.basePen import NullPen

    class Counting(NullPen):  # type: ignore[misc]
        count = 0

        def lineTo(self, pt: object) -> None:
            self.more()

        def curveTo(self, *points: object) -> None:
            self.more()

        def more(self) -> None:
            self.count += 3
            if self.count > MOST_POINTS:
                raise NotegenError(f"the font {name} has a glyph of more than {MOST_POINTS:,} points")

    glyphs = font.getGlyphSet()
    for glyph in font.getGlyphOrder():
        glyphs[glyph].draw(Counting())


def _leading(read: Face) -> float:
    """Guess the line pitch at which ascenders and descenders seldom meet, x-heights."""
    letters = [read.characters[letter] for letter in "bdfhklgjpqy" if letter in read.characters]
    box = outline.bounds(read.glyphs.take(letters or sorted(read.characters.values())[:40]))
    tall = float(np.quantile(box[:, 3], 0.7) - np.quantile(box[:, 1], 0.3)) / read.x_height
    return round(min(max(tall * 1.1, 3.0), 4.2), 1)


def _is_capitals(read: Face) -> bool:
    """Whether small letters have the shapes of capitals: those that are tall in print are not, here."""
    if not {"b", "d", "h", "n", "o", "u"} <= read.characters.keys():
        return False
    top = outline.bounds(read.glyphs.take([read.characters[one] for one in "bdhnou"]))[:, 3]
    return float(top[:3].mean() / top[3:].mean()) < 1.3


def slug(text: str) -> str:
    """Return a name for a hand made of a font's: small letters, digits and dashes."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:40].strip("-") or "my-hand"


def as_yaml(found: Examined, font: str) -> str:
    """Return the text of a hand's file: what was measured, sensible guesses, and what each line means."""
    scripts = found.scripts
    usual = USUAL if "Latn" in scripts else 3.0
    pen = min(max(found.stroke / found.x_height * usual, 0.22), 0.36)
    sizes = ", ".join(f"{usual * part:.1f}" for part in (0.8, 1.0, 1.25))
    kind = "capitals" if found.capitals else "print"
    index = [f"face_index: {found.index} # which font of the collection"] if found.index else []
    names = ", ".join(f"{script} {coverage.NAMES.get(script, script)}" for script in scripts)
    lines = [
        "# A hand of our own. Try it with: notegen hand show NAME",
        f"title: {_quoted(found.family)}",
        'role: "" # one line: who writes like this',
        f"kind: {kind} # one of: {', '.join(KINDS)}",
        f"scripts: [{', '.join(scripts)}] # {names}; strike out those whose letters do not look handwritten",
        f"font: {_quoted(font)}",
        *index,
        f"pen: {pen:.2f} # mm, the width of a stroke on paper; people's are 0.22 to 0.40",
        "ink: blue-black # see notegen hand inks",
        f"x_height: [{sizes}] # mm, of an x: the least that can be read, the usual, the greatest",
        f"leading: {found.leading:.1f} # line pitch in x-heights; more where tall letters meet",
        "word_gap: 1.3 # mean gap between words in x-heights",
        "tidiness: 1 # 0 neat, 1 as most people, 1.5 hurried",
        f"licence: {_quoted(found.known_licence)} # check it: may it be used for mail to customers?",
        f"origin: {_quoted(f'{found.family}. {found.copyright}'.strip())}",
    ]
    return "\n".join(lines) + "\n"


def _one_line(text: str) -> str:
    """Return a font's words without control characters, on one line, not endless."""
    plain = "".join(one if unicodedata.category(one)[0] != "C" else " " for one in text[:2000])
    return " ".join(plain.split())[:300]


def _quoted(text: str) -> str:
    """Return a text as YAML reads it back."""
    return json.dumps(text, ensure_ascii=False)

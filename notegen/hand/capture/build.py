"""A TrueType font of a person's letters: each with the best of its tries, and all others as its alternates.

The alternates are glyphs called a.alt1, a.alt2 and so on, which the pool finds by their names, and which the feature
`salt` offers to other programs. The font carries no date, so the same scans give the same file.
"""

from __future__ import annotations

import io

import numpy as np

from notegen.hand import outline
from notegen.hand.capture.letters import Letter, Letters
from notegen.hand.face import OWN_HAND
from notegen.hand.outline import Shapes

UNITS = 2048
X_HEIGHT = 0.4
"""The x-height, ems: then all of a tall hand stays within the em or a little more."""
SPACE = 0.5
"""Advance of the space, ems; notegen measures gaps by `word_gap` and does not use it."""
DATE = 3_786_825_600
"""The date that the font carries, seconds since 1904: the first day of 2024, whenever it was made."""
RIGHTS = "The letters of a person's own hand. For that person's use, or with their consent."


def font(letters: Letters, family: str) -> bytes:
    """Return a font file of a hand's letters under the family's name."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    scale = X_HEIGHT * UNITS / letters.usual.x_height
    names = {one.text: _name(one.text) for one in letters.letters}
    glyphs = {".notdef": TTGlyphPen(None).glyph(), "space": TTGlyphPen(None).glyph()}
    advances = {".notdef": UNITS // 2, "space": round(SPACE * UNITS)}
    for letter in letters.letters:
        for number, shape in enumerate(letter.shapes):
            name = names[letter.text] + (f".alt{number}" if number else "")
            glyphs[name] = _glyph(shape, scale)
            advances[name] = max(1, round(letter.advance * scale))
    made = FontBuilder(UNITS, isTTF=True)
    made.setupGlyphOrder(list(glyphs))
    made.setupCharacterMap({32: "space", 160: "space", **{ord(text): name for text, name in names.items()}})
    made.setupGlyf(glyphs)
    bearings = {name: (advance, getattr(glyphs[name], "xMin", 0)) for name, advance in advances.items()}
    made.setupHorizontalMetrics(bearings)
    _set_up(made, glyphs, family)
    _alternates(made, letters, names)
    made.font.recalcTimestamp = False
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _name(text: str) -> str:
    """Return the usual name of a character's glyph."""
    from fontTools.agl import UV2AGL

    return str(UV2AGL.get(ord(text), f"uni{ord(text):04X}"))


def _glyph(shape: Shapes, scale: float) -> object:
    """Return a glyph; contours of which rounding leaves nothing are dropped."""
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    starts, ends = outline.contours(shape.contour_end)
    points = np.rint(shape.points * scale).astype(int)
    for start, end in zip(starts, ends, strict=True):
        ring = [(int(x), int(y)) for x, y in points[start : end + 1]]
        on_curve = shape.on_curve[start : end + 1]
        if len(set(ring)) < 3:
            continue
        pen.moveTo(ring[0])
        waiting = []
        for point, on in zip(ring[1:], on_curve[1:], strict=True):
            waiting.append(point)
            if on:
                pen.qCurveTo(*waiting)
                waiting = []
        if waiting:
            pen.qCurveTo(*waiting, ring[0])
        pen.closePath()
    return pen.glyph()


def _set_up(made: object, glyphs: dict[str, object], family: str) -> None:
    """Fill in the tables that every font has."""
    from fontTools.fontBuilder import FontBuilder

    assert isinstance(made, FontBuilder)
    top = max((getattr(one, "yMax", 0) for one in glyphs.values()), default=UNITS)
    low = min((getattr(one, "yMin", 0) for one in glyphs.values()), default=0)
    made.setupHorizontalHeader(ascent=top, descent=low)
    postscript = "".join(one for one in family if one.isascii() and one.isalnum()) or "OwnHand"
    made.setupNameTable(
        {
            "copyright": RIGHTS,
            "familyName": family,
            "styleName": "Regular",
            "uniqueFontIdentifier": f"notegen own hand {family}",
            "fullName": family,
            "version": "Version 1.000",
            "psName": f"{postscript}-Regular",
        },
        mac=False,
    )
    # fsType 0 would let anybody install it; 4 (preview and print) still lets it be embedded in a card's PDF.
    made.setupOS2(
        achVendID=OWN_HAND,
        fsType=4,
        sTypoAscender=top,
        sTypoDescender=low,
        usWinAscent=max(top, 0),
        usWinDescent=max(-low, 0),
        sxHeight=round(X_HEIGHT * UNITS),
    )
    made.setupPost()
    made.updateHead(created=DATE, modified=DATE)


def _alternates(made: object, letters: Letters, names: dict[str, str]) -> None:
    """Add the feature by which other programs reach the alternates."""
    rules = [_rule(one, names[one.text]) for one in letters.letters if len(one.shapes) > 1]
    if rules:
        made.addOpenTypeFeatures(  # type: ignore[attr-defined]
            "feature salt {\n" + "\n".join(rules) + "\n} salt;\n"
        )


def _rule(letter: Letter, name: str) -> str:
    others = " ".join(f"{name}.alt{number}" for number in range(1, len(letter.shapes)))
    return f"  sub {name} from [{others}];"

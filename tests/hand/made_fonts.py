"""Small fonts made for tests: honest ones, and those that nobody should have to read."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables import ttProgram

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,"


def bar(height: int = 450) -> Any:
    """Return a stroke of 50 units."""
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for point in ((50, height), (100, height), (100, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def composite(name: str, times: int) -> Any:
    """Return a glyph that is another one several times."""
    pen = TTGlyphPen({name: None})
    for number in range(times):
        pen.addComponent(name, (1, 0, 0, 1, number, 0))
    return pen.glyph()


def font(
    letters: str = LETTERS, extra: dict[str, Any] | None = None, change: Callable[[TTFont], object] | None = None
) -> bytes:
    """Return a font in which every letter is a bar; `extra` are more glyphs, `change` is done to it at the end."""
    glyphs = {".notdef": bar(), **{f"g{ord(one)}": bar(450 if one in "acemnorsuvwxz" else 700) for one in letters}}
    glyphs.update(extra or {})
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder(list(glyphs))
    made.setupCharacterMap({ord(one): f"g{ord(one)}" for one in letters})
    made.setupGlyf(glyphs, calcGlyphBounds=False)
    for one in glyphs.values():  # composites are left alone: those that have no end could not be measured
        if not one.isComposite():
            one.recalcBounds(made.font["glyf"])
        else:
            one.xMin = one.yMin = one.xMax = one.yMax = 0
    made.font.recalcBBoxes = False
    made.font["maxp"].maxComponentDepth = 1
    made.setupHorizontalMetrics(dict.fromkeys(glyphs, (150, 50)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": "Bars & Co", "styleName": "Regular", "copyright": "(c) 2026 A. Bar\x07maker"})
    made.setupOS2(fsType=0)
    made.setupPost()
    if change is not None:
        change(made.font)
    stream = io.BytesIO()
    made.font.save(stream)
    return stream.getvalue()


def allowing(bits: int) -> bytes:
    """Return a font with these embedding rights."""
    return font(change=lambda made: setattr(made["OS/2"], "fsType", bits))


def bomb(levels: int = 10) -> bytes:
    """Return a font of a few kilobytes with a glyph of 4 * 10 ** levels points."""
    extra = {"b0": bar()}
    for level in range(1, levels + 1):
        extra[f"b{level}"] = composite(f"b{level - 1}", 10)
    return font(extra=extra)


def endless() -> bytes:
    """Return a font with a glyph that contains itself."""
    return font(extra={"loop": composite("loop", 1)})


def coloured() -> bytes:
    """Return a font that says it is a colour font."""

    def add(made: TTFont) -> None:
        table = newTable("sbix")
        table.version, table.flags, table.numStrikes, table.strikes, table.strikeOffsets = 1, 1, 0, {}, []
        made["sbix"] = table

    return font(change=add)


def without(*tables: str) -> bytes:
    """Return a font that lacks some tables."""

    def take(made: TTFont) -> None:
        for one in tables:
            del made[one]

    return font(change=take)


def hinted() -> bytes:
    """Return a font with a program for screens, which has to be of no interest."""

    def add(made: TTFont) -> None:
        table = newTable("prep")
        table.program = ttProgram.Program()
        table.program.fromBytecode([0xB0, 0x00])
        made["prep"] = table

    return font(change=add)

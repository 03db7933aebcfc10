"""Font programs: which glyphs there are, and the box of each outline.

TrueType is read straight from its tables, because a box stands at the head of each outline; fontTools reads the others
and draws them. A glyph's box is in the font's units over `units` to the em.
"""

from __future__ import annotations

import struct
from functools import cached_property
from typing import Any, Protocol, TypeAlias

Box: TypeAlias = "tuple[float, float, float, float]"
Point: TypeAlias = "tuple[float, float]"


ZEROS = (b"0" * 64 + b"\n") * 8


class Broken(Exception):
    """A font program that cannot be read; the message says why."""


class Unknown(Exception):
    """A font program that seems to be whole and is not understood here; the message says what it is."""


class Program(Protocol):
    """What a font program can be asked."""

    units: float

    @property
    def count(self) -> int:
        """How many glyphs there are."""

    def box(self, glyph: int) -> Box | None:
        """Return the box of a glyph's outline in font units; None when it draws nothing."""

    def points(self, glyph: int) -> list[Point]:
        """Return points whose hull holds the outline, in font units."""

    def named(self, name: str) -> int | None:
        """Return the number of the glyph of a name."""

    def coded(self, code: int) -> int | None:
        """Return the glyph that the program itself gives a code."""


class TrueType:
    """A TrueType program: `glyf` outlines."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._tables = _tables(data)
        head, most, loca = (self._table(tag) for tag in ("head", "maxp", "loca"))
        self._glyf = self._table("glyf")
        self.units = float(struct.unpack_from(">H", head, 18)[0]) or 1000.0
        self._count = int(struct.unpack_from(">H", most, 4)[0])
        long = struct.unpack_from(">h", head, 50)[0]
        step = 4 if long else 2
        room = min(self._count + 1, len(loca) // step)
        found = struct.unpack(f">{room}{'I' if long else 'H'}", loca[: room * step])
        self._at = found if long else tuple(2 * one for one in found)

    def _table(self, tag: str) -> bytes:
        found = self._tables.get(tag)
        if found is None:
            raise Broken(f"it has no table '{tag}'")
        return found

    @property
    def count(self) -> int:
        """How many glyphs there are."""
        return min(self._count, max(0, len(self._at) - 1))

    def box(self, glyph: int) -> Box | None:
        """Return the box that stands at the head of an outline."""
        if not 0 <= glyph < self.count:
            return None
        start, end = self._at[glyph], self._at[glyph + 1]
        if end - start < 10 or end > len(self._glyf):
            return None
        low_x, low_y, high_x, high_y = struct.unpack_from(">4h", self._glyf, start + 2)
        return low_x, low_y, high_x, high_y

    @cached_property
    def _font(self) -> Any:
        from io import BytesIO

        from fontTools.ttLib import TTFont

        return TTFont(BytesIO(self._data), lazy=True)

    def points(self, glyph: int) -> list[Point]:
        """Return the outline's points, those off the curve among them."""
        try:
            table = self._font["glyf"]
            found, _, _ = table[self._font.getGlyphName(glyph)].getCoordinates(table)
            return [(float(x), float(y)) for x, y in found]
        except Exception:  # whatever fontTools makes of a broken table: the box is still known
            return _corners(self.box(glyph))

    @cached_property
    def _maps(self) -> dict[tuple[int, int], dict[int, int]]:
        """The character maps as codes to glyph numbers, by platform and encoding."""
        try:
            number = self._font.getGlyphID
            return {
                (one.platformID, one.platEncID): {code: number(name) for code, name in one.cmap.items()}
                for one in self._font["cmap"].tables
                if hasattr(one, "cmap")
            }
        except Exception:  # a program without a usable map: codes then have no glyph
            return {}

    @cached_property
    def _names(self) -> dict[str, int]:
        try:
            post = self._font["post"]
            order = self._font.getGlyphOrder() if post.formatType == 2.0 else []
        except Exception:
            return {}
        return {name: number for number, name in enumerate(order)}

    def named(self, name: str) -> int | None:
        """Return a glyph by the characters its name stands for, or by its name in `post`."""
        from fontTools.agl import toUnicode

        unicode = self._maps.get((3, 1)) or self._maps.get((0, 3)) or {}
        text = toUnicode(name)
        if len(text) == 1 and ord(text) in unicode:
            return unicode[ord(text)]
        mac = self._maps.get((1, 0), {})
        code = _mac_codes().get(name)
        if code is not None and mac.get(code):
            return mac[code]
        return self._names.get(name)

    def coded(self, code: int) -> int | None:
        """Return the glyph of a code in a symbolic font: map (3, 0), where codes stand in a private area, or (1, 0)."""
        symbols = self._maps.get((3, 0), {})
        for one in (code, 0xF000 + code, 0xF100 + code):
            if symbols.get(one):
                return symbols[one]
        mac = self._maps.get((1, 0), {})
        if mac.get(code):
            return mac[code]
        return None if symbols or mac else self._maps.get((3, 1), {}).get(code)


class Drawn:
    """A program whose glyphs fontTools draws by name: CFF and Type 1. `order` are the names by number."""

    def __init__(
        self, glyphs: Any, order: list[str], units: float, codes: dict[int, str], cids: dict[int, int] | None = None
    ) -> None:
        self._glyphs, self._order, self.units, self._codes = glyphs, order, units, codes
        self._numbers = {name: number for number, name in enumerate(order)}
        self.cids = cids
        self._boxes: dict[int, Box | None] = {}

    @property
    def count(self) -> int:
        """How many glyphs there are."""
        return len(self._order)

    def box(self, glyph: int) -> Box | None:
        """Return the box of a drawn outline, found once."""
        if glyph not in self._boxes:
            some = self.points(glyph)
            self._boxes[glyph] = (
                (min(x for x, _ in some), min(y for _, y in some), max(x for x, _ in some), max(y for _, y in some))
                if some
                else None
            )
        return self._boxes[glyph]

    def points(self, glyph: int) -> list[Point]:
        """Return the points of an outline, those off the curve among them."""
        from fontTools.pens.recordingPen import RecordingPen

        if not 0 <= glyph < len(self._order):
            return []
        pen = RecordingPen()
        try:
            self._glyphs[self._order[glyph]].draw(pen)
        except Exception:  # a broken charstring draws nothing that could be measured
            return []
        return [(float(x), float(y)) for _, args in pen.value for x, y in args]

    def named(self, name: str) -> int | None:
        """Return the number of the glyph of a name."""
        return self._numbers.get(name)

    def coded(self, code: int) -> int | None:
        """Return the glyph of the program's own encoding."""
        return self._numbers.get(self._codes.get(code, ".notdef"))


def read(data: bytes, kind: str) -> Program:
    """Return a program of the kind "/FontFile", "/FontFile2" or "/FontFile3"; raises Broken or Unknown."""
    try:
        if kind == "/FontFile":
            return _type1(data)
        if kind == "/FontFile2" or data[:4] in (b"\0\1\0\0", b"true"):
            return TrueType(data)
        return _cff(_tables(data).get("CFF ", b"") if data[:4] == b"OTTO" else data)
    except (Broken, Unknown):
        raise
    except Exception:  # fontTools and struct raise many kinds on broken programs
        raise Broken("it cannot be read") from None


def _tables(data: bytes) -> dict[str, bytes]:
    """Return the tables of an sfnt by tag."""
    if len(data) < 12:
        raise Broken("it is cut short")
    count = struct.unpack_from(">H", data, 4)[0]
    found: dict[str, bytes] = {}
    for number in range(count):
        if 28 + 16 * number > len(data):
            raise Broken("its directory is cut short")
        tag, _, at, size = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        if at + size > len(data):
            raise Broken(f"its table '{tag.decode('latin-1')}' is cut short")
        found[tag.decode("latin-1")] = data[at : at + size]
    return found


def _cff(data: bytes) -> Drawn:
    from io import BytesIO

    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(BytesIO(data), None)
    top = fonts[0]
    order = list(top.getGlyphOrder())
    matrix = getattr(top, "FontMatrix", None) or [0.001]
    cids = None
    if hasattr(top, "ROS"):
        cids = {int(name[3:]): number for number, name in enumerate(order) if name[:3] == "cid"} | {0: 0}
    encoding = getattr(top, "Encoding", "StandardEncoding") if cids is None else []
    return Drawn(top.CharStrings, order, 1 / (float(matrix[0]) or 0.001), _cff_codes(encoding), cids)


def _cff_codes(encoding: Any) -> dict[int, str]:
    if encoding == "StandardEncoding":
        from fontTools.encodings.StandardEncoding import StandardEncoding

        return dict(enumerate(StandardEncoding))
    return {} if isinstance(encoding, str) else {code: name for code, name in enumerate(encoding) if name}


def _type1(data: bytes) -> Drawn:
    """Read a Type 1 program: PostScript, of which fontTools does not know every way to write it."""
    if b"eexec" not in data:
        raise Broken("it has no encrypted part")
    try:
        return _type1_drawn(data)
    except Exception:
        raise Unknown("a Type 1 program that is written in an unusual way") from None


def _type1_drawn(data: bytes) -> Drawn:
    from fontTools.t1Lib import T1Font, decryptType1

    font = T1Font.__new__(T1Font)
    font.encoding = "ascii"
    # The row of noughts that ends the encrypted part may be left out of a PDF (Length3 0); fontTools looks for it.
    font.data = decryptType1(data if b"cleartomark" in data else data + b"\n" + ZEROS + b"\ncleartomark\n")
    font.parse()
    glyphs = font.getGlyphSet()
    order = [".notdef", *(name for name in glyphs if name != ".notdef")]
    encoding = font["Encoding"]
    codes = {code: name for code, name in enumerate(encoding)} if isinstance(encoding, list) else _standard()
    matrix = font["FontMatrix"]
    return Drawn(glyphs, order, 1 / (float(matrix[0]) or 0.001), codes)


def _standard() -> dict[int, str]:
    from fontTools.encodings.StandardEncoding import StandardEncoding

    return dict(enumerate(StandardEncoding))


def _mac_codes() -> dict[str, int]:
    from fontTools.encodings.MacRoman import MacRoman

    return {name: code for code, name in enumerate(MacRoman)}


def _corners(box: Box | None) -> list[Point]:
    return [] if box is None else [(box[0], box[1]), (box[2], box[3]), (box[0], box[3]), (box[2], box[1])]

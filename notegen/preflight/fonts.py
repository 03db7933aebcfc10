"""Fonts as content streams use them: bytes to glyphs, how far each goes on, and whether it is there at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from notegen.preflight import glyphs, objects
from notegen.preflight.glyphs import Box, Point, Program
from notegen.preflight.tokens import from_hex

KINDS: Final = ("/FontFile", "/FontFile2", "/FontFile3")
SUBSET: Final = re.compile(r"^/?([A-Z]{6})\+(.+)$")
_TALL: Final = (-0.25, 1.0)
"""How far below and above the baseline a glyph is taken to reach whose outline cannot be measured, in ems."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph that is shown: its advance and its box, in ems; `missing` says why the font has nothing to show."""

    advance: float
    box: Box | None
    number: int | None = None
    missing: str | None = None


@dataclass
class Face:
    """A font of a PDF. `name` has no slash; `trouble` says why its program cannot be read."""

    thing: Any
    name: str
    kind: str
    embedded: bool
    wide: bool
    vertical: bool
    has_unicode: bool
    object: str | None
    trouble: str | None = None
    unreadable: str | None = None
    program: Program | None = None
    widths: dict[int, float] = field(default_factory=dict)
    default: float = 0.0
    number: Callable[[int], int | None] = lambda _code: None
    codes: Callable[[bytes], list[int]] = list
    letters: frozenset[int] | None = None
    """The codes that a font of Type 3 has a letter for; None for other fonts."""

    @property
    def type3(self) -> bool:
        """Whether its glyphs are little content streams."""
        return self.kind == "/Type3"

    @property
    def measured(self) -> bool:
        """Whether the outlines themselves can be measured."""
        return self.program is not None and self.unreadable is None

    @cached_property
    def _known(self) -> dict[int, Glyph]:
        return {}

    def glyph(self, code: int) -> Glyph:
        """Return what a code shows."""
        found = self._known.get(code)
        if found is None:
            found = self._known[code] = self._look_up(code)
        return found

    def _look_up(self, code: int) -> Glyph:
        advance = self.widths.get(code, self.default)
        if self.letters is not None and code not in self.letters:
            return Glyph(advance, None, missing=self._why(code, None))
        if self.program is None or self.unreadable is not None:
            return Glyph(advance, (0.0, _TALL[0], advance, _TALL[1]) if advance else None)
        number = self.number(code)
        if number is None or number == 0 or number >= self.program.count:
            return Glyph(advance, None, number, self._why(code, number))
        box = self.program.box(number)
        units = self.program.units
        return Glyph(advance, (box[0] / units, box[1] / units, box[2] / units, box[3] / units) if box else None, number)

    def _why(self, code: int, number: int | None) -> str | None:
        """Say why a code has no glyph; a space that is only advance and never drawn is no loss."""
        if not self.wide and code == 32:
            return None
        return ".notdef" if not number else f"glyph {number} of {self.program.count if self.program else 0}"

    def points(self, glyph: Glyph) -> list[Point]:
        """Return points whose hull holds a glyph's outline, in ems."""
        if self.program is None or glyph.number is None:
            return []
        return [(x / self.program.units, y / self.program.units) for x, y in self.program.points(glyph.number)]


def face(thing: Any) -> Face:
    """Return the font that a dictionary describes; whatever is wrong with it is in the value."""
    kind = objects.name(objects.entry(thing, "/Subtype")) or ""
    wide = kind == "/Type0"
    inner = (objects.items(objects.entry(thing, "/DescendantFonts")) or [None])[0] if wide else thing
    descriptor = objects.entry(inner, "/FontDescriptor")
    program = next((one for one in KINDS if objects.is_stream(objects.entry(descriptor, one))), None)
    base = objects.name(objects.entry(thing, "/BaseFont")) or objects.name(objects.entry(thing, "/Name")) or "/unnamed"
    encoding = objects.name(objects.entry(thing, "/Encoding")) or ""
    made = Face(
        thing,
        base[1:],
        kind,
        embedded=program is not None or kind == "/Type3",
        wide=wide,
        vertical=wide and encoding.endswith("-V"),
        has_unicode=objects.entry(thing, "/ToUnicode") is not None,
        object=objects.number_of(thing),
    )
    if program is not None:
        _load(made, objects.entry(descriptor, program), program)
    if wide:
        _composite(made, thing, inner)
    else:
        _simple(made, thing, descriptor)
    return made


def _load(made: Face, stream: Any, kind: str) -> None:
    data = objects.data(stream)
    if data is None:
        made.trouble = "its program cannot be unpacked"
        return
    try:
        made.program = glyphs.read(data, kind)
    except glyphs.Broken as error:
        made.trouble = str(error)
    except glyphs.Unknown as error:
        made.unreadable = str(error)


def _composite(made: Face, thing: Any, inner: Any) -> None:
    made.codes = _pairs
    made.widths = _cid_widths(objects.entry(inner, "/W"))
    default = objects.number(objects.entry(inner, "/DW"))
    made.default = (1000.0 if default is None else default) / 1000
    encoding = objects.entry(thing, "/Encoding")
    to_cid: Callable[[int], int] = _same
    if objects.is_stream(encoding):
        described = objects.data(encoding) or b""
        table = _cid_map(described)
        to_cid = lambda code: table.get(code, 0)  # noqa: E731
        if not table:
            made.unreadable = "its encoding is not understood"
        elif not _of_two_bytes(described):
            made.unreadable = "its encoding has codes of other than two bytes"
    elif objects.name(encoding) not in ("/Identity-H", "/Identity-V"):
        made.unreadable = f"its encoding {objects.name(encoding) or 'is missing and'} is not known here"
    made.number = _glyph_of_cid(made, inner, to_cid)
    if to_cid is not _same:
        by_cid = made.widths
        made.widths = _Widths(by_cid, to_cid)


class _Widths(dict[int, float]):
    """Widths by code where they are given by CID."""

    def __init__(self, by_cid: dict[int, float], to_cid: Callable[[int], int]) -> None:
        super().__init__()
        self._by_cid, self._to_cid = by_cid, to_cid

    def get(self, code: int, default: Any = None) -> Any:
        """Return the width of a code."""
        return self._by_cid.get(self._to_cid(code), default)


def _same(code: int) -> int:
    return code


def _pairs(data: bytes) -> list[int]:
    """Return two-byte codes; an odd last byte stands alone, as viewers take it."""
    found = [first << 8 | second for first, second in zip(data[0::2], data[1::2], strict=False)]
    return [*found, data[-1]] if len(data) % 2 else found


def _glyph_of_cid(made: Face, inner: Any, to_cid: Callable[[int], int]) -> Callable[[int], int | None]:
    table = objects.entry(inner, "/CIDToGIDMap")
    if objects.is_stream(table):
        numbers = objects.data(table) or b""
        return lambda code: int.from_bytes(numbers[2 * to_cid(code) : 2 * to_cid(code) + 2], "big")
    if isinstance(made.program, glyphs.Drawn) and made.program.cids is not None:
        cids = made.program.cids
        return lambda code: cids.get(to_cid(code))
    return to_cid


def _cid_widths(array: Any) -> dict[int, float]:
    """Read `W`: "c [w1 w2 ...]" and "first last w"."""
    found: dict[int, float] = {}
    parts = objects.items(array)
    at = given = 0
    while at + 1 < len(parts) and given < _MOST_WIDTHS:
        first = objects.number(parts[at])
        some = objects.items(parts[at + 1])
        if first is None:
            break
        if some:
            found.update({int(first) + i: (objects.number(one) or 0.0) / 1000 for i, one in enumerate(some)})
            at += 2
            continue
        last, wide = objects.number(parts[at + 1]), objects.number(parts[at + 2]) if at + 2 < len(parts) else None
        if last is None or wide is None or not 0 <= last - first <= 0xFFFF:
            at += 2
            continue
        found.update(dict.fromkeys(range(int(first), int(last) + 1), wide / 1000))
        given += int(last - first)
        at += 3
    return found


_MOST_WIDTHS: Final = 2**20
"""Widths that are read: codes have 16 bits, and each is named once or twice."""
_RANGE: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(\d+)")
_CHAR: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*(\d+)")


def _of_two_bytes(data: bytes) -> bool:
    """Whether every code of an embedded CMap has two bytes, as far as it says."""
    spaces = b" ".join(re.findall(rb"begincodespacerange(.*?)endcodespacerange", data, re.DOTALL))
    return all(len(from_hex(one)) == 2 for one in re.findall(rb"<([0-9A-Fa-f\s]*)>", spaces))


def _cid_map(data: bytes) -> dict[int, int]:
    """Read an embedded CMap of two-byte codes."""
    found: dict[int, int] = {}
    for block in re.findall(rb"begincidrange(.*?)endcidrange", data, re.DOTALL):
        for first, last, cid in _RANGE.findall(block):
            low, high = (int.from_bytes(from_hex(one), "big") for one in (first, last))
            if 0 <= high - low <= 0xFFFF:
                found.update({code: int(cid) + code - low for code in range(low, high + 1)})
    for block in re.findall(rb"begincidchar(.*?)endcidchar", data, re.DOTALL):
        found.update({int.from_bytes(from_hex(code), "big"): int(cid) for code, cid in _CHAR.findall(block)})
    return found


def _simple(made: Face, thing: Any, descriptor: Any) -> None:
    first = int(objects.number(objects.entry(thing, "/FirstChar")) or 0)
    scale = 1000.0
    if made.type3:
        matrix = objects.numbers(objects.entry(thing, "/FontMatrix"), 6) or [0.001]
        scale = 1 / matrix[0] if matrix[0] else 1000.0
        made.letters = _letters(thing)
    some = objects.items(objects.entry(thing, "/Widths"))
    made.widths = {first + i: (objects.number(one) or 0.0) / scale for i, one in enumerate(some)}
    lacking = objects.number(objects.entry(descriptor, "/MissingWidth"))
    made.default = (lacking or 0.0) / 1000 if some else 0.5
    if made.program is not None:
        made.number = _glyph_of_code(made, thing, descriptor)


def _letters(thing: Any) -> frozenset[int]:
    """Return the codes for which a font of Type 3 has a letter, and those of spaces, which need none."""
    drawn = {key[1:] for key, _ in objects.pairs(objects.entry(thing, "/CharProcs"))} | {"space"}
    named = encoding_names(objects.entry(thing, "/Encoding")) or {}
    return frozenset(code for code, name in named.items() if name in drawn)


def _glyph_of_code(made: Face, thing: Any, descriptor: Any) -> Callable[[int], int | None]:
    program = made.program
    assert program is not None
    flags = int(objects.number(objects.entry(descriptor, "/Flags")) or 0)
    names = encoding_names(objects.entry(thing, "/Encoding"))
    true_type = isinstance(program, glyphs.TrueType)
    if true_type and (flags & 4 or names is None):
        return lambda code: program.coded(code) or (program.named(names[code]) if names and code in names else None)
    known = names or {}
    has_base = objects.name(objects.entry(thing, "/Encoding")) or objects.entry(thing, "/Encoding", "/BaseEncoding")

    def number(code: int) -> int | None:
        name = known.get(code)
        if name is None or (not has_base and not true_type and code not in _differences(thing)):
            return program.coded(code) or (program.named(name) if name else None)
        return program.named(name) or (program.coded(code) if true_type else None)

    return number


def _differences(thing: Any) -> dict[int, str]:
    return _changed(objects.entry(thing, "/Encoding", "/Differences"))


def encoding_names(encoding: Any) -> dict[int, str] | None:
    """Return the glyph names of a simple font's `Encoding`; None when it has none."""
    plain = objects.name(encoding)
    if plain is not None:
        return _base(plain)
    if not objects.is_dictionary(encoding):
        return None
    return {**_base(objects.name(objects.entry(encoding, "/BaseEncoding")) or ""), **_changed(
        objects.entry(encoding, "/Differences")
    )}  # fmt: skip


def _changed(differences: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    code = 0
    for one in objects.items(differences):
        at = objects.number(one)
        if at is not None:
            code = int(at)
        else:
            found[code] = (objects.name(one) or "/.notdef")[1:]
            code += 1
    return found


def _base(name: str) -> dict[int, str]:
    from fontTools.agl import UV2AGL
    from fontTools.encodings.MacRoman import MacRoman
    from fontTools.encodings.StandardEncoding import StandardEncoding

    if name == "/WinAnsiEncoding":
        letters = ((code, bytes([code]).decode("cp1252", "replace")) for code in range(32, 256))
        return {code: UV2AGL.get(ord(letter), "bullet") for code, letter in letters}
    return dict(enumerate(MacRoman if name == "/MacRomanEncoding" else StandardEncoding))


def family(name: str) -> tuple[str, str] | None:
    """Return the subset's tag and the font's own name, or None for a font that is whole."""
    found = SUBSET.match(name)
    return (found[1], found[2]) if found else None


def missing(face_: Face, codes: Sequence[int]) -> list[tuple[int, str]]:
    """Return the codes that have no glyph, each with why; nothing when the font cannot be judged."""
    if not face_.measured:
        return []
    return [(code, glyph.missing) for code in dict.fromkeys(codes) if (glyph := face_.glyph(code)).missing is not None]

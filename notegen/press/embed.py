"""A font as PDF objects: a composite font with a glyph for some of its codes, and the letters behind every shape."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from reportlab.pdfbase import pdfdoc

from notegen.press.font import RESERVED

if TYPE_CHECKING:
    from notegen.press.container import Container
    from notegen.press.font import FontProgram

SYMBOLIC, SCRIPT = 1 << 2, 1 << 3

AT_ONCE = 100
"""Entries in one block of a ToUnicode table: the format allows no more."""


def embed(font: FontProgram, codes: Sequence[int], container: Container) -> dict[str, Any]:
    """Write the parts of a font and return the entries of its font dictionary.

    `codes` are those of the glyphs behind the reserved ones, which have their numbers for codes.
    """
    codes = [*range(RESERVED), *codes]
    name = pdfdoc.PDFName(f"{tag(font.data)}+{font.name}")
    program = container.add_stream(font.data, f"/Length1 {len(font.data)} ")
    descriptor = container.add(pdfdoc.PDFDictionary(_descriptor(font, name, program)))
    descendant = {
        "Type": "/Font",
        "Subtype": "/CIDFontType2",
        "BaseFont": name,
        "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
        "CIDToGIDMap": container.add_stream(_glyphs(codes)),
        "DW": 0,
        "W": _widths(dict(zip(codes, font.widths, strict=True))),
        "FontDescriptor": descriptor,
    }
    return {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": name,
        "Encoding": "/Identity-H",
        "DescendantFonts": pdfdoc.PDFArray([container.add(pdfdoc.PDFDictionary(descendant))]),
        "ToUnicode": container.add_stream(to_unicode(dict(zip(codes, font.texts, strict=True)))),
    }


def _glyphs(codes: Sequence[int]) -> bytes:
    """Return the glyph number of each code up to the last one in use, two bytes each; those between have none."""
    numbers = np.zeros(max(codes) + 1, ">u2")
    numbers[codes] = np.arange(len(codes))
    return numbers.tobytes()


def _widths(widths: Mapping[int, int]) -> str:
    """Return the widths of codes that are in order: each run of codes in a row is its first one and their widths."""
    runs: list[tuple[int, list[str]]] = []
    for code, width in widths.items():
        if not runs or code != runs[-1][0] + len(runs[-1][1]):
            runs.append((code, []))
        runs[-1][1].append(str(width))
    return "[" + " ".join(f"{first} [{' '.join(some)}]" for first, some in runs) + "]"


def tag(data: bytes) -> str:
    """Return the six capital letters that mark a subset, taken from what it holds."""
    number = int.from_bytes(hashlib.sha256(data).digest()[:8], "big")
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(6))


def _descriptor(font: FontProgram, name: str, program: Any) -> dict[str, Any]:
    return {
        "Type": "/FontDescriptor",
        "FontName": name,
        "Flags": SYMBOLIC | SCRIPT,
        "FontBBox": pdfdoc.PDFArray(font.box),
        "ItalicAngle": 0,
        "Ascent": font.ascent,
        "Descent": font.descent,
        "CapHeight": font.ascent,
        "StemV": font.stem,
        "FontFile2": program,
    }


def to_unicode(texts: Mapping[int, str]) -> bytes:
    """Return the CMap that says which letters each code stands for; a code without a text is left out."""
    entries = [f"<{code:04X}> <{_utf16(text)}>" for code, text in texts.items() if text]
    return "\n".join((HEAD, *_blocks(entries), TAIL)).encode("ascii")


def _blocks(entries: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(entries), AT_ONCE):
        block = entries[start : start + AT_ONCE]
        yield "\n".join((f"{len(block)} beginbfchar", *block, "endbfchar"))


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""

TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""

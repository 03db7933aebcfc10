"""A font as PDF objects: a composite font whose codes are glyph numbers, with the letters behind every shape."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc

if TYPE_CHECKING:
    from notegen.press.container import Container
    from notegen.press.font import FontProgram

SYMBOLIC, SCRIPT = 1 << 2, 1 << 3

AT_ONCE = 100
"""Entries in one block of a ToUnicode table: the format allows no more."""


def embed(font: FontProgram, container: Container) -> dict[str, Any]:
    """Write the parts of a font and return the entries of its font dictionary."""
    name = pdfdoc.PDFName(f"{tag(font.data)}+{font.name}")
    program = container.add_stream(font.data, f"/Length1 {len(font.data)} ")
    descriptor = container.add(pdfdoc.PDFDictionary(_descriptor(font, name, program)))
    descendant = {
        "Type": "/Font",
        "Subtype": "/CIDFontType2",
        "BaseFont": name,
        "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
        "CIDToGIDMap": "/Identity",
        "DW": 0,
        "W": f"[0 [{' '.join(map(str, font.widths))}]]",
        "FontDescriptor": descriptor,
    }
    return {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": name,
        "Encoding": "/Identity-H",
        "DescendantFonts": pdfdoc.PDFArray([container.add(pdfdoc.PDFDictionary(descendant))]),
        "ToUnicode": container.add_stream(to_unicode(font.texts)),
    }


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


def to_unicode(texts: Sequence[str]) -> bytes:
    """Return the CMap that says which letters each glyph stands for; a glyph without a text is left out."""
    entries = [f"<{code:04X}> <{_utf16(text)}>" for code, text in enumerate(texts) if text]
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

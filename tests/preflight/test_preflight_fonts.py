"""Fonts of other makers: codes lead to the glyphs that are shown, and outlines are measured where they are."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from conftest import ROOT
from faults import drawn
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from pikepdf import Array, Dictionary, Name, Pdf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from notegen.preflight import check, fonts, glyphs

FONT = next(path for path in sorted((ROOT / "fonts").rglob("*.ttf")))


def square(glyph_set: object, size: int) -> Any:
    """Return a charstring that draws a square."""
    pen = T2CharStringPen(600, glyph_set)
    for step, point in enumerate(((0, 0), (size, 0), (size, size), (0, size))):
        (pen.lineTo if step else pen.moveTo)(point)
    pen.closePath()
    return pen.getCharString()


@cache
def cff() -> bytes:
    """Return a bare CFF program of two squares, A and B."""
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "A", "B"])
    builder.setupCharacterMap({65: "A", 66: "B"})
    shapes = {".notdef": square(None, 100), "A": square(None, 500), "B": square(None, 700)}
    builder.setupCFF("Squares", {}, shapes, {})
    builder.setupHorizontalMetrics({name: (600, 0) for name in shapes})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    stream = BytesIO()
    builder.save(stream)
    return glyphs._tables(stream.getvalue())["CFF "]


def simple_cff(pdf: Pdf, encoding: Any) -> Dictionary:
    """Return a simple font with the squares."""
    program = pdf.make_stream(cff(), Subtype=Name.Type1C)
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Squares"), Flags=32, FontFile3=program)
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/ABCDEF+Squares"), FirstChar=65, LastChar=67,
        Widths=[600, 600, 600], Encoding=encoding, FontDescriptor=descriptor,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "code", "box"),
    [
        (Name.WinAnsiEncoding, 65, (0, 0, 0.5, 0.5)),
        (Name.WinAnsiEncoding, 66, (0, 0, 0.7, 0.7)),
        (Name.WinAnsiEncoding, 67, None),
        (Dictionary(Differences=Array([67, Name.B])), 67, (0, 0, 0.7, 0.7)),
        (Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=Array([65, Name.B])), 65, (0, 0, 0.7, 0.7)),
    ],
)
def test_codes_of_a_simple_font_lead_to_its_glyphs(encoding: Any, code: int, box: object) -> None:
    with pikepdf.new() as pdf:
        found = fonts.face(simple_cff(pdf, encoding))
        assert found.trouble is None
        assert found.glyph(code).box == box
        assert (found.glyph(code).missing is None) is (box is not None)
        assert found.glyph(code).advance == 0.6


def reportlab_file(*texts: str) -> bytes:
    """Return a PDF in which ReportLab sets texts in a TrueType font, as subsets of single bytes."""
    name = f"F{FONT.stem}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(FONT)))
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(400, 300), invariant=True, initialFontName=name)
    for row, text in enumerate(texts):
        canvas.setFont(name, 20)
        canvas.drawString(100, 200 - 30 * row, text)
    canvas.save()
    return stream.getvalue()


def test_subsets_of_single_bytes_have_their_glyphs() -> None:
    found = check(reportlab_file("Thank you, Ana", "1234"))
    assert not found.codes & {"P130", "P131", "P133", "P153", "P154", "P155", "P158"}


def test_outlines_and_not_advances_are_measured() -> None:
    """A letter's ink is inside its advance, so the nearest that text may come is the ink's left edge."""
    with pikepdf.open(BytesIO(reportlab_file("A"))) as pdf:
        font = next(iter(pdf.pages[0].obj.Resources.Font.values()))
        found = fonts.face(font)
        code = next(code for code in range(256) if found.glyph(code).box)
        box = found.glyph(code).box
        points = found.points(found.glyph(code))
    assert box is not None
    assert min(x for x, _ in points) == pytest.approx(box[0])
    assert max(y for _, y in points) == pytest.approx(box[3])


def test_widths_by_code_in_both_ways_of_writing_them() -> None:
    with pikepdf.new() as pdf:
        array = pdf.make_indirect(Array([1, Array([500, 600]), 10, 12, 700]))
        assert fonts._cid_widths(array) == {1: 0.5, 2: 0.6, 10: 0.7, 11: 0.7, 12: 0.7}


def test_an_embedded_map_of_codes() -> None:
    words = b"1 begincidrange <0041> <0043> 7 endcidrange 1 begincidchar <0050> 99 endcidchar"
    assert fonts._cid_map(words) == {0x41: 7, 0x42: 8, 0x43: 9, 0x50: 99}


@pytest.mark.parametrize("kind", fonts.KINDS)
@pytest.mark.parametrize("data", [b"", b"\0\1\0\0", b"\0\1\0\0\0\7" + b"\0" * 20, b"OTTO" + b"\xff" * 40, b"%!PS"])
def test_a_program_that_is_none_is_broken_and_no_more(kind: str, data: bytes) -> None:
    with pytest.raises(glyphs.Broken):
        glyphs.read(data, kind)


@pytest.mark.parametrize(("program", "code"), [(b"%!PS-AdobeFont-1.0\ncurrentfile eexec\n" + b"\x80" * 50, None), (
    b"%!PS-AdobeFont-1.0\n", "P133")])  # fmt: skip
def test_a_type_1_program_that_is_not_understood_is_said_and_no_error(program: bytes, code: str | None) -> None:
    """Other makers write Type 1 in ways that presses know and fontTools does not."""

    def font(pdf: Pdf) -> Dictionary:
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Odd"), Flags=32, FontFile=pdf.make_stream(program)
        )  # fmt: skip
        return Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/ABCDEF+Odd"), FirstChar=65, LastChar=65, Widths=[600],
            Encoding=Name.WinAnsiEncoding, FontDescriptor=descriptor, ToUnicode=pdf.make_stream(b""),
        )  # fmt: skip

    report = check(drawn(b"BT 0 0 0 1 k /O9 12 Tf 100 100 Td (A) Tj ET", Font_O9=font)())
    assert [one.code for one in report.errors] == ([code] if code else [])
    assert ("glyphs of the font ABCDEF+Odd" in [one.check for one in report.unchecked]) is (code is None)


def test_a_width_that_is_not_given_is_the_default() -> None:
    inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, DW=300, W=Array([5, Array([700])]))
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type0, Encoding=Name("/Identity-H"), DescendantFonts=Array([inner]))
        )
        found = fonts.face(font)
        assert [found.glyph(code).advance for code in (5, 6)] == [0.7, 0.3]

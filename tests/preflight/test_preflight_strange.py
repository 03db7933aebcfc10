"""Strange files: bombs, letters and pictures of every kind, names in any bytes; each fault is named, and no other."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from faults import AS_IT_IS, BOX, drawn, edited, form, good, on_pages, picture, put, spot, streams
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from notegen.model.diagnostic import Severity
from notegen.preflight import check, objects
from notegen.preflight.tokens import BAD, operations

PLACE = b"q 40 0 0 40 100 100 cm /I9 Do Q"
INLINE = b"q 1 0 0 1 100 100 cm BI /W 8 /H 8 /BPC 8 /CS "
STENCIL = b"500 0 0 0 500 500 d1 0 0 500 500 re f"


def letters(first: bytes = STENCIL, *more: str) -> Callable[[Pdf], Any]:
    """Return what makes a font of Type 3 with a letter for "a" and those named besides."""

    def make(pdf: Pdf) -> Any:
        procedures = {"/a": pdf.make_stream(first), **{f"/{name}": pdf.make_stream(STENCIL) for name in more}}
        return Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 500, 500], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            FirstChar=97, LastChar=98, Widths=[500, 500], Resources=Dictionary(), CharProcs=Dictionary(procedures),
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([32, Name.space, 97, Name.a, Name.b])),
        )  # fmt: skip

    return make


def raw(data: bytes, filter_: str, **entries: Any) -> Callable[[Pdf], Any]:
    """Return what makes a gray picture of 300 x 300 pixels from packed bytes."""

    def make(pdf: Pdf) -> Any:
        made = Stream(pdf, data)
        given = {"ColorSpace": Name.DeviceGray, "Width": 300, "Height": 300, "BitsPerComponent": 8, **entries}
        made.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Image, Filter=Name(filter_), **given)
        return pdf.make_indirect(made)

    return make


def outlined(pdf: Pdf) -> None:
    """Set a letter on the front that is filled with black and stroked with red light."""
    page = pdf.pages[0].obj
    font = next(iter(page.Resources.Font.keys())).encode()
    old = b"".join(one.read_bytes() for one in streams(page))
    more = b" Q BT 0 0 0 1 k 1 0 0 RG 2 Tr %s 12 Tf 60 100 Td <0001> Tj ET" % font
    page.Contents = pdf.make_stream(b"q " + old + more)


def text(words: bytes) -> bytes:
    """Return a stream that sets words in the font T9."""
    return b"BT 0 0 0 1 k /T9 12 Tf 100 100 Td (%s) Tj ET" % words


TWO = Array([Name.DeviceN, Array([Name.Cyan, Name.Magenta]), Name.DeviceCMYK, Dictionary(FunctionType=2, N=1)])
FAULTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "outline of text in RGB": (lambda: edited(outlined), "P140"),
    "letter of Type 3 in RGB": (drawn(text(b"a"), Font_T9=letters(b"500 0 d0 1 0 0 rg 0 0 9 9 re f")), "P140"),
    "letter of Type 3 that is not there": (drawn(text(b"a b"), Font_T9=letters()), "P131"),
    "table of RGB in the stream": (drawn(INLINE + b"[/I /RGB 0 <ff0080>] ID " + b"\0" * 64 + b"\nEI Q"), "P141"),
    "table of ink in the stream": (drawn(INLINE + b"[/I /CMYK 0 <ffffffff>] ID " + b"\0" * 64 + b"\nEI Q"), "P143"),
    "colour of too few figures": (drawn(b"/N9 cs .5 scn " + BOX, ColorSpace_N9=TWO), "P158"),
    "pattern in a space of inks": (drawn(b"/DeviceCMYK cs 0 0 0 1 /P9 scn"), "P158"),
    "picture of too few bytes": (drawn(PLACE, XObject_I9=raw(zlib.compress(b"\0" * 99), "/FlateDecode")), "P103"),
    "JPEG that is none": (drawn(PLACE, XObject_I9=raw(b"\xff\xd8\xff\xe0garbage", "/DCTDecode")), "P103"),
    "picture of no size": (drawn(PLACE, XObject_I9=raw(zlib.compress(b""), "/FlateDecode", Width=-5)), "P103"),
    "filter that is none": (drawn(PLACE, XObject_I9=raw(b"abc", "/FooDecode")), "P103"),
    "contents that are no stream": (on_pages(put("/Contents", Dictionary())), "P153"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_strange_fault_is_named_and_nothing_else(name: str) -> None:
    make, code = FAULTS[name]
    found = check(make())
    assert {one.code for one in found.errors} == {code}, [(one.code, one.message) for one in found.findings]


def jpeg(size: tuple[int, int], cut: int = 0) -> bytes:
    """Return a gray JPEG, cut short by some bytes."""
    from PIL import Image

    stream = BytesIO()
    Image.new("L", size, 200).save(stream, "JPEG")
    data = stream.getvalue()
    return data[: len(data) - cut]


def test_a_jpeg_is_whole_and_as_large_as_the_file_says() -> None:
    def said(data: bytes) -> list[str]:
        return [one.message for one in check(drawn(PLACE, XObject_I9=raw(data, "/DCTDecode"))()).findings]

    assert said(jpeg((300, 300))) == []
    assert said(jpeg((300, 300), cut=200)) == ["a picture is damaged: its JPEG ends before its end"]
    assert said(jpeg((300, 200))) == [
        "a picture is damaged: its JPEG is 300 x 200 pixels, and the file says 300 x 300"
    ]  # fmt: skip


WHOLE: dict[str, Callable[[], bytes]] = {
    "letters of Type 3 and a space": drawn(text(b"a a"), Font_T9=letters()),
    "names in UTF-8 and escaped": drawn(b"/Caf\xc3\xa9 gs /Caf#C3#A9 gs /A#20#23 gs", **{
        "ExtGState_Café": Dictionary(LW=1), "ExtGState_A #": Dictionary(LW=1)
    }),
    "a picture of hexadecimal digits": drawn(
        b"q 1 0 0 1 100 100 cm BI/W 8/H 8/BPC 1/CS/G/F/AHx ID 0102030405060708>EI Q"
    ),
    "a table over a spot colour": drawn(
        PLACE, XObject_I9=picture(300, 300, b"\1", lambda _pdf: Array([
            Name.Indexed, spot("/Gold", 0, 0.2, 0.8, 0.1), 1, String(b"\0\xff")
        ])),
    ),
    "colour in a tile without colours": drawn(
        b"/P9 cs 0 .5 0 0 /T9 scn " + BOX, ColorSpace_P9=Array([Name.Pattern, Name.DeviceCMYK]),
        Pattern_T9=lambda pdf: pdf.make_stream(
            b"/N9 cs 1 scn 0 0 5 5 re f", PatternType=1, PaintType=2, TilingType=1, BBox=[0, 0, 9, 9], XStep=9,
            YStep=9, Resources=Dictionary(ColorSpace=Dictionary(N9=TWO)),
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_strange_and_whole(name: str) -> None:
    found = check(WHOLE[name]())
    assert [(one.code, one.message) for one in found.errors] == []


def test_what_was_not_looked_at_is_said() -> None:
    many = letters(STENCIL, *(f"g{number}" for number in range(401)))
    mask = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=Name.None_))
    for make, missed in (
        (drawn(text(b"a"), Font_T9=letters()), {"lines and pictures in letters of Type 3"}),
        (drawn(text(b"a"), Font_T9=many), {"lines and pictures in letters of Type 3", "letters of Type 3"}),
        (drawn(b"/G9 gs", ExtGState_G9=mask), {"soft masks"}),
    ):
        usual = {one.check for one in check(good()).unchecked}
        assert {one.check for one in check(make()).unchecked} - usual == missed


@pytest.mark.parametrize("unit", [0, -1, 2])
def test_any_unit_that_is_not_a_point_is_said(unit: int) -> None:
    found = check(on_pages(put("/UserUnit", unit))())
    assert found.codes - {"P124", "P151"} == {"P128"}


@pytest.mark.parametrize("piece", [b"1", b"-", b"9.", b"{", b"\x80", b"(", b"<4", b"[", b"1 0 0 1 5 5 <", b"BI "])
def test_long_rows_of_anything_are_read_once(piece: bytes) -> None:
    names = [name for name, _ in operations(piece * 20_000 + b"\x81")]
    assert set(names) == {BAD}


def test_a_stream_packed_twice_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The outer packing is undone by hand, so that the inner one never swells beyond the limit."""
    monkeypatch.setattr(objects, "LONGEST", 100_000)
    twice = zlib.compress(zlib.compress(b" " * 200_000))

    def change(pdf: Pdf) -> None:
        made = Stream(pdf, twice)
        made.Filter = Array([Name.FlateDecode, Name.FlateDecode])
        pdf.pages[0].obj.Contents = made

    found = check(edited(change, **AS_IT_IS))
    assert "a stream of page 1 cannot be unpacked" in [one.reason for one in found.unchecked]
    with pikepdf.open(BytesIO(edited(change, **AS_IT_IS))) as pdf:
        assert objects.unpacked(pdf.pages[0].obj.Contents, 100_000) == (False, None)


def test_streams_packed_twice_are_read() -> None:
    def change(pdf: Pdf) -> None:
        made = Stream(pdf, zlib.compress(zlib.compress(b"tomorrow")))
        made.Filter = Array([Name.FlateDecode, Name.FlateDecode])
        pdf.pages[0].obj.Contents = made

    assert "P154" in check(edited(change, **AS_IT_IS)).codes


def test_a_form_without_resources_uses_those_of_each_page() -> None:
    def change(pdf: Pdf) -> None:
        shared = form(b"/G9 gs " + BOX)(pdf)
        del shared["/Resources"]
        for page, known in zip(pdf.pages, (True, False), strict=True):
            page.obj.Resources = Dictionary(page.obj.Resources)
            page.obj.Resources.XObject = Dictionary(F9=shared)
            page.obj.Resources.ExtGState = Dictionary(G9=Dictionary(LW=1)) if known else Dictionary()
            page.obj.Contents = pdf.make_stream(b"/F9 Do")

    found = [one for one in check(edited(change)).findings if one.code == "P153"]
    assert [one.pages for one in found] == [(2,)]


def test_damage_is_said_in_the_same_words_each_time() -> None:
    cut, moved = good()[: len(good()) // 2], good()[:3000] + good()[3050:]
    for data in (cut, moved, edited(lambda pdf: pdf.Root.Pages.Kids.append(pdf.Root.Pages))):
        said = [[one.message for one in check(data).findings] for _ in range(2)]
        assert said[0] == said[1]
        assert not any("0x" in one or "BytesIO" in one for one in said[0])


def test_a_wrong_count_of_objects_is_a_slip() -> None:
    loose = edited(lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    found = check(re.sub(rb"/Size (\d+)", lambda one: b"/Size %d" % (int(one[1]) + 1), loose))
    assert [(one.code, one.severity) for one in found.findings] == [("P101", Severity.WARNING)]


def test_a_group_of_objects_that_is_packed_and_then_written_as_text_is_whole() -> None:
    data = edited(lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    (start,) = [one.start() for one in re.finditer(rb"/Type /ObjStm", data)][:1]
    begin = data.index(b"stream\n", start) + 7
    packed = data[begin : data.index(b"\nendstream", begin)]
    text = packed.hex().encode() + b">"
    head = data[data.rindex(b"obj", 0, start) : begin]
    better = re.sub(rb"/Length \d+", b"/Length %d" % len(text), head)
    better = better.replace(b"/Filter /FlateDecode", b"/Filter [/ASCIIHexDecode /FlateDecode]")
    changed = data.replace(head + packed, better + text)
    assert "P103" not in check(changed).codes


CMAP = b"begincmap 1 begincodespacerange <%s> <%s> endcodespacerange 1 begincidrange <%s> <%s> 0 endcidrange endcmap"


@pytest.mark.parametrize(("first", "last", "words", "read"), [
    (b"0000", b"ffff", b"<00010002>", True), (b"00", b"ff", b"<0102>", False)
])  # fmt: skip
def test_codes_of_one_byte_are_not_taken_for_two(first: bytes, last: bytes, words: bytes, read: bool) -> None:
    def change(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        name, font = next(iter(page.Resources.Font.items()))
        font.Encoding = pdf.make_stream(CMAP % (first, last, first, last), Type=Name.CMap, CMapName=Name.Ours)
        page.Contents = pdf.make_stream(b"BT 0 0 0 1 k %s 12 Tf 99 99 Td %s Tj ET" % (name.encode(), words))

    found = check(edited(change))
    assert found.codes & {"P131", "P133"} == set()
    missed = [one for one in found.unchecked if one.reason == "its encoding has codes of other than two bytes"]
    assert len(missed) == (not read)


def test_functions_that_hold_each_other_end() -> None:
    def endless(pdf: Pdf) -> Any:
        one = pdf.make_indirect(Dictionary(FunctionType=3, Domain=[0, 1], Bounds=[0.5], Encode=[0, 1, 0, 1]))
        one.Functions = Array([one, one])
        return Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 1, 1], Function=one)

    found = check(drawn(b"q 100 100 9 9 re W n /S9 sh Q", Shading_S9=endless)())
    assert "ink of gradients" in {one.check for one in found.unchecked}


def test_letters_that_set_themselves_are_found() -> None:
    def itself(pdf: Pdf) -> Any:
        font = pdf.make_indirect(letters(b"9 0 d0 BT /T9 1 Tf (a) Tj ET")(pdf))
        font.Resources = Dictionary(Font=Dictionary(T9=font))
        return font

    assert {one.code for one in check(drawn(text(b"a"), Font_T9=itself)()).errors} == {"P157"}


def test_a_packet_in_sixteen_bits_is_read() -> None:
    def change(pdf: Pdf) -> None:
        words = pdf.Root.Metadata.read_bytes().decode().replace("utf-8", "utf-16")
        pdf.Root.Metadata = pdf.make_stream(words.encode("utf-16"), Type=Name.Metadata, Subtype=Name.XML)

    assert check(edited(change, **AS_IT_IS)).errors == ()


def test_many_forms_in_each_other_are_no_form_that_draws_itself() -> None:
    def nested(pdf: Pdf) -> Any:
        made = form(b"0 0 5 5 re f")(pdf)
        for _ in range(60):
            made = form(b"/I Do", Resources=Dictionary(XObject=Dictionary(I=made)))(pdf)
        return made

    found = check(drawn(b"/F9 Do", XObject_F9=nested)())
    assert found.errors == ()
    assert "drawing" in {one.check for one in found.unchecked}

"""Faults that no list asked for, and oddities that are no fault: what a preflight meets in the wild."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
from faults import (
    A2,
    BOX,
    MM,
    OVER,
    Fault,
    drawn,
    edited,
    form,
    good,
    on_pages,
    once,
    picture,
    pressed,
    put,
    scaled,
    script,
    spot,
    streams,
    tint,
    within,
    xmp,
)
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from notegen.layout import stocks
from notegen.model.page import Align, Page, Words
from notegen.model.purpose import Purpose


def second_intent(pdf: Pdf) -> None:
    """Give the file a second output intent for PDF/X."""
    pdf.Root.OutputIntents.append(pdf.make_indirect(Dictionary(dict(pdf.Root.OutputIntents[0].items()))))


def unnamed_intent(pdf: Pdf) -> None:
    """Take the name of the condition out of the output intent."""
    del pdf.Root.OutputIntents[0]["/OutputConditionIdentifier"]


def empty_profile(pdf: Pdf) -> None:
    """Empty the profile."""
    pdf.Root.OutputIntents[0].DestOutputProfile.write(b"nothing")


def itself(pdf: Pdf) -> Any:
    """Return a form that draws itself."""
    made = pdf.make_stream(b"/Me Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], Resources=Dictionary())
    made.Resources.XObject = Dictionary(Me=made)
    return made


def each_other(pdf: Pdf) -> Any:
    """Return a form that draws another that draws the first."""
    one, other = form(b"/Other Do")(pdf), form(b"/One Do")(pdf)
    one.Resources = Dictionary(XObject=Dictionary(Other=other))
    other.Resources = Dictionary(XObject=Dictionary(One=one))
    return one


def helvetica_inside(pdf: Pdf) -> Any:
    """Return a form that sets text in a font that is not in the file."""
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    text = b"BT 0 0 0 1 k /H 12 Tf 100 100 Td (Hello) Tj ET"
    return form(text, Resources=Dictionary(Font=Dictionary(H=font)))(pdf)


def embedded(pdf: Pdf) -> None:
    """Embed a file."""
    body = pdf.make_stream(b"secret", Type=Name.EmbeddedFile)
    spec = pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("a.txt"), EF=Dictionary(F=body)))
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a.txt"), spec])))


def layered(pdf: Pdf) -> None:
    """Give the file a layer."""
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("die line")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([layer])))


def alternates(pdf: Pdf) -> Any:
    """Return a picture that has another version."""
    made = picture(300, 300, b"\0\0\0\x10")(pdf)
    other = picture(2, 2, b"\0\0\0\x10")(pdf)
    made.Alternates = Array([Dictionary(Image=other, DefaultForPrinting=True)])
    return made


def jpeg(ink: tuple[int, int, int, int], *, turned: bool) -> Any:
    """Return what makes a JPEG of four plates; programs store them turned round and say so in Decode."""

    def make(pdf: Pdf) -> Any:
        stream = BytesIO()
        Image.new("CMYK", (300, 300), ink).save(stream, "JPEG")
        made = picture(300, 300, b"")(pdf)
        if turned:
            made.Decode = Array([1, 0, 1, 0, 1, 0, 1, 0])
        made.write(stream.getvalue(), filter=Name.DCTDecode)
        return made

    return make


def tiled(pdf: Pdf) -> Any:
    """Return a pattern that draws a form that is in RGB."""
    inside = Dictionary(XObject=Dictionary(F=form(b"1 0 0 rg 0 0 5 5 re f")(pdf)))
    return pdf.make_stream(
        b"/F Do", PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 9, 9], XStep=9, YStep=9, Resources=inside
    )


def indexed(pdf: Pdf) -> Array:
    """Return a table of two RGB colours."""
    return Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\xff\0\0\0\xff\0")])


def icc(size: int) -> Any:
    """Return what makes a space with a profile of some colours."""
    return lambda pdf: Array([Name.ICCBased, pdf.make_stream(b"profile", N=size)])


def shade(*stops: tuple[float, ...]) -> Dictionary:
    """Return a gradient over colours of four plates."""
    parts = [Dictionary(FunctionType=2, Domain=[0, 1], C0=[*one], C1=[*two], N=1) for one, two in pairwise(stops)]
    bounds = [(number + 1) / len(parts) for number in range(len(parts) - 1)]
    whole = Dictionary(FunctionType=3, Domain=[0, 1], Functions=Array(parts), Bounds=bounds, Encode=[0, 1] * len(parts))
    return Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 300, 0], Function=whole)


def type3(pdf: Pdf) -> Any:
    """Return a font of drawn letters."""
    letter = pdf.make_stream(b"600 0 0 0 500 500 d1 0 0 500 500 re f")
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 500, 500], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        FirstChar=65, LastChar=65, Widths=[600], Resources=Dictionary(),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([65, Name.a])), CharProcs=Dictionary(a=letter),
    )  # fmt: skip


def no_unicode(pdf: Pdf) -> None:
    """Take ToUnicode out of every font."""
    for one in pdf.objects:
        if isinstance(one, Dictionary) and "/ToUnicode" in one:
            del one["/ToUnicode"]


def cut_font(pdf: Pdf) -> None:
    """Cut the programs of the fonts short."""
    for one in pdf.objects:
        if isinstance(one, Dictionary) and "/FontFile2" in one:
            one.FontFile2.write(one.FontFile2.read_bytes()[:400])


def no_font(pdf: Pdf) -> None:
    """Take the fonts out of the resources of the front."""
    del pdf.pages[0].obj.Resources["/Font"]


def narrow(page: Any, pdf: Pdf) -> None:
    """Let the bleed be one millimetre."""
    page.BleedBox = scaled(page.TrimBox, MM)


def smaller(page: Any, pdf: Pdf) -> None:
    """Cut the card a millimetre too short."""
    x0, y0, x1, y1 = (float(one) for one in page.TrimBox)
    page.TrimBox = [x0, y0, x1 - MM, y1]


def old_and_flat(pdf: Pdf) -> None:
    """Let the file call itself PDF/X-3."""
    pdf.docinfo["/GTS_PDFXVersion"] = String("PDF/X-3:2002")


def entity(pdf: Pdf) -> None:
    """Put a bomb of entities into the XMP packet."""
    words = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    pdf.Root.Metadata = pdf.make_stream(words, Type=Name.Metadata, Subtype=Name.XML)


def small(pdf: Pdf) -> None:
    """Set small type on four plates."""
    page = pdf.pages[0].obj
    name = next(iter(page.Resources.Font.keys())).encode()
    old = b"".join(one.read_bytes() for one in streams(page))
    page.Contents = pdf.make_stream(b"q\n%s\nQ BT .5 .4 .4 .8 k %s 6 Tf 100 100 Td <0001> Tj ET" % (old, name))


def inherited(pdf: Pdf) -> None:
    """Move boxes and resources to the node above the pages."""
    parent = pdf.Root.Pages
    parent.MediaBox = pdf.pages[0].obj.MediaBox
    for page in pdf.pages:
        del page.obj["/MediaBox"]


def no_media(pdf: Pdf) -> None:
    """Take the size of the pages away."""
    for page in pdf.pages:
        page.obj.MediaBox = [0, 0, 0, 0]


def aa(pdf: Pdf) -> None:
    """Let pages do something when they are opened."""
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Named, N=Name.NextPage))


def packed_packet(pdf: Pdf) -> None:
    """Pack the XMP packet; qpdf would unpack one that says what it is."""
    pdf.Root.Metadata = pdf.make_stream(pdf.Root.Metadata.read_bytes())


def pageless(pdf: Pdf) -> None:
    """Take every page out."""
    pdf.Root.Pages.Kids = Array([])
    pdf.Root.Pages.Count = 0


def packed_flip() -> bytes:
    """Change a byte of the packed group of objects that a file has."""
    data = bytearray(edited(lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.generate))
    found = re.search(rb"/ObjStm.{0,200}?stream\r?\n(.*?)endstream", bytes(data), re.DOTALL)
    assert found is not None
    data[found.end(1) - 20] ^= 4
    return bytes(data)


def across() -> bytes:
    """Set words across the fold of a folded card."""
    stock = stocks.builtin().get("us-a2-folded")
    words = Words(stock.folds[0], 60, "Thank you", 6, align=Align.CENTRE)
    return pressed([Page(stock.size, (words,), bleed=stock.bleed, margin=10)])


TWO_BLUES = {"ColorSpace_A": spot("/Blue", 1, 0.7, 0, 0), "ColorSpace_B": spot("/Blue", 1, 0.8, 0.1, 0.2)}
IN_PLACE = b"q 60 0 0 60 100 100 cm /I9 Do Q"
UNLISTED: dict[str, Fault] = {
    "two output intents": Fault(once(second_intent), "P110"),
    "unnamed output intent": Fault(once(unnamed_intent), "P110"),
    "profile that is none": Fault(once(empty_profile), "P111"),
    "title disagrees": Fault(once(lambda pdf: pdf.docinfo.__setitem__("/Title", String("Other"))), "P114"),
    "trapping disagrees": Fault(once(lambda pdf: pdf.docinfo.__setitem__("/Trapped", Name("/True"))), "P114"),
    "other standard": Fault(once(xmp("PDF/X-4<", "PDF/X-9<")), "P113"),
    "bomb in XMP": Fault(once(entity), "P112"),
    "broken XMP": Fault(once(xmp("</rdf:RDF>", "")), "P112"),
    "RGB picture": Fault(drawn(IN_PLACE, XObject_I9=picture(300, 300, b"\1\2\3", Name.DeviceRGB)), "P141"),
    "RGB table": Fault(drawn(IN_PLACE, XObject_I9=picture(300, 300, b"\1", indexed)), "P141"),
    "RGB inline picture": Fault(drawn(b"q 1 0 0 1 100 100 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q"), "P141"),
    "RGB in a form": Fault(drawn(b"/F9 Do", XObject_F9=form(b"0 1 0 RG 4 w 50 50 m 90 90 l S")), "P140"),
    "RGB gradient": Fault(
        drawn(
            b"q 100 100 9 9 re W n /S9 sh Q",
            Shading_S9=Dictionary(
                ShadingType=2,
                ColorSpace=Name.DeviceRGB,
                Coords=[0, 0, 1, 0],
                Function=Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0], C1=[1, 1, 1], N=1),
            ),
        ),
        "P140",
    ),
    "RGB blending in a form": Fault(
        drawn(b"/F9 Do", XObject_F9=form(b"", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))), "P126"
    ),
    "RGB in a tile": Fault(
        drawn(
            b"/Pattern cs /T9 scn " + BOX,
            Pattern_T9=lambda pdf: pdf.make_stream(
                b"1 0 0 rg 0 0 5 5 re f",
                PatternType=1,
                PaintType=1,
                TilingType=1,
                BBox=[0, 0, 9, 9],
                XStep=9,
                YStep=9,
                Resources=Dictionary(),
            ),
        ),
        "P140",
    ),
    "RGB in a form in a tile": Fault(drawn(b"/Pattern cs /T9 scn " + BOX, Pattern_T9=tiled), "P140"),
    "colour with a profile": Fault(drawn(b"/C9 cs 1 0 0 scn " + BOX, ColorSpace_C9=icc(3)), "P142", warning=True),
    "ink in a picture": Fault(drawn(IN_PLACE, XObject_I9=picture(300, 300, b"\xf0\xf0\xf0\xf0")), "P143"),
    "ink in a JPEG": Fault(drawn(IN_PLACE, XObject_I9=jpeg((240, 240, 240, 240), turned=True)), "P143"),
    "ink in a JPEG as it stands": Fault(drawn(IN_PLACE, XObject_I9=jpeg((9, 9, 9, 9), turned=False)), "P143"),
    "ink in a gradient": Fault(
        drawn(b"q 100 100 9 9 re W n /S9 sh Q", Shading_S9=shade((0, 0, 0, 0), (1, 1, 1, 0.5), (0, 0, 0, 1))), "P143"
    ),
    "ink in text": Fault(lambda: edited(lambda pdf: _coloured(pdf, b"1 1 1 .4 k")), "P143"),
    "white spot overprints": Fault(drawn(b"/G9 gs /A cs 0 scn " + BOX, ExtGState_G9=OVER, **TWO_BLUES), "P144"),
    "white text overprints": Fault(
        lambda: edited(lambda pdf: _coloured(pdf, b"/G9 gs 1 g", ExtGState_G9=OVER)), "P144"
    ),
    "spot nobody ordered": Fault(
        drawn(b"/A cs 1 scn " + BOX, **TWO_BLUES), "P145", given={"spots": frozenset({"Red"})}
    ),
    "spot described twice": Fault(drawn(b"/A cs 1 scn " + BOX + b" /B cs .5 scn " + BOX, **TWO_BLUES), "P147"),
    "registration colour on the card": Fault(
        drawn(b"/A cs 1 scn " + BOX, ColorSpace_A=spot("/All", 1, 1, 1, 1)), "P149"
    ),
    "transfer curve": Fault(drawn(b"/G9 gs", ExtGState_G9=Dictionary(TR=tint(1, 1, 1, 1))), "P148"),
    "halftone": Fault(drawn(b"/G9 gs", ExtGState_G9=Dictionary(HT=Dictionary(HalftoneType=6))), "P159"),
    "OPI": Fault(
        drawn(b"/F9 Do", XObject_F9=form(b"", OPI=Dictionary({"/2.0": Dictionary(F=String("big.tif"))}))), "P156"
    ),
    "alternates": Fault(drawn(IN_PLACE, XObject_I9=alternates), "P156"),
    "PostScript": Fault(
        drawn(b"/P9 Do", XObject_P9=lambda pdf: pdf.make_stream(b"showpage", Type=Name.XObject, Subtype=Name.PS)),
        "P156",
    ),
    "page of another file": Fault(
        drawn(b"/F9 Do", XObject_F9=form(b"", Ref=Dictionary(F=String("other.pdf"), Page=0))), "P156"
    ),
    "embedded file": Fault(once(embedded), "P118"),
    "layers": Fault(once(layered), "P119", warning=True),
    "page action": Fault(once(aa), "P117"),
    "hairline of no width": Fault(drawn(b"0 w 100 100 m 150 150 l S"), "P150"),
    "hairline in a small form": Fault(
        drawn(b"q .1 0 0 .1 0 0 cm /F9 Do Q", XObject_F9=form(b"1 w 100 100 m 250 250 l S")), "P150"
    ),
    "filled hairline": Fault(drawn(b"100 100 90 .1 re f"), "P150"),
    "uneven hairline": Fault(drawn(b"q 1 0 0 .1 0 0 cm 1 w 100 1000 m 150 1000 l S Q"), "P150"),
    "low resolution one way": Fault(
        drawn(b"q 20 0 0 80 100 100 cm /I9 Do Q", XObject_I9=picture(300, 300, b"\1\1\1\1")), "P151"
    ),
    "stencil of low resolution": Fault(
        drawn(
            b"q 80 0 0 80 100 100 cm /I9 Do Q",
            XObject_I9=lambda pdf: pdf.make_stream(
                b"\xaa" * 100,
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=80,
                Height=10,
                ImageMask=True,
                BitsPerComponent=1,
            ),
        ),
        "P151",
    ),
    "font not embedded in a form": Fault(drawn(b"/F9 Do", XObject_F9=helvetica_inside), "P130"),
    "font listed and not used": Fault(
        drawn(
            b"",
            Font_H9=lambda pdf: pdf.make_indirect(
                Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            ),
        ),
        "P130",
        warning=True,
    ),
    "missing font": Fault(once(no_font), "P153", beside=frozenset({"P158"})),
    "missing colour space": Fault(drawn(b"/Lost cs 1 scn " + BOX), "P153"),
    "missing state": Fault(drawn(b"/Lost gs"), "P153"),
    "missing gradient": Fault(drawn(b"/Lost sh"), "P153"),
    "missing pattern": Fault(drawn(b"/Pattern cs /Lost scn " + BOX), "P153"),
    "form that draws itself": Fault(drawn(b"/F9 Do", XObject_F9=itself), "P157"),
    "forms that draw each other": Fault(drawn(b"/F9 Do", XObject_F9=each_other), "P157"),
    "q without Q": Fault(drawn(b"q 1 0 0 1 0 0 cm"), "P155"),
    "Q without q": Fault(drawn(b"Q"), "P155"),
    "ET without BT": Fault(drawn(b"ET"), "P155"),
    "EMC without BMC": Fault(drawn(b"EMC"), "P155", warning=True),
    "too few operands": Fault(drawn(b"0 0 10 re f"), "P158"),
    "operands of the wrong kind": Fault(drawn(b"/A /B /C /D k"), "P158"),
    "bytes that are nothing": Fault(drawn(b"\x80\x81 n"), "P158"),
    "Type 3": Fault(drawn(b"BT 0 0 0 1 k /T9 12 Tf 100 100 Td (A) Tj ET", Font_T9=type3), "P134", warning=True),
    "no ToUnicode": Fault(once(no_unicode), "P135", warning=True),
    "damaged font": Fault(once(cut_font), "P133"),
    "small type on four plates": Fault(once(small), "P138", warning=True),
    "narrow bleed": Fault(on_pages(narrow), "P124"),
    "other size": Fault(on_pages(smaller), "P125", given=A2),
    "turned page": Fault(on_pages(put("/Rotate", 90)), "P128", warning=True),
    "other units": Fault(on_pages(put("/UserUnit", 2)), "P128", warning=True),
    "no media box": Fault(once(no_media), "P146", beside=frozenset({"P120"})),
    "transparency in PDF/X-3": Fault(
        lambda: edited(old_and_flat, drawn(b"/G9 gs " + BOX, ExtGState_G9=Dictionary(ca=0.5))()),
        "P160",
        beside=frozenset({"P104"}),
    ),
    "junk before the beginning": Fault(lambda: b"From the mail\r\n" + good(), "P101"),
    "script in a name tree": Fault(once(script), "P117"),
    "XMP that says little": Fault(once(xmp("<xmpMM:VersionID>.*?</xmpMM:VersionID>", "")), "P106", warning=True),
    "packed XMP": Fault(once(packed_packet), "P108", warning=True),
    "no pages": Fault(once(pageless), "P107"),
    "printed in any size": Fault(
        once(
            lambda pdf: (
                pdf.Root.ViewerPreferences.__delitem__("/PrintScaling")
                if "/PrintScaling" in pdf.Root.get("/ViewerPreferences", {})
                else None
            )
        ),
        "P109",
        warning=True,
        given={"purpose": Purpose.DESKTOP},
    ),
    "text across a fold": Fault(across, "P137", warning=True, given={"stock": "us-a2-folded"}),
    "flipped byte in a group of objects": Fault(
        packed_flip, "P103", beside=frozenset({f"P{n}" for n in range(100, 161)})
    ),
    "not a PDF": Fault(lambda: b"PK\3\4" + b"\0" * 400, "P100"),
    "empty file": Fault(lambda: b"", "P100"),
    "a head and nothing else": Fault(lambda: b"%PDF-1.6\n", "P101"),
}
"""Faults besides those of the lists."""


def _coloured(pdf: Pdf, colour: bytes, **resources: Any) -> None:
    page = pdf.pages[0].obj
    name = next(iter(page.Resources.Font.keys())).encode()
    for one, value in resources.items():
        kind, key = one.split("_", 1)
        within(page.Resources, kind)[f"/{key}"] = value
    old = b"".join(one.read_bytes() for one in streams(page))
    page.Contents = pdf.make_stream(b"q\n%s\nQ BT %s %s 20 Tf 100 100 Td <0001> Tj ET" % (old, colour, name))


def bomb(pdf: Pdf) -> Any:
    """Return forms in forms that draw ten thousand million times."""
    inner = form(b"0 0 5 5 re f")(pdf)
    for level in range(10):
        words = b"".join(b"q 1 0 0 1 %d.%d 0 cm /I Do Q " % (number, level) for number in range(10))
        inner = form(words, Resources=Dictionary(XObject=Dictionary(I=inner)))(pdf)
    return inner


def soft_mask(pdf: Pdf) -> Any:
    """Return a picture whose mask is in RGB, which it must not be."""
    made = picture(300, 300, b"\0\0\0\x10")(pdf)
    made.SMask = picture(300, 300, b"\1\2\3", Name.DeviceRGB)(pdf)
    return made


def jpeg2000(pdf: Pdf) -> Any:
    """Return a picture in JPEG 2000 that is none."""
    made = Stream(pdf, b"nothing")
    made.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=300, Height=300, Filter=Name.JPXDecode
    )  # fmt: skip
    return pdf.make_indirect(made)


FINE = {
    "boxes of the node above": once(inherited),
    "a default space with a profile": drawn(b"1 0 0 rg " + BOX, ColorSpace_DefaultRGB=icc(3)),
    "a dashed line of 0.25 pt": drawn(b"[3 2] 0 d .25 w 100 100 m 150 150 l S"),
    "black of 300 %": drawn(b".7 .65 .65 1 k " + BOX),
    "white that knocks out": drawn(b"0 0 0 0 k " + BOX),
    "a white panel up to the trim": drawn(b"0 0 0 0 k 28.3465 28.3465 396 100 re f"),
    "artwork over a corner": drawn(b".2 0 0 0 k 0 0 150 150 re f"),
    "an operator of tomorrow": drawn(b"BX tomorrow EX"),
    "registration marks outside": drawn(b"/A CS 1 SCN .5 w 0 60 m 12 60 l S", ColorSpace_A=spot("/All", 1, 1, 1, 1)),
    "a picture of enough pixels": drawn(IN_PLACE, XObject_I9=picture(300, 300, b"\x20\x20\x20\x20")),
    "a JPEG of little ink": drawn(IN_PLACE, XObject_I9=jpeg((9, 9, 9, 9), turned=True)),
    "words in brackets": drawn(b"/Span << /ActualText (a(b)c\\)) >> BDC EMC"),
    "a soft mask in RGB": drawn(IN_PLACE, XObject_I9=soft_mask),
    "JPEG 2000": drawn(IN_PLACE, XObject_I9=jpeg2000),
    "a form that is used twice": drawn(b"/F9 Do /F9 Do", XObject_F9=form(b"50 50 9 9 re f")),
}
"""Oddities that are no error."""

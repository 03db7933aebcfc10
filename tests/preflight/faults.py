"""A good press file, and the faults that are planted in it: each a change of bytes, with the rule that must say so."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
from pages import card
from pikepdf import Array, Dictionary, Name, Pdf, String

from notegen.layout import stocks
from notegen.model.page import UPRIGHT, Area, Page, Paint, PlacedCard, Words
from notegen.model.purpose import Plate, Purpose, Setup
from notegen.model.stock import Box
from notegen.press import write_pages
from notegen.press.conditions import conditions

MM = 72 / 25.4
Change = Callable[[Pdf], None]


@cache
def good() -> bytes:
    """Return a card for the press: artwork that bleeds and type on its front, a note on its back."""
    stock = stocks.builtin().get("us-a2")
    (width, height), bleed = stock.size, stock.bleed
    note = card("Dear Ana,\n\nThank you for the Brompton. See you.\n\nRuth", stock="us-a2")
    ground = Area((Box(-bleed, -bleed, width + 2 * bleed, height + 2 * bleed),), Paint((0.2, 0.1, 0, 0)))
    front = Page(stock.size, (ground, Words(20, 50, "Thank you", 6)), bleed=bleed, margin=10)
    back = Page(stock.size, (PlacedCard(note, UPRIGHT),), bleed=bleed, margin=10)
    return pressed([front, back])


def pressed(pages: list[Page], **more: Any) -> bytes:
    """Return pages as a press file."""
    setup = Setup(
        "Thank-you cards", "en-US", **{
            "purpose": Purpose.PRESS, "condition": conditions().get("gracol"), "plate": Plate.BLACK, **more
        },
    )  # fmt: skip
    with TemporaryDirectory(prefix="notegen-") as folder:
        path = Path(folder) / "good.pdf"
        write_pages(pages, path, setup)
        return path.read_bytes()


def edited(change: Change, data: bytes | None = None, **save: Any) -> bytes:
    """Return the good file with a change made to its objects."""
    with pikepdf.open(BytesIO(good() if data is None else data)) as pdf:
        change(pdf)
        stream = BytesIO()
        pdf.save(stream, **{"deterministic_id": True, "force_version": "1.6", "fix_metadata_version": False, **save})
        return stream.getvalue()


def drawn(content: bytes, *, page: int = 0, before: bool = False, **resources: Any) -> Callable[[], bytes]:
    """Return what makes the good file with more drawn on a page, in points from the lower left of the media.

    A resource's name begins with its kind: `Font_F9=...` is /F9 of /Font; a callable is given the PDF.
    """

    def change(pdf: Pdf) -> None:
        thing = pdf.pages[page].obj
        for name, value in resources.items():
            kind, key = name.split("_", 1)
            made = value(pdf) if callable(value) else value
            within(thing.Resources, kind)[f"/{key}"] = made
        old = b"".join(one.read_bytes() for one in streams(thing))
        parts = (content, old) if before else (b"q\n" + old + b"\nQ", content)
        thing.Contents = pdf.make_stream(b"\n".join(parts))

    return lambda: edited(change)


def within(thing: Any, kind: str) -> Any:
    """Return one kind of a resource dictionary, made when it is not there."""
    if f"/{kind}" not in thing:
        thing[f"/{kind}"] = Dictionary()
    return thing[f"/{kind}"]


def streams(page: Any) -> list[Any]:
    """Return a page's streams."""
    return list(page.Contents) if isinstance(page.Contents, Array) else [page.Contents]


def on_pages(change: Callable[[Any, Pdf], None]) -> Callable[[], bytes]:
    """Return what makes the good file with each page changed."""

    def all_of_them(pdf: Pdf) -> None:
        for page in pdf.pages:
            change(page.obj, pdf)

    return lambda: edited(all_of_them)


def once(change: Change, **save: Any) -> Callable[[], bytes]:
    """Return what makes the good file with a change."""
    return lambda: edited(change, **save)


def put(key: str, value: Any) -> Callable[[Any, Pdf], None]:
    """Return a change that gives a dictionary an entry, or takes it away for None."""

    def change(thing: Any, pdf: Pdf) -> None:
        if value is None:
            if key in thing:
                del thing[key]
        else:
            thing[key] = value(pdf) if callable(value) else value

    return change


def xmp(old: str, new: str) -> Change:
    """Return a change of the XMP packet: every match of a pattern."""

    def change(pdf: Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes().decode()
        found, count = re.subn(old, new, packet, flags=re.DOTALL)
        assert count, old
        pdf.Root.Metadata = pdf.make_stream(found.encode(), Type=Name.Metadata, Subtype=Name.XML)

    return change


def intent(pdf: Pdf) -> Any:
    """Return the output intent."""
    return pdf.Root.OutputIntents[0]


def scanner(pdf: Pdf) -> None:
    """Make the profile that of a scanner."""
    profile = intent(pdf).DestOutputProfile
    data = bytearray(profile.read_bytes())
    data[12:16] = b"scnr"
    profile.write(bytes(data))


def scaled(box: Any, by: float) -> Array:
    """Return a box made larger on each side, in points; smaller when negative."""
    x0, y0, x1, y1 = (float(one) for one in box)
    return Array([x0 - by, y0 - by, x1 + by, y1 + by])


def ground(pdf: Pdf) -> None:
    """Let the artwork of the front stop at the trim, by a clip."""
    page = pdf.pages[0].obj
    x0, y0, x1, y1 = (float(one) for one in page.TrimBox)
    clip = b"q %f %f %f %f re W n\n" % (x0, y0, x1 - x0, y1 - y0)
    page.Contents = pdf.make_stream(clip + b"".join(one.read_bytes() for one in streams(page)) + b"\nQ")


def gone(pdf: Pdf) -> None:
    """Take the program out of every font."""
    for one in pdf.objects:
        if isinstance(one, Dictionary) and one.get("/Type") == Name.FontDescriptor:
            del one["/FontFile2"]


def script(pdf: Pdf) -> None:
    """Let the file run a script when it is opened."""
    pdf.Root.OpenAction = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))


def lzw(data: bytes) -> bytes:
    """Pack bytes with LZW, plainly: nine-bit codes, the table cleared before it grows."""
    bits = ""
    for start in range(0, len(data), 200):
        bits += format(256, "09b") + "".join(format(one, "09b") for one in data[start : start + 200])
    bits += format(257, "09b")
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def packed_lzw(pdf: Pdf) -> None:
    """Pack the front's stream with LZW."""
    page = pdf.pages[0].obj
    data = b"".join(one.read_bytes() for one in streams(page))
    page.Contents = pdf.make_stream(b"")
    page.Contents.write(lzw(data), filter=Name.LZWDecode)


def flipped() -> bytes:
    """Change one byte in the middle of a packed stream that draws."""
    data = bytearray(edited(lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.disable))
    spans = [one.span(1) for one in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", bytes(data), re.DOTALL)]
    for start, end in spans:
        try:
            words = zlib.decompress(bytes(data[start:end]))
        except zlib.error:
            continue
        if b" re\n" in words or b"Tj" in words:
            data[(start + end) // 2] ^= 0x10
            return bytes(data)
    raise AssertionError("no stream draws")


def without_id() -> bytes:
    """Take the identifier out of the trailer."""
    found = edited(lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return re.sub(rb"/ID(?= ?\[)", b"/Id", found)


def misled() -> bytes:
    """Let startxref point to nowhere."""
    return re.sub(rb"startxref\s+\d+", b"startxref\n7", good())


def encrypted() -> bytes:
    """Encrypt the file, with no password needed to open it."""
    return edited(
        lambda pdf: None, deterministic_id=False, encryption=pikepdf.Encryption(owner="owner", user="", R=4, aes=True)
    )


@dataclass(frozen=True)
class Fault:
    """A planted fault: what makes it, the rule that must find it, and other rules that may speak as well."""

    make: Callable[[], bytes]
    code: str
    warning: bool = False
    beside: frozenset[str] = frozenset()
    given: dict[str, Any] = field(default_factory=dict)


AS_IT_IS = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}
OVER = Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1)
BOX = b"100 100 40 40 re f"

LISTED: dict[str, Fault] = {
    "annotation": Fault(
        on_pages(put("/Annots", Array([Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=[60, 60, 90, 90])]))),
        "P129",
    ),
    "art and trim box": Fault(on_pages(lambda page, pdf: put("/ArtBox", page.TrimBox)(page, pdf)), "P121"),
    "artwork stops at the trim": Fault(once(ground), "P152"),
    "font not embedded": Fault(once(gone), "P130"),
    "profile of another size": Fault(once(lambda pdf: intent(pdf).DestOutputProfile.__setitem__("/N", 3)), "P111"),
    "profile of a scanner": Fault(once(scanner), "P111"),
    "no bleed box": Fault(on_pages(put("/BleedBox", None)), "P122", beside=frozenset({"P152", "P124"})),
    "no output intent": Fault(once(lambda pdf: pdf.Root.__delitem__("/OutputIntents")), "P110"),
    "no trim box": Fault(on_pages(put("/TrimBox", None)), "P120", beside=frozenset({"P124"})),
    "no XMP": Fault(once(lambda pdf: pdf.Root.__delitem__("/Metadata")), "P112"),
    "no pdfxid": Fault(once(xmp(r"<pdfxid:GTS_PDFXVersion>.*?</pdfxid:GTS_PDFXVersion>", "")), "P113"),
    "RGB vector": Fault(drawn(b"1 0 0 rg " + BOX), "P140"),
    "RGB blending": Fault(on_pages(put("/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))), "P126"),
    "ink of 400 %": Fault(drawn(b"1 1 1 1 k " + BOX), "P143"),
    "trapped unknown": Fault(once(lambda pdf: pdf.docinfo.__setitem__("/Trapped", Name.Unknown)), "P115"),
    "trim outside media": Fault(
        on_pages(lambda page, pdf: put("/TrimBox", scaled(page.MediaBox, 20))(page, pdf)),
        "P123",
        beside=frozenset({"P124", "P152"}),
    ),
    "white overprints": Fault(drawn(b"/G9 gs 0 0 0 0 k " + BOX, ExtGState_G9=OVER), "P144"),
    "flipped byte": Fault(flipped, "P103", beside=frozenset({"P101", "P153", "P154", "P155", "P158", "P131"})),
    "no identifier": Fault(without_id, "P105"),
    "truncated": Fault(
        lambda: good()[: len(good()) * 2 // 3], "P101", beside=frozenset(f"P{n}" for n in range(100, 161))
    ),
    "bad startxref": Fault(misled, "P101"),
    "bad operator": Fault(drawn(b"0 0 10 10 rectangle f"), "P154"),
    "dates disagree": Fault(
        once(lambda pdf: pdf.docinfo.__setitem__("/CreationDate", String("D:19991231235959Z"))), "P114"
    ),
    "encrypted": Fault(encrypted, "P102"),
    "JavaScript": Fault(once(script), "P117"),
    "LZW": Fault(once(packed_lzw, **AS_IT_IS), "P116"),
    "missing XObject": Fault(drawn(b"/Lost Do"), "P153"),
    "PDF 2.0": Fault(once(lambda pdf: None, force_version="2.0"), "P104"),
    "no page group": Fault(on_pages(put("/Group", None)), "P127", warning=True),
}
"""The 29 faults that checkers were tried on before there was this one."""


def picture(width: int, height: int, sample: bytes, space: Any = Name.DeviceCMYK, **more: Any) -> Callable[[Pdf], Any]:
    """Return what makes a picture of one colour."""

    def make(pdf: Pdf) -> Any:
        described = space if isinstance(space, Name) else space(pdf)
        return pdf.make_stream(
            sample * (width * height), Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height,
            ColorSpace=described, BitsPerComponent=8, **more,
        )  # fmt: skip

    return make


def form(content: bytes, **entries: Any) -> Callable[[Pdf], Any]:
    """Return what makes a form."""

    def make(pdf: Pdf) -> Any:
        made = {"Resources": Dictionary(), **entries}
        return pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 300, 300], **made)

    return make


def tint(c: float, m: float, y: float, k: float) -> Dictionary:
    """Return a tint function to four plates."""
    return Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[c, m, y, k], N=1)


def spot(name: str, *cmyk: float) -> Array:
    """Return a spot colour's space."""
    return Array([Name.Separation, Name(name), Name.DeviceCMYK, tint(*cmyk)])


def nothing_shown(pdf: Pdf) -> None:
    """Let the front show the glyph .notdef of its font."""
    page = pdf.pages[0].obj
    name = next(iter(page.Resources.Font.keys())).encode()
    old = b"".join(one.read_bytes() for one in streams(page))
    page.Contents = pdf.make_stream(b"q\n" + old + b"\nQ BT 0 0 0 1 k " + name + b" 12 Tf 100 100 Td <0000> Tj ET")


def second_subset(pdf: Pdf) -> None:
    """Set a letter of the front in a copy of its font, under another tag."""
    page = pdf.pages[0].obj
    key = next(iter(page.Resources.Font.keys()))
    font = page.Resources.Font[key]
    copy = Dictionary({one: value for one, value in font.items()})
    inner = Dictionary({one: value for one, value in font.DescendantFonts[0].items()})
    descriptor = Dictionary({one: value for one, value in inner.FontDescriptor.items()})
    tag = "/ZZZZZZ+" + str(font.BaseFont).split("+", 1)[1]
    descriptor.FontFile2 = pdf.make_stream(descriptor.FontFile2.read_bytes())
    descriptor.FontName = inner.BaseFont = copy.BaseFont = Name(tag)
    inner.FontDescriptor = pdf.make_indirect(descriptor)
    copy.DescendantFonts = Array([pdf.make_indirect(inner)])
    page.Resources.Font["/ZZ"] = pdf.make_indirect(copy)
    old = b"".join(one.read_bytes() for one in streams(page))
    page.Contents = pdf.make_stream(b"q\n" + old + b"\nQ BT 0 0 0 1 k /ZZ 12 Tf 100 100 Td <0001> Tj ET")


def near_the_edge(pdf: Pdf) -> None:
    """Set a word half a millimetre from the left edge of the trim."""
    page = pdf.pages[0].obj
    name = next(iter(page.Resources.Font.keys())).encode()
    x = float(page.TrimBox[0]) + 0.5 * MM
    old = b"".join(one.read_bytes() for one in streams(page))
    page.Contents = pdf.make_stream(b"q\n%s\nQ BT 0 0 0 1 k %s 12 Tf %f 100 Td <00010002> Tj ET" % (old, name, x))


A2 = {"stock": "us-a2"}
EXTRAS: dict[str, Fault] = {
    "missing glyph": Fault(once(nothing_shown), "P131"),
    "hairline": Fault(drawn(b"0.1 w 100 100 m 150 150 l S"), "P150"),
    "low resolution": Fault(
        drawn(b"q 144 0 0 144 60 60 cm /I9 Do Q", XObject_I9=picture(300, 300, b"\x20\x10\0\0")), "P151"
    ),
    "text outside the safe area": Fault(once(near_the_edge), "P136", given=A2),
    "two subsets of one font": Fault(once(second_subset), "P132", warning=True),
}
"""Faults that must be found besides."""

"""Pictures that are small and would take minutes or gigabytes to draw are refused within bounds, with a reason."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from artfiles import HEAD, packed, ramp
from bounds import NOUGHTS, swollen, within_bounds
from pikepdf import Array, Dictionary, Name, Stream

from notegen.press.art import look

LONG = swollen(NOUGHTS, 300)
SQUARES = swollen(b"0 0 1 1 re f\n" * 80_000, 60)
SVG = HEAD.encode()


def chunk(kind: bytes, body: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))


def png(side: int, kind: int, data: bytes, *more: bytes) -> bytes:
    """Return a PNG that says it is a square; `kind` is 2 for RGB and 6 for RGB with opacity."""
    head = chunk(b"IHDR", struct.pack(">LLBBBBB", side, side, 8, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def jpeg(side: int | None = None, scans: int = 0) -> bytes:
    """Return a JPEG that says it is a larger square, or repeats its last scan."""
    data = packed(ramp(), "JPEG", progressive=True)
    if side is not None:
        at = data.index(b"\xff\xc2") + 5
        data = data[:at] + struct.pack(">HH", side, side) + data[at + 4 :]
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * scans + data[-2:]


def paged(content: bytes, filters: int = 1, **resources: Any) -> bytes:
    """Return a PDF of one page; `content` is packed already, resources are made from the file."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(200, 150))
    stream = Stream(made, b"")
    stream.write(content, filter=Array([Name.FlateDecode] * filters) if filters else None)
    made.pages[0].Contents = made.make_indirect(stream)
    made.pages[0].Resources = Dictionary({f"/{key}": make(made) for key, make in resources.items()})
    written = BytesIO()
    made.save(written, static_id=True, compress_streams=False)
    return written.getvalue()


def stream_of(pdf: pikepdf.Pdf, **entries: Any) -> Any:
    """Return a stream that unpacks to 300 MB."""
    made = Stream(pdf, b"")
    made.write(LONG, filter=Name.FlateDecode)
    for key, value in entries.items():
        made[f"/{key}"] = value
    return pdf.make_indirect(made)


def profiled(pdf: pikepdf.Pdf) -> Any:
    """Return a colour space whose profile is long."""
    return Dictionary(C=Array([Name.ICCBased, stream_of(pdf, N=3)]))


def tinted(pdf: pikepdf.Pdf) -> Any:
    """Return a colour space whose tint is long."""
    more = {"Domain": Array([0, 1]), "Range": Array([0, 1] * 3), "Size": Array([10**6]), "BitsPerSample": 8}
    tint = stream_of(pdf, FunctionType=0, **more)
    return Dictionary(C=Array([Name.Separation, Name.Gold, Name.DeviceRGB, tint]))


def indexed(pdf: pikepdf.Pdf) -> Any:
    """Return a colour space whose table is long."""
    return Dictionary(C=Array([Name.Indexed, Name.DeviceRGB, 255, stream_of(pdf)]))


def image(side: int) -> Callable[[pikepdf.Pdf], Any]:
    """Return what makes a square image."""
    given = {"Subtype": Name.Image, "BitsPerComponent": 8, "ColorSpace": Name.DeviceRGB}
    return lambda pdf: Dictionary(I=stream_of(pdf, Width=side, Height=side, **given))


def uses(deep: int, wide: int) -> bytes:
    """Return a drawing whose groups draw each other."""
    groups = b"".join(
        b"<g id='a%d'>" % one + b"<use href='#a%d'/>" % (one - 1) * wide + b"</g>" for one in range(1, deep)
    )
    last = b"<use href='#a%d'/>" % (deep - 1)
    return SVG + b"<defs><rect id='a0' width='1' height='1'/>" + groups + b"</defs>" + last + b"</svg>"


LAUGHS = b"".join(b"<!ENTITY a%d '%s'>" % (one, b"&a%d;" % (one - 1) * 10) for one in range(1, 12))
OUTSIDE = b"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
DRAW = zlib.compress(b"q 90 0 0 90 9 9 cm /I Do Q")
PAINT = zlib.compress(b"/C cs 0.3 scn 0 0 9 9 re f")
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "PNG of billions": (lambda: png(60_000, 2, zlib.compress(b"")), "G105"),
    "PNG of noughts": (lambda: png(8_900, 6, LONG), "G105"),
    "PNG with a long note": (lambda: png(10, 2, zlib.compress(bytes(310)), chunk(b"zTXt", b"k\0\0" + LONG)), "G101"),
    "PNG with a long profile": (lambda: png(10, 2, zlib.compress(bytes(310)), chunk(b"iCCP", b"k\0\0" + LONG)), "G101"),
    "PNG with many notes": (lambda: png(10, 2, zlib.compress(bytes(310)), *[chunk(b"tEXt", b"k\0x")] * 90_000), "G105"),
    "JPEG of billions": (lambda: jpeg(side=65_500), "G105"),
    "JPEG in many passes": (lambda: jpeg(side=4_000, scans=3_000), "G105"),
    "TIFF": (lambda: b"II*\0" + b"\xff" * 4_000, "G101"),
    "SVG that laughs": (lambda: b"<!DOCTYPE svg [<!ENTITY a0 'ha'>" + LAUGHS + b"]>" + SVG + b"&a11;</svg>", "G107"),
    "SVG that reaches out": (lambda: OUTSIDE + SVG + b"&a;</svg>", "G107"),
    "SVG of groups in each other": (lambda: uses(12, 12), "G105"),
    "SVG with huge numbers": (lambda: SVG + b"<path d='M0 0 L1e308 1e308 C1e300 -1e300 9 9 9 9'/></svg>", "G106"),
    "SVG with a long number": (lambda: SVG + b"<rect width='" + b"9" * 2_000_000 + b"' height='9'/></svg>", "G106"),
    "SVG with a long path": (lambda: SVG + b"<path d='M0 0" + b"l1 1" * 500_000 + b"'/></svg>", "G105"),
    "SVG nested deeply": (lambda: SVG + b"<g>" * 100_000 + b"</g>" * 100_000 + b"</svg>", "G105"),
    "SVG of many elements": (lambda: SVG + b"<g/>" * 1_000_000 + b"</svg>", "G105"),
    "PDF of many squares": (lambda: paged(SQUARES), "G105"),
    "PDF packed twice": (lambda: paged(swollen(LONG, 1), 2), "G105"),
    "PDF with a long profile": (lambda: paged(PAINT, ColorSpace=profiled), "G105"),
    "PDF with a long tint": (lambda: paged(PAINT, ColorSpace=tinted), "G105"),
    "PDF with a long table": (lambda: paged(PAINT, ColorSpace=indexed), "G105"),
    "PDF with a large image": (lambda: paged(DRAW, XObject=image(20_000)), "G105"),
    "PDF with an image of noughts": (lambda: paged(DRAW, XObject=image(8_000)), "G105"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_bomb_is_refused_within_bounds(name: str, tmp_path: Path) -> None:
    make, code = REFUSED[name]
    path = tmp_path / "bomb"
    path.write_bytes(make())
    assert within_bounds(lambda: " ".join(one.code for one in look(path).diagnostics)) == code


def test_forms_in_each_other_are_drawn_once(tmp_path: Path) -> None:
    def nested(pdf: pikepdf.Pdf) -> Any:
        box = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 200, 150])}
        inner = pdf.make_stream(b"0 0 5 5 re f", **box, Resources=Dictionary())
        for _ in range(12):
            inside = Dictionary(XObject=Dictionary(F=inner))
            inner = pdf.make_stream(b"/F Do " * 12, **box, Resources=inside)
        return Dictionary(F=inner)

    path = tmp_path / "forms.pdf"
    path.write_bytes(paged(zlib.compress(b"/F Do"), XObject=nested))
    assert within_bounds(lambda: str(look(path).value is not None)) == "True"


def test_a_large_picture_with_something_in_it_is_taken(tmp_path: Path) -> None:
    """A white page of 4,900 x 4,900 is packed a thousandfold, and is no attack."""
    path = tmp_path / "white.png"
    path.write_bytes(png(4_900, 2, swollen(bytes(4_900 * 3 + 1) * 70, 70)))
    assert look(path).value is not None

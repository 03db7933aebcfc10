"""PDFs that are small and would take hours or gigabytes to look at: each is looked at within bounds, and it is said."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import Any

import pikepdf
import pytest
from bounds import NOUGHTS, swollen, within_bounds
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from notegen.preflight import check, objects
from notegen.preflight.fonts import _cid_widths


def paged(content: bytes | Callable[[Pdf], Any], **resources: Callable[[Pdf], Any]) -> bytes:
    """Return a PDF of one page; what is made by a function is made for its file."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(200, 150))
    groups: dict[str, Any] = {}
    for name, make in resources.items():
        kind, _, own = name.partition("_")
        groups.setdefault(f"/{kind}", Dictionary())[f"/{own}"] = make(made)
    made.pages[0].Resources = Dictionary(groups)
    made.pages[0].Contents = content(made) if callable(content) else made.make_stream(content)
    stream = BytesIO()
    made.save(stream, static_id=True, compress_streams=False)
    return stream.getvalue()


def packed(data: bytes, filters: tuple[str, ...] = ("/FlateDecode",), **entries: Any) -> Callable[[Pdf], Any]:
    """Return what makes a stream of packed bytes."""

    def make(pdf: Pdf) -> Any:
        made = Stream(pdf, b"")
        made.write(data, filter=Array([Name(one) for one in filters]), decode_parms=entries.pop("DecodeParms", None))
        for key, value in entries.items():
            made[f"/{key}"] = value
        return pdf.make_indirect(made)

    return make


def forms(deep: int, wide: int) -> Callable[[Pdf], Any]:
    """Return what makes forms in each other: each draws the one inside it several times."""

    def make(pdf: Pdf) -> Any:
        box = Array([0, 0, 200, 150])
        form = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": box}
        inner = pdf.make_stream(b"0 0 5 5 re f", **form, Resources=Dictionary())
        for _ in range(deep):
            inside = Dictionary(XObject=Dictionary(F=inner))
            inner = pdf.make_stream(b"/F Do " * wide, **form, Resources=inside)
        return inner

    return make


def picture(data: bytes, wide: int, space: Any = Name.DeviceRGB, **entries: Any) -> Callable[[Pdf], Any]:
    """Return what makes a square picture."""
    given = {"Width": wide, "Height": wide, "BitsPerComponent": 8, "ColorSpace": space}
    return packed(data, Type=Name.XObject, Subtype=Name.Image, **given, **entries)


def space(*parts: Any) -> Callable[[Pdf], Any]:
    """Return what makes a colour space; parts that are functions make objects of the file."""
    return lambda pdf: Array([part(pdf) if callable(part) else part for part in parts])


def wide_columns() -> bytes:
    """Return a damaged file: the rows of its table of objects have 100,000,000,000 columns."""
    made = pikepdf.new()
    made.add_blank_page()
    stream = BytesIO()
    made.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    data = stream.getvalue()
    at = data.rindex(b"/Columns ") + 9
    broken = data[:at] + b"9" * 11 + data[at + 1 :]
    return broken.replace(b"/Type /Page\n", b"/Type /Pgae\n")


PLACE = b"q 90 0 0 90 9 9 cm /I Do Q"
INKED = b"/C cs 0.3 scn 0 0 9 9 re f"
SQUARES = swollen(b"0 0 1 1 re f\n" * 80_000, 60)
LONG = swollen(NOUGHTS, 400)
TINT: dict[str, Any] = {
    "FunctionType": 0, "Domain": Array([0, 1]), "Range": Array([0, 1] * 4), "Size": Array([10**6]), "BitsPerSample": 8,
}  # fmt: skip
LOOKED_AT: dict[str, Callable[[], bytes]] = {
    "rows without end": wide_columns,
    "forms in each other": lambda: paged(b"/F Do " * 12, XObject_F=forms(12, 12)),
    "forms many times": lambda: paged(b"/F Do " * 3000, XObject_F=forms(2, 3000)),
    "a long stream": lambda: paged(packed(LONG)),
    "a stream packed three times": lambda: paged(packed(swollen(LONG, 1), ("/FlateDecode",) * 2)),
    "many squares": lambda: paged(packed(SQUARES)),
    "many states kept": lambda: paged(packed(swollen(b"q " * 500_000, 60))),
    "brackets": lambda: paged(packed(swollen(b"[<<" * 300_000, 60))),
    "runs": lambda: paged(packed(swollen(b"\x81 " * 500_000, 10), ("/FlateDecode", "/RunLengthDecode"))),
    "a large picture": lambda: paged(PLACE, XObject_I=picture(LONG, 8900)),
    "a large picture of inks": lambda: paged(PLACE, XObject_I=picture(LONG, 8900, Name.DeviceCMYK)),
    "a picture longer than it says": lambda: paged(PLACE, XObject_I=picture(LONG, 10)),
    "rows of a picture": lambda: paged(
        PLACE, XObject_I=picture(LONG, 10, DecodeParms=Dictionary(Predictor=15, Columns=10**11))
    ),
    "a profile": lambda: paged(INKED, ColorSpace_C=space(Name.ICCBased, packed(LONG, N=4))),
    "a table of colours": lambda: paged(INKED, ColorSpace_C=space(Name.Indexed, Name.DeviceCMYK, 255, packed(LONG))),
    "a tint": lambda: paged(
        INKED, ColorSpace_C=space(Name.Separation, Name.Gold, Name.DeviceCMYK, packed(LONG, **TINT))
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_bomb_is_looked_at_within_bounds(name: str) -> None:
    data = LOOKED_AT[name]()
    found = within_bounds(lambda: f"{len(check(data).findings)} findings")
    assert found.endswith(" findings") and found != "0 findings"


def test_widths_of_a_font_are_not_named_without_end() -> None:
    row = Array([0, 65535, 500] * 20_000)
    assert within_bounds(lambda: str(len(_cid_widths(row)))) == "65536"


def test_what_a_drawing_swells_to_is_bounded_and_what_it_needs_is_not() -> None:
    """A long drawing is read; only what unpacks to a hundred times its size is not."""
    long = Random(1).randbytes(3_000_000).hex().encode()
    with pikepdf.new() as pdf:
        assert objects.data(packed(zlib.compress(long))(pdf)) == long
        assert objects.data(packed(SQUARES)(pdf)) is None
        white = picture(swollen(NOUGHTS, 12), 2048)(pdf)
        assert len(objects.data(white, objects.MOST) or b"") == 12 * 2**20

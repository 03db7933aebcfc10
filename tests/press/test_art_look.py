"""What a picture's file is, told by its content, and what keeps it off a card."""

from __future__ import annotations

import hashlib
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from artfiles import GRACOL, HEAD, art, codes, packed, pdf, ramp, saved, svg
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms

from notegen.errors import UnreadableFile
from notegen.model.art import ArtKind
from notegen.press.art import ink_faults, look
from notegen.press.conditions import condition_of, conditions


def helvetica() -> Dictionary:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    return Dictionary(Font=Dictionary(F1=font))


def test_a_picture_is_told_by_its_content_not_by_its_name(tmp_path: Path) -> None:
    for kind, data in (
        (ArtKind.PNG, packed(ramp())),
        (ArtKind.JPEG, packed(ramp(), "JPEG")),
        (ArtKind.SVG, f'<?xml version="1.0"?>\n{HEAD}<rect width="9" height="9"/></svg>'.encode()),
    ):
        path = tmp_path / "picture.tiff"
        path.write_bytes(data)
        seen = art(path)
        assert (seen.kind, seen.digest, seen.path) == (kind, hashlib.sha256(data).hexdigest(), path)


@pytest.mark.parametrize("dpi", [150.0, 300.0, 600.0])
def test_pixels_have_the_size_that_their_file_says(tmp_path: Path, dpi: float) -> None:
    seen = art(saved(tmp_path / "a.png", ramp(600, 300), dpi=(dpi, dpi)))
    assert seen.size == pytest.approx((600 / dpi * 25.4, 300 / dpi * 25.4), rel=1e-4)
    assert (seen.pixels, seen.sized) == ((600, 300), True)
    assert seen.dpi == pytest.approx(dpi, rel=1e-4)


@pytest.mark.parametrize("dpi", [None, 72, 96])
def test_a_picture_that_says_no_size_or_that_of_a_screen_is_taken_at_300(tmp_path: Path, dpi: int | None) -> None:
    ramp(600, 300).save(tmp_path / "a.png", **({"dpi": (dpi, dpi)} if dpi else {}))
    seen = art(tmp_path / "a.png")
    assert (seen.size, seen.sized, seen.dpi) == ((50.8, 25.4), False, 300.0)


@pytest.mark.parametrize(("orientation", "turned"), [(1, False), (3, False), (6, True), (8, True)])
def test_a_photo_is_as_large_as_it_is_upright(tmp_path: Path, orientation: int, turned: bool) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    seen = art(saved(tmp_path / "a.jpg", ramp(60, 40), exif=exif.tobytes()))
    assert seen.pixels == ((40, 60) if turned else (60, 40))


def test_a_page_is_as_large_as_its_trim_and_knows_its_bleed(tmp_path: Path) -> None:
    seen = art(
        pdf(
            tmp_path / "a.pdf", b"0 0 160 88 re f", (160, 88),
            TrimBox=Array([8, 8, 152, 80]), BleedBox=Array([2, 0, 160, 85]),
        )
    )  # fmt: skip
    assert seen.size == pytest.approx((50.8, 25.4))
    assert seen.bleed == pytest.approx(tuple(one * 25.4 / 72 for one in (6, 8, 8, 5)))


def test_a_turned_page_has_its_sides_turned(tmp_path: Path) -> None:
    seen = art(
        pdf(
            tmp_path / "a.pdf", b"0 0 160 88 re f", (160, 88), Rotate=90,
            TrimBox=Array([8, 8, 152, 80]), BleedBox=Array([2, 0, 160, 85]),
        )
    )  # fmt: skip
    # A quarter turn to the right: what was at the bottom is on the left, what was on the right at the bottom.
    assert seen.size == pytest.approx((25.4, 50.8))
    assert seen.bleed == pytest.approx(tuple(one * 25.4 / 72 for one in (8, 8, 5, 6)))


def test_a_page_with_room_for_marks_and_no_bleed_box_has_no_bleed(tmp_path: Path) -> None:
    near = pdf(tmp_path / "near.pdf", b"0 0 9 9 re f", (160, 88), TrimBox=Array([8, 8, 152, 80]))
    far = pdf(tmp_path / "far.pdf", b"0 0 9 9 re f", (204, 132), TrimBox=Array([30, 30, 174, 102]))
    assert art(near).bleed == pytest.approx((8 * 25.4 / 72,) * 4)
    assert art(far).bleed == (0.0,) * 4


def test_pages_of_a_pdf_are_counted(tmp_path: Path) -> None:
    made = pikepdf.new()
    for width in (72, 144):
        made.add_blank_page(page_size=(width, 72))
        made.pages[-1].Contents = made.make_stream(b"0 0 9 9 re f")
    made.save(tmp_path / "a.pdf")
    assert art(tmp_path / "a.pdf", 1).size == pytest.approx((50.8, 25.4))
    (found,) = look(tmp_path / "a.pdf", 2).diagnostics
    assert (found.code, found.message.endswith("has 2 pages, and no page 3")) == ("G108", True)


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "G101", "is empty"),
        (b"GIF89a....", "G101", "is a GIF"),
        (b"II*\0........", "G101", "is a TIFF"),
        (b"hello there", "G101", "no picture that is known"),
        (b"%PDF-1.7\nnothing", "G101", "is damaged"),
        (packed(ramp())[:-60], "G101", "is damaged"),
        (packed(ramp(), "JPEG")[:300], "G101", "is damaged"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'", "G101", "is damaged"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><rect width='4' height='4'/></svg>", "G108", "how large it is"),
        (b"<?xml version='1.0'?><html/>", "G101", "its root is html"),
    ],
)
def test_what_is_no_picture_is_said(tmp_path: Path, data: bytes, code: str, words: str) -> None:
    (tmp_path / "a.bin").write_bytes(data)
    looked = look(tmp_path / "a.bin")
    assert looked.value is None
    assert [one.code for one in looked.diagnostics] == [code]
    assert words in looked.diagnostics[0].message
    assert looked.diagnostics[0].hint


@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"<svg "]))
def test_no_bytes_end_in_a_traceback(tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "noise.bin"
    path.write_bytes(head + data)
    assert look(path).value is None


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_flipped_byte_ends_in_no_traceback(tmp_path_factory: pytest.TempPathFactory, place: int, value: int) -> None:
    path = tmp_path_factory.getbasetemp() / "flipped.pdf"
    if not path.exists():
        pdf(path, b"q 1 0 0 rg 0 0 9 9 re f Q " * 9)
        path.with_suffix(".first").write_bytes(path.read_bytes())
    data = bytearray(path.with_suffix(".first").read_bytes())
    data[place % len(data)] = value
    path.write_bytes(data)
    look(path)


def test_a_pdf_that_would_have_to_be_mended_is_refused(tmp_path: Path) -> None:
    whole = pdf(tmp_path / "a.pdf", b"0 0 9 9 re f " * 40).read_bytes()
    (tmp_path / "b.pdf").write_bytes(whole[:-120])
    (found,) = look(tmp_path / "b.pdf").diagnostics
    assert (found.code, found.message) == ("G101", f"{tmp_path / 'b.pdf'} is damaged: file is damaged")


LAYER = {"/Type": Name.OCG, "/Name": "Notes"}


@pytest.mark.parametrize(
    "hidden",
    [
        {"D": Dictionary(BaseState=Name.OFF)},
        {"OCGs": Array([Dictionary({**LAYER, "/Usage": Dictionary(Print=Dictionary(PrintState=Name.OFF))})])},
        {"OCGs": Array([Dictionary(Type=Name.OCMD, P=Name.AllOff)])},
    ],
)
def test_layers_that_may_be_hidden_are_refused(tmp_path: Path, hidden: dict[str, Any]) -> None:
    made = pikepdf.open(pdf(tmp_path / "a.pdf", b"0 0 9 9 re f"))
    made.Root.OCProperties = Dictionary(OCGs=Array([made.make_indirect(Dictionary(LAYER))]), D=Dictionary())
    made.save(tmp_path / "b.pdf")
    for key, value in hidden.items():
        shown = [made.make_indirect(one) for one in value] if isinstance(value, Array) else value
        made.Root.OCProperties[f"/{key}"] = Array(shown) if isinstance(shown, list) else shown
    made.save(tmp_path / "c.pdf")
    assert (codes(tmp_path / "b.pdf"), codes(tmp_path / "c.pdf")) == ([], ["G106"])


def test_an_image_in_another_file_is_refused(tmp_path: Path) -> None:
    made = pikepdf.new()
    made.add_blank_page(page_size=(144, 72))
    one = made.make_stream(bytes(600))
    one.Type, one.Subtype, one.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
    one.Width, one.Height, one.BitsPerComponent, one.F = 30, 20, 8, pikepdf.String("other.raw")
    made.pages[0].Resources = Dictionary(XObject=Dictionary(I=one))
    made.pages[0].Contents = made.make_stream(b"144 0 0 72 0 0 cm /I Do")
    made.save(tmp_path / "a.pdf")
    assert codes(tmp_path / "a.pdf") == ["G107"]


def test_a_function_that_doubles_its_numbers_is_refused(tmp_path: Path) -> None:
    made = pikepdf.new()
    made.add_blank_page(page_size=(144, 72))
    tint = made.make_stream(b"{ 1 copy " + b" ".join(b"%d copy" % 2**n for n in range(1, 30)) + b"}")
    tint.FunctionType, tint.Domain, tint.Range = 4, Array([0, 1]), Array([0, 1, 0, 1, 0, 1])
    space = Array([Name.Separation, Name.Gold, Name.DeviceRGB, tint])
    made.pages[0].Resources = Dictionary(ColorSpace=Dictionary(S=space))
    made.pages[0].Contents = made.make_stream(b"/S cs 1 scn 0 0 9 9 re f")
    made.save(tmp_path / "a.pdf")
    assert codes(tmp_path / "a.pdf") == ["G106"]


def test_what_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    for path in (tmp_path / "none.png", tmp_path):
        with pytest.raises(UnreadableFile):
            look(path)


def test_an_encrypted_pdf_is_refused_with_and_without_a_password_to_open_it(tmp_path: Path) -> None:
    made = pikepdf.new()
    made.add_blank_page()
    for user in ("secret", ""):
        made.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="owner", user=user))
        assert codes(tmp_path / "a.pdf") == ["G102"]


def test_a_font_that_is_used_must_be_embedded(tmp_path: Path) -> None:
    used = pdf(tmp_path / "a.pdf", b"BT /F1 12 Tf 9 9 Td (Hello) Tj ET", Resources=helvetica())
    (found,) = look(used).diagnostics
    assert found.code == "G103"
    assert "Helvetica" in found.message


def test_a_font_that_is_only_chosen_is_none_of_the_pictures(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", b"BT /F1 12 Tf ET 0 0 9 9 re f", Resources=helvetica())
    assert codes(path) == []


def test_an_animated_png_is_refused(tmp_path: Path) -> None:
    ramp().save(tmp_path / "a.png", save_all=True, append_images=[ramp().rotate(180)], duration=100)
    assert codes(tmp_path / "a.png") == ["G104"]


def test_a_decompression_bomb_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    for side in (9_500, 60_000):
        head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
        data = chunk(b"IDAT", zlib.compress(b"\0" * 4096))
        (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + head + data + chunk(b"IEND", b""))
        assert codes(tmp_path / "a.png") == ["G105"]


def test_a_pdf_that_unfolds_without_end_is_refused(tmp_path: Path) -> None:
    made = pikepdf.new()
    made.add_blank_page()
    inner = pikepdf.Stream(made, b"")
    inner.write(zlib.compress(b" " * 70_000_000, 9), filter=Name.FlateDecode)
    inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    made.pages[0].Resources = Dictionary(XObject=Dictionary(X=inner))
    made.pages[0].Contents = made.make_stream(b"/X Do")
    made.save(tmp_path / "a.pdf")
    assert codes(tmp_path / "a.pdf") == ["G105"]


def test_a_profile_that_does_not_fit_is_said(tmp_path: Path) -> None:
    saved(tmp_path / "a.png", ramp(), icc_profile=GRACOL.profile.read_bytes())
    saved(tmp_path / "b.png", ramp(), icc_profile=b"no profile at all")
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    saved(tmp_path / "c.png", ramp(), icc_profile=srgb)
    assert [codes(tmp_path / name) for name in ("a.png", "b.png", "c.png")] == [["G121"], ["G121"], []]


def test_a_jpeg_in_cmyk_must_say_how_its_inks_are_stored(tmp_path: Path) -> None:
    data = packed(ramp().convert("CMYK"), "JPEG")
    start = data.index(b"\xff\xee")
    (tmp_path / "a.jpg").write_bytes(data[:start] + data[start + 16 :])
    assert codes(tmp_path / "a.jpg") == ["G106"]


def test_annotations_are_said_to_be_left_out(tmp_path: Path) -> None:
    notes = Array([Dictionary(Subtype=Name.Stamp, Rect=Array([0, 0, 9, 9])), Dictionary(Subtype=Name.Link)])
    looked = look(pdf(tmp_path / "a.pdf", b"0 0 9 9 re f", Annots=notes))
    assert looked.value is not None
    assert [(one.code, "Stamp" in one.message, "Link" in one.message) for one in looked.diagnostics] == [
        ("G122", True, False)
    ]


def test_the_ink_of_a_picture_is_held_to_the_condition(tmp_path: Path) -> None:
    heavy = Image.fromarray(np.full((40, 40, 4), 230, np.uint8), "CMYK")
    light = Image.fromarray(np.full((40, 40, 4), 150, np.uint8), "CMYK")
    for name, image, wanted in (("heavy.jpg", heavy, ["G120"]), ("light.jpg", light, [])):
        seen = art(saved(tmp_path / name, image, quality=95))
        assert [one.code for one in ink_faults(seen, GRACOL)] == wanted
    drawn = art(pdf(tmp_path / "a.pdf", b"1 1 .9 .9 k 0 0 9 9 re f"))
    assert [one.code for one in ink_faults(drawn, GRACOL)] == ["G120"]
    assert ink_faults(art(svg(tmp_path / "a.svg", '<rect width="9" height="9"/>')), GRACOL) == ()


def test_inks_for_another_press_are_said(tmp_path: Path) -> None:
    ours, theirs = (conditions().get(name) for name in ("gracol", "fogra39"))
    inks = Image.fromarray(np.full((40, 40, 4), 90, np.uint8), "CMYK")
    photo = art(saved(tmp_path / "a.jpg", inks, icc_profile=theirs.profile.read_bytes()))
    assert [one.code for one in ink_faults(photo, ours)] == ["G123"]
    assert ink_faults(photo, theirs) == ()
    assert ink_faults(art(saved(tmp_path / "b.jpg", inks)), ours) == ()


def test_a_condition_of_ones_own_is_told_by_its_title(tmp_path: Path) -> None:
    theirs = conditions().get("fogra39").profile.read_bytes()
    (tmp_path / "a.icc").write_bytes(GRACOL.profile.read_bytes())
    inks = Image.fromarray(np.full((40, 40, 4), 90, np.uint8), "CMYK")
    photo = art(saved(tmp_path / "a.jpg", inks, icc_profile=theirs))
    assert [one.code for one in ink_faults(photo, condition_of(tmp_path / "a.icc"))] == ["G123"]
    same = art(saved(tmp_path / "b.jpg", inks, icc_profile=GRACOL.profile.read_bytes()))
    assert ink_faults(same, condition_of(tmp_path / "a.icc")) == ()


def test_inks_of_a_pdf_for_another_press_are_said(tmp_path: Path) -> None:
    ours, theirs = (conditions().get(name) for name in ("gracol", "fogra39"))
    document = pikepdf.new()
    document.add_blank_page(page_size=(144, 72))
    profile = document.make_stream(theirs.profile.read_bytes())
    profile.N = 4
    page = document.pages[0]
    page.Resources = Dictionary(ColorSpace=Dictionary(Icc=Array([Name.ICCBased, profile])))
    page.Contents = document.make_stream(b"/Icc cs .2 .1 0 0 sc 0 0 9 9 re f")
    document.save(tmp_path / "a.pdf")
    intent = Dictionary(S=Name.GTS_PDFX, DestOutputProfile=profile)
    document.Root.OutputIntents = Array([intent])
    page.Contents = document.make_stream(b".2 .1 0 0 k 0 0 9 9 re f")
    document.save(tmp_path / "b.pdf")
    page.Contents = document.make_stream(b"1 0 0 rg 0 0 9 9 re f")
    document.save(tmp_path / "c.pdf")
    for name, wanted in (("a", ["G123"]), ("b", ["G123"]), ("c", [])):
        assert [one.code for one in ink_faults(art(tmp_path / f"{name}.pdf"), ours)] == wanted
        assert ink_faults(art(tmp_path / f"{name}.pdf"), theirs) == ()


def test_the_least_resolution_inside_a_pdf_is_known(tmp_path: Path) -> None:
    made = pikepdf.new()
    made.add_blank_page(page_size=(144, 144))
    images = Dictionary()
    for name, side in (("Fine", 600), ("Coarse", 60)):
        stream = made.make_stream(bytes(side * side))
        stream.Type, stream.Subtype, stream.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
        stream.Width = stream.Height = side
        stream.BitsPerComponent = 8
        images[f"/{name}"] = stream
    made.pages[0].Resources = Dictionary(XObject=images)
    made.pages[0].Contents = made.make_stream(
        b"q 144 0 0 72 0 0 cm /Fine Do Q q .5 0 0 .5 0 0 cm 48 0 0 24 0 0 cm /Coarse Do Q"
    )
    made.save(tmp_path / "a.pdf")
    assert art(tmp_path / "a.pdf").dpi == pytest.approx(60 * 72 / 24)

"""Pages of PDFs come into our file in the press's colours, with everything that they need and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from artfiles import (
    DESKTOP,
    GRACOL,
    PRESS,
    SCREEN,
    alone,
    art,
    codes,
    colours_of,
    form,
    packed,
    pdf,
    printed,
    ramp,
    steps,
)
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms

from notegen.model.page import UPRIGHT, Area, Line, Paint, PlacedArt
from notegen.model.stock import Box
from notegen.press.art import ink_faults, look
from notegen.press.art.colour import Press
from notegen.press.art.functions import function
from notegen.press.art.recolour import Recolour
from notegen.press.paints import srgb
from notegen.preview import page_image

BEGUN = 7
"""Operators with which every page begins: two colours, and how lines are drawn."""
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def made(tmp_path: Path, content: bytes, setup: Any = PRESS, **resources: Any) -> Any:
    """Return the form that a page with one content stream becomes."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(144, 72))
    page = document.pages[0]
    page.Contents = document.make_stream(content)
    page.Resources = Dictionary({f"/{key}": value(document) for key, value in resources.items()})
    document.save(tmp_path / "in.pdf")
    return form(alone(tmp_path / "in.pdf", tmp_path / "out.pdf", setup))


def test_rgb_becomes_cmyk_and_what_is_no_rgb_stays(tmp_path: Path) -> None:
    content = b".3 g 0 0 1 1 re f 0 1 0 .2 k f 1 0 0 rg f 0 0 0 RG S 0 G S"
    grey, ink, red, black, plain = colours_of(made(tmp_path, content))[2:]
    assert (grey, ink, black, plain) == ((0.3,), (0, 1, 0, 0.2), (0, 0, 0, 1), (0,))
    assert red == pytest.approx((0, 0.9, 0.92, 0.01), abs=0.03)


def test_a_file_for_a_screen_keeps_rgb(tmp_path: Path) -> None:
    assert colours_of(made(tmp_path, b"1 0 0 rg 0 0 1 1 re f", SCREEN))[2:] == [(1, 0, 0)]


def test_profiled_calibrated_and_lab_colours_are_converted(tmp_path: Path) -> None:
    def spaces(document: pikepdf.Pdf) -> Dictionary:
        profile = document.make_stream(SRGB)
        profile.N = 3
        grey = document.make_stream(b"grey")
        grey.N = 1
        white = Array([0.9642, 1, 0.8249])
        return Dictionary(
            Icc=Array([Name.ICCBased, profile]), Grey=Array([Name.ICCBased, grey]),
            Cal=Array([Name.CalRGB, Dictionary(WhitePoint=white)]), Lab=Array([Name.Lab, Dictionary(WhitePoint=white)]),
        )  # fmt: skip

    content = b"/Icc cs 1 0 0 sc f /Cal cs 1 0 0 scn f /Lab CS 54 80 69 SC S /Grey cs .4 sc f"
    found = colours_of(made(tmp_path, content, ColorSpace=spaces))[2:]
    assert [len(one) for one in found] == [4, 4, 4, 4, 4, 4, 1, 1]
    assert found[1] == found[3] == pytest.approx((0, 0.9, 0.92, 0.01), abs=0.03)
    assert found[5] == pytest.approx((0, 0.9, 0.92, 0.01), abs=0.06)
    assert found[7] == (0.4,)


def test_colour_spaces_outlive_saved_states(tmp_path: Path) -> None:
    def spaces(document: pikepdf.Pdf) -> Dictionary:
        return Dictionary(Cal=Array([Name.CalRGB, Dictionary(WhitePoint=Array([0.9642, 1, 0.8249]))]))

    found = colours_of(made(tmp_path, b"/Cal cs q .5 g 0 0 1 1 re f Q 1 0 0 sc 0 0 1 1 re f", ColorSpace=spaces))[2:]
    assert found[1] == (0.5,)
    assert found[2] == pytest.approx((0, 0.9, 0.92, 0.01), abs=0.03)


def test_a_spot_keeps_its_plate_and_its_look_is_converted(tmp_path: Path) -> None:
    def spaces(document: pikepdf.Pdf) -> Dictionary:
        tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([1, 1, 1]), C1=Array([1, 0, 0]))
        return Dictionary(Spot=Array([Name.Separation, Name("/Warm Red"), Name.DeviceRGB, tint]))

    found = made(tmp_path, b"/Spot cs .5 scn 0 0 9 9 re f", ColorSpace=spaces)
    (space,) = found.Resources.ColorSpace.values()
    assert (space[0], str(space[1]), space[2]) == (Name.Separation, "/Warm Red", Name.DeviceCMYK)
    full = function(space[3])([1.0])
    assert full == pytest.approx((0, 0.9, 0.92, 0.01), abs=0.03)
    assert ("scn", [0.5]) in steps(found)


def shading(**more: Any) -> Dictionary:
    ends = {"C0": Array([1, 0, 0]), "C1": Array([0, 0, 1])}
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, **ends)
    return Dictionary(
        ShadingType=2,
        ColorSpace=Name.DeviceRGB,
        Coords=Array([0, 0, 144, 0]),
        Function=tint,
        Extend=Array([True, True]),
        **more,
    )


def test_gradients_and_patterns_are_converted(tmp_path: Path) -> None:
    found = made(
        tmp_path, b"/H sh /Pattern cs /P scn 0 0 9 9 re f",
        Shading=lambda _: Dictionary(H=shading()),
        Pattern=lambda _: Dictionary(P=Dictionary(PatternType=2, Shading=shading())),
    )  # fmt: skip
    for one in (found.Resources.Shading.H, found.Resources.Pattern.P.Shading):
        assert one.ColorSpace == Name.DeviceCMYK
        start, stop = (function(one.Function)([place]) for place in (0.0, 1.0))
        assert start == pytest.approx((0, 0.9, 0.92, 0.01), abs=0.03)
        assert stop[0] > 0.8 > 0.2 > stop[2]


def test_a_mesh_gradient_in_rgb_is_refused(tmp_path: Path) -> None:
    mesh = shading()
    mesh.ShadingType = 4
    path = pdf(tmp_path / "a.pdf", b"/H sh", Resources=Dictionary(Shading=Dictionary(H=mesh)))
    assert codes(path) == ["G106"]


def nested(document: pikepdf.Pdf) -> Dictionary:
    inner = document.make_stream(b"0 1 0 rg 0 0 9 9 re f")
    inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    inner.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True)
    tile = document.make_stream(b"1 0 0 rg 0 0 1 1 re f")
    tile.Type, tile.PatternType, tile.PaintType, tile.TilingType = Name.Pattern, 1, 1, 1
    tile.BBox, tile.XStep, tile.YStep, tile.Resources = Array([0, 0, 2, 2]), 2, 2, Dictionary()
    outer = document.make_stream(b"/In Do /Pattern cs /T scn 0 0 9 9 re f")
    outer.Type, outer.Subtype, outer.BBox = Name.XObject, Name.Form, Array([0, 0, 99, 99])
    outer.Resources = Dictionary(XObject=Dictionary(In=inner), Pattern=Dictionary(T=tile))
    return Dictionary(Out=outer, Unused=inner)


def test_forms_groups_and_tiles_are_converted_inside(tmp_path: Path) -> None:
    found = made(tmp_path, b"/Out Do", XObject=nested)
    assert list(found.Resources.XObject.keys()) == ["/Out"]
    outer = found.Resources.XObject.Out
    inner, tile = outer.Resources.XObject.In, outer.Resources.Pattern.T
    assert inner.Group.CS == Name.DeviceCMYK
    assert [len(one) for stream in (inner, tile) for one in colours_of(stream)] == [4, 4]


def test_a_form_that_contains_itself_is_refused(tmp_path: Path) -> None:
    document = pikepdf.new()
    document.add_blank_page()
    loop = document.make_stream(b"/X Do")
    loop.Type, loop.Subtype, loop.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    loop.Resources = Dictionary(XObject=Dictionary(X=loop))
    document.pages[0].Resources = Dictionary(XObject=Dictionary(X=loop))
    document.pages[0].Contents = document.make_stream(b"/X Do")
    document.save(tmp_path / "a.pdf")
    assert codes(tmp_path / "a.pdf") == ["G106"]


def image(document: pikepdf.Pdf, **entries: Any) -> Any:
    """Return an RGB image of one colour after another."""
    data = entries.pop("data", None)
    stream = pikepdf.Stream(document, ramp(30, 20).tobytes())
    if data is not None:
        stream.write(data, filter=Name.DCTDecode)
    stream.Type, stream.Subtype, stream.ColorSpace = Name.XObject, Name.Image, Name.DeviceRGB
    stream.Width, stream.Height, stream.BitsPerComponent = 30, 20, 8
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return document.make_indirect(stream)


@pytest.mark.parametrize("photo", [False, True])
def test_images_are_converted_and_photos_stay_photos(tmp_path: Path, photo: bool) -> None:
    data = packed(ramp(30, 20), "JPEG", quality=95) if photo else None
    found = made(tmp_path, b"144 0 0 72 0 0 cm /I Do", XObject=lambda pdf: Dictionary(I=image(pdf, data=data)))
    one = found.Resources.XObject.I
    assert (one.ColorSpace, one.Filter) == (Name.DeviceCMYK, Name.DCTDecode if photo else Name.FlateDecode)
    shown = np.asarray(page_image(tmp_path / "out.pdf", 0, dpi=15).convert("RGB")).astype(int)
    wanted = np.asarray(ramp(30, 15)).astype(int)
    # Other inks than the screen's colours, and nothing mirrored or negative.
    assert np.abs(shown[:15, :30] - wanted).mean() < 60


def test_a_palette_is_converted_and_its_pixels_are_kept(tmp_path: Path) -> None:
    def images(document: pikepdf.Pdf) -> Dictionary:
        table = pikepdf.String(b"\xff\0\0\0\0\xff")
        stream = image(document, ColorSpace=Array([Name.Indexed, Name.DeviceRGB, 1, table]), BitsPerComponent=1)
        stream.write(b"\xaa\xaa\xaa\xaa" * 20)
        return Dictionary(I=stream)

    found = made(tmp_path, b"144 0 0 72 0 0 cm /I Do", XObject=images)
    one = found.Resources.XObject.I
    assert one.ColorSpace[1] == Name.DeviceCMYK
    table = one.ColorSpace[3].read_bytes()
    assert len(table) == 8 and table[1] > 200 and table[4] > 200
    assert one.read_bytes() == b"\xaa\xaa\xaa\xaa" * 20


def test_masks_of_images_come_along(tmp_path: Path) -> None:
    def images(document: pikepdf.Pdf) -> Dictionary:
        mask = image(document, ColorSpace=Name.DeviceGray)
        mask.write(bytes(600))
        return Dictionary(I=image(document, SMask=mask), K=image(document, Mask=Array([0, 127, 0, 255, 0, 255])))

    found = made(tmp_path, b"144 0 0 72 0 0 cm /I Do /K Do", XObject=images)
    assert found.Resources.XObject.I.SMask.read_bytes() == bytes(600)
    keyed = np.frombuffer(found.Resources.XObject.K.SMask.read_bytes(), np.uint8).reshape(20, 30)
    assert (keyed[:, :16] == 0).all() and (keyed[:, 16:] == 255).all()


def test_an_image_inside_the_content_is_converted(tmp_path: Path) -> None:
    content = b"q 9 0 0 9 0 0 cm BI /W 2 /H 1 /CS /RGB /BPC 8 ID \xff\0\0\0\0\xff EI Q"
    found = made(tmp_path, content)
    (one,) = found.Resources.XObject.values()
    assert (one.ColorSpace, one.Width, one.Height) == (Name.DeviceCMYK, 2, 1)
    assert not {"BI", "INLINE IMAGE"} & {name for name, _ in steps(found)}


def test_soft_masks_of_rgb_become_grey(tmp_path: Path) -> None:
    def states(document: pikepdf.Pdf) -> Dictionary:
        group = document.make_stream(b"1 0 0 rg 0 0 9 9 re f")
        group.Type, group.Subtype, group.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        group.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
        mask = Dictionary(S=Name.Luminosity, G=group, BC=Array([1, 1, 1]))
        return Dictionary(G=Dictionary(SMask=mask, ca=0.5, TR=Name.Identity, HT=Name.Default, BM=Name.Multiply))

    found = made(tmp_path, b"/G gs 0 0 9 9 re f", ExtGState=states).Resources.ExtGState.G
    assert found.SMask.G.Group.CS == Name.DeviceGray
    assert colours_of(found.SMask.G) == [(0.3,)]
    assert [float(one) for one in found.SMask.BC] == [1.0]
    assert set(found.keys()) == {"/SMask", "/ca", "/BM"}


def test_what_belongs_to_the_old_document_is_left_there(tmp_path: Path) -> None:
    found = made(tmp_path, b"/P <</MCID 0>> BDC 0 0 9 9 re f EMC /S MP", Unused=lambda _: Dictionary(A=1))
    assert [name for name, _ in steps(found)][BEGUN:] == ["re", "f"]
    assert set(found.Resources.keys()) == set()


def test_entries_of_the_old_document_are_left_and_names_are_kept(tmp_path: Path) -> None:
    def states(document: pikepdf.Pdf) -> Dictionary:
        typed = Dictionary(Type=Name.ExtGState, ca=0.5, StructParent=3, Metadata=document.make_stream(b"who made it"))
        return Dictionary(Parent=typed, OC=Dictionary(CA=0.25))

    found = made(tmp_path, b"/Parent gs /OC gs 0 0 9 9 re f", ExtGState=states).Resources.ExtGState
    assert set(found.keys()) == {"/Parent", "/OC"}
    assert set(found.Parent.keys()) == {"/Type", "/ca"}


def test_layers_that_are_off_are_refused(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", b"0 0 9 9 re f")
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        layer = document.make_indirect(Dictionary(Type=Name.OCG, Name="Proof"))
        document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        document.save(path)
    assert codes(path) == ["G106"]


@pytest.mark.parametrize("content", [b"0 0 9 9 re f wobble", b"/Nope Do", b"/Nope cs", b"1 2 sc f", b"1 rg f"])
def test_what_is_no_pdf_is_refused(tmp_path: Path, content: bytes) -> None:
    assert codes(pdf(tmp_path / "a.pdf", content)) == ["G106"]


def test_unbalanced_states_end_with_the_picture(tmp_path: Path) -> None:
    names = [name for name, _ in steps(made(tmp_path, b"Q q q 0 0 9 9 re f"))][BEGUN:]
    assert names == ["q", "q", "re", "f", "Q", "Q"]


def test_a_turned_page_is_shown_upright_with_its_trim_in_the_corner(tmp_path: Path) -> None:
    content = b"1 0 0 rg 20 10 30 15 re f"
    for turn, where in ((0, (30, 45)), (90, (15, 30)), (180, (85, 30)), (270, (45, 85))):
        trim = Array([10, 10, 130, 70])
        file = pdf(tmp_path / "a.pdf", content, (144, 84), TrimBox=trim, BleedBox=Array([0, 0, 144, 84]), Rotate=turn)
        seen = art(file)
        out = printed(tmp_path / "b.pdf", PlacedArt(seen), size=seen.size, setup=SCREEN)
        shown = np.asarray(page_image(out, 0, dpi=72)).astype(int)
        assert shown.shape[:2] == ((60, 120) if turn % 180 == 0 else (120, 60))
        ys, xs = np.nonzero(shown[..., 1] < 60)
        middle = {0: (25, 52.5), 90: (7.5, 25), 180: (95, 7.5), 270: (52.5, 95)}[turn]
        assert (xs.mean() + 0.5, ys.mean() + 0.5) == pytest.approx(middle, abs=1), (turn, where)


def test_text_comes_along_with_its_font(tmp_path: Path) -> None:
    from notegen.model.page import Words

    words = printed(tmp_path / "words.pdf", Words(5, 5, "Cycles", 6), size=(40, 20), setup=SCREEN)
    found = form(alone(words, tmp_path / "out.pdf"))
    (font,) = found.Resources.Font.values()
    assert "/FontFile2" in str(font) or "/FontFile2" in str(
        font.get("/DescendantFonts", [font])[0].FontDescriptor.keys()
    )
    shown = np.asarray(page_image(tmp_path / "out.pdf", 0, dpi=72))
    assert (shown < 128).any()


@given(st.floats(0, 1))
def test_functions_are_worked_out(place: float) -> None:
    document = pikepdf.new()
    low, high = (
        Dictionary(FunctionType=2, Domain=Array([0, 1]), N=2),
        Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([1]), C1=Array([0])),
    )
    both = Dictionary(
        FunctionType=3,
        Domain=Array([0, 1]),
        Functions=Array([low, high]),
        Bounds=Array([0.5]),
        Encode=Array([0, 1, 0, 1]),
    )
    wanted = (2 * place) ** 2 if place < 0.5 else 2 - 2 * place
    assert function(both)([place])[0] == pytest.approx(wanted)
    sampled = document.make_stream(bytes([0, 255, 0]))
    for key, value in {"FunctionType": 0, "Domain": Array([0, 1]), "Range": Array([0, 1]), "Size": Array([3]),
                       "BitsPerSample": 8}.items():  # fmt: skip
        sampled[f"/{key}"] = value
    assert function(sampled)([place])[0] == pytest.approx(1 - abs(1 - 2 * place))
    program = document.make_stream(b"{ dup .5 gt { 1 exch sub } if 2 mul dup 3 1 roll pop }")
    for key, value in {"FunctionType": 4, "Domain": Array([0, 1]), "Range": Array([0, 1])}.items():
        program[f"/{key}"] = value
    assert function(program)([place])[-1] == pytest.approx(2 * min(place, 1 - place))


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    Image.new("RGB", (4, 4)).save(tmp_path / "x.png")
    files = []
    for name in ("a", "b"):
        made(tmp_path, b"144 0 0 72 0 0 cm /I Do", XObject=lambda pdf: Dictionary(I=image(pdf)))
        files.append((tmp_path / "out.pdf").read_bytes())
        (tmp_path / "out.pdf").rename(tmp_path / f"{name}.pdf")
    assert files[0] == files[1]


def test_a_page_begins_as_pages_begin_whatever_was_drawn_before_it(tmp_path: Path) -> None:
    seen = art(pdf(tmp_path / "a.pdf", b"20 20 60 30 re f 10 60 m 130 60 l S"))
    before = Line(1, 1, 4, 1, 2.0, Paint((0, 1, 0, 0)), (2, 1)), Area((Box(0, 0, 3, 3),), Paint((1, 0, 0, 0)))
    shown = [
        page_image(printed(tmp_path / f"{name}.pdf", *items, PlacedArt(seen), size=seen.size), 0, dpi=72)
        for name, items in (("alone", ()), ("after", before))
    ]
    # All but the corner in which the others are.
    alone, after = (np.asarray(one)[:55] for one in shown)
    assert (alone == after).all()
    assert (alone < 100).any()


def alpha_mask(document: pikepdf.Pdf, **entries: Any) -> Dictionary:
    group = document.make_stream(b"0 0 9 9 re f")
    group.Type, group.Subtype, group.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    group.Group = Dictionary(S=Name.Transparency, CS=entries.pop("CS", Name.DeviceRGB))
    return Dictionary(G=Dictionary(SMask=Dictionary(G=group, **entries)))


def test_a_mask_keeps_its_curve(tmp_path: Path) -> None:
    curve = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([1]), C1=Array([0]))
    for kind in (Name.Alpha, Name.Luminosity):
        found = made(
            tmp_path, b"/G gs 0 0 9 9 re f", ExtGState=lambda pdf, kind=kind: alpha_mask(pdf, S=kind, TR=curve)
        )
        assert function(found.Resources.ExtGState.G.SMask.TR)([0.0]) == [1.0]


@pytest.mark.parametrize(("setup", "space", "parts"), [(SCREEN, Name.DeviceRGB, 3), (DESKTOP, Name.DeviceCMYK, 4)])
def test_the_ground_of_a_mask_is_in_its_space(tmp_path: Path, setup: Any, space: Any, parts: int) -> None:
    def states(document: pikepdf.Pdf) -> Dictionary:
        return alpha_mask(document, S=Name.Luminosity, CS=Name.DeviceCMYK, BC=Array([0, 0, 0, 1]))

    mask = made(tmp_path, b"/G gs 0 0 9 9 re f", setup, ExtGState=states).Resources.ExtGState.G.SMask
    assert (mask.G.Group.CS, len(mask.BC)) == (space, parts)


def test_a_pattern_keeps_its_state(tmp_path: Path) -> None:
    def patterns(_: pikepdf.Pdf) -> Dictionary:
        return Dictionary(P=Dictionary(PatternType=2, Shading=shading(), ExtGState=Dictionary(ca=0.5, HT=Name.Default)))

    found = made(tmp_path, b"/Pattern cs /P scn 0 0 9 9 re f", Pattern=patterns)
    assert dict(found.Resources.Pattern.P.ExtGState.items()) == {"/ca": pytest.approx(0.5)}


def test_a_page_group_stays_apart_from_what_is_below(tmp_path: Path) -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    found = form(alone(pdf(tmp_path / "a.pdf", b"0 0 9 9 re f", Group=group), tmp_path / "out.pdf"))
    assert (found.Group.I, found.Group.CS) == (True, Name.DeviceCMYK)


def drawn_by(document: pikepdf.Pdf, content: bytes) -> Dictionary:
    inner = document.make_stream(content)
    inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    return Dictionary(X=inner)


@pytest.mark.parametrize(
    ("content", "inner", "words"),
    [
        (b"1 0 0 rg /X Do", b"1 0 0 sc 0 0 9 9 re f", "without saying in which space"),
        (b"/X Do", b"BT (Hello) Tj ET", "without choosing a font"),
        (b"/G gs 1 1 1 rg 0 0 9 9 re f /X Do", b"0 0 9 9 re f", "in RGB to overprint"),
        (b"1 1 1 RG /G gs 0 0 m 9 9 l S /X Do", b"0 0 9 9 re f", "in RGB to overprint"),
    ],
)
def test_what_would_look_different_is_refused(tmp_path: Path, content: bytes, inner: bytes, words: str) -> None:
    document = pikepdf.new()
    document.add_blank_page()
    states = Dictionary(G=Dictionary(OP=True, OPM=1))
    document.pages[0].Resources = Dictionary(XObject=drawn_by(document, inner), ExtGState=states)
    document.pages[0].Contents = document.make_stream(content)
    document.save(tmp_path / "a.pdf")
    (found,) = look(tmp_path / "a.pdf").diagnostics
    assert (found.code, words in found.message) == ("G106", True)


def test_a_space_that_is_chosen_often_is_converted_once(tmp_path: Path) -> None:
    def spaces(document: pikepdf.Pdf) -> Dictionary:
        tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([1, 1, 1]), C1=Array([1, 0, 0]))
        return Dictionary(Spot=Array([Name.Separation, Name("/Warm Red"), Name.DeviceRGB, tint]))

    made(tmp_path, b"/Spot cs .5 scn 0 0 9 9 re f " * 300, ColorSpace=spaces)
    with pikepdf.open(tmp_path / "in.pdf") as document:
        recolour = Recolour(document, Press(GRACOL))
        recolour.content(document.pages[0], document.pages[0].Resources, UPRIGHT, recolour.colours)
        assert len(document.objects) < 20


def stored(path: Path, inks: tuple[int, int, int, int], inverted: bool) -> Path:
    """Write a PDF whose image is a JPEG of one colour in CMYK, stored as it is or inverted."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(144, 72))
    pixels = np.full((20, 30, 4), inks, np.uint8)
    # Pillow writes every CMYK picture inverted.
    data = packed(Image.fromarray(pixels if inverted else 255 - pixels, "CMYK"), "JPEG", quality=95)
    one = image(document, data=data, ColorSpace=Name.DeviceCMYK, **({"Decode": Array([1, 0] * 4)} if inverted else {}))
    document.pages[0].Resources = Dictionary(XObject=Dictionary(I=one))
    document.pages[0].Contents = document.make_stream(b"144 0 0 72 0 0 cm /I Do")
    document.save(path)
    return path


@pytest.mark.parametrize("inverted", [True, False])
def test_the_ink_of_a_jpeg_in_cmyk_is_what_its_decode_says(tmp_path: Path, inverted: bool) -> None:
    light, heavy = (
        art(stored(tmp_path / f"{name}.pdf", inks, inverted))
        for name, inks in (("light", (10, 20, 10, 5)), ("heavy", (240, 230, 240, 200)))
    )
    assert ink_faults(light, GRACOL) == ()
    assert [one.code for one in ink_faults(heavy, GRACOL)] == ["G120"]


@pytest.mark.parametrize("inverted", [True, False])
def test_an_image_in_cmyk_is_light_on_a_screen_as_a_drawing_is(tmp_path: Path, inverted: bool) -> None:
    file = stored(tmp_path / "a.pdf", (230, 200, 10, 40), inverted)
    one = form(alone(file, tmp_path / "out.pdf", SCREEN)).Resources.XObject.I
    assert one.ColorSpace == Name.DeviceRGB
    shown = page_image(tmp_path / "out.pdf", 0, dpi=30).convert("RGB").getpixel((9, 9))
    assert shown == pytest.approx(srgb(GRACOL, (230 / 255, 200 / 255, 10 / 255, 40 / 255)), abs=3)


def test_a_mask_ends_where_it_is_taken_off(tmp_path: Path) -> None:
    def states(document: pikepdf.Pdf) -> Dictionary:
        group = document.make_stream(b"1 g 0 0 20 72 re f")
        group.Type, group.Subtype, group.BBox = Name.XObject, Name.Form, Array([0, 0, 144, 72])
        group.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
        on = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group))
        return Dictionary(On=on, Off=Dictionary(SMask=Name("/None")))

    content = b"/On gs 0 0 144 30 re f /Off gs 0 40 144 30 re f"
    found = made(tmp_path, content, ExtGState=states).Resources.ExtGState
    assert found.Off.SMask == Name("/None")
    pixels = np.asarray(page_image(tmp_path / "out.pdf", 0, dpi=72).convert("L"))
    assert [int(pixels[y, x]) > 128 for x, y in ((10, 60), (100, 60), (10, 20), (100, 20))] == [
        False,
        True,
        False,
        False,
    ]


def test_what_each_plate_of_a_mix_is_alone_is_converted(tmp_path: Path) -> None:
    def spaces(document: pikepdf.Pdf) -> Dictionary:
        red = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([1, 1, 1]), C1=Array([1, 0, 0]))
        limits = {"Domain": Array([0, 1] * 2), "Range": Array([0, 1] * 4)}
        mix = document.make_stream(b"{ 0 0 }", FunctionType=4, **limits)
        alone = Dictionary({"/Warm Red": Array([Name.Separation, Name("/Warm Red"), Name.DeviceRGB, red])})
        names = Array([Name("/Warm Red"), Name.Black])
        more = Dictionary(Subtype=Name.NChannel, Colorants=alone, Process=Dictionary(ColorSpace=Name.DeviceRGB))
        return Dictionary(Mix=Array([Name.DeviceN, names, Name.DeviceCMYK, mix, more]))

    found = made(tmp_path, b"/Mix cs .5 .2 scn 0 0 9 9 re f", ColorSpace=spaces)
    (space,) = found.Resources.ColorSpace.values()
    assert set(space[4].keys()) == {"/Colorants"}
    assert space[4].Colorants["/Warm Red"][2] == Name.DeviceCMYK

"""Press files with pictures of every kind pass what can judge them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pdf_checkers
import pikepdf
import pytest
from artfiles import art, pdf, printed, ramp, saved, svg
from pikepdf import Array, Dictionary, Name
from PIL import Image

from notegen.model.page import PlacedArt

KINDS = ("grey.png", "rgb.png", "clear.png", "rgb.jpg", "cmyk.jpg", "drawing.svg", "page.pdf")


def made(folder: Path, name: str) -> Path:
    """Make a picture of 60 x 40 mm with 3 mm of bleed."""
    file = folder / name
    large = ramp(780, 543)
    if name == "drawing.svg":
        head = '<svg xmlns="http://www.w3.org/2000/svg" width="66mm" height="46mm" viewBox="-3 -3 66 46">'
        ground = '<rect x="-3" y="-3" width="66" height="46" fill="#dec"/>'
        return svg(file, f'{ground}<g opacity=".5"><circle r="9" cx="20" cy="20"/></g>', head)
    if name == "page.pdf":
        unit = 72 / 25.4
        boxes = {"TrimBox": Array([3 * unit, 3 * unit, 63 * unit, 43 * unit])}
        clear = Dictionary(ExtGState=Dictionary(G=Dictionary(ca=0.5)))
        content = b"1 .9 .8 rg -9 -9 999 999 re f /G gs 0 0 1 rg 50 50 40 40 re f"
        group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
        return pdf(file, content, (66 * unit, 46 * unit), Resources=clear, Group=group, **boxes)
    clear_picture = large.copy()
    clear_picture.putalpha(Image.linear_gradient("L").resize(large.size))
    picture = {"grey.png": large.convert("L"), "clear.png": clear_picture, "cmyk.jpg": large.convert("CMYK")}
    return saved(file, picture.get(name, large))


def everything(path: Path) -> Path:
    """Write a page with what PDF/X-4 allows, and with what it does not: RGB groups, annotations, transfer curves."""
    unit = 72 / 25.4
    document = pikepdf.open(pdf(path.with_name("plain.pdf"), b"", (66 * unit, 46 * unit)))
    page, box = document.pages[0], Array([0, 0, 66 * unit, 46 * unit])

    def form(content: bytes, **more: Any) -> Any:
        group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, **more)
        return document.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=box, Group=group)

    def tint(program: bytes, inputs: int, outputs: int) -> Any:
        limits = Array([0, 1] * inputs), Array([0, 1] * outputs)
        return document.make_stream(program, FunctionType=4, Domain=limits[0], Range=limits[1])

    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name="Art"))
    document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(ON=Array([layer])))
    shown = form(b"0 0 1 rg 60 60 20 20 re f", K=True)
    shown.OC = layer
    mask = Dictionary(S=Name.Luminosity, G=form(b"1 .5 0 rg 0 0 999 999 re f"))
    blue, inks = tint(b"{ 1 exch sub dup 1 }", 1, 3), tint(b"{ 0 0 }", 2, 4)
    names = Array([Name.Gold, Name.Black])
    page.Resources = Dictionary(
        ColorSpace=Dictionary(
            Sep=Array([Name.Separation, Name("/Shop Blue"), Name.DeviceRGB, blue]),
            DevN=Array([Name.DeviceN, names, Name.DeviceCMYK, inks, Dictionary(Subtype=Name.DeviceN)]),
        ),
        ExtGState=Dictionary(
            On=Dictionary(SMask=mask, BM=Name.Multiply, ca=0.5, TR=Name.Identity, HT=Name.Default),
            Off=Dictionary(SMask=Name("/None"), BM=Name.Normal),
        ),
        XObject=Dictionary(Shown=shown),
        Properties=Dictionary(Layer=layer),
    )
    page.Contents = document.make_stream(
        b"/OC /Layer BDC .8 .9 1 rg -9 -9 999 999 re f EMC /On gs /Sep cs .7 scn 30 30 40 40 re f "
        b"/Off gs /DevN cs 1 .2 scn 90 30 30 30 re f /Shown Do"
    )
    page.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    page.TrimBox = Array([3 * unit, 3 * unit, 63 * unit, 43 * unit])
    page.Annots = Array([document.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=box))])
    document.save(path)
    return path


def test_a_picture_brings_nothing_along_that_the_press_may_not_have(tmp_path: Path) -> None:
    seen = art(everything(tmp_path / "all.pdf"))
    out = printed(tmp_path / "out.pdf", PlacedArt(seen), size=(60, 40), bleed=3.0)
    for checker in (pdf_checkers.qpdf, pdf_checkers.preflight, pdf_checkers.ghostscript, pdf_checkers.poppler):
        assert checker(out).faults == ()
    with pikepdf.open(out) as document:
        things = [one for one in document.objects if isinstance(one, Dictionary | pikepdf.Stream)]
        assert not [one for one in things if one.get("/Type") in ("/OCG", "/Annot") or "/OC" in one]
        assert {str(one.Group.CS) for one in things if "/Group" in one and "/CS" in one.Group} == {
            "/DeviceCMYK",
            "/DeviceGray",
        }


@pytest.mark.parametrize("name", KINDS)
def test_a_press_file_with_a_picture_is_fit(tmp_path: Path, name: str) -> None:
    seen = art(made(tmp_path, name))
    left, bottom, right, top = seen.bleed
    width, height = seen.size[0] + left + right, seen.size[1] + bottom + top
    placed = PlacedArt(seen, (66 / width, 0, 0, 46 / height, left * 66 / width - 3, bottom * 46 / height - 3))
    out = printed(tmp_path / "out.pdf", placed, size=(60, 40), bleed=3.0)
    for checker in (pdf_checkers.qpdf, pdf_checkers.archive, pdf_checkers.preflight, pdf_checkers.ghostscript):
        assert checker(out).faults == ()

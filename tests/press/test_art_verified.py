"""Press files with pictures of every kind pass what can judge them."""

from __future__ import annotations

from pathlib import Path

import pdf_checkers
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


@pytest.mark.parametrize("name", KINDS)
def test_a_press_file_with_a_picture_is_fit(tmp_path: Path, name: str) -> None:
    seen = art(made(tmp_path, name))
    left, bottom, right, top = seen.bleed
    width, height = seen.size[0] + left + right, seen.size[1] + bottom + top
    placed = PlacedArt(seen, (66 / width, 0, 0, 46 / height, left * 66 / width - 3, bottom * 46 / height - 3))
    out = printed(tmp_path / "out.pdf", placed, size=(60, 40), bleed=3.0)
    for checker in (pdf_checkers.qpdf, pdf_checkers.archive, pdf_checkers.preflight, pdf_checkers.ghostscript):
        assert checker(out).faults == ()
